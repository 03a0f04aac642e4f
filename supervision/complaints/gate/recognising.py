"""What a file is, by its content: a name proves nothing, and what is proved to be nothing we know is not let in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from supervision.documents.cleaning import JPEG, PDF, PNG, WEBP

from .models import Kind
from .refusing import UploadRefused

MP3, M4A, WAV, OGG, AMR = "audio/mpeg", "audio/mp4", "audio/wav", "audio/ogg", "audio/amr"
MP4, MOV, GP3, WEBM = "video/mp4", "video/quicktime", "video/3gpp", "video/webm"
ENDINGS: Mapping[str, str] = {
    JPEG: "jpg", PNG: "png", WEBP: "webp", PDF: "pdf", MP3: "mp3", M4A: "m4a", WAV: "wav", OGG: "ogg", AMR: "amr",
    MP4: "mp4", MOV: "mov", GP3: "3gp", WEBM: "webm",
}  # fmt: skip
ENOUGH = 4096  # bytes that tell

# The first words of the families of ISO's media files that telephones write. Others of the family are pictures (HEIC,
# AVIF), which we cannot draw anew: they are not among them.
BRANDS: Mapping[bytes, str] = {
    b"M4A ": M4A, b"M4B ": M4A, b"qt  ": MOV, b"3gp": GP3, b"3g2": GP3, b"isom": MP4, b"iso2": MP4, b"iso4": MP4,
    b"iso5": MP4, b"iso6": MP4, b"mp41": MP4, b"mp42": MP4, b"avc1": MP4, b"M4V": MP4, b"MSNV": MP4, b"dash": MP4,
}  # fmt: skip
BITRATES = (  # thousand bits a second, of the third layer: of MPEG 1, and of its later slower kin
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


@dataclass(frozen=True)
class Found:
    kind: Kind
    media_type: str


def recognised(start: bytes) -> Found:
    """By the first thousands of bytes, or UploadRefused."""
    if not start:
        raise UploadRefused("empty")
    for kind, tests in TESTS.items():
        for test in tests:
            if media_type := test(start):
                return Found(kind, media_type)
    raise UploadRefused("unknown")


def beginning(pattern: bytes, media_type: str) -> Callable[[bytes], str]:
    return lambda start: media_type if re.match(pattern, start, re.DOTALL) else ""


def family(media_types: tuple[str, ...]) -> Callable[[bytes], str]:
    """ISO's media files say in their first box which they are; Apple's older ones have none and begin with the rest."""

    def of(start: bytes) -> str:
        if start[4:8] != b"ftyp":
            return MOV if MOV in media_types and start[4:8] in (b"moov", b"mdat", b"wide") else ""
        found = next((one for brand, one in BRANDS.items() if start[8:].startswith(brand)), "")
        return found if found in media_types else ""

    return of


def speech(start: bytes) -> str:
    """MP3: behind its notes, two frames in a row. Two bytes alone would be found in anything."""
    place = 0
    while start[place : place + 3] == b"ID3":
        place += 10 + sum((one & 127) << 7 * (3 - at) for at, one in enumerate(start[place + 6 : place + 10]))
        if place >= len(start):
            return MP3  # its notes hold a picture; the frames behind are looked at when all has come
    length = frame_length(start[place : place + 4])
    return MP3 if length and frame_length(start[place + length : place + length + 4]) else ""


def frame_length(head: bytes) -> int:
    """Bytes of a frame of the third layer that begins so; 0 where none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or head[1] >> 1 & 3 != 1:
        return 0
    version, rate, bits = head[1] >> 3 & 3, head[2] >> 2 & 3, head[2] >> 4
    if version == 1 or rate == 3 or not 0 < bits < 15:
        return 0
    samples = 144 if version == 3 else 72
    return samples * BITRATES[version != 3][bits] * 1000 // RATES[version][rate] + (head[2] >> 1 & 1)


def matroska(start: bytes) -> str:
    """WebM is the one kind of Matroska that browsers record."""
    return WEBM if start.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in start[:64] else ""


TESTS: Mapping[Kind, tuple[Callable[[bytes], str], ...]] = {
    Kind.PHOTO: (
        beginning(rb"\xff\xd8\xff", JPEG), beginning(rb"\x89PNG\r\n\x1a\n", PNG), beginning(rb"RIFF.{4}WEBPVP8", WEBP),
    ),
    Kind.PDF: (beginning(rb"%PDF-", PDF),),
    Kind.AUDIO: (
        beginning(rb"RIFF.{4}WAVE", WAV), beginning(rb"OggS\0", OGG), beginning(rb"#!AMR(-WB)?\n", AMR),
        family((M4A,)), speech,
    ),
    Kind.VIDEO: (family((MP4, MOV, GP3)), matroska),
}  # fmt: skip
