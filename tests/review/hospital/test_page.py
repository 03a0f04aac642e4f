"""What the page for integrators says of signatures is what they come to."""

import re
from pathlib import Path

from tests.review.hospital.client import Client

PAGE = Path(__file__).resolve().parents[3] / "docs" / "national-messages.md"
EXAMPLE = re.compile(
    r"secret `(?P<secret>[^`]+)`, the time `(?P<time>[0-9]+)` and the body `(?P<body>[^`]+)` the signature is `(?P<signature>[^`]+)`"
)


def test_the_example_on_the_page_is_signed_as_the_page_says() -> None:
    said = EXAMPLE.search(" ".join(PAGE.read_text().split()))
    assert said
    client = Client("", "H99010100001", "H99010100001.1", said["secret"])
    signed = client.signed(said["body"].encode(), at=float(said["time"]))
    assert signed["Authorization"].endswith(f"signature={said['signature']}")
