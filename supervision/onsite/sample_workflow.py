"""How a sample comes to its result: judged, estimated, and confirmed by somebody else."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from institutions.models import Account, Duty
from supervision.audit.models import Act
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from . import ruling
from .estimating import Looked, estimate
from .models import Number, Sample
from .models.samples import SampleState
from .sampling import fen, yuan

another_than_drawer = by_another_than("drawn_by")


def every_claim_is_judged(sample: Sample, by: Account) -> None:
    """with every drawn claim judged"""
    left = sample.sampled.filter(wrong__isnull=True).count()
    refuse_unless(not left, _("%(left)d claims are not judged yet.") % {"left": left})


def by_nobody_who_judged(sample: Sample, by: Account) -> None:
    """by nobody who has judged a claim of it"""
    refuse_unless(
        not sample.sampled.filter(judged_by=by).exists(),
        _("This needs a second person: you have decided on it already."),
    )


def extrapolate(sample: Sample, made: Made[Sample]) -> None:
    """works out the sum and its interval by the rows of the day, and keeps both"""
    confidence = ruling.number(Number.Code.SAMPLE_CONFIDENCE, sample.place_id).value
    enough = int(ruling.number(Number.Code.SAMPLE_ERRORS_LEAST, sample.place_id).value)
    looked = [
        Looked(
            one.claims, fen(one.rest), fen(one.most),
            [fen(wrong) for wrong in one.sampled.values_list("wrong", flat=True)],
        )
        for one in sample.strata.all()
    ]  # fmt: skip
    told = estimate(looked, confidence=float(confidence), enough=enough)
    sample.confidence, sample.enough, sample.wrong_claims, sample.way = confidence, enough, told.count, told.way
    sample.found, sample.point, sample.low, sample.high = map(yuan, (told.found, told.point, told.low, told.high))


def forget_the_result(sample: Sample, made: Made[Sample]) -> None:
    """takes the result back, until it is worked out again"""
    sample.confidence = sample.enough = sample.wrong_claims = None
    sample.found = sample.point = sample.low = sample.high = None
    sample.way = ""


def keep_who_confirmed(sample: Sample, made: Made[Sample]) -> None:
    """keeps who has confirmed it"""
    sample.confirmed_by = made.by


MOVES: dict[str, Move[Sample]] = {
    "estimate": Move(
        frozenset({SampleState.DRAWN}), SampleState.ESTIMATED, Duty.INVESTIGATE,
        gettext_lazy("Work out what follows of it"), conditions=(every_claim_is_judged,), effects=(extrapolate,),
    ),
    "judge_again": Move(
        frozenset({SampleState.ESTIMATED}), SampleState.DRAWN, Duty.DECIDE, gettext_lazy("Have it judged again"),
        needs_note=True, effects=(forget_the_result,),
    ),
    "confirm": Move(
        frozenset({SampleState.ESTIMATED}), SampleState.CONFIRMED, Duty.DECIDE,
        pgettext_lazy("of a sample", "Confirm the result"), conditions=(another_than_drawer, by_nobody_who_judged),
        effects=(keep_who_confirmed,),
    ),
}  # fmt: skip

SAMPLE = Workflow[Sample](
    name="sample_of_claims", words=gettext_lazy("A sample of claims"), states=SampleState, act=Act.VISIT, moves=MOVES,
    first=SampleState.DRAWN, module=__name__,
)  # fmt: skip
