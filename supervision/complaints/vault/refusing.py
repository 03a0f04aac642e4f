"""Why something about an identity cannot be done, in the reader's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from supervision.refusal import Refused


class VaultRefused(Refused):
    """What was asked of the vault cannot be done so."""


class NoVaultKey(VaultRefused):
    """The site knows no public key of a vault: it can seal nothing, and keeps nothing unsealed either."""


class VaultAway(VaultRefused):
    """The vault's process does not answer. Everything else goes on."""


# What the vault's process answers, by its word on the wire. It says no more than this, whoever asks.
WORDS: dict[str, str | Promise] = {
    "asking": _("The vault did not understand what was asked."),
    "nothing": _("There is nothing here by that number."),
    "not_approved": _("This opening does not stand approved: it was not approved yet, or it is over."),
    "not_theirs": _("Only who asked for an opening may look."),
    "too_late": _("The hours of this opening have run out."),
    "right_lost": _("You may not open identities, or no longer may."),
    "approver_lost": _("Who approved this may no longer approve openings: ask for it anew."),
    "not_in_the_chain": _("The chain of acts does not say that two people opened this: nothing is shown."),
    "too_many": _("You have looked as often as one person may in a day. Go on tomorrow."),
    "lost_key": _("The key that this was sealed with is not on the vault's ring: without it nobody can open it."),
    "no_ring": _("The vault cannot use its ring of keys: tell whoever runs this site."),
    "damaged": _("What is kept does not open: it was changed, or it belongs to another subject."),
    "busy": _("The vault is busy: try again in a minute."),
    "not_recorded": _("The looking could not be written down, so nothing is shown. Try again in a minute."),
}
AWAY = _("The vault is not reachable, so no identity can be shown now. Everything else goes on as before.")


class Kept(VaultRefused):
    """The vault's own refusal, by its word on the wire."""

    def __init__(self, word: str) -> None:
        self.word = word if word in WORDS else "asking"
        super().__init__(str(WORDS[self.word]))
