"""The door for hospitals' systems: one address for every message of the national interface."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from . import reviewing, signing


@login_not_required
@csrf_exempt  # nobody is signed in: the message itself is signed
@require_POST
def national(request: HttpRequest) -> JsonResponse:
    """Answers a message. What is not signed is refused as the country's gateways refuse it, without an envelope."""
    body = request.body
    try:
        institution = signing.check(request.headers.get("Authorization", ""), body)
    except signing.NotSigned as why:
        return JsonResponse({"code": 401, "message": str(why)}, status=401, headers={"WWW-Authenticate": "HMAC-SHA256"})
    answer = reviewing.take(body, institution=institution)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
