"""Sound and film without what telephones write into them: where, when, with what and by whom they were recorded.

They are too various to be drawn anew as pictures are. Their structure is walked from end to end instead, which also
proves that they are what they began as; what only tells of the recording is overwritten in its place.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from supervision.complaints.gate.recognising import AMR, GP3, M4A, MOV, MP3, MP4, OGG, WAV, WEBM

from .boxes import boxes
from .coming import Coming
from .elements import elements
from .sounds import chunks, frames, pages, speech_frames

WAYS: Mapping[str, Callable[[Coming], Iterator[bytes]]] = {
    MP4: boxes, MOV: boxes, GP3: boxes, M4A: boxes,
    WAV: chunks, MP3: frames, AMR: speech_frames, OGG: pages, WEBM: elements,
}  # fmt: skip


def wiped(media_type: str, pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The same recording without its notes, or UploadRefused where it is not whole."""
    return WAYS[media_type](Coming(pieces, size))
