"""Sends a finding to the institution: what it is heard on, frozen line by line; what the fund paid of it, booked."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from institutions.models import Division
from supervision.ledger import booking
from supervision.ledger.models import Book, Item, Stage
from supervision.monitoring import turns
from supervision.moves import Made, refuse_unless

from . import apportioning, booked, capping, reported
from .freezing import could_be_frozen, freeze
from .models import Hearing, HearingLine


def alone(hearing: Hearing, made: Made[Hearing]) -> None:
    """while no run writes findings"""
    # Of two notices on the same charge, the second must see what the first has taken.
    turns.alone()


def hears_the_lines(hearing: Hearing, made: Made[Hearing]) -> None:
    """what the finding owns and no other hearing speaks of, with what the fund paid of it"""
    said = list(hearing.finding.lines.order_by("pk"))
    paid = apportioning.apportion(hearing.finding, said)
    shares = capping.shares(said, paid)
    lines = [
        HearingLine(
            hearing=hearing, line=line, claim=line.claim, charge=line.charge, suspected=shares[line.pk].charge,
            fund_suspected=shares[line.pk].fund, fund_method=paid[line.pk].method,
        )
        for line in said
        if line.pk in shares and shares[line.pk].charge
    ]  # fmt: skip
    refuse_unless(bool(lines), reported.nothing_left(hearing))
    HearingLine.objects.bulk_create(lines)
    hearing.suspected = sum((line.suspected for line in lines), apportioning.NOTHING)
    hearing.fund_suspected = sum((line.fund_suspected for line in lines), apportioning.NOTHING)
    hearing.notified_at = timezone.now()


def freezes(hearing: Hearing, made: Made[Hearing]) -> None:
    """its claims are kept as they stand now"""
    hearing.frozen = freeze(hearing.finding)
    refuse_unless(
        hearing.frozen is not None or not could_be_frozen(hearing.finding),
        _("Its claim was reversed or replaced since, so nobody can be heard on it. Release the finding."),
    )


def books_as_suspected(hearing: Hearing, made: Made[Hearing]) -> None:
    """source → suspected: what the fund paid"""
    lines = list(hearing.lines.all())
    items = {line.pk: item_of(hearing, line) for line in lines}
    parts = [(line, Stage.SOURCE, Stage.SUSPECTED, line.fund_suspected) for line in lines]
    booked.book(hearing, made, parts, items, gettext_noop("Sent to the institution"))


def item_of(hearing: Hearing, line: HearingLine) -> Item:
    facts = claim_facts(hearing, line.claim)
    return booking.item(
        booked.reference(line), book=Book.FUND, institution=hearing.institution, place=hearing.place,
        pooling_area=pooling_area(hearing, str(facts.get("insured_area") or "")),
        fund=str(facts.get("insurance") or ""), month=hearing.month, address=hearing.get_absolute_url(),
    )  # fmt: skip


def claim_facts(hearing: Hearing, claim: str) -> dict[str, object]:
    """The encounter's own row, as it was frozen: who insured the member, and which fund paid."""
    found = {stands.frozen.claim: stands.frozen.rows for stands in hearing.finding.stands_on.select_related("frozen")}
    rows = found.get(claim, {})
    encounters = [*rows.get("stay", []), *rows.get("visit", [])]
    return dict(encounters[0]) if encounters else {}


def pooling_area(hearing: Hearing, insured_area: str) -> Division:
    """Whose fund paid: the prefecture that insured the member, or where nobody says so the institution's own."""
    for code in (insured_area, hearing.finding.insured_area, hearing.place_id):
        prefecture = [code[:4] + "00", code[:2] + "0000"] if code else []
        if known := {one.code: one for one in Division.objects.filter(pk__in=prefecture)}:
            return next(known[place] for place in prefecture if place in known)
    return hearing.place
