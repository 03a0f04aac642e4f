"""Reporters at a fixed rate: each proves its work, sends a photo piece by piece and then the report, over kept lines.

A report is timed from the moment at which it was to begin, so one that waits for a free line counts in full. Run as a
process of its own, so that the reporters' work is not the site's: `python -m benchmarks.reporters PLAN`, a JSON file.
"""

import base64
import http.client
import json
import re
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"
RECEIPT = re.compile(rb'name="receipt" value="([0-9A-Z]{16})"')
TAGS = re.compile(rb"<[^>]+>|\s+")
CSRF = re.compile(r"csrftoken=(\w+)")


class NotTaken(Exception):
    """The site answered otherwise than was hoped for."""


@dataclass
class Outcome:
    """What came of it, in seconds from the intended moment; receipts are what was acknowledged."""

    seconds: list[float] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    wrong: int = 0
    first_wrong: str = ""
    lasted: float = 0.0
    processor: float = 0.0


class Reporter:
    """One line to the site, used for one report after the other."""

    def __init__(self, port: int) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        cookies = self.ask("GET", "/report/")[1].get("Set-Cookie", "")
        found = CSRF.search(cookies)
        self.token = found[1] if found else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what: object) -> None:
        self.line.close()

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, Any, bytes]:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for last in (False, True):
            try:
                self.line.request(method, path, body or None, given)
                answer = self.line.getresponse()
                return answer.status, answer.headers, answer.read()
            except (OSError, http.client.HTTPException):
                self.line.close()  # the site ends lines that rest; whoever finds that out asks once more
                if last:
                    raise
        raise AssertionError

    def send(self, path: str, answers: dict[str, str]) -> tuple[int, bytes]:
        said = urlencode({**answers, "csrfmiddlewaretoken": self.token}).encode()
        status, _headers, page = self.ask(
            "POST", path, said, Content_Type="application/x-www-form-urlencoded", Cookie=f"csrftoken={self.token}"
        )
        return status, page

    def upload(self, proof: str, photo: bytes) -> str:
        """A photo, as the page's script sends it; its token."""
        told = {"Upload-Length": str(len(photo)), "Upload-Ticket": proof}
        told["Upload-Metadata"] = "filename " + base64.b64encode(b"IMG_0001.jpg").decode()
        status, headers, page = self.ask("POST", "/report/files/", photo, **TUS, **told, Content_Type=PIECE)
        if status != 201:
            raise NotTaken(f"file {status} {page[:80]!r}")
        return str(headers["Location"].rstrip("/").rpartition("/")[2])

    def report(self, one: dict[str, Any], photo: bytes) -> str:
        """A whole report; its receipt."""
        answers = dict(one["answers"])
        if photo and "upload_proof" in one:
            answers["file"] = self.upload(one["upload_proof"], photo)
        status, page = self.send("/report/", answers)
        found = RECEIPT.search(page)
        if status != 200 or not found:
            raise NotTaken(f"report {status} {TAGS.sub(b' ', page)[-300:]!r}")
        return found[1].decode()


def run(plan: dict[str, Any], photo: bytes) -> Outcome:
    """Each report is begun at its moment by whoever is free; a rate of 0 is as fast as they can."""
    outcome, lock, waiting = Outcome(), threading.Lock(), iter(enumerate(plan["reports"]))
    begun = time.perf_counter() + 0.5

    def going() -> None:
        with Reporter(plan["port"]) as reporter:
            while (reported := next_one(reporter)) is not None:
                note(*reported)

    def next_one(reporter: Reporter) -> tuple[str, float, str] | None:
        """The next report, its receipt, how long it took, and what went wrong."""
        with lock:
            number, one = next(waiting, (0, None))
        if one is None:
            return None
        intended = begun + number / plan["rate"] if plan["rate"] else time.perf_counter()
        time.sleep(max(0.0, intended - time.perf_counter()))
        try:
            return reporter.report(one, photo), time.perf_counter() - intended, ""
        except (NotTaken, OSError, http.client.HTTPException) as problem:
            return "", 0.0, repr(problem)

    def note(receipt: str, seconds: float, wrong: str) -> None:
        with lock:
            if receipt:
                outcome.receipts.append(receipt)
                outcome.seconds.append(seconds)
            else:
                outcome.wrong += 1
                outcome.first_wrong = outcome.first_wrong or wrong

    threads = [threading.Thread(target=going) for _number in range(plan["lines"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome.lasted = time.perf_counter() - begun
    outcome.processor = time.process_time()
    return outcome


def main() -> None:
    plan = json.loads(Path(sys.argv[1]).read_text())
    print(json.dumps(asdict(run(plan, Path(plan["photo"]).read_bytes()))))


if __name__ == "__main__":
    main()
