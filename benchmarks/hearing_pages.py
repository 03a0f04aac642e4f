"""How long the pages of hearings, cases, deadlines, the ledger and the chain of acts take over a year's rows."""

from django.test import Client

from institutions.models import Account, Duty
from supervision.audit.models import Entry
from supervision.hearing.models import Hearing
from supervision.ledger.models import Item, Posting

from . import heard, pages
from .sheet import Sheet


def measure(sheet: Sheet) -> None:
    """Each page twenty times, as the reviewer whose work it is; the chain of acts as an administrator."""
    first, _second = heard.people()
    for what, rows in (("hearings", Hearing), ("postings", Posting), ("acts", Entry)):
        sheet.add(what, rows.objects.count(), "rows")
    reviewer, administrator = Client(HTTP_HOST="127.0.0.1"), Client(HTTP_HOST="127.0.0.1")
    reviewer.force_login(first)
    administrator.force_login(
        Account.objects.get_or_create(username="bench-administrator", defaults={"duties": [Duty.ADMINISTER]})[0]
    )
    pages.ask_each(sheet, reviewer, addresses())
    pages.ask_each(sheet, administrator, {"chain of acts": "/admin/audit/entry/"})


def addresses() -> dict[str, str]:
    hearing, item = Hearing.objects.order_by("-pk").first(), Item.objects.order_by("-pk").first()
    assert hearing is not None
    assert item is not None
    return {
        "queue of hearings": "/desk/hearing/",
        "queue, of one state and rule": f"/desk/hearing/?state=notified&rule={hearing.rule}",
        "one hearing": hearing.get_absolute_url(),
        "my work": "/desk/work/",
        "clocks": "/desk/clocks/",
        "cases": "/desk/cases/",
        "one case": "/desk/cases/AJ-990101-2026-900000/",
        "ledger": "/desk/ledger/",
        "ledger, one institution": f"/desk/ledger/?institution={hearing.institution_id}",
        "ledger, its items": f"/desk/ledger/items/?institution={hearing.institution_id}",
        "ledger, one item": f"/desk/ledger/items/{item.pk}/",
    }
