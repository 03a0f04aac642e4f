"""A package from its draft to its result: its scope, the second person, the department's side, and its end."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from institutions.models import Duty
from supervision.audit.models import Act, Entry
from supervision.cases.models import Proceeding
from supervision.clocks.calendar import day_of
from supervision.coordination.models import Allowance, Package, Reading
from supervision.coordination.reading import read_package
from supervision.coordination.sharing import PACKAGE
from supervision.moves import BeyondReach, MoveRefused
from tests.builders import make_finding
from tests.cases.office import make_officer
from tests.coordination.office import (
    MEMBER,
    Sharing,
    acknowledged,
    allowance,
    drafted,
    fed_back,
    given,
    make_liaison,
    make_partner,
)


def value(package: Package, code: str) -> str:
    return package.fields.get(code=code).value


def test_a_draft_holds_the_fields_asked_for_with_persons_masked_in_running_text_too(sharing: Sharing) -> None:
    made = drafted(sharing)
    assert [one.code for one in made.fields.all()] == ["number", "facts", "institution_name", "person"]
    assert value(made, "person") == "M9****34"
    assert value(made, "facts") == "M9****34冒名就医，电话13****00"
    assert value(made, "institution_name") == sharing.hospital.name_zh
    assert made.basis == allowance().basis


def test_persons_are_shown_in_full_where_the_row_allows_it_and_somebody_asks(sharing: Sharing) -> None:
    made = drafted(sharing, unmasked=True)
    assert value(made, "person") == MEMBER
    market = make_partner("market")
    with pytest.raises(MoveRefused, match="does not receive persons in full"):
        drafted(sharing, to=market, allowance=allowance("market_overcharging"), fields=["number"], unmasked=True)


def test_a_package_stays_within_what_its_row_allows(sharing: Sharing) -> None:
    market, row = make_partner("market"), allowance("market_overcharging")
    with pytest.raises(MoveRefused, match="Choose among the fields"):
        drafted(sharing, to=market, allowance=row, fields=["number", "person"])
    with pytest.raises(MoveRefused, match="Choose among the fields"):
        drafted(sharing, fields=[])
    with pytest.raises(MoveRefused, match="may not receive this package"):
        drafted(sharing, to=market)  # what the police may receive
    with pytest.raises(MoveRefused, match="given for"):
        drafted(sharing, purpose=" ")


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, True), (180, True), (181, False)])
def test_a_package_is_read_until_a_day_within_the_rows_time(sharing: Sharing, days: int, allowed: bool) -> None:
    until = timezone.localdate() + timedelta(days)
    if allowed:
        assert drafted(sharing, expires_on=until).expires_on == until
        return
    with pytest.raises(MoveRefused, match="at most 180 days"):
        drafted(sharing, expires_on=until)


def test_a_citys_own_row_takes_the_place_of_the_nations(sharing: Sharing) -> None:
    nation = allowance()
    own = Allowance.objects.create(
        code=nation.code, kind=nation.kind, about=nation.about, place="990100", name_zh="本市", name_en="Ours",
        basis="own", fields=["number"], days=5, source="own", verified="setting", valid=nation.valid,
    )  # fmt: skip
    with pytest.raises(MoveRefused, match="may not receive this package"):
        drafted(sharing, allowance=nation)
    until = timezone.localdate() + timedelta(5)
    assert drafted(sharing, allowance=own, fields=["number"], expires_on=until).basis == "own"


def test_departments_elsewhere_and_things_elsewhere_are_out_of_reach(sharing: Sharing) -> None:
    with pytest.raises(MoveRefused, match="no such department here"):
        drafted(sharing, to=make_partner("public_security", "990200"))
    with pytest.raises(BeyondReach):
        drafted(sharing, by=make_officer("foreign", Duty.INVESTIGATE, territory="990200"))
    with pytest.raises(MoveRefused, match="do not hold the duty"):
        drafted(sharing, by=sharing.head)
    assert drafted(sharing, to=make_partner("public_security", "990000")).to.department.division_id == "990000"


def test_a_finding_and_an_institution_are_given_too(sharing: Sharing) -> None:
    finding = make_finding(
        sharing.hospital, claim=f"{sharing.hospital.pk}:1", member=MEMBER, because_zh=f"{MEMBER}重复"
    )
    made = drafted(
        sharing, about=finding, allowance=allowance("police_finding"), fields=["rule", "claim", "member", "sentence"],
    )  # fmt: skip
    assert value(made, "member") == "M9****34"
    assert value(made, "claim") == "H9****:1"
    assert value(made, "sentence") == "M9****34重复"
    whole = drafted(
        sharing, about=sharing.hospital, allowance=allowance("police_institution"), fields=["kind", "practitioners"]
    )
    assert value(whole, "kind") == "医院"


def test_another_person_gives_it(sharing: Sharing) -> None:
    both = make_officer("both", Duty.INVESTIGATE, Duty.DECIDE)
    made = drafted(sharing, by=both)
    with pytest.raises(MoveRefused, match="second person"):
        PACKAGE.make(made, "give", by=both)
    moved = PACKAGE.make(made, "give", by=sharing.head)
    assert (moved.state, moved.approver) == ("given", sharing.head)
    with pytest.raises(IntegrityError), transaction.atomic():
        Package.objects.filter(pk=made.pk).update(approver=both)


def test_nothing_is_given_where_nobody_reads(sharing: Sharing) -> None:
    sharing.liaison.is_active = False
    sharing.liaison.save()
    with pytest.raises(MoveRefused, match="no liaison"):
        PACKAGE.make(drafted(sharing), "give", by=sharing.head)


def test_the_department_takes_it_on_in_five_working_days_and_answers_in_thirty(sharing: Sharing) -> None:
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        package = given(sharing)
        assert package.clock is not None
        assert f"{day_of(package.clock.due_at)}" == "2026-03-09"
        assert package.clock.holder == sharing.officer
    with time_machine.travel("2026-03-03 10:00+08:00", tick=False):
        first = package.clock
        package = PACKAGE.make(package, "acknowledge", by=sharing.liaison, receipt="R-1")
        first.refresh_from_db()
        assert first.state == "met"
        assert package.clock is not None
        assert package.clock.limit.code == "transfer_feedback"
        package = PACKAGE.make(
            package, "feed_back", by=sharing.liaison, package_result="filed", package_answer="filed as 17"
        )
    assert (package.receipt, package.result, package.answer, package.clock) == ("R-1", "filed", "filed as 17", None)


def test_it_is_returned_with_a_reason_and_given_again(sharing: Sharing) -> None:
    package = given(sharing)
    with pytest.raises(MoveRefused, match="Say why"):
        PACKAGE.make(package, "return", by=sharing.liaison)
    package = PACKAGE.make(package, "return", by=sharing.liaison, note="not ours")
    assert package.clock is None
    with pytest.raises(MoveRefused, match="not to be read"):
        read_package(package, by=sharing.liaison)
    package = PACKAGE.make(package, "give_again", by=sharing.head, note="yours after all")
    assert package.clock is not None
    assert read_package(package, by=sharing.liaison)


def test_its_answer_is_used_in_a_case_of_the_territory(sharing: Sharing) -> None:
    package = fed_back(sharing)
    with pytest.raises(MoveRefused, match="nothing here by that number"):
        PACKAGE.make(package, "reuse", by=sharing.officer, used_in="AJ-990200-2026-1")
    package = PACKAGE.make(package, "reuse", by=sharing.officer, used_in=sharing.case.number)
    assert package.reused_in == sharing.case
    assert PACKAGE.make(package, "close", by=sharing.officer).state == "closed"


def test_each_field_read_is_written_down_with_who_and_when(sharing: Sharing) -> None:
    package = given(sharing)
    fields = read_package(package, by=sharing.liaison)
    assert [one.code for one in fields] == ["number", "facts", "institution_name", "person"]
    read_package(package, by=sharing.liaison, way=Reading.Way.SYSTEM)
    assert package.readings.count() == 8
    assert {one.by for one in package.readings.all()} == {sharing.liaison}
    assert {one.way for one in package.readings.all()} == {"page", "system"}
    told = Entry.objects.filter(act=Act.READ, account=sharing.liaison.username).first()
    assert told is not None
    assert told.facts["fields"] == [one.code for one in fields]


def test_a_liaison_of_another_department_or_place_reads_nothing_and_moves_nothing(sharing: Sharing) -> None:
    package = given(sharing)
    others = (
        make_liaison(make_partner("health"), "health"), make_liaison(make_partner("public_security", "990200"), "far"),
        make_liaison(make_partner("public_security", "990000"), "above"),
    )  # fmt: skip
    for other in others:
        with pytest.raises(BeyondReach):
            read_package(package, by=other)
        with pytest.raises(BeyondReach):
            PACKAGE.make(package, "acknowledge", by=other, receipt="R")
        assert not Package.objects.visible_to(other).exists()
    assert list(Package.objects.visible_to(sharing.liaison)) == [package]
    assert not Reading.objects.exists()


def test_a_draft_is_nobodys_but_ours(sharing: Sharing) -> None:
    package = drafted(sharing)
    assert not Package.objects.visible_to(sharing.liaison).exists()
    with pytest.raises(BeyondReach):
        read_package(package, by=sharing.liaison)


def test_who_has_a_territory_beside_the_duty_is_no_liaison(sharing: Sharing) -> None:
    package = given(sharing)
    sharing.liaison.territory = sharing.head.territory
    sharing.liaison.save()
    with pytest.raises(BeyondReach):
        read_package(package, by=sharing.liaison)


def test_after_its_last_day_nothing_is_read_and_nothing_taken_on_but_an_answer_still_comes(sharing: Sharing) -> None:
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        last = timezone.localdate() + timedelta(9)
        package = acknowledged(sharing, expires_on=last)
        waiting = given(sharing, expires_on=last)
    with time_machine.travel("2026-03-11 23:59+08:00", tick=False):
        assert read_package(package, by=sharing.liaison)
    with time_machine.travel("2026-03-12 00:00+08:00", tick=False):
        with pytest.raises(MoveRefused, match="last day is over"):
            read_package(package, by=sharing.liaison)
        with pytest.raises(MoveRefused, match="last day is over"):
            PACKAGE.make(waiting, "acknowledge", by=sharing.liaison, receipt="R")
        answered = PACKAGE.make(
            package, "feed_back", by=sharing.liaison, package_result="nothing", package_answer="nothing found"
        )
        assert answered.state == "fed_back"


def test_a_draft_whose_last_day_is_over_is_not_given(sharing: Sharing) -> None:
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        package = drafted(sharing, expires_on=timezone.localdate())
    with time_machine.travel("2026-03-03 10:00+08:00", tick=False), pytest.raises(MoveRefused, match="last day"):
        PACKAGE.make(package, "give", by=sharing.head)


def test_what_is_taken_back_is_read_no_more_and_stops_its_clock(sharing: Sharing) -> None:
    package = acknowledged(sharing)
    clock = package.clock
    package = PACKAGE.make(package, "withdraw", by=sharing.head, note="given by mistake")
    with pytest.raises(MoveRefused, match="not to be read"):
        read_package(package, by=sharing.liaison)
    assert clock is not None
    clock.refresh_from_db()
    assert clock.state == "stopped"


def test_a_package_goes_with_a_transfer_of_its_own_case_alone(sharing: Sharing) -> None:
    transfer = Proceeding.objects.create(
        case=sharing.case, kind="transfer", number=f"{sharing.case}-Z1", opened_by=sharing.officer, state="sent",
        to=sharing.police.department,
    )  # fmt: skip
    assert drafted(sharing, proceeding=transfer).proceeding == transfer
    transfer.to = make_partner("health").department
    with pytest.raises(MoveRefused, match="another department"):
        drafted(sharing, proceeding=transfer)
    transfer.kind = "penalty"
    with pytest.raises(MoveRefused, match="transfer or a referral"):
        drafted(sharing, proceeding=transfer)
