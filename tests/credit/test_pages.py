"""What the pages of credit and of commitments show, and to whom."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from credit.commitments.models import Commitment, CommitmentTemplate
from credit.models import Evaluation, Indicator, RecordKind
from credit.views import enterprises, showing
from credit.workflow import EVALUATION
from institutions import standing
from institutions.models import Account, Duty, Institution, StandingFact, Withheld
from tests.builders import make_account, make_institution
from tests.cases.office import make_officer
from tests.credit.office import CreditDesk, applied, computed, in_force, make_desk, make_signed, on_record, publicised
from tests.credit.promised import breached, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> CreditDesk:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_desk()


def page(account: Account, address: str, language: str = "en") -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(account: Account, address: str, **said: str) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client.post(address, said, follow=True).content.decode()


def test_the_list_shows_grades_their_spread_and_what_waits(desk: CreditDesk) -> None:
    in_force(desk)
    repair = applied(desk)
    shown = page(desk.keeper, "/desk/credit/")
    assert repair.number in shown
    assert "grades-now" in shown
    assert "1 institution" in shown
    own = f"/desk/credit/institutions/{desk.place.pk}/"
    assert own in page(desk.keeper, "/desk/credit/?grade=A")
    assert own not in page(desk.keeper, "/desk/credit/?grade=none")


def test_the_list_asks_no_more_for_many_than_for_few(desk: CreditDesk) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            page(desk.keeper, "/desk/credit/")
        return len(asked)

    few = queries()
    for number in range(30):
        make_institution(f"H990101001{number:02}")
    assert queries() <= few


def test_one_subjects_page_shows_every_point_with_its_record(desk: CreditDesk) -> None:
    on_record(desk.place, amount="60000.00")
    on_record(desk.place, Indicator.SUSPENDED, "AJ-1-B1")
    shown = page(desk.keeper, f"/desk/credit/institutions/{desk.place.pk}/")
    for said in ("CF-1", "-15.00", "AJ-1-B1", "leaves C at best", "65.00 points", "Begin an evaluation"):
        assert said in shown, said
    assert 'href="/desk/cases/proceedings/CF-1/"' in shown
    assert "/desk/cases" not in page(desk.hospital, "/institution/credit/")


@pytest.mark.parametrize(
    ("kind", "record", "address"),
    [
        (RecordKind.HEARING, "5", "/institution/findings/5/"),
        (RecordKind.HEARING, "five", ""),
        (RecordKind.COMMITMENT, "CN-1", "/institution/commitments/CN-1/"),
        (RecordKind.PENALTY, "AJ-1-P1", ""),
    ],
)
def test_a_point_leads_the_institution_to_its_own_page(kind: str, record: str, address: str) -> None:
    row = {
        "key": 1, "points": "-0.50", "indicator": Indicator.PENALTY, "record": record, "record_kind": kind,
        "known_on": "2026-01-01", "happened_on": "2026-01-01", "amount": "1.00", "last_day": None, "at_best": "",
        "repairable": True,
    }  # fmt: skip
    assert showing.shown(row).own_address == address


def test_what_aggravates_is_ticked_in_a_box() -> None:
    assert 'class="form-check-input"' in str(enterprises.FactForm()["aggravated"])


def test_an_evaluation_of_elsewhere_is_not_begun(desk: CreditDesk) -> None:
    neighbour = make_officer("neighbour", Duty.CREDIT, territory="990200")
    said = send(neighbour, "/desk/credit/begin/", institution=desk.place.pk)
    assert "There is no institution with this code in your territory." in said
    assert not Evaluation.objects.exists()


def test_all_of_the_list_that_have_no_evaluation_this_year_are_evaluated_in_one_go(desk: CreditDesk) -> None:
    make_signed(make_institution("H99010100002"))
    make_signed(make_institution("H99020100001", division="990201"))
    assert "2 evaluations were begun." in send(desk.keeper, "/desk/credit/begin/", all="on")
    assert "0 evaluations were begun." in send(desk.keeper, "/desk/credit/begin/", all="on")
    assert set(Evaluation.objects.values_list("state", flat=True)) == {"computed"}


def test_a_commitment_of_elsewhere_is_not_drafted(desk: CreditDesk) -> None:
    neighbour = make_officer("neighbour", Duty.CREDIT, territory="990200")
    template = CommitmentTemplate.objects.get(code="fund_use")
    said = send(neighbour, "/desk/commitments/new/", institution=desk.place.pk, template=str(template.pk))
    assert "There is no institution with this code in your territory." in said
    assert not Commitment.objects.exists()


def test_the_institution_sees_what_was_shown_and_may_object_there(desk: CreditDesk) -> None:
    on_record(desk.place)
    evaluation = computed(desk)
    assert evaluation.number not in page(desk.hospital, "/institution/credit/")
    evaluation = EVALUATION.make(evaluation, "publicise", by=desk.chief)
    shown = page(desk.hospital, "/institution/credit/")
    assert "You may object until" in shown
    said = send(desk.hospital, f"/institution/credit/evaluations/{evaluation.number}/move/", move="object")
    assert "Reason" in said
    send(desk.hospital, f"/institution/credit/evaluations/{evaluation.number}/move/", move="object", note="not ours")
    evaluation.refresh_from_db()
    assert (evaluation.state, evaluation.objection) == ("objected", "not ours")
    assert "not ours" in page(desk.keeper, evaluation.get_absolute_url())


def test_an_evaluation_that_was_shown_has_its_deadline_on_the_desks_page(desk: CreditDesk) -> None:
    evaluation = publicised(desk)
    assert str(desk.place) in page(desk.keeper, evaluation.get_absolute_url())


def test_what_would_lift_us_names_the_records_of_the_shortest_way(desk: CreditDesk) -> None:
    on_record(desk.place, number="CF-1", amount="60000.00")
    on_record(desk.place, Indicator.CONFIRMED, "7")
    light = page(desk.hospital, "/institution/credit/what-if/")
    assert "The shortest way up" in light
    assert "84.50 points" in light
    event = on_record(desk.place, Indicator.FRAUD, "CF-2")
    ticked = page(desk.hospital, f"/institution/credit/what-if/?without={event.pk}")
    assert "84.50 points" in ticked
    assert "cannot be repaired" in ticked


def test_the_public_reads_grades_and_nothing_of_their_reasons(desk: CreditDesk) -> None:
    on_record(desk.place, amount="60000.00")
    in_force(desk)
    shown = Client(headers={"accept-language": "en"}).get("/credit-grades/").content.decode()
    assert "Grade B since" in shown
    assert "CF-1" not in shown
    make_signed(make_institution("H99010100002"))
    assert (
        "No grade in force answers this."
        in Client(headers={"accept-language": "en"}).get("/credit-grades/?named=H99010100002").content.decode()
    )


def test_a_breach_is_shown_with_its_record_on_both_sides(desk: CreditDesk) -> None:
    commitment = breached(desk)
    for account, address in (
        (desk.keeper, commitment.get_absolute_url()),
        (desk.hospital, f"/institution/commitments/{commitment.number}/"),
    ):
        assert "CF-7" in page(account, address)
    own = page(desk.hospital, "/institution/credit/")
    assert "is withheld until" in own
    assert commitment.number in page(desk.keeper, "/desk/commitments/?state=breached")
    assert commitment.number not in page(desk.keeper, "/desk/commitments/?state=told")


def test_another_institution_sees_no_commitment_of_ours(desk: CreditDesk) -> None:
    commitment = told(desk)
    other = make_account("other", institution=make_institution("H99010100002"), duties=[Duty.SIGN])
    assert commitment.number not in page(other, "/institution/commitments/")
    client = Client()
    client.force_login(other)
    assert client.get(f"/institution/commitments/{commitment.number}/").status_code == 404


def test_facts_and_withheld_favours_are_seen_by_territory(desk: CreditDesk) -> None:
    today = timezone.localdate()
    standing.tell(StandingFact.Kind.ASSESSED_WELL, desk.place, record="KH-1", happened_on=today)
    Withheld.objects.create(
        what="simplified", institution=desk.place, since=today, until=today + timedelta(1), because="CN-1"
    )
    neighbour = make_account("neighbour", "990200")
    for rows in (StandingFact.objects, Withheld.objects):
        assert rows.visible_to(desk.keeper).exists()
        assert not rows.visible_to(neighbour).exists()


def test_institutions_know_their_grade(desk: CreditDesk) -> None:
    in_force(desk)
    assert Institution.objects.get(pk=desk.place.pk).grade == "A"
    assert "A" in page(desk.hospital, "/institution/credit/", "zh-hans")
