"""The laboratory at the desk: from the rule's page to a version in force and back, and who may not."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import Batch, Snapshot
from institutions.models import Account, Duty
from supervision.audit.models import Act, Entry
from supervision.laboratory import comparing, workflow
from supervision.laboratory.models import Change, ChangedFinding, Comparison, Stage, Version
from supervision.monitoring import runs, standing
from supervision.monitoring.models import Finding
from supervision.monitoring.rulebook import read, rulebook
from tests.builders import make_account, make_division, make_finding, make_institution, make_total, make_version
from tests.laboratory.pages import CODE, PAGE, cheaper, finish, published, took_a_turn, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_hand")]
Three = tuple[Account, Account, Account]
SHIPPED = "drug_early_refill"


def browser(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode())


@pytest.fixture
def months(claims: Snapshot) -> None:
    """The claims are of the prefecture, so that its accounts may choose their month."""
    Batch.objects.update(territory=make_division("990100"))
    make_total(make_institution("H1"), "2026-01", batch=Batch.objects.first())


def test_three_people_bring_a_new_rule_into_force_and_take_it_back(
    three: Three, claims: Snapshot, months: None
) -> None:
    author, checker, publisher = (browser(account) for account in three)
    refused = author.post(
        "/desk/laboratory/new/", {"code": CODE, "text": PAGE.replace("c.amount >", "c.amont >"), "reason": "x"}
    )
    assert "wrong" in text_of(refused)
    made = author.post(
        "/desk/laboratory/new/", {"code": CODE, "text": PAGE.replace("\n", "\r\n"), "reason": "It is dear."}
    )
    version = Version.objects.get()
    page = version.get_absolute_url()
    assert (made.status_code, made["location"], version.text) == (302, page, PAGE)
    author.post(f"{page}move/", {"move": "submit"})
    assert (
        author.post(f"{page}back-test/", {"months": ["2026-01"]})["location"]
        == Comparison.objects.get().get_absolute_url()
    )
    finish(Comparison.objects.get())
    result = text_of(author.get(Comparison.objects.get().get_absolute_url()))
    assert "Newly accused" in result
    assert "620.00" in result
    sample = ChangedFinding.objects.filter(change=Change.NEW).first()
    assert sample
    assert sample.get_absolute_url() in result
    assert "This is no finding" in text_of(checker.get(sample.get_absolute_url()))
    assert Entry.objects.filter(act=Act.READ, subject=f"sample {sample.pk}", account=three[1].username).exists()
    checker.post(f"{page}move/", {"move": "send_back", "note": "What of the amount?"})
    assert "What of the amount?" in text_of(author.get(page))
    author.post(f"{page}move/", {"move": "submit", "note": "It is in fen."})
    checker.post(f"{page}move/", {"move": "approve"})
    took_a_turn(version, claims)
    assert "seen at desks only" in text_of(publisher.get(page))
    publisher.post(f"{page}move/", {"move": "publish"})
    version.refresh_from_db()
    assert version.stage == Stage.IN_FORCE
    for address in (f"/desk/rules/{CODE}/", "/desk/rules/"):
        listed = text_of(publisher.get(address))
        assert "Too dear" in listed
        assert "version 1" in listed
    run = runs.start(rules=[CODE])
    runs.work(run)
    finding = Finding.objects.first()
    assert finding
    back = f"/desk/laboratory/rules/{CODE}/back/"
    assert finding.because_en in text_of(publisher.get(back))
    publisher.post(back, {"reason": ""})
    assert Version.objects.get().stage == Stage.IN_FORCE
    assert publisher.post(back, {"reason": "too many"}).status_code == 302
    assert Version.objects.get().stage == Stage.RETIRED
    assert "version" in text_of(publisher.get(finding.get_absolute_url()))


def test_parameters_are_changed_in_a_form_with_value_place_day_and_source(three: Three) -> None:
    author = browser(three[0])
    address = f"/desk/laboratory/rules/{SHIPPED}/parameters/"
    rows = author.get(address).context["rows"]
    sent = {"reason": "a local rule", "examples_changed": ""}
    for field in rows.management_form:
        sent[field.html_name] = str(field.value())
    for row in rows:
        for field in row:
            value = field.value()
            sent[field.html_name] = "" if value in (None, False) else str(value)
    assert "Nothing was changed" in text_of(author.post(address, sent)) or rows.initial_form_count()
    first, extra = "values-0", f"values-{rows.initial_form_count()}"
    bad = author.post(address, {**sent, f"{first}-value": "many"})
    assert "a whole number" in text_of(bad)
    assert "This field is required" in text_of(author.post(address, {**sent, f"{first}-source": ""}))
    value = int(sent[f"{first}-value"]) + 1
    local = {
        f"{extra}-value": str(value),
        f"{extra}-place": "990100",
        f"{extra}-since": "2026-01-01",
        f"{extra}-source": "city",
    }
    done = author.post(address, {**sent, **local})
    assert done.status_code == 302, text_of(done)
    version = Version.objects.get()
    rule = read(SHIPPED, version.text)
    name = sent[f"{extra}-name"]
    said = [(one.value, one.place, str(one.since), one.source) for one in rule.parameters if one.name == name]
    assert said[-1] == (value, "990100", "2026-01-01", "city")
    assert (version.origin, rule.sql) == ("parameters", rulebook()[SHIPPED].sql)
    assert all(one["right"] for one in version.verdicts)


def test_a_page_goes_out_as_a_file_and_comes_back_to_the_letter(three: Three) -> None:
    author = browser(three[0])
    version = written(three[0], PAGE)
    out = author.get(f"{version.get_absolute_url()}page.sql")
    assert out.content == PAGE.encode()
    assert out["content-disposition"] == f'attachment; filename="{CODE}.sql"'
    assert read(CODE, out.content.decode()).hash == version.hash
    changed = out.content.replace(b"For tests.", b"For all tests.")
    sent = {"file": SimpleUploadedFile(f"{CODE}.sql", changed), "text": "", "reason": "from a file"}
    assert author.post(f"/desk/laboratory/rules/{CODE}/text/?from=1", sent).status_code == 302
    again = Version.objects.get(number=2)
    assert (again.text.encode(), again.origin, again.parent) == (changed, "file", version)
    shipped = author.get(f"/desk/laboratory/rules/{SHIPPED}/page.sql")
    assert shipped.content.decode() == rulebook()[SHIPPED].text


def test_what_two_versions_say_differently_is_shown_line_by_line(three: Three) -> None:
    first = written(three[0])
    written(three[0], cheaper(), parent=first, examples_changed="x")
    shown = browser(three[0]).get(f"/desk/laboratory/rules/{CODE}/difference/?from=1&to=2")
    lines = [line for piece in shown.context["pieces"] for line in piece.lines]
    assert [(line.sign, line.text) for line in lines if line.sign != " "] == [
        ("-", "value  = 10000  # fen"), ("+", "value  = 15000  # fen"),
        ("-", "b      | 100.00 |"), ("+", "b      | 150.00 |"),
    ]  # fmt: skip
    kept = sum(piece.skipped for piece in shown.context["pieces"])
    assert kept > 0
    assert "same to the letter" in text_of(
        browser(three[0]).get(f"/desk/laboratory/rules/{CODE}/difference/?from=1&to=1")
    )


def test_a_refused_page_comes_back_with_its_line_and_all_that_was_typed(three: Three) -> None:
    bad = PAGE.replace("WHERE c.amount", "WHERE year(c.day) = 1 AND c.amount")
    answer = browser(three[0]).post("/desk/laboratory/new/", {"code": CODE, "text": bad, "reason": "my reason"})
    shown = text_of(answer)
    assert f"Line {bad[: bad.index('WHERE')].count(chr(10)) + 1}:" in shown
    assert "Year is not on the house list" in shown
    assert "my reason" in shown
    assert "year(c.day)" in shown
    assert not Version.objects.exists()


# --- Who may ------------------------------------------------------------------------------------------


def test_a_neighbour_sees_no_draft_and_an_institution_nothing(three: Three, claims: Snapshot) -> None:
    author, checker, publisher = three
    version = written(author)
    comparison = comparing.back_test(version, ["2026-01"], by=author)
    finish(comparison)
    sample = ChangedFinding.objects.first()
    assert sample
    own: list[Any] = [version, comparison, sample]
    neighbour = browser(make_account("wangyu", "990200"))
    hospital = browser(make_account("hospital", institution=make_institution("H1"), duties=[Duty.INTAKE]))
    addresses = [thing.get_absolute_url() for thing in own] + [
        f"/desk/laboratory/rules/{CODE}/", f"/desk/laboratory/rules/{CODE}/difference/?from=1&to=1",
        f"/desk/laboratory/rules/{CODE}/text/?from=1", f"{version.get_absolute_url()}page.sql",
    ]  # fmt: skip
    for address in addresses:
        assert neighbour.get(address).status_code == 404, address
        assert hospital.get(address).status_code == 404, address
        assert browser(author).get(address).status_code == 200, address
    assert hospital.get("/desk/laboratory/").status_code == 404
    assert CODE not in text_of(neighbour.get("/desk/laboratory/"))
    Version.objects.filter(pk=version.pk).update(stage=Stage.DRAFT)
    published(version, checker, publisher, claims)
    assert neighbour.get(version.get_absolute_url()).status_code == 200  # it counts there too
    assert neighbour.get(comparison.get_absolute_url()).status_code == 200
    assert neighbour.get(sample.get_absolute_url()).status_code == 404  # whom it speaks of is nobody's business there
    assert "No longer accused" in text_of(neighbour.get(comparison.get_absolute_url()))
    assert sample.because_en not in text_of(neighbour.get(comparison.get_absolute_url()))


def test_taking_back_lists_the_findings_of_one_s_own_territory(three: Three, claims: Snapshot) -> None:
    author, checker, publisher = three
    version = published(written(author), checker, publisher, claims)
    make_finding(make_institution("H1"), rule=CODE, page_hash=version.hash, because_en="Ours")
    make_finding(
        make_institution("H2", "990201"), rule=CODE, page_hash=version.hash, insured_area="990200", because_en="Theirs"
    )
    shown = text_of(browser(publisher).get(f"/desk/laboratory/rules/{CODE}/back/"))
    assert "Ours" in shown
    assert "Theirs" not in shown
    assert workflow.go_back(CODE, by=publisher, text="x") == 2


def test_a_comment_with_what_no_database_holds_does_not_break_the_page(three: Three) -> None:
    version = written(three[0])
    address = f"{version.get_absolute_url()}move/"
    assert browser(three[0]).post(address, {"move": "submit", "note": "a\0b"}).status_code == 400
    assert not version.events.filter(move="submit").exists()


def test_who_reaches_beyond_the_own_territory_is_told_why_and_nothing_is_changed(
    three: Three, claims: Snapshot
) -> None:
    author, checker, publisher = three
    version = published(written(author), checker, publisher, claims)
    Batch.objects.update(territory=make_division("990200"))
    client = browser(publisher)
    shown = text_of(client.get(version.get_absolute_url()))
    assert "Take back" not in shown
    assert 'value="suspend"' not in shown
    back = f"/desk/laboratory/rules/{CODE}/back/"
    asked = [
        client.post(f"{version.get_absolute_url()}move/", {"move": "suspend", "note": "x"}),
        client.get(back),
        client.post(back, {"reason": "x"}),
    ]
    for answer in asked:
        assert answer.status_code == 403
        assert "beyond your territory" in text_of(answer)
    version.refresh_from_db()
    assert version.stage == Stage.IN_FORCE
    assert Entry.objects.filter(act=Act.DENIAL, account=publisher.username, subject=str(version)).count() == 3


@pytest.mark.parametrize("duty", [Duty.READ, Duty.MONITOR, Duty.CHECK_RULES, Duty.RELEASE])
def test_who_may_not_write_gets_no_editor_and_the_denial_is_written_down(duty: Duty) -> None:
    client = browser(make_account("other", duties=[Duty.READ, duty]))
    for address in ("new/", f"rules/{SHIPPED}/text/", f"rules/{SHIPPED}/parameters/"):
        assert client.get(f"/desk/laboratory/{address}").status_code == 403
    assert Entry.objects.filter(act=Act.DENIAL, account="other").count() == 3


def test_the_list_does_not_ask_more_for_many_versions(three: Three, django_assert_max_num_queries: Any) -> None:
    for number in range(25):
        make_version(three[0], number=number + 1)
    standing.forget()
    client = browser(three[0])
    client.get("/desk/laboratory/")
    with django_assert_max_num_queries(10):
        client.get("/desk/laboratory/")
