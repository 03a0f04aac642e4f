"""A hospital signs a commitment, breaches it, its grade falls, it repairs and rises: all of it on pages."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from credit import tasks
from credit.commitments.models import Commitment, CommitmentTemplate
from credit.models import CreditEvent, Evaluation, Repair
from institutions import standing
from institutions.models import Account, GradeFactor, Institution
from tests.credit.office import CreditDesk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def letters(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def browser(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def send(account: Account, address: str, **said: Any) -> None:
    answer = browser(account).post(address, said)
    assert answer.status_code == 302, answer.content.decode()


def page(account: Account, address: str) -> str:
    answer = browser(account).get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def at(day: str) -> time_machine.travel:
    return time_machine.travel(dt.datetime.fromisoformat(f"{day} 09:00:00+08:00"), tick=False)


def evaluated(desk: CreditDesk, day: dt.date) -> Evaluation:
    """Begun, worked out and shown on the day; in force once the time to object is over."""
    with at(day.isoformat()):
        send(desk.keeper, "/desk/credit/begin/", institution=desk.place.pk)
        evaluation = Evaluation.objects.latest("pk")
        send(desk.keeper, f"{evaluation.get_absolute_url()}move/", move="compute", turn=evaluation.turn)
        send(desk.chief, f"{evaluation.get_absolute_url()}move/", move="publicise", turn=evaluation.turn + 1)
    with at((day + dt.timedelta(25)).isoformat()):
        tasks.take_effect()
    evaluation.refresh_from_db()
    assert evaluation.state == "effective"
    return evaluation


def grade_of(desk: CreditDesk) -> str:
    return Institution.objects.get(pk=desk.place.pk).grade


def test_a_hospital_signs_breaches_falls_repairs_and_rises(capsys: pytest.CaptureFixture[str]) -> None:
    desk = make_desk()
    place = desk.place
    template = CommitmentTemplate.objects.get(code="fund_use")
    with at("2026-01-12"):
        send(desk.keeper, "/desk/commitments/new/", institution=place.pk, template=template.pk)
        promise = Commitment.objects.get()
        assert promise.number not in page(desk.hospital, "/institution/commitments/")
        send(desk.keeper, f"{promise.get_absolute_url()}move/", move="tell", turn=0)
        own = f"/institution/commitments/{promise.number}/"
        assert "Sign it" in page(desk.hospital, own)
        send(desk.hospital, f"{own}move/", move="sign", turn=1, signer_name="赵院长", commitment_read="read")
        assert "in force" in page(desk.hospital, own)
        assert template.digest in page(desk.keeper, promise.get_absolute_url())
    evaluated(desk, dt.date(2026, 1, 13))
    assert grade_of(desk) == "A"
    assert standing.may_be_simplified(place)

    with at("2026-03-02"):
        promise.refresh_from_db()
        send(
            desk.keeper, f"{promise.get_absolute_url()}move/", move="allege", turn=promise.turn, note="charged twice",
            breach_record_kind="penalty", breach_record="CF-7",
        )  # fmt: skip
        send(desk.hospital, f"{own}move/", move="state", turn=promise.turn + 1, note="a mistake of one ward")
        send(desk.chief, f"{promise.get_absolute_url()}move/", move="breach", turn=promise.turn + 2, note="so it was")
        assert not standing.may_be_simplified(place)
    evaluated(desk, dt.date(2026, 3, 3))
    assert grade_of(desk) == "B"
    place.refresh_from_db()
    assert standing.factor(place, GradeFactor.What.PREPAYMENT, dt.date(2026, 6, 1)) == 1
    with at("2026-04-10"):
        event = CreditEvent.objects.get()
        shown = page(desk.hospital, "/institution/credit/")
        assert promise.number in shown
        lifted = page(desk.hospital, f"/institution/credit/what-if/?without={event.pk}")
        assert "100.00 points" in lifted
        answer = browser(desk.hospital).post(
            f"/institution/credit/records/{event.pk}/repair/", {"statement": "paid back", "promise": "no more"}
        )
        assert "Only after 6 months without a new record: from 2026-09-02 on." in answer.content.decode()

    with at("2026-09-03"):
        send(desk.hospital, f"/institution/credit/records/{event.pk}/repair/", statement="paid back", promise="no more")
        repair = Repair.objects.get()
        send(desk.keeper, f"{repair.get_absolute_url()}move/", move="review", turn=0)
        send(desk.chief, f"{repair.get_absolute_url()}move/", move="grant", turn=1, note="put right, as seen")
    evaluated(desk, dt.date(2026, 9, 7))
    assert grade_of(desk) == "A"
    assert [row.letter for row in Evaluation.objects.order_by("pk")] == ["A", "B", "A"]
    assert [row.state for row in Evaluation.objects.order_by("pk")] == ["superseded", "superseded", "effective"]
    call_command("grade", institution=place.pk, at=dt.date(2026, 3, 31), json=True)
    told = capsys.readouterr().out
    assert '"grade": "B"' in told
    assert promise.number in told
    assert "Grade A since" in page(desk.hospital, "/credit-grades/")
    assert promise.number not in page(desk.hospital, "/credit-grades/")
