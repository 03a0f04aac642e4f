"""The life of an agreement: sealed, signed, filed, suspended, resumed, ended, followed elsewhere, renewed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from institutions import agreements, standing
from institutions.models import Agreement, Measure, StandingFact
from supervision.clocks.calendar import day_of
from supervision.designation import appraising, renewing, signing, taking_up
from supervision.designation.models import Contract, Signature
from supervision.designation.timing import so_long_after
from supervision.designation.workflows import AGREEMENT
from supervision.moves import MoveRefused
from tests.designation.parties import (
    Agency,
    again,
    drafted,
    in_force,
    make_insurer,
    negotiating,
    proposed,
    seal,
    signed,
    submitted,
    suspended,
    terminated,
    with_figures,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def elsewhere(agency: Agency) -> Agreement:
    """An agreement of the same pharmacy with the agency of another pooling area."""
    today = timezone.localdate()
    return agreements.conclude(
        agency.place, make_insurer("990200"), number="XY-990200-1", since=today, until=today + timedelta(300)
    )


# --- Signing ----------------------------------------------------------------------------------------


def test_a_text_with_missing_figures_is_not_offered(agency: Agency) -> None:
    contract = signing.draft_text(agency.place, agency.insurer, since=timezone.localdate(), by=agency.first)
    with pytest.raises(MoveRefused, match="Figures of the annex"):
        AGREEMENT.make(contract, "offer", by=agency.first)


def test_a_term_is_no_longer_than_the_limit_says(agency: Agency) -> None:
    contract = drafted(agency)
    with pytest.raises(MoveRefused, match="The term ends after it begins"):
        signing.set_terms(
            contract, since=contract.since, until=contract.until + DAY, figures=contract.figures, by=agency.first
        )


def test_both_sign_the_digest_of_the_file_and_a_file_that_was_changed_is_not_signed(agency: Agency) -> None:
    contract = AGREEMENT.make(drafted(agency), "offer", by=agency.first)
    told = seal(contract)
    assert contract.document is not None
    storage, name = contract.document.pdf.storage, str(contract.document.pdf.name)
    storage.delete(name)
    storage.save(name, ContentFile(b"another text"))
    with pytest.raises(MoveRefused, match="another than was shown"):
        AGREEMENT.make(contract, "sign", by=agency.owner, **told)
    assert not Signature.objects.exists()


def test_a_text_that_was_taken_back_is_signed_anew(agency: Agency) -> None:
    contract = AGREEMENT.make(drafted(agency), "offer", by=agency.first)
    old = seal(contract)
    contract = AGREEMENT.make(contract, "sign", by=agency.owner, **old)
    contract = AGREEMENT.make(contract, "reopen", by=agency.first, note="other figures")
    contract = AGREEMENT.make(with_figures(contract, agency), "offer", by=agency.first)
    with pytest.raises(MoveRefused, match="another than was shown"):
        AGREEMENT.make(contract, "sign", by=agency.owner, **old)
    contract = AGREEMENT.make(contract, "sign", by=agency.owner, **seal(contract))
    assert contract.signatures.count() == 2


def test_signing_is_told_to_the_application_and_so_is_its_failing(agency: Agency) -> None:
    application = negotiating(agency)
    contract = with_figures(application.contracts.get(), agency)
    AGREEMENT.make(contract, "drop", by=agency.first, note="no agreement on the deposit")
    application.refresh_from_db()
    assert application.state == "no_agreement"


def test_what_is_signed_is_verified_by_its_digest(agency: Agency) -> None:
    contract = signed(agency)
    assert contract.document is not None
    found = signing.verify(contract.document.pdf_digest)
    assert found is not None
    assert found.by_both
    assert signing.verify("0" * 64) is None


def test_the_department_takes_it_on_file_and_may_object(agency: Agency) -> None:
    contract = AGREEMENT.make(signed(agency), "file", by=agency.first)
    contract = AGREEMENT.make(contract, "object", by=agency.department, note="the deposit")
    assert (contract.state, Agreement.objects.count()) == ("signed", 0)
    contract = AGREEMENT.make(contract, "file", by=agency.first)
    with pytest.raises(MoveRefused, match="to do"):
        AGREEMENT.make(contract, "take_on_file", by=agency.head)
    contract = AGREEMENT.make(contract, "take_on_file", by=agency.department)
    assert agreements.current(agency.place, insurer=agency.insurer) == contract.agreement


def test_two_agreements_of_the_same_two_never_hold_on_one_day(agency: Agency) -> None:
    contract = in_force(agency)
    with pytest.raises(agreements.AgreementRefused):
        agreements.conclude(agency.place, agency.insurer, number="x", since=contract.until, until=contract.until)
    terminated(agency, contract=contract)
    agreements.conclude(agency.place, agency.insurer, number="x", since=contract.until, until=contract.until)


# --- Suspended and resumed --------------------------------------------------------------------------


def test_a7_a_suspension_lasts_180_days_and_ends_the_agreement_by_itself(agency: Agency) -> None:
    with time_machine.travel("2026-03-02 02:00Z", tick=False):
        contract = suspended(agency)
        assert contract.pause_clock is not None
        assert day_of(contract.pause_clock.due_at).isoformat() == "2026-08-31"  # day 180 is a Saturday
        assert agreements.current(agency.place).state == "suspended"  # type: ignore[union-attr]
        assert Measure.objects.get().kind == "suspended"
    with time_machine.travel("2026-08-31 02:00Z", tick=False):
        assert taking_up.let_run_out() == 0
    with time_machine.travel("2026-09-01 02:00Z", tick=False):
        assert (taking_up.let_run_out(), taking_up.let_run_out()) == (1, 0)
        contract = again(contract)
        assert (contract.state, contract.agreement.state) == ("ended", "ended")  # type: ignore[union-attr]
        assert not Measure.objects.in_force().exists()


def test_a7_who_asks_in_time_keeps_it_and_is_answered_within_ten_working_days(agency: Agency) -> None:
    with time_machine.travel("2026-03-02 02:00Z", tick=False):
        contract = AGREEMENT.make(suspended(agency), "ask_resumption", by=agency.owner, note="put right")
        assert contract.clock is not None
        assert day_of(contract.clock.due_at).isoformat() == "2026-03-16"
    with time_machine.travel("2026-09-07 02:00Z", tick=False):
        assert taking_up.let_run_out() == 0
        contract = AGREEMENT.make(contract, "resume", by=agency.head)
        assert (contract.state, Agreement.objects.get().state) == ("in_force", "in_force")
        assert not Measure.objects.in_force().exists()


def test_a_publicly_run_institution_may_not_ask_to_suspend_or_end(agency: Agency) -> None:
    agency.place.publicly_run = True
    agency.place.save()
    contract = in_force(agency)
    for move in ("ask_pause", "ask_end"):
        day = timezone.localdate() + timedelta(120)
        with pytest.raises(MoveRefused, match="publicly run"):
            AGREEMENT.make(contract, move, by=agency.owner, note="n", wanted_from=day, wanted_until=day)


def test_a7_a_suspension_at_its_own_wish_is_asked_for_ahead_and_no_longer_than_180_days(agency: Agency) -> None:
    contract = in_force(agency)
    first = so_long_after("agreement_notice", "990100", timezone.localdate())
    for begin, end, why in (
        (first - DAY, first, "asked for ahead"),
        (first, first + timedelta(180), "A suspension ends before"),
        (first, first - DAY, "A suspension ends before"),
    ):
        with pytest.raises(MoveRefused, match=why):
            AGREEMENT.make(contract, "ask_pause", by=agency.owner, note="n", wanted_from=begin, wanted_until=end)
    wanted: dict[str, Any] = {"wanted_from": first, "wanted_until": first + timedelta(179)}
    contract = AGREEMENT.make(contract, "ask_pause", by=agency.owner, note="rebuilding", **wanted)
    contract = AGREEMENT.make(contract, "grant_pause", by=agency.head)
    assert taking_up.days_that_came() == 0
    with time_machine.travel(timezone.now() + (first - timezone.localdate()), tick=False):
        assert (taking_up.days_that_came(), taking_up.days_that_came()) == (1, 0)
    contract = again(contract)
    assert (contract.state, contract.of_own_will) == ("suspended", True)


# --- Measures ---------------------------------------------------------------------------------------


def test_c2_who_proposed_does_not_decide_and_the_institution_is_heard_first(agency: Agency) -> None:
    contract = proposed(agency, "end_fraud")
    with pytest.raises(MoveRefused, match="may still state its case"):
        AGREEMENT.make(contract, "terminate", by=agency.head, note="n")
    with pytest.raises(MoveRefused, match="Another measure"):
        AGREEMENT.make(contract, "suspend", by=agency.head, note="n")
    contract = AGREEMENT.make(contract, "defend", by=agency.owner, note="we did not")
    agency.first.duties = ["read", "agree", "decide"]
    agency.first.save()
    with pytest.raises(MoveRefused, match="second person"):
        AGREEMENT.make(contract, "terminate", by=agency.first, note="n")
    assert AGREEMENT.make(contract, "terminate", by=agency.head, note="n").state == "terminated"


def test_where_the_own_area_terminates_the_others_follow(agency: Agency) -> None:
    other = elsewhere(agency)
    taking_up.open_files()
    contract = terminated(agency)
    other.refresh_from_db()
    assert (other.state, other.state_because) == ("terminated", contract.number)
    file = Contract.objects.get(agreement=other)
    assert (file.state, file.because) == ("terminated", contract.number)
    assert Measure.objects.filter(kind="terminated").count() == 1


def test_where_the_own_area_suspends_the_others_follow_and_come_back(agency: Agency) -> None:
    other = elsewhere(agency)
    taking_up.open_files()
    contract = suspended(agency)
    other.refresh_from_db()
    assert other.state == "suspended"
    AGREEMENT.make(contract, "resume", by=agency.head)
    other.refresh_from_db()
    assert (other.state, Contract.objects.get(agreement=other).state) == ("in_force", "in_force")


def test_where_another_area_terminates_the_own_stays(agency: Agency) -> None:
    own = in_force(agency)
    other = elsewhere(agency)
    taking_up.open_files()
    agreements.terminate(other, because="AJ-2-P1")
    taking_up.take_up()
    assert again(own).state == "in_force"
    assert Contract.objects.get(agreement=other).state == "terminated"


def test_what_a_decision_on_a_breach_did_stands_in_the_file_by_night_and_elsewhere(agency: Agency) -> None:
    contract, other = in_force(agency), elsewhere(agency)
    assert contract.agreement is not None
    agreements.suspend(contract.agreement, because="AJ-1-P1")
    taking_up.take_up()
    other.refresh_from_db()
    assert (again(contract).state, again(contract).because, other.state) == ("suspended", "AJ-1-P1", "suspended")
    with pytest.raises(MoveRefused, match="it is lifted there"):
        AGREEMENT.make(again(contract), "resume", by=agency.head)
    agreements.resume(contract.line, because="AJ-1-P1")
    taking_up.take_up()
    other.refresh_from_db()
    assert (again(contract).state, other.state) == ("in_force", "in_force")
    assert taking_up.take_up() == 0


def test_after_a_termination_the_same_pharmacy_may_apply_again(agency: Agency) -> None:
    terminated(agency)
    assert submitted(agency).state == "submitted"


# --- Terms ------------------------------------------------------------------------------------------


def test_a7_renewal_is_reminded_three_months_before_the_last_day_once(agency: Agency) -> None:
    with time_machine.travel("2026-03-02 02:00Z", tick=False):
        contract = in_force(agency)
        assert contract.until.isoformat() == "2027-03-01"
        assert renewing.remind() == 0
        with pytest.raises(MoveRefused, match="does not end soon"):
            renewing.renew(contract, by=agency.first)
    with time_machine.travel("2026-12-01 02:00Z", tick=False):
        assert (renewing.remind(), renewing.remind()) == (1, 0)
        clock = again(contract).renewal_clock
        assert clock is not None
        assert day_of(clock.due_at).isoformat() == "2027-03-01"
        successor = renewing.renew(contract, by=agency.first)
        assert (successor.since.isoformat(), successor.figures) == ("2027-03-02", contract.figures)
        in_force(agency, successor)
    with time_machine.travel("2027-03-02 02:00Z", tick=False):
        assert (taking_up.terms_that_ended(), taking_up.terms_that_ended()) == (1, 0)
        assert again(contract).state == "renewed"
        assert agreements.current(agency.place) == again(successor).agreement


def test_a_term_that_nobody_renewed_expires(agency: Agency) -> None:
    contract = in_force(agency)
    with time_machine.travel(timezone.now() + timedelta(400), tick=False):
        taking_up.terms_that_ended()
    assert again(contract).state == "expired"


# --- Performance ------------------------------------------------------------------------------------


def test_c2_a_year_is_appraised_by_one_and_confirmed_by_another_and_has_its_use(agency: Agency) -> None:
    contract = in_force(agency)
    year = timezone.localdate().year
    points = {one.code: (Decimal(one.points) / 2, "") for one in appraising.sheet(contract)}
    appraisal = appraising.appraise_year(contract, year=year, points=points, by=agency.first)
    assert (appraisal.total, appraisal.band.renews, appraisal.band.release) == (Decimal(50), False, Decimal(0))
    with pytest.raises(MoveRefused, match="second person"):
        appraising.confirm_appraisal(appraisal, by=agency.first)
    appraising.confirm_appraisal(appraisal, by=agency.second)
    assert StandingFact.objects.get().kind == "assessed_poorly"
    told = standing.year_of(contract.institution, year, place=contract.institution.division_id)
    assert told is not None
    assert (told.release, told.record, told.band_zh) == (Decimal(0), f"{contract} {year}", appraisal.band.name_zh)
    with (
        time_machine.travel(timezone.now() + timedelta(300), tick=False),
        pytest.raises(MoveRefused, match="not renewed"),
    ):
        renewing.renew(contract, by=agency.first)


def test_an_appraisal_is_the_institutions_to_read_once_it_is_confirmed(agency: Agency) -> None:
    contract = in_force(agency)
    points = {one.code: (Decimal(one.points), "") for one in appraising.sheet(contract)}
    appraisal = appraising.appraise_year(contract, year=timezone.localdate().year, points=points, by=agency.first)
    rows = type(appraisal).objects
    assert not rows.visible_to(agency.owner).exists()
    appraising.confirm_appraisal(appraisal, by=agency.second)
    assert rows.visible_to(agency.owner).exists()


def test_an_agreement_in_force_without_its_line_of_the_register_is_impossible(agency: Agency) -> None:
    contract = drafted(agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(state="in_force")
