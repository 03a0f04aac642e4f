"""The draw: the likelier the heavier, the same again from its seed, and nobody inspects where they have an interest."""

from collections import Counter
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare

from claims.models import Batch
from institutions import standing
from institutions.models import Duty, GradeFactor
from supervision.inspections import drawing, listing, opening, teaming, weighing
from supervision.inspections.models import Pairing
from supervision.moves import BeyondReach, MoveRefused
from tests.builders import make_batch, make_finding, make_institution, make_total
from tests.cases.office import make_officer
from tests.inspections import office as tell
from tests.inspections.office import Office

WEIGHTS = st.dictionaries(st.text("HP0123456789", min_size=1, max_size=12), st.sampled_from(["0", "0.50", "1", "2"]))
MANY = 10_000


@given(WEIGHTS, st.text(max_size=8))
def test_the_order_of_the_list_does_not_matter_and_what_weighs_nothing_is_not_drawn(
    told: dict[str, str], seed: str
) -> None:
    weights = {code: Decimal(said) for code, said in told.items()}
    order = drawing.ranked(weights, seed)
    assert order == drawing.ranked(dict(reversed(weights.items())), seed)
    assert set(order) == {code for code, weight in weights.items() if weight}


@given(st.text(max_size=8), st.sampled_from(["0.50", "1", "1.50"]))
def test_who_weighs_more_never_comes_later(seed: str, weight: str) -> None:
    others = {f"H{number}": Decimal(1) for number in range(9)}
    lighter = drawing.ranked({**others, "P": Decimal(weight)}, seed).index("P")
    assert drawing.ranked({**others, "P": Decimal(weight) * 2}, seed).index("P") <= lighter


def test_over_many_draws_the_shares_agree_with_the_weights() -> None:
    weights = {"A": Decimal("0.50"), "B": Decimal(1), "C": Decimal("1.50"), "D": Decimal(2), "E": Decimal(3)}
    first = Counter(drawing.ranked(weights, f"seed {number}")[0] for number in range(MANY))
    expected = [float(weight / sum(weights.values())) * MANY for weight in weights.values()]
    assert chisquare([first[code] for code in weights], expected).pvalue > 0.001
    even = [MANY / len(weights)] * len(weights)  # and the test would have noticed
    assert chisquare([first[code] for code in weights], even).pvalue < 0.001


def test_over_many_draws_every_inspector_comes_as_often() -> None:
    who = [f"ZF-{number}" for number in range(6)]
    first = Counter(drawing.ranked_for("H99010100001", who, f"seed {number}")[0] for number in range(MANY))
    assert chisquare([first[code] for code in who]).pvalue > 0.001


# --- What is kept ------------------------------------------------------------------------------------------


def test_a_draw_keeps_weights_with_what_they_are_made_of(office: Office) -> None:
    poor, risky = make_institution("H99010100007"), make_institution("H99010100008")
    GradeFactor.objects.filter(what=GradeFactor.What.INSPECTION, grade="D").delete()
    GradeFactor.objects.create(
        place="990000", what=GradeFactor.What.INSPECTION, grade="D", value=Decimal("2.00"), source="x",
        verified="setting", valid=("2020-01-01", None),
    )  # fmt: skip
    standing.set_grade(poor, "D", since=timezone.localdate())
    make_total(risky, total=Decimal(1000), batch=make_batch(status=Batch.Status.LOADED))
    make_finding(risky, at_stake="20.00")
    line = tell.published(office, how_many=2)
    made = opening.draw_line(line, by=office.planner)
    kept = {one.institution_id: one for one in made.candidates.all()}
    assert (kept[poor.pk].grade_factor, kept[poor.pk].weight) == (Decimal("2.00"), Decimal(2))
    assert (kept[risky.pk].at_risk, kept[risky.pk].risk_factor) == (200, Decimal("2.00"))
    assert kept[office.hospital.pk].weight == 1
    assert made.candidates.filter(drawn=True).count() == 2


@pytest.mark.parametrize(
    ("owned", "factor"), [("4.99", "1.00"), ("5.00", "1.50"), ("19.99", "1.50"), ("20.00", "2.00")]
)
def test_the_bands_of_risk_have_borders(office: Office, owned: str, factor: str) -> None:
    make_total(office.hospital, total=Decimal(1000), batch=make_batch(status=Batch.Status.LOADED))
    make_finding(office.hospital, at_stake=owned)
    assert weighing.weights_of([office.hospital])[office.hospital.pk].risk_factor == Decimal(factor)


def test_anybody_draws_the_same_again(office: Office) -> None:
    for number in range(2, 12):
        make_institution(f"H990101000{number:02}")
    made = opening.draw_line(tell.published(office, how_many=4), by=office.planner)
    assert drawing.drawn_again(made)
    said = StringIO()
    call_command("replay_draw", made.number, stdout=said)
    lines = said.getvalue().splitlines()
    assert (made.seed in lines[0], lines[-1]) == (True, "The same as was kept.")
    assert lines[1:-1] == [str(row) for row in drawing.kept(made)]
    assert sum(" * " in line for line in lines) == 4 + 4 * 2


def test_what_was_tampered_with_is_noticed(office: Office) -> None:
    for number in range(2, 30):
        make_institution(f"H990101000{number:02}")
    made = opening.draw_line(tell.published(office, how_many=3), by=office.planner)
    made.seed = "0" * 32  # of twenty-nine in an order of their own no other seed makes the same
    made.save(update_fields=["seed"])
    assert not drawing.drawn_again(made)
    with pytest.raises(CommandError, match="does not draw what was kept"):
        call_command("replay_draw", made.number, stdout=StringIO())
    with pytest.raises(CommandError, match="no draw"):
        call_command("replay_draw", "CQ-0", stdout=StringIO())


def test_who_has_an_interest_is_left_out(office: Office) -> None:
    kept_away = office.officers[0].inspector
    listing.note_conflict(kept_away, office.hospital, "my brother's ward", by=office.officers[0])
    made = opening.draw_line(tell.published(office), by=office.planner)
    pair = made.pairings.get(inspector=kept_away)
    assert (pair.standing, pair.rank, pair.reason) == (Pairing.Standing.CONFLICT, None, "my brother's ward")
    drawn = set(made.pairings.filter(standing="drawn").values_list("inspector", flat=True))
    assert drawn == {one.inspector.pk for one in office.officers[1:]}
    listing.note_conflict(office.officers[1].inspector, office.hospital, "trained there", by=office.chief)
    with pytest.raises(MoveRefused, match="not 2 inspectors without an interest"):
        opening.draw_line(tell.published(office), by=office.planner)


def test_who_steps_aside_is_followed_by_the_next_of_the_same_seed(office: Office) -> None:
    inspection = tell.drawn(office)
    assert inspection.draw is not None
    order = [one.inspector for one in inspection.draw.pairings.order_by("rank").select_related("inspector")]
    left = inspection.members.get(inspector=order[0])
    assert left.leader
    following = teaming.recuse(inspection, left, "I was treated there", by=office.chief)
    assert following is not None
    assert following.inspector == order[2]
    assert inspection.members.officers().get(leader=True).inspector == order[1]
    assert drawing.drawn_again(inspection.draw)
    with pytest.raises(MoveRefused, match="nobody left"):
        teaming.recuse(inspection, inspection.members.serving().earliest("pk"), "me too", by=office.chief)
    assert inspection.members.serving().count() == 2


def test_who_left_the_library_or_is_stopped_is_not_drawn(office: Office) -> None:
    listing.unlist(office.officers[0].inspector, by=office.chief)
    made = opening.draw_line(tell.published(office), by=office.planner)
    assert not made.pairings.filter(inspector=office.officers[0].inspector).exists()
    with pytest.raises(MoveRefused, match="taken out of the library already"):
        listing.unlist(office.officers[0].inspector, by=office.chief)


def test_a_draw_is_published_by_another_after_the_visits(office: Office) -> None:
    inspection = tell.drawn(office)
    assert inspection.draw is not None
    with pytest.raises(MoveRefused, match="still to come"):
        drawing.publish_draw(inspection.draw, by=office.chief)
    tell.on_site(inspection)
    drawer = inspection.draw.drawn_by
    drawer.duties = [*drawer.duties, Duty.DECIDE]
    drawer.save()
    with pytest.raises(MoveRefused, match="second person"):
        drawing.publish_draw(inspection.draw, by=drawer)
    with pytest.raises(BeyondReach):
        drawing.publish_draw(inspection.draw, by=make_officer("far", Duty.DECIDE, territory="990200"))
    assert drawing.publish_draw(inspection.draw, by=office.chief).published_on == timezone.localdate()
    with pytest.raises(MoveRefused, match="published already"):
        drawing.publish_draw(inspection.draw, by=office.other_chief)


# --- The libraries -----------------------------------------------------------------------------------------


def test_who_is_listed(office: Office) -> None:
    far = make_officer("far", territory="990200")
    with pytest.raises(BeyondReach):
        listing.list_inspector(far, certificate="ZF-1", by=office.chief)
    with pytest.raises(MoveRefused, match="stands in the library already"):
        listing.list_inspector(office.officers[0], certificate="ZF-2", by=office.chief)
    with pytest.raises(MoveRefused, match="Only officers"):
        listing.list_inspector(office.hearer, certificate="ZF-3", by=office.chief)
    with pytest.raises(MoveRefused, match="do not hold the duty"):
        listing.list_inspector(office.planner, certificate="ZF-4", by=office.planner)
    expert = listing.list_expert("Dr. Gao", employer="a university", by=office.chief)
    listing.note_conflict(expert, office.hospital, "consults there", by=office.chief)
    with pytest.raises(MoveRefused, match="noted already"):
        listing.note_conflict(expert, office.hospital, "again", by=office.chief)
