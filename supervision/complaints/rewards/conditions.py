"""What moves of rewards ask for besides state and duty."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.cases.models import Case
from supervision.clocks.calendar import end_of
from supervision.complaints.models import Complaint, Kind, Outcome
from supervision.complaints.models import State as Stage
from supervision.complaints.vault.models import Kind as Kept
from supervision.complaints.vault.models import Opening, Purpose
from supervision.complaints.vault.sealing import is_kept
from supervision.complaints.workflow import COMPLAINT
from supervision.locks import one_at_a_time
from supervision.moves import by_another_than, refuse_unless

from . import claiming, timing
from .models import Reward

TRUE = (Outcome.UPHELD, Outcome.PARTLY)
OPENED = (Opening.State.APPROVED, Opening.State.ENDED, Opening.State.LAPSED)
SETTLED = (Stage.CONCLUDED, Stage.ARCHIVED)

another_than_proposer = by_another_than("proposer")
another_than_both = by_another_than("proposer", "checker")
another_than_refuser = by_another_than("refuser")
another_than_reclaimer = by_another_than("reclaimer")
none_who_granted = by_another_than("proposer", "checker", "approver")


def may_bring_a_reward(reward: Reward, by: Account) -> None:
    """of a report that was found true"""
    entitled(reward.complaint)


def entitled(complaint: Complaint) -> None:
    """What the law asks of the report itself."""
    refuse_unless(complaint.is_tip, _("Only a report of misuse can bring a reward."))
    refuse_unless(complaint.wants_reward, _("The reporter does not want a reward."))
    refuse_unless(complaint.joined_to_id is None, _("It was joined to an earlier report: that one may be rewarded."))
    refuse_unless(
        complaint.state in SETTLED and complaint.outcome in TRUE,
        _("The report must be concluded first, and found true at least in part."),
    )
    refuse_unless(complaint.case is not None, _("No case came of the report, so nothing was verified."))


def is_the_first(reward: Reward, by: Account) -> None:
    """the first effective report of its case"""
    first_of_its_case(reward.complaint)


def first_of_its_case(complaint: Complaint) -> None:
    earlier = Complaint.objects.filter(
        kind=Kind.TIP, case__in=cases_of(complaint), joined_to=None, outcome__in=TRUE, pk__lt=complaint.pk
    )
    refuse_unless(
        not earlier.exists(), _("Somebody reported it before: only the first effective report of a case is rewarded.")
    )


def cases_of(complaint: Complaint) -> list[int]:
    """The report's case, with all that were merged into the same one."""
    leading = leading_case(complaint)
    found, merged = {leading.pk}, {leading.pk}
    while merged:
        merged = set(Case.objects.filter(merged_into__in=merged).values_list("pk", flat=True)) - found
        found |= merged
    return sorted(found)


def leading_case(complaint: Complaint) -> Case:
    """The case that its own was merged into, or its own."""
    case = complaint.case
    assert case is not None
    while case.merged_into is not None:
        case = case.merged_into
    return case


def no_part_in_it(reward: Reward, by: Account) -> None:
    """by nobody who handled the report or its case"""
    complaint = reward.complaint
    handling = [name for name, move in COMPLAINT.moves.items() if move.duty == Duty.COMPLAINTS]
    handled = complaint.handler_id == by.pk or complaint.events.filter(by=by, move__in=handling).exists()
    refuse_unless(not handled, _("Who handled the report does not decide on its reward."))
    refuse_unless(
        not reward.case.officers.filter(account=by).exists(), _("Who handles the case does not decide on the reward.")
    )


def claimed_in_time(reward: Reward, by: Account) -> None:
    """the reporter has claimed it"""
    refuse_unless(claiming.first_claim(reward) is not None, _("Nobody has claimed it."))


def nobody_claimed(reward: Reward, by: Account) -> None:
    """the time is over and nobody has claimed it"""
    refuse_unless(
        reward.claim_until is not None and claiming.now() > end_of(reward.claim_until), _("It may still be claimed.")
    )
    one_at_a_time(claiming.lock_of(reward.complaint))  # a claim of the last second is waited for
    refuse_unless(claiming.first_claim(reward) is None, _("It was claimed in time."))


def payout_is_kept(reward: Reward, by: Account) -> None:
    """the vault keeps where it is paid to"""
    refuse_unless(
        is_kept(reward.complaint.number, Kept.PAYOUT), _("The vault keeps nothing on where it is to be paid to.")
    )


def payout_was_opened(reward: Reward, by: Account) -> None:
    """two people have opened where it is paid to, for this voucher"""
    voucher = reward.vouchers.filter(void_on=None).first()
    approved = Opening.objects.filter(
        subject=reward.complaint.number, kind=Kept.PAYOUT, purpose=Purpose.REWARD, state__in=OPENED,
        decided_by__isnull=False, asked_at__date__gte=voucher.issued_on if voucher else localdate(),
    )  # fmt: skip
    refuse_unless(
        approved.exists(), _("Where it is paid to lies in the vault: two people open it first, for paying the reward.")
    )


def issued_by_another(reward: Reward, by: Account) -> None:
    """by another than issued the voucher"""
    refuse_unless(
        not reward.vouchers.filter(void_on=None, issued_by=by).exists(),
        _("Who issued the voucher does not pay it."),
    )


def still_reclaimable(reward: Reward, by: Account) -> None:
    """in the time in which it may be asked for back"""
    last = timing.may_be_reclaimed_until(reward)
    refuse_unless(
        timing.may_be_reclaimed(reward),
        _("It could be asked for back until %(last)s.") % {"last": last.isoformat() if last else "–"},
    )


def nobody_else_has_it(reward: Reward, by: Account) -> None:
    """no other reward stands for the case"""
    others = Reward.objects.filter(case=reward.case_id).exclude(pk=reward.pk).exclude(state="refused")
    refuse_unless(not others.exists(), _("Another report of this case has a reward already."))
