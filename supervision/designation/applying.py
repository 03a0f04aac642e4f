"""The institution writes its application: to which agency, what it says to each condition, and what it encloses."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BufferedReader
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions import standing
from institutions.models import Account, Agreement, Duty, Institution, Insurer, Withheld
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.hearing.attaching import SUFFIXES, Cleaned, FileRefused, Given, cleaned, digest_of, named
from supervision.moves import BeyondReach, refuse_unless

from . import ruling
from .models import Application, ApplicationEvent, ApplicationFile, ChecklistAnswer, Criterion, Standing
from .numbering import next_number

OPEN = (Standing.DRAFT, Standing.SUPPLEMENT)  # what may still be written


@transaction.atomic
def apply(institution: Institution, insurer: Insurer, *, by: Account) -> Application:
    """A new application to an agency; one at a time, and not beside an agreement that holds."""
    if signer(by) != institution:
        raise BeyondReach(_("There is nothing here by that number."))
    near = Insurer.objects.of_place(institution.division).filter(pk=insurer.pk)
    refuse_unless(near.exists(), _("You apply to the agency of the pooling area in which you are."))
    refuse_unless(not holds(institution, insurer), _("You have an agreement with this agency: it can be renewed."))
    others = Application.objects.under_way().filter(institution=institution, insurer=insurer)
    refuse_unless(not others.exists(), _("An application to this agency is under way already."))
    number = next_number("SQ", insurer.pooling_area_id, Application.objects.all())
    application = Application.objects.create(
        number=number, institution=institution, insurer=insurer, begun_by=by, state=Standing.DRAFT
    )
    ApplicationEvent.objects.create(application=application, move="begin", after=application.state, by=by)
    record(Act.AGREEMENT, by, number, move="begin", institution=institution.pk, agency=insurer.pk)
    return application


def signer(by: Account) -> Institution:
    """The institution that an account may sign for."""
    refuse_unless(
        by.institution is not None and by.holds(Duty.SIGN),
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.SIGN.label},
    )
    assert by.institution is not None
    return by.institution


def holds(institution: Institution, insurer: Insurer) -> bool:
    """Whether the two have an agreement today that was not ended."""
    today = timezone.localdate()
    held = Agreement.objects.filter(institution=institution, insurer=insurer, period__contains=today)
    return held.exclude(state__in=Agreement.OVER).exists()


def open_to_writing(application: Application, by: Account) -> Application:
    """The application as it is now, where this account may still write in it."""
    institution = signer(by)
    found = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if found.institution_id != institution.pk:
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(
        found.state in OPEN,
        _("That cannot be done with what is %(state)s.") % {"state": found.get_state_display()},
    )
    return found


@transaction.atomic
def write_application(
    application: Application, *, contact: str, telephone: str, opened_on: date | None, words: str,
    said: Mapping[str, tuple[bool, str]], by: Account,
) -> Application:  # fmt: skip
    """Keep what the form says: whom to ask, and for each condition, by its code, whether it is met and how."""
    found = open_to_writing(application, by)
    found.contact, found.telephone, found.opened_on, found.words = contact, telephone, opened_on, words
    found.save(update_fields=["contact", "telephone", "opened_on", "words"])
    for criterion in ruling.criteria(Criterion.Use.CONDITION, found.institution.kind, found.place):
        meets, told = said.get(criterion.code, (False, ""))
        ChecklistAnswer.objects.update_or_create(
            application=found, criterion=criterion, defaults={"meets": meets, "words": told}
        )
    record(Act.AGREEMENT, by, found.number, move="write")
    return found


def enclose(
    application: Application, given: Given, *, criterion: Criterion | None = None, by: Account
) -> ApplicationFile:
    """Enclose a file, beside a condition or the whole; a harmless copy is kept. Or FileRefused, or MoveRefused."""
    signer(by)
    if (given.size or 0) > settings.ATTACHMENT_LIMIT:
        raise FileRefused("big", str(settings.ATTACHMENT_LIMIT >> 20))
    with cleaned(given) as copy, copy.path.open("rb") as content, transaction.atomic():
        found = open_to_writing(application, by)
        beside = found.files.enclosed()
        if known := beside.filter(criterion=criterion, given_digest=digest_of(given)).first():
            return known  # sent twice
        if beside.count() >= settings.ATTACHMENTS_MOST:
            raise FileRefused("many", str(settings.ATTACHMENTS_MOST))
        return keep_copy(copy, content, given, application=found, criterion=criterion, added_by=by)


def keep_copy(copy: Cleaned, content: BufferedReader, given: Given, **row: Any) -> ApplicationFile:
    """The harmless copy as a file of the application that the row names, on record."""
    kept = ApplicationFile(
        kind=copy.kind, name=named(given.name or "", copy.kind), size=copy.path.stat().st_size,
        given_digest=digest_of(given), digest=hashlib.file_digest(content, "sha256").hexdigest(), **row,
    )  # fmt: skip
    content.seek(0)
    kept.file.save(f"{uuid4().hex}{SUFFIXES[kept.kind]}", File(content), save=False)
    kept.save()
    record(Act.AGREEMENT, kept.added_by, kept.application.number, file=kept.name, digest=kept.digest)
    return kept


def leave_out(file: ApplicationFile, *, by: Account) -> None:
    """Leave a file out again, before it is sent."""
    with transaction.atomic():
        found = open_to_writing(file.application, by)
        sent = found.submitted_at is not None and file.added_at <= found.submitted_at
        refuse_unless(not sent, _("It was sent already: what was sent stays."))
        name, storage = str(file.file.name), file.file.storage
        file.delete()
        transaction.on_commit(lambda: storage.delete(name))
        record(Act.AGREEMENT, by, found.number, removed=name)


def unanswered(application: Application) -> list[Criterion]:
    """The conditions that must be met, and to which the applicant has not said that they are."""
    met = set(application.answers.filter(meets=True).values_list("criterion", flat=True))
    asked = ruling.criteria(Criterion.Use.CONDITION, application.institution.kind, application.place)
    return [criterion for criterion in asked if criterion.required and criterion.pk not in met]


@dataclass(frozen=True)
class Simplified:
    """Whether a commitment stands for proof: when it was submitted, today, and why it does not."""

    asked: str
    now: str
    withheld: list[Withheld]


def simplified(application: Application) -> Simplified:
    place, today = application.institution, timezone.localdate()
    lost = Withheld.objects.filter(institution=place, what=Withheld.What.SIMPLIFIED).in_force(today)
    return Simplified(application.promise, standing.promise(place, today), list(lost))
