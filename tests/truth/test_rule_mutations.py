"""A slip on a rule's page, a limit moved, an exclusion dropped or a join widened, turns the check red."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from claims import faults
from supervision.monitoring import examples, rulebook

from .conftest import judged
from .mutating import Mutation, mutations, of_query
from .standing import Standing

HERE = Path(__file__).parent
ALIKE = tomllib.loads((HERE / "alike.toml").read_text("utf-8"))
RULES = sorted(code for code, rule in rulebook.rulebook().items() if rule.runs)
OF_RUNS = [code for code in RULES if "audit" in rulebook.rulebook()[code].moments]  # the rest rests on its examples
TRIED = 4  # of each rule in every test run; all of them with the marker `long`
STAYS = 100  # what is stated of normal life is judged elsewhere


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """Few members beside the plants; one rule is run only so that the knowledge lists are laid out."""
    folder = tmp_path_factory.mktemp("standing")
    for small in judged(folder, members=200, months=3, rules="bed_days_mismatch"):
        yield Standing(small.installation.home, small.truth)


def slips(code: str) -> list[Mutation]:
    """Those of a page that change something; claim_data_invalid rests on a page of intake's."""
    if code == "claim_data_invalid":
        head, end, sql = fault_page().partition("*/")
        made = [Mutation(what, head + end + mutated) for what, mutated in of_query(sql)]
    else:
        made = list(mutations(rulebook.rulebook()[code].text))
    return [mutation for mutation in made if mutation.what not in ALIKE.get(code, {})]


def fault_page() -> str:
    return (faults.FOLDER / "fault.sql").read_text("utf-8")


def survives(standing: Standing, code: str, mutation: Mutation) -> bool:
    """Whether neither the truth nor the page's own examples notice."""
    try:
        if code == "claim_data_invalid":
            return standing.faults(mutation.text.partition("*/")[2]).is_right(STAYS)
        rule = rulebook.read(code, mutation.text)
        if code in OF_RUNS and not standing.verdict(rule).is_right(STAYS):
            return False
        return not any(examples.on_node(rule, example).wrong() for example in rule.examples)
    except (rulebook.PageRefused, duckdb.Error):
        return False  # it is not even a page, it fails, or it does not end: everybody sees it


@pytest.mark.parametrize("code", OF_RUNS)
def test_the_page_as_it_stands_is_right(code: str, standing: Standing) -> None:
    rule = rulebook.rulebook()[code]
    if code == "claim_data_invalid":
        assert standing.faults(fault_page().partition("*/")[2]).is_right(STAYS)
    assert standing.verdict(rule).is_right(STAYS)


@pytest.mark.parametrize("code", RULES)
def test_a_slip_turns_the_check_red(code: str, standing: Standing) -> None:
    every = slips(code)
    assert len(every) >= 5
    some = every[:: max(1, len(every) // TRIED)]
    assert [mutation.what for mutation in some if survives(standing, code, mutation)] == []


@pytest.mark.long
@pytest.mark.parametrize("code", RULES)
def test_no_slip_survives(code: str, standing: Standing) -> None:
    assert [mutation.what for mutation in slips(code) if survives(standing, code, mutation)] == []


def test_what_is_alike_still_stands_on_its_page() -> None:
    for code, reasons in ALIKE.items():
        page = fault_page().partition("*/")[2]
        of_page = (
            of_query(page)
            if code == "claim_data_invalid"
            else ((m.what, "") for m in mutations(rulebook.rulebook()[code].text))
        )
        assert set(reasons) <= {what for what, _ in of_page}, f"what is said to be alike on {code}"
