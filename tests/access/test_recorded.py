"""F1: whatever hands something out, shows a person's affairs or refuses somebody leaves its entry in the chain of acts.

The walk goes over every address of the site as every kind of account, so a page that is added is asked too.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from supervision.audit.models import Act, Entry
from tests.access.test_matrix import MATRIX, addresses, entry, expected, methods, world
from tests.access.world import Asker, World, fill

__all__ = ["world"]  # the fixture

HANDED_OUT = {Act.EXPORT, Act.READ, Act.PACK, Act.DOCUMENT}
# Addresses that end like this hand something out; the walk must have been answered by each.
HANDING_OUT = re.compile(r"(export\.<str:form>|\.(csv|pdf|docx|zip|json|xlsx|sql))$")
# One thing about somebody, with all there is about it: looking at it is an act.
SENSITIVE = re.compile(r"^(desk|institution)/(findings|hearing|cases|cases/proceedings|documents)/<\w+:\w+>/$")
NOTHING_IN_IT = {
    "session/": "how long one's own sign-in lasts",
    "report/files/challenge/": "a puzzle, for everybody",
    "api/schema/": "the description of the interface, for everybody",
    "desk/template/<str:name>": "the empty form",
    "admin/jsi18n/": "words",
    "desk/visits/device/worker.js": "a script, the same for everybody",
}
# What the matrix does not list yet fails there (test_matrix.py).
MATTERS = [address for address in dict.fromkeys(addresses()) if address not in NOTHING_IN_IT and entry(address)]


@dataclass(frozen=True)
class Told:
    """What was answered, and which acts were written down meanwhile."""

    status: int
    kind: str
    attached: bool
    acts: list[tuple[str, str]]

    @property
    def handed_out(self) -> bool:
        return self.status == 200 and (self.attached or not self.kind.startswith("text/html"))


def ask(asker: Asker, method: str, address: str) -> Told:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    if asker.session:
        client.cookies[settings.SESSION_COOKIE_NAME] = asker.session
    with transaction.atomic():
        before = Entry.objects.count()
        response = client.generic(method, address)
        if response.streaming:
            b"".join(response.streaming_content)  # type: ignore[attr-defined]
        acts = list(Entry.objects.filter(number__gt=before).values_list("act", "account"))
        transaction.set_rollback(True)
    attached = "attachment" in response.get("Content-Disposition", "")
    return Told(response.status_code, response.get("Content-Type", ""), attached, acts)


def asked_by_all(world: World, wanted: re.Pattern[str] | None = None) -> Iterator[tuple[str, str, Told]]:
    for address in MATTERS:
        if wanted is None or wanted.search(address):
            for name, asker in world.askers.items():
                if expected(address, "GET", name) == 200:
                    yield address, name, ask(asker, "GET", fill(address, world.prefecture.key(address)))


def test_f1_whatever_is_handed_out_is_written_down(world: World) -> None:
    silent, answered = [], defaultdict(bool)
    for address, name, told in asked_by_all(world):
        handing = bool(HANDING_OUT.search(address))
        if told.handed_out or (handing and told.status == 200):
            answered[address] = True
            if not any(act in HANDED_OUT and account == name for act, account in told.acts):
                silent.append(f"{name} {address}: {told.kind} {told.acts}")
    assert silent == []
    assert [address for address in MATTERS if HANDING_OUT.search(address) and not answered[address]] == []


def test_f1_looking_at_somebodys_affairs_is_written_down(world: World) -> None:
    silent, answered = [], set()
    for address, name, told in asked_by_all(world, SENSITIVE):
        if told.status == 200:
            answered.add(address)
            if (Act.READ, name) not in told.acts:
                silent.append(f"{name} {address}: {told.acts}")
    assert silent == []
    assert {address for address in MATTERS if SENSITIVE.search(address)} - answered == set()


@pytest.mark.parametrize("account", [name for name in MATRIX["accounts"] if name != "anonymous"])
def test_f1_whoever_is_refused_an_act_is_written_down(world: World, account: str) -> None:
    silent = []
    for address in MATTERS:
        for method in methods(address):
            if expected(address, method, account) == 403:
                told = ask(world.askers[account], method, fill(address, world.prefecture.key(address)))
                if told.status == 403 and told.acts != [(Act.DENIAL, account)]:
                    silent.append(f"{method} {address}: {told.acts}")
    assert silent == []
