"""Characters that nobody can see: told everywhere alike, and given back with their place instead of being kept."""

import html
import re
from urllib.parse import urlencode

import duckdb
import pytest
from django.test import Client

from institutions.models import Duty
from supervision import invisible
from supervision.ledger.models import Stage, WriteOff
from tests.builders import make_account
from tests.ledger.small import make_item

SEEN = ["药品", "a b", "“引号”…—·°±￥，", "𠮷野", "葛\U000e0100", "👍", "é", "\u3000全角"]
CODES = [code for first, last in invisible.RANGES for code in (first, last)]


@pytest.mark.parametrize("code", CODES, ids=lambda code: f"U+{code:04X}")
def test_engine_forms_and_bytes_tell_the_same_characters(code: int) -> None:
    text = f"药{chr(code)}品"
    assert invisible.IN_A_VALUE.search(text)
    if code:
        asked = duckdb.execute(f"SELECT regexp_matches(?, '{invisible.IN_DUCKDB}')", [text])
        assert asked.fetchone() == (True,)
    assert invisible.stands_in(text.encode()) == (code >= 0x80)
    assert bool(invisible.IN_A_TEXT.search(text)) == (chr(code) not in "\t\n\r")


@pytest.mark.parametrize("text", SEEN)
def test_what_people_write_is_left_alone(text: str) -> None:
    assert not invisible.IN_A_VALUE.search(text)
    assert not invisible.stands_in(text.encode())
    assert duckdb.execute(f"SELECT regexp_matches(?, '{invisible.IN_DUCKDB}')", [text]).fetchone() == (False,)


def test_lines_may_be_broken_in_a_text() -> None:
    assert invisible.without("一\r\n\t二\u202e\u200b") == "一\r\n\t二"


@pytest.fixture
def browser(db: None) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_account("yunze", duties=list(set(Duty) - {Duty.ADMINISTER})))
    return client


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u2028", "\ufffe", "\ufeff", "\x00"])
def test_a_form_with_one_is_given_back_with_its_place_and_sent_without_by_one_click(browser: Client, sign: str) -> None:
    item = make_item("line 1", at=Stage.DEMANDED, amount="10.00")
    address = f"/desk/ledger/items/{item.pk}/write-off/"
    said = {"write-off-amount": "1.00", "write-off-reason": f"closed{sign} for good"}
    said["write-off-basis"] = "<ruling> of\n“2026”"
    page = browser.post(address, said)
    text = page.content.decode()
    assert page.status_code == 400
    assert f"write-off-reason: <bdi>closed[U+{ord(sign):04X}]</bdi>" in text
    assert not WriteOff.objects.exists()
    fields = [(name, html.unescape(value)) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', text)]
    kept = dict(fields)
    assert (kept["write-off-reason"], kept["write-off-basis"]) == ("closed for good", said["write-off-basis"])
    browser.post(address, urlencode(fields), content_type="application/x-www-form-urlencoded")
    assert WriteOff.objects.get().reason == "closed for good"


def test_a_password_is_never_sent_back(browser: Client) -> None:
    said = {"what": "codes\u202e", "password": "a secret \u200b phrase", "code": "123456"}
    page = browser.post("/second-factor/", said)
    assert page.status_code == 400
    assert b"a secret" not in page.content
    assert b"Send it without them" not in page.content
