"""The door for hospitals' systems: one address for every message of the national interface."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .gateway import door


@login_not_required
@csrf_exempt  # nobody is signed in: the message itself is signed
@require_POST
def national(request: HttpRequest) -> HttpResponse:
    """Answers a message."""
    reply = door.answer(request.META, request.read())  # `body` is bounded as forms are
    return HttpResponse(reply.body, status=reply.status, content_type="application/json", headers=dict(reply.headers))
