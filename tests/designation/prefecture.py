"""What each of two prefectures holds of designation: an application with a file, an agreement, and an appraised year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from institutions.models import Account, Institution
from supervision.designation.models import (
    Application,
    ApplicationFile,
    Appraisal,
    Assessment,
    ChecklistAnswer,
    Contract,
    ContractTemplate,
    Criterion,
    Objection,
    PerformanceBand,
    Reply,
    Stage,
    Standing,
)
from tests.builders import make_account
from tests.clocks.building import make_clock


@dataclass(frozen=True)
class DesignationKeys:
    """The keys of its objects, by the address they stand in."""

    application: str
    file: int
    agreement: str
    appraisal: int
    objection: str

    def key(self, address: str) -> str:
        if "files/<int" in address:
            return str(self.file)
        if "objections/<str" in address:
            return self.objection
        if "appraisals/<int" in address:
            return str(self.appraisal)
        return self.agreement if "agreements/" in address else self.application


def make_designated(digits: str, place: Institution, *, by: Account) -> DesignationKeys:
    insurer = place.agreements.earliest("pk").insurer
    application = Application.objects.create(
        number=f"SQ-{digits}00-2026-000001", institution=place, insurer=insurer, contact=f"contact of {digits}",
        begun_by=by, submitted_at=timezone.now(), state=Standing.PUBLICISED,
    )  # fmt: skip
    application.events.create(move="submit", before="draft", after=application.state, by=by, note=f"told in {digits}")
    asked = Criterion.objects.filter(use="condition", kind=place.kind).earliest("pk")
    ChecklistAnswer.objects.create(application=application, criterion=asked, meets=True, words=f"met in {digits}")
    file = ApplicationFile.objects.create(
        application=application, file=ContentFile(f"file of {digits}".encode(), f"{digits}.pdf"), size=4,
        kind="application/pdf", name=f"licence {digits}.pdf", given_digest=digits * 16, digest=digits * 16, added_by=by,
    )  # fmt: skip
    contract = make_contract(digits, place, application, by=by)
    appraisal = Appraisal.objects.create(
        contract=contract, year=2026, total=Decimal(digits[:2]), band=PerformanceBand.objects.latest("least"),
        written_by=by, confirmed_by=application.begun_by if application.begun_by != by else None,
    )  # fmt: skip
    return DesignationKeys(
        application.number, file.pk, contract.number, appraisal.pk, make_objection(digits, application, by=by)
    )


def make_objection(digits: str, application: Application, *, by: Account) -> str:
    """Somebody objected to the round of one of the prefecture's accounts and of one who assesses elsewhere."""
    other = make_account(f"assessor {digits}", f"{digits}00", duties=[])
    round_ = Assessment.objects.create(application=application, first=by, second=other, needed=80)
    objection = Objection(
        number=f"{application.number}-1", application=application, round=round_, mark=f"k:{digits}", state=Reply.OPEN
    )
    objection.words, objection.name, objection.contact = f"objected in {digits}", f"neighbour {digits}", digits
    objection.save()
    objection.events.create(move="object", after=objection.state)
    return objection.number


def make_contract(digits: str, place: Institution, application: Application, *, by: Account) -> Contract:
    """Being negotiated again after it was offered once, so that its institution sees it."""
    contract = Contract.objects.create(
        number=f"XY-{digits}00-2026-000001", institution=place, insurer=application.insurer, application=application,
        template=ContractTemplate.objects.get(kind=place.kind, use="main", place="000000"), figures={"pay_days": digits},
        since=date(2026, 1, 1), until=date(2026, 12, 31), drafted_by=by, offered_at=timezone.now(), state=Stage.DRAFT,
    )  # fmt: skip
    contract.events.create(move="decline", before="offered", after="draft", by=by, note=f"declined in {digits}")
    since = timezone.localtime().strftime("%Y-%m-%d 00:00")
    make_clock("P05", since=since, division=f"{digits}00", title_en=f"Filed in {digits}", subject=contract.number)
    return contract
