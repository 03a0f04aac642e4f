"""Begins commitments, and what their moves do besides changing the state."""

import hashlib
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credit import letters, recording
from credit.models import CreditEvent, Indicator, RecordKind, Scheme
from institutions import standing
from institutions.models import Account, Department, Duty, Institution, StandingFact, Withheld
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.facts import Kind as Asked
from supervision.cases.facts import ask
from supervision.clocks.calendar import months_after
from supervision.moves import THE_SITE, BeyondReach, Made, MoveRefused, refuse_unless

from .models import Commitment, CommitmentTemplate, State

SIGNER = ask("signer_name", Asked.LINE, gettext_lazy("Full name of the person who signs"))
READ_IT: dict[str, Any] = {"read": gettext_lazy("I have read what we promise and what follows when it is broken.")}
STATED = ask("commitment_read", Asked.CHOICES, gettext_lazy("My own statement"), choices=lambda _about: READ_IT.items())
RECORD_KIND = ask(
    "breach_record_kind", Asked.CHOICE, gettext_lazy("What shows the breach"), choices=lambda _a: RecordKind.choices
)
RECORD_NUMBER = ask("breach_record", Asked.LINE, gettext_lazy("Number of that record"))


@transaction.atomic
def begin_commitment(institution: Institution, template: CommitmentTemplate, *, by: Account) -> Commitment:
    """A draft for one institution; one a template is open at a time."""
    refuse_unless(by.holds(Duty.CREDIT) and not by.institution_id, _("You do not hold the duty for this."))
    refuse_unless(
        by.department is not None and by.department.party == Department.Party.AUTHORITY,
        _("That is for the medical security department to do."),
    )
    if not Institution.objects.visible_to(by).filter(pk=institution.pk).exists():
        raise BeyondReach(_("There is nothing here by that number."))
    about = (Scheme.About.ANY, Scheme.about_of(institution))
    refuse_unless(template.about in about, _("This template is for another kind of institution."))
    try:
        with transaction.atomic():
            return begun(institution, template, by)
    except IntegrityError:
        raise MoveRefused(_("This institution has such a commitment already.")) from None


def begun(institution: Institution, template: CommitmentTemplate, by: Account) -> Commitment:
    count = Commitment.objects.filter(institution=institution).count()
    commitment = Commitment.objects.create(
        number=f"CN-{institution.pk}-{timezone.localdate().year}-{count + 1}", institution=institution,
        template=template, state=State.DRAFT,
    )  # fmt: skip
    commitment.events.create(move="begin", after=commitment.state, by=by)
    record(Act.COMMITMENT, by, commitment.number, move="begin", template=str(template.code))
    return commitment


def open_templates(institution: Institution) -> list[CommitmentTemplate]:
    """The versions that an institution of this kind can be given today; the newest of each."""
    rows = CommitmentTemplate.objects.filter(
        about__in=[Scheme.About.ANY, Scheme.about_of(institution)], valid__contains=timezone.localdate()
    )
    newest = {row.code: row for row in rows.order_by("code", "version")}
    return list(newest.values())


# --- Told and signed ----------------------------------------------------------------------------------


def tell(commitment: Commitment, made: Made[Commitment]) -> None:
    """puts it on the institution's portal, and issues commitment_text: the PDF that will be signed"""
    commitment.teller, commitment.told_on = made.by, timezone.localdate()
    text = commitment.template
    commitment.document = letters.send(
        "commitment_text", commitment.institution, about=commitment.number, address=commitment.get_absolute_url(),
        by=made.by, commitment=commitment.number, version=text.version, months=text.months, title=text.title_zh,
        title_en=text.title_en, obligations=numbered(text.obligations_zh), obligations_en=numbered(text.obligations_en),
        consequences=numbered(text.consequences_zh), consequences_en=numbered(text.consequences_en),
    )  # fmt: skip


def text_is_missing(commitment: Commitment, by: Account) -> None:
    """its text was never issued as a PDF that could be signed"""
    refuse_unless(commitment.document is None, _("Its text was issued already."))


def text_is_there(commitment: Commitment, by: Account) -> None:
    """its text was issued as a PDF"""
    refuse_unless(commitment.document is not None, _("No text was issued to be signed."))


def numbered(text: str) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(text.splitlines(), 1))


def sealed(commitment: Commitment) -> str:
    """The digest of the PDF that was told, taken of the file itself; refused where it is another than was issued."""
    document = commitment.document
    refuse_unless(document is not None, _("No text was issued to be signed."))
    assert document is not None
    with document.pdf.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    refuse_unless(found == document.pdf_digest, _("The text is another than was shown."))
    return found


def sign(commitment: Commitment, made: Made[Commitment]) -> None:
    """keeps who signed which text and which PDF; both digests go into the chain of acts"""
    refuse_unless(set(made.facts["commitment_read"]) == READ_IT.keys(), _("Say that you have read it."))
    commitment.signer, commitment.signer_name = made.by, made.facts["signer_name"].strip()
    commitment.signed_at, commitment.signed_digest = timezone.now(), commitment.template.digest
    commitment.sealed_digest = sealed(commitment)
    commitment.valid_from = timezone.localdate()
    commitment.valid_until = months_after(commitment.valid_from, commitment.template.months)
    record(
        Act.COMMITMENT, made.by, commitment.number, signed=commitment.signed_digest, sha256=commitment.sealed_digest,
        name=commitment.signer_name,
    )  # fmt: skip


def stand_for_proof(commitment: Commitment, made: Made[Commitment]) -> None:
    """stands for proof where a promise is enough"""
    assert commitment.valid_from is not None
    kind = StandingFact.Kind.PROMISED
    standing.tell(kind, commitment.institution, record=commitment.number, happened_on=commitment.valid_from)


def stand_no_more(commitment: Commitment, made: Made[Commitment]) -> None:
    """stands for proof no more"""
    kind = StandingFact.Kind.PROMISED
    standing.take_back(kind, commitment.institution, record=commitment.number, because=made.name)


# --- Kept or broken -----------------------------------------------------------------------------------


def allege(commitment: Commitment, made: Made[Commitment]) -> None:
    """keeps which record shows the breach, and who says so"""
    commitment.alleger, commitment.alleged, commitment.statement = made.by, made.note, ""
    commitment.record_kind = made.facts["breach_record_kind"]
    commitment.record = made.facts["breach_record"].strip()


def state_own(commitment: Commitment, made: Made[Commitment]) -> None:
    """keeps what the institution says"""
    commitment.statement = made.note


def breach(commitment: Commitment, made: Made[Commitment]) -> None:
    """goes on the credit record, and costs the simplified handling for a time"""
    commitment.decider, today = made.by, timezone.localdate()
    recording.note(
        commitment.institution, Indicator.COMMITMENT_BREACHED, kind=RecordKind.COMMITMENT, number=commitment.number,
        happened_on=today,
    )  # fmt: skip
    Withheld.objects.get_or_create(
        what=Withheld.What.SIMPLIFIED, institution=commitment.institution, because=commitment.number,
        defaults={"since": today, "until": months_after(today, commitment.template.withheld_months)},
    )  # fmt: skip


def drop(commitment: Commitment, made: Made[Commitment]) -> None:
    """takes back what was said"""
    commitment.alleger, commitment.record, commitment.record_kind, commitment.alleged = None, "", "", ""


def annul(commitment: Commitment, made: Made[Commitment]) -> None:
    """takes the breach off the credit record by a further row, and gives the simplified handling back"""
    rows = CreditEvent.objects.filter(institution=commitment.institution, record=commitment.number)
    for event in rows.filter(indicator=Indicator.COMMITMENT_BREACHED):
        recording.withdraw(event, because=made.note[:80])
    Withheld.objects.filter(because=commitment.number, lifted_on=None).update(lifted_on=timezone.localdate())


def keep_merit(commitment: Commitment, made: Made[Commitment]) -> None:
    """goes on the credit record as kept"""
    assert commitment.valid_until is not None
    recording.note(
        commitment.institution, Indicator.COMMITMENT_KEPT, kind=RecordKind.COMMITMENT, number=commitment.number,
        happened_on=commitment.valid_until,
    )  # fmt: skip


def by_themselves(one: Commitment | None = None) -> int:
    """What was signed comes into force, what has ended was kept. Again changes nothing."""
    from .workflow import COMMITMENT  # noqa: PLC0415 - the table names this module's effects

    today, rows = timezone.localdate(), Commitment.objects.filter(pk=one.pk) if one else Commitment.objects.all()
    due = [(row, "take_effect") for row in rows.filter(state=State.SIGNED, valid_from__lte=today)]
    due += [(row, "expire") for row in rows.filter(state=State.IN_FORCE, valid_until__lt=today)]
    done = 0
    for row, move in due:
        try:
            COMMITMENT.make(row, move, by=THE_SITE)
        except MoveRefused:
            continue  # somebody was quicker
        done += 1
    return done
