"""Which act keeps what a message tells."""

from collections.abc import Callable, Mapping

from institutions.models import Institution
from supervision.review.choices import telling
from supervision.review.messages import Message
from supervision.review.models import Message as Kept

from . import listing, settling, uploading, visiting

Output = Mapping[str, object]

KEEPING: Mapping[str, Callable[[Message, Institution, Kept], Output]] = {
    "2204": uploading.upload, "2301": uploading.upload,
    "2207": settling.settle, "2304": settling.settle, "2601": settling.reverse,
}  # fmt: skip
SAYING: Mapping[str, Callable[[Message, Institution], Output]] = {
    "3103": telling.tell,
    "2203": visiting.open_visit, "2401": visiting.admit, "2403": visiting.change, "2402": visiting.discharge,
    "2205": uploading.withdraw, "2302": uploading.withdraw,
    "2208": settling.undo, "2305": settling.undo,
    "4101": listing.enlist, "4101A": listing.enlist,
}  # fmt: skip


def act(message: Message, place: Institution, kept: Kept) -> Output:
    """Keep what the message tells; answers its `output`. The lines and settlements name the message they came with."""
    if keep := KEEPING.get(message.envelope.infno):
        return keep(message, place, kept)
    return SAYING[message.envelope.infno](message, place)
