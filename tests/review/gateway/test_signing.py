"""Signatures in every form that an installation may take, and nothing in a form that it does not."""

import base64
import hashlib
import hmac
import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from supervision import environment
from supervision.review.gateway import signing

NAME, BODY = "H99010100001.1", b'{"infno": "3101"}'
ALL = ("HMAC-SHA256", "HMAC-SM3", "GATEWAY-HMAC-SHA1")
PROJECT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def everything_is_taken(settings: Settings) -> None:
    settings.REVIEW_SIGNATURES = ALL


def sm3(what: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(what)
    return digest.finalize()


def meta(headers: dict[str, str]) -> dict[str, str]:
    """Headers as a server hands them on."""
    return {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}


def test_a_signature_is_what_a_client_reckons_without_our_code() -> None:
    key = signing.secret(NAME).encode()
    expected = hmac.new(key, b"1700000000\n" + BODY, hashlib.sha256).hexdigest()
    assert signing.sign(NAME, BODY, at=1700000000).endswith(f"signature={expected}")


def test_the_national_hash_is_the_published_one_keyed_as_rfc_2104_says() -> None:
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905, A.1
    key = signing.secret(NAME).encode().ljust(64, b"\0")
    inner = sm3(bytes(one ^ 0x36 for one in key) + b"1700000000\n" + BODY)
    outer = sm3(bytes(one ^ 0x5C for one in key) + inner)
    assert signing.sign(NAME, BODY, at=1700000000, scheme="HMAC-SM3").endswith(f"signature={outer.hex()}")


@pytest.mark.parametrize("scheme", ["HMAC-SHA256", "HMAC-SM3"])
def test_both_hashes_open_the_door_and_neither_passes_for_the_other(scheme: str) -> None:
    header = signing.sign(NAME, BODY, scheme=scheme)
    assert signing.check(header, BODY) == ("H99010100001", 1)
    other = {"HMAC-SHA256": "HMAC-SM3", "HMAC-SM3": "HMAC-SHA256"}[scheme]
    with pytest.raises(signing.NotSigned, match="differs"):
        signing.check(header.replace(scheme, other), BODY)
    with pytest.raises(signing.NotSigned, match="differs"):
        signing.check(header, BODY + b" ")


def test_what_the_setting_does_not_name_is_refused(settings: Settings) -> None:
    settings.REVIEW_SIGNATURES = ("HMAC-SM3",)
    with pytest.raises(signing.NotSigned, match="HMAC-SHA256 is not taken here; HMAC-SM3 are"):
        signing.check(signing.sign(NAME, BODY), BODY)
    with pytest.raises(signing.NotSigned, match="gateway's headers are not taken"):
        signing.signer(meta(signing.sign_for_gateway(NAME, "3101")), BODY)


# --- The headers of the country's gateways ----------------------------------------------------------------


def test_a_gateways_headers_are_signed_sorted_by_name() -> None:
    sent = signing.sign_for_gateway(NAME, "3101", at=1700000000000)
    said = f"_api_access_key={NAME}&_api_name=3101&_api_timestamp=1700000000000&_api_version=1.0.0"
    reckoned = hmac.new(signing.secret(NAME).encode(), said.encode(), hashlib.sha1).digest()
    assert sent["_api_signature"] == base64.b64encode(reckoned).decode()


def test_a_gateways_headers_open_the_door() -> None:
    assert signing.signer(meta(signing.sign_for_gateway(NAME, "3101")), BODY) == ("H99010100001", 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"_api_signature": ""}, "_api_signature is missing"),
        ({"_api_version": ""}, "_api_version is missing"),
        ({"_api_name": "3102"}, "differs"),
        ({"_api_access_key": "H99010100001.2"}, "differs"),
        ({"_api_access_key": "nobody"}, "unknown"),
        ({"_api_signature": "é"}, "differs"),
        ({"_api_timestamp": "20260310093000123"}, "13 digits"),
        ({"_api_timestamp": "١" * 13}, "13 digits"),
    ],
)
def test_another_word_of_the_gateways_opens_nothing(change: dict[str, str], words: str) -> None:
    with pytest.raises(signing.NotSigned, match=words):
        signing.signer(meta(signing.sign_for_gateway(NAME, "3101") | change), BODY)


def test_an_old_signature_is_refused_in_every_form(settings: Settings) -> None:
    late = int(time.time()) - settings.REVIEW_CLOCK_SKEW - 5
    for scheme in ALL[:2]:
        with pytest.raises(signing.NotSigned, match="too far"):
            signing.check(signing.sign(NAME, BODY, at=late, scheme=scheme), BODY)
    with pytest.raises(signing.NotSigned, match="too far"):
        signing.signer(meta(signing.sign_for_gateway(NAME, "3101", at=late * 1000)), BODY)


def test_beside_the_header_of_ours_those_of_a_gateway_say_nothing() -> None:
    """A client behind a gateway may send both; what covers the body counts."""
    sent = meta(signing.sign_for_gateway("H99020100001.1", "3101")) | {"HTTP_AUTHORIZATION": signing.sign(NAME, BODY)}
    assert signing.signer(sent, BODY)[0] == "H99010100001"


def test_an_unknown_form_in_the_settings_says_which_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_SIGNATURES", "HMAC-SM3, MD5")
    with pytest.raises(ImproperlyConfigured, match="'MD5' is not known: write some of HMAC-SHA256"):
        environment.choices("REVIEW_SIGNATURES", ALL, ALL[0])
    monkeypatch.setenv("REVIEW_SIGNATURES", "HMAC-SM3, HMAC-SHA256")
    assert environment.choices("REVIEW_SIGNATURES", ALL, ALL[0]) == ("HMAC-SM3", "HMAC-SHA256")


# --- Names with an underscore, over a socket --------------------------------------------------------------


@pytest.fixture
def served() -> Iterator[str]:
    """A gunicorn with the site's own configuration."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "tests.review.echoing", "--bind", address, "--no-control-socket"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            yield f"http://{address}/"
        finally:
            server.terminate()


def test_the_server_hands_on_the_gateways_names_and_no_others_with_an_underscore(served: str) -> None:
    sent = signing.sign_for_gateway(NAME, "3101")
    told = heard(urllib.request.Request(served, headers={**sent, "X_Forwarded_For": "9.9.9.9"}))  # noqa: S310
    assert "HTTP_X_FORWARDED_FOR" not in told
    assert signing.signer(told, BODY) == ("H99010100001", 1)


def heard(request: urllib.request.Request) -> dict[str, str]:
    """What the server tells, as soon as it answers."""
    for _time in range(200):
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
                told: dict[str, str] = json.load(answer)
                return told
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")
