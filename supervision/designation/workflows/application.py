"""How an institution comes to be designated (the brief's state machine 11). docs/workflows.md shows this table."""

from django.utils.translation import gettext_lazy as _

from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.designation import handling, objecting, timing
from supervision.designation.models import Application, Standing
from supervision.moves import Move, Workflow

AGENCY = Department.Party.HANDLING
OF_IT = handling.of_the_agency


def filing(state: Standing) -> Move[Application]:
    """The result of an assessment is filed, whichever it is; the state stays."""
    return Move(
        frozenset({state}), state, Duty.AGREE, _("File the result with the department"), party=AGENCY,
        conditions=(OF_IT, handling.result_is_not_filed), effects=(handling.file_result,),
    )  # fmt: skip


MOVES: dict[str, Move[Application]] = {
    "submit": Move(
        frozenset({Standing.DRAFT}), Standing.SUBMITTED, Duty.SIGN, _("Submit it"),
        conditions=(handling.is_complete,), effects=(handling.submit,),
    ),
    "ask_supplement": Move(
        frozenset({Standing.SUBMITTED}), Standing.SUPPLEMENT, Duty.AGREE, _("Tell what is missing"), party=AGENCY,
        conditions=(OF_IT, handling.not_supplemented, timing.still_in_time), asks=(handling.MISSING,),
        effects=(handling.ask_supplement,),
    ),
    "supply": Move(
        frozenset({Standing.SUPPLEMENT}), Standing.SUBMITTED, Duty.SIGN, _("Send what was missing"),
        conditions=(handling.is_complete,), effects=(timing.starts("designation_supplement"),),
    ),
    "withdraw": Move(
        frozenset({Standing.DRAFT, Standing.SUBMITTED, Standing.SUPPLEMENT, Standing.ACCEPTED, Standing.RECTIFYING}),
        Standing.WITHDRAWN, Duty.SIGN, _("Withdraw it"), needs_note=True, effects=(timing.drops,),
    ),
    "refuse": Move(
        frozenset({Standing.SUBMITTED, Standing.SUPPLEMENT}), Standing.NOT_ACCEPTED, Duty.DECIDE,
        _("Do not accept it"), party=AGENCY, conditions=(OF_IT, handling.not_waited_for), needs_note=True,
        asks=(handling.GROUNDS,), effects=(handling.refuse,),
    ),
    "accept": Move(
        frozenset({Standing.SUBMITTED}), Standing.ACCEPTED, Duty.AGREE, _("Accept it"), party=AGENCY,
        conditions=(OF_IT, handling.nothing_known_against, handling.proved_or_still_promised),
        effects=(timing.starts("designation_assessment"),),
    ),
    "assess": Move(
        frozenset({Standing.ACCEPTED}), Standing.ASSESSING, Duty.AGREE, _("Name the team that assesses it"),
        party=AGENCY, conditions=(OF_IT,), asks=(handling.ASSESSORS,), effects=(handling.name_team,),
    ),
    "pass": Move(
        frozenset({Standing.ASSESSING, Standing.REASSESSING}), Standing.PASSED, Duty.DECIDE, _("It passes"),
        party=AGENCY,
        conditions=(OF_IT, handling.both_stand_by_it, handling.not_of_the_team, handling.reaches_it),
        effects=(timing.meets, handling.concludes("合格", "passed", passed=True)),
    ),
    "fail": Move(
        frozenset({Standing.ASSESSING}), Standing.FAILED, Duty.DECIDE, _("It does not pass"), party=AGENCY,
        conditions=(OF_IT, handling.both_stand_by_it, handling.not_of_the_team, handling.misses_it), needs_note=True,
        effects=(timing.meets, handling.concludes("不合格", "not passed", passed=False)),
    ),
    "rectify": Move(
        frozenset({Standing.FAILED}), Standing.RECTIFYING, Duty.AGREE, _("Give time to put it right"), party=AGENCY,
        conditions=(OF_IT,), effects=(timing.starts("designation_rectification", None),),
    ),
    "rectified": Move(
        frozenset({Standing.RECTIFYING}), Standing.REASSESSING, Duty.SIGN, _("Tell what was put right"),
        conditions=(timing.still_in_time,), needs_note=True, effects=(handling.assess_again,),
    ),
    "run_out": Move(
        frozenset({Standing.RECTIFYING}), Standing.BARRED, Duty.AGREE, _("Not put right in time"), by_itself=True,
        conditions=(timing.has_run_out,), effects=(handling.bar,),
    ),
    "bar": Move(
        frozenset({Standing.REASSESSING}), Standing.BARRED, Duty.DECIDE, _("It does not pass again"), party=AGENCY,
        conditions=(OF_IT, handling.both_stand_by_it, handling.not_of_the_team, handling.misses_it), needs_note=True,
        effects=(handling.bar, handling.concludes("再次评估不合格", "not passed again", passed=False)),
    ),
    "file_passed": filing(Standing.PASSED), "file_failed": filing(Standing.FAILED),
    "file_barred": filing(Standing.BARRED),
    "publicise": Move(
        frozenset({Standing.PASSED}), Standing.PUBLICISED, Duty.AGREE, _("Publicise it"), party=AGENCY,
        conditions=(OF_IT, handling.result_is_filed), effects=(timing.starts("designation_publicity"),),
    ),
    "overturn": Move(
        frozenset({Standing.PUBLICISED}), Standing.FAILED, Duty.DECIDE, _("An objection is right: it does not pass"),
        party=AGENCY, conditions=(OF_IT, handling.not_of_the_team), needs_note=True, effects=(handling.overturn,),
    ),
    "negotiate": Move(
        frozenset({Standing.PUBLICISED}), Standing.NEGOTIATING, Duty.AGREE, _("Negotiate the agreement"),
        party=AGENCY, conditions=(OF_IT, timing.has_run_out, objecting.all_answered, objecting.none_upheld),
        effects=(handling.draft_agreement,),
    ),
    "signed": Move(
        frozenset({Standing.NEGOTIATING}), Standing.SIGNED, Duty.AGREE, _("Signed by both sides"), by_itself=True,
        conditions=(handling.contract_is_signed,),
    ),
    "break_off": Move(
        frozenset({Standing.NEGOTIATING}), Standing.NO_AGREEMENT, Duty.AGREE, _("No agreement was reached"),
        by_itself=True, conditions=(handling.contract_was_dropped,),
    ),
}  # fmt: skip

APPLICATION = Workflow(
    name="application", words=_("An application for designation"), states=Standing, act=Act.AGREEMENT, moves=MOVES,
    first=Standing.DRAFT, module=__name__,
)  # fmt: skip
