"""A third party commissioned to look into an application: named by the team, its report beside the sheet.

The team scores and the agency decides; the report is one of the things they go by (Orders 2 and 3 of the National
Healthcare Security Administration let a team or a third party assess).
"""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.hearing.attaching import FileRefused, Given, cleaned, digest_of
from supervision.moves import refuse_unless

from . import scoring
from .applying import keep_copy
from .models import Application, Assessment

LONGEST = 120  # characters of a name


def commission(application: Application, name: str, report: Given, *, by: Account) -> Assessment:
    """Name the third party of the round under way and keep its report; or FileRefused, or MoveRefused.

    By one of the team, until both stand by the sheet. Named once more the later name counts; each report stays.
    """
    with transaction.atomic():
        scoring.reached(application, by)
    if (report.size or 0) > settings.ATTACHMENT_LIMIT:
        raise FileRefused("big", str(settings.ATTACHMENT_LIMIT >> 20))
    with cleaned(report) as copy, copy.path.open("rb") as content, transaction.atomic():
        round_ = scoring.reached(application, by)
        refuse_unless(round_.agreed_by_id is None, _("Both of the team stand by the sheet already."))
        named = " ".join(name.split())[:LONGEST]
        refuse_unless(bool(named), _("Name the third party."))
        round_.third_party = named
        round_.save(update_fields=["third_party"])
        if not round_.reports.filter(given_digest=digest_of(report)).exists():  # sent twice
            if round_.reports.count() >= settings.ATTACHMENTS_MOST:
                raise FileRefused("many", str(settings.ATTACHMENTS_MOST))
            keep_copy(copy, content, report, application=round_.application, round=round_, added_by=by)
        record(Act.AGREEMENT, by, application.number, move="commission", round=round_.round, third_party=named)
    return round_
