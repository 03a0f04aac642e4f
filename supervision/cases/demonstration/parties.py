"""Institutions that stories need besides the hospital that signs in, and who acts for each of them."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from institutions.models import Account, Agreement, Duty, Institution, Insurer
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.clocks.calendar import months_after

from .cast import PREFECTURE

OPENED_LATELY = "P990101900"  # how the codes of institutions begin that stories open
FOR_IT = (Duty.ANSWER, Duty.SIGN, Duty.STAFF)


def acting_for(place: Institution) -> Account:
    """Somebody of the institution: its own account where it has one, else one that nobody can sign in with."""
    if found := Account.objects.filter(institution=place, duties__contains=[Duty.SIGN], is_active=True).first():
        return found
    account = Account(
        username=f"of-{place.pk}", name=f"{place.name_zh}经办人", institution=place, duties=list(map(str, FOR_IT))
    )
    account.set_unusable_password()
    account.save()
    record(Act.ACCOUNT, "", account.username, what="opened on the machine", duties=list(account.duties))
    return account


def opened_lately(number: int, name_zh: str, name_en: str) -> Institution:
    """A pharmacy of which no claims came in yet."""
    return Institution.objects.get_or_create(
        code=f"{OPENED_LATELY}{number:02}",
        defaults={
            "name_zh": name_zh, "name_en": name_en, "kind": Institution.Kind.PHARMACY, "division_id": "990101",
        },
    )[0]  # fmt: skip


def others(kind: str, but: Institution) -> list[Institution]:
    """The prefecture's institutions of a kind that claims speak of, in one order."""
    rows = Institution.objects.filter(division__code__startswith=PREFECTURE[:4], kind=kind)
    return list(rows.exclude(code__startswith=OPENED_LATELY).exclude(pk=but.pk).order_by("code"))


def agreed_for_long(today: date) -> None:
    """Whoever has no agreement yet has one since long ago that holds some months more, entered by an administrator."""
    insurer, since = Insurer.objects.get(pk=PREFECTURE), months_after(today.replace(day=1), -20)
    within = Institution.objects.filter(division__code__startswith=PREFECTURE[:4], agreements=None)
    Agreement.objects.bulk_create(
        Agreement(
            institution=place, insurer=insurer, number=f"云泽医协〔{since.year}〕{place.pk}",
            period=DateRange(since, months_after(since, 24)),
        )
        for place in within.exclude(code__startswith=OPENED_LATELY).order_by("code")
    )  # fmt: skip
