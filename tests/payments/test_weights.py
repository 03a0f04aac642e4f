"""The case mix by weights that a pooling area has laid down: whole lists, by the day of discharge, or no word of it."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from supervision.payments import counting, weights
from supervision.payments.models import GroupWeight, Indicator, WeightList
from tests.builders import make_division
from tests.claims.building import publish
from tests.payments.office import MONTH, Agency
from tests.payments.test_counting import stay

pytestmark = pytest.mark.django_db
LIST = "group,name,weight\nA1,pneumonia,0.8500\nB2,stroke,2\n"


def loaded(text: str = LIST, *, area: str = "990100", year: int = 2026, **facts: Any) -> WeightList:
    told = {
        "scheme": "dip", "area": make_division(area), "year": year, "source": "notice 1", "verified": "setting",
        "since": date(year, 1, 1), "until": date(year + 1, 1, 1), **facts,
    }  # fmt: skip
    return weights.load(io.StringIO(text), weights.Told(**told))


def treated(agency: Agency, folder: Path, *stays: tuple[str, str, date]) -> None:
    """Stays by scheme, group and day of discharge, all settled in the month."""
    place = agency.hospital.pk
    rows = [
        stay(
            place, number, date(2025, 12, 1), day, member=f"m{number}", month=MONTH, area="990100", pay_method=scheme,
            group=group,
        )
        for number, (scheme, group, day) in enumerate(stays, 1)
    ]  # fmt: skip
    publish(folder, {"stay": rows})


def value(code: str) -> Decimal | None:
    row = Indicator.objects.filter(month=MONTH, code=code).first()
    return counting.value(row) if row else None


IN_MARCH = date(2026, 3, 5)


def test_the_index_is_the_weights_by_the_stays_that_have_one(agency: Agency, folder: Path) -> None:
    loaded()
    treated(
        agency, folder, ("dip", "A1", IN_MARCH), ("dip", "B2", IN_MARCH), ("dip", "C3", IN_MARCH),
        ("item", "A1", IN_MARCH), ("drg", "A1", IN_MARCH),
    )  # fmt: skip
    counting.count(MONTH)
    assert value("cmi") == Decimal("1.425")  # (0.85 + 2) / 2
    assert value("weighted_share") == Decimal("0.4")


def test_without_weights_for_place_and_day_nothing_is_told(agency: Agency, folder: Path) -> None:
    loaded(area="990200")
    loaded(year=2025)
    treated(agency, folder, ("dip", "A1", IN_MARCH))
    counting.count(MONTH)
    assert (value("cmi"), value("weighted_share")) == (None, None)


def test_where_no_group_has_a_weight_only_that_is_told(agency: Agency, folder: Path) -> None:
    loaded()
    treated(agency, folder, ("dip", "Z9", IN_MARCH))
    counting.count(MONTH)
    assert (value("cmi"), value("weighted_share")) == (None, Decimal(0))


def test_the_list_of_the_day_of_discharge_weighs_a_stay(agency: Agency, folder: Path) -> None:
    loaded(year=2025)
    loaded("group,name,weight\nA1,pneumonia,0.5\n")
    treated(agency, folder, ("dip", "A1", date(2025, 12, 31)), ("dip", "A1", date(2026, 1, 1)))
    counting.count(MONTH)
    assert value("cmi") == (Decimal("0.85") + Decimal("0.5")) / 2


def test_a_later_list_ends_the_earlier_one_and_writes_over_none() -> None:
    first, second = loaded(), loaded("group,name,weight\nA1,pneumonia,0.9\n", since=date(2026, 7, 1))
    first.refresh_from_db()
    assert first.valid == DateRange(date(2026, 1, 1), date(2026, 7, 1))
    assert GroupWeight.objects.get(of=first, group="A1").weight == Decimal("0.85")
    for since in (date(2026, 7, 1), date(2026, 2, 1)):
        with pytest.raises(weights.WeightsRefused, match="begins on this day or later"):
            loaded(since=since)
    first.refresh_from_db()
    assert first.valid.upper == date(2026, 7, 1)
    assert list(WeightList.objects.order_by("pk")) == [first, second]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("group,name\nA1,x\n", "missing: weight"), (LIST + "A1,again,1\n", "4: A1 1"), (LIST + ",none,1\n", "1 rows"),
        (LIST + "C3,x,0\nD4,x,1.00001\nE5,x,heavy\nF6,x,NaN\n", "4 rows"), ("group,name,weight\n", "no weight"),
    ],
)  # fmt: skip
def test_a_list_with_a_fault_is_refused_whole(text: str, why: str) -> None:
    with pytest.raises(weights.WeightsRefused, match=why):
        loaded(text)
    assert not WeightList.objects.exists()


def test_a_list_says_where_it_comes_from_and_lasts_a_day() -> None:
    with pytest.raises(weights.WeightsRefused, match="where the weights come from"):
        loaded(source=" ")
    with pytest.raises(weights.WeightsRefused, match="ends before it begins"):
        loaded(until=date(2026, 1, 1))


def test_the_command_takes_a_list_in(folder: Path) -> None:
    make_division("990100")
    file = folder / "weights.csv"
    file.write_text(LIST, "utf-8-sig")
    about = {"scheme": "dip", "year": 2026, "source": "notice 1", "verified": "secondary"}
    call_command("load_weights", str(file), area="990100", **about)
    assert WeightList.objects.get().weights.count() == 2
    for wrong in ("990101", "123456"):
        with pytest.raises(CommandError, match="no prefecture"):
            call_command("load_weights", str(file), area=wrong, **about)


def test_the_page_says_by_which_list_and_of_how_many_discharges(
    agency: Agency, folder: Path, desk_of: Client
) -> None:  # fmt: skip
    treated(agency, folder, ("dip", "A1", IN_MARCH), ("item", "", IN_MARCH))
    counting.count(MONTH)
    desk_of.force_login(agency.clerk)
    address = f"/desk/indicators/?indicator=cmi&month={MONTH}"
    assert "no list of weights is loaded for this place and month" in desk_of.get(address).content.decode()
    loaded()
    counting.count(MONTH)
    shown = desk_of.get(address).content.decode()
    for words in ("0.85", "50.0%", "notice 1", "2 groups", "a setting of this site, not law"):
        assert words in shown
    assert "no list of weights is loaded" not in shown
