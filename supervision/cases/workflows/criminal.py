"""Criminal referral 行刑衔接 (Regulation 310): reported by two officers, decided by the principal, sent with
its package, filed or not by the police, and judged or returned. What waits for it stands still until then."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions.models import Account, Department, Duty
from supervision.audit.models import Act
from supervision.cases import officers, referring
from supervision.cases.deciding import approved, closed, handled
from supervision.cases.facts import BASIS, DAY, RECEIPT, Kind, ask
from supervision.cases.letters import issues, named, write
from supervision.cases.models import PackageItem, Proceeding
from supervision.cases.timing import case_of, happened, meets, starts
from supervision.moves import Made, Move, Workflow, by_another_than, refuse_unless

from .beginning import Beginning
from .conditions import by_an_officer, by_no_officer, nothing_asked_of_officers, two_officers

AUTHORITY = Department.Party.AUTHORITY


class State(models.TextChoices):
    DRAFTED = "drafted", gettext_lazy("drafted")
    REPORTED = "reported", gettext_lazy("reported to the principal")
    APPROVED = "approved", gettext_lazy("approved")
    REFUSED = "refused", gettext_lazy("not referred")
    SENT = "sent", gettext_lazy("sent to the police")
    SUPPLEMENT = "supplement", gettext_lazy("sent back for what is missing")
    RECEIVED = "received", gettext_lazy("received by the police")
    FILED = "filed", gettext_lazy("filed by the police")
    HANDED_OVER = "handed_over", gettext_lazy("filed, and handed over")
    NOT_FILED = "not_filed", gettext_lazy("not filed by the police")
    REVIEW = "review", gettext_lazy("police asked to look again")
    REFUSED_AGAIN = "refused_again", gettext_lazy("not filed after all")
    PROCURATORATE = "procuratorate", gettext_lazy("before the procuratorate")
    JUDGED = "judged", gettext_lazy("judged")
    RETURNED = "returned", gettext_lazy("returned")
    FED_BACK = "fed_back", gettext_lazy("told to the case")
    CLOSED = "closed", gettext_lazy("closed")


def other_officers(proceeding: Proceeding) -> list[tuple[str, str]]:
    return [(officer.username, str(officer)) for officer in officers.acting(case_of(proceeding))]


REPORT = ask("report", Kind.WORDS, gettext_lazy("Report: what was found"))
SECOND = ask("second_officer", Kind.CHOICE, gettext_lazy("Second officer who signs"), choices=other_officers)
POLICE = ask("to_name", Kind.LINE, gettext_lazy("Addressee"))
PACKAGE = ask(
    "package", Kind.WORDS, gettext_lazy("What goes with it, a line each"),
    hint=gettext_lazy("Transfer letter, report and list of items are added by themselves."),
)  # fmt: skip
PROCURATORATE = ask("procuratorate", Kind.LINE, gettext_lazy("Procuratorate"))
NUMBER = ask("filed_number", Kind.LINE, gettext_lazy("Number of the police's case"))
ANSWER = ask("reply", Kind.WORDS, gettext_lazy("What they answered"))
JUDGMENT = ask("judgment", Kind.WORDS, gettext_lazy("The judgment"))
FINE = ask("criminal_fine", Kind.MONEY, gettext_lazy("Criminal fine in yuan, 0 where there is none"))


# --- What moves do ----------------------------------------------------------------------------------


def reported(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """keeps the report and the two who sign it"""
    second = Account.objects.filter(username=made.facts["second_officer"]).first()
    refuse_unless(
        second is not None and second.pk != made.by.pk and officers.acts_in(proceeding.case, second),
        _("The report is signed by two officers of the case."),
    )
    referring.set_columns(
        proceeding, report=made.facts["report"], legal_basis=made.facts["basis"], second_officer=second
    )


def pack(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """issues the letter and lists what goes with it"""
    proceeding.to_name = made.facts["to_name"]
    for kind in (PackageItem.Kind.REPORT, PackageItem.Kind.LIST):
        referring.add_to_package(proceeding, made, kind, str(kind.label))
    hand_in(proceeding, made)


def hand_in(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """adds what goes with it, and issues the letter that names all of it"""
    referral, kinds = referring.referral_of(proceeding), PackageItem.Kind
    listed = [line.strip() for line in made.facts["package"].splitlines() if line.strip()]
    refuse_unless(bool(listed), _("Say what goes with it."))
    for name in listed:
        referring.add_to_package(proceeding, made, kinds.MATERIAL, name)
    letter = write(
        "transfer_letter", proceeding, made, to=proceeding.to_name, facts=referral.report, basis=referral.legal_basis,
        items="；".join(item.name for item in referral.package.all()),
    )  # fmt: skip
    referring.add_to_package(proceeding, made, kinds.LETTER, str(kinds.LETTER.label), letter.reference)


def passed_on(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down to whom the police passed it"""
    proceeding.to_name = made.facts["to_name"]


def filed(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down the number of the police's case"""
    referring.set_columns(proceeding, filed_number=made.facts["filed_number"])


def replied(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """keeps the answer"""
    referring.set_columns(proceeding, reply=made.facts["reply"])


def handed_over(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """marks the items as handed over, and lists them"""
    referral = referring.referral_of(proceeding)
    referral.package.filter(handed_over_at=None).update(handed_over_at=happened(made))
    listed = enumerate(referral.package.all(), 1)
    items = "\n".join(f"{at} | {item.name} | {item.get_kind_display()} | 随案移送 | 1" for at, item in listed)
    write("evidence_list", proceeding, made, items=items)


def to_the_procuratorate(proceeding: Proceeding, made: Made[Proceeding]) -> dict[str, object]:
    """Which referral the police did not file, what they answered, and why that is disputed."""
    referral = referring.referral_of(proceeding)
    return {
        "to": made.facts["procuratorate"], "police": proceeding.to_name,
        "decision": named(proceeding, "transfer_letter"), "answer": referral.reply, "facts": referral.report,
        "basis": referral.legal_basis, "reason": made.note,
    }  # fmt: skip


def judged(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """keeps the judgment"""
    referring.set_columns(proceeding, result=made.facts["judgment"])


BY_OFFICER = (by_an_officer, two_officers)
DECIDING = (by_another_than("handler"), by_no_officer, nothing_asked_of_officers)
AT_POLICE = frozenset({
    State.SENT, State.SUPPLEMENT, State.RECEIVED, State.FILED, State.HANDED_OVER, State.NOT_FILED,
    State.REFUSED_AGAIN, State.PROCURATORATE,
})  # fmt: skip
LOOKED_AT = frozenset({State.RECEIVED, State.REVIEW, State.PROCURATORATE})

CRIMINAL_BEGINS = Beginning(
    Duty.INVESTIGATE, gettext_lazy("Refer to the police"), party=AUTHORITY, conditions=(by_an_officer, two_officers),
    effects=(handled, starts("C01")),
)  # fmt: skip

CRIMINAL: Workflow[Proceeding] = Workflow(
    name="criminal", words=gettext_lazy("A criminal referral"), states=State, act=Act.CASE, first=State.DRAFTED,
    module="supervision/cases/workflows/criminal.py",
    moves={
        "report": Move(
            frozenset({State.DRAFTED}), State.REPORTED, Duty.INVESTIGATE, gettext_lazy("Report to the principal"),
            party=AUTHORITY, conditions=BY_OFFICER, asks=(REPORT, BASIS, SECOND),
            effects=(handled, reported, starts("C02", Duty.DECIDE)),
        ),
        "approve": Move(
            frozenset({State.REPORTED}), State.APPROVED, Duty.DECIDE, gettext_lazy("Approve the referral"),
            party=AUTHORITY, conditions=DECIDING, effects=(approved, starts("C03")),
        ),
        "refuse": Move(
            frozenset({State.REPORTED}), State.REFUSED, Duty.DECIDE, gettext_lazy("Do not refer"), party=AUTHORITY,
            conditions=DECIDING, needs_note=True, effects=(approved, meets, closed),
        ),
        "send": Move(
            frozenset({State.APPROVED}), State.SENT, Duty.INVESTIGATE, gettext_lazy("Send to the police"),
            party=AUTHORITY, conditions=BY_OFFICER, asks=(POLICE, PACKAGE),
            effects=(referring.sent, pack, referring.hold_penalties, starts("C04")),
        ),
        "ask_supplement": Move(
            frozenset({State.SENT, State.RECEIVED}), State.SUPPLEMENT, Duty.INVESTIGATE,
            gettext_lazy("Enter that papers are missing"), party=AUTHORITY, asks=(DAY, ANSWER),
            effects=(replied, starts("criminal_supplement")),
        ),
        "supplement": Move(
            frozenset({State.SUPPLEMENT}), State.SENT, Duty.INVESTIGATE, gettext_lazy("Send what was missing"),
            party=AUTHORITY, conditions=BY_OFFICER, asks=(PACKAGE,), effects=(hand_in, starts("C04")),
        ),
        "receive": Move(
            frozenset({State.SENT}), State.RECEIVED, Duty.INVESTIGATE, gettext_lazy("Enter the police's receipt"),
            party=AUTHORITY, asks=(DAY, RECEIPT),
            effects=(referring.received, referring.hold_penalties, starts("C05")),
        ),
        "pass_on": Move(
            frozenset({State.RECEIVED}), State.RECEIVED, Duty.INVESTIGATE,
            gettext_lazy("Enter that the police passed it on"), party=AUTHORITY, asks=(DAY, POLICE),
            effects=(passed_on, starts("C05")),
        ),
        "file": Move(
            LOOKED_AT, State.FILED, Duty.INVESTIGATE, gettext_lazy("Enter that the police filed it"),
            party=AUTHORITY, asks=(DAY, NUMBER), effects=(filed, starts("C09")),
        ),
        "hand_over": Move(
            frozenset({State.FILED}), State.HANDED_OVER, Duty.INVESTIGATE, gettext_lazy("Hand over the items"),
            party=AUTHORITY, conditions=BY_OFFICER, asks=(DAY,), effects=(handed_over, meets),
        ),
        "not_file": Move(
            frozenset({State.RECEIVED}), State.NOT_FILED, Duty.INVESTIGATE,
            gettext_lazy("Enter that the police did not file it"), party=AUTHORITY, asks=(DAY, ANSWER),
            effects=(replied, starts("C06")),
        ),
        "ask_review": Move(
            frozenset({State.NOT_FILED}), State.REVIEW, Duty.INVESTIGATE, gettext_lazy("Ask the police to look again"),
            party=AUTHORITY, conditions=BY_OFFICER, needs_note=True, effects=(starts("C07"),),
        ),
        "not_file_again": Move(
            frozenset({State.REVIEW}), State.REFUSED_AGAIN, Duty.INVESTIGATE,
            gettext_lazy("Enter that the police stay with it"), party=AUTHORITY, asks=(DAY, ANSWER),
            effects=(replied, starts("C08")),
        ),
        "ask_procuratorate": Move(
            frozenset({State.NOT_FILED, State.REFUSED_AGAIN}), State.PROCURATORATE, Duty.INVESTIGATE,
            gettext_lazy("Ask the procuratorate to supervise"), party=AUTHORITY, conditions=BY_OFFICER,
            asks=(PROCURATORATE,), needs_note=True,
            effects=(meets, issues("supervision_request", to_the_procuratorate)),
        ),
        "judge": Move(
            frozenset({State.HANDED_OVER}), State.JUDGED, Duty.INVESTIGATE, gettext_lazy("Enter the judgment"),
            party=AUTHORITY, asks=(DAY, JUDGMENT, FINE),
            effects=(judged, referring.credit_fines, referring.free_penalties, meets),
        ),
        "return": Move(
            AT_POLICE, State.RETURNED, Duty.INVESTIGATE, gettext_lazy("Enter that it was returned"),
            party=AUTHORITY, asks=(DAY, ANSWER),
            effects=(referring.came_back, referring.free_penalties, meets),
        ),
        "feed_back": Move(
            frozenset({State.JUDGED, State.RETURNED}), State.FED_BACK, Duty.INVESTIGATE,
            gettext_lazy("Tell it to the case"), party=AUTHORITY, needs_note=True, conditions=(by_an_officer,),
        ),
        "close": Move(
            frozenset({State.FED_BACK}), State.CLOSED, Duty.DECIDE, gettext_lazy("Close"), party=AUTHORITY,
            conditions=DECIDING, effects=(closed,),
        ),
    },
)  # fmt: skip
