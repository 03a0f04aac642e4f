"""A matter of care away from home: the neighbour, whose member was treated here, asks; the answer and the money."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from institutions.models import Account, Department, Duty, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.cases.demonstration import PREFECTURE, Cast
from supervision.cases.demonstration.telling import Story
from supervision.hearing.models import HearingLine
from supervision.ledger import paying
from supervision.ledger.models import Stage
from supervision.monitoring.models import Finding
from supervision.refusal import Refused

from . import money, naming
from .models import Request
from .requesting import REQUEST

NEIGHBOUR = "990200"
TRIED = 20  # findings that are looked through for a claim that draws a request


def stories(cast: Cast) -> Iterator[tuple[int, Story]]:
    yield 48, asked_next_door(cast)


def neighbour(sign: str, name: str, duty: Duty) -> Account:
    """Somebody of the neighbouring bureau that nobody can sign in with."""
    username = f"of-{NEIGHBOUR}-{sign}"
    if known := Account.objects.filter(username=username).first():
        return known
    bureau = Department.objects.filter(division=NEIGHBOUR, party=Department.Party.AUTHORITY).first()
    account = Account(
        username=username, name=name, territory_id=NEIGHBOUR, department=bureau,
        duties=[str(Duty.READ), str(duty)],
    )  # fmt: skip
    account.set_unusable_password()
    account.save()
    record(Act.ACCOUNT, "", account.username, what="opened on the machine", duties=list(account.duties))
    return account


def asked_next_door(cast: Cast) -> Story:
    officer = neighbour("officer", "望屿市办案人员", Duty.INVESTIGATE)
    chief = neighbour("chief", "望屿市局负责人", Duty.DECIDE)
    if (request := drafted(officer)) is None:
        return
    yield 1
    request = REQUEST.make(request, "send", by=chief)
    yield 3
    request = REQUEST.make(request, "accept", by=cast.officer)
    request = REQUEST.make(request, "handle", by=cast.officer)
    yield 6
    for claim in request.claims.all():
        lost = min(claim.paid, Decimal("36.00"))
        naming.answer_claim(
            request, claim.pk, found=True, lost=lost, words="收费清单与检查记录不符，多收一次。", by=cast.officer
        )
    answer = "已核对病历和收费清单，多收费用属实。"
    request = REQUEST.make(request, "reply", by=cast.principal, assist_reply=answer)
    yield 2
    request = REQUEST.make(request, "confirm", by=chief)
    yield 1
    try:
        request = REQUEST.make(request, "demand", by=cast.principal)
    except Refused:
        return  # it is heard as a finding: it waits for the number of the case
    yield 5
    owed = {item: item.balances.get(stage=Stage.DEMANDED).amount for item in money.items(request)}
    paying.pay(owed, voucher=f"XC-{request.pk}", day=timezone.localdate(), by=cast.books)


def drafted(officer: Account) -> Request | None:
    """About a claim of somebody insured next door in which a rule noticed something that nobody hears yet."""
    heard = HearingLine.objects.values("hearing__finding__claim")
    here = {"institution__division__code__startswith": PREFECTURE[:4]}
    found = Finding.objects.filter(insured_area__startswith=NEIGHBOUR[:4], **here)
    rows = found.exclude(claim="").exclude(claim__in=heard).select_related("institution").order_by("pk")
    for one in rows[:TRIED]:
        number = one.claim.partition(":")[2]
        if one.institution and number and (request := drawn(one.institution, number, officer)):
            return request
    return None


def drawn(place: Institution, number: str, officer: Account) -> Request | None:
    words = "参保人在你市就医，费用明细与报告不符，请协助核实。示例，虚构。"
    try:
        return naming.draft_request(place, number, question="fee", suspect="institution", words=words, by=officer)
    except Refused:
        return None
