"""Nested places: at most one point for a key, a place and a day."""

import datetime as dt
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from supervision.knowledge.lists import LISTS
from supervision.knowledge.resolving import FIRST, LAST, Held, resolve

PLACES = {"000000": ["110000", "330000"], "110000": ["110100"], "330000": ["330100", "330200"]}
AREAS = [("110000", "110100"), ("330000", "330100"), ("330000", "330200")]


def cap(point: str, yuan: int, place: str = "000000", since: dt.date = FIRST, until: dt.date = LAST) -> Held:
    return Held(point, {"cap": yuan}, place, since, until)


def holds(found: Sequence[Held], province: str, area: str, day: dt.date) -> list[str]:
    """What a charge of this area and day meets: in_force, in plain words."""
    return [one.point for one in found if one.since <= day <= one.until and one.place in ("000000", province, area)]


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2026, month, number)


def test_a_point_that_stands_alone_stays_as_it_is() -> None:
    points = [cap("a", 100, until=day(6, 30)), cap("b", 90, since=day(7))]
    assert resolve(LISTS["price_cap"], points, PLACES) == points


def test_the_stricter_cap_holds_whichever_place_it_comes_from() -> None:
    found = resolve(
        LISTS["price_cap"], [cap("nation", 100), cap("lower", 80, "330100"), cap("higher", 120, "330200")], PLACES
    )
    assert [holds(found, *area, day(3)) for area in AREAS] == [["nation"], ["lower"], ["nation"]]


def test_the_narrower_place_wins_where_the_list_says_so_and_only_on_its_days() -> None:
    local = Held("local", {"minutes": 30}, "330000", day(3), day(4))
    found = resolve(LISTS["hourly"], [Held("nation", {"minutes": 60}, "000000", FIRST, LAST), local], PLACES)
    assert holds(found, "330000", "330100", day(2, 28)) == ["nation"]
    assert holds(found, "330000", "330100", day(3)) == ["local"]
    assert holds(found, "330000", "330200", day(4, 2)) == ["nation"]
    assert holds(found, "110000", "110100", day(3)) == ["nation"]


def test_points_that_add_are_both_consulted() -> None:
    nation = Held("n", {"list": "gout"}, "000000", FIRST, LAST)
    local = Held("l", {"list": "arthritis"}, "330000", FIRST, LAST)
    found = resolve(LISTS["indication"], [nation, local], PLACES)
    assert {one.place: one.values["list"] for one in found} == {
        "110000": "gout",
        "330000": "arthritis+gout",
    }


DAYS = st.integers(0, 60).map(lambda days: day(3) + dt.timedelta(days))


@st.composite
def points(draw: st.DrawFn) -> list[Held]:
    """Points of one key that do not overlap within a place."""
    found = []
    for place in ("000000", "330000", "330100", "330200", "110100"):
        cuts = sorted(draw(st.sets(DAYS, max_size=4)))
        for since, until in zip(cuts[::2], cuts[1::2], strict=False):
            found.append(cap(f"{place} {since}", draw(st.integers(1, 5)), place, since, until))
    return found


@given(points(), st.sampled_from(AREAS), DAYS)
def test_every_area_meets_the_strictest_of_its_chain_once(
    given: list[Held], area: tuple[str, str], when: dt.date
) -> None:
    if not given:
        return
    found = resolve(LISTS["price_cap"], given, PLACES)
    met = [one for one in found if one.since <= when <= one.until and one.place in ("000000", *area)]
    chain = [one for one in given if one.since <= when <= one.until and one.place in ("000000", *area)]
    assert len(met) == bool(chain)
    if chain:
        assert met[0].values["cap"] == min(
            one.values["cap"] or 0 for one in chain if isinstance(one.values["cap"], int)
        )
