"""The supplementary agreement of an internet hospital: it hangs on the main one and shares its fate."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from institutions import agreements
from institutions.models import Account, Agreement
from supervision.designation import appraising, checking, renewing, signing, supplementing, taking_up
from supervision.designation.models import Contract, ContractTemplate
from supervision.designation.waiting import waiting
from supervision.designation.workflows import AGREEMENT
from supervision.documents.models import Document
from supervision.moves import MoveRefused
from tests.designation.parties import (
    Agency,
    again,
    as_hospital,
    in_force,
    make_agency,
    proposed,
    signed,
    supplemented,
    suspended,
    terminated,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def main_of(contract: Contract) -> Contract:
    assert contract.main is not None
    return again(contract.main)


def browser(account: Account | None = None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if account:
        client.force_login(account)
    return client


def text(address: str, account: Account | None = None) -> str:
    answer = browser(account).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


# --- Drafted and signed -----------------------------------------------------------------------------


def test_it_is_drafted_signed_and_filed_like_the_main_one_and_stands_in_no_register(agency: Agency) -> None:
    contract = supplemented(agency)
    main = main_of(contract)
    assert (contract.template.use, contract.until) == (ContractTemplate.Use.INTERNET, main.until)  # type: ignore[union-attr]
    contract = in_force(agency, contract)
    assert (contract.state, contract.agreement, Agreement.objects.count()) == ("in_force", None, 1)
    letter = Document.objects.get(kind="service_agreement", about=contract.number)
    assert "互联网医院医疗保障补充协议" in letter.text_zh
    assert main.number in letter.text_zh
    assert main.number in letter.text_en
    filing = Document.objects.get(kind="agreement_filing", about=contract.number)
    assert "互联网医院医疗保障补充协议" in filing.text_zh
    assert signing.verify(contract.document.pdf_digest).by_both  # type: ignore[union-attr]


def test_the_shipped_text_is_for_hospitals_alone(agency: Agency) -> None:
    main = in_force(agency)  # of a pharmacy
    assert not supplementing.has_a_text(main)
    with pytest.raises(MoveRefused, match="no text of an agreement"):
        supplementing.supplement(main, by=agency.first)


def test_without_a_main_agreement_in_force_there_is_none(agency: Agency) -> None:
    main = signed(as_hospital(agency))
    with pytest.raises(MoveRefused, match="is not in force"):
        supplementing.supplement(main, by=agency.first)
    other = as_hospital(make_agency("990200", "n"))
    main = suspended(other, in_force(other))
    with pytest.raises(MoveRefused, match="is not in force"):
        supplementing.may_be_supplemented(main)


def test_one_at_a_time_and_none_hangs_on_one_that_hangs(agency: Agency) -> None:
    contract = supplemented(agency)
    with pytest.raises(MoveRefused, match=f"already: {contract.number}"):
        supplementing.supplement(main_of(contract), by=agency.first)
    with pytest.raises(MoveRefused, match="hangs on another agreement itself"):
        supplementing.supplement(in_force(agency, contract), by=agency.first)


def test_another_agency_drafts_none(agency: Agency) -> None:
    main = in_force(as_hospital(agency))
    agency.first.insurer = make_agency("990200", "n").insurer
    agency.first.save()
    with pytest.raises(MoveRefused, match="another agency"):
        supplementing.supplement(main, by=agency.first)


def test_its_term_lies_within_that_of_the_main_one(agency: Agency) -> None:
    contract = supplemented(agency)
    main, said = main_of(contract), contract.figures
    for since, until, why in (
        (main.since, main.until + DAY, "ends after it begins, and by"),
        (main.since - DAY, main.until - 2 * DAY, "begins later than this term"),
    ):
        with pytest.raises(MoveRefused, match=why):
            signing.set_terms(contract, since=since, until=until, figures=said, by=agency.first)
    kept = signing.set_terms(contract, since=main.since, until=main.until, figures=said, by=agency.first)
    assert (kept.since, kept.until) == (main.since, main.until)


@pytest.mark.parametrize("move", ["offer", "sign", "countersign", "file", "take_on_file"])
def test_while_the_main_one_is_suspended_nothing_goes_on(agency: Agency, move: str) -> None:
    contract = supplemented(agency)
    state = {"offer": "draft", "sign": "offered", "countersign": "half_signed", "file": "signed"}.get(move, "filed")
    suspended(agency, main_of(contract))
    Contract.objects.filter(pk=contract.pk).update(state=state, offered_at=timezone.now())
    by = {"sign": agency.owner, "countersign": agency.head, "take_on_file": agency.department}.get(move, agency.first)
    with pytest.raises(MoveRefused, match=r"The main agreement .* is not in force"):
        AGREEMENT.make(contract, move, by=by, sealed_text=["0"], signatory="n")


# --- With the main one ------------------------------------------------------------------------------


def test_it_is_suspended_and_resumed_with_the_main_one(agency: Agency) -> None:
    contract = in_force(agency, supplemented(agency))
    main = suspended(agency, main_of(contract))
    contract = again(contract)
    assert (contract.state, contract.because, contract.suspensions) == ("suspended", main.number, 0)
    assert contract.pause_clock is None  # one clock runs, that of the main agreement
    assert contract.number not in {one.about for one in waiting(agency.owner)}
    with pytest.raises(MoveRefused, match=f"hangs on the main agreement {main.number}"):
        AGREEMENT.make(contract, "ask_resumption", by=agency.owner, note="n")
    with pytest.raises(MoveRefused, match="that is done there"):
        AGREEMENT.make(contract, "resume", by=agency.head)
    AGREEMENT.make(main, "resume", by=agency.head)
    contract = again(contract)
    assert (contract.state, contract.because, contract.suspended_on) == ("in_force", "", None)


def test_it_is_terminated_with_the_main_one_and_published_there_alone(agency: Agency) -> None:
    contract = in_force(agency, supplemented(agency))
    main = terminated(agency, contract=main_of(contract))
    contract = again(contract)
    assert (contract.state, contract.because, contract.ended_on) == ("terminated", main.number, timezone.localdate())
    with pytest.raises(MoveRefused, match="that is done there"):
        AGREEMENT.make(contract, "publish", by=agency.first)


def test_it_ends_with_the_main_one_that_was_suspended_for_too_long(agency: Agency) -> None:
    with time_machine.travel("2026-03-02 02:00Z", tick=False):
        contract = in_force(agency, supplemented(agency))
        suspended(agency, main_of(contract))
    with time_machine.travel("2026-08-31 02:00Z", tick=False):
        assert taking_up.take_up() == 0
    with time_machine.travel("2026-09-01 02:00Z", tick=False):
        taking_up.take_up()
        contract = again(contract)
        assert (main_of(contract).state, contract.state) == ("ended", "ended")
        assert (contract.because, contract.ended_on) == (main_of(contract).number, timezone.localdate())
        assert taking_up.take_up() == 0


def test_what_a_decision_on_a_breach_did_to_the_main_one_is_taken_up_by_night(agency: Agency) -> None:
    contract = in_force(agency, supplemented(agency))
    agreements.suspend(main_of(contract).line, because="AJ-1-P1")
    taking_up.take_up()
    assert (again(contract).state, main_of(contract).state) == ("suspended", "suspended")
    agreements.resume(main_of(contract).line, because="AJ-1-P1")
    taking_up.take_up()
    assert again(contract).state == "in_force"
    assert taking_up.take_up() == 0


def test_what_missed_the_main_one_follows_by_night(agency: Agency) -> None:
    """The main one was ended while this was being taken on file."""
    contract = in_force(agency, supplemented(agency))
    main = main_of(contract)
    agreements.end(main.line, because="x")
    Contract.objects.filter(pk=main.pk).update(state="ended")
    assert (taking_up.main_ones_that_changed(), taking_up.main_ones_that_changed()) == (1, 0)
    assert again(contract).state == "ended"


def test_what_is_under_way_when_the_main_one_is_over_falls_away(agency: Agency) -> None:
    contract = AGREEMENT.make(supplemented(agency), "offer", by=agency.first)
    terminated(agency, contract=main_of(contract))
    assert taking_up.take_up() == 1
    assert again(contract).state == "dropped"


def test_with_the_last_day_of_the_term_it_expires_and_is_made_anew_with_the_same_figures(agency: Agency) -> None:
    with time_machine.travel("2026-03-02 02:00Z", tick=False):
        contract = in_force(agency, supplemented(agency))
    with time_machine.travel("2026-12-01 02:00Z", tick=False):
        assert renewing.remind() == 1  # of the main one alone
        with pytest.raises(MoveRefused, match="anew with the next main"):
            renewing.renew(again(contract), by=agency.first)
        following = in_force(agency, renewing.renew(main_of(contract), by=agency.first))
    with time_machine.travel("2027-03-01 02:00Z", tick=False):
        assert taking_up.take_up() == 0
    with time_machine.travel("2027-03-02 02:00Z", tick=False):
        taking_up.take_up()
        assert (again(contract).state, main_of(contract).state) == ("expired", "renewed")
        anew = supplementing.supplement(following, by=agency.first)
        assert (anew.figures, anew.since.isoformat()) == (contract.figures, "2027-03-02")


@pytest.mark.parametrize("move", ["ask_pause", "ask_end", "ask_renewal", "ask_no_renewal", "report_change"])
def test_the_institution_moves_the_main_one(agency: Agency, move: str) -> None:
    contract = in_force(agency, supplemented(agency))
    said: dict[str, Any] = dict.fromkeys(("wanted_from", "wanted_until", "changed_on"), timezone.localdate())
    with pytest.raises(MoveRefused, match="that is done there"):
        AGREEMENT.make(contract, move, by=agency.owner, note="n", changed_data="n", **said)


def test_no_measure_is_proposed_against_it_alone(agency: Agency) -> None:
    with pytest.raises(MoveRefused, match="that is done there"):
        proposed(agency, contract=in_force(agency, supplemented(agency)))


def test_it_is_appraised_with_the_main_one(agency: Agency) -> None:
    contract = in_force(agency, supplemented(agency))
    with pytest.raises(MoveRefused, match="with its main agreement"):
        appraising.appraise_year(contract, year=timezone.localdate().year, points={}, by=agency.first)


def test_being_suspended_with_the_main_one_is_no_ground_of_its_own(agency: Agency) -> None:
    contract = in_force(agency, supplemented(agency))
    main = main_of(contract)
    for _time in range(2):
        main = AGREEMENT.make(suspended(agency, main), "resume", by=agency.head)
    found = list(checking.suspended_twice(agency.place, contract.place))
    assert [main.number in one.words for one in found] == [True]


# --- Pages ------------------------------------------------------------------------------------------


def test_the_desk_drafts_it_on_the_page_of_the_main_one(agency: Agency) -> None:
    main = in_force(as_hospital(agency))
    desk = main.get_absolute_url()
    assert "Draft a supplementary agreement for an internet hospital" in text(desk, agency.first)
    assert "Draft a supplementary agreement" not in text(desk, agency.head)
    answer = browser(agency.first).post(f"{desk}supplement/")
    contract = main.supplements.get()
    assert (answer.status_code, answer["Location"]) == (302, contract.get_absolute_url())
    shown = text(desk, agency.first)
    assert contract.number in shown
    assert "Draft a supplementary agreement" not in shown
    page = text(contract.get_absolute_url(), agency.first)
    assert main.number in page
    assert "Name of the internet hospital" in page
    assert "Make a text for the next term" not in page
    assert "already" in browser(agency.first).post(f"{desk}supplement/", follow=True).content.decode()


def test_no_pharmacy_is_offered_one(agency: Agency) -> None:
    assert "internet hospital" not in text(in_force(agency).get_absolute_url(), agency.first)


def test_the_institution_reads_it_once_it_is_offered(agency: Agency) -> None:
    contract = supplemented(agency)
    own = f"/institution/agreements/{main_of(contract).number}/"
    assert contract.number not in text(own, agency.owner)
    contract = AGREEMENT.make(contract, "offer", by=agency.first)
    assert contract.number in text(own, agency.owner)
    assert main_of(contract).number in text(f"/institution/agreements/{contract.number}/", agency.owner)
    assert "supplementary" in text("/institution/agreements/", agency.owner)


def test_everybody_reads_that_an_internet_hospital_is_covered(agency: Agency) -> None:
    contract = supplemented(agency)
    contract.figures["internet_name"] = "Yunze Online"
    contract.save()
    assert "Yunze Online" not in text("/designated/")
    in_force(agency, with_online_name(contract, agency))
    assert "Supplementary agreement for an internet hospital (Yunze Online): in force" in text("/designated/")
    suspended(agency, main_of(contract))
    assert text("/designated/").count("suspended") == 2
    AGREEMENT.make(main_of(contract), "resume", by=agency.head)
    terminated(agency, contract=main_of(contract))
    assert "Yunze Online" not in text("/designated/")


def with_online_name(contract: Contract, agency: Agency) -> Contract:
    return signing.set_terms(
        contract, since=contract.since, until=contract.until,
        figures={**dict.fromkeys(contract.figures, "5"), "internet_name": "Yunze Online"}, by=agency.first,
    )  # fmt: skip
