"""E1 and E2 over the whole life of reports: what people told and who they are is found in no store, and nowhere stands
at which moment they did it, from which address or with which browser."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from pytest_django import Settings

from institutions.models import Account, Duty
from supervision.audit.models import Entry, RowChange
from supervision.complaints import talking, tasks
from supervision.complaints.gate import keeping, proving, shelf
from supervision.complaints.gate.models import Upload
from supervision.complaints.models import Complaint, Message
from supervision.complaints.receipts import draw_ticket
from supervision.complaints.rewards import claiming, granting
from supervision.complaints.rewards.workflow import REWARD
from supervision.complaints.vault import asking
from supervision.complaints.vault.sealing import is_kept
from supervision.complaints.workflow import COMPLAINT
from supervision.services import serving
from tests.builders import make_institution
from tests.complaints.building import concluded, make_desk
from tests.complaints.gate.corpus import photographed
from tests.complaints.gate.sent import sent, token_of
from tests.complaints.gate.test_proving import solved
from tests.complaints.rewards import office
from tests.complaints.test_portal import ANSWERS, receipt_on
from tests.complaints.vault.building import make_reader, running
from tests.complaints.vault.test_planted import by_pages, dumped, found, needles, plant, signed_in, stores

pytestmark = pytest.mark.django_db(transaction=True)

PHOTOS = 40
TOLD, SAID, OBJECTED = "骉骉重复收取理疗费用", "骉骉护士也在场", "骉骉没有问过当时的人"
MOMENT = datetime(2026, 3, 3, 14, 37, 29, 123456, ZoneInfo("Asia/Shanghai"))
CLOCK = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d(?::\d\d)?|Z)?")
BROWSER: dict[str, Any] = {"HTTP_USER_AGENT": "PlantedBrowser/9.1", "REMOTE_ADDR": "203.0.113.77", "HTTP_X_FORWARDED_FOR": "203.0.113.78",
           "HTTP_ACCEPT_LANGUAGE": "en"}  # fmt: skip
OF_THEM = (b"PlantedBrowser", b"203.0.113.77", b"203.0.113.78")
PICTURED = (b"Li Ming", b"ward 7", b"Phone 9", b"GPS", b"2026:11:23")


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> None:
    make_institution()
    settings.COMPLAINT_KEYS_FILE = tmp_path / "keys" / "complaints"


def citizen() -> Client:
    return Client(**BROWSER)


def reported(who: Mapping[str, str] | None = None, photo: bytes = b"", **answers: Any) -> tuple[str, str]:
    """Sent through the portal's pages; the report's number and its receipt."""
    page, files = citizen(), []
    if photo:
        files = [token_of(sent(page, photo, "IMG_0001.jpg"))]
    named = {"who": "named", **{name: who[name] for name in ("name", "phone", "address")}} if who else {}
    given = {**ANSWERS, **named, "facts": TOLD, "file": files, **answers}
    told = {**given, "step": "check", "to": "send", "ticket": draw_ticket()}
    answer = page.post("/report/", {**told, "proof": solved(proving.challenge())}).content.decode()
    number = re.search(r"(?:JB|TS)-\d{6}-\d{4}-\d{8}", answer)
    assert number
    return number[0], receipt_on(answer)


def acted(receipt: str, act: str, words: str, once: str) -> None:
    citizen().post("/report/follow/act/", {"receipt": receipt, "act": act, "words": words, "once": once})


# --- E1 ----------------------------------------------------------------------------------------------


def test_e1_two_hundred_people_and_forty_photos_leave_nothing_in_any_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """From the portal through desk, case, opening, objection and reward: each in the dress that somebody may look for."""
    planted, log = plant(), tmp_path / "vault.log"
    monkeypatch.setenv("VAULT_READINGS_A_DAY", "1000")
    told = {
        number: (who, receipt)
        for turn, who in enumerate(planted.values())
        for number, receipt in [reported(who, photographed(turn) if turn < PHOTOS else b"")]
    }
    assert len(told) == Complaint.objects.filter(named=True).count() == len(planted)
    assert Upload.objects.exclude(subject="").count() == PHOTOS
    lived(told)
    asker, second = make_reader("asker"), make_reader("second")
    with running(log):
        for number in list(told)[:8]:
            page = by_pages(number, signed_in(asker), signed_in(second))
            assert told[number][0]["phone"] in page
    paid_to(told)
    tasks.take_in_the_day()
    tasks.take_up_what_citizens_did()

    whom = {number: who for number, (who, _receipt) in told.items()}
    receipts = {number: {"receipt": receipt} for number, (_who, receipt) in told.items()}
    words = {"their words": {"told": TOLD, "said": SAID, "objected": OBJECTED}}
    looking = {**needles(whom), **needles(receipts), **needles(words)}
    outside = b"\n".join(str(message.message()).encode() for message in mail.outbox)
    assert found(looking, iter([("log", caplog.text.encode()), ("mail", outside)])) == []
    assert found(looking, everywhere(log)) == []
    assert not any(one in held for one in (*OF_THEM, *PICTURED[:3]) for _name, held in everywhere(log))
    for upload in Upload.objects.exclude(subject=""):
        assert not any(one in keeping.opened(upload) for one in PICTURED)


def everywhere(log: Path) -> Iterator[tuple[str, bytes]]:
    yield from stores(log)


def lived(told: Mapping[str, tuple[Mapping[str, str], str]]) -> None:
    """A tenth of them is handled at the desk, written about, concluded, objected to, joined or passed on."""
    desk = make_desk()
    complaints = list(Complaint.objects.filter(number__in=list(told)[: len(told) // 10]).order_by("pk"))
    for turn, one in enumerate(complaints):
        receipt = told[one.number][1]
        acted(receipt, "say", SAID, f"{turn:032}")
        if turn % 4 == 0:
            COMPLAINT.make(one, "register", by=desk.first, note=f"来自举报人的说明：{SAID}")
            continue
        complaint = concluded(one, desk)
        talking.write_to_reporter(complaint, SAID, by=desk.first)
        acted(receipt, "object", OBJECTED, f"{turn:031}o")
        tasks.take_up_what_citizens_did()
    assert Message.objects.filter(kind="objection").count() == Complaint.objects.filter(state="objected").count() > 10


def paid_to(told: Mapping[str, tuple[Mapping[str, str], str]]) -> None:
    """Two of them are rewarded and say where it is to be paid to."""
    desk = office.make_desk(sign=" of rewards")
    for number in list(told)[-2:]:
        complaint = Complaint.objects.get(number=number)
        case = office.make_ended_case(desk, complaint, "30000.00")
        Complaint.objects.filter(pk=complaint.pk).update(
            state="concluded", outcome="upheld", concluded_on="2026-03-03", case=case, handler=desk.handler,
            approver=desk.third_chief, wants_reward=True,
        )  # fmt: skip
        reward = granting.begin(Complaint.objects.get(pk=complaint.pk), by=desk.proposer)
        reward = REWARD.make(reward, "propose", by=desk.proposer, note=SAID, **office.CHECKED)
        reward = REWARD.make(reward, "check", by=desk.chief, **office.STATED)
        reward = REWARD.make(reward, "approve", by=desk.other_chief, **office.STATED)
        REWARD.make(reward, "notify", by=desk.proposer)
        who = told[number][0]
        payout = {"way": "bank", "holder": who["name"], "bank": "杜撰银行", "account": who["phone"]}
        claiming.claim(complaint, payout, once=f"{number}:claim")
        assert is_kept(number, "payout")


# --- E2 ----------------------------------------------------------------------------------------------


def rows() -> dict[str, set[str]]:
    """Every row of every table, as the owner sees it."""
    held: dict[str, set[str]] = {}
    table = ""
    for line in dumped().decode("utf-8", "replace").splitlines():
        if line.startswith("COPY "):
            table = line.split()[1]
        elif line == "\\.":
            table = ""
        elif table:
            held.setdefault(table, set()).add(line)
    return held


def written(before: Mapping[str, set[str]], after: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    for table, lines in after.items():
        yield from ((table, line) for line in lines - before.get(table, set()))


def test_e2_no_row_that_a_citizen_wrote_tells_the_moment() -> None:
    """At two moments of one day the same acts leave the same times behind: those that the day itself has."""
    left = []
    for turn, moment in enumerate((MOMENT, MOMENT + timedelta(hours=3, minutes=13, seconds=7))):
        with time_machine.travel(moment, tick=False):
            _number, receipt = concluded_for_a_citizen(f" {turn}")
            before, changes, entries = rows(), RowChange.objects.count(), Entry.objects.count()
            citizens_act(receipt)
        made = list(written(before, rows()))
        assert {"complaints_complaint", "complaints_message", "gate_upload", "vault_identity"} <= {
            table.removeprefix("public.") for table, _line in made
        }
        assert "public.django_session" not in {table for table, _line in made}
        assert (RowChange.objects.count(), Entry.objects.count()) == (changes, entries)
        assert not any(one.decode() in line for one in OF_THEM for _table, line in made)
        seconds = re.compile(rf"\b{str(int(moment.timestamp()))[:6]}\d{{4}}\b")  # within some hours, as a number
        assert [(table, line) for table, line in made if seconds.search(line)] == []
        left.append({(table, told[0]) for table, line in made for told in CLOCK.finditer(line)})
    assert left[0] == left[1]


def citizens_act(receipt: str) -> None:
    reported(next(iter(plant().values())), photographed(1))
    acted(receipt, "say", SAID, "1" * 32)
    acted(receipt, "object", OBJECTED, "2" * 32)
    citizen().post("/report/acknowledgement/", {"receipt": receipt})


def concluded_for_a_citizen(sign: str) -> tuple[str, str]:
    number, receipt = reported()
    concluded(Complaint.objects.get(number=number), make_desk(sign=sign))
    return number, receipt


def test_e2_a_file_bears_its_day_and_no_hour() -> None:
    reported(None, photographed(2))
    for path in shelf.folder("").rglob("*"):
        if path.is_file():
            at = datetime.fromtimestamp(path.stat().st_mtime, ZoneInfo("Asia/Shanghai"))
            assert (at.hour, at.minute, at.second) == (0, 0, 0)


def test_e2_postgresql_keeps_no_moment_of_a_commit_and_no_server_writes_down_who_asked() -> None:
    with connection.cursor() as cursor:
        for name in ("track_commit_timestamp", "log_connections"):
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone()[0] in ("off", ""), name
        cursor.execute("SHOW log_statement")
        assert cursor.fetchone() == ("none",)
    assert not any("access-log" in word for word in serving.commands()["web"])


def test_e2_pages_of_the_portal_set_no_cookie_that_knows_anybody_again() -> None:
    page = citizen()
    for address in ("/report/", "/report/follow/"):
        answer = page.get(address)
        assert set(answer.cookies) <= {"csrftoken"}


# --- Who could link a report to a person -------------------------------------------------------------

POSTS = (Duty.COMPLAINTS, Duty.DECIDE, Duty.BOOK, Duty.IDENTITY, Duty.INVESTIGATE, Duty.LEGAL, Duty.HEAR)


def test_e1_no_account_finds_a_name_without_an_approval() -> None:
    """Whatever page of complaints, rewards and identities an account opens: nobody's name, telephone or address is there."""
    who = next(iter(plant().values()))
    number, _receipt = reported(who, photographed(3), wants_reward="yes")
    concluded(Complaint.objects.get(number=number), make_desk())
    asker = make_reader("asker")
    opening = asking.ask(number, purpose="tell", reason="the result", hours=1, by=asker)
    upload = keeping.of(number).get()
    addresses = [
        "/desk/", "/desk/complaints/", f"/desk/complaints/?number={number}", f"/desk/complaints/{number}/",
        f"/desk/complaints/evidence/{upload.pk}/", "/desk/complaints/retention/", "/desk/identities/",
        f"/desk/identities/{opening.pk}/", f"/desk/identities/ask/?subject={number}", "/desk/rewards/",
        "/desk/clocks/", "/desk/cases/", "/desk/work/", "/admin/", "/admin/audit/entry/", "/admin/audit/rowchange/",
    ]  # fmt: skip
    looking = needles({number: who})
    for account in (asker, *accounts()):
        page = signed_in(account)
        for address in addresses:
            answer = page.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            assert found(looking, iter([(f"{address} for {account}", body)])) == []
        answer = page.post(f"/desk/identities/{opening.pk}/read/")
        assert found(looking, iter([("a reading that nobody approved", answer.content)])) == []


def accounts() -> Iterator[Account]:
    for duty in POSTS:
        yield make_reader(f"holds {duty}", duties=[Duty.READ, duty])
    yield make_reader("everything", duties=[duty for duty in Duty if duty not in (Duty.ADMINISTER, Duty.ANSWER)])
    yield make_reader("administers", None, duties=[Duty.ADMINISTER])
    yield make_reader("of the nation", "000000", duties=[Duty.READ])
