"""An institution's own check: every row as intake checks it, every rule that counts before payment, and no trace."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import Settings

from claims import warehouse
from claims.models import Batch
from claims.rejects import BatchRejected
from institutions.models import Account, Duty, Institution
from supervision.audit.models import Act, Entry
from supervision.monitoring import aside
from supervision.monitoring.models import Finding, RulePage, Standing
from supervision.monitoring.rulebook import read, rulebook
from supervision.review import self_checking
from supervision.review.models import Message, Remark, SelfCheck
from tests.builders import make_account, make_institution
from tests.claims.building import a_claim, a_diagnosis, a_line, take_in, write_folder
from tests.review.messages import FOR_WOMEN, INSTITUTION

Uploads = list[SimpleUploadedFile]
WRONG = {"item": FOR_WOMEN, "item_name": "子宫输卵管碘油造影"}


@pytest.fixture
def clerk(hospital: Institution, settings: Settings, tmp_path: Path) -> Account:
    settings.FUND_HOME, settings.WAREHOUSE = tmp_path, str(tmp_path / "warehouse")
    return make_account("clerk", institution=hospital, duties=[Duty.INTAKE])


def files(folder: Path, **tables: Any) -> Uploads:
    """Files of the template about this hospital."""
    rows = {
        name: [{**row, "institution": row.get("institution") or INSTITUTION} for row in some]
        for name, some in tables.items()
    }
    write_folder(folder, **rows)
    return [SimpleUploadedFile(file.name, file.read_bytes()) for file in sorted(folder.iterdir())]


def own(row: dict[str, str]) -> dict[str, str]:
    return row | {"institution": INSTITUTION}


def planned(folder: Path, *lines: dict[str, str], **claim: str) -> Uploads:
    """A visit of a man with these lines, each of 25 yuan."""
    total = f"{25 * len(lines)}.00"
    sums = {"total": total, "eligible": total, "fund_paid": total, "account_paid": "0", "cash_paid": "0"}
    return files(
        folder,
        claims=[own(a_claim(**{**sums, **claim}))],
        lines=[own(line) for line in lines],
        diagnoses=[own(a_diagnosis())],
    )


def checked(uploads: Uploads, by: Account) -> SelfCheck:
    made = self_checking.ask(uploads, profile="template", by=by)
    self_checking.check(made.pk)
    made.refresh_from_db()
    return made


def test_what_a_rule_would_say_is_shown_with_its_line_and_amount(clerk: Account, tmp_path: Path) -> None:
    done = checked(planned(tmp_path / "in", a_line(), a_line(line="2", **WRONG)), clerk)
    assert (done.status, done.rows_rejected, done.claims_checked, done.unasked) == ("done", 0, 1, [])
    remark = done.remarks.get()
    assert (remark.rule, remark.claim, str(remark.at_stake)) == ("item_sex_restricted", f"{INSTITUTION}:a", "25.00")
    assert remark.charges == [f"{INSTITUTION}:a:2"]
    assert "子宫输卵管" in remark.because_zh
    assert {"item_sex_restricted"} < set(done.rules)


def test_nothing_of_it_is_kept_anywhere_else(clerk: Account, tmp_path: Path) -> None:
    checked(planned(tmp_path / "in", a_line(**WRONG)), clerk)
    assert warehouse.published() is None
    assert not any(model.objects.exists() for model in (Batch, Finding, Message, Remark))
    assert list((tmp_path / "tmp").glob("rehearsal-*")) == []


def test_a_row_that_intake_would_refuse_is_named(clerk: Account, tmp_path: Path) -> None:
    done = checked(planned(tmp_path / "in", a_line(amount="12,50")), clerk)
    refused = done.rejects.exclude(reason="claim").get(column="amount")
    assert (refused.file, refused.row, refused.value, refused.reason) == ("lines.csv", 2, "12,50", "not_a_number")
    assert (done.claims_in, done.claims_rejected, done.remarks.count()) == (1, 1, 0)


def test_a_file_that_is_none_says_why(clerk: Account, tmp_path: Path) -> None:
    done = checked([SimpleUploadedFile("holiday.csv", b"a,b\n1,2\n")], clerk)
    assert (done.status, done.failure) == ("failed", "unknown_files")


def test_claims_of_others_are_none_of_its_business(clerk: Account, tmp_path: Path) -> None:
    make_institution("H2")
    lines = [own(a_line()), a_line("b", **WRONG) | {"institution": "H2"}]
    uploads = files(tmp_path / "in", claims=[own(a_claim()), a_claim("b") | {"institution": "H2"}], lines=lines)
    done = checked(uploads, clerk)
    assert (done.claims_checked, done.remarks.count()) == (1, 0)
    assert done.rejects.filter(reason="unknown_institution").exists()


def stay(number: str, institution: str, admitted: str, discharged: str) -> dict[str, list[dict[str, str]]]:
    moments = {
        "admitted": f"{admitted} 09:00:00",
        "discharged": f"{discharged} 09:00:00",
        "settled_at": f"{discharged} 10:00:00",
    }
    where = {"institution": institution}
    return {
        "claims": [a_claim(number, kind="inpatient", **moments) | where],
        "lines": [a_line(number, done_at=f"{admitted} 10:00:00") | where],
        "diagnoses": [a_diagnosis(number) | where],
    }  # fmt: skip


def test_what_the_warehouse_knows_of_the_same_member_counts(clerk: Account, tmp_path: Path) -> None:
    """A stay that is in the warehouse, of another hospital, and one in the file that overlaps it."""
    make_institution("H2")
    own_stay = files(tmp_path / "in", **stay("here", INSTITUTION, "2026-06-04", "2026-06-12"))
    assert not checked(own_stay, clerk).remarks.filter(rule="adm_overlap").exists()
    take_in(write_folder(tmp_path / "before", **stay("there", "H2", "2026-06-01", "2026-06-10")))
    again = files(tmp_path / "in", **stay("here", INSTITUTION, "2026-06-04", "2026-06-12"))
    remark = checked(again, clerk).remarks.get(rule="adm_overlap")
    assert (remark.claim, remark.charges) == (f"{INSTITUTION}:here", [])


def test_claims_that_are_in_already_are_checked_again_and_once(clerk: Account, tmp_path: Path) -> None:
    uploads = planned(tmp_path / "in", a_line(**WRONG))
    take_in(tmp_path / "in")
    assert checked(uploads, clerk).remarks.count() == 1


def test_only_the_institution_sees_it(clerk: Account, tmp_path: Path) -> None:
    done = checked(planned(tmp_path / "in", a_line(**WRONG)), clerk)
    others = [
        make_account("yunze"),
        make_account("nation", "000000"),
        make_account("next", institution=make_institution("H2")),
    ]
    for rows in (SelfCheck.objects, type(done.remarks.get()).objects):
        assert [rows.visible_to(account).count() for account in (clerk, *others)] == [1, 0, 0, 0]


def test_a_killed_workers_self_check_is_taken_up_again(
    clerk: Account, tmp_path: Path, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    made = self_checking.ask(planned(tmp_path / "in", a_line(**WRONG)), profile="template", by=clerk)
    begun = {"status": "reading", "tries": 1}
    SelfCheck.objects.filter(pk=made.pk).update(**begun, lease_until=timezone.now() + timedelta(minutes=1))
    self_checking.check(made.pk)  # somebody is at it
    assert not made.remarks.exists()
    SelfCheck.objects.filter(pk=made.pk).update(lease_until=timezone.now() - timedelta(minutes=1))
    self_checking.sweep()
    self_checking.sweep()
    assert made.remarks.count() == 1
    SelfCheck.objects.filter(pk=made.pk).update(
        **begun | {"tries": 5}, lease_until=timezone.now() - timedelta(minutes=1)
    )
    self_checking.sweep()
    made.refresh_from_db()
    assert (made.status, made.failure) == ("failed", "too_many_tries")


def test_the_files_go_after_a_while_and_what_was_found_stays(
    clerk: Account, tmp_path: Path, settings: Settings
) -> None:
    done = checked(planned(tmp_path / "in", a_line(**WRONG)), clerk)
    assert self_checking.forget() == 0
    SelfCheck.objects.update(finished_at=timezone.now() - timedelta(days=settings.REVIEW_SELF_CHECK_DAYS, minutes=1))
    assert (self_checking.forget(), self_checking.forget()) == (1, 0)
    assert list((tmp_path / "self-checks").iterdir()) == []
    killed, going = tmp_path / "tmp" / "rehearsal-killed", tmp_path / "tmp" / "rehearsal-going"
    for folder in (killed, going):
        folder.mkdir()
    os.utime(killed, (0, 0))
    self_checking.forget()
    assert (killed.exists(), going.exists()) == (False, True)
    assert done.remarks.exists()


def test_who_asks_is_written_down_and_few_may_wait(clerk: Account, tmp_path: Path) -> None:
    uploads = planned(tmp_path / "in", a_line())
    for _time in range(self_checking.WAITING):
        self_checking.ask(uploads, profile="template", by=clerk)
    with pytest.raises(BatchRejected):
        self_checking.ask(uploads, profile="template", by=clerk)
    assert Entry.objects.filter(act=Act.UPLOAD, account="clerk").count() == self_checking.WAITING


def test_a_page_that_was_written_on_the_site_says_the_same(clerk: Account, tmp_path: Path) -> None:
    """It is asked by the desk, which lets it do nothing but read."""
    uploads = planned(tmp_path / "in", a_line(), a_line(line="2", **WRONG))
    shipped = checked(uploads, clerk).remarks.get()
    page = rulebook()[shipped.rule]
    keep_page(shipped.rule, page.text.replace(page.about, f"{page.about} As written here.", 1))
    done = checked(uploads, clerk)
    assert done.rules[shipped.rule] != page.hash
    facts = ("rule", "claim", "certainty", "at_stake", "because_en", "because_zh", "charges")
    assert done.remarks.values_list(*facts).get() == tuple(getattr(shipped, fact) for fact in facts)


def test_a_rule_that_could_not_be_asked_is_named_and_stops_no_other(
    clerk: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = rulebook()["drug_sex_restricted"]
    keep_page(page.code, page.text.replace(page.about, f"{page.about} As written here.", 1))
    monkeypatch.setattr(aside, "confined", lambda con, rule: None)
    done = checked(planned(tmp_path / "in", a_line(**WRONG)), clerk)
    assert (done.status, done.unasked) == ("done", [page.code])
    assert done.remarks.get().rule == "item_sex_restricted"


def test_what_a_page_says_of_others_claims_is_left_out(clerk: Account, tmp_path: Path) -> None:
    """A page that was written on the site may accuse what it should only look at."""
    at_neighbours = {"institution": make_institution("H2").pk}
    before = write_folder(
        tmp_path / "before",
        claims=[a_claim("old") | at_neighbours],
        lines=[a_line("old", **WRONG) | at_neighbours],
        diagnoses=[a_diagnosis("old") | at_neighbours],
    )
    assert take_in(before).claims_accepted == 1
    page = rulebook()["item_sex_restricted"]
    keep_page(page.code, page.text.replace("FROM charge AS", "FROM history AS", 1))
    done = checked(planned(tmp_path / "in", a_line(**WRONG)), clerk)
    assert {remark.claim.partition(":")[0] for remark in done.remarks.all()} == {INSTITUTION}


def keep_page(code: str, text: str) -> None:
    """What somebody published in the laboratory."""
    kept = RulePage.objects.create(rule=code, text=text, hash=read(code, text).hash)
    Standing.objects.create(rule=code, page=kept, version=1, stage="in_force", since=timezone.now())
