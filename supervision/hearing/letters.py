"""The letters of a hearing: the notice that sends a finding to its institution, and the decision on it."""

from collections.abc import Mapping
from functools import partial

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from institutions.offices import office_of
from supervision.documents import serving
from supervision.documents.issuing import issue
from supervision.documents.letter import FactMissing
from supervision.documents.models import Document, Party, Service
from supervision.monitoring.standing import lately, page_of
from supervision.monitoring.terms import BY_PEOPLE
from supervision.moves import Made, MoveRefused

from . import fund_part
from .fund_part import FundPart
from .models import Hearing, HearingLine

OF_A_RULE = {"monitored": "智能监控", "monitored_en": "intelligent monitoring"}
in_chinese = partial(translation.override, "zh-hans")  # the tongue that counts


def issues_the_notice(hearing: Hearing, made: Made[Hearing]) -> None:
    """issues and serves the notice of the finding"""
    assert hearing.answer_clock is not None
    with in_chinese():
        facts = {
            "because": hearing.finding.because_zh,
            "claim": hearing.finding.claim.partition(":")[2],
            "lines": rows(hearing, ("charge_words", "amount", "fund", "remark")),
            "amount": f"{hearing.suspected}",
            **of_the_fund(fund_part.suspected(hearing.lines.order_by("pk"))),
            "deadline": timezone.localdate(hearing.answer_clock.due_at).isoformat(),
        }
    write("finding_notice", hearing, made, facts)


def issues_the_decision(hearing: Hearing, made: Made[Hearing]) -> None:
    """issues and serves the decision"""
    with in_chinese():
        facts = {
            "notice": notice_of(hearing),
            "lines": rows(hearing, ("charge_words", "amount", "confirmed_amount", "loss", "decision", "why")),
            "amount": f"{hearing.confirmed}",
            **of_the_fund(fund_part.confirmed(hearing.lines.order_by("pk"))),
            "reason": made.note or str(_("The institution has accepted it.")),
        }
    write("finding_decision", hearing, made, facts)


def of_the_fund(part: FundPart) -> dict[str, str]:
    """What the fund paid of the amount, by which method; where it is nothing, the letter says so and asks nothing."""
    return {
        "fund": f"{part.fund}" if part.fund else "",
        "nothing": "" if part.fund else part.method,
        "method": part.method,
        "loss_reason": part.reason,
        "grouped": f"{part.grouped}" if part.grouped else "",
        "rest": f"{part.rest}" if part.rest else "",
    }


def issues_the_recovery(hearing: Hearing, made: Made[Hearing]) -> None:
    """issues and serves the agency's notice of recovery, or the bureau's order to refund"""
    assert hearing.clock is not None
    office = office_of(made.by)
    with in_chinese():
        facts = {
            "facts": hearing.finding.because_zh,
            "amount": f"{hearing.fund_confirmed}",
            "deadline": timezone.localdate(hearing.clock.due_at).isoformat(),
        }
    write("recovery_notice" if office.party == Party.HANDLING else "refund_order", hearing, made, facts)


def write(kind: str, hearing: Hearing, made: Made[Hearing], facts: Mapping[str, str]) -> None:
    """Issue the letter and send it to the institution, or refuse the move that needs it."""
    rule = page_of(hearing.rule, hearing.finding.page_hash) or lately().get(hearing.rule)
    by_people = BY_PEOPLE.get(hearing.rule)
    known = {
        "party": hearing.institution.name_zh,
        "party_en": hearing.institution.name_en,
        "place_en": hearing.place.name_en,
        **({"inspected": by_people.title_zh, "inspected_en": by_people.title_en} if by_people else OF_A_RULE),
        "rule": rule.title_zh if rule else "" if by_people else hearing.rule,
        "rule_en": rule.title if rule else "",
        "basis": rule.basis_zh if rule else by_people.basis_zh if by_people else hearing.rule,
        "basis_en": rule.basis if rule else by_people.basis_en if by_people else "",
        "because_en": hearing.finding.because_en,
    }
    try:
        document = issue(
            kind, place=hearing.place_id, place_name=hearing.place.name_zh, about=str(hearing), by=made.by,
            facts={**known, **facts}, address=hearing.get_absolute_url(), office=office_of(made.by),
        )  # fmt: skip
    except FactMissing as missing:
        raise MoveRefused(
            _("The letter cannot be written without: %(what)s.") % {"what": ", ".join(missing.names)}
        ) from missing
    serving.serve(
        document, to=hearing.institution.name_zh, institution=hearing.institution_id,
        method=Service.Method.ELECTRONIC, by=made.by,
    )  # fmt: skip


def notice_of(hearing: Hearing) -> str:
    """The reference of the notice that the decision answers."""
    sent = Document.objects.filter(about=str(hearing), kind="finding_notice").order_by("-pk").first()
    return f"《{sent.reference}》" if sent else str(hearing)


def rows(hearing: Hearing, columns: tuple[str, ...]) -> str:
    """The lines as a letter's table takes them: a row each, its cells parted by bars."""
    names = items(hearing)
    said = [cells(line, names) for line in hearing.lines.order_by("pk")]
    return "\n".join(" | ".join(row[column] for column in columns) for row in said)


def cells(line: HearingLine, names: Mapping[str, str]) -> dict[str, str]:
    number = (line.charge or line.claim).partition(":")[2] or _("the finding as a whole")
    words = {
        "charge_words": f"{number} {names.get(line.charge, '')}".strip(),
        "amount": f"{line.suspected:,.2f}",
        "fund": f"{line.fund_suspected:,.2f}",
        "confirmed_amount": f"{line.confirmed:,.2f}",
        "loss": f"{line.fund_confirmed:,.2f}",
        "remark": "" if line.charge else _("of the encounter as a whole"),
        "decision": line.get_decision_display(),
        "why": line.reason,
    }
    # A bar, or whatever ends a line, in what somebody wrote would begin another cell or row.
    return {name: " ".join(str(text).replace("|", "/").split()) for name, text in words.items()}


def items(hearing: Hearing) -> dict[str, str]:
    """What the charges are called, as their claims were frozen."""
    found = {}
    for stands in hearing.finding.stands_on.select_related("frozen"):
        for row in stands.frozen.rows.get("fee_line", []):
            if row.get("charge"):
                found[row["charge"]] = str(row.get("item_name") or row.get("item") or "")
    return found
