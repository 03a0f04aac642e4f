"""The pages of inspections: one random inspection done wholly by them, from the plan to the public site."""

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from institutions.models import Account, Duty
from supervision.cases.models import Case
from supervision.inspections import drawing
from supervision.inspections.models import Conflict, Draw, Expert, Inspection, Inspector, Plan
from tests.builders import make_division
from tests.cases.office import make_officer
from tests.inspections import office as tell
from tests.inspections.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def codes_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """What weighs asks for a code: tests/institutions asks for that; here it was just shown."""
    monkeypatch.setattr("institutions.fresh_code.asked", lambda _request: None)


class At:
    """One of the office at the site, in English."""

    def __init__(self, account: Account) -> None:
        self.client = Client(headers={"accept-language": "en"})
        self.client.force_login(account)

    def page(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, address
        return answer.content.decode()

    def send(self, address: str, **sent: object) -> str:
        answer = self.client.post(address, sent, follow=True)
        assert answer.status_code == 200, address
        return answer.content.decode()


def public(address: str) -> str:
    answer = Client(headers={"accept-language": "en"}).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_plan_to_the_public_site(office: Office, folder: Path) -> None:
    planner, chief, signer, hearer = (At(one) for one in (office.planner, office.chief, office.signer, office.hearer))
    planner.send("/desk/inspections/plans/", title="This year", year=timezone.localdate().year, basis="work plan")
    plan = Plan.objects.get()
    at = plan.get_absolute_url()
    line = {"mode": "random", "kind": "hospital", "how_many": 1, "first_month": 1, "last_month": 12, "items": ["JC02"]}
    assert "JC02" in planner.send(f"{at}lines/", **line)
    chief.send(f"{at}move/", move="approve")
    planner.send(f"{at}move/", move="publish")
    assert "This year" in public("/inspections/")
    assert "JC02" in public(f"/inspections/plans/{plan.number}/")

    drawn = planner.send(f"{at}draw/", line=plan.lines.get().pk)
    assert "gives the same" in drawn
    inspection, draw = Inspection.objects.get(), Draw.objects.get()
    assert office.hospital.name_en in drawn or office.hospital.name_zh in drawn
    here = inspection.get_absolute_url()
    leader = At(tell.leader(inspection))
    assert inspection.number not in signer.page("/institution/inspections/")
    leader.send(f"{here}move/", move="notify", on=f"{timezone.localdate()}")
    own = f"/institution/inspections/{inspection.number}/"
    assert inspection.number in signer.page("/institution/inspections/")
    assert "notice" in signer.page(own)

    leader.send(f"{here}move/", move="enter")
    record = {"where": "Ward 3", "at": f"{timezone.localtime():%Y-%m-%dT%H:%M}", "record": "beds and lists compared"}
    leader.send(f"{here}move/", move="record_onsite", **record)
    leader.send(f"{here}findings/", words="charged twice", norm="art. 38 (3)", item="JC02")
    number = tell.settled(office, folder)
    leader.send(f"{here}findings/lines/", fact=1, claim=number, line="1", suspected="30.00")
    leader.send(f"{here}findings/", words="no register", norm="art. 16", item="")
    leader.send(f"{here}findings/", words="a slip of the pen", norm="art. 16", item="")
    leader.send(f"{here}findings/strike/", fact=3)
    assert "charged twice" not in signer.page(own)
    leader.send(f"{here}move/", move="feed_back")

    told = signer.page(own)
    assert "charged twice" in told
    assert "¥24.00" in told
    signer.send(f"{own}answer/", fact=1, answer="disputed", grounds="it was another service")
    signer.send(f"{own}answer/", fact=2, answer="accepted", grounds="")
    signer.send(f"{own}move/", move="defend", note="we have looked")
    assert "it was another service" in leader.page(here)
    for one in tell.team(inspection):
        At(one).send(f"{here}findings/vote/", fact=1, stands="yes", reason="the lists say so")
    leader.send(f"{here}move/", move="conclude", note="decided together")
    hearer.send(f"{here}move/", move="hand_on")
    case = Case.objects.get()
    shown = hearer.page(here)
    assert case.number in shown
    assert "its hearing" in shown
    hearing = inspection.facts.get(number=1).hearing
    assert hearing is not None
    assert "by people on the spot" in hearer.page(hearing.finding.get_absolute_url())
    hearer.page(hearing.get_absolute_url())

    chief.send(f"{here}move/", move="publish", published_result="Two problems were found and handed on.")
    assert "Two problems were found" in public("/inspections/")
    assert "Two problems were found" in public("/inspections/?place=990100")
    make_division("990200")
    assert "Two problems were found" not in public("/inspections/?place=990200")
    assert Client().get(f"/inspections/draws/{draw.number}/").status_code == 404
    At(office.other_chief).send(f"{draw.get_absolute_url()}publish/")
    open_page = public(f"/inspections/draws/{draw.number}/")
    assert draw.seed in open_page
    assert all(one.inspector.certificate in open_page for one in draw.pairings.filter(standing="drawn"))


def test_the_libraries_are_kept_on_their_page(office: Office) -> None:
    chief, at = At(office.chief), "/desk/inspections/libraries/"
    newcomer = make_officer("newcomer")
    chief.send(f"{at}list/", username="newcomer", certificate="ZF-77", fields_="dental")
    chief.send(f"{at}experts/", name="Dr. Gao", employer="a university", fields_="oncology")
    inspector, expert = Inspector.objects.get(account=newcomer), Expert.objects.get()
    chief.send(f"{at}conflicts/", who=f"expert {expert.pk}", institution=office.hospital.pk, reason="consults there")
    At(newcomer).send(
        f"{at}conflicts/", who=f"inspector {inspector.pk}", institution=office.hospital.pk, reason="my ward"
    )
    shown = chief.page(at)
    assert all(words in shown for words in ("ZF-77", "Dr. Gao", "consults there", "my ward", "JC05"))
    assert Conflict.objects.count() == 2
    chief.send(f"{at}out/", who=f"inspector {inspector.pk}")
    inspector.refresh_from_db()
    assert inspector.until == timezone.localdate()
    assert "nobody here by that name" in chief.send(f"{at}list/", username="nobody", certificate="ZF-78")


def test_nobody_of_a_neighbour_is_offered_or_named(office: Office) -> None:
    far = tell.make_office("far", "9902")
    at, inspector = "/desk/inspections/libraries/", far.officers[0].inspector
    chief = At(office.chief)
    assert inspector.certificate not in chief.page(at)
    assert inspector.certificate not in chief.page(tell.drawn(office).get_absolute_url())
    said = {"institution": office.hospital.pk, "reason": "x"}
    chief.send(f"{at}conflicts/", who=f"inspector {inspector.pk}", **said)
    chief.send(f"{at}out/", who=f"inspector {inspector.pk}")
    mine = office.officers[0].inspector
    refused = chief.send(f"{at}conflicts/", who=f"inspector {mine.pk}", institution=far.hospital.pk, reason="x")
    assert "no institution with this code" in refused
    inspector.refresh_from_db()
    assert (Conflict.objects.count(), inspector.until) == (0, None)


def test_a_second_visit_is_warned_of_and_explained(office: Office) -> None:
    first = tell.on_site(tell.drawn(office))
    second = tell.drawn(office)
    planner, here = At(office.planner), second.get_absolute_url()
    shown = planner.page(here)
    assert "A second visit by the plan within a year" in shown
    assert first.number in shown
    assert "combined with health" in planner.send(f"{here}reason/", reason="combined with health")


def test_a_team_is_changed_on_the_page(office: Office) -> None:
    inspection = tell.drawn(office)
    here, chief = inspection.get_absolute_url(), At(office.chief)
    spare = next(one for one in office.officers if one not in tell.team(inspection))
    member = inspection.members.get(leader=True)
    chief.send(f"{here}team/", what="third", who="", words="Audit Ltd., Ms Qian")
    chief.send(f"{here}team/", what="recuse", who=f"member {member.pk}", words="treated there")
    assert spare in tell.team(inspection)
    chief.send(f"{here}team/", what="leader", who=f"inspector {spare.inspector.pk}", words="")
    assert tell.leader(inspection) == spare
    shown = chief.page(here)
    assert "treated there" in shown
    assert "Audit Ltd., Ms Qian" in shown
    assert inspection.draw is not None
    assert drawing.drawn_again(inspection.draw)
    assert "treated there" in chief.page(inspection.draw.get_absolute_url())
    assert "Say who" in chief.send(f"{here}team/", what="officer", who="", words="")


def test_the_list_answers_its_filters(office: Office) -> None:
    flight, spot = tell.proposed(office), tell.drawn(office)
    planner = At(office.planner)
    for query, found, left_out in (
        ("mode=flight", flight, spot), ("state=drawn", spot, flight), ("trigger=report_clue", flight, spot),
        (f"text={spot.number}", spot, flight),
    ):  # fmt: skip
        shown = planner.page(f"/desk/inspections/?{query}")
        assert found.number in shown, query
        assert left_out.number not in shown, query
    mine = At(tell.leader(spot)).page("/desk/inspections/?whose=mine")
    assert spot.number in mine
    assert flight.number not in mine


def test_a_flight_inspection_is_proposed_on_the_page(office: Office) -> None:
    planner, at = At(office.planner), "/desk/inspections/new/"
    sent = {"mode": "flight", "trigger": "report_clue", "scope": "billing", "institution": office.hospital.pk}
    assert "On the strength of what" in planner.send(at, **sent) or "on the strength of what" in planner.send(
        at, **sent
    )
    planner.send(at, **sent, trigger_ref="a report")
    made = Inspection.objects.get()
    assert (made.mode, made.state, made.institution) == ("flight", "proposed", office.hospital)
    assert "no institution with this code" in planner.send(at, **{**sent, "institution": "H99020100001"})


def test_evidence_that_was_preserved_is_decided_on_on_the_page(office: Office) -> None:
    made = tell.drawn(office)
    made = tell.move(made, "enter", by=tell.leader(made))
    here = made.get_absolute_url()
    At(office.chief).send(f"{here}move/", move="seal", note="may be lost", stored="ledger | 1 | safe")
    sealing = made.sealings.get()
    leader = At(tell.leader(made))
    assert "ledger | 1 | safe" in leader.page(here)
    leader.send(f"{here}preserved/", sealing=sealing.pk, move="decide", result="given back")
    sealing.refresh_from_db()
    assert (sealing.state, sealing.decision) == ("decided", "given back")


def test_a_neighbour_finds_nothing(office: Office) -> None:
    made = tell.drawn(office)
    assert made.draw is not None
    far = At(make_officer("far", Duty.INVESTIGATE, Duty.DECIDE, territory="990200")).client
    for address in (made.get_absolute_url(), made.draw.get_absolute_url(), Plan.objects.get().get_absolute_url()):
        assert far.get(address).status_code == 404
