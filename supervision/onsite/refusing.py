"""Why a visit or an entry is not taken."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What a device is told of an entry that is not kept. It keeps what is damaged or waits, and sends it again.
REASONS: dict[str, Promise] = {
    "damaged": _("It did not arrive as it was written, and is sent again."),
    "waits": _("The virus scanner does not answer, and it is sent again."),
    "another": _("Another entry has this number."),
    "unread": _("It is no entry of this visit."),
    "bare": _("It names a file that does not come with it."),
    "invisible": _("It holds characters that nobody can see."),
    "infected": _("The virus scanner has found something in the file."),
    "no_picture": _("The file is no picture that can be read."),
    "stranger": _("The device was taken along by somebody else."),
}
AGAIN = ("damaged", "waits", "bare")  # is worth sending again as it is


class EntryRefused(Exception):
    """The entry is not kept: a code of REASONS."""

    def __init__(self, code: str) -> None:
        super().__init__(str(REASONS[code]))
        self.code = code
