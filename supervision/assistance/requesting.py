"""How a request is sent, handled, answered, confirmed and paid back. docs/workflows.md shows this table."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from institutions.models import Account, Division, Duty
from supervision.audit.models import Act
from supervision.cases.facts import DAY, VOUCHER, ask
from supervision.cases.facts import Kind as Asked
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from . import letters, money, timing
from .leading import asked, asking, handling, leading, superior
from .models import Request
from .models.requests import State
from .timing import ACCEPT, REPLY


def places(request: Request) -> list[tuple[str, str]]:
    """The places of the same level below the common superior."""
    above = Division.objects.get(pk=request.superior)
    rows = Division.objects.filter(code__startswith=above.prefix, level=request.to_place.level)
    return [(one.pk, str(one)) for one in rows.order_by("code")]


ANSWER = ask("assist_reply", Asked.WORDS, gettext_lazy("What was found out"))
UNTIL = ask("assist_until", Asked.DAY, gettext_lazy("To be answered by"))
PLACE = ask("assist_place", Asked.CHOICE, gettext_lazy("Which region handles it"), choices=places)
CASE = ask("assist_case", Asked.LINE, gettext_lazy("Number of the case that recovers the money"))


# --- What moves ask for -----------------------------------------------------------------------------


def has_claims(request: Request, by: Account) -> None:
    """with at least one claim"""
    refuse_unless(request.claims.exists(), _("Name the claims that it is about."))


def every_claim_is_answered(request: Request, by: Account) -> None:
    """with an answer about every claim"""
    left = list(request.claims.filter(found=None).values_list("claim", flat=True))
    refuse_unless(not left, _("These claims are not answered yet: %(claims)s.") % {"claims": ", ".join(left)})


# --- What moves do ----------------------------------------------------------------------------------


def send(request: Request, made: Made[Request]) -> None:
    """is seen by the region that is asked from now on"""
    request.sender, request.sent_at = made.by, timezone.now()


def take(request: Request, made: Made[Request]) -> None:
    """keeps who handles it"""
    request.handler = made.by


def reply(request: Request, made: Made[Request]) -> None:
    """keeps the answer"""
    request.reply, request.replied_at = str(made.facts["assist_reply"]), timezone.now()


def back_to_drafting(request: Request, made: Made[Request]) -> None:
    """is the asking region's alone again"""
    request.sender, request.sent_at = None, None


def designate(request: Request, made: Made[Request]) -> None:
    """names the region that handles it"""
    chosen = str(made.facts["assist_place"])
    refuse_unless(chosen in dict(places(request)), _("There is no such place below the common superior."))
    request.handler_place, request.handler = Division.objects.get(pk=chosen), None


UNDER_WAY = frozenset({State.SENT, State.ACCEPTED, State.HANDLING, State.EXTENDED})

MOVES: dict[str, Move[Request]] = {
    "send": Move(
        frozenset({State.DRAFTED}), State.SENT, Duty.DECIDE, gettext_lazy("Send it"),
        conditions=(asking, by_another_than("drafter"), has_claims),
        effects=(send, timing.starts(ACCEPT), letters.asks),
    ),
    "send_back": Move(
        frozenset({State.SENT}), State.DRAFTED, Duty.INVESTIGATE, gettext_lazy("Send it back"), conditions=(asked,),
        needs_note=True, effects=(timing.meets, back_to_drafting),
    ),
    "accept": Move(
        frozenset({State.SENT}), State.ACCEPTED, Duty.INVESTIGATE,
        pgettext_lazy("of a request for assistance", "Accept it"),
        conditions=(handling,), effects=(timing.starts(REPLY),),
    ),
    "handle": Move(
        frozenset({State.ACCEPTED}), State.HANDLING, Duty.INVESTIGATE, gettext_lazy("Begin to look into it"),
        conditions=(handling,), effects=(take,),
    ),
    "extend": Move(
        frozenset({State.HANDLING}), State.EXTENDED, Duty.DECIDE, gettext_lazy("Give more time, once"),
        conditions=(handling, by_another_than("handler")), needs_note=True, effects=(timing.extends,),
    ),
    "escalate": Move(
        UNDER_WAY, State.ESCALATED, Duty.DECIDE, gettext_lazy("It is overdue: before the common superior"),
        conditions=(timing.has_run_out,), effects=(timing.goes_up,), by_itself=True,
    ),
    "urge": Move(
        frozenset({State.ESCALATED}), State.HANDLING, Duty.DECIDE, gettext_lazy("Demand an answer"),
        conditions=(superior,), asks=(UNTIL,), needs_note=True, effects=(timing.urges,),
    ),
    "designate": Move(
        frozenset({State.ESCALATED}), State.HANDLING, Duty.DECIDE, gettext_lazy("Designate who handles it"),
        conditions=(superior,), asks=(PLACE, UNTIL), needs_note=True, effects=(designate, timing.urges),
    ),
    "reply": Move(
        frozenset({State.HANDLING, State.EXTENDED, State.ESCALATED}), State.REPLIED, Duty.DECIDE,
        gettext_lazy("Answer"), conditions=(handling, every_claim_is_answered), asks=(ANSWER,),
        effects=(reply, timing.meets),
    ),
    "ask_again": Move(
        frozenset({State.REPLIED}), State.HANDLING, Duty.DECIDE, gettext_lazy("Ask again"), conditions=(asking,),
        needs_note=True, effects=(timing.starts(REPLY),),
    ),
    "confirm": Move(
        frozenset({State.REPLIED}), State.CONFIRMED, Duty.DECIDE, gettext_lazy("Confirm what was found"),
        conditions=(asking, money.something_found),
    ),
    "unfounded": Move(
        frozenset({State.REPLIED}), State.UNFOUNDED, Duty.DECIDE, gettext_lazy("It is unfounded"),
        conditions=(asking, money.nothing_found),
    ),
    "demand": Move(
        frozenset({State.CONFIRMED}), State.CONFIRMED, Duty.DECIDE, gettext_lazy("Demand what the fund lost"),
        conditions=(leading, money.comes_back_no_way_yet, money.something_lost), effects=(money.demand,),
    ),
    "name_case": Move(
        frozenset({State.CONFIRMED}), State.CONFIRMED, Duty.INVESTIGATE,
        gettext_lazy("Name the case that recovers the money"), conditions=(leading, money.comes_back_no_way_yet),
        asks=(CASE,), effects=(money.name_case,),
    ),
    "refund": Move(
        frozenset({State.CONFIRMED}), State.REFUNDED, Duty.BOOK, gettext_lazy("Pass it on to the fund that had paid"),
        conditions=(leading, money.all_came_back), asks=(VOUCHER, DAY), effects=(money.pass_on,),
    ),
    "close": Move(
        frozenset({State.REFUNDED, State.UNFOUNDED}), State.CLOSED, Duty.DECIDE, gettext_lazy("Close it"),
        conditions=(asking,),
    ),
    "close_without_money": Move(
        frozenset({State.CONFIRMED}), State.CLOSED, Duty.DECIDE, gettext_lazy("Close it: no money is to come back"),
        conditions=(asking, money.no_money_is_open), needs_note=True,
    ),
    "withdraw": Move(
        frozenset({State.DRAFTED, State.SENT, State.ACCEPTED, State.HANDLING, State.EXTENDED, State.ESCALATED}),
        State.CLOSED, Duty.DECIDE, gettext_lazy("Withdraw it"), conditions=(asking,), needs_note=True,
        effects=(timing.stops,),
    ),
}  # fmt: skip

REQUEST = Workflow[Request](
    name="assistance", words=gettext_lazy("A request for assistance between regions"), states=State, act=Act.CASE,
    moves=MOVES, first=State.DRAFTED, module=__name__,
)  # fmt: skip
