"""Why something is not let in, in words for whoever sent it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from supervision.refusal import Refused

REASONS: dict[str, Promise] = {
    "empty": gettext_lazy("The file is empty."),
    "unknown": gettext_lazy(
        "By its content this is none of what can be sent: photos (JPEG, PNG, WebP), PDF, sound (MP3, M4A, WAV, OGG, "
        "AMR) or film (MP4, MOV, 3GP, WebM)."
    ),
    "photo": gettext_lazy("The photo is larger than %(detail)s MB. Save it smaller."),
    "pdf": gettext_lazy("The PDF is larger than %(detail)s MB. Split it or save it smaller."),
    "audio": gettext_lazy("The recording is larger than %(detail)s MB. Send it in parts."),
    "video": gettext_lazy("The film is larger than %(detail)s MB. Send it in parts."),
    "damaged": gettext_lazy("The file cannot be read to its end. Save, scan or record it anew."),
    "locked": gettext_lazy("The file is protected by a password. Save it without."),
    "pixels": gettext_lazy("The picture has too many points (%(detail)s). Save it smaller."),
    "bomb": gettext_lazy("The file unpacks to far more than a document holds."),
    "active": gettext_lazy(
        "The file holds a script or starts programs. Print it to a new PDF, or take photos of its pages."
    ),
    "carries": gettext_lazy("The file carries other files or films. Send those by themselves."),
    "slow": gettext_lazy("The file takes too long to be checked. Save it smaller."),
    "infected": gettext_lazy(
        "The virus scanner found something in this file, so it was not kept. Send photos of it instead."
    ),
    "many": gettext_lazy("At most %(detail)s files can be sent at once. More can be added later with the receipt."),
    "full": gettext_lazy(
        "So many files are being sent just now that there is no room for this one. Send your report without it: "
        "files can be added later with the receipt."
    ),
    "gone": gettext_lazy("This file is not here any more. Choose it again."),
    "unproved": gettext_lazy("This page has been open for too long. Choose the file again."),
}  # fmt: skip


class UploadRefused(Refused):
    """The file is not let in; the sentence says why."""

    def __init__(self, code: str, detail: object = "") -> None:
        super().__init__(str(REASONS[code]) % {"detail": detail})
        self.code = code


class ProofRefused(Refused):
    """What should prove good will does not; the sentence says what to do."""
