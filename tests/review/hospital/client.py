"""The part of a hospital's system that speaks to the platform: it numbers, signs and posts messages, and reads answers."""

import hmac
import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from typing import Any

from tests.review.hospital import brief

Message = dict[str, Any]
CHINA = timezone(timedelta(hours=8))
serials = count(1)


def now() -> datetime:
    return datetime.now(UTC).astimezone(CHINA)


class NotSpoken(Exception):
    """The platform answered in a form that the interface does not describe."""


@dataclass(frozen=True)
class Answer:
    """What came back, as far as the interface describes it."""

    body: Message

    @property
    def accepted(self) -> bool:
        return str(self.body["infcode"]) == "0"

    @property
    def error(self) -> str:
        return self.body.get("err_msg") or ""

    @property
    def output(self) -> Message:
        found: Message = self.body["output"]
        return found

    @property
    def results(self) -> list[Message]:
        found: list[Message] = self.output["result"]
        return found

    def about(self, line: str) -> list[Message]:
        """The results that accuse a line of the order."""
        return [
            result
            for result in self.results
            for detail in result["judge_result_detail_dtos"]
            if detail.get("rx_id") == line and detail["vola_item_type"] == "1"
        ]


@dataclass(frozen=True)
class Client:
    """One institution's way to the platform."""

    address: str
    institution: str
    key: str
    secret: str
    dialect: Callable[[Message], Message] = field(default=lambda message: message)

    def envelope(self, infno: str, **node: Any) -> Message:
        """A message of the national interface with a number of its own."""
        at = now()
        return {
            "infno": infno,
            "msgid": f"{self.institution}{at:%Y%m%d%H%M%S}{next(serials) % 10_000:04d}",
            "mdtrtarea_admvs": self.institution[1:7],
            "insuplc_admdvs": self.institution[1:7],
            "recer_sys_code": "SUPV",
            "dev_no": "",
            "dev_safe_info": "",
            "cainfo": "",
            "signtype": "",
            "infver": "V1.0",
            "opter_type": "1",
            "opter": "000123",
            "opter_name": "测试操作员",
            "inf_time": f"{at:%Y-%m-%d %H:%M:%S}",
            "fixmedins_code": self.institution,
            "fixmedins_name": "测试医院",
            "sign_no": "",
            "input": node,
        }

    def ask(self, infno: str, **node: Any) -> Answer:
        """Send a message in this client's dialect."""
        return self.send(self.dialect(self.envelope(infno, **node)))

    def send(self, message: Message) -> Answer:
        """Send a whole message; the answer must be of the form described for its number."""
        body = json.dumps(message, ensure_ascii=False).encode()
        status, said = self.post(body, self.signed(body))
        try:
            answer = json.loads(said)
        except ValueError as broken:
            raise NotSpoken(f"{status} {said.decode()}") from broken
        if wrong := brief.departures(str(message.get("infno")), answer):
            raise NotSpoken(f"{status} {'; '.join(wrong)}: {said.decode()}")
        return Answer(answer)

    def signed(self, body: bytes, *, at: float | None = None) -> Mapping[str, str]:
        """The header that says whose message this is."""
        moment = str(int(time.time() if at is None else at))
        signature = hmac.new(self.secret.encode(), moment.encode() + b"\n" + body, "sha256").hexdigest()
        return {"Authorization": f"HMAC-SHA256 key={self.key}, time={moment}, signature={signature}"}

    def post(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        kind = {"Content-Type": "application/json; charset=utf-8"}
        request = urllib.request.Request(self.address, data=body, headers={**kind, **headers}, method="POST")  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the platform's own address
                return answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read()
