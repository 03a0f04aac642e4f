"""Two prefectures side by side: what each holds, who asks, and how an address is filled in."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from claims.models import Batch
from institutions.measures import impose
from institutions.models import Account, Duty, Institution, Insurer, Measure, Practitioner, Registration
from supervision.cases.models import Case, Kind, Proceeding
from supervision.cases.workflows import LEAD
from supervision.cases.workflows.rectification import RECTIFICATION
from supervision.clocks.models import Clock
from supervision.complaints import talking
from supervision.complaints.gate import keeping
from supervision.complaints.models import Complaint, Forgetting
from supervision.complaints.rewards.models import Reward
from supervision.complaints.rewards.workflow import REWARD
from supervision.hearing.models import Attachment, Bulk
from supervision.monitoring.models import Run
from supervision.review.models import AskedTotal, Connection, Handling, Key, Refusal, Remark, RemarkTotal, SelfCheck
from tests.assistance.prefecture import AssistanceKeys, make_assistance
from tests.builders import (
    make_account,
    make_batch,
    make_comparison,
    make_division,
    make_exemption,
    make_finding,
    make_hold,
    make_institution,
    make_knowledge,
    make_reject,
    make_review,
    make_run,
    make_sample,
    make_snapshot,
    make_step,
    make_total,
    make_version,
)
from tests.clocks.building import make_clock, make_limit
from tests.complaints.building import file
from tests.complaints.exposure.world import make_told
from tests.complaints.gate.sent import given
from tests.complaints.vault.building import make_opening
from tests.coordination.prefecture import CoordinationKeys, make_coordination
from tests.credit.points.prefecture import PointsKeys, make_points
from tests.credit.prefecture import CreditKeys, make_credit
from tests.designation.prefecture import DesignationKeys, make_designated
from tests.documents.building import make_document, make_service
from tests.hearing import hostile
from tests.hearing.sent import make_sent
from tests.inspections.prefecture import InspectionKeys, make_inspections
from tests.ledger.prefecture import Booked, make_booked
from tests.major.prefecture import MajorKeys, make_major
from tests.onsite.prefecture import OnSiteKeys, make_visited
from tests.payments.prefecture import PaymentKeys, make_payments
from tests.review.remarked import make_remark
from tests.selfchecks.prefecture import SelfCheckKeys, make_self_corrections

RULE = "drug_sex_restricted"
MISSING = {"number": "987654321", "code": "X00000000000"}
NO_OBJECTS = {"form": "csv", "name": "template.xlsx", "app_label": "institutions", "url": "nothing/"}


@dataclass(frozen=True)
class Prefecture:
    """The keys of its objects, by the address they stand in."""

    finding: int
    run: int
    running: int
    batch: int
    institution: str
    proposal: int
    point: int
    hold: int = 0
    exemption: int = 0
    version: int = 0
    comparison: int = 0
    sample: int = 0
    handling: int = 0
    signing_key: int = 0
    remark: int = 0
    self_check: int = 0
    document: int = 0
    service: int = 0
    clock: int = 0
    case: str = ""
    proceeding: str = ""
    booked: Booked | None = None
    bulk: int = 0
    opening: int = 0  # of an identity
    typical: str = ""
    claim: int = 0  # that the typical case is wrong
    supervisor: str = ""
    complaint: str = ""
    evidence: int = 0  # a photo that came with it
    forgetting: int = 0  # what is erased of it today
    reward: str = ""
    designated: DesignationKeys | None = None
    credit: CreditKeys | None = None
    points: PointsKeys | None = None
    payments: PaymentKeys | None = None
    selfchecks: SelfCheckKeys | None = None
    major: MajorKeys | None = None
    assistance: AssistanceKeys | None = None
    inspections: InspectionKeys | None = None
    onsite: OnSiteKeys | None = None
    coordination: CoordinationKeys | None = None
    account: int = 0  # of somebody at the institution
    beside: Attachment | None = None  # a file beside a line of a finding that was sent

    def key(self, address: str) -> str:
        """What stands in the place of the address's <number> or <code>."""
        if "institution/accounts/" in address:
            return str(self.account)
        if "knowledge" in address:
            return str({"batches": self.proposal, "points": self.point}.get(address.split("/")[2], "bed"))
        if "ledger" in address:
            return str(self.booked.key(address) if self.booked else 0)
        if "exposure/" in address or "cases-exposed/" in address:
            return str(self.claim) if "errors/" in address else self.typical
        if "desk/complaints/retention" in address:
            return str(self.forgetting)
        if "desk/complaints/" in address:
            return str(self.evidence) if "evidence/" in address else self.complaint
        if self.inspections and "inspections/" in address:
            return self.inspections.key(address)
        if self.points and "practitioners/" in address:
            return self.points.key(address)
        if self.credit and ("credit/" in address or "commitments/" in address):
            return self.credit.key(address, self.institution)
        if self.payments and any(part in address for part in ("settlements/", "prepayments/", "desk/funds/")):
            return self.payments.key(address)
        if self.coordination and address.startswith(("desk/coordination/", "department/", "api/departments/")):
            return self.coordination.key(address)
        if self.selfchecks and "self-correction/" in address:
            return self.selfchecks.key(address)
        if self.assistance and "desk/assistance/" in address:
            return self.assistance.request
        if self.major and ("major-issues/" in address or "institution/interviews/" in address):
            return self.major.key(address)
        if self.onsite and "desk/visits/" in address:
            return self.onsite.key(address)
        if "desk/rewards/" in address:
            return self.reward
        if self.designated and any(
            part in address for part in ("designation/", "designated/", "application/", "agreements/")
        ):
            return self.designated.key(address)
        if "hearing/together" in address:
            return str(self.bulk)
        if self.beside and ("desk/hearing" in address or "institution/findings" in address):
            lines, files = "/lines/" in address, "/files/<" in address
            return str(self.beside.pk if files else self.beside.line_id if lines else self.beside.hearing_id)
        if "documents/services" in address:
            return str(self.service)
        if "cases/" in address:
            return self.proceeding if "proceedings/" in address else self.case
        kinds = {
            "documents": self.document,
            "clocks": self.clock,
            "findings": self.finding,
            "runs": self.running if address.endswith("cancel/") else self.run,
            "batches": self.batch,
            "institutions": self.institution,
            "versions": self.version,
            "comparisons": self.comparison,
            "samples": self.sample,
            "holds": self.hold,
            "exemptions": self.exemption,
            "handling": self.handling,
            "keys": self.signing_key,
            "reminders": self.remark,
            "self-check": self.self_check,
            "identities": self.opening,
            "supervisors": self.supervisor,
        }
        return str(next((kinds[part] for part in address.split("/") if part in kinds), RULE))


def fill(address: str, key: str) -> str:
    """The address with its places filled in."""
    address = address.replace("^", "").replace("$", "").replace("**", "")
    address = re.sub(r"\(\?P<(\w+)>.*?\)", lambda place: NO_OBJECTS[place[1]], address)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda place: NO_OBJECTS.get(place[1], key), address)


def make_prefecture(
    digits: str, regulator: Account, uploader: Account | None = None, *, running: bool = True
) -> Prefecture:
    """One object of each kind; its figures show in every sum they enter. Only one run can be underway."""
    area, county = f"{digits}00", f"{digits}01"
    place = make_place(digits)
    batch = make_batch(
        territory=area,
        name=f"claims-{digits}.csv",
        rejected=int(digits) % 89,
        loaded_by=uploader or regulator,
    )
    make_reject(batch, value=f"value-{digits}")
    make_batch(territory=area, status=Batch.Status.FAILED, loaded_by=regulator, digest=digits * 16)
    month = f"20{digits[2:]}-03"
    make_total(place, month, batch=batch, total=Decimal(digits), paid=Decimal(digits) / 2)
    run = make_run(snapshot=make_snapshot(batch), started_by=regulator)
    make_step(run, month=month)
    underway = run
    if running:
        underway = make_run(snapshot=run.snapshot, started_by=regulator, status=Run.Status.RUNNING)
        make_step(underway, month=month, done=False)
    facts = {"month": month, "at_stake": f"{digits}.00", "run": run, "insured_area": area}
    finding = make_finding(place, claim=f"{place.pk}:1", **facts)  # type: ignore[arg-type]
    assert place.division_id == county
    make_review(finding, by=regulator)
    hold = make_hold(run.steps.earliest("pk"), area=county, findings=int(digits))
    exemption = make_exemption(place, by=regulator, reason=f"exempted in {digits}")
    proposal, point = make_knowledge(area, f"Bed of {digits}", by=regulator)
    sample = make_sample(
        make_comparison(make_version(regulator, rule=RULE), run.snapshot), place, month, at_stake=digits
    )
    comparison = sample.month.comparison
    guarded = (proposal.pk, point.pk, hold.pk, exemption.pk)
    laboratory = (comparison.version_id, comparison.pk, sample.pk)
    handling = make_reminders(digits, place, by=regulator)
    own = make_own(digits, place, by=uploader or regulator)
    clock = make_deadlines(digits, place, by=regulator)
    case, proceeding = make_dealt_with(digits, place, by=regulator)
    complaint = make_reported(digits, place, by=regulator)
    return Prefecture(
        finding.pk, run.pk, underway.pk, batch.pk, place.pk, *guarded, *laboratory, handling.pk, *own, clock=clock.pk,
        case=case, proceeding=proceeding, booked=make_booked(digits, place, by=regulator),
        beside=make_sent(place, digits, by=regulator),
        bulk=Bulk.objects.create(move="notify", by=regulator, asked=int(digits), finished_at=timezone.now()).pk,
        opening=make_opening(f"JB-{county}-2026-{digits}0001", county),
        complaint=complaint, evidence=make_evidence(complaint), forgetting=make_forgetting(complaint),
        **make_told(case, digits, by=regulator),
        reward=make_rewarded(digits, place),
        payments=make_payments(digits, place, by=regulator),
        selfchecks=make_self_corrections(digits, place, by=regulator),
        major=make_major(digits, place, by=regulator),
        assistance=make_assistance(digits, place, by=regulator),
        inspections=make_inspections(digits, place, by=regulator),
        onsite=make_visited(digits, place, by=regulator),
        coordination=make_coordination(digits, place, by=regulator),
        designated=make_designated(digits, place, by=regulator),
        credit=make_credit(digits, place, by=regulator),
        points=make_points(digits, place, by=regulator),
        account=make_account(f"doctors{digits}", institution=place, duties=[]).pk,
    )  # fmt: skip


def make_dealt_with(digits: str, place: Institution, *, by: Account) -> tuple[str, str]:
    """A case about the institution, and a proceeding in it."""
    case = Case.objects.create(
        number=f"AJ-{place.division_id}-2026-{digits}", title=f"Case of {digits}", origin=Case.Origin.OTHER,
        place=place.division, respondent=Case.Respondent.INSTITUTION, institution=place, facts=f"facts of {digits}",
        opened_by=by, state=LEAD.first,
    )  # fmt: skip
    ordered = Proceeding.objects.create(
        case=case, kind=Kind.RECTIFICATION, number=f"{case.number}-C1", state=RECTIFICATION.first, opened_by=by
    )
    impose(Measure.Kind.PAYMENT, place, because=ordered.number)
    return case.number, ordered.number


def make_reported(digits: str, place: Institution, *, by: Account) -> str:
    """What somebody told about the institution, twice, with a case and a message."""
    about = {"place": place.division, "institution": place}
    earlier = file(f"{digits:0>32}", facts=f"first told in {digits}", **about).complaint
    later = file(f"{digits:1>32}", facts=f"told in {digits}", **about).complaint
    talking.write_to_reporter(later, f"asked in {digits}", by=by)
    case = Case.objects.filter(institution=place).first()
    Complaint.objects.filter(pk=later.pk).update(case=case, joined_to=earlier.pk, state="joined")
    return later.number


def make_forgetting(complaint: str) -> int:
    """Its words are to be erased today."""
    told = Complaint.objects.get(number=complaint)
    return Forgetting.objects.create(complaint=told, what="words", due_on=timezone.localdate()).pk


def make_evidence(complaint: str) -> int:
    """A photo beside what was told."""
    upload = given(hostile.picture("JPEG"))
    return keeping.claim([upload.token], subject=complaint)[0].pk


def make_rewarded(digits: str, place: Institution) -> str:
    """What the report may bring who told it."""
    told = Complaint.objects.exclude(case=None).get(institution=place)
    assert told.case is not None
    values = {"complaint": told, "case": told.case, "place": place.division, "state": REWARD.first}
    return Reward.objects.create(number=f"JL-{place.division_id}-2026-{digits}", **values).number


def make_deadlines(digits: str, place: Institution, *, by: Account) -> Clock:
    """What somebody named owes, who has asked for more time; what whoever monitors owes; and what the institution owes."""
    about = {"since": timezone.localtime().strftime("%Y-%m-%d 00:00"), "division": place.division_id}
    named = make_clock("P05", **about, title_en=f"Named in {digits}", title_zh=f"指名{digits}", holder=by)
    named.extensions.create(
        amount=int(digits) % 7 + 1,
        reason=f"more time in {digits}",
        asked_by=make_account(f"asker{digits}", f"{digits}00"),
    )
    make_clock("P05", **about, title_en=f"Owed in {digits}", title_zh=f"应办{digits}", duty=Duty.MONITOR)
    owed = {"title_en": f"Answer in {digits}", "title_zh": f"答复{digits}", "duty": Duty.ANSWER}
    make_clock("P05", **about, **owed, institution=place.pk)
    make_limit("hearing_answer", place.division_id, source=f"rule of {digits}")
    return named


def make_reminders(digits: str, place: Institution, *, by: Account) -> Handling:
    """A connected institution that was reminded today and in a month of its own, and what is done about the rule."""
    Key.objects.get_or_create(institution=place, number=1)
    for at in (timezone.now(), datetime.fromisoformat(f"20{digits[2:]}-03-10 09:00:00+08:00")):
        remark = make_remark(place, at_stake=digits, choice=Remark.Choice.OVERRODE, at=at)
        day = timezone.localdate(remark.review.asked_at)
        AskedTotal.objects.create(institution=place, day=day, messages=1, reminders=1, reviews=0)
        RemarkTotal.objects.create(
            institution=place, day=day, moment="remind", rule=RULE, reviews=1, remarks=1, obeyed=0, overrode=1,
            at_stake=remark.at_stake, saved=0,
        )  # fmt: skip
    return Handling.objects.create(
        rule=RULE, division_id=f"{digits}00", way=Handling.Way.BLOCK, reason=f"blocked in {digits}", set_by=by
    )


def make_own(digits: str, place: Institution, *, by: Account) -> tuple[int, int, int, int, int]:
    """What the institution's own pages show: its key, a reason that it owes, a self-check, and a letter served on it."""
    key, _new = Key.objects.get_or_create(institution=place, number=1)
    Connection.objects.create(institution=place, severities=["1"] if digits == "9901" else ["2"])
    Refusal.objects.create(institution=place, infno="3101", msgid=f"refused{digits}", field="infno", reason="is empty")
    owed = make_remark(place, way=Handling.Way.ASK, at_stake=digits)
    check = SelfCheck.objects.create(
        institution=place, asked_by=by, name=f"planned-{digits}.csv", profile="template", status=SelfCheck.Status.DONE,
        rows_in=2, rows_rejected=1, claims_in=1,
    )  # fmt: skip
    check.remarks.create(rule=RULE, claim=f"{place.pk}:9", certainty=4, at_stake=Decimal(digits), because_en="Why")
    check.rejects.create(file="lines.csv", row=2, column="amount", value=digits, reason="not_a_number")
    letter = make_document(place=place.division_id, place_name=f"地{digits}", about=f"case {digits}")
    return key.pk, owed.pk, check.pk, letter.pk, make_service(letter, place).pk


def make_place(digits: str) -> Institution:
    """An institution with its agreement and its people."""
    area, county = make_division(f"{digits}00"), f"{digits}01"
    place = make_institution(f"H{county}00001", county, name_en=f"Hospital of {digits}", beds=int(digits))
    insurer = Insurer.objects.create(code=f"I{digits}", name_zh=f"经办{digits}", pooling_area=area)
    place.agreements.create(insurer=insurer, number=f"A{digits}", period=(date(2026, 1, 1), None))
    person = Practitioner.objects.create(code=f"D{digits}", name=f"医生{digits}", kind="physician")
    Registration.objects.create(practitioner=person, institution=place, since=date(2020, 1, 1))
    return place


def make_accounts() -> dict[str, Account | None]:
    reads, takes_in = [Duty.READ], [Duty.READ, Duty.INTAKE]
    return {
        "anonymous": None,
        "regulator": make_account("regulator"),
        "superior": make_account("superior", "000000", duties=reads),
        "county": make_account("county", "990101", duties=reads),
        "elsewhere": make_account("elsewhere", "990200"),
        "agency": make_account("agency", duties=takes_in),
        "institution": make_account(
            "institution",
            institution=make_institution("H99010100001"),
            duties=[Duty.INTAKE, Duty.CONNECT, Duty.ANSWER, Duty.SIGN, Duty.STAFF, Duty.MANAGE],
        ),
        "administrator": make_account("administrator", None, duties=[Duty.ADMINISTER]),
        "dutyless": make_account("dutyless", duties=[]),
    }


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


# Drawn anew for each page: what guards a form, the ticket of a report, and what keeps machines out.
DRAWN = re.compile(rb'name="(csrfmiddlewaretoken|ticket|proof|files_proof)" value="[^"]*"|data-challenge="[^"]*"')
DRAWN_WHOLE = "report/files/challenge/"  # an answer of which every letter is


class Asker:
    """Somebody who asks, signed in once."""

    def __init__(self, account: Account | None) -> None:
        self.session = ""
        if account:
            client = Client()
            client.force_login(account)
            self.session = client.session.session_key or ""

    def ask(self, method: str, address: str, *, hide: str = "") -> Answer:
        """Ask, and take back whatever asking did.

        Left out of the answer: the token that is new each time, the echo of the address, and what is to be hidden.
        """
        client = Client(raise_request_exception=False, headers={"accept-language": "en"})
        if self.session:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        with transaction.atomic():
            response = client.generic(method, address)
            body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
            transaction.set_rollback(True)
        headers = {name: value for name, value in response.items() if name not in ("Content-Length", "Location")}
        body = DRAWN.sub(b"", body)
        for echo in filter(None, (address, escape(address), hide, quote(hide))):
            body = body.replace(echo.encode(), b"")
        return Answer(response.status_code, headers, body)


@dataclass(frozen=True)
class World:
    """The prefecture 9901 with everybody who may ask for its objects."""

    askers: dict[str, Asker]
    prefecture: Prefecture
