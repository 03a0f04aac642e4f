"""Files as strangers send them: through the views, piece by piece."""

import base64
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from supervision.complaints.gate import keeping, shelf, uploading
from supervision.complaints.gate.models import Upload

TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


def begun(browser: Client, size: int, name: str = "photo.jpg", *, ticket: str = "") -> Any:
    told = {"Upload-Length": str(size), "Upload-Metadata": "filename " + base64.b64encode(name.encode()).decode()}
    return browser.post("/report/files/", headers=TUS | told | {"Upload-Ticket": ticket or uploading.ticket()})


def at_once(browser: Client, content: bytes, name: str = "photo.jpg", *, ticket: str = "") -> Any:
    """Begun with all of it, as a small photo comes."""
    told = {"Upload-Length": str(len(content)), "Upload-Ticket": ticket or uploading.ticket()}
    told["Upload-Metadata"] = "filename " + base64.b64encode(name.encode()).decode()
    return browser.post("/report/files/", content, content_type=PIECE, headers=TUS | told)


def piece(browser: Client, address: str, content: bytes, offset: int) -> Any:
    return browser.patch(address, content, content_type=PIECE, headers=TUS | {"Upload-Offset": str(offset)})


def sent(browser: Client, content: bytes, name: str = "photo.jpg", *, step: int = 1 << 19) -> Any:
    """The last answer; where the file was refused before its end, that refusal."""
    answer = begun(browser, len(content), name)
    address, offset = answer.headers.get("Location", ""), 0
    while answer.status_code < 300 and offset < len(content):
        answer = piece(browser, address, content[offset : offset + step], offset)
        offset += step
    answer.headers["Location"] = address
    return answer


def token_of(answer: Any) -> str:
    address: str = answer.headers["Location"]
    return address.rstrip("/").rpartition("/")[2]


def given(content: bytes, name: str = "photo.jpg") -> Upload:
    """Taken with a form."""
    return keeping.take(SimpleUploadedFile("given", content), name=name)


def on_disk() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in shelf.folder("").rglob("*") if path.is_file()}
