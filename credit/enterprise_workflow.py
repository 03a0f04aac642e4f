"""How an enterprise is rated for a fact, told, disclosed and repaired. docs/workflows.md shows this table."""

from django.utils.translation import gettext_lazy as _

from institutions.models import Department, Duty
from supervision.audit.models import Act
from supervision.moves import Move, Workflow

from . import enterprises, objecting
from .models import Rating, RatingState

AUTHORITY = Department.Party.AUTHORITY
FOUND, RATED, TOLD, OBJECTED = RatingState.FOUND, RatingState.RATED, RatingState.TOLD, RatingState.OBJECTED
PUBLISHED, CORRECTING = RatingState.PUBLISHED, RatingState.CORRECTING

RATING: Workflow[Rating] = Workflow(
    name="enterprise_rating", words=_("A rating of an enterprise"), states=RatingState, act=Act.CREDIT, first=FOUND,
    module=__name__,
    moves={
        "rate": Move(
            frozenset({FOUND}), RATED, Duty.CREDIT, _("Rate it"), party=AUTHORITY, effects=(enterprises.rate,),
        ),
        "tell": Move(
            frozenset({RATED}), TOLD, Duty.DECIDE, _("Tell the enterprise"), party=AUTHORITY,
            conditions=(enterprises.another_than_finder,), effects=(objecting.begin_time_to_object, enterprises.tell),
        ),
        "object": Move(
            frozenset({TOLD}), OBJECTED, Duty.CREDIT, _("The enterprise objects"), by_itself=True, needs_note=True,
            conditions=(objecting.may_still_be_objected_to,), effects=(objecting.object_to,),
        ),
        "uphold": Move(
            frozenset({OBJECTED}), TOLD, Duty.CREDIT, _("Uphold it"), party=AUTHORITY, needs_note=True,
            conditions=(objecting.another_than_both,), effects=(objecting.answer,),
        ),
        "publish": Move(
            frozenset({TOLD}), PUBLISHED, Duty.DECIDE, _("Disclose it"), party=AUTHORITY,
            conditions=(
                enterprises.another_than_finder, enterprises.may_be_disclosed, objecting.time_to_object_is_over,
            ),
            effects=(enterprises.publish,),
        ),
        "correct": Move(
            frozenset({TOLD, PUBLISHED, CORRECTING}), CORRECTING, Duty.CREDIT, _("Note measures that were taken"),
            party=AUTHORITY, needs_note=True, asks=(enterprises.TAKEN,), effects=(enterprises.note_measures,),
        ),
        "repair": Move(
            frozenset({CORRECTING}), RatingState.REPAIRED, Duty.DECIDE, _("Repair it"), party=AUTHORITY,
            needs_note=True, conditions=(enterprises.another_than_checker, enterprises.all_taken),
            effects=(enterprises.repair,),
        ),
        "expire": Move(
            frozenset({PUBLISHED}), RatingState.EXPIRED, Duty.CREDIT, _("It is disclosed no more"), by_itself=True,
            conditions=(enterprises.disclosed_long_enough,),
        ),
        "withdraw": Move(
            frozenset({FOUND, RATED, TOLD, OBJECTED, PUBLISHED, CORRECTING}), RatingState.WITHDRAWN, Duty.DECIDE,
            _("Withdraw it"), party=AUTHORITY, needs_note=True, conditions=(enterprises.another_than_finder,),
            effects=(objecting.answer_if_objected, enterprises.withdraw),
        ),
    },
)  # fmt: skip
