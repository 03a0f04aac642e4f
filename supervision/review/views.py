"""The door for hospitals' systems: one address for every message of the national interface."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from . import reviewing, signing, waiting

log = logging.getLogger(__name__)


@login_not_required
@csrf_exempt  # nobody is signed in: the message itself is signed
@require_POST
def national(request: HttpRequest) -> JsonResponse:
    """Answers a message. What is not signed is refused as the country's gateways refuse it, without an envelope."""
    body = request.body
    try:
        institution, number = signing.check(request.headers.get("Authorization", ""), body)
        answer = taken(body, institution, number)
    except signing.NotSigned as why:
        return JsonResponse({"code": 401, "message": str(why)}, status=401, headers={"WWW-Authenticate": "HMAC-SHA256"})
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def taken(body: bytes, institution: str, number: int) -> reviewing.Answer:
    """The answer; where the database does not answer, twice, that nothing was found, and the review comes later."""
    for again in (True, False):
        try:
            signing.check_open(institution, number)
            return reviewing.take(body, institution=institution)
        except (OperationalError, InterfaceError):
            log.exception("The database did not answer while %s asked", institution)
            if again:
                connection.close()  # it may be back, and the old connection be dead
    return waiting.let_pass(body, institution=institution)
