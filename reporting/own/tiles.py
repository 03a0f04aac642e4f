"""The ways from the first screen to the standing pages, each with the one thing that is worth knowing there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from credit.commitments.models import Commitment
from credit.commitments.models import State as Promised
from credit.points.models import Qualification, Standing
from institutions.models import Account, Institution, Registration
from reporting.templatetags.shown import day_text
from supervision.designation.models import Contract
from supervision.review.models import Key


@dataclass(frozen=True)
class Tile:
    icon: str
    title: str | Promise
    said: str
    address: str


def tiles(account: Account) -> Iterator[Tile]:
    institution = account.institution
    assert institution is not None
    yield Tile("institutions", _("Our agreements"), agreements(account), reverse("designation:own_agreements"))
    yield Tile("documents", _("Our commitments"), commitments(account), reverse("own_commitments:commitments"))
    yield Tile("supervisors", _("Our practitioners"), practitioners(institution), reverse("own_points:practitioners"))
    yield Tile("checks", _("Our credit"), grade(institution), reverse("own_credit:own"))
    yield Tile("documents", _("Letters to us"), _("What we were served with, and our receipts."),
               reverse("own_documents:documents"))  # fmt: skip
    yield Tile("ledger", _("Our settlements"), _("Month by month: declared, refused, payable, paid."),
               reverse("own_payments:settlements"))  # fmt: skip
    yield Tile("connection", _("Connection"), keys(institution), reverse("own:connection"))
    yield Tile("account", _("Our accounts"), accounts(institution), reverse("own_accounts"))


def agreements(account: Account) -> str:
    """The one that ends last, and how it stands."""
    held = Contract.objects.visible_to(account).living().main_ones()
    found = held.select_related("insurer").order_by("-until").first()
    if found is None:
        return _("No agreement is in force.")
    said = {"agency": found.insurer, "state": found.get_state_display(), "day": day_text(found.until)}
    return _("%(agency)s: %(state)s, until %(day)s.") % said


def commitments(account: Account) -> str:
    count = Commitment.objects.visible_to(account).filter(state=Promised.IN_FORCE).count()
    if not count:
        return _("None is in force.")
    return ngettext("%(n)d is in force.", "%(n)d are in force.", count) % {"n": count}


def practitioners(institution: Institution) -> str:
    """How many are registered here, and how many of them may not work for the fund today."""
    held = Qualification.objects.filter(state__in=[Standing.SUSPENDED, Standing.TERMINATED])
    here = Registration.objects.filter(institution=institution, until=None)
    found = here.aggregate(
        all=Count("practitioner", distinct=True),
        held=Count("practitioner", distinct=True, filter=Q(practitioner__in=held.values("practitioner"))),
    )
    said = ngettext("%(n)d registered.", "%(n)d registered.", found["all"]) % {"n": found["all"]}
    if not found["held"]:
        return said
    more = ngettext("%(n)d suspended or terminated.", "%(n)d suspended or terminated.", found["held"])
    return f"{said} {more % {'n': found['held']}}"


def grade(institution: Institution) -> str:
    if not institution.grade:
        return _("Not graded yet.")
    since = day_text(institution.grade_since) if institution.grade_since else "–"
    return _("Grade %(grade)s since %(day)s. Every point stands there with its reason.") % {
        "grade": institution.grade, "day": since,
    }  # fmt: skip


def keys(institution: Institution) -> str:
    count = Key.objects.filter(institution=institution, closed_at=None).count()
    return (
        ngettext("%(n)d key is open.", "%(n)d keys are open.", count) % {"n": count} if count else _("No key is open.")
    )


def accounts(institution: Institution) -> str:
    count = Account.objects.filter(institution=institution, is_active=True).count()
    return ngettext("%(n)d account, and its duties.", "%(n)d accounts, and their duties.", count) % {"n": count}
