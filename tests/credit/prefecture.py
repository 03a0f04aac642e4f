"""What a prefecture's credit holds, one row of each kind, for the tests of who sees what."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils import timezone

from credit import recording
from credit.commitments.models import Commitment, CommitmentTemplate
from credit.commitments.models import State as Promised
from credit.models import (
    CreditEnding,
    Enterprise,
    Evaluation,
    Indicator,
    Offline,
    OfflineState,
    Rating,
    RatingState,
    RecordKind,
    Repair,
    RepairState,
    Showing,
    State,
)
from institutions.models import Account, Institution, Withheld
from tests.builders import make_institution
from tests.clocks.building import make_clock
from tests.credit.suspended import penalty_on_a_person
from tests.documents.building import make_document


@dataclass(frozen=True)
class CreditKeys:
    evaluation: str
    repair: str
    event: int
    commitment: str
    rating: str
    offline: str
    showing: int

    def key(self, address: str, institution: str) -> str:
        """What stands in the place of the address's <number> or <code>."""
        if "commitments/" in address:
            return self.commitment
        kinds = {
            "evaluations": self.evaluation,
            "repairs": self.repair,
            "enterprises": self.rating,
            "persons": self.offline,
            "records": str(self.event),
            "showings": str(self.showing),
        }
        return next((key for part, key in kinds.items() if part in address), institution)


def make_credit(digits: str, place: Institution, *, by: Account) -> CreditKeys:
    """A grade, an evaluation that was shown, records that count and one that does not, a repair and a commitment."""
    today = timezone.localdate()
    Institution.objects.filter(pk=place.pk).update(grade=f"G{digits[2:]}", grade_since=today)
    said = {"kind": RecordKind.PENALTY, "happened_on": today - timedelta(300), "known_on": today - timedelta(215)}
    event = recording.note(
        place,
        Indicator.PENALTY,
        number=f"CF-{digits}",
        amount=Decimal(digits),
        **said,  # type: ignore[arg-type]
    )
    ended = recording.note(place, Indicator.BREACH, number=f"WY-{digits}", **said)  # type: ignore[arg-type]
    recording.end(ended, CreditEnding.Why.WITHDRAWN, because=f"fell in {digits}", by=by)
    evaluation = make_evaluation(digits, place)
    repair = Repair.objects.create(
        number=f"XF-{digits}", institution=place, event=event, statement=f"put right in {digits}",
        promise="no more", applicant=by, state=RepairState.APPLIED,
    )  # fmt: skip
    since = timezone.localtime().strftime("%Y-%m-%d 00:00")
    make_clock("P05", since=since, subject=repair.number, division=place.division_id, title_en=f"Repair in {digits}")
    Withheld.objects.create(
        what=Withheld.What.SIMPLIFIED,
        institution=place,
        since=today,
        until=today + timedelta(9),
        because=f"CN-{digits}",
    )
    commitment = Commitment.objects.create(
        number=f"CN-{digits}", institution=place, template=CommitmentTemplate.objects.get(code="fund_use"),
        state=Promised.TOLD, told_on=today,
        document=make_document(
            "commitment_text", place=place.division_id, about=f"CN-{digits}",
            address=reverse("commitments:commitment", args=[f"CN-{digits}"]),
        ),
    )  # fmt: skip
    make_ready(digits, place)
    beside = (
        make_rating(digits, place, by),
        make_offline(place, by),
        make_showing(digits, evaluation, by),
    )
    return CreditKeys(evaluation.number, repair.number, event.pk, commitment.number, *beside)


def make_rating(digits: str, place: Institution, by: Account) -> str:
    """An enterprise that the prefecture has rated and disclosed."""
    today = timezone.localdate()
    enterprise = Enterprise.objects.create(code=f"91990100MA{digits:0>7}X", name_zh=f"制药{digits}")
    fact = enterprise.facts.create(
        matter="tax", record=f"SF-{digits}", happened_on=today, known_on=today, amount=50_000
    )
    return Rating.objects.create(
        number=f"ZC-{digits}", place_id=f"{place.division_id[:4]}00", fact=fact, tier=2, needed=[1], finder=by,
        state=RatingState.PUBLISHED, told_on=today, disclosed_on=today, disclosed_until=today + timedelta(9),
    ).number  # fmt: skip


def make_offline(place: Institution, by: Account) -> str:
    """An insured person of the prefecture whose online settlement may be suspended."""
    penalty = penalty_on_a_person(by, place.division_id[:4])
    return Offline.objects.create(
        number=f"LW-{penalty.number}", place=place.division, proceeding=penalty, months=6, proposer=by,
        state=OfflineState.PROPOSED,
    ).number  # fmt: skip


def make_showing(digits: str, evaluation: Evaluation, by: Account) -> int:
    """A wish to show many that is done, with one that was refused."""
    now = timezone.now()
    made = Showing.objects.create(by=by, asked=int(digits), finished_at=now)
    made.lines.create(evaluation=evaluation, turn=0, outcome="refused", why=f"refused in {digits}", done_at=now)
    Showing.objects.create(by=by, asked=int(digits))  # another, still under way
    return made.pk


def make_ready(digits: str, beside: Institution) -> None:
    """An evaluation that was worked out for a neighbour of this institution, and that nobody has shown yet."""
    place = make_institution(f"H{digits}0100077", beside.division_id)
    Evaluation.objects.create(
        number=f"XY-{digits}-3", institution=place, cycle=timezone.localdate().year, state=State.COMPUTED,
        letter=f"G{digits[2:]}",
    )  # fmt: skip


def make_evaluation(digits: str, place: Institution) -> Evaluation:
    """One in force since last month, and a later one that was shown."""
    today = timezone.localdate()
    Evaluation.objects.create(
        number=f"XY-{digits}-1", institution=place, cycle=today.year, state=State.EFFECTIVE, letter=f"G{digits[2:]}",
        effective_on=today - timedelta(40),
    )  # fmt: skip
    evaluation = Evaluation.objects.create(
        number=f"XY-{digits}-2", institution=place, cycle=today.year, state=State.PUBLICISED, letter="B",
        publicised_on=today, object_until=today + timedelta(9),
    )  # fmt: skip
    since = timezone.localtime().strftime("%Y-%m-%d 00:00")
    for institution in ("", place.pk):
        make_clock(
            "P05", since=since, subject=evaluation.number, division=place.division_id, title_en=f"Evaluated in {digits}",
            institution=institution,
        )  # fmt: skip
    return evaluation
