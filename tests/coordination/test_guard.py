"""Attacks on the address guard: inner addresses in every spelling, names that change, redirects, other schemes."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import requests
from requests_hardened.ip_filter import InvalidIPAddress

from supervision.coordination import guard

INNER = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.8", "172.16.0.1", "192.168.1.1", "169.254.169.254",  # noqa: S104
    "100.64.0.1", "100.100.100.200", "168.63.129.16", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1",
    "::1", "::", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1", "fc00::1", "fd00:ec2::254", "fe80::1",
    "ff02::1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:db8::1",
]  # fmt: skip


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """What names stand for, one answer after the other; the names that were asked for."""
    asked: list[str] = []
    left = list(answers)

    def getaddrinfo(host: str, port: Any, *_args: Any, **_more: Any) -> list[Any]:
        asked.append(host)
        address = left.pop(0) if len(left) > 1 else left[0]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        where = (address, port, 0, 0) if ":" in address else (address, port)
        return [(family, socket.SOCK_STREAM, 6, "", where)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where a connection was tried; none is made."""
    tried: list[tuple[str, int]] = []

    def connect(address: tuple[str, int], *_args: Any, **_more: Any) -> Any:
        tried.append(address)
        raise OSError("no network here")

    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    return tried


@pytest.mark.parametrize("address", INNER)
def test_a_name_that_stands_for_an_inner_address_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, connected: list[tuple[str, int]], address: str
) -> None:
    resolving(monkeypatch, address)
    with pytest.raises((guard.Blocked, InvalidIPAddress)):
        guard.send("https://police.example/hook", b"{}", {})
    assert connected == []


@pytest.mark.parametrize("address", INNER)
def test_an_inner_address_is_not_even_kept(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(guard.AddressRefused):
        guard.check_form(f"https://{host}/hook")


@pytest.mark.parametrize("spelled", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
def test_other_spellings_of_this_machine_are_not_asked(connected: list[tuple[str, int]], spelled: str) -> None:
    """Looked up for real: the machine's own resolver reads them all."""
    with pytest.raises(requests.RequestException):
        guard.send(f"https://{spelled}/hook", b"{}", {})
    assert connected == []


def test_a_name_that_says_something_else_the_second_time_is_asked_at_the_address_looked_at(
    monkeypatch: pytest.MonkeyPatch, connected: list[tuple[str, int]]
) -> None:
    asked = resolving(monkeypatch, "93.184.215.14", "127.0.0.1")
    with pytest.raises(requests.ConnectionError):
        guard.send("https://police.example/hook", b"{}", {})
    assert asked == ["police.example"]  # looked up once
    assert connected == [("93.184.215.14", 443)]


@pytest.mark.parametrize(
    "url",
    [
        "http://police.example/", "ftp://police.example/", "file:///etc/passwd", "gopher://police.example/", "https://",
        "https:///hook", "//police.example/", "https://user@police.example/", "https://a:b@police.example/",
        "https://police.example/#part", "https://police.example:8443/", "https://police.example:99999/",
        "https://police.example:22/", "javascript:alert(1)", "",
    ],
)  # fmt: skip
def test_an_address_of_another_form_is_refused(url: str) -> None:
    with pytest.raises(guard.AddressRefused):
        guard.check_form(url)


def test_an_ordinary_address_is_kept() -> None:
    assert guard.check_form(" https://police.example/hooks/1?key=2 ") == "https://police.example/hooks/1?key=2"
    assert guard.check_form("https://police.example:443/") == "https://police.example:443/"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[str]]]:
    """A server of the test's own that redirects everything to /inner; the paths it was asked for."""
    paths: list[str] = []

    class Redirecting(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            paths.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(307 if self.path != "/inner" else 200)
            self.send_header("Location", "/inner")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: Any) -> None: ...

    monkeypatch.setattr(guard, "LOOPBACK", True)
    monkeypatch.setattr(guard, "SCHEME", "http")
    with HTTPServer(("127.0.0.1", 0), Redirecting) as one:
        thread = Thread(target=one.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{one.server_port}", paths
        one.shutdown()
        thread.join()


def test_a_redirect_is_not_followed(server: tuple[str, list[str]]) -> None:
    address, paths = server
    assert guard.send(f"{address}/hook", b"{}", {}) == 307
    assert paths == ["/hook"]


def test_no_proxy_of_the_environment_stands_between(
    monkeypatch: pytest.MonkeyPatch, server: tuple[str, list[str]]
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    address, paths = server
    assert guard.send(f"{address}/inner", b"{}", {}) == 200
    assert paths == ["/inner"]
