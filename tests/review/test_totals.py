"""The sums of each day, against a naive count of the rows."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from institutions.models import Institution
from supervision.review import tasks, totals
from supervision.review.models import AskedTotal, Message, Remark, RemarkTotal, Review
from tests.builders import make_institution
from tests.review.remarked import OBEYED, OVERRODE, make_message, make_remark, make_review

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = dt.datetime(2026, 3, 10, 9, tzinfo=SHANGHAI)
Sums = dict[tuple[str, dt.date, str, str], tuple[int, int, int, int, Decimal, Decimal]]


@pytest.fixture
def hospital(db: None) -> Institution:
    return make_institution()


def kept() -> Sums:
    return {
        (one.institution_id, one.day, one.moment, one.rule):
            (one.reviews, one.remarks, one.obeyed, one.overrode, one.at_stake, one.saved)
        for one in RemarkTotal.objects.all()
    }  # fmt: skip


def naive() -> Sums:
    """Row by row, with no word of SQL."""
    rows = list(Remark.objects.select_related("review__message"))
    last = {}
    for one in sorted(rows, key=lambda row: (row.review.asked_at, row.pk)):
        last[one.review.claim, one.rule, one.key] = one.pk
    sums: Sums = {}
    met: set[tuple[object, ...]] = set()
    for one in rows:
        review = one.review
        day = review.asked_at.astimezone(SHANGHAI).date()
        place = (review.message.institution_id, day, review.moment, one.rule)
        before = sums.get(place, (0, 0, 0, 0, Decimal(0), Decimal(0)))
        saved = one.choice == OBEYED and last[review.claim, one.rule, one.key] == one.pk
        sums[place] = (
            before[0] + ((place, review.pk) not in met), before[1] + 1, before[2] + (one.choice == OBEYED),
            before[3] + (one.choice == OVERRODE), before[4] + one.at_stake,
            before[5] + (one.at_stake if saved else Decimal(0)),
        )  # fmt: skip
        met.add((place, review.pk))
    return sums


def test_a_day_is_a_day_on_chinese_clocks(hospital: Institution) -> None:
    before_midnight = dt.datetime(2026, 3, 10, 15, 59, tzinfo=dt.UTC)
    for at in (before_midnight, before_midnight + dt.timedelta(minutes=2)):
        make_review(hospital, at=at)
    totals.add_up()
    assert list(AskedTotal.objects.values_list("day", "messages", "reminders", "reviews")) == [
        (dt.date(2026, 3, 10), 1, 1, 0), (dt.date(2026, 3, 11), 1, 1, 0),
    ]  # fmt: skip


def test_a_message_that_asks_nothing_is_heard_all_the_same(hospital: Institution) -> None:
    make_message(hospital, infno="2204", at=MORNING)
    totals.add_up()
    total = AskedTotal.objects.get()
    assert (total.messages, total.reminders, total.reviews) == (1, 0, 0)


def test_an_encounter_with_two_remarks_of_a_rule_is_one_review(hospital: Institution) -> None:
    review = make_review(hospital, at=MORNING)
    make_remark(hospital, review=review, key="a", choice=OBEYED, at_stake="10.00")
    make_remark(hospital, review=review, key="b", choice=OVERRODE, at_stake="5.00")
    totals.add_up()
    total = RemarkTotal.objects.get()
    assert (total.reviews, total.remarks, total.obeyed, total.overrode, total.unanswered) == (1, 2, 1, 1, 0)
    assert (total.at_stake, total.saved) == (Decimal("15.00"), Decimal("10.00"))


def test_a_finding_that_is_remarked_on_again_is_saved_once_by_its_last_word(hospital: Institution) -> None:
    claim = f"{hospital.pk}:7"
    for hours in (0, 1):
        review = make_review(hospital, claim=claim, at=MORNING + dt.timedelta(hours=hours))
        make_remark(hospital, review=review, key="a", choice=OBEYED)
    totals.add_up()
    assert [one.saved for one in RemarkTotal.objects.all()] == [Decimal("60.00")]


def test_a_later_word_takes_back_what_an_earlier_day_had_saved(hospital: Institution) -> None:
    claim, now = f"{hospital.pk}:7", timezone.now()
    earlier = make_review(hospital, claim=claim, at=now - dt.timedelta(days=3))
    make_remark(hospital, review=earlier, key="a", choice=OBEYED)
    totals.add_up()
    assert RemarkTotal.objects.get().saved == Decimal("60.00")
    later = make_review(hospital, claim=claim, moment=Review.Moment.REVIEW, at=now)
    make_remark(hospital, review=later, key="a", choice=OVERRODE)
    totals.add_up()
    assert [one.saved for one in RemarkTotal.objects.order_by("day")] == [Decimal(0), Decimal(0)]


def test_a_choice_told_days_later_counts_on_the_day_of_the_remark(hospital: Institution) -> None:
    remark = make_remark(hospital, at=timezone.now() - dt.timedelta(days=5))
    totals.add_up()
    Remark.objects.filter(pk=remark.pk).update(choice=OBEYED, chosen_at=timezone.now())
    assert totals.add_up() == 1
    assert RemarkTotal.objects.get().obeyed == 1


def test_counting_again_changes_nothing_and_leaves_quiet_days_alone(hospital: Institution) -> None:
    make_remark(hospital, at=timezone.now() - dt.timedelta(days=2))
    make_remark(hospital)
    totals.add_up()
    before = kept()
    AskedTotal.objects.update(counted_at=timezone.now() + dt.timedelta(hours=1))
    assert totals.add_up() == 0
    tasks.add_up()
    tasks.add_up_the_week()
    assert kept() == before == naive()


def test_what_was_laid_aside_for_hours_is_counted_in_the_night(hospital: Institution) -> None:
    make_remark(hospital)
    totals.add_up()
    make_remark(hospital, at=timezone.now() - dt.timedelta(days=1))
    tasks.add_up()
    assert kept() != naive()
    tasks.add_up_the_week()
    assert kept() == naive()


words = st.tuples(
    st.sampled_from(["H1", "H2"]), st.sampled_from(["c1", "c2"]), st.integers(0, 70), st.sampled_from(["remind", "review"]),
    st.sampled_from(["drug_sex_restricted", "item_sex_restricted"]), st.sampled_from(["a", "b"]),
    st.sampled_from(["", "1", "2"]), st.integers(0, 5000),
)  # fmt: skip


class TestWhateverIsSaid(TestCase):
    @settings(max_examples=25)
    @given(st.lists(words, max_size=12), st.integers(0, 12))
    def test_the_sums_are_those_of_the_rows_however_often_they_were_counted_between(
        self, said: list[tuple[str, str, int, str, str, str, str, int]], between: int
    ) -> None:
        begun = timezone.now() - dt.timedelta(hours=72)
        for number, (code, claim, hours, moment, rule, key, choice, fen) in enumerate(said):
            place = make_institution(code)
            at = begun + dt.timedelta(hours=hours)
            review = make_review(place, claim=f"{code}:{claim}", moment=moment, at=at)
            make_remark(place, review=review, rule=rule, key=key, choice=choice, at_stake=f"{fen / 100:.2f}")
            if number == between:
                totals.add_up()
        totals.add_up(begun)
        assert kept() == naive()
        assert sum(one.messages for one in AskedTotal.objects.all()) == Message.objects.count()
        assert sum(one.reminders + one.reviews for one in AskedTotal.objects.all()) == Review.objects.count()
