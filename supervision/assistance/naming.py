"""Draws a request up, names the claims that it is about, and writes what was found about each."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import warehouse
from claims.warehouse.seen import ClaimRecord
from institutions.models import Account, Division, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.monitoring.models import Finding
from supervision.moves import BeyondReach, MoveRefused, as_a_move, refuse_unless

from . import leading
from .models import EvidenceFinding, EvidenceLine, Request, RequestClaim
from .models.requests import State
from .numbering import next_number
from .requesting import REQUEST

FEN, NOTHING = Decimal("0.01"), Decimal("0.00")
ANSWERED_IN = (State.HANDLING, State.EXTENDED, State.ESCALATED)


def officer(by: Account) -> Division:
    refuse_unless(
        by.holds(Duty.INVESTIGATE) and by.institution_id is None and by.territory is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.INVESTIGATE.label},
    )
    assert by.territory is not None
    return by.territory


@transaction.atomic
def draft_request(
    institution: Institution, claim: str, *, question: str, suspect: str, words: str, by: Account
) -> Request:
    """A request about one claim of somebody insured elsewhere, seen by the account; more are named afterwards."""
    place = officer(by)
    refuse_unless(question in Request.Question.values, _("There is no such kind."))
    refuse_unless(bool(words.strip()), _("Say what is asked."))
    seen = look_up(institution.pk, claim, by)
    treatment, participation = sides_of(institution, seen)
    refuse_unless(treatment.pk != participation.pk, _("The person is insured where the institution lies."))
    ours = [side for side in (treatment, participation) if side.pk == place.pk]
    refuse_unless(bool(ours), _("A request is made by one of the two regions."))
    other = participation if place.pk == treatment.pk else treatment
    with as_a_move():
        rule = leading.rule(suspect, place.pk)
    made = Request.objects.create(
        number=next_number("XC", place.pk, Request.objects), from_place=place, to_place=other, handler_place=other,
        treatment=treatment, participation=participation, institution=institution, member=str(seen.header["member"]),
        question=question, suspect=suspect, lead_rule=rule, words=words.strip(), drafter=by, state=REQUEST.first,
    )  # fmt: skip
    made.events.create(move="draft_request", after=made.state, by=by)
    freeze(made, seen, by)
    record(Act.CASE, by, made.number, move="draft_request", claim=seen.claim)
    return made


@transaction.atomic
def name_claim(request: Request, claim: str, *, by: Account) -> RequestClaim:
    """One more claim of the same person at the same institution, while it is drafted."""
    locked = drafted(request, by)
    seen = look_up(locked.institution_id, claim, by)
    refuse_unless(str(seen.header["member"]) == locked.member, _("The claim is of another person."))
    refuse_unless(
        sides_of(locked.institution, seen)[1] == locked.participation, _("The claim was paid by another fund.")
    )
    made = freeze(locked, seen, by)
    record(Act.CASE, by, locked.number, move="name_claim", claim=made.claim)
    return made


@transaction.atomic
def leave_claim_out(request: Request, key: int, *, by: Account) -> None:
    locked = drafted(request, by)
    found = locked.claims.filter(pk=key).first()
    if found is None:
        raise BeyondReach(_("There is nothing here by that number."))
    claim = found.claim
    found.delete()
    record(Act.CASE, by, locked.number, move="leave_claim_out", claim=claim)


@transaction.atomic
def answer_claim(request: Request, key: int, *, found: bool, lost: Decimal, words: str, by: Account) -> RequestClaim:
    """What the handling region found out about one claim, and what the fund lost by it, in yuan."""
    officer(by)
    locked = held(request, by)
    leading.handling(locked, by)
    refuse_unless(locked.state in ANSWERED_IN, _("Its claims are not being looked into."))
    claim = locked.claims.filter(pk=key).first()
    if claim is None:
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(bool(words.strip()), _("Say what was checked."))
    refuse_unless(lost == lost.quantize(FEN), _("An amount has no fractions of a fen."))
    refuse_unless(found or not lost, _("Where nothing was found nothing was lost."))
    refuse_unless(
        NOTHING <= lost <= claim.paid, _("The fund paid ¥%(paid)s for this claim.") % {"paid": f"{claim.paid:,}"}
    )
    claim.found, claim.lost, claim.answer, claim.answered_by = found, lost, words.strip()[:400], by
    claim.save()
    record(Act.CASE, by, locked.number, move="answer_claim", claim=claim.claim, found=found, lost=f"{lost}")
    return claim


def held(request: Request, by: Account) -> Request:
    parties = ("from_place", "to_place", "handler_place", "treatment", "participation", "institution", "lead_rule")
    locked = Request.objects.select_for_update(of=("self",)).select_related(*parties).get(pk=request.pk)
    if not locked.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    return locked


def drafted(request: Request, by: Account) -> Request:
    officer(by)
    locked = held(request, by)
    leading.asking(locked, by)
    refuse_unless(locked.state == State.DRAFTED, _("It was sent already."))
    return locked


# --- What both will see -----------------------------------------------------------------------------


def look_up(institution: str, claim: str, by: Account) -> ClaimRecord:
    """The claim as the account sees it, by the number that the institution gave it."""
    number = claim.strip()
    seen = warehouse.seen_by(by).claim(f"{institution}:{number}") if number and "\0" not in number else None
    refuse_unless(seen is not None, _("There is no settled claim %(claim)s.") % {"claim": number})
    assert seen is not None
    return seen


def sides_of(institution: Institution, seen: ClaimRecord) -> tuple[Division, Division]:
    """The prefectures in which the institution lies and in which the person is insured."""
    code = str(seen.header["insured_area"] or "")
    participation = Division.objects.filter(pk=f"{code[:4]}00").first()
    treatment = Division.objects.filter(pk=f"{institution.division_id[:4]}00").first()
    refuse_unless(
        participation is not None and treatment is not None, _("The claim does not say where the person is insured.")
    )
    assert treatment is not None
    assert participation is not None
    return treatment, participation


def freeze(request: Request, seen: ClaimRecord, by: Account) -> RequestClaim:
    """Keep the claim, its lines that count, and the findings about it, so that both regions read the same."""
    header = seen.header
    try:
        with transaction.atomic():
            made = RequestClaim.objects.create(
                request=request, claim=seen.claim, month=str(header["month"]), kind=str(header["kind"] or ""),
                begun=moment(header["begun"]), insured_area=str(header["insured_area"]),
                fund=str(header["insurance"] or ""), total=amount(header["total"]), paid=amount(header["paid"]),
                named_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise MoveRefused(_("This claim is named already.")) from None
    EvidenceLine.objects.bulk_create(line_of(made, row) for row in seen.lines if not row["netted"])
    findings = Finding.objects.visible_to(by).filter(claim=seen.claim).order_by("pk")
    EvidenceFinding.objects.bulk_create(EvidenceFinding(of=made, finding=one) for one in findings)
    return made


def line_of(made: RequestClaim, row: Mapping[str, object]) -> EvidenceLine:
    quantity = row["net_quantity"]
    return EvidenceLine(
        of=made, charge=str(row["charge"]), done_at=moment(row["done_at"]),
        item=str(row["item_name"] or row["item"] or "")[:200],
        quantity=quantity if isinstance(quantity, Decimal) else None, amount=amount(row["net_amount"]),
    )  # fmt: skip


def amount(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else NOTHING


def moment(value: object) -> datetime | None:
    """The warehouse's moments are Beijing's, without a zone."""
    if not isinstance(value, datetime):
        return None
    return timezone.make_aware(value) if timezone.is_naive(value) else value
