"""E1: two hundred identities go the whole way, and are found in no store: not in plain, nor in any other dress."""

import base64
import random
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
import redis
from django.conf import settings as installed
from django.db import connection
from django.test import Client
from pytest_django import Settings

from institutions.models import Account
from supervision.audit.models import Entry
from supervision.complaints.vault import calling
from supervision.complaints.vault.models import Identity, Reading
from supervision.complaints.vault.sealing import erase, seal
from supervision.complaints.vault.workflow import OPENING
from supervision.services import programs
from supervision.services.places import Places
from tests.builders import make_division
from tests.complaints.vault.building import as_vault, make_asked, make_reader, manage, running

pytestmark = pytest.mark.django_db(transaction=True)

SEED = 20261123
PLANTED = 200
BY_PAGES = 12  # of them go by the desk's pages, the others by the same acts beneath
MARK = "龘靐龖"  # stands in every name and address, and nowhere else on this site


def plant() -> Mapping[str, Mapping[str, str]]:
    """By the complaint's number. The telephone numbers and identity numbers lie where no other number of ours does."""
    dice = random.Random(SEED)
    family, given = "赵钱孙李周吴郑王冯陈", "建国秀英伟芳娜敏静丽强磊军洋勇艳杰娟涛明"
    return {
        f"JB-990101-2026-{dice.randrange(10**8):08}": {
            "name": f"{dice.choice(family)}{MARK}{dice.choice(given)}{dice.choice(given)}",
            "phone": f"199{dice.randrange(10**8):08}",
            "address": f"澜岸区{MARK}湖路{dice.randrange(10**6)}号",
            "id_number": f"9901011977{dice.randrange(10**7):07}X",
        }
        for _number in range(PLANTED)
    }


# --- Every dress -------------------------------------------------------------------------------------


def dresses(value: str) -> Iterator[bytes]:
    """A value as somebody could have written it down."""
    plain = value.encode()
    yield from (plain, value[::-1].encode(), quote(value).encode(), ascii(value)[1:-1].encode())
    for text in ("gbk", "gb18030", "utf-16-le", "utf-16-be"):
        yield value.encode(text)
    for raw in (plain, value.encode("utf-16-le"), value.encode("gb18030")):
        yield from (raw.hex().encode(), raw.hex().upper().encode())
        for before in range(3):  # within a longer text it may begin at any of three places
            dressed = base64.b64encode(b"\0" * before + raw)
            yield dressed[-(-before * 8 // 6) : len(dressed) - 4 if dressed.endswith(b"=") else None]
    if value[-8:].strip("X").isdigit():
        yield from (value[-8:].encode(), value[-8:][::-1].encode())


def needles(planted: Mapping[str, Mapping[str, str]]) -> dict[bytes, str]:
    return {
        dressed: f"{subject} {name}"
        for subject, who in planted.items()
        for name, value in who.items()
        for dressed in dresses(value)
    }


def found(needles: Mapping[bytes, str], stores: Iterator[tuple[str, bytes]]) -> list[str]:
    return [f"{whose} in {store}" for store, held in stores for needle, whose in needles.items() if needle in held]


# --- Every store -------------------------------------------------------------------------------------


def dumped() -> bytes:
    """What a backup would hold."""
    database = connection.settings_dict
    program = programs.folder(shared=Places.of(installed.FUND_HOME).as_root) / "pg_dump"
    done = subprocess.run(
        [program, "--host", database["HOST"], "--username", "fund_owner", "--dbname", database["NAME"]],
        capture_output=True, check=True,
    )  # fmt: skip
    assert b"COPY public.vault_identity" in done.stdout
    return done.stdout


def queued_and_cached() -> bytes:
    held: list[bytes] = []
    for number in (0, 1):
        server = redis.Redis.from_url(f"{installed.REDIS_URL}?db={number}")
        held.extend(key + (server.dump(key) or b"") for key in server.scan_iter())
        server.close()
    return b"\n".join(held)


def stores(*logs: Path) -> Iterator[tuple[str, bytes]]:
    yield "a dump of the database", dumped()
    yield "redis", queued_and_cached()
    for log in (*logs, Places.of(installed.FUND_HOME).postgres / "server.log"):
        yield str(log), log.read_bytes() if log.exists() else b""
    home = Path(installed.FUND_HOME)
    for file in home.rglob("*"):
        if file.is_file() and "keys" not in file.parts:
            yield str(file), file.read_bytes()


def in_the_cluster() -> list[str]:
    """The tables' own files and the log of all that was written: by the mark, for there are hundreds of megabytes."""
    marks = [MARK.encode(text) for text in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")]
    assert min(map(len, marks)) >= 6  # no bytes that stand somewhere by chance
    cluster = Places.of(installed.FUND_HOME).cluster
    files = [*cluster.glob("pg_wal/*"), *cluster.glob("base/*/*")]
    assert len(files) > 100
    return [str(file) for file in files if file.is_file() and any(mark in file.read_bytes() for mark in marks)]


# --- The whole way -----------------------------------------------------------------------------------


def by_pages(subject: str, asker: Client, second: Client) -> str:
    sent = {"subject": subject, "kind": "identity", "purpose": "tell", "reason": "the result", "hours": "8"}
    opening = asker.post("/desk/identities/ask/", sent).headers["Location"]
    second.post(f"{opening}move/", {"move": "approve", "turn": "0"})
    return asker.post(f"{opening}read/").content.decode()


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def go_the_whole_way(planted: Mapping[str, Mapping[str, str]]) -> None:
    asker, second = make_reader("asker"), make_reader("second")
    pages = signed_in(asker), signed_in(second)
    for number, (subject, who) in enumerate(planted.items()):
        if number < BY_PAGES:
            page = by_pages(subject, *pages)
            assert all(value in page for value in who.values())
        else:
            opening = OPENING.make(make_asked(asker, subject), "approve", by=second)
            assert calling.look(opening, asker) == who


def sealed_of(subject: str) -> list[str]:
    with as_vault():
        return list(Identity.objects.filter(subject=subject).values_list("sealed", flat=True))


def test_the_search_itself_finds_what_lies_open() -> None:
    who = {"JB-1": {"name": f"王{MARK}英", "phone": "19912345678"}}
    looking = needles(who)
    for held in (
        f"x王{MARK}英y".encode(), f"王{MARK}英".encode("gbk"), "xx19912345678".encode("utf-16-le"),
        base64.b64encode(b'{"phone":"19912345678","name":"x"}'), base64.b64encode(b"a19912345678bc"),
        base64.b64encode(b"ab19912345678c"), b"19912345678".hex().encode(), quote(f"王{MARK}英").encode(),
        b"87654321991", b"...12345678...", rf'"\u738b{ascii(MARK)[1:-1]}\u82f1"'.encode(),
    ):  # fmt: skip
        assert found(looking, iter([("a store", held)])), held
    assert found(looking, iter([("a store", b"nothing of theirs, 1991234567")])) == []


def test_e1_two_hundred_identities_are_found_in_no_store(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    planted, log = plant(), tmp_path / "vault.log"
    monkeypatch.setenv("VAULT_READINGS_A_DAY", "1000")
    make_division("990101")
    for subject, who in planted.items():
        seal(subject, who, place="990101")
    with running(log):
        go_the_whole_way(planted)
        assert manage("rotate").returncode == 0
        assert manage("rewrap").stdout == f"{PLANTED} sealed anew.\n"
    assert Reading.objects.count() == PLANTED
    assert Entry.objects.filter(act="identity", facts__what="read").count() == PLANTED
    looking = needles(planted)
    assert found(looking, stores(log)) == []
    assert found(looking, iter([("the log of the site", caplog.text.encode())])) == []
    assert in_the_cluster() == []

    gone = list(planted)[: PLANTED // 2]
    texts = {text.encode(): subject for subject in gone for text in sealed_of(subject)}
    assert len(texts) == len(gone)
    for subject in gone:
        assert erase(subject) == 1
    assert found({**looking, **texts}, iter([("a dump of the database", dumped())])) == []
    assert Identity.objects.count() == PLANTED - len(gone)
