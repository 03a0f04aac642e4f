"""C1: what happens in one prefecture shows nowhere in another, and every call that sees to it is needed.

Pages of a regulator and of an institution are taken, then a neighbouring prefecture gets objects of every
kind: no page may change. Then each `visible_to` in the code is made to let everything through, one call at a
time: some page must change, or some foreign object be told apart from a missing one.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.apps import apps
from django.conf import LazySettings
from django.db.models import QuerySet

from claims.warehouse import SeenClaims
from institutions.models import Duty, Institution
from supervision.monitoring.models import Run
from tests.access.test_matrix import addresses
from tests.access.world import MISSING, Answer, Asker, Prefecture, fill, make_prefecture
from tests.builders import make_account, make_batch, make_finding, make_institution, make_run, make_snapshot
from tests.claims.building import publish

PROJECT = Path(__file__).parents[2]
FOREIGN_CLAIM = "H99010100001:77"
# A run goes over the whole warehouse. Of the reader's own months its start offers those that are due, whoever's claims
# made them so; months in which only others have claims are not there (tests/monitoring/test_page_runs.py).
SHARED = "desk/runs/start/"
# Calls whose removal shows on no page, and why they stay.
NOT_ON_A_PAGE = {
    "institutions/models/parties.py visible_to": "no page lists agreements or people yet; tests/institutions asks",
    "supervision/monitoring/planning.py months_of": "the start of a run is left out here; tests/monitoring asks",
    "supervision/monitoring/decisions.py clean_institution": "read when an exemption is asked for; tests/monitoring asks",
    "supervision/monitoring/views/guards.py found_by": "who sees a hold sees all of its findings; ADR 0014",
    "claims/views.py already_in": "names a batch only after an upload of the same files; tests/claims asks",
    # A batch and a span of versions hold others' points only where the nation brought them.
    "supervision/knowledge/views/batches.py rows_of": "tests/knowledge asks for a batch of the nation",
    "supervision/knowledge/views/batches.py compare": "tests/knowledge asks for versions of the nation",
    "supervision/monitoring/grounds.py grounds": "tests/knowledge asks for a finding judged by another place's point",
}


@dataclass(frozen=True)
class Call:
    """One call of visible_to in the code."""

    file: Path
    function: str
    first: int
    last: int

    @property
    def name(self) -> str:
        return f"{self.file.relative_to(PROJECT)} {self.function}"


def calls() -> Iterator[Call]:
    for package in ("institutions", "claims", "supervision", "reporting", "credit"):
        for file in sorted((PROJECT / package).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for function in ast.walk(tree):
                if isinstance(function, ast.FunctionDef):
                    yield from calls_in(function, file)


def calls_in(function: ast.FunctionDef, file: Path) -> Iterator[Call]:
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Attribute(attr="visible_to")):
                yield Call(file, function.name, node.lineno, node.end_lineno or node.lineno)


CALLS = {f"{call.name} {place}": call for place, call in enumerate(calls())}


@contextmanager
def blind(call: Call) -> Iterator[None]:
    """Let everything through where this call stands, and nowhere else."""
    with pytest.MonkeyPatch.context() as patch:
        for rows in {model._default_manager.get_queryset().__class__ for model in apps.get_models()}:
            if "visible_to" in vars(rows):
                patch.setattr(rows, "visible_to", only_elsewhere(vars(rows)["visible_to"], call))
        yield


def only_elsewhere(original: Callable[..., Any], call: Call) -> Callable[..., Any]:
    def visible_to(rows: QuerySet[Any], account: object) -> QuerySet[Any]:
        frame = sys._getframe(1)
        while frame.f_code.co_filename.endswith("db/models/manager.py") and frame.f_back:
            frame = frame.f_back
        here = Path(frame.f_code.co_filename) == call.file and call.first <= frame.f_lineno <= call.last
        return rows.all() if here else original(rows, account)

    return visible_to


@dataclass(frozen=True)
class Pages:
    """What two people of a prefecture are shown, and how they are answered about objects of another."""

    askers: list[Asker]
    own: list[Prefecture]
    foreign: Prefecture | None = None

    def own_pages(self) -> Iterator[tuple[str, Asker, str]]:
        for number, asker in enumerate(self.askers):
            for place in self.own:
                for address in dict.fromkeys(addresses()):
                    if not address.startswith("admin/") and address != SHARED:
                        yield (
                            f"{number} {fill(address, place.key(address))}",
                            asker,
                            fill(address, place.key(address)),
                        )

    def taken(self) -> dict[str, Answer]:
        return {name: asker.ask("GET", address) for name, asker, address in self.own_pages()}

    def changed(self, before: dict[str, Answer]) -> str | None:
        """The first page that is not as it was, or foreign object that shows; None where all is well."""
        for name, asker, address in self.own_pages():
            if asker.ask("GET", address) != before[name]:
                return name
        return next(self.told_apart(), None)

    def told_apart(self) -> Iterator[str]:
        if self.foreign is None:
            return
        for asker in self.askers:
            for address in dict.fromkeys(addresses()):
                theirs = fill(address, self.foreign.key(address))
                missing = fill(address, MISSING["code" if "code>" in address else "number"])
                if theirs == missing or "<slug:" in address or address.startswith("admin/"):
                    continue
                for method in ("GET", "POST"):
                    if asker.ask(method, theirs) != asker.ask(method, missing):
                        yield f"{method} {theirs}"
            yield from self.told_apart_by_filters(asker, self.foreign)

    def told_apart_by_filters(self, asker: Asker, foreign: Prefecture) -> Iterator[str]:
        """Keys typed into a filter tell no more than keys in an address."""
        filters = {
            "institution": (foreign.institution, MISSING["code"]),
            "claim": (f"{foreign.institution}:1", f"{MISSING['code']}:1"),
        }
        for name, keys in filters.items():
            answers = [asker.ask("GET", f"/desk/findings/?{name}={quote(key)}", hide=key) for key in keys]
            if answers[0] != answers[1]:
                yield f"{name}={keys[0]}"


@pytest.fixture
def pages(db: None, settings: LazySettings, tmp_path: Path) -> Iterator[Pages]:
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    with time_machine.travel("2026-04-01 08:00+08:00", tick=False):
        regulator = make_account("wangyu", "990200")
        hospital = make_account(
            "hospital", institution=make_institution("H99020100001", "990201"), duties=[Duty.INTAKE]
        )
        own = make_prefecture("9902", regulator, hospital, running=False)
        # Insured here; the claim itself is another prefecture's, and so is the run that found it.
        theirs = make_run(snapshot=make_snapshot(make_batch(territory="990100")))
        facts = {"insured_area": "990200", "month": "2002-03", "run": theirs}
        finding = make_finding(None, claim=FOREIGN_CLAIM, member="m77", **facts)  # type: ignore[arg-type]
        about = replace(own, finding=finding.pk)
        yield Pages([Asker(regulator), Asker(hospital)], [own, about])


def make_neighbour(folder: Path, own: Prefecture) -> Prefecture:
    foreign = make_prefecture("9901", make_account("yunze"))
    visit = {
        "claim": FOREIGN_CLAIM, "institution": "H99010100001", "member": "m77", "kind": "outpatient",
        "insured_area": "990100",
        "started": datetime.fromisoformat("2026-03-01 00:00"), "total": 123456, "paid": 100000,
        "fund_ratio": 8000, "month": "2002-03", "sound": True,
    }  # fmt: skip
    publish(folder / "staged", {"visit": [visit]})
    # One run goes over both prefectures' claims, and a claim may be suspected from both sides.
    found_by_the_same_run = {"run": Run.objects.get(pk=own.run), "insured_area": "990100", "at_stake": "9901.00"}
    make_finding(Institution.objects.get(pk=foreign.institution), **found_by_the_same_run)  # type: ignore[arg-type]
    make_finding(None, claim=f"{own.institution}:1", **found_by_the_same_run)  # type: ignore[arg-type]
    return foreign


def test_c1_what_happens_elsewhere_changes_no_page_here(pages: Pages, tmp_path: Path) -> None:
    before = pages.taken()
    here = Pages(pages.askers, pages.own, make_neighbour(tmp_path, pages.own[0]))
    after = here.taken()
    assert [name for name in before if before[name] != after[name]] == []
    assert list(here.told_apart()) == []


def test_c1_removing_any_scope_call_turns_the_matrix_red(pages: Pages, tmp_path: Path) -> None:
    before = pages.taken()
    here = Pages(pages.askers, pages.own, make_neighbour(tmp_path, pages.own[0]))
    unseen = []
    for name, call in CALLS.items():
        with blind(call):
            if here.changed(before) is None and call.name not in NOT_ON_A_PAGE:
                unseen.append(name)
    assert not unseen, "\n".join(unseen)


def test_c1_claims_are_read_within_the_scope_alone(
    pages: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pages.taken()
    here = Pages(pages.askers, pages.own, make_neighbour(tmp_path, pages.own[0]))
    monkeypatch.setattr(SeenClaims, "_scope", lambda _seen: ("true", {}))
    assert here.changed(before) is not None
