"""What comes piece by piece, read as far as it is needed."""

from collections.abc import Iterable, Iterator

from supervision.complaints.gate.refusing import UploadRefused

PIECE = 1 << 20


class Coming:
    """Bytes of a known number, of which a few are held at a time."""

    def __init__(self, pieces: Iterable[bytes], size: int) -> None:
        self.pieces, self.held, self.place, self.size = iter(pieces), bytearray(), 0, size

    @property
    def left(self) -> int:
        return self.size - self.place

    def peek(self, count: int) -> bytes:
        while len(self.held) < count and (piece := next(self.pieces, b"")):
            self.held += piece
        return bytes(self.held[:count])

    def take(self, count: int) -> bytes:
        """Exactly so many bytes, or the file is cut off."""
        found = self.peek(count)
        if len(found) < count:
            raise UploadRefused("damaged")
        del self.held[:count]
        self.place += count
        return found

    def through(self, count: int) -> Iterator[bytes]:
        while count:
            piece = self.take(min(count, PIECE))
            count -= len(piece)
            yield piece

    def blank(self, count: int) -> Iterator[bytes]:
        for piece in self.through(count):
            yield bytes(len(piece))
