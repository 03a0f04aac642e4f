"""Everybody whom a designation needs, and applications and agreements brought to where a test begins."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from institutions.models import Account, Department, Duty, Institution, Insurer
from supervision.clocks.models import Clock
from supervision.designation import applying, objecting, scoring, signing, supplementing
from supervision.designation.models import Application, ApplicationFile, Contract, Criterion, Objection
from supervision.designation.workflows import AGREEMENT, APPLICATION
from tests.builders import make_account, make_division, make_institution
from tests.cases.office import run_out
from tests.hearing import hostile

PHARMACY = "P99010100001"


@dataclass(frozen=True)
class Agency:
    """Two who keep agreements, their head, the department's head, and a pharmacy that wants to be designated."""

    first: Account
    second: Account
    head: Account
    department: Account
    owner: Account
    place: Institution
    insurer: Insurer


def make_insurer(area: str = "990100") -> Insurer:
    values = {"name_zh": f"{area}医疗保障事务中心", "name_en": f"Agency of {area}", "pooling_area": make_division(area)}
    return Insurer.objects.get_or_create(code=area, defaults=values)[0]


def make_pharmacy(code: str = PHARMACY, **facts: Any) -> Institution:
    values = {"kind": "pharmacy", "level": 0, "name_zh": "云泽大药房", "name_en": "Yunze Pharmacy", **facts}
    return make_institution(code, f"{code[1:7]}", **values)


def make_owner(place: Institution, sign: str = "") -> Account:
    return make_account(f"owner{sign}", institution=place, duties=[Duty.SIGN, Duty.ANSWER])


def make_agency(area: str = "990100", sign: str = "", place: Institution | None = None) -> Agency:
    insurer, place = make_insurer(area), place or make_pharmacy(f"P{area[:4]}0100001")

    def post(name: str, *duties: Duty, party: str = "handling", **more: Any) -> Account:
        division = make_division(area)
        department, _new = Department.objects.get_or_create(party=party, division=division, name_zh=f"{area}{party}")
        return make_account(f"{name}{sign}", area, duties=[Duty.READ, *duties], department=department, **more)

    return Agency(
        first=post("assessor one", Duty.AGREE, insurer=insurer), second=post("assessor two", Duty.AGREE, insurer=insurer),
        head=post("agency head", Duty.DECIDE, insurer=insurer), department=post("bureau head", Duty.DECIDE, party="authority"),
        owner=make_owner(place, sign), place=place, insurer=insurer,
    )  # fmt: skip


# --- Applications -----------------------------------------------------------------------------------


def begun(agency: Agency) -> Application:
    """Everything is said, and a file enclosed."""
    application = applying.apply(agency.place, agency.insurer, by=agency.owner)
    said = {one.code: (True, "as licensed") for one in applying.unanswered(application)}
    application = applying.write_application(
        application, contact="Ou", telephone="0990 123456", opened_on=timezone.localdate() - timedelta(400), words="",
        said=said, by=agency.owner,
    )  # fmt: skip
    ApplicationFile.objects.create(
        application=application, file="designation/none.pdf", kind="application/pdf", name="licence.pdf", size=3,
        given_digest="1" * 64, digest="1" * 64, added_by=agency.owner,
    )  # fmt: skip
    return application


def submitted(agency: Agency) -> Application:
    return APPLICATION.make(begun(agency), "submit", by=agency.owner)


def assessing(agency: Agency) -> Application:
    application = APPLICATION.make(submitted(agency), "accept", by=agency.first)
    return APPLICATION.make(application, "assess", by=agency.first, assessors=team(agency))


def team(agency: Agency) -> list[str]:
    return [agency.first.username, agency.second.username]


def scored(application: Application, agency: Agency, share: str = "1") -> Application:
    """Both of the team stand by a sheet with this share of the points for every criterion."""
    points = {
        one.code: ((one.points * Decimal(share)).quantize(Decimal("0.01")), "seen")
        for one in scoring.sheet(application)
    }
    today = timezone.localdate()
    scoring.score(application, points, on_paper=today, on_site=today, by=agency.first)
    scoring.agree(application, by=agency.second)
    return application


def passed(agency: Agency) -> Application:
    return APPLICATION.make(scored(assessing(agency), agency), "pass", by=agency.head)


def publicised(agency: Agency) -> Application:
    filed = APPLICATION.make(passed(agency), "file_passed", by=agency.first)
    return APPLICATION.make(filed, "publicise", by=agency.first)


TOLD = objecting.Objected("the pharmacist is never there", "Ou", "0990 555")


def objected(application: Application, told: objecting.Objected = TOLD, mark: str = "k:1") -> Objection:
    return objecting.object_to(application, told, mark=mark)


def negotiating(agency: Agency) -> Application:
    application = publicised(agency)
    over(application.clock)
    return APPLICATION.make(application, "negotiate", by=agency.first)


def over(clock: Clock | None) -> None:
    """Its time was over some days ago."""
    run_out(clock)
    if clock is not None:
        clock.refresh_from_db()


# --- Agreements -------------------------------------------------------------------------------------


def drafted(agency: Agency, since: date | None = None) -> Contract:
    contract = signing.draft_text(agency.place, agency.insurer, since=since or timezone.localdate(), by=agency.first)
    return with_figures(contract, agency)


def with_figures(contract: Contract, agency: Agency) -> Contract:
    figures = dict.fromkeys(contract.figures, "5")
    return signing.set_terms(contract, since=contract.since, until=contract.until, figures=figures, by=agency.first)


def signed(agency: Agency, contract: Contract | None = None) -> Contract:
    contract = AGREEMENT.make(contract or drafted(agency), "offer", by=agency.first)
    contract = AGREEMENT.make(contract, "sign", by=agency.owner, **seal(contract))
    return AGREEMENT.make(contract, "countersign", by=agency.head, **seal(contract))


def seal(contract: Contract) -> dict[str, Any]:
    """What whoever signs was shown, and their name."""
    contract = again(contract)
    assert contract.document is not None
    return {"sealed_text": [contract.document.pdf_digest], "signatory": "欧阳"}


def in_force(agency: Agency, contract: Contract | None = None) -> Contract:
    filed = AGREEMENT.make(signed(agency, contract), "file", by=agency.first)
    return AGREEMENT.make(filed, "take_on_file", by=agency.department)


def as_hospital(agency: Agency) -> Agency:
    """The same, where the institution is a hospital."""
    agency.place.kind = Institution.Kind.HOSPITAL
    agency.place.save()
    return agency


def supplemented(agency: Agency) -> Contract:
    """A hospital's agreement in force, and the draft of a supplementary one with its figures."""
    main = in_force(as_hospital(agency))
    return with_figures(supplementing.supplement(main, by=agency.first), agency)


def proposed(agency: Agency, ground: str = "suspend_risk", contract: Contract | None = None) -> Contract:
    return AGREEMENT.make(
        contract or in_force(agency), "propose", by=agency.first, note="as found", measure_ground=ground
    )


def suspended(agency: Agency, contract: Contract | None = None) -> Contract:
    contract = AGREEMENT.make(proposed(agency, contract=contract), "defend", by=agency.owner, note="we did not")
    return AGREEMENT.make(contract, "suspend", by=agency.head, note="the records say so")


def terminated(agency: Agency, ground: str = "end_fraud", contract: Contract | None = None) -> Contract:
    contract = AGREEMENT.make(proposed(agency, ground, contract), "defend", by=agency.owner, note="we did not")
    return AGREEMENT.make(contract, "terminate", by=agency.head, note="the records say so")


def ground_of(contract: Contract, code: str) -> Criterion:
    return Criterion.objects.get(code=code, place="000000")


def again(contract: Contract) -> Contract:
    return Contract.objects.get(pk=contract.pk)


def a_pdf(name: str = "licence.pdf", content: bytes = b"") -> SimpleUploadedFile:
    """A small file that may be enclosed, or what else is given as one."""
    return SimpleUploadedFile(name, content or hostile.pdf(), "application/pdf")
