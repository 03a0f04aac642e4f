"""Lets some hospitals of the invented prefecture ask about their latest claims as if these were not settled yet.

Some of their doctors obey, some go on, some say nothing; one hospital has a key and never asks.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import cycle
from typing import Any

from django.db.models import Count
from django.utils import timezone

from claims import warehouse
from claims.warehouse import ClaimRecord
from institutions.demonstration import demo_institution
from institutions.models import Account, Division, Institution
from supervision.monitoring.models import Finding
from supervision.monitoring.standing import in_force

from . import reviewing, totals
from .gateway import keys
from .models import Key, Message, Remark, Review
from .rest import translating
from .rest.words import ReviewWords

PLACE = "990100"
ASKING, CLAIMS_EACH, DAYS = 6, 6, 10
CHOICES = ("obeyed", "obeyed", "overrode", "obeyed", "")
REASON = "病情需要，病历已记载"
SEXES = {"1": "male", "2": "female"}
Words = dict[str, Any]


def remind() -> int:
    """Ask, choose and add up; how many remarks there are now. Doing it again changes nothing."""
    *asking, silent = hospitals()
    for place in (*asking, silent):
        if not Key.objects.filter(institution=place, closed_at=None).exists():
            keys.open_key(place)
    claims = [(place, claim) for place in asking for claim in claims_of(place)]
    choices = cycle(CHOICES)
    for number, (place, claim) in enumerate(claims):
        id_, moment = f"demo-{number}", Review.Moment.REVIEW if number % 3 == 2 else Review.Moment.REMIND
        if Message.objects.filter(institution=place, msgid=id_).exists():
            continue
        ask(place, words(claim, id_, moment))
        choose(place, id_, choices)
        date_back(place, id_, dt.timedelta(days=DAYS - 1 - number * DAYS // len(claims)))
    totals.add_up(timezone.now() - dt.timedelta(days=DAYS + 1))
    return Remark.objects.filter(review__message__institution__in=asking).count()


def hospitals() -> list[Institution]:
    """The one of the demonstration's account, then those with the most findings of rules that speak at the desk."""
    first = demo_institution()
    counted = findings().filter(institution__kind=Institution.Kind.HOSPITAL).values("institution")
    most = counted.annotate(number=Count("pk")).order_by("-number", "institution").values_list("institution", flat=True)
    others = Institution.objects.in_bulk([code for code in most if code != first.pk][:ASKING])
    return [first, *(others[code] for code in sorted(others))]


def findings() -> Any:
    at_desk = [rule.code for rule in in_force().values() if Review.Moment.REMIND in rule.moments]
    return Finding.objects.open().filter(rule__in=at_desk).exclude(claim="")


def claims_of(place: Institution) -> Iterator[ClaimRecord]:
    """The latest claims of a hospital on which such a rule has found something."""
    seen = warehouse.seen_by(Account(territory=Division.objects.get(pk=PLACE)))
    latest = findings().filter(institution=place).order_by("-month", "claim").values_list("claim", "month").distinct()
    for key, month in latest[:CLAIMS_EACH]:
        if claim := seen.claim(key, month=month):
            yield claim


def words(claim: ClaimRecord, id_: str, moment: str) -> Words:
    """The claim as the hospital's system would have told of it before it was settled."""
    header = claim.header
    member = {"number": header["member"], "sex": SEXES.get(str(header["sex"]), "unknown"), "born": header["born"]}
    return {
        "id": id_, "moment": moment, "member": known(member),
        "encounter": known({
            "number": header["encounter"], "kind": header["kind"], "begun_at": header["begun"],
            "ended_at": header["ended"], "department": header["department"], "practitioner": header["practitioner"],
            "diagnoses": [known({name: one[name] for name in ("code", "name", "main")}) for one in claim.diagnoses],
            "lines": [
                known({
                    "id": str(number), "item": line["item"], "name": line["item_name"],
                    "quantity": line["net_quantity"], "amount": line["net_amount"], "ordered_at": line["done_at"],
                    "department": line["department"], "practitioner": line["practitioner"],
                })
                for number, line in enumerate(claim.lines, 1) if not line["netted"]
            ],
        }),
    }  # fmt: skip


def known(said: Words) -> Words:
    return {name: value for name, value in said.items() if value is not None}


def ask(place: Institution, said: Words) -> None:
    understood = ReviewWords(data=said)
    understood.is_valid(raise_exception=True)
    reviewing.take(translating.asking(understood.validated_data, institution=place.pk), institution=place.pk)


def choose(place: Institution, id_: str, choices: Iterator[str]) -> None:
    remarks = Remark.objects.filter(review__message__institution=place, review__message__msgid=id_)
    chosen = [
        {"remark": remark.number, "choice": choice, "reason": REASON if choice == "overrode" else ""}
        for remark, choice in zip(remarks, choices, strict=False) if choice
    ]  # fmt: skip
    if chosen:
        told = {"id": f"{id_}-told", "choices": chosen}
        reviewing.take(translating.telling(told, institution=place.pk), institution=place.pk)


def date_back(place: Institution, id_: str, days: dt.timedelta) -> None:
    """As if it had been asked some days ago."""
    at = timezone.now() - days
    Message.objects.filter(institution=place, msgid__in=[id_, f"{id_}-told"]).update(received_at=at)
    Review.objects.filter(message__institution=place, message__msgid=id_).update(asked_at=at)
