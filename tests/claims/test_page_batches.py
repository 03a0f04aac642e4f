"""Batches: the list, one with its rejects, uploading and the template."""

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, Settings

from claims import intake, profiles
from claims.models import Batch, Reject
from claims.rejects import BatchRejected
from institutions.models import Account, Duty
from supervision.audit.models import Act, Entry
from tests.builders import make_account, make_batch, make_institution, make_reject, make_total

pytestmark = pytest.mark.django_db


def text_of(client: Client, url: str, language: str = "en") -> str:
    return client.get(url, headers={"accept-language": language}).content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_batch_shows_that_what_came_in_was_accepted_or_rejected(desk: Client, language: str) -> None:
    batch = make_batch(rejected=37, warnings=[["unknown_column", "colour"]])
    make_reject(batch)
    make_total(make_institution(), batch=batch)
    text = text_of(desk, batch.get_absolute_url(), language)
    for figure in ("137", "100", "37", "¥1,037.00", "¥1,000.00", "¥37.00", "colour"):
        assert figure in text


def test_the_months_of_a_batch_add_up_its_institutions(desk: Client) -> None:
    batch = make_batch()
    for code in ("H1", "H2"):
        make_total(make_institution(code), batch=batch, claims=10, paid=Decimal("5.50"))
        make_total(make_institution(code), batch=batch, month="2026-04", kind="pharmacy", claims=1)
    months = desk.get(batch.get_absolute_url()).context["months"]
    assert [(row["month"], row["n"], row["fund"]) for row in months] == [
        ("2026-03", 20, Decimal(11)),
        ("2026-04", 2, 1200),
    ]


def test_rejects_are_counted_filtered_and_paged_by_reason(desk: Client) -> None:
    batch = make_batch(rejected=70)
    for number in range(70):
        make_reject(batch, reason="not_a_number" if number % 7 else "required")
    context = desk.get(batch.get_absolute_url()).context
    assert [(row["reason"], row["n"]) for row in context["reasons"]] == [("not_a_number", 60), ("required", 10)]
    seen: list[Reject] = []
    query = "reason=not_a_number"
    while query:
        page = desk.get(f"{batch.get_absolute_url()}?{query}").context["page"]
        seen, query = seen + page.rows, page.next
    assert [reject.pk for reject in seen] == list(
        batch.rejects.filter(reason="not_a_number").values_list("pk", flat=True)
    )


def test_the_number_of_rejected_rows_opens_to_them(desk: Client) -> None:
    batch = make_batch(rejected=2)
    make_batch()
    make_reject(batch)
    assert text_of(desk, "/desk/batches/").count("#rejects") == 1
    assert f'href="{batch.get_absolute_url()}#rejects"' in text_of(desk, "/desk/batches/")
    assert 'href="#rejects"' in text_of(desk, batch.get_absolute_url())


def test_the_download_holds_every_rejected_row_and_no_formula(desk: Client) -> None:
    batch = make_batch(rejected=2)
    make_reject(batch, value="=cmd()", reason="formula")
    make_reject(batch, reason="total_differs", detail="12.00")
    answer = desk.get(f"/desk/batches/{batch.pk}/rejects.csv", headers={"accept-language": "en"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert [row[4] for row in rows[1:]] == ["'=cmd()", "12,50"]
    assert rows[2][5].endswith("12.00")
    assert Entry.objects.get(act=Act.EXPORT).subject == f"rejects of batch {batch.pk}"


def test_the_list_keeps_the_kind_that_is_asked_for(desk: Client) -> None:
    loaded, rejects = make_batch(), make_batch(rejected=3)
    failed, reading = make_batch(status=Batch.Status.FAILED), make_batch(status=Batch.Status.READING)
    for show, kept in {
        "": [reading, failed, rejects, loaded], "failed": [failed], "rejects": [rejects], "reading": [reading], "x": [reading, failed, rejects, loaded],
    }.items():  # fmt: skip
        assert desk.get(f"/desk/batches/?show={show}").context["page"].rows == kept, show


def test_only_a_batch_underway_asks_for_its_progress(desk: Client) -> None:
    reading = make_batch(status=Batch.Status.READING, done_share=40, stage="reading")
    assert "hx-get" in text_of(desk, reading.get_absolute_url())
    assert "40% done" in text_of(desk, f"{reading.get_absolute_url()}progress/")
    assert "HX-Refresh" not in desk.get(f"{reading.get_absolute_url()}progress/").headers
    Batch.objects.update(status=Batch.Status.LOADED)
    assert "hx-get" not in text_of(desk, reading.get_absolute_url())
    assert desk.get(f"{reading.get_absolute_url()}progress/")["HX-Refresh"] == "true"


def test_a_failed_batch_says_why_in_words(desk: Client) -> None:
    batch = make_batch(status=Batch.Status.FAILED, failure="missing_column", failure_detail="claims.csv: total")
    assert "A required column is missing: claims.csv: total" in text_of(desk, batch.get_absolute_url())


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> list[Batch]:
    """Uploads make their batch and wait: no worker."""
    settings.FUND_HOME = tmp_path
    monkeypatch.setattr("claims.tasks.take_in_batch.delay", lambda number: None)
    return []


def test_uploading_makes_a_batch_and_is_written_down(desk: Client, account: Account, kept: list[Batch]) -> None:
    files = [SimpleUploadedFile(f"claims-2026-0{month}.csv", b"claim_no\n") for month in (1, 2)]
    response = desk.post("/desk/batches/new/", {"files": files, "profile": "template"})
    batch = Batch.objects.get()
    assert (response["Location"], batch.status, batch.loaded_by) == (
        batch.get_absolute_url(),
        Batch.Status.WAITING,
        account,
    )
    assert sorted(file.name for file in batch.files.all()) == ["claims-2026-01.csv", "claims-2026-02.csv"]
    assert Entry.objects.get(act=Act.UPLOAD).subject == f"batch {batch.pk}"


def test_the_same_files_again_change_nothing_and_say_so(desk: Client, kept: list[Batch]) -> None:
    for _ in range(2):
        file = SimpleUploadedFile("claims.csv", b"claim_no\n1\n")
        response = desk.post("/desk/batches/new/", {"files": [file], "profile": "template"})
        Batch.objects.update(status=Batch.Status.LOADED)
    (batch,) = Batch.objects.all()
    assert f"{batch.pk}" in str(response.context["form"].errors["files"])


def test_nobody_fills_the_queue_alone(desk: Client, account: Account, kept: list[Batch]) -> None:
    for number in range(intake.WAITING + 1):
        file = SimpleUploadedFile("claims.csv", f"claim_no\n{number}\n".encode())
        response = desk.post("/desk/batches/new/", {"files": [file], "profile": "template"})
    assert str(intake.WAITING) in str(response.context["form"].errors["files"])
    assert Batch.objects.filter(loaded_by=account).count() == intake.WAITING


def test_a_refused_upload_says_why_beside_the_files(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*files: object, **how: object) -> Batch:
        raise BatchRejected("too_big", "9 GB")

    monkeypatch.setattr(intake, "receive", refuse)
    file = SimpleUploadedFile("claims.csv", b"claim_no\n")
    response = desk.post("/desk/batches/new/", {"files": [file], "profile": "template"})
    assert "9 GB" in str(response.context["form"].errors["files"])


def test_an_upload_without_files_or_of_an_unknown_layout_is_sent_back(desk: Client) -> None:
    empty = SimpleUploadedFile("claims.csv", b"")
    for sent in (
        {},
        {"profile": "template"},
        {"files": [empty], "profile": "template"},
        {"files": [], "profile": "../words"},
    ):
        response = desk.post("/desk/batches/new/", sent)
        assert response.status_code == 200
        assert response.context["form"].errors
    assert not Batch.objects.exists()


def test_only_own_batches_can_be_replaced(desk: Client) -> None:
    mine, foreign, failed = make_batch(), make_batch(territory="990200"), make_batch(status=Batch.Status.FAILED)
    offered = desk.get("/desk/batches/new/").context["form"].fields["replaces"].queryset
    assert list(offered) == [mine]
    for other in (foreign, failed):
        file = SimpleUploadedFile("claims.csv", b"claim_no\n")
        response = desk.post("/desk/batches/new/", {"files": [file], "profile": "template", "replaces": other.pk})
        assert "replaces" in response.context["form"].errors


def test_uploading_asks_for_the_duty(client: Client) -> None:
    client.force_login(make_account("reader", duties=[Duty.READ]))
    assert client.get("/desk/batches/new/").status_code == 403
    assert client.post("/desk/batches/new/", {}).status_code == 403


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_template_page_explains_every_column(desk: Client, language: str) -> None:
    text = text_of(desk, "/desk/template/", language)
    for shape in profiles.load("template").shapes:
        for word in shape.table.words.values():
            assert not word.published or f"<code>{word.name}</code>" in text, word.name


def test_the_template_downloads_as_csv_and_as_a_workbook(desk: Client) -> None:
    tables = {shape.table.name for shape in profiles.load("template").shapes}
    packed = desk.get("/desk/template/template-csv.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(packed.streaming_content))) as archive:  # type: ignore[attr-defined]
        assert {Path(name).stem for name in archive.namelist()} == tables
    book = desk.get("/desk/template/template.xlsx")
    assert set(load_workbook(io.BytesIO(b"".join(book.streaming_content))).sheetnames) == tables  # type: ignore[attr-defined]
    assert desk.get("/desk/template/other.exe").status_code == 404


def test_the_pages_ask_no_more_for_many_rows(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    batch = make_batch(rejected=30)
    for number in range(30):
        make_batch()
        make_reject(batch, claim=f"c{number}")
        make_total(make_institution(f"H{number}"), batch=batch)
    with django_assert_max_num_queries(8):
        assert len(desk.get("/desk/batches/").context["page"].rows) == 25
    with django_assert_max_num_queries(14):
        desk.get(batch.get_absolute_url())


def test_another_territory_finds_nothing_here(client: Client) -> None:
    batch = make_batch(rejected=1)
    make_reject(batch)
    client.force_login(make_account("wangyu", "990200"))
    assert client.get("/desk/batches/").context["page"].rows == []
    for page in ("", "progress/", "rejects.csv"):
        assert client.get(f"{batch.get_absolute_url()}{page}").status_code == 404
    assert Reject.objects.count() == 1


def test_an_institution_sees_what_it_uploaded_itself(client: Client) -> None:
    hospital = make_account("hospital", institution=make_institution(), duties=[Duty.INTAKE])
    own, other = make_batch(loaded_by=hospital), make_batch()
    client.force_login(hospital)
    assert client.get("/institution/").context["page"].rows == [own]
    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get("/institution/upload/").status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    client.force_login(make_account())
    assert client.get("/institution/").status_code == 404


@pytest.mark.parametrize(("territory", "named"), [("990200", True), ("000000", True), ("990100", False)])
@pytest.mark.parametrize("status", [Batch.Status.WAITING, Batch.Status.LOADED])
def test_which_batch_holds_these_files_is_told_only_to_those_who_may_see_it(
    client: Client, kept: list[Batch], territory: str, named: bool, status: Batch.Status
) -> None:
    for username, place in (("first", "990200"), ("second", territory)):
        client.force_login(make_account(username, place))
        file = SimpleUploadedFile("claims.csv", b"claim_no\n1\n")
        sent = {"files": [file], "profile": "template"}
        response = client.post("/desk/batches/new/", sent, headers={"accept-language": "en"})
        Batch.objects.update(status=status)
    said = response.context["form"].errors["files"]
    where = f", as batch {Batch.objects.get().pk}" if named else ""
    assert said == [f"These very files have been taken in already{where}."]
