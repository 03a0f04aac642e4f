"""C2: an identity is opened by two people, in time, for the one who asked, and never by who lost the right."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.utils import timezone
from pytest_django import Settings

from institutions.models import Account, Duty
from supervision.audit import chain
from supervision.audit.models import Act, Entry
from supervision.complaints.vault import asking, concerned, revealing
from supervision.complaints.vault.models import Identity, Opening, Reading
from supervision.complaints.vault.revealing import NotShown
from supervision.complaints.vault.sealing import erase, hand_over, openings, seal
from supervision.complaints.vault.workflow import OPENING
from supervision.moves import BeyondReach, MoveRefused
from tests.builders import make_division
from tests.complaints.vault.building import (
    READERS,
    SUBJECT,
    WHO,
    as_vault,
    make_approved,
    make_asked,
    make_reader,
    make_sealed,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asker(transactional_db: None) -> Account:
    make_sealed()
    return make_reader("asker")


@pytest.fixture
def second(transactional_db: None) -> Account:
    return make_reader("second", "990000")


def revealed(opening: Opening, account: Account) -> dict[str, str]:
    """As the vault's process does it, with its role."""
    with as_vault():
        return revealing.reveal(opening.pk, account.pk)


def refused(opening: Opening, account: Account) -> str:
    """The vault's word where it shows nothing; and then nothing was noted as read."""
    before = Reading.objects.count()
    with pytest.raises(NotShown) as refusal:
        revealed(opening, account)
    assert Reading.objects.count() == before
    return str(refusal.value)


def test_c2_two_people_open_it_and_the_one_who_asked_reads(asker: Account, second: Account) -> None:
    opening = make_approved(asker, second)
    assert revealed(opening, asker) == WHO
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.account, entry.subject) == (Act.IDENTITY, "asker", str(opening))
    assert entry.facts == {"what": "read", "purpose": "tell", "kind": "identity"}
    assert Reading.objects.get().entry == entry.number
    told = openings(SUBJECT)
    assert [(one.opened_on, one.purpose) for one in told] == [
        (timezone.localdate(), "to tell the reporter what was decided")
    ]


def test_c2_nobody_approves_what_they_asked_for(asker: Account) -> None:
    opening = make_asked(asker)
    with pytest.raises(MoveRefused, match="a second person"):
        OPENING.make(opening, "approve", by=asker)
    assert refused(opening, asker) == "not_approved"


def test_c2_the_database_itself_knows_no_opening_by_one_person(asker: Account) -> None:
    opening = make_asked(asker)
    with pytest.raises(DatabaseError, match="opening_takes_two"):
        Opening.objects.filter(pk=opening.pk).update(state="approved", decided_by=asker)
    with pytest.raises(DatabaseError, match="opening_approved_by_somebody"):
        Opening.objects.filter(pk=opening.pk).update(state="approved")


def test_c2_nobody_approves_from_elsewhere(asker: Account) -> None:
    opening = make_asked(asker)
    for place in ("990200", "990102", None):
        with pytest.raises(BeyondReach):
            OPENING.make(opening, "approve", by=make_reader(f"of {place}", place))


def test_c2_who_manages_accounts_neither_asks_nor_approves(asker: Account) -> None:
    both = make_reader("both", duties=[*READERS, Duty.ADMINISTER])
    with pytest.raises(MoveRefused, match="may not ask"):
        make_asked(both)
    with pytest.raises(MoveRefused, match="manages accounts"):
        OPENING.make(make_asked(asker), "approve", by=both)


def test_c2_whoever_handles_the_complaint_does_not_approve(
    asker: Account, second: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concerned, "HANDLERS", [lambda subject: {second.pk} if subject == SUBJECT else set()])
    with pytest.raises(MoveRefused, match="You handle this yourself"):
        OPENING.make(make_asked(asker), "approve", by=second)


def test_c2_an_approval_counts_once(asker: Account, second: Account) -> None:
    opening = make_approved(asker, second)
    for again in (second, make_reader("third")):
        with pytest.raises(MoveRefused, match="cannot be done"):
            OPENING.make(opening, "approve", by=again)
    OPENING.make(opening, "end", by=asker)
    assert refused(opening, asker) == "not_approved"
    with pytest.raises(MoveRefused):
        OPENING.make(opening, "approve", by=second)


def test_c2_an_approval_of_one_subject_opens_no_other(asker: Account, second: Account) -> None:
    make_sealed("JB-other", name="somebody else")
    opening = make_approved(asker, second)
    with pytest.raises(DatabaseError, match="as it was asked for"):
        Opening.objects.filter(pk=opening.pk).update(subject="JB-other")
    assert revealed(opening, asker) == WHO


def test_c2_only_who_asked_reads(asker: Account, second: Account) -> None:
    opening = make_approved(asker, second)
    assert refused(opening, second) == "not_theirs"
    assert refused(opening, make_reader("third")) == "not_theirs"


LOST: list[tuple[str, dict[str, Any]]] = [
    ("the duty is gone", {"duties": [Duty.READ]}),
    ("stopped", {"is_active": False}),
    ("an administrator now", {"duties": [*READERS, Duty.ADMINISTER]}),
    ("of nowhere", {"territory": None}),
]


@pytest.mark.parametrize(("who", "lost"), LOST, ids=lambda one: one if isinstance(one, str) else "")
@pytest.mark.parametrize("whose", ["asker", "second"])
def test_c2_a_right_that_is_lost_between_approval_and_reading_bites(
    who: str, lost: dict[str, Any], whose: str, asker: Account, second: Account
) -> None:
    opening = make_approved(asker, second)
    Account.objects.filter(pk={"asker": asker, "second": second}[whose].pk).update(**lost)
    assert refused(opening, asker) == {"asker": "right_lost", "second": "approver_lost"}[whose]


def test_c2_after_its_hours_nothing_is_shown_and_it_lapses_by_itself(asker: Account, second: Account) -> None:
    opening = make_approved(asker, second)
    with time_machine.travel(timezone.now() + timedelta(hours=7, minutes=59), tick=False):
        assert asking.lapse_due() == 0
        assert revealed(opening, asker) == WHO
    with time_machine.travel(timezone.now() + timedelta(hours=8, minutes=1), tick=False):
        assert refused(opening, asker) == "too_late"
        assert asking.lapse_due() == 1
        assert asking.lapse_due() == 0
    opening.refresh_from_db()
    assert (opening.state, opening.events.last().by) == ("lapsed", None)  # type: ignore[union-attr]
    with pytest.raises(DatabaseError, match="as it was asked for"):
        Opening.objects.filter(pk=opening.pk).update(state="approved")


def test_the_hours_of_an_approved_opening_cannot_be_stretched(asker: Account, second: Account) -> None:
    opening = make_approved(asker, second)
    with pytest.raises(DatabaseError, match="as it was asked for"):
        Opening.objects.filter(pk=opening.pk).update(until=timezone.now() + timedelta(days=99))


def test_what_nobody_answers_lapses_after_a_week(asker: Account, second: Account) -> None:
    opening = make_asked(asker)
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=False):
        with pytest.raises(MoveRefused, match="Nobody has answered in time"):
            OPENING.make(opening, "approve", by=second)
        assert asking.lapse_due() == 1


def test_what_is_asked_for_has_a_purpose_a_reason_and_hours_within_the_limit(asker: Account) -> None:
    wrong = ({"purpose": "curiosity"}, {"reason": " "}, {"hours": 0}, {"hours": 25}, {"subject": "JB-none"})
    for said in wrong:
        with pytest.raises(MoveRefused):
            make_asked(asker, **said)
    make_asked(asker, hours=24)
    with pytest.raises(MoveRefused, match="asked for this already"):
        make_asked(asker)


def test_c1_what_is_kept_elsewhere_is_not_there_to_be_asked_for(second: Account) -> None:
    make_sealed("JB-wangyu", place="990201")
    for subject in ("JB-wangyu", "JB-missing"):
        with pytest.raises(MoveRefused, match="Nothing is kept here under that number"):
            make_asked(make_reader(f"of yunze {subject}"), subject)
    assert make_asked(second, "JB-wangyu").place_id == "990201"


def test_an_opening_of_another_place_reads_nothing_after_the_complaint_has_gone(
    asker: Account, second: Account
) -> None:
    opening = make_approved(asker, second)
    hand_over(SUBJECT, place=make_division("990201").pk)
    assert refused(opening, asker) == "nothing"


def test_only_the_kind_that_was_asked_for_is_read(asker: Account, second: Account) -> None:
    seal(SUBJECT, {"account": "6222000011112222"}, place="990101", kind="payout")
    opening = OPENING.make(make_asked(asker, kind="payout", purpose="reward"), "approve", by=second)
    assert revealed(opening, asker) == {"account": "6222000011112222"}


def test_what_was_erased_is_gone(asker: Account, second: Account) -> None:
    opening = make_approved(asker, second)
    erase(SUBJECT)
    assert refused(opening, asker) == "nothing"


# --- Whoever has taken the site over, and its role of the database -----------------------------------


def forged(asker: Account, second: Account) -> Opening:
    """An opening put into the tables, past all that refuses."""
    return Opening.objects.create(
        subject=SUBJECT, place_id="990101", purpose="tell", reason="none", hours=9, asked_by=asker, decided_by=second,
        asked_at=timezone.now(), until=timezone.now() + timedelta(hours=9), state="approved",
    )  # fmt: skip


def test_e1_rows_alone_open_nothing_the_chain_of_acts_must_say_so(asker: Account, second: Account) -> None:
    assert refused(forged(asker, second), asker) == "not_in_the_chain"


def test_e1_an_entry_that_this_installation_has_not_signed_opens_nothing(asker: Account, second: Account) -> None:
    make_sealed("JB-other")
    make_approved(asker, second, "JB-other")
    opening = forged(asker, second)
    last = Entry.objects.latest("number")
    for number, (who, move) in enumerate((("asker", "ask"), ("second", "approve")), start=last.number + 1):
        Entry.objects.create(
            number=number, at="now", account=who, act="identity", subject=str(opening), facts={"move": move},
            hash=f"{number}", signature=last.signature,
        )  # fmt: skip
    assert refused(opening, asker) == "not_in_the_chain"


def test_e1_nobody_reads_more_than_so_many_in_a_day(asker: Account, second: Account, settings: Settings) -> None:
    settings.VAULT_READINGS_A_DAY = 2
    opening = make_approved(asker, second)
    assert [revealed(opening, asker) for _time in range(2)] == [WHO, WHO]
    assert refused(opening, asker) == "too_many"


# --- The chain of acts comes first -------------------------------------------------------------------


def failing(statement: str) -> Callable[[], None]:
    def fail() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return fail


def test_e1_where_the_chain_cannot_be_written_nothing_is_shown(
    asker: Account, second: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = make_approved(asker, second)
    # The last entry's number is taken: the database refuses the next one.
    monkeypatch.setattr(chain, "LAST", "SELECT clock_timestamp()::text, 0::bigint, ''::text")
    assert refused(opening, asker) == "not_recorded"


def test_e1_where_the_reading_cannot_be_noted_the_entry_falls_too(
    asker: Account, second: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = make_approved(asker, second)
    entries = Entry.objects.count()
    monkeypatch.setattr(Reading.objects, "create", lambda **said: failing("SELECT 1/0")())
    assert refused(opening, asker) == "not_recorded"
    assert Entry.objects.count() == entries


def test_who_is_turned_away_by_the_vault_is_written_down(asker: Account, second: Account) -> None:
    opening = make_approved(asker, second)
    with as_vault():
        revealing.note_refusal(opening.pk, second.pk, "not_theirs")
    last = Entry.objects.latest("number")
    assert (last.act, last.account, last.facts) == ("denial", "second", {"why": "not_theirs"})


def test_nothing_of_who_it_is_stands_in_openings_or_the_chain(asker: Account, second: Account) -> None:
    opening = make_approved(asker, second)
    revealed(opening, asker)
    rows = [*Entry.objects.values_list("facts", "subject"), *Opening.objects.values(), *Identity.objects.values("key")]
    assert not any(word in str(rows) for word in WHO.values())
