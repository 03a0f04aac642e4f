"""WebM: elements in elements. What tells of the recording becomes an empty element of the same length."""

from collections.abc import Iterator

from supervision.complaints.gate.refusing import UploadRefused

from .coming import Coming

SEGMENT, INFO, CLUSTER, VOID = b"\x18\x53\x80\x67", b"\x15\x49\xa9\x66", b"\x1f\x43\xb6\x75", b"\xec"
# Tags, attached files, the day, the title, the name of a file, and what was empty before.
TOLD = {b"\x12\x54\xc3\x67", b"\x19\x41\xa4\x69", b"\x44\x61", b"\x7b\xa9", b"\x73\x84", VOID}


def elements(coming: Coming) -> Iterator[bytes]:
    """What tells of the recording is made into nothing of the same length."""
    recorded = False
    while coming.left:
        name, length, head = element(coming.peek(12))
        coming.take(len(head))
        recorded = recorded or name == CLUSTER
        if name in (SEGMENT, INFO) or length is None:
            yield head  # one that holds others: they are walked in turn
            continue
        if length > coming.left:
            raise UploadRefused("damaged")
        if name in TOLD:
            yield nothing(len(head), length)
            yield from coming.blank(length)
        else:
            yield head
            yield from coming.through(length)
    if not recorded:
        raise UploadRefused("damaged")


def element(start: bytes) -> tuple[bytes, int | None, bytes]:
    """An element's name, its length where it says one, and both as they stand."""
    wide = leading(start[:1], 4)
    name = start[:wide]
    long = leading(start[wide : wide + 1], 8)
    head = start[: wide + long]
    if not wide or not long or len(head) < wide + long:
        raise UploadRefused("damaged")
    length = int.from_bytes(head[wide:], "big") & ((1 << 7 * long) - 1)
    return name, None if length == (1 << 7 * long) - 1 else length, head


def leading(first: bytes, most: int) -> int:
    """How many bytes a number has, as its first one tells."""
    count = 9 - first[0].bit_length() if first and first[0] else 0
    return count if count <= most else 0


def nothing(head: int, length: int) -> bytes:
    """The head of an empty element that is as long as the one it takes the place of."""
    return VOID + (length | 1 << 7 * (head - 1)).to_bytes(head - 1, "big")
