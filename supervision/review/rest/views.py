"""The review for those who do not speak the national form. A request is told as the message that says the same."""

from collections.abc import Mapping
from typing import Any, cast

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import AuthenticationFailed, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from institutions.models import Institution
from supervision.api.refusing import Busy, Conflict
from supervision.review.gateway import door, signing, waiting
from supervision.review.messages import ASKING
from supervision.review.models import Message, Remark, Review

from . import examples, telling, translating
from .answers import ChoicesAnswer, KeptReview, Refusal, ReviewAnswer, RulesAnswer
from .signed import Caller, SignedByInstitution
from .words import ChoicesWords, ReviewWords

REFUSALS = {
    400: OpenApiResponse(Refusal, "Something cannot be taken; the field is named.", [examples.WRONG_QUANTITY]),
    401: OpenApiResponse(Refusal, "It was not shown whose request it is.", [examples.NOT_SIGNED]),
    413: OpenApiResponse(description="The body has more than 1 MB."),
    415: OpenApiResponse(Refusal, "The body is no application/json."),
    503: OpenApiResponse(Refusal, "Nobody can answer now: come again after Retry-After seconds."),
}
USED = {409: OpenApiResponse(Refusal, "The id was used for another body.", [examples.USED])}


class Signed(APIView):
    """A page of the API for institutions' systems. How many may ask at once the door decides."""

    authentication_classes = [SignedByInstitution]
    permission_classes = [IsAuthenticated]
    throttle_classes = []

    @property
    def caller(self) -> Caller:
        return cast("Caller", self.request.auth)


class Reviews(Signed):
    @extend_schema(
        operation_id="ask",
        summary="Ask the rules about an encounter",
        description="The same id with the same words has the same answer and counts once. Where nobody can review in "
        "time, the answer is 202 with `reviewed` false: go on treating. The review is done afterwards.",
        request=ReviewWords,
        responses={200: ReviewAnswer, 202: ReviewAnswer, **REFUSALS, **USED},
        examples=[examples.ASKED, examples.REMARKED],
    )
    def post(self, request: Request) -> Response:
        said = understood(ReviewWords(data=request.data))
        body = translating.asking(said, institution=self.caller.institution)
        if not taken(body, said["id"], self.caller):
            return Response(ReviewAnswer(telling.not_reviewed(said)).data, status=202)
        return Response(ReviewAnswer(telling.review(kept(said["id"], self.caller))).data)


class OneReview(Signed):
    @extend_schema(
        operation_id="review",
        summary="One review, with what doctors did about its remarks",
        responses={200: KeptReview, **REFUSALS, 404: OpenApiResponse(Refusal, "You asked no review by this id.")},
    )
    def get(self, request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
        return Response(KeptReview(telling.review(kept(id, self.caller))).data)


class Choices(Signed):
    @extend_schema(
        operation_id="tell",
        summary="Tell what doctors did about remarks",
        request=ChoicesWords,
        responses={200: ChoicesAnswer, 202: ChoicesAnswer, **REFUSALS, **USED},
        examples=[examples.TOLD],
    )
    def post(self, request: Request) -> Response:
        said = understood(ChoicesWords(data=request.data))
        check_ours(said["choices"], self.caller)
        done = taken(translating.telling(said, institution=self.caller.institution), said["id"], self.caller)
        return Response({"id": said["id"], "kept": done}, status=200 if done else 202)


class Rules(Signed):
    @extend_schema(
        operation_id="rules",
        summary="The rules that are asked at a moment",
        parameters=[OpenApiParameter("moment", str, enum=Review.Moment.values, required=True)],
        responses={200: RulesAnswer, **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        moment = request.query_params.get("moment", "")
        if moment not in Review.Moment.values:
            raise ValidationError({"moment": f"Say one of {', '.join(Review.Moment.values)}."})
        place = Institution.objects.select_related("division").get(pk=self.caller.institution)
        return Response(RulesAnswer({"moment": moment, "rules": telling.rules(moment, place)}).data)


def understood(words: Any) -> Mapping[str, Any]:
    words.is_valid(raise_exception=True)
    said: Mapping[str, Any] = words.validated_data
    return said


def taken(body: bytes, id_: str, caller: Caller) -> bool:
    """Whether the message was taken; not, where it was laid aside for later. Raises what it is refused for."""
    try:
        answer, overloaded = door.in_time(body, caller.institution, caller.key)
    except signing.NotSigned as why:  # the key was closed this moment
        raise AuthenticationFailed(str(why)) from why
    if answer is None:
        if settings.REVIEW_FALLBACK == "refuse":
            raise Busy("Nobody can answer now.", wait=door.LATER)
        waiting.let_pass(body, institution=caller.institution, key=caller.key, unread=overloaded)
        return False
    if answer["infcode"] == 0:
        return True
    before = Message.objects.filter(institution=caller.institution, msgid=id_).first()
    if before and before.body.encode() != body:
        raise Conflict(f"{id_} was used for another message.")
    raise ValidationError({"non_field_errors": [str(answer["err_msg"])]})


def kept(id_: str, caller: Caller) -> Message:
    """The message by which the caller asked for a review."""
    asked = Message.objects.select_related("institution__division").filter(infno__in=ASKING)
    found: Message = get_object_or_404(asked, institution=caller.institution, msgid=id_)
    if not translating.is_ours(found.body):
        raise Http404
    return found


def check_ours(choices: list[Mapping[str, Any]], caller: Caller) -> None:
    """Every remark that is named was made to this institution, and what blocks cannot be overridden."""
    numbers = [one["remark"] for one in choices]
    ours = Remark.objects.filter(review__message__institution=caller.institution, number__in=numbers)
    ways = dict(ours.values_list("number", "way"))
    for place, one in enumerate(choices):
        if one["remark"] not in ways:
            raise ValidationError({f"choices[{place}].remark": "This is no remark to your institution."})
        if one["choice"] == "overrode" and ways[one["remark"]] == "block":
            raise ValidationError({f"choices[{place}].choice": "What is blocked cannot go on."})
