"""Acts beside the tables of designation: writing, scoring, setting terms, renewing and appraising."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from institutions.models import Account, Duty
from supervision.designation import applying, appraising, commissioning, renewing, scoring, signing, supplementing
from supervision.designation.models import Application, Contract
from tests.designation import parties
from tests.designation.parties import Agency, make_agency
from tests.walks.acts import READY, Ready, act

AGREES, SIGNS = frozenset({Duty.AGREE}), frozenset({Duty.SIGN})


@act
def begin_an_application() -> Ready:
    agency = make_agency()
    return Ready(lambda by: applying.apply(agency.place, agency.insurer, by=by), agency.owner, SIGNS)


@act
def write_an_application() -> Ready:
    agency = make_agency()
    application = parties.begun(agency)
    said: dict[str, Any] = {"contact": "Ou", "telephone": "0990 1", "opened_on": None, "words": "", "said": {}}
    return Ready(lambda by: applying.write_application(application, by=by, **said), agency.owner, SIGNS)


@act
def enclose_a_file() -> Ready:
    agency = make_agency()
    application = parties.begun(agency)
    return Ready(lambda by: applying.enclose(application, parties.a_pdf(), by=by), agency.owner, SIGNS)


@act
def leave_a_file_out() -> Ready:
    agency = make_agency()
    file = parties.begun(agency).files.get()
    return Ready(lambda by: applying.leave_out(file, by=by), agency.owner, SIGNS)


def sheet_of(application: Application, by: Account) -> Any:
    points = {one.code: (Decimal(one.points), "") for one in scoring.sheet(application)}
    today = timezone.localdate()
    return scoring.score(application, points, on_paper=today, on_site=today, by=by)


@act
def score_an_application() -> Ready:
    agency = make_agency()
    return Ready(partial(sheet_of, parties.assessing(agency)), agency.first, AGREES)


@act
def name_a_third_party() -> Ready:
    agency = make_agency()
    application = parties.assessing(agency)
    return Ready(
        lambda by: commissioning.commission(application, "Zhixin Auditors", parties.a_pdf("report.pdf"), by=by),
        agency.first, AGREES,
    )  # fmt: skip


@act
def agree_to_a_sheet() -> Ready:
    agency = make_agency()
    application = parties.assessing(agency)
    sheet_of(application, agency.first)
    return Ready(lambda by: scoring.agree(application, by=by), agency.second, AGREES)


def about(name: str, do: Callable[[Contract, Account], Any], first: Callable[[Agency], Contract]) -> None:
    """An act of the agency about an agreement; `first` makes what it is about."""

    def ready() -> Ready:
        agency = make_agency()
        return Ready(partial(do, first(agency)), agency.second, AGREES)

    READY[name] = ready


def ends_soon(agency: Agency) -> Contract:
    contract = parties.in_force(agency)
    Contract.objects.filter(pk=contract.pk).update(until=timezone.localdate() + timedelta(20))
    return parties.again(contract)


def appraised(contract: Contract, by: Account) -> Any:
    points = {one.code: (Decimal(one.points), "") for one in appraising.sheet(contract)}
    return appraising.appraise_year(contract, year=timezone.localdate().year, points=points, by=by)


def with_appraisal(agency: Agency) -> Any:
    return appraised(parties.in_force(agency), agency.first)


about(
    "set_the_terms",
    lambda one, by: signing.set_terms(one, since=one.since, until=one.until, figures=one.figures, by=by),
    parties.drafted,
)
about("renew_an_agreement", lambda one, by: renewing.renew(one, by=by), ends_soon)
about(
    "supplement_an_agreement",
    lambda one, by: supplementing.supplement(one, by=by),
    lambda agency: parties.in_force(parties.as_hospital(agency)),
)
about("appraise_a_year", appraised, parties.in_force)
about("confirm_an_appraisal", lambda one, by: appraising.confirm_appraisal(one, by=by), with_appraisal)  # type: ignore[arg-type]
