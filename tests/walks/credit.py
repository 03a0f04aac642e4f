"""The ways of an evaluation, of a repair and of a commitment."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from credit.commitments.models import Commitment
from credit.commitments.workflow import COMMITMENT
from credit.enterprise_workflow import RATING
from credit.insured_workflow import OFFLINE
from credit.models import Evaluation, Offline, Rating, State
from credit.workflow import EVALUATION, REPAIR
from institutions.models import Department, Duty
from tests.credit.office import applied, begun, make_desk, on_record
from tests.credit.promised import drafted
from tests.credit.rated import noted
from tests.credit.suspended import proposed
from tests.walks.walking import Walk

AUTHORITY = Department.Party.AUTHORITY


def evaluation() -> Walk:
    desk = make_desk()
    on_record(desk.place)
    return Walk(
        EVALUATION, lambda: begun(desk),
        {
            f"{Duty.CREDIT} {AUTHORITY}": desk.keeper, f"{Duty.DECIDE} {AUTHORITY}": desk.chief,
            str(Duty.SIGN): desk.hospital, "to correct": desk.reviewer, "to uphold": desk.reviewer,
        },
        {"publicised take_effect": nobody_objected, "supersede": a_later_one},
    )  # fmt: skip


def nobody_objected(subject: Evaluation) -> Mapping[str, Any]:
    Evaluation.objects.filter(pk=subject.pk).update(object_until=timezone.localdate() - timedelta(1))
    return {}


def a_later_one(subject: Evaluation) -> Mapping[str, Any]:
    Evaluation.objects.create(
        number=f"{subject.number}-later", institution=subject.institution, cycle=subject.cycle, state=State.UPHELD
    )
    return {}


def repair() -> Walk:
    desk = make_desk()
    return Walk(
        REPAIR, lambda: applied(desk),
        {f"{Duty.CREDIT} {AUTHORITY}": desk.keeper, f"{Duty.DECIDE} {AUTHORITY}": desk.chief},
    )  # fmt: skip


def enterprise_rating() -> Walk:
    desk = make_desk()
    return Walk(
        RATING, lambda: noted(desk),
        {
            f"{Duty.CREDIT} {AUTHORITY}": desk.keeper, f"{Duty.DECIDE} {AUTHORITY}": desk.chief,
            "to uphold": desk.reviewer,
        },
        {
            "expire": disclosed_till_yesterday, "repair": all_taken, "object": told_today,
            "publish": time_to_object_is_over,
        },
    )  # fmt: skip


def told_today(subject: Rating) -> Mapping[str, Any]:
    """The enterprise may object still, and says who signs."""
    Rating.objects.filter(pk=subject.pk).update(object_until=timezone.localdate(), objected_on=None)
    return {"signer": "赵经理"}


def time_to_object_is_over(subject: Rating) -> Mapping[str, Any]:
    Rating.objects.filter(pk=subject.pk).update(object_until=timezone.localdate() - timedelta(1))
    return {}


def disclosed_till_yesterday(subject: Rating) -> Mapping[str, Any]:
    over = timezone.localdate() - timedelta(1)
    Rating.objects.filter(pk=subject.pk).update(disclosed_on=over, disclosed_until=over)
    return {}


def all_taken(subject: Rating) -> Mapping[str, Any]:
    Rating.objects.filter(pk=subject.pk).update(done=subject.needed)
    return {}


def offline_settlement() -> Walk:
    desk = make_desk()
    return Walk(
        OFFLINE, lambda: proposed(desk), {f"{Duty.DECIDE} {AUTHORITY}": desk.chief},
        {"end": offline_till_yesterday, "fall": penalty_revoked},
    )  # fmt: skip


def offline_till_yesterday(subject: Offline) -> Mapping[str, Any]:
    over = timezone.localdate() - timedelta(1)
    Offline.objects.filter(pk=subject.pk).update(since=over, until=over)
    return {}


def penalty_revoked(subject: Offline) -> Mapping[str, Any]:
    subject.proceeding.state = "revoked"
    subject.proceeding.save(update_fields=["state"])
    return {}


def commitment() -> Walk:
    desk = make_desk()
    return Walk(
        COMMITMENT, lambda: drafted(desk),
        {
            f"{Duty.CREDIT} {AUTHORITY}": desk.keeper, f"{Duty.DECIDE} {AUTHORITY}": desk.chief,
            str(Duty.SIGN): desk.hospital,
        },
        {"expire": long_ago, "tell_again": text_never_issued},
    )  # fmt: skip


def text_never_issued(subject: Commitment) -> Mapping[str, Any]:
    """It was told before its text was issued as a PDF."""
    Commitment.objects.filter(pk=subject.pk).update(document=None)
    return {}


def long_ago(subject: Commitment) -> Mapping[str, Any]:
    """Its last day was yesterday."""
    today = timezone.localdate()
    days = {"valid_from": today - timedelta(9), "valid_until": today - timedelta(1)}
    Commitment.objects.filter(pk=subject.pk).update(**days)
    return {}
