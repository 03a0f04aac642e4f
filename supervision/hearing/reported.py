"""What of a hearing's claims the institution has reported itself: shown to both sides, left out of what is heard."""

from django.utils.translation import gettext as _

from supervision.ledger.models import SelfCorrected

from .models import Hearing


def self_reported(hearing: Hearing) -> list[SelfCorrected]:
    """In the charges that its finding accuses."""
    accused = hearing.finding.lines.filter(role="accused").values_list("claim", "charge")
    return list(SelfCorrected.objects.touching(list(accused)).filter(institution=hearing.institution_id))


def nothing_left(hearing: Hearing) -> str:
    """Why there is nothing to hear, with the reports where it was reported."""
    reports = ", ".join(sorted({one.record for one in self_reported(hearing)}))
    if reports:
        return _(
            "Nothing is left to hear: the institution has reported these lines itself and returns them by %(reports)s."
        ) % {"reports": reports}
    return _("Nothing is left to hear: others own these amounts, or they are heard or confirmed already.")
