"""What moves of applications ask for besides state and duty, and what they do."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from institutions import standing
from institutions.models import Account, Department, Duty
from supervision.cases.facts import Kind, ask
from supervision.moves import Made, refuse_unless

from . import applying, checking, letters, ruling, scoring, signing, timing
from .models import Application, Contract, Criterion, Stage, Standing

TEAM = 2


def grounds(application: Application) -> Iterable[tuple[str, str]]:
    rows = ruling.criteria(Criterion.Use.REFUSAL, application.institution.kind, application.place)
    return [(row.code, str(row)) for row in rows]


def assessors(application: Application) -> Iterable[tuple[str, str]]:
    """Who keeps agreements at the agency."""
    rows = Account.objects.filter(
        is_active=True, institution=None, duties__contains=[Duty.AGREE],
        department__party=Department.Party.HANDLING,
    )  # fmt: skip
    return [(one.username, str(one)) for one in rows.order_by("username") if application.reaches(one)]


MISSING = ask("what_is_missing", Kind.WORDS, gettext_lazy("All that is missing: it is told once"))
GROUNDS = ask("refusal_grounds", Kind.CHOICES, gettext_lazy("Grounds"), choices=grounds)
ASSESSORS = ask("assessors", Kind.CHOICES, gettext_lazy("Team of two"), choices=assessors)


# --- What is asked ----------------------------------------------------------------------------------


def of_the_agency(subject: Application | Contract, by: Account) -> None:
    """by the agency that it is about"""
    refuse_unless(by.insurer_id in (None, subject.insurer_id), _("It is for another agency."))


def is_complete(application: Application, by: Account) -> None:
    """every condition that must be met is said to be met, and something is enclosed or a commitment is in force"""
    left = applying.unanswered(application)
    refuse_unless(
        not left, _("Say how these conditions are met: %(what)s.") % {"what": "; ".join(str(one) for one in left)}
    )
    proved = application.files.exists() or bool(standing.promise(application.institution))
    refuse_unless(proved, _("Enclose what proves it."))
    refuse_unless(application.opened_on is not None, _("Say since when you have been in business."))


def not_supplemented(application: Application, by: Account) -> None:
    """once"""
    refuse_unless(not application.supplemented, _("What was missing has been told already: it is told once."))


def nothing_known_against(application: Application, by: Account) -> None:
    """no ground for not accepting it is on record"""
    known = [record.words for found in checking.grounds(application) for record in found.records]
    refuse_unless(not known, _("On record against it: %(what)s.") % {"what": "; ".join(known)})


def proved_or_still_promised(application: Application, by: Account) -> None:
    """what it says is proved, or the commitment in place of proof is still in force"""
    proved = application.files.exists() or bool(standing.promise(application.institution))
    refuse_unless(
        proved, _("The commitment that stood for proof, %(number)s, is in force no more: ask for the proof.")
        % {"number": application.promise or "–"},
    )  # fmt: skip


def not_waited_for(application: Application, by: Account) -> None:
    """what was asked for has not come in its time, where it was asked for"""
    waits = application.state == Standing.SUPPLEMENT and not timing.ran_out(application)
    refuse_unless(not waits, _("What is missing may still come."))


def both_stand_by_it(application: Application, by: Account) -> None:
    """the sheet is complete, and both of the team stand by it"""
    round_ = application.assessment
    refuse_unless(
        round_ is not None and round_.complete, _("The sheet is not complete, or one of the team has not agreed to it.")
    )


def not_of_the_team(application: Application, by: Account) -> None:
    """by another than the team"""
    round_ = application.assessment
    refuse_unless(
        round_ is not None and not round_.is_by(by),
        _("This needs a second person: you have decided on it already."),
    )


def reaches_it(application: Application, by: Account) -> None:
    """enough points, and nothing missing that must be met"""
    round_ = application.assessment
    refuse_unless(round_ is not None and round_.reaches_it, _("By its points it does not pass."))


def misses_it(application: Application, by: Account) -> None:
    """too few points, or something missing that must be met"""
    round_ = application.assessment
    refuse_unless(round_ is not None and not round_.reaches_it, _("By its points it passes."))


def contract_is_signed(application: Application, by: Account) -> None:
    """both sides have signed"""
    signed = (Stage.SIGNED, Stage.FILED, Stage.IN_FORCE)
    refuse_unless(application.contracts.filter(state__in=signed).exists(), _("It is not signed by both sides."))


def contract_was_dropped(application: Application, by: Account) -> None:
    """the text was dropped"""
    left = application.contracts.exclude(state=Stage.DROPPED)
    refuse_unless(not left.exists(), _("There is a text under way."))


def result_is_not_filed(application: Application, by: Account) -> None:
    """its result is not filed yet"""
    round_ = application.assessment
    refuse_unless(round_ is not None and round_.filed_on is None, _("The result is filed already."))


def result_is_filed(application: Application, by: Account) -> None:
    """the result is filed with the department"""
    round_ = application.assessment
    refuse_unless(round_ is not None and round_.filed_on is not None, _("File the result with the department first."))


# --- What they do -----------------------------------------------------------------------------------


def submit(application: Application, made: Made[Application]) -> None:
    """keeps when it was submitted and which commitment stands for proof, and starts designation_supplement"""
    application.submitted_at = application.submitted_at or timezone.now()
    application.promise = "" if application.files.exists() else standing.promise(application.institution)
    application.clock = timing.start(application, "designation_supplement")


def ask_supplement(application: Application, made: Made[Application]) -> None:
    """starts designation_supply for the institution, and issues designation_supplement"""
    timing.meets(application, made)
    application.supplemented = True
    application.clock = timing.start(application, "designation_supply", duty=None)
    letters.write(
        "designation_supplement", application, by=made.by, application=application.number,
        missing=made.facts["what_is_missing"],
    )  # fmt: skip


def refuse(application: Application, made: Made[Application]) -> None:
    """issues designation_refused with its grounds"""
    offered = {
        row.code: row for row in ruling.criteria(Criterion.Use.REFUSAL, application.institution.kind, application.place)
    }
    chosen = made.facts["refusal_grounds"]
    refuse_unless(set(chosen) <= offered.keys(), _("There is no such choice."))
    timing.meets(application, made)
    rows = [offered[code] for code in chosen]
    letters.write(
        "designation_refused", application, by=made.by, application=application.number, reason=made.note,
        grounds="\n".join(row.name_zh for row in rows), grounds_en="\n".join(row.name_en for row in rows),
    )  # fmt: skip


def name_team(application: Application, made: Made[Application]) -> None:
    """names the two who assess it"""
    chosen = list(made.facts["assessors"])
    offered = {name for name, _words in assessors(application)}
    refuse_unless(len(set(chosen)) == TEAM and set(chosen) <= offered, _("It is assessed by two people of the agency."))
    first, second = Account.objects.filter(username__in=chosen).order_by("username")
    scoring.begin(application, first, second)


def assess_again(application: Application, made: Made[Application]) -> None:
    """another round by the same team, and starts designation_assessment"""
    before = application.assessment
    assert before is not None
    timing.starts("designation_assessment")(application, made)
    scoring.begin(application, before.first, before.second)


def concludes(result_zh: str, result_en: str, *, passed: bool) -> Any:
    """An effect that ends the round and tells the institution its points."""

    def concluding(application: Application, made: Made[Application]) -> None:
        round_ = application.assessment
        assert round_ is not None
        round_.passed, round_.total = passed, round_.sum
        round_.save(update_fields=["passed", "total"])
        tell_result(application, made, result_zh, result_en)

    concluding.__doc__ = f"keeps that it {'passed' if passed else 'did not pass'}, and issues designation_result"
    return concluding


def tell_result(application: Application, made: Made[Application], result_zh: str, result_en: str) -> None:
    round_ = application.assessment
    assert round_ is not None
    letters.write(
        "designation_result", application, by=made.by, application=application.number, note=made.note,
        result=result_zh, result_en=result_en, until=application.barred_until, third_party=round_.third_party,
        **letters.scores(round_),
    )  # fmt: skip


def file_result(application: Application, made: Made[Application]) -> None:
    """issues designation_filing to the department of the same level, and keeps when and by whom"""
    round_ = application.assessment
    assert round_ is not None
    zh, en = ("合格", "passed") if round_.passed else ("不合格", "not passed")
    round_.filing = letters.write(
        "designation_filing", application, by=made.by, application=application.number, result=zh, result_en=en,
        note=made.note, **letters.department_of(application), **letters.scores(round_),
    )  # fmt: skip
    round_.filed_on, round_.filed_by = timezone.localdate(), made.by
    round_.save(update_fields=["filing", "filed_on", "filed_by"])


def overturn(application: Application, made: Made[Application]) -> None:
    """ends the publicity; its result is now that it did not pass, which is filed anew"""
    timing.drops(application, made)
    round_ = application.assessment
    assert round_ is not None
    round_.passed, round_.filed_on, round_.filed_by, round_.filing = False, None, None, None
    round_.save(update_fields=["passed", "filed_on", "filed_by", "filing"])


def bar(application: Application, made: Made[Application]) -> None:
    """bars another application as long as designation_bar says"""
    timing.drops(application, made)
    application.barred_until = timing.so_long_after("designation_bar", application.place, timezone.localdate())


def draft_agreement(application: Application, made: Made[Application]) -> None:
    """drafts the agreement by the newest text for its kind, from the first of next month on"""
    timing.meets(application, made)
    first = (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)
    signing.draft_text(application.institution, application.insurer, since=first, by=made.by, application=application)
