"""Requests in plain words, signed as an institution's system signs them."""

import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

from supervision.review.gateway import signing
from supervision.review.models import Key
from tests.review.messages import FOR_WOMEN, INSTITUTION

REVIEWS, CHOICES, RULES = "/api/review/reviews/", "/api/review/choices/", "/api/review/rules/"


def line(id_: str = "RX-1", item: str = "XA02BCZ900A001010199901", **facts: Any) -> dict[str, Any]:
    """Two units at 28.50 yuan."""
    return {"id": id_, "item": item, "quantity": "2", "price": "28.50", "amount": "57.00", **facts}


def for_women(id_: str = "RX-2") -> dict[str, Any]:
    return line(id_, FOR_WOMEN, quantity="1", price="60.00", amount="60.00")


def asking(*lines: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """A clinic's visit of a man of 64; a `member` or an `encounter` adds to it."""
    member = {"number": "m1", "sex": "male", "born": "1961-05-20", "insured_area": "990100", **facts.pop("member", {})}
    encounter = {
        "number": "9903100001", "kind": "outpatient", "begun_at": "2026-03-10T09:12:00+08:00",
        "diagnoses": [{"code": "K29.500", "name": "慢性胃炎", "main": True}],
        "lines": list(lines) or [line()], **facts.pop("encounter", {}),
    }  # fmt: skip
    return {"id": "q1", "moment": "remind", "member": member, "encounter": encounter, **facts}


def telling(*choices: dict[str, Any], id_: str = "t1") -> dict[str, Any]:
    return {"id": id_, "choices": list(choices)}


@dataclass
class System:
    """The system of an institution, with its key."""

    client: Client
    key: str = f"{INSTITUTION}.1"

    def post(self, address: str, said: object, *, raw: bytes | None = None, type_: str = "application/json") -> Any:
        body = json.dumps(said).encode() if raw is None else raw
        signed = body or f"POST {address}".encode()
        return self.client.generic("POST", address, body, content_type=type_, headers=self._headers(signed))

    def get(self, address: str, *, signed: str = "") -> Any:
        return self.client.get(address, headers=self._headers(f"GET {signed or address}".encode()))

    def _headers(self, signed: bytes) -> dict[str, str]:
        return {"authorization": signing.sign(self.key, signed), "accept-language": "en"}


def system(client: Client, institution: str = INSTITUTION) -> System:
    """An institution's system, its key opened."""
    key, _new = Key.objects.get_or_create(institution_id=institution, number=1)
    return System(client, key.name)
