"""What the device's script says. The page that it stands on is kept by the browser, so all of it goes along."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from supervision.invisible import BREAKS, RANGES

from .models import Entry


def words() -> dict[str, str]:
    """Sentences by what they are said for; `%n` stands for a number."""
    return {
        "offline": _("No network. Everything stays on this device."),
        "waiting": _("%n entries are on this device alone."),
        "all_sent": _("Everything is with the server."),
        "sending": _("Sending …"),
        "no_network": _("The server cannot be reached. Everything stays on this device."),
        "signed_out": _("You are signed out. Sign in and come back to this page to send."),
        "another_officer": _("Somebody else is signed in. Whoever took the visit along sends it."),
        "gone": _("The server does not find this visit for you. Everything stays on this device."),
        "failed": _("The server could not take it. It is sent again."),
        "wrong_password": _("That is not the device password."),
        "waits": _("on this device alone"),
        "taken": _("with the server"),
        "had": _("with the server"),
        "late": _("with the server, after the record was sealed"),
        "refused": _("not kept by the server:"),
        "drop": _("Remove it"),
        "not_back": _("Not everything has arrived. It is sent again."),
        "refused_left": _("Remove what the server does not keep, then hand back."),
        "handed_back": _("Everything is with the server, and nothing is left on this device."),
        "erase_unsent": _("What is on this device alone will be lost. Erase it all the same?"),
        "too_big": _("The photo is too large."),
        "no_photo": _("That is no JPEG, PNG or WebP picture."),
        "choose": _("Choose an answer first."),
        "write": _("Write who said it, and what."),
        "draw": _("Sign in the box first."),
        "who": _("Say who signs."),
        "disputed": _("Two answers stand here. Answer once more: the new answer stands in their place."),
        "no_password": _("At least eight characters."),
        "another_visit": _("Another visit is on this device. Hand it back first."),
        **{one.value: str(one.label) for one in Entry.Answer},
        "photo": pgettext("of an entry", "photo"),
        "statement": pgettext("of an entry", "statement"),
        "signature": pgettext("of an entry", "signature"),
    }


def invisible() -> dict[str, object]:
    """The characters that nobody can see, which the device leaves out of what is typed."""
    return {"ranges": RANGES, "breaks": BREAKS}
