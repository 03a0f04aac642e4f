"""A sample of claims: drawn by a seed that anybody draws again, judged, extrapolated and confirmed by another."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from institutions.models import Account, Duty
from supervision.moves import BeyondReach, MoveRefused
from supervision.onsite import sampling, strata
from supervision.onsite.estimating import Looked, Way, estimate
from supervision.onsite.models import Number, Sample, SampledClaim
from supervision.onsite.sample_workflow import SAMPLE
from tests.builders import make_institution
from tests.cases.office import make_officer
from tests.claims.building import publish
from tests.hearing.charged import MONTH, claim_of, visit
from tests.onsite.office import Office

pytestmark = pytest.mark.django_db
CLAIMS = 120


@pytest.fixture
def claims(office: Office, folder: Path) -> dict[str, int]:
    """What the fund paid, in fen by claim; one more of which it paid nothing."""
    paid = {claim_of(office.hospital, number): 1000 + number**3 for number in range(1, CLAIMS + 1)}
    rows = [visit(claim, paid=fen, total=fen) for claim, fen in paid.items()]
    rows.append(visit(claim_of(office.hospital, 999), paid=0))
    publish(folder / "staged", {"visit": rows})
    return paid


def drawn(office: Office, **facts: object) -> Sample:
    values: dict[str, object] = {"first_month": MONTH, "last_month": MONTH, "size": 60, "by": office.first}
    return sampling.draw_claims(office.hospital, **{**values, **facts})  # type: ignore[arg-type]


def judge_all(sample: Sample, by: Account, wrong: Decimal = Decimal(0)) -> Sample:
    for one in sample.sampled.all():
        sampling.judge_claim(sample, one.pk, wrong=min(wrong, one.paid), why="charged twice", by=by)
    return sample


def test_a_sample_knows_what_it_was_drawn_from(office: Office, claims: dict[str, int]) -> None:
    sample = drawn(office)
    assert (sample.claims, sample.paid) == (CLAIMS, Decimal(sum(claims.values())) / 100)
    assert sample.population == strata.digest(claims)
    assert sample.sampled.count() >= 60
    assert sum(one.claims for one in sample.strata.all()) == CLAIMS
    assert sum(one.paid for one in sample.strata.all()) == sample.paid
    assert claim_of(office.hospital, 999) not in set(sample.sampled.values_list("claim", flat=True))


def test_the_same_seed_draws_the_same_and_what_was_changed_is_noticed(office: Office, claims: dict[str, int]) -> None:
    sample = drawn(office)
    assert sampling.drawn_again(sample)
    Sample.objects.filter(pk=sample.pk).update(seed="another")
    assert not sampling.drawn_again(Sample.objects.get(pk=sample.pk))
    Sample.objects.filter(pk=sample.pk).update(seed=sample.seed, population="0" * 64)
    assert not sampling.drawn_again(Sample.objects.get(pk=sample.pk))


def test_a_later_batch_changes_nothing_of_what_was_drawn(office: Office, claims: dict[str, int], folder: Path) -> None:
    sample = drawn(office)
    publish(folder / "later", {"visit": [visit(claim_of(office.hospital, 5000), paid=700)]})
    assert sampling.drawn_again(sample)
    assert drawn(office).claims == CLAIMS + 1


def test_nobody_draws_elsewhere_or_without_the_duty_or_out_of_nothing(office: Office, claims: dict[str, int]) -> None:
    with pytest.raises(BeyondReach):
        drawn(office, by=make_officer("neighbour", Duty.INVESTIGATE, territory="990200"))
    with pytest.raises(MoveRefused, match="duty"):
        drawn(office, by=office.head)
    with pytest.raises(MoveRefused, match="no claim"):
        drawn(office, first_month="2025-01", last_month="2025-02")
    for wrong in ({"first_month": "2026-13"}, {"first_month": "2026-04"}, {"first_month": "2024-03"}):
        with pytest.raises(MoveRefused):
            drawn(office, **wrong)
    assert not Sample.objects.exists()


def test_months_go_over_a_year() -> None:
    assert sampling.months_between("2025-11", "2026-02") == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert len(sampling.months_between("2024-01", "2025-12")) == 24


def test_of_a_claim_no_more_is_wrong_than_the_fund_paid(office: Office, claims: dict[str, int]) -> None:
    sample = drawn(office)
    one = sample.sampled.all()[0]
    for wrong in (Decimal("-0.01"), one.paid + Decimal("0.01"), Decimal("0.001")):
        with pytest.raises(MoveRefused, match="at most"):
            sampling.judge_claim(sample, one.pk, wrong=wrong, why="x", by=office.first)
    with pytest.raises(MoveRefused, match="Say why"):
        sampling.judge_claim(sample, one.pk, wrong=one.paid, why=" ", by=office.first)
    assert sampling.judge_claim(sample, one.pk, wrong=Decimal(0), why="", by=office.first).wrong == 0
    assert sampling.judge_claim(sample, one.pk, wrong=one.paid, why="never served", by=office.first).wrong == one.paid
    other = drawn(office).sampled.all()[0]
    with pytest.raises(BeyondReach):
        sampling.judge_claim(sample, other.pk, wrong=Decimal(0), why="", by=office.first)


def test_nothing_follows_before_every_claim_is_judged(office: Office, claims: dict[str, int]) -> None:
    with pytest.raises(MoveRefused, match="not judged yet"):
        SAMPLE.make(drawn(office), "estimate", by=office.first)


def test_with_enough_wrong_claims_the_interval_is_students(office: Office, claims: dict[str, int]) -> None:
    Number.objects.filter(code="sample_errors_least").update(value=20)
    sample = SAMPLE.make(judge_all(drawn(office), office.first, Decimal("5.00")), "estimate", by=office.first)
    assert (sample.way, sample.wrong_claims) == ("t", sample.sampled.count())
    assert sample.point == Decimal(5 * CLAIMS)  # five yuan of each
    assert (sample.low, sample.high) == (sample.point, sample.point)


def test_with_few_wrong_claims_only_what_was_found_is_sure(office: Office, claims: dict[str, int]) -> None:
    sample = judge_all(drawn(office), office.first)
    one = sample.sampled.filter(stratum__number=1)[0]
    sampling.judge_claim(sample, one.pk, wrong=one.paid, why="never served", by=office.first)
    sample = SAMPLE.make(sample, "estimate", by=office.first)
    assert (sample.way, sample.wrong_claims, sample.found, sample.low) == ("exact", 1, one.paid, one.paid)
    low, point, high = sample.low, sample.point, sample.high
    assert low is not None
    assert point is not None
    assert high is not None
    assert low < point < high < sample.paid


def test_a_sample_of_everything_estimates_nothing(office: Office, claims: dict[str, int]) -> None:
    sample = SAMPLE.make(
        judge_all(drawn(office, size=CLAIMS * 2), office.first, Decimal("3.00")), "estimate", by=office.first
    )
    assert sample.way == "whole"
    assert sample.found == sample.point == sample.low == sample.high == Decimal(3 * CLAIMS)


def test_another_person_confirms_and_nothing_is_judged_afterwards(office: Office, claims: dict[str, int]) -> None:
    both = make_officer("both", Duty.INVESTIGATE, Duty.DECIDE)
    sample = SAMPLE.make(judge_all(drawn(office, by=both), office.first), "estimate", by=office.first)
    with pytest.raises(MoveRefused, match="second person"):
        SAMPLE.make(sample, "confirm", by=both)
    with pytest.raises(MoveRefused, match="judged already"):
        sampling.judge_claim(sample, sample.sampled.all()[0].pk, wrong=Decimal(0), why="", by=office.first)
    assert SAMPLE.make(sample, "confirm", by=office.head).confirmed_by == office.head
    judge = make_officer("judge", Duty.INVESTIGATE, Duty.DECIDE)
    other = SAMPLE.make(judge_all(drawn(office), judge), "estimate", by=office.first)
    with pytest.raises(MoveRefused, match="second person"):
        SAMPLE.make(other, "confirm", by=judge)
    again = SAMPLE.make(other, "judge_again", by=office.head, note="the ward was overlooked")
    assert (again.state, again.point, again.way) == ("drawn", None, "")


# --- Without a database -------------------------------------------------------------------------------


@given(
    amounts=st.lists(st.integers(1, 10**9), min_size=1, max_size=300), size=st.integers(1, 400),
    many=st.integers(1, 8), seed=st.text(max_size=5),
)  # fmt: skip
def test_every_claim_lies_in_one_stratum_and_strata_go_up(amounts: list[int], size: int, many: int, seed: str) -> None:
    paid = {f"C{number:04}": fen for number, fen in enumerate(amounts)}
    parts = strata.parts(paid, seed=seed, size=size, strata=many)
    assert sorted(claim for part in parts for claim in part.claims) == sorted(paid)
    assert len(parts) <= many
    tops = [(min(paid[one] for one in part.claims), max(paid[one] for one in part.claims)) for part in parts]
    assert all(before[1] < after[0] for before, after in pairwise(tops))
    assert all(set(part.drawn) <= set(part.claims) and part.drawn for part in parts)
    drawn_in_all = sum(len(part.drawn) for part in parts)
    assert drawn_in_all >= min(size, len(paid)) - len(parts)
    assert parts == strata.parts(dict(reversed(paid.items())), seed=seed, size=size, strata=many)


@given(
    parts=st.lists(
        st.tuples(st.integers(0, 500), st.lists(st.integers(0, 10**6), min_size=1, max_size=30)), min_size=1, max_size=5
    ),
    enough=st.sampled_from([0, 1000]),
)  # fmt: skip
def test_an_interval_holds_what_was_found_and_no_more_than_was_paid(
    parts: list[tuple[int, list[int]]], enough: int
) -> None:
    looked = [Looked(len(wrong) + left, left * 500_000, 10**6 if left else 0, wrong) for left, wrong in parts]
    said = estimate(looked, confidence=0.95, enough=enough)
    assert said.found <= said.low <= said.high <= said.found + sum(one.rest for one in looked)
    assert (said.way == Way.WHOLE) == (not any(left for left, _wrong in parts))


def test_of_a_single_claim_only_itself_is_sure() -> None:
    said = estimate([Looked(3, 20, 10, [1])], confidence=0.95, enough=60)
    assert (said.found, said.low, said.point, said.high) == (1, 1, 3, 21)


def test_the_exact_bound_of_the_textbook() -> None:
    """None wrong of 60 out of 1,000: with 95% no more than 47 are (hypergeometric; by the rule of three about 50)."""
    from supervision.onsite.estimating import wrong_at_most  # noqa: PLC0415

    assert wrong_at_most(Looked(1000, 1, 1, [0] * 60), 0.05) == 47


# --- The pages ----------------------------------------------------------------------------------------


def test_a_sample_is_drawn_judged_and_read_on_its_pages(client: Client, office: Office, claims: dict[str, int]) -> None:
    client.force_login(office.first)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    asked = {"institution": office.hospital.pk, "first_month": MONTH, "last_month": MONTH, "size": "20"}
    assert client.post("/desk/visits/samples/new/", {**asked, "first_month": "x"}).status_code == 200
    elsewhere = make_institution("H99020100001", "990201")
    assert client.post("/desk/visits/samples/new/", {**asked, "institution": elsewhere.pk}).status_code == 200
    assert not Sample.objects.exists()
    assert client.post("/desk/visits/samples/new/", asked).status_code == 302
    sample = Sample.objects.get()
    address = sample.get_absolute_url()
    first, second = list(sample.sampled.all())[:2]
    sent = {f"wrong-{first.pk}": "1.00", f"why-{first.pk}": "charged twice", f"wrong-{second.pk}": "many"}
    client.post(f"{address}judge/", sent)
    shown = client.get(address).content.decode()
    assert "many is no sum in yuan" in shown
    assert "charged twice" in shown
    judge_all(sample, office.second)
    client.post(f"{address}move/", {"move": "estimate"})
    shown = client.get(f"{address}?again=1").content.decode()
    assert "An estimated sum may not be asked for" in shown
    assert "draws the same again" in shown
    assert "A fine by the estimated sum" in shown
    assert sample.number in client.get("/desk/visits/samples/").content.decode()
    assert SampledClaim.objects.filter(sample=sample, wrong__isnull=True).count() == 0
