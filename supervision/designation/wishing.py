"""What an institution says of itself while its agreement runs: about the next term, and what of its data changed."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account
from supervision.cases.facts import Kind, ask
from supervision.clocks import limits, running
from supervision.clocks.calendar import add, end_of
from supervision.clocks.models import Unit
from supervision.moves import Effect, Made, refuse_unless

from . import renewing, timing
from .keeping import day_of
from .models import Contract

REPORT, HANDLE, NOTICE = "change_of_data", "change_of_data_answer", "agreement_notice"
CHANGED = ask("changed_data", Kind.WORDS, gettext_lazy("What changed, from what to what"))
APPROVED_ON = ask("changed_on", Kind.DAY, gettext_lazy("Day on which the competent body approved it"))
Wish = Contract.Wish


# --- The next term ----------------------------------------------------------------------------------


def no_text_for_the_next_term_yet(contract: Contract, by: Account) -> None:
    """before there is a text for the next term"""
    refuse_unless(not renewing.has_successor(contract), _("There is a text for the next term already."))


def far_enough_ahead(contract: Contract, by: Account) -> None:
    """no later than agreement_notice before its last day"""
    last = timing.so_long_before(NOTICE, contract.place, contract.until)
    refuse_unless(
        timezone.localdate() <= last, _("That is said ahead: %(day)s was the last day for it.") % {"day": last}
    )


def wishes(wish: Contract.Wish) -> Effect[Contract]:
    """An effect: the institution's own word about the next term, the last one counts."""

    def wishing(contract: Contract, made: Made[Contract]) -> None:
        contract.wish = wish

    wishing.__doc__ = f"keeps that the institution wishes {wish.label}"
    return wishing


# --- What changed -----------------------------------------------------------------------------------


def report_change(contract: Contract, made: Made[Contract]) -> None:
    """keeps what changed and whether change_of_data was kept, and starts change_of_data_answer"""
    approved = day_of(made, "changed_on")
    refuse_unless(approved <= timezone.localdate(), _("That day has not come yet."))
    limit = limits.limit(REPORT, limits.places_of(contract.place), approved)
    contract.changed, contract.changed_on = str(made.facts["changed_data"]).strip(), approved
    contract.changed_late = timezone.now() > add(end_of(approved), limit.amount, Unit(limit.unit))
    contract.change_clock = timing.start(contract, HANDLE)


def no_change_waits(contract: Contract, by: Account) -> None:
    """while no other change waits for the agency"""
    refuse_unless(not contract.changed, _("The agency has not taken in your last change yet."))


def a_change_waits(contract: Contract, by: Account) -> None:
    """a change of its data waits for it"""
    refuse_unless(bool(contract.changed), _("No change of its data was reported."))


def take_in_change(contract: Contract, made: Made[Contract]) -> None:
    """meets the clock; the history of moves and rows keeps what was reported"""
    running.meet_if_going(contract.change_clock)
    contract.changed, contract.changed_on, contract.changed_late = "", None, False
    contract.change_clock = None
