"""Review at the desk under faults: hospitals are answered in time, nothing acknowledged is lost, nothing counts twice."""

import hashlib
import hmac
import http.client
import json
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import psutil
import pytest

from supervision.services import embedded, serving
from tests.faults.world import SLOWNESS, World, a_seed, kill, migrated
from tests.installations import SMALL
from tests.review.messages import FOR_WOMEN, INSTITUTION, asking, encounter, order, sent

pytestmark = pytest.mark.faults
IN_TIME = 0.3  # seconds in which a hospital is answered when we cannot review
PATIENCE = 200  # milliseconds of them that it waits for a review
RATE = 20  # messages a second
OPENED = f"""
from supervision.review.gateway import signing
from supervision.review.models import Key
from tests.builders import make_institution
key = Key.objects.create(institution=make_institution("{INSTITUTION}", "990101"), number=1)
print(signing.secret(key.name))
"""
TAKEN_UP = "from supervision.review.gateway import waiting; waiting.take_up()"


@dataclass(frozen=True)
class Answered:
    """What a message was answered, and how long that took."""

    status: int
    body: Mapping[str, Any]
    seconds: float

    @property
    def rules(self) -> list[str]:
        return [row["rule_id"] for row in self.body["output"]["result"]]


@dataclass
class Hospital:
    """A hospital's system: it sends at a steady rate and writes down what it was answered."""

    port: int
    secret: str
    key: str = f"{INSTITUTION}.1"
    answered: dict[str, Answered] = field(default_factory=dict)
    cut_off: Counter[str] = field(default_factory=Counter)

    def send(self, body: bytes) -> Answered:
        """One message over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        began = time.monotonic()
        try:
            connection.request("POST", "/api/national/", body, {"Authorization": self.signed(body)})
            answer = connection.getresponse()
            said = json.loads(answer.read())
            return Answered(answer.status, said, time.monotonic() - began)
        finally:
            connection.close()

    def signed(self, body: bytes) -> str:
        """As docs/national-messages.md tells it."""
        moment = int(time.time())
        signature = hmac.new(self.secret.encode(), f"{moment}\n".encode() + body, hashlib.sha256).hexdigest()
        return f"HMAC-SHA256 key={self.key}, time={moment}, signature={signature}"

    def ask(self, msgid: str) -> None:
        """A man's encounter with an item for women. Where the connection is cut off, the same message goes again."""
        body = sent(asking(encounter(order(), order(2, FOR_WOMEN), mdtrt_id=msgid), msgid=msgid))
        for _time in range(20):
            try:
                self.answered[msgid] = self.send(body)
                return
            except (OSError, http.client.HTTPException) as error:
                self.cut_off[type(error).__name__] += 1
                time.sleep(0.1)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Sends until the block ends."""
        stopped, numbers = threading.Event(), count(1)

        def send_on(senders: ThreadPoolExecutor) -> None:
            while not stopped.wait(1 / RATE):
                senders.submit(self.ask, f"{INSTITUTION}{next(numbers):018}")

        with ThreadPoolExecutor(24) as senders:
            clock = threading.Thread(target=send_on, args=[senders])
            clock.start()
            try:
                yield
            finally:
                stopped.set()
                clock.join()


@dataclass(frozen=True)
class Service:
    """The review service on a port of this machine, in a process group of its own."""

    world: World
    port: int
    group: subprocess.Popen[bytes]

    def worker(self) -> psutil.Process:
        """One of its processes that answer."""
        return psutil.Process(self.group.pid).children()[0]

    def restart_postgres(self, *, how: int, away: float = 0.0) -> None:
        """End the database with this signal, and bring it back after so many seconds."""
        pid = embedded.status(self.world.home)["postgres"]
        assert pid
        server = psutil.Process(pid)
        server.send_signal(how)
        server.wait(60)
        time.sleep(away)
        embedded.start(self.world.home, settings=SMALL)

    def take_up(self) -> None:
        """Take what was laid aside, until nothing is left: the service does so, too, and only one at a time may."""
        laid_aside = self.world.home / "review" / "waiting"
        began = time.monotonic()
        while any(laid_aside.glob("*.json")):
            assert time.monotonic() - began < 60 * SLOWNESS, list(laid_aside.iterdir())[:10]
            self.world.installation.manage("shell", "-v", "0", "-c", TAKEN_UP)

    def kept(self) -> Counter[str]:
        """The messages that the database holds, each with how often."""
        return Counter(str(msgid) for (msgid,) in self.world.ask("SELECT msgid FROM review_message"))

    def remarks(self) -> Counter[str]:
        """What was said about each encounter, by the message's id."""
        rows = self.world.ask("""
            SELECT m.msgid FROM review_remark AS k JOIN review_review AS r ON r.id = k.review_id
            JOIN review_message AS m ON m.id = r.message_id WHERE k.rule = 'item_sex_restricted'""")
        return Counter(str(msgid) for (msgid,) in rows)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = migrated(tmp_path_factory.mktemp("review") / "home")
    try:
        yield world
    finally:
        embedded.destroy(world.home)


@pytest.fixture(scope="module")
def secret(world: World) -> str:
    return world.installation.manage("shell", "-v", "0", "-c", OPENED).stdout.strip()


@pytest.fixture
def service(world: World, secret: str) -> Iterator[Service]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    patience = f"REVIEW_PATIENCE={int(PATIENCE * SLOWNESS)}"
    log = world.home.with_name("review.log")
    command = f"gunicorn supervision.desk:opened() --bind 127.0.0.1:{port} --workers 2 {serving.REVIEW}"
    command += f" --capture-output --error-logfile {log}"
    group = world.installation.popen("env", patience, sys.executable, "-m", *command.split())
    started = Service(world, port, group)
    try:
        first = Hospital(port, secret)
        first.ask(f"{INSTITUTION}{time.time_ns() % 10**18:018}")
        yield started
    finally:
        kill(group)
        faults = [
            line
            for line in log.read_text().splitlines()
            if "could not be reviewed" in line or "could not be answered" in line
        ]
        assert faults == []


def is_whole(service: Service, hospital: Hospital) -> None:
    """Whatever was acknowledged is kept once, reviewed once, and was answered in time."""
    service.take_up()
    print(f"{len(hospital.answered)} answered, cut off {dict(hospital.cut_off)}")
    kept, remarks = service.kept(), service.remarks()
    assert hospital.answered
    assert {msgid: kept[msgid] for msgid in hospital.answered if kept[msgid] != 1} == {}
    assert {msgid: remarks[msgid] for msgid in hospital.answered if remarks[msgid] != 1} == {}
    assert {(one.status, one.body["infcode"]) for one in hospital.answered.values()} == {(200, 0)}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL], ids=["fast", "immediate", "killed"])
def test_a3_a_database_that_restarts_under_load_loses_nothing(service: Service, secret: str, how: int) -> None:
    hospital = Hospital(service.port, secret)
    with hospital.at_work():
        time.sleep(3)
        service.restart_postgres(how=how, away=2)
        time.sleep(4)
    is_whole(service, hospital)
    passed = [one.seconds for one in hospital.answered.values() if not one.rules]
    print(f"{len(passed)} let pass, the slowest in {max(passed, default=0):.3f} s")
    assert passed
    assert max(passed) <= IN_TIME * SLOWNESS


def test_a2_redis_is_not_needed_to_review(service: Service, secret: str, world: World) -> None:
    hospital = Hospital(service.port, secret)
    pid = embedded.status(world.home)["redis"]
    assert pid
    with hospital.at_work():
        time.sleep(2)
        psutil.Process(pid).kill()
        time.sleep(3)
    embedded.start(world.home, settings=SMALL)
    is_whole(service, hospital)
    let_pass = [msgid for msgid, one in hospital.answered.items() if not one.rules]
    assert len(let_pass) * 10 < len(hospital.answered)  # a busy moment is no reason


def test_a_killed_worker_loses_nothing(service: Service, secret: str) -> None:
    chance, hospital = random.Random(a_seed()), Hospital(service.port, secret)
    with hospital.at_work():
        for _time in range(3):
            time.sleep(chance.uniform(1, 3))
            service.worker().kill()
        time.sleep(5)
    is_whole(service, hospital)


def test_a5_a_thousand_same_messages_at_once_count_once(service: Service, secret: str) -> None:
    msgid = f"{INSTITUTION}{time.time_ns() % 10**18:018}"
    hospital = Hospital(service.port, secret)
    body = sent(asking(encounter(order(), order(2, FOR_WOMEN), mdtrt_id=msgid), msgid=msgid))

    def send(_number: int) -> Answered:
        for _time in range(20):
            try:
                return hospital.send(body)
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
        raise AssertionError("never answered")

    with ThreadPoolExecutor(50) as senders:
        answers = list(senders.map(send, range(1000)))
    service.take_up()
    assert (service.kept()[msgid], service.remarks()[msgid]) == (1, 1)
    said = Counter(json.dumps(one.body["output"], sort_keys=True) for one in answers)
    print(f"answers: {[(times, len(words)) for words, times in said.most_common()]}")
    reviewed = [words for words in said if words != json.dumps({"result": []})]
    assert len(reviewed) == 1  # whoever was not let pass had the same answer, ids and all
    assert {one.status for one in answers} == {200}
