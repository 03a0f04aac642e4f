"""C1: what happens in one prefecture shows nowhere in another, and every call that sees to it is needed.

Pages of a regulator and of an institution are taken, then a neighbouring prefecture gets objects of every
kind: no page may change, and no foreign object be told apart from a missing one. Then each `visible_to` in the
code is made to let everything through, one call at a time: some answer must change. Only the pages that reach the
call are asked then.
"""

import ast
import sys
from collections import defaultdict
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
from supervision.laboratory.models import Comparison, Version
from supervision.monitoring.models import Run
from tests.access.test_matrix import addresses
from tests.access.world import DRAWN_WHOLE, MISSING, Answer, Asker, Prefecture, fill, make_prefecture
from tests.builders import (
    make_account,
    make_batch,
    make_comparison,
    make_finding,
    make_institution,
    make_run,
    make_sample,
    make_snapshot,
)
from tests.claims.building import publish
from tests.complaints.building import make_complaint
from tests.ledger.prefecture import make_shared_entry

PROJECT = Path(__file__).parents[2]
FOREIGN_CLAIM = "H99010100001:77"
# A run goes over the whole warehouse. Of the reader's own months its start offers those that are due, whoever's claims
# made them so; months in which only others have claims are not there (tests/monitoring/test_page_runs.py).
SHARED = "desk/runs/start/"
# What stands on the public pages everybody reads, whoever's it is, and what is drawn anew each time.
OPEN_TO_ALL = (
    "designated/",
    "cases-exposed/",
    "public-institutions/",
    "reporting-figures/",
    "credit-grades/",
    "inspections/",
    DRAWN_WHOLE,
)
# Calls whose removal shows on no page, and why they stay.
NOT_ON_A_PAGE = {
    "institutions/models/parties.py visible_to": "no page lists agreements or people yet; tests/institutions asks",
    "supervision/monitoring/planning.py months_of": "the start of a run is left out here; tests/monitoring asks",
    "supervision/monitoring/decisions.py clean_institution": "read when an exemption is asked for; tests/monitoring asks",
    "supervision/monitoring/views/guards.py found_by": "who sees a hold sees all of its findings; ADR 0014",
    "supervision/laboratory/views/rules.py text_of": "versions named in a query; tests/laboratory asks",
    "supervision/laboratory/views/editor.py made_from": "versions named in a query; tests/laboratory asks",
    "supervision/laboratory/views/rules.py back": "a rule that was published; tests/laboratory asks",
    "supervision/laboratory/comparing.py seen_in": "what a worker reads for a back-test; tests/laboratory asks",
    "claims/views.py already_in": "names a batch only after an upload of the same files; tests/claims asks",
    # A batch and a span of versions hold others' points only where the nation brought them.
    "supervision/knowledge/views/batches.py rows_of": "tests/knowledge asks for a batch of the nation",
    "supervision/knowledge/views/batches.py compare": "tests/knowledge asks for versions of the nation",
    "supervision/cases/forms.py ready_hearings": "findings ticked for a new lead; tests/cases asks",
    "supervision/cases/forms.py __init__": "read when a lead is written down; tests/cases asks",
    "supervision/cases/views/case.py findings": "findings ticked for a case; tests/cases asks",
    "supervision/cases/views/case.py facts_of": "who sees a case sees what is part of it",
    "supervision/cases/workflows/transfer.py reuse": "the number of another case, as it is written in; tests/cases asks",
    "supervision/cases/views/proceeding.py shown": "who sees a proceeding sees its letters and deadlines",
    "reporting/work/mine.py undecided": "time that others ask for is shown to who decides; tests/clocks asks",
    "reporting/work/views.py kept_by": "what one keeps in another territory; tests/clocks asks",
    "reporting/work/views.py givers": "whose clocks the person in charge hands over; tests/clocks asks",
    "reporting/documents/forms.py clean_institution": "read when a letter is served; tests/documents asks",
    "supervision/hearing/packs.py hearing_of": "a file that was not sent yet; tests/hearing asks",
    "supervision/hearing/packs.py booked": "what a pack tells of the ledger; tests/cases asks",
    "supervision/cases/packs.py heard_in": "a case with another county's finding; tests/cases asks",
    "supervision/hearing/packs.py files_of": "a file that was not sent yet; tests/hearing asks",
    "reporting/documents/own.py document": "a letter served on two institutions; tests/documents asks",
    "supervision/ledger/matching.py paid_by": "what a row of the bank pays; tests/ledger asks",
    "supervision/hearing/views/hearings.py context_of": "a claim's findings are of its institution; drafts of answers: tests/hearing asks",
    "supervision/hearing/views/together.py wanted": "what is ticked in the list of findings; tests/hearing asks",
    "supervision/hearing/views/together.py asked": "what is ticked in the review queue; tests/hearing asks",
    "institutions/models/standing.py visible_to": "no page lists these by account; tests/credit asks",
    "credit/insured.py propose_suspension": "a number that is sent; tests/walks asks",
    "credit/views/persons.py persons": "a number that is sent; tests/credit asks",
    "credit/views/enterprises.py shown": "who sees a rating sees its letters",
    "credit/models/ratings.py reaches": "asked by moves; tests/walks tries every stranger",
    "credit/models/insured.py reaches": "asked by moves; tests/walks tries every stranger",
    "credit/objecting.py draw_code": "what the page has found already; tests/walks asks",
    "credit/showing_together.py ask_to_show": "keys that are sent; tests/credit asks",
    "credit/evaluating.py begin_evaluation": "a code that is sent; tests/walks asks",
    "credit/views/listing.py begin": "a code that is sent; tests/credit asks",
    "credit/repairing.py apply_for_repair": "what the page has found already; tests/credit asks",
    "credit/models/evaluations.py reaches": "asked by moves; tests/walks tries every stranger",
    "credit/models/repairs.py reaches": "asked by moves; tests/walks tries every stranger",
    "credit/commitments/models.py reaches": "asked by moves; tests/walks tries every stranger",
    "credit/commitments/committing.py begin_commitment": "a code that is typed in; tests/walks asks",
    "credit/commitments/views/desk.py __init__": "a code that is typed in; tests/credit asks",
    "supervision/complaints/rewards/views/listing.py may_bring": "a number that is typed in; tests/complaints/rewards asks",
    "supervision/complaints/rewards/views/listing.py new": "a number that is sent; tests/complaints/rewards asks",
    "supervision/complaints/rewards/views/reward.py shown": "who sees a reward sees its deadlines",
    "supervision/complaints/rewards/views/reward.py what_led_to_it": "of its own place; tests/complaints/rewards asks",
    "supervision/complaints/forms.py __init__": "a code that is typed in; tests/complaints/test_page_complaint.py asks",
    "supervision/complaints/views/complaint.py shown": "a case of the level above; tests/complaints/test_page_complaint.py asks",
    "supervision/complaints/views/complaint.py gone": "what was just given over; tests/complaints/test_page_complaint.py asks",
    "supervision/complaints/views/retention.py hold": "a number that is sent; tests/complaints asks",
    "supervision/complaints/vault/asking.py ask": "a number that is typed in; tests/complaints/vault asks",
    "supervision/complaints/exposure/forms.py clean_case": "a case that is told; tests/complaints/exposure asks",
    "supervision/complaints/supervisors/forms.py clean_institution": "whom a lead is about; tests/complaints/supervisors asks",
    "supervision/designation/waiting.py applications": "one that waits for its institution; tests/reporting asks",
    "supervision/designation/waiting.py agreements": "one that waits for its institution; tests/reporting asks",
    "supervision/cases/linking.py case": "a number that is typed in; tests/major asks",
    "supervision/cases/linking.py finding": "a number that is typed in; tests/major asks",
    "supervision/cases/linking.py institution": "a number that is typed in; tests/major asks",
    "supervision/complaints/linking.py complaint": "a number that is typed in; tests/major asks",
    "supervision/major/waiting.py waiting": "an interview that waits for an answer; tests/major asks",
    "supervision/major/forms.py clean": "a code that is typed in; tests/major asks",
    "supervision/major/suggesting.py open_cases": "a case with findings; tests/major asks",
    "supervision/major/views/issues.py shown": "who sees an issue sees its interviews and its place's contacts",
    "supervision/major/views/interviews.py new": "a number that is sent; tests/major asks",
    "supervision/major/views/interviews.py told": "who sees an interview sees its letters",
    "supervision/assistance/naming.py freeze": "what is frozen when a claim is named; tests/assistance asks",
    "supervision/assistance/money.py name_case": "a number that is typed in; tests/assistance asks",
    "supervision/assistance/views/requests.py shown": "of its own place; tests/assistance asks",
    "supervision/inspections/forms.py __init__": "whom a form offers; tests/inspections asks",
    "supervision/inspections/views/inspections.py proposed": "a code that is typed in; tests/inspections asks",
    "supervision/inspections/views/inspections.py shown": "who sees an inspection sees its letters and deadlines",
    "supervision/inspections/views/libraries.py note_conflict": "a code that is typed in; tests/inspections asks",
    "supervision/inspections/views/libraries.py act": "a code that is typed in; tests/inspections asks",
    "supervision/inspections/views/libraries.py named": "a number that is sent; tests/inspections asks",
    "supervision/coordination/drafting.py draft_package": "what the page has found already; tests/coordination asks",
    "supervision/coordination/sharing.py use": "a number that is typed in; tests/coordination asks",
    "supervision/coordination/views/packages.py asked_about": "what the address names; tests/coordination asks",
    "supervision/coordination/views/liaison.py found": "pages of another department; tests/coordination asks",
    "supervision/coordination/models/meetings.py visible_to": "a liaison's own; tests/coordination asks",
    "supervision/coordination/views/liaison.py lead": "pages of another department; tests/coordination asks",
    "supervision/coordination/views/liaison.py task_found": "pages of another department; tests/coordination asks",
    "supervision/coordination/rest/views.py found": "signed by another department; tests/coordination asks",
    "supervision/coordination/rest/views.py get": "signed by another department; tests/coordination asks",
    "supervision/coordination/rest/views.py post": "signed by another department; tests/coordination asks",
    "supervision/coordination/views/liaison.py desk": "pages of another department; tests/coordination asks",
    "supervision/selfchecks/waiting.py waiting": "a report not handed in; tests/reporting asks",
    "supervision/cases/waiting.py waiting": "only clocks of one's own proceedings are looked for",
    "supervision/ledger/waiting.py instalments": "a plan's clock; tests/reporting asks",
    "reporting/own/tiles.py agreements": "one in force; tests/reporting asks",
    "reporting/own/tiles.py commitments": "one in force; tests/reporting asks",
    "supervision/designation/views/acting.py clocks_of": "who sees an agreement sees its deadlines",
    "supervision/designation/views/agreements.py shown": "who sees an agreement sees the institution; tests/designation asks",
    "supervision/designation/views/own.py application_page": "of its own application; tests/designation asks",
    "supervision/designation/views/own.py appraisals_of": "of its own agreement; tests/designation asks",
    "supervision/designation/views/own.py agreement_page": "of its own agreement; tests/designation asks",
    "supervision/designation/models/appraisals.py visible_to": "read with the agreement; tests/designation asks",
    "supervision/payments/declaring.py declare": "what is laid down, not what is shown; tests/payments asks",
    "supervision/payments/lending.py check_area": "an institution that is typed in; tests/payments asks",
    "supervision/payments/views/prepayments.py new": "a code that is typed in; tests/payments asks",
    "supervision/payments/views/settlement.py shown": "who sees a settlement sees its deadlines",
    "supervision/payments/views/settlement.py told": "who sees a settlement sees its letters",
    "supervision/payments/views/indicators.py __init__": "the newest month that was counted; tests/payments asks",
    "supervision/selfchecks/views/own.py shown": "who sees a report sees its deadlines",
    "supervision/selfchecks/views/campaigns.py shown": "a campaign of the level above; tests/selfchecks asks",
    "credit/points/grounds.py open_to": "what may be proposed; tests/credit/points asks",
    "credit/points/views/showing.py registered": "somebody who works in two territories; tests/credit/points asks",
    "credit/points/views/showing.py commitments": "somebody who works in two territories; tests/credit/points asks",
    "credit/points/views/showing.py of_person": "somebody scored in two territories; tests/credit/points asks",
    "credit/points/views/showing.py of_record": "who sees a record sees its letters and what it rests on",
    "credit/points/views/desk.py move": "who sees a person sees the person's qualification",
    "credit/points/views/desk.py record_shown": "who sees a record sees its deadlines",
    "credit/points/views/own.py move": "who sees a person sees the person's qualification",
    "credit/points/views/own.py record_shown": "who sees a record sees its deadlines",
    "credit/points/models/qualifications.py visible_to": "who sees a person sees the person's qualification",
    "supervision/payments/views/funds.py publish": "a number that is sent; tests/payments asks",
    "credit/points/models/qualifications.py reaches": "asked by moves; tests/walks asks",
    "supervision/onsite/views/device.py gone_on": "who goes on a visit is asked besides; tests/onsite asks",
    "supervision/onsite/forms.py __init__": "a code that is typed in; tests/onsite asks",
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

    def stands_at(self, place: "Place") -> bool:
        file, line = place
        return file == str(self.file) and self.first <= line <= self.last


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


Place = tuple[str, int]  # of a call: its file and line
Sight = Callable[[QuerySet[Any], Callable[[], QuerySet[Any]], Place], QuerySet[Any]]


@contextmanager
def sight(through: Sight) -> Iterator[None]:
    """Every `visible_to` goes through this function, which learns where it was called."""
    with pytest.MonkeyPatch.context() as patch:
        for rows in {model._default_manager.get_queryset().__class__ for model in apps.get_models()}:
            if "visible_to" in vars(rows):
                patch.setattr(rows, "visible_to", seen_through(vars(rows)["visible_to"], through))
        yield


def seen_through(original: Callable[..., Any], through: Sight) -> Callable[..., Any]:
    def visible_to(rows: QuerySet[Any], account: object) -> QuerySet[Any]:
        frame = sys._getframe(1)
        while frame.f_code.co_filename.endswith("db/models/manager.py") and frame.f_back:
            frame = frame.f_back
        return through(rows, lambda: original(rows, account), (frame.f_code.co_filename, frame.f_lineno))

    return visible_to


@contextmanager
def blind(call: Call) -> Iterator[None]:
    """Let everything through where this call stands, and nowhere else."""
    with sight(lambda rows, original, place: rows.all() if call.stands_at(place) else original()):
        yield


@contextmanager
def watched() -> Iterator[set[Place]]:
    """The calls that are reached meanwhile."""
    reached: set[Place] = set()

    def note(_rows: QuerySet[Any], original: Callable[[], QuerySet[Any]], place: Place) -> QuerySet[Any]:
        reached.add(place)
        return original()

    with sight(note):
        yield reached


@dataclass(frozen=True)
class Question:
    """Something that somebody asks of the site; `hidden` is left out of the answer."""

    asker: Asker
    method: str
    address: str
    hidden: str = ""

    def answer(self) -> Answer:
        return self.asker.ask(self.method, self.address, hide=self.hidden)

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


@dataclass(frozen=True)
class Pages:
    """What two people of a prefecture may ask: about their own objects, and about those of others."""

    askers: list[Asker]
    own: list[Prefecture]
    foreign: tuple[Prefecture, ...] = ()

    def about_own(self) -> Iterator[Question]:
        for asker in self.askers:
            filled = {fill(one, place.key(one)) for place in self.own for one in asked_for() if one != SHARED}
            yield from (Question(asker, "GET", address) for address in sorted(filled))

    def about_foreign(self) -> Iterator[tuple[Question, Question]]:
        """Each with the same question about an object that is not there."""
        for asker in self.askers:
            missing = {
                fill(address, place.key(address)): fill(address, MISSING["code" if "code>" in address else "number"])
                for place in self.foreign
                for address in asked_for()
                if "<slug:" not in address
            }
            for theirs, absent in missing.items():
                for method in ("GET", "POST") if theirs != absent else ():
                    yield Question(asker, method, theirs), Question(asker, method, absent)
            for place in self.foreign[:1]:
                for name, key, absent in (
                    ("institution", place.institution, MISSING["code"]),
                    ("claim", f"{place.institution}:1", f"{MISSING['code']}:1"),
                ):  # keys typed into a filter tell no more than keys in an address
                    for page in ("/desk/findings/", "/desk/review/remarks/", "/desk/ledger/"):
                        address = f"{page}?{name}="
                        yield tuple(Question(asker, "GET", address + quote(one), one) for one in (key, absent))  # type: ignore[misc]

    def all(self) -> Iterator[Question]:
        yield from self.about_own()
        yield from (theirs for theirs, _absent in self.about_foreign())


def asked_for() -> list[str]:
    return [address for address in dict.fromkeys(addresses()) if not address.startswith(("admin/", *OPEN_TO_ALL))]


@pytest.fixture
def pages(db: None, settings: LazySettings, tmp_path: Path) -> Iterator[Pages]:
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    with time_machine.travel("2026-04-01 08:00+08:00", tick=False):
        regulator = make_account("wangyu", "990200")
        hospital = make_account(
            "hospital",
            institution=make_institution("H99020100001", "990201"),
            duties=[Duty.INTAKE, Duty.CONNECT, Duty.ANSWER, Duty.SIGN],
        )
        own = make_prefecture("9902", regulator, hospital, running=False)
        # Insured here; the claim itself is another prefecture's, and so is the run that found it.
        theirs = make_run(snapshot=make_snapshot(make_batch(territory="990100")))
        facts = {"insured_area": "990200", "month": "2002-03", "run": theirs}
        finding = make_finding(None, claim=FOREIGN_CLAIM, member="m77", **facts)  # type: ignore[arg-type]
        booked = replace(own.booked, entry=make_shared_entry(own.booked.item, "990101").pk) if own.booked else None
        about = replace(own, finding=finding.pk, booked=booked)
        yield Pages([Asker(regulator), Asker(hospital)], [own, about])


def make_neighbour(folder: Path, own: Prefecture) -> tuple[Prefecture, ...]:
    """The neighbour's objects, and with them what lies between the two: own objects with others' results."""
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
    neighbour = Institution.objects.get(pk=foreign.institution)
    make_finding(neighbour, **found_by_the_same_run)  # type: ignore[arg-type]
    make_finding(None, claim=f"{own.institution}:1", **found_by_the_same_run)  # type: ignore[arg-type]
    # Somebody told the neighbour about an institution of ours.
    make_complaint(place=neighbour.division, institution=Institution.objects.get(pk=own.institution))
    # A back-test goes over all claims; each sees of its result what is about their own.
    ours = Comparison.objects.get(pk=own.comparison)
    of_others = make_sample(ours, neighbour, "2002-03", at_stake="77777.00")
    # One asked for from above has read claims of others, as has the trial of the neighbour's version.
    above = make_comparison(ours.version, ours.snapshot, asked_by=make_account("above", "000000"))
    of_own = make_sample(above, Institution.objects.get(pk=own.institution), "2002-03")
    trial = make_comparison(Version.objects.get(pk=foreign.version), ours.snapshot, kind="trial", asked_by=None)
    return (
        foreign,
        replace(foreign, sample=of_others.pk, comparison=above.pk),
        replace(foreign, sample=of_own.pk, comparison=trial.pk),
    )


def test_c1_what_happens_elsewhere_changes_no_page_here(pages: Pages, tmp_path: Path) -> None:
    before = [(question, question.answer()) for question in pages.about_own()]
    here = replace(pages, foreign=make_neighbour(tmp_path, pages.own[0]))
    assert [str(question) for question, answer in before if question.answer() != answer] == []
    told_apart = [str(theirs) for theirs, absent in here.about_foreign() if theirs.answer() != absent.answer()]
    assert told_apart == []


def test_c1_removing_any_scope_call_turns_the_matrix_red(pages: Pages, tmp_path: Path) -> None:
    here = replace(pages, foreign=make_neighbour(tmp_path, pages.own[0]))
    answers, reaching = {}, defaultdict(list)
    for question in here.all():
        with watched() as reached:
            answers[question] = question.answer()
        for name, call in CALLS.items():
            if any(call.stands_at(place) for place in reached):
                reaching[name].append(question)
    unseen = []
    for name, call in CALLS.items():
        with blind(call):
            shows = any(question.answer() != answers[question] for question in reaching[name])
        if not shows and call.name not in NOT_ON_A_PAGE:
            unseen.append(name)
    assert not unseen, "\n".join(unseen)


def test_c1_claims_are_read_within_the_scope_alone(
    pages: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = replace(pages, foreign=make_neighbour(tmp_path, pages.own[0]))
    before = [(question, question.answer()) for question in here.all()]
    monkeypatch.setattr(SeenClaims, "_scope", lambda _seen: ("true", {}))
    assert any(question.answer() != answer for question, answer in before)
