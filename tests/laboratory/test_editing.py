"""What a save is held to: the page is read, its examples and those before it are tried, nothing is lost."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection

from claims.models import Snapshot
from institutions.models import Account, Duty
from supervision.laboratory import editing, trying
from supervision.laboratory.editing import PageNotSaved
from supervision.laboratory.models import Stage, Version
from supervision.laboratory.workflow import MoveRefused
from supervision.monitoring import confined, rulebook
from supervision.monitoring.rulebook import Parameter
from tests.builders import make_account
from tests.laboratory.pages import CODE, PAGE, cheaper, published, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_hand")]
Three = tuple[Account, Account, Account]


def refused(author: Account, text: str, **facts: object) -> PageNotSaved:
    before = Version.objects.count()
    with pytest.raises(PageNotSaved) as refusal:
        written(author, text, **facts)
    assert Version.objects.count() == before
    return refusal.value


def line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ('certainty  = "high"', 'certainty  = "sure"', "certainty", "none of lead"),
        ('title_zh   = "价格过高"', "title_zh   = 价格过高", "title_zh", "no TOML"),
        ('source = "a starting value"', 'source = ""', "[parameters.most]", "says no source"),
        ("WHERE c.amount > $most", "WHERE median(c.amount) > $most", "WHERE", "Median"),
        ("WHERE c.amount > $most", "WHERE c.amount > AND", "WHERE", "Required"),
        ("FROM charge AS c", 'FROM "/etc/passwd" AS c', "FROM", "other signs"),
        ("FROM charge AS c", "FROM charges AS c", None, "no relation charges"),
        ("| yes\n", "|\n", None, "what is accused, and what is not"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused_with_its_line(
    three: Three, old: str, new: str, place: str | None, says: str
) -> None:
    text = PAGE.replace(old, new)
    assert text != PAGE
    (problem,) = refused(three[0], text).problems
    assert says in problem.reason
    if place:
        assert problem.line == line(text, place)


def test_an_example_that_fails_is_shown_with_what_both_engines_say(three: Three) -> None:
    text = PAGE.replace("c.amount > $most", "c.amount >= $most")
    refusal = refused(three[0], text)
    (verdict,) = refusal.verdicts
    assert verdict["node"] == verdict["desk"] == ["b is accused: 100.00 high"]
    assert refusal.problems[0].line == line(text, "above the limit")


def test_an_example_of_the_page_before_is_changed_for_a_stated_reason_only(three: Three) -> None:
    author = three[0]
    first = written(author)
    refusal = refused(author, cheaper(), parent=first)
    assert "was changed or left out: say why" in refusal.problems[0].reason
    assert [verdict["of"] for verdict in refusal.verdicts] == [0, 1]
    second = written(author, cheaper(), parent=first, examples_changed="the limit is another now")
    assert (second.number, second.examples_changed) == (2, "the limit is another now")
    # The former example still holds here: 500 is accused, and 100 is not. That it was tried is kept.
    assert [(one["of"], one["right"]) for one in second.verdicts] == [(0, True), (1, True)]
    first.refresh_from_db()
    assert first.stage == Stage.RETIRED


def test_a_shipped_page_s_examples_bind_every_version_after_it(three: Three) -> None:
    code = "drug_sex_restricted"
    shipped = rulebook.rulebook()[code]
    example = shipped.examples[0]
    other = shipped.text.replace(example.title, "Renamed", 1)
    with pytest.raises(PageNotSaved, match="say why"):
        editing.save(code, other, by=three[0], reason="x", origin="text")
    words = shipped.text.replace(shipped.about, f"{shipped.about} More.", 1)
    first = editing.save(code, words, by=three[0], reason="x", origin="text")
    again = other.replace(shipped.about, f"{shipped.about} More.", 1)
    with pytest.raises(PageNotSaved, match="say why"):
        editing.save(code, again, by=three[0], reason="x", origin="text", parent=first)


def test_the_examples_of_the_page_in_force_bind_whatever_a_version_is_made_from(three: Three, claims: Snapshot) -> None:
    author, checker, publisher = three
    draft = written(author, PAGE.replace("above the limit, and at it", "on both sides of the limit"))
    published(written(author), checker, publisher, claims)
    text = draft.text.replace("For tests.", "Otherwise.")
    assert "say why" in refused(author, text, parent=draft).problems[0].reason
    assert written(author, text, parent=draft, examples_changed="another title").number == 3


def test_a_page_that_would_be_long_to_compare_or_impossible_to_store_is_refused(three: Three) -> None:
    assert "at most 3,000 lines" in refused(three[0], PAGE.replace("*/", "#\n" * 3000 + "*/")).problems[0].reason
    (problem,) = refused(three[0], f"{PAGE}-- \0").problems
    assert ("zero character" in problem.reason, problem.line) == (True, PAGE.count("\n") + 1)


def test_nothing_is_saved_without_a_change_a_reason_a_duty_or_a_code(three: Three) -> None:
    author, checker, _publisher = three
    first = written(author)
    assert "Nothing was changed" in refused(author, PAGE, parent=first).problems[0].reason
    assert "Say what is changed" in refused(author, cheaper(), reason=" ").problems[0].reason
    with pytest.raises(MoveRefused, match="duty"):
        written(checker, cheaper())
    for code in ("dear", "Dear_one", "a_" + "b" * 60, "../etc_passwd", "a b_c"):
        with pytest.raises(PageNotSaved, match="small letters"):
            editing.save(code, PAGE, by=author, reason="x", origin="text")


def test_versions_are_numbered_and_kept_with_author_hash_and_territory(three: Three) -> None:
    author = three[0]
    other = make_account("other", "990200", duties=[Duty.READ, Duty.WRITE_RULES])
    first, second = written(author), written(other, PAGE.replace("For tests.", "Otherwise."))
    assert [(one.number, one.author, one.territory_id) for one in (first, second)] == [
        (1, author, "990100"), (2, other, "990200"),
    ]  # fmt: skip
    assert first.hash == rulebook.read(CODE, first.text).hash != second.hash
    assert [set(Version.objects.visible_to(one)) for one in (author, other)] == [{first}, {second}]


def test_a_page_that_stops_its_engine_is_not_saved(three: Three, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_job: object, **_facts: object) -> None:
        raise confined.Confined("It took longer than 20 seconds and was stopped.")

    monkeypatch.setattr(confined, "apart", stopped)
    assert "took longer" in refused(three[0], PAGE).problems[0].reason


# --- The parameters alone -----------------------------------------------------------------------------


def test_only_the_parameter_s_own_lines_change() -> None:
    rule = rulebook.read(CODE, PAGE)
    text = editing.with_parameters(PAGE, [replace(rule.parameters[0], value=15000, source='"quoted", 引号')])
    changed = [(old, new) for old, new in zip(PAGE.split("\n"), text.split("\n"), strict=True) if old != new]
    assert changed == [
        ("value  = 10000  # fen", "value  = 15000"), ('source = "a starting value"', 'source = "\\"quoted\\", 引号"'),
    ]  # fmt: skip
    assert rulebook.read(CODE, text).parameters[0].source == '"quoted", 引号'


def test_values_for_other_places_and_times_stand_beside_the_first() -> None:
    first = rulebook.read(CODE, PAGE).parameters[0]
    local = Parameter("most", 20000, "a local rule", "990100", dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    text = editing.with_parameters(PAGE, [first, local])
    assert rulebook.read(CODE, text).parameters == (first, local)
    assert rulebook.read(CODE, editing.with_parameters(text, [first])).parameters == (first,)
    assert editing.with_parameters(text, [first, local]) == text


def test_every_page_of_the_library_keeps_its_meaning_when_its_parameters_are_written_anew() -> None:
    for code, rule in rulebook.rulebook().items():
        again = rulebook.read(code, editing.with_parameters(rule.text, rule.parameters))
        assert (again.parameters, again.examples, again.sql) == (rule.parameters, rule.examples, rule.sql), code


@pytest.mark.parametrize(("lock", "says"), [("ACCOUNT", "of yours"), ("SITE", "of others")])
def test_pages_are_tried_one_at_a_time_and_nobody_waits_for_it(three: Three, lock: str, says: str) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            numbers = [three[0].pk] if lock == "ACCOUNT" else range(trying.AT_ONCE)
            for number in numbers:
                cursor.execute("SELECT pg_advisory_lock(%s, %s)", [getattr(trying, lock), number])
        assert says in str(refused(three[0], PAGE))
    finally:
        with other.cursor() as cursor:  # a closed connection's locks end at some later moment, these end now
            cursor.execute("SELECT pg_advisory_unlock_all()")
        other.close()
    assert written(three[0]).number == 1
