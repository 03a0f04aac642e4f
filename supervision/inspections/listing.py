"""Keeps the libraries: who may be drawn as an inspector or asked as an expert, and with whom they have an interest."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Division, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.moves import BeyondReach, MoveRefused, refuse_unless

from .models import Conflict, Expert, Inspector


def keeper(by: Account) -> Division:
    """Who keeps the libraries of a territory: the person in charge."""
    refuse_unless(
        by.holds(Duty.DECIDE) and by.institution_id is None and by.territory is not None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.DECIDE.label},
    )
    assert by.territory is not None
    return by.territory


@transaction.atomic
def list_inspector(
    account: Account, *, certificate: str, fields: str = "", since: date | None = None, by: Account
) -> Inspector:
    """Take an officer of the territory into the library, with the number of the certificate."""
    place = keeper(by)
    if account.territory is None or not account.territory_id or not account.territory_id.startswith(place.prefix):
        raise BeyondReach(_("There is nobody here by that name."))
    refuse_unless(account.holds(Duty.INVESTIGATE), _("Only officers who handle cases are inspectors."))
    refuse_unless(bool(certificate.strip()), _("Name the certificate."))
    try:
        with transaction.atomic():
            made = Inspector.objects.create(
                account=account, certificate=certificate.strip()[:40], place_id=account.territory_id,
                fields=fields.strip()[:200], since=since or timezone.localdate(), listed_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise MoveRefused(_("This officer or certificate stands in the library already.")) from None
    record(Act.CASE, by, made.certificate, move="list_inspector", account=account.username)
    return made


@transaction.atomic
def list_expert(name: str, *, employer: str = "", fields: str = "", by: Account) -> Expert:
    place = keeper(by)
    refuse_unless(bool(name.strip()), _("Name the expert."))
    try:
        with transaction.atomic():
            made = Expert.objects.create(
                name=name.strip()[:60], employer=employer.strip()[:120], fields=fields.strip()[:200], place=place,
                since=timezone.localdate(), listed_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise MoveRefused(_("This expert stands in the library already.")) from None
    record(Act.CASE, by, str(made.pk), move="list_expert")
    return made


@transaction.atomic
def unlist(listed: Inspector | Expert, *, by: Account) -> None:
    """From today on nobody is drawn or asked who is taken out; what they did stays."""
    place = keeper(by)
    if not listed.place_id.startswith(place.prefix):
        raise BeyondReach(_("There is nobody here by that name."))
    refuse_unless(listed.until is None, _("They were taken out of the library already."))
    listed.until = max(timezone.localdate(), listed.since)
    listed.save(update_fields=["until"])
    record(Act.CASE, by, str(listed), move="unlist")


@transaction.atomic
def note_conflict(listed: Inspector | Expert, institution: Institution, reason: str, *, by: Account) -> Conflict:
    """An interest in an institution: they are left out of every draw and team for it. Whoever has it may note it."""
    own = isinstance(listed, Inspector) and listed.account_id == by.pk
    place = by.territory if own else keeper(by)
    if place is None or not by.is_active or not listed.place_id.startswith(place.prefix):
        raise BeyondReach(_("There is nobody here by that name."))
    refuse_unless(bool(reason.strip()), _("Say why."))
    who = {"inspector": listed} if isinstance(listed, Inspector) else {"expert": listed}
    try:
        with transaction.atomic():
            made = Conflict.objects.create(institution=institution, reason=reason.strip()[:200], noted_by=by, **who)
    except IntegrityError:
        raise MoveRefused(_("This interest is noted already.")) from None
    record(Act.CASE, by, str(listed), move="note_conflict", institution=institution.pk)
    return made


def interest_of(listed: Inspector | Expert, institution: str | None) -> Conflict | None:
    """What keeps somebody away from an institution today."""
    who = {"inspector": listed} if isinstance(listed, Inspector) else {"expert": listed}
    return Conflict.objects.filter(institution=institution, ended_on=None, **who).first()
