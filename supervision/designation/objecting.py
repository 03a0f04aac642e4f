"""Objections while an application is publicised: taken in until its day, each answered before what comes next."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import refuse_unless
from supervision.refusal import Refused

from . import timing
from .models import Application, Objection, ObjectionEvent, Reply, Standing


@dataclass(frozen=True)
class Objected:
    """What somebody objects, their name, and a telephone or address to reach them."""

    words: str
    name: str
    contact: str


def is_open(application: Application) -> bool:
    """Whether anybody may object now: it is publicised, and the day has not passed."""
    return application.state == Standing.PUBLICISED and not timing.ran_out(application)


def object_to(
    application: Application, told: Objected, *, mark: str, known: list[str] | None = None,
    prove: Callable[[], object] | None = None,
) -> Objection:  # fmt: skip
    """Take an objection in; what carries a mark that is known was sent before, and is given back as it was taken in.

    `mark` is the keyed mark of the receipt, `known` all of its marks, where keys have changed. What is new proves
    itself with `prove`, which raises Refused; where it cannot be taken in no proof is spent.
    """
    same = Objection.objects.filter(mark__in=known or [mark])
    if (before := same.first()) is not None:
        return sent_again(before, application, told)
    try:
        with transaction.atomic():
            found = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
            refuse_unless(is_open(found), _("It is publicised no more: the time for objections is over."))
            if prove:
                prove()
            return take_in(found, told, mark)
    except (IntegrityError, Refused):
        if (before := same.first()) is not None:  # sent twice at once
            return sent_again(before, application, told)
        raise


def sent_again(before: Objection, application: Application, told: Objected) -> Objection:
    same = before.application_id == application.pk and told == Objected(before.words, before.name, before.contact)
    refuse_unless(same, _("This objection was sent already. Load the page again to send another."))
    return before


def take_in(application: Application, told: Objected, mark: str) -> Objection:
    assert application.assessment is not None
    count = application.objections.count() + 1
    objection = Objection(
        number=f"{application.number}-{count}", application=application, round=application.assessment, mark=mark,
        state=Reply.OPEN,
    )  # fmt: skip
    objection.words, objection.name, objection.contact = told.words, told.name, told.contact
    objection.save(force_insert=True)
    ObjectionEvent.objects.create(objection=objection, move="object", after=objection.state)
    record(Act.AGREEMENT, "", objection.number, move="object")
    return objection


# --- What moves ask for -----------------------------------------------------------------------------


def of_its_agency(objection: Objection, by: Account) -> None:
    """by the agency that publicised it"""
    refuse_unless(by.insurer_id in (None, objection.insurer_id), _("It is for another agency."))


def not_of_its_team(objection: Objection, by: Account) -> None:
    """by another than the team whose assessment is objected to"""
    refuse_unless(not objection.round.is_by(by), _("This needs a second person: you have decided on it already."))


def all_answered(application: Application, by: Account) -> None:
    """every objection is answered"""
    left = application.objections.unanswered().count()
    refuse_unless(not left, _("Objections are not answered yet: %(count)s.") % {"count": left})


def none_upheld(application: Application, by: Account) -> None:
    """no objection to this assessment was upheld"""
    upheld = application.objections.filter(round=application.assessment, state=Reply.UPHELD)
    refuse_unless(not upheld.exists(), _("An objection was upheld: it does not pass."))
