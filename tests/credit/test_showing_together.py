"""A year's evaluations shown by one act: each with its own letter and history, and the refused with the reason."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from credit import evaluating, showing_together, tasks
from credit.models import Evaluation, EvaluationEvent, Showing, State
from credit.workflow import EVALUATION
from institutions.models import Account, Duty
from supervision.documents.models import Document
from supervision.moves import MoveRefused
from tests.builders import make_institution
from tests.cases.office import make_officer
from tests.credit.office import CreditDesk, again, computed, make_desk, make_signed

pytestmark = pytest.mark.django_db
READY = "/desk/credit/ready/"
SHOW = "/desk/credit/showings/"


@pytest.fixture
def desk(tmp_path: Path, settings: Settings) -> CreditDesk:
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_desk()


def also(desk: CreditDesk, *numbers: int, by: Account | None = None, division: str = "990101") -> list[Evaluation]:
    """Further institutions whose evaluation is worked out."""
    keeper = by or desk.keeper
    places = [make_signed(make_institution(f"H{division}1{number:04}", division=division)) for number in numbers]
    return [EVALUATION.make(evaluating.begin_evaluation(one, by=keeper), "compute", by=keeper) for one in places]


def turns(*evaluations: Evaluation) -> dict[int, int]:
    return {one.pk: one.turn for one in evaluations}


def client_of(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def ask(desk: CreditDesk, *evaluations: Evaluation) -> Showing:
    return showing_together.ask_to_show(turns(*evaluations), by=desk.chief)


def outcomes(showing: Showing) -> list[str]:
    return list(showing.lines.values_list("outcome", flat=True))


def test_all_that_are_ready_are_shown_each_with_its_own_letter_clock_and_history(desk: CreditDesk) -> None:
    evaluations = [computed(desk), *also(desk, *range(1, 6))]
    shown = client_of(desk.chief).post(SHOW, {"all": "on"}, follow=True).content.decode()
    assert "6 of 6 shown, 0 refused" in shown
    for evaluation in map(again, evaluations):
        assert (evaluation.state, evaluation.approver) == (State.PUBLICISED, desk.chief)
        assert evaluation.clock is not None and evaluation.object_until is not None
        assert Document.objects.filter(kind="credit_shown", about=evaluation.number).count() == 1
        assert evaluation.events.get(move="publicise").facts == {"showing": str(Showing.objects.get().pk)}


def test_those_that_cannot_be_shown_are_told_with_the_reason_and_the_rest_are_shown(desk: CreditDesk) -> None:
    right, late = computed(desk), also(desk, 1)[0]
    (own,) = also(desk, 2, by=make_officer("both", Duty.CREDIT, Duty.DECIDE))
    both = Account.objects.get(username="both")
    EVALUATION.make(late, "compute_again", by=desk.keeper)  # it is not what was looked at any more
    showing = showing_together.ask_to_show(turns(right, late, own), by=both)
    assert not showing_together.show_some(showing.pk)
    assert outcomes(showing) == ["shown", "refused", "refused"]
    shown = client_of(both).get(showing.get_absolute_url()).content.decode()
    assert "1 of 3 shown, 2 refused" in shown
    assert "Somebody has moved on since you looked" in shown and "This needs a second person" in shown
    assert again(own).get_absolute_url() in shown
    assert [again(one).state for one in (right, late, own)] == [State.PUBLICISED, State.COMPUTED, State.COMPUTED]


def test_pressed_twice_it_shows_once(desk: CreditDesk) -> None:
    evaluation = computed(desk)
    client = client_of(desk.chief)
    client.post(SHOW, {"all": "on"})
    said = client.post(SHOW, {"all": "on"}, follow=True).content.decode()
    assert "Tick at least one." in said
    client.post(SHOW, {"evaluation": f"{evaluation.pk}:{evaluation.turn}"})
    assert Showing.objects.count() == 2
    assert "moved on since you looked" in Showing.objects.latest("pk").lines.get().why
    assert EvaluationEvent.objects.filter(move="publicise").count() == 1


def test_what_waits_in_a_wish_is_not_offered_again(desk: CreditDesk) -> None:
    ask(desk, computed(desk))
    page = client_of(desk.chief).get(READY).content.decode()
    assert "Being shown now" in page
    assert "No evaluation waits to be shown." in page


def test_cut_off_it_goes_on_where_it_stood_and_twice_changes_nothing(desk: CreditDesk) -> None:
    showing = ask(desk, computed(desk), *also(desk, 1, 2))
    assert showing_together.show_some(showing.pk, most=1)
    assert outcomes(showing) == ["shown", "waiting", "waiting"]
    tasks.sweep()
    assert outcomes(showing) == ["shown", "waiting", "waiting"]  # somebody is at it
    early = timezone.now() - timedelta(minutes=2)
    Showing.objects.update(at=early)
    showing.lines.filter(outcome="shown").update(done_at=early)
    tasks.sweep()
    showing.refresh_from_db()
    assert (outcomes(showing), showing.finished_at is not None) == (["shown"] * 3, True)
    tasks.show(showing.pk)
    assert EvaluationEvent.objects.filter(move="publicise").count() == 3


def test_a_worker_lets_others_in_between(desk: CreditDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    showing = ask(desk, computed(desk), *also(desk, 1, 2))
    sent: list[int] = []
    monkeypatch.setattr(tasks, "send", sent.append)
    monkeypatch.setattr(showing_together.show_some, "__defaults__", (2,))
    tasks.show(showing.pk)
    assert (outcomes(showing), sent) == (["shown", "shown", "waiting"], [showing.pk])
    tasks.show(showing.pk)
    assert (outcomes(showing), sent) == (["shown"] * 3, [showing.pk])


def test_a_duty_taken_away_in_the_middle_ends_it(desk: CreditDesk) -> None:
    showing = ask(desk, computed(desk), *also(desk, 1))
    showing_together.show_some(showing.pk, most=1)
    Account.objects.filter(pk=desk.chief.pk).update(duties=[])
    showing_together.show_some(showing.pk)
    assert outcomes(showing) == ["shown", "refused"]


def test_one_that_breaks_holds_up_no_other(
    desk: CreditDesk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = computed(desk), also(desk, 1)[0]
    real = EVALUATION.make

    def make(subject: Evaluation, name: str, **said: Any) -> Evaluation:
        made = real(subject, name, **said)
        if subject.pk == broken.pk:
            raise ValueError("its letter cannot be set")
        return made

    showing = ask(desk, broken, sound)
    monkeypatch.setattr(type(EVALUATION), "make", lambda _table, *args, **said: make(*args, **said))
    showing_together.show_some(showing.pk)
    assert outcomes(showing) == ["refused", "shown"]
    assert "unforeseen" in showing.lines.get(evaluation=broken).why and "its letter cannot be set" in caplog.text
    assert again(broken).state == State.COMPUTED


def test_the_filters_say_which_all_are_meant(desk: CreditDesk) -> None:
    first = computed(desk)
    (other,) = also(desk, 1, division="990102")
    (elsewhere,) = also(desk, 1, by=make_officer("far", Duty.CREDIT, territory="990200"), division="990201")
    client = client_of(desk.chief)
    page = client.get(
        f"{READY}?division=990102&cycle={other.cycle}&kind=hospital&letter=A&named=H990102"
    ).content.decode()
    assert other.number in page and first.number not in page and elsewhere.number not in page
    client.post(f"{SHOW}?division=990102", {"all": "on"})
    assert [again(one).state for one in (first, other, elsewhere)] == ["computed", "publicised", "computed"]
    assert "No evaluation answers all of these filters." in client.get(f"{READY}?division=990102").content.decode()


def test_what_one_worked_out_oneself_has_no_box_and_is_not_among_all(desk: CreditDesk) -> None:
    both = make_officer("both", Duty.CREDIT, Duty.DECIDE)
    (own,) = also(desk, 1, by=both)
    page = client_of(both).get(READY).content.decode()
    assert own.number in page and "you worked it out" in page and 'name="evaluation"' not in page
    assert "Show the one that answers" not in page
    client_of(both).post(SHOW, {"all": "on"})
    assert not Showing.objects.exists()


def test_who_decides_nothing_has_no_boxes_and_no_address(desk: CreditDesk) -> None:
    evaluation = computed(desk)
    page = client_of(desk.keeper).get(READY).content.decode()
    assert evaluation.number in page and 'name="evaluation"' not in page
    assert client_of(desk.keeper).post(SHOW, {"all": "on"}).status_code == 404
    with pytest.raises(MoveRefused):
        showing_together.ask_to_show(turns(evaluation), by=desk.keeper)


def test_of_elsewhere_nothing_is_asked_for_or_seen(desk: CreditDesk) -> None:
    evaluation = computed(desk)
    neighbour = make_officer("neighbour", Duty.DECIDE, territory="990200")
    client = client_of(neighbour)
    client.post(SHOW, {"evaluation": f"{evaluation.pk}:{evaluation.turn}"})
    assert not Showing.objects.exists()
    assert client.get(ask(desk, evaluation).get_absolute_url()).status_code == 404


@pytest.mark.parametrize("boxes", [[], ["x:1", "7", "٣:1", f"{10**12}:1"]])
def test_boxes_that_say_nothing_ask_for_nothing(desk: CreditDesk, boxes: list[str]) -> None:
    said = client_of(desk.chief).post(SHOW, {"evaluation": boxes}, follow=True).content.decode()
    assert "Tick at least one." in said
    assert not Showing.objects.exists()


def test_a_wish_holds_no_more_than_it_may(desk: CreditDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluations = [computed(desk), *also(desk, 1, 2)]
    monkeypatch.setattr(showing_together, "MOST", 2)
    with pytest.raises(MoveRefused):
        ask(desk, *evaluations)
    client_of(desk.chief).post(SHOW, {"all": "on"})
    assert Showing.objects.get().asked == 2


def test_it_asks_for_a_present_code(desk: CreditDesk) -> None:
    computed(desk)
    client = client_of(desk.chief)
    session = client.session
    session["code_at"] = 1
    session.save()
    answer = client.post(SHOW, {"all": "on"})
    assert b"present-code" in answer.content
    assert not Showing.objects.exists()


def test_the_list_asks_no_more_for_many_than_for_few(desk: CreditDesk) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client_of(desk.chief).get(READY)
        return len(asked)

    also(desk, 1)
    few = queries()
    also(desk, *range(2, 12))
    assert queries() <= few
