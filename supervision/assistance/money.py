"""What comes back and to whom it goes: booked with the pooling area that had paid, passed on to its fund, to the fen.

Money comes back one of two ways. Where the leading region has a case, the case recovers it and passes it on; the
request shows what of it is the payer's. Where it has none, the request itself demands what was found.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from institutions.models import Account
from supervision.cases import owed
from supervision.cases.models import Case, Remittance
from supervision.hearing.models import HearingLine
from supervision.hearing.models import State as Heard
from supervision.ledger import booking
from supervision.ledger.models import RETURNED, Book, Item, Stage
from supervision.moves import Made, refuse_unless

from .models import Passed, Request, RequestClaim, Suspect

NOTHING = Decimal("0.00")
LET_GO = (Heard.RELEASED, Heard.WITHDRAWN)
WAYS = ((Stage.SOURCE, Stage.SUSPECTED), (Stage.SUSPECTED, Stage.CONFIRMED), (Stage.CONFIRMED, Stage.DEMANDED))


@dataclass(frozen=True)
class Standing:
    """Where the money of a request stands, in yuan."""

    lost: Decimal
    demanded: Decimal
    returned: Decimal
    passed: Decimal

    @property
    def to_pass_on(self) -> Decimal:
        return self.returned - self.passed


def found(request: Request) -> Decimal:
    """What the fund lost by the answers about its claims."""
    sum_: Decimal = request.claims.filter(found=True).aggregate(sum=Sum("lost", default=NOTHING))["sum"]
    return sum_


def items(request: Request) -> QuerySet[Item]:
    """What of the ledger is the request's: its own lines, or what the case recovers for the payer."""
    if request.case:
        return Item.objects.filter(case=request.case, book=Book.FUND, pooling_area=request.participation)
    own = [claim.reference for claim in request.claims.all()]
    return Item.objects.filter(reference__in=own)


def standing(request: Request) -> Standing:
    rows = list(items(request))
    return Standing(found(request), owed.outstanding(rows), owed.returned(rows), passed(request))


def passed(request: Request) -> Decimal:
    """What went on to the payer's fund, by the case or by the request."""
    by_case = Remittance.objects.filter(
        proceeding__case__number=request.case, pooling_area=request.participation
    )  # fmt: skip
    rows = by_case if request.case else Passed.objects.filter(request=request)
    sum_: Decimal = rows.aggregate(sum=Sum("amount", default=NOTHING))["sum"]
    return sum_


# --- What moves ask for -----------------------------------------------------------------------------


def something_found(request: Request, by: Account) -> None:
    """where something was found"""
    refuse_unless(request.claims.filter(found=True).exists(), _("Nothing was found about any of its claims."))


def nothing_found(request: Request, by: Account) -> None:
    """where nothing was found"""
    refuse_unless(not request.claims.filter(found=True).exists(), _("Something was found: confirm it."))


def comes_back_no_way_yet(request: Request, by: Account) -> None:
    """where the money comes back no other way"""
    refuse_unless(not request.demanded, _("It is demanded already."))
    refuse_unless(not request.case, _("The money comes back in the case."))


def something_lost(request: Request, by: Account) -> None:
    """where the fund lost something"""
    refuse_unless(bool(found(request)), _("The fund has lost nothing by it."))


def all_came_back(request: Request, by: Account) -> None:
    """once nothing is outstanding"""
    now = standing(request)
    refuse_unless(request.demanded or bool(request.case), _("Demand it, or name the case in which it comes back."))
    refuse_unless(not now.demanded, _("¥%(left)s of it is outstanding.") % {"left": f"{now.demanded:,}"})
    refuse_unless(bool(now.returned), _("Nothing has come back."))


def no_money_is_open(request: Request, by: Account) -> None:
    """where no money is to come back"""
    refuse_unless(
        not request.demanded and not request.case and not found(request), _("Its money has not gone back yet.")
    )


# --- What moves do ----------------------------------------------------------------------------------


def demand(request: Request, made: Made[Request]) -> None:
    """books what the fund lost of each claim under the pooling area that paid, and demands it"""
    claims = list(request.claims.filter(found=True, lost__gt=0).order_by("pk"))
    refuse_what_is_heard(claims)
    legs = [leg for claim in claims for leg in legs_of(request, claim)]
    booking.book(
        legs, reason=gettext_noop("Found by assistance between regions"), subject=f"{request} {made.name}"[:120],
        by=made.by,
    )  # fmt: skip
    request.demanded = True


def legs_of(request: Request, claim: RequestClaim) -> list[booking.Leg]:
    own = request.suspect == Suspect.INSTITUTION
    item = booking.item(
        claim.reference, book=Book.FUND, institution=request.institution if own else None,
        person="" if own else request.member, place=request.leader, pooling_area=request.participation,
        fund=claim.fund, month=claim.month, address=request.get_absolute_url(),
    )  # fmt: skip
    return [booking.Leg(item, source, target, claim.lost) for source, target in WAYS]


def refuse_what_is_heard(claims: list[RequestClaim]) -> None:
    """What a finding asks for already is recovered there, in its case, and not a second time."""
    names = [claim.claim for claim in claims]
    heard = HearingLine.objects.filter(hearing__finding__claim__in=names).exclude(hearing__state__in=LET_GO)
    refuse_unless(
        not heard.exists(),
        _("A finding about one of these claims is being heard, or was: name the case that recovers it."),
    )


def name_case(request: Request, made: Made[Request]) -> None:
    """keeps the number of the case that recovers the money"""
    number = str(made.facts["assist_case"]).strip()
    found_ = Case.objects.visible_to(made.by).filter(number=number, institution=request.institution).first()
    refuse_unless(found_ is not None, _("There is no case of this number about the institution."))
    request.case = number


def pass_on(request: Request, made: Made[Request]) -> None:
    """passes what came back on to the payer's fund, by kind of insurance; a case passes its own on itself"""
    if request.case:
        now = standing(request)
        refuse_unless(
            not now.to_pass_on, _("¥%(left)s of it is not passed on in the case yet.") % {"left": f"{now.to_pass_on:,}"}
        )
        return
    rows = {item.pk: item for item in items(request)}
    sums: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for key, amount in owed.standing(rows.values(), *RETURNED).items():
        sums[rows[key].pooling_area_id, rows[key].fund] += amount
    Passed.objects.bulk_create(
        Passed(
            request=request, pooling_area_id=area, fund=fund, amount=amount, voucher=str(made.facts["voucher"])[:80],
            on=made.facts["on"],
        )
        for (area, fund), amount in sorted(sums.items())
    )  # fmt: skip
