"""The institution answers a finding, line by line: it accepts, or it appeals and says why."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.moves import BeyondReach, TooLate, refuse_unless

from . import canonical
from .models import Attachment, Draft, Hearing, HearingLine, State
from .timing import in_the_window
from .workflow import HEARING

Answer = HearingLine.Answer


@dataclass(frozen=True)
class LineAnswer:
    """What is answered to one line; an appeal gives its grounds."""

    answer: str
    grounds: str = ""


def answer(hearing: Hearing, lines: Mapping[int, LineAnswer], *, by: Account, turn: int | None) -> Hearing:
    """Answer every line at once, or raise MoveRefused. What was answered is not taken back."""
    with transaction.atomic():
        locked = locked_for(hearing, by, turn=turn)
        asked = {line.pk: line for line in locked.lines.all()}
        refuse_unless(lines.keys() <= asked.keys(), _("That is not a line of this finding."))
        refuse_unless(lines.keys() == asked.keys(), _("Answer every line."))
        for number, said in lines.items():
            write(asked[number], said, by=by)
        appealed = sum(said.answer == Answer.APPEALED for said in lines.values())
        Draft.objects.filter(line__hearing=locked).delete()
        move = "appeal" if appealed else "accept"
        accepted = len(lines) - appealed
        return HEARING.make(locked, move, by=by, accepted=accepted, appealed=appealed, digest=digest(locked))


def locked_for(hearing: Hearing, by: Account, *, turn: int | None = None) -> Hearing:
    """The hearing, held until the transaction ends, if this account may answer it now."""
    locked = Hearing.objects.select_for_update(of=("self",)).get(pk=hearing.pk)
    if not by.institution_id or not locked.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(
        by.holds(Duty.ANSWER), _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.ANSWER.label}
    )
    HEARING.refuse_the_late(locked, turn)
    refuse_unless(
        locked.state == State.NOTIFIED,
        _("That cannot be done with what is %(state)s.") % {"state": State(locked.state).label},
    )
    in_the_window(locked, by)
    return locked


def write(line: HearingLine, said: LineAnswer, *, by: Account) -> None:
    refuse_unless(said.answer in Answer.values, _("Accept the line, or appeal against it."))
    grounds = said.grounds.strip() if said.answer == Answer.APPEALED else ""
    refuse_unless(
        said.answer == Answer.ACCEPTED or bool(grounds),
        _("Line %(line)s: an appeal gives its grounds.") % {"line": line.charge.rpartition(":")[2] or line.claim},
    )
    line.answer, line.grounds, line.answered_by, line.answered_at = said.answer, grounds, by, timezone.now()
    line.save(update_fields=["answer", "grounds", "answered_by", "answered_at"])


def own_files(hearing: Hearing) -> QuerySet[Attachment]:
    """What the institution has put beside its answer."""
    return Attachment.objects.filter(hearing=hearing, added_by__institution=hearing.institution_id)


def digest(hearing: Hearing) -> str:
    """SHA-256 of the answer and its files: it stands in the history and on the receipt."""
    lines = [
        {"line": line.charge or line.claim, "answer": line.answer, "grounds": line.grounds}
        for line in hearing.lines.order_by("pk")
    ]
    files = [{"name": one.name, "digest": one.digest} for one in own_files(hearing).order_by("pk")]
    return canonical.digest({"lines": lines, "files": files})


# --- Drafts -------------------------------------------------------------------------------------------


def draft(line: HearingLine, said: LineAnswer, *, by: Account, turn: int) -> Draft:
    """Keep what is being written. `turn` is what the writer looked at, 0 where nothing was there: TooLate where
    somebody else has written since."""
    with transaction.atomic():
        locked_for(line.hearing, by)
        refuse_unless(said.answer in {"", *Answer.values}, _("Accept the line, or appeal against it."))
        known = Draft.objects.select_related("saved_by").filter(line=line).first()
        if known is None:
            known = Draft(line=line, turn=0)
        elif known.turn != turn and known.saved_by_id != by.pk:
            raise TooLate(
                _("%(who)s has written something else here since you looked, at %(when)s.")
                % {"who": known.saved_by, "when": timezone.localtime(known.saved_at).strftime("%H:%M")}
            )
        if (known.answer, known.grounds) != (said.answer, said.grounds) or not known.pk:
            known.answer, known.grounds, known.saved_by, known.turn = said.answer, said.grounds, by, known.turn + 1
            known.save()
    return known


def draft_all(hearing: Hearing, said: LineAnswer, *, by: Account, over: bool) -> int:
    """The same answer to every line, or to those that have none yet; how many lines it was written to."""
    with transaction.atomic():
        locked_for(hearing, by)
        written = 0
        for line in hearing.lines.select_related("draft"):
            known: Draft | None = getattr(line, "draft", None)
            if over or known is None or not known.answer:
                draft(line, said, by=by, turn=known.turn if known else 0)
                written += 1
    return written


def drafted(hearing: Hearing) -> dict[int, LineAnswer]:
    """What would be sent now, by line."""
    rows = Draft.objects.filter(line__hearing=hearing).exclude(answer="")
    return {one.line_id: LineAnswer(one.answer, one.grounds) for one in rows}


def stamp(hearing: Hearing) -> int:
    """Grows with every change of a draft: who sends says what they had checked."""
    return sum(Draft.objects.filter(line__hearing=hearing).values_list("turn", flat=True))


def send(hearing: Hearing, *, by: Account, turn: int | None, checked: int) -> Hearing:
    """Answer with what was drafted, as it was checked; TooLate where somebody has written since."""
    with transaction.atomic():
        locked_for(hearing, by, turn=turn)
        if stamp(hearing) != checked:
            raise TooLate(_("The answers were changed since you checked them: check them again."))
        return answer(hearing, drafted(hearing), by=by, turn=turn)
