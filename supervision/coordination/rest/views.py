"""The API for departments' systems: the same acts as on a liaison's pages, in the name of who opened the key."""

from collections.abc import Mapping
from typing import Any, cast

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from supervision.api.refusing import Conflict
from supervision.coordination import receiving
from supervision.coordination.models import BroughtLead, Package, Reading
from supervision.coordination.models.packages import State
from supervision.coordination.reading import read_package
from supervision.coordination.sharing import PACKAGE
from supervision.moves import MoveRefused
from supervision.review.rest.answers import Refusal

from .signed import Caller, SignedByDepartment
from .words import (
    AnswerWords,
    LeadAnswer,
    LeadWords,
    OnePackageAnswer,
    PackageAnswer,
    PackagesAnswer,
    ReceiptWords,
    ReturnWords,
)

MOST = 200
REFUSALS = {
    400: OpenApiResponse(Refusal, "Something cannot be taken; the field is named."),
    401: OpenApiResponse(Refusal, "It was not shown whose request it is."),
    413: OpenApiResponse(description="The body has more than 1 MB."),
    415: OpenApiResponse(Refusal, "The body is no application/json."),
}
ABSENT = {404: OpenApiResponse(Refusal, "Nothing was given to your department by this number.")}
STATE = {409: OpenApiResponse(Refusal, "It cannot be done with what stands there, or was done otherwise.")}


class Signed(APIView):
    authentication_classes = [SignedByDepartment]
    permission_classes = [IsAuthenticated]
    throttle_classes = []  # as with the review: it answers when Redis is away

    @property
    def caller(self) -> Caller:
        return cast("Caller", self.request.auth)


def understood(words: Any) -> Mapping[str, Any]:
    words.is_valid(raise_exception=True)
    said: Mapping[str, Any] = words.validated_data
    return said


def told(package: Package) -> dict[str, Any]:
    return {
        "number": package.number, "name": package.allowance.name_zh, "state": package.state,
        "purpose": package.purpose, "basis": package.basis, "given_at": package.given_at,
        "due_at": package.clock.due_at if package.clock else None, "expires_on": package.expires_on,
        "readable": package.readable,
    }  # fmt: skip


def found(caller: Caller, number: str) -> Package:
    rows = Package.objects.visible_to(caller.account).select_related("allowance", "clock")
    package: Package = get_object_or_404(rows, number=number)
    return package


class Packages(Signed):
    @extend_schema(
        operation_id="packages",
        summary="What was given to your department",
        responses={200: PackagesAnswer, **REFUSALS},
    )
    def get(self, request: Request) -> Response:
        rows = Package.objects.visible_to(self.caller.account).select_related("allowance", "clock")[:MOST]
        return Response(PackagesAnswer({"packages": [told(one) for one in rows]}).data)


class OnePackage(Signed):
    @extend_schema(
        operation_id="package",
        summary="One package with its fields",
        description="Each reading is written down, field by field, and shown to who gave it.",
        responses={200: OnePackageAnswer, **REFUSALS, **ABSENT},
    )
    def get(self, request: Request, number: str) -> Response:
        package = found(self.caller, number)
        fields = read_package(package, way=Reading.Way.SYSTEM, by=self.caller.account) if package.readable else []
        given = [{"code": one.code, "name": one.name_zh, "value": one.value} for one in fields]
        return Response(OnePackageAnswer({**told(package), "fields_given": given}).data)


class Moving(Signed):
    """A move, which sent again in the same words has the same answer."""

    def moved(self, number: str, name: str, before: Mapping[str, str], *, note: str = "", **facts: Any) -> Response:
        """Make it; where the package already says `before`, it was made before."""
        package = found(self.caller, number)
        if all(str(getattr(package, column)) == value for column, value in before.items()):
            return Response(PackageAnswer(told(package)).data)
        try:
            package = PACKAGE.make(package, name, by=self.caller.account, note=note, **facts)
        except MoveRefused as refusal:
            raise Conflict(str(refusal)) from refusal
        return Response(PackageAnswer(told(package)).data)


class Acknowledge(Moving):
    @extend_schema(
        operation_id="acknowledge",
        summary="Take a package on",
        request=ReceiptWords,
        responses={200: PackageAnswer, **REFUSALS, **ABSENT, **STATE},
    )
    def post(self, request: Request, number: str) -> Response:
        said = understood(ReceiptWords(data=request.data))
        return self.moved(number, "acknowledge", {"state": State.ACKNOWLEDGED, **said}, **said)


class Return(Moving):
    @extend_schema(
        operation_id="return",
        summary="Return a package, and say why",
        request=ReturnWords,
        responses={200: PackageAnswer, **REFUSALS, **ABSENT, **STATE},
    )
    def post(self, request: Request, number: str) -> Response:
        said = understood(ReturnWords(data=request.data))
        return self.moved(number, "return", {"state": State.RETURNED}, note=said["reason"])


class Answered(Moving):
    @extend_schema(
        operation_id="answer",
        summary="Say what came of a package",
        request=AnswerWords,
        responses={200: PackageAnswer, **REFUSALS, **ABSENT, **STATE},
    )
    def post(self, request: Request, number: str) -> Response:
        said = understood(AnswerWords(data=request.data))
        facts = {"package_result": said["result"], "package_answer": said["answer"]}
        return self.moved(number, "feed_back", {"state": State.FED_BACK, **said}, **facts)


class Leads(Signed):
    @extend_schema(
        operation_id="bring",
        summary="Bring a lead",
        description="The same id in the same words is the same lead, and counts once.",
        request=LeadWords,
        responses={200: LeadAnswer, **REFUSALS, **STATE},
    )
    def post(self, request: Request) -> Response:
        said = dict(understood(LeadWords(data=request.data)))
        number = said.pop("id")
        used = BroughtLead.objects.visible_to(self.caller.account).filter(sent_id=number).exists()
        try:
            lead = receiving.bring_lead(sent_id=number, by=self.caller.account, **said)
        except MoveRefused as refusal:
            raise (Conflict(str(refusal)) if used else ValidationError(str(refusal))) from refusal
        return Response(LeadAnswer(lead_told(lead)).data)


class OneLead(Signed):
    @extend_schema(
        operation_id="lead",
        summary="One lead of yours, and what came of it",
        responses={200: LeadAnswer, **REFUSALS, **ABSENT},
    )
    def get(self, request: Request, id: str) -> Response:  # noqa: A002 - as the address calls it
        lead = get_object_or_404(BroughtLead.objects.visible_to(self.caller.account), sent_id=id)
        return Response(LeadAnswer(lead_told(lead)).data)


def lead_told(lead: BroughtLead) -> dict[str, str]:
    return {"id": lead.sent_id, "number": lead.number, "state": lead.state, "result": lead.result}
