"""Sound and films as telephones write them, made small: each with a place, a day and a name beside what was recorded."""

import io
import struct
import wave

from supervision.complaints.gate.wiping.sounds import summed

PLACE = b"+39.9042+116.4074/"
NAME = b"Li Ming of ward 7"
SECOND = struct.pack(">I", 3_850_000_000)  # of 2026, as films count


def box(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def film(brand: bytes = b"isom", *, more: bytes = b"") -> bytes:
    """A film of one track, with the place in three ways."""
    head = b"\0" * 4 + SECOND + SECOND + b"\0" * 92
    track = box(b"trak", box(b"tkhd", head) + box(b"mdia", box(b"mdhd", head) + box(b"hdlr", b"\0" * 8 + b"vide")))
    notes = box(b"udta", box(b"\xa9xyz", PLACE)) + box(b"meta", NAME + PLACE) + box(b"uuid", b"u" * 16 + PLACE)
    first = box(b"ftyp", brand + b"\0\0\2\0" + brand)
    return (
        first
        + box(b"moov", box(b"mvhd", head) + track + notes)
        + box(b"free", NAME)
        + box(b"mdat", b"picture" * 99)
        + more
    )


def mp3(frames: int = 20) -> bytes:
    notes = b"TXXX" + struct.pack(">I", 60) + b"\0\0\0" + (PLACE + NAME).ljust(59)
    length = len(notes)
    head = b"ID3\x03\0\0" + bytes([length >> 21 & 127, length >> 14 & 127, length >> 7 & 127, length & 127])
    frame = b"\xff\xfb\x90\x00" + b"s" * 413  # 128 kbit/s at 44.1 kHz
    return head + notes + frame * frames + b"TAG" + NAME.ljust(125)


def wav() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"so" * 800)
    whole = made.getvalue() + b"LIST" + struct.pack("<I", len(PLACE + NAME) + 1) + PLACE + NAME + b"\0"
    return whole[:4] + struct.pack("<I", len(whole) - 8) + whole[8:]


def ogg() -> bytes:
    lines = PLACE + NAME
    told = b"OpusTags" + struct.pack("<I", 4) + b"Xiph" + struct.pack("<II", 1, len(lines)) + lines
    head = b"OpusHead" + b"\1\1" + b"\0" * 9
    return b"".join(page(number, one) for number, one in enumerate([head, told, b"sound" * 40]))


def page(number: int, content: bytes) -> bytes:
    lacing = bytes([255] * (len(content) // 255) + [len(content) % 255])
    head = b"OggS\0\0" + b"\0" * 8 + struct.pack("<III", 7, number, 0) + bytes([len(lacing)])
    return summed(head + lacing + content)


def amr() -> bytes:
    return b"#!AMR\n" + b"\x3c" + b"s" * 31


def element(name: bytes, content: bytes) -> bytes:
    return name + (len(content) | 1 << 28).to_bytes(4, "big") + content


def webm() -> bytes:
    """As browsers record it: of unknown length."""
    about = element(b"\x15\x49\xa9\x66", element(b"\x44\x61", b"\0" * 4 + SECOND) + element(b"\x7b\xa9", NAME))
    tags = element(b"\x12\x54\xc3\x67", PLACE)
    cluster = b"\x1f\x43\xb6\x75\x01\xff\xff\xff\xff\xff\xff\xff" + element(b"\xa3", b"picture")
    segment = b"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff"
    return element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm")) + segment + about + tags + cluster


RECORDINGS = {
    "video/mp4": film(), "video/quicktime": film(b"qt  "), "video/3gpp": film(b"3gp5"), "audio/mp4": film(b"M4A "),
    "audio/mpeg": mp3(), "audio/wav": wav(), "audio/ogg": ogg(), "audio/amr": amr(), "video/webm": webm(),
}  # fmt: skip
