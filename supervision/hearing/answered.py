"""The institution's word: what must hold before its answer counts, and what its silence means."""

from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.moves import Made, refuse_unless

from .models import Hearing, HearingLine

Answer = HearingLine.Answer


def all_accepted(hearing: Hearing, by: Account) -> None:
    """every line is accepted"""
    answers = set(hearing.lines.values_list("answer", flat=True))
    refuse_unless(answers == {Answer.ACCEPTED}, _("Not every line is accepted."))


def some_appealed(hearing: Hearing, by: Account) -> None:
    """every line is answered, one at least appealed"""
    answers = set(hearing.lines.values_list("answer", flat=True))
    refuse_unless("" not in answers, _("Answer every line."))
    refuse_unless(Answer.APPEALED in answers, _("No line is appealed."))


def nothing_appealed(hearing: Hearing, by: Account) -> None:
    """no line is appealed"""
    refuse_unless(not hearing.lines.filter(answer=Answer.APPEALED).exists(), _("A line is appealed."))


def something_appealed(hearing: Hearing, by: Account) -> None:
    """a line is appealed"""
    refuse_unless(hearing.lines.filter(answer=Answer.APPEALED).exists(), _("No line is appealed."))


def is_silent(hearing: Hearing, made: Made[Hearing]) -> None:
    """lines without an answer count as accepted by silence, and nobody is named as having accepted them"""
    silent = hearing.lines.filter(answer="")
    silent.update(answer=Answer.ACCEPTED, answered_by=None, answered_at=timezone.now())
