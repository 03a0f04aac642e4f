"""Characters that nobody can see: they hide what a text says, turn its order, or make two names of one.

What counts as invisible stands here once. Where text enters, it is asked for by the place: intake refuses the claim and
names row and column; a form is given back with the place marked; a letter leaves out what no paper can show.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

RANGES = (
    (0x00, 0x1F), (0x7F, 0x9F),  # controls, the C1 line break among them
    (0xAD, 0xAD),  # soft hyphen
    (0x061C, 0x061C), (0x200B, 0x200F),  # no width, joiners, marks of direction
    (0x2028, 0x202E),  # line and paragraph ends that no line counter knows; overrides of direction
    (0x2060, 0x206F),  # word joiner, invisible signs, isolates
    (0xFDD0, 0xFDEF), (0xFFFE, 0xFFFF),  # no characters at all
    (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),  # byte order mark within a text, annotations
    (0xE0000, 0xE007F),  # tags
)  # fmt: skip
BREAKS = "\t\n\r"  # what people type to begin a line


def pattern(escape: str) -> str:
    """The class of all of them, in the notation of an engine."""
    return "[" + "".join(f"{escape.format(first)}-{escape.format(last)}" for first, last in RANGES) + "]"


IN_DUCKDB = pattern(r"\x{{{:x}}}")
IN_A_VALUE = re.compile(pattern(r"\U{:08x}"))
IN_A_TEXT = re.compile(f"(?![{BREAKS}]){IN_A_VALUE.pattern}")


def in_bytes() -> Iterator[tuple[bytes, re.Pattern[bytes]]]:
    """For each beginning that their UTF-8 can have beyond ASCII: the beginning, and what tells them behind it."""
    ends: dict[bytes, bytearray] = defaultdict(bytearray)
    for first, last in RANGES:
        for code in range(max(first, 0x80), last + 1):
            spelt = chr(code).encode()
            ends[spelt[:-1]].append(spelt[-1])
    for begins, letters in ends.items():
        yield begins, re.compile(re.escape(begins) + b"[" + b"".join(b"\\x%02x" % one for one in letters) + b"]")


IN_BYTES = tuple(in_bytes())


def stands_in(lines: bytes) -> bool:
    """Whether one beyond ASCII stands in this UTF-8; nearly always a look at a few beginnings tells."""
    return any(begins in lines and told.search(lines) for begins, told in IN_BYTES)


def without(text: str) -> str:
    return IN_A_TEXT.sub("", text)


def marked(text: str) -> str:
    """What stands before the first one, and its number: where to look for it."""
    found = IN_A_TEXT.search(text)
    assert found
    return f"{text[max(0, found.start() - 20) : found.start()]}[U+{ord(found[0]):04X}]"


class VisibleText:
    """A form that holds one is given back with the place marked; one click sends it without, and nothing is lost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> HttpResponse | None:
        # Nothing is kept of what is typed at the door; what is signed rather than typed is checked where it is read.
        typed = request.method == "POST" and request.user.is_authenticated and not getattr(view, "csrf_exempt", False)
        if not typed:
            return None
        sent = [(name, value) for name, values in request.POST.lists() for value in values if "password" not in name]
        found = [(name, marked(value)) for name, value in sent if IN_A_TEXT.search(value)]
        return given_back(request, sent, found) if found else None


def given_back(request: HttpRequest, sent: list[tuple[str, str]], found: list[tuple[str, str]]) -> HttpResponse:
    context = {
        "found": found,
        "sent": [(name, without(value)) for name, value in sent if name != "csrfmiddlewaretoken"],
        # Files and passwords are not sent back by us: then it is for the form itself to be mended.
        "again": not request.FILES and len(sent) == sum(len(values) for _name, values in request.POST.lists()),
        "address": request.get_full_path(),
    }
    page = "_invisible.html" if "HX-Request" in request.headers else "invisible.html"
    return render(request, page, context, status=200 if "HX-Request" in request.headers else 400)
