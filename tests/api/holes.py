"""Bodies that have broken other systems: each is made out of a good one, at every place of it."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

DEEP: Any = json.loads("[" * 900 + "]" * 900)
VALUES: list[Any] = [
    None, True, "", " ", [], {}, [[]], [None], {"": ""}, 0, -1, 1e308, 10**30, -(10**25), 0.1 + 0.2, "\0", "a\0b", "\ud800",
    "\udfff\ud800", "\u202e\u2066", "\ufeff", "１２", "٣", "NaN", "-Infinity", "1e400", "1E+999999", "0x10", "9" * 400, "x" * 70_000,
    "2026-02-30", "0000-00-00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "10000-01-01", "=1+1", "' OR 1=1 --",
    "{{7*7}}", "../../etc/passwd", "<script>", "\r\nX: y", DEEP, {"a": DEEP}, ["x"] * 6000,
]  # fmt: skip
RAW = [
    b"", b"null", b"[]", b'"', b"{", b"\x00", b"\xff\xfe", b"[" * 100_000, b'{"a":' * 100_000, b'{"id": NaN}', b'{"id": 1e400}',
    b'{"id": 1, "id": 2}', b'{"id": "\\ud800"}', b"1" * 100_000, b'{"id": 1E99999999999999999999}', b"\x1f\x8b\x08" + b"\x00" * 50,
    b"--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\nnull\r\n--x--\r\n", "{\u2028}".encode(), "{}".encode("utf-16"),
]  # fmt: skip
TYPES = [
    "application/json; charset=utf-16", "application/json; charset=nothing", "text/plain", "", "application/xml", "a",
    "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/json; boundary=\x01",
]  # fmt: skip


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, one in inner:
        yield from places(one, (*path, name))


def with_holes(good: Any) -> Iterator[tuple[tuple[Any, ...], bytes]]:
    """Every value at every place, and every node without one of its names."""
    for path in places(good):
        for value in VALUES:
            yield path, json.dumps(put(good, path, value)).encode()
        if path and isinstance(path[-1], str):
            yield path, json.dumps(without(good, path)).encode()


def put(good: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    found = deepcopy(good)
    at(found, path[:-1])[path[-1]] = value
    return found


def without(good: Any, path: tuple[Any, ...]) -> Any:
    found = deepcopy(good)
    del at(found, path[:-1])[path[-1]]
    return found


def at(node: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        node = node[step]
    return node
