"""The way of an opening: asked for by one, approved by another."""

from institutions.models import Duty
from supervision.complaints.vault.models import Opening
from supervision.complaints.vault.workflow import OPENING
from tests.complaints.vault.building import SUBJECT, make_asked, make_reader, make_row
from tests.walks.walking import Walk


def opening() -> Walk:
    asker = make_reader("asker")

    def begin() -> Opening:
        make_row(SUBJECT, "990101")
        return make_asked(asker)

    return Walk(OPENING, begin, {Duty.IDENTITY: make_reader("second")})
