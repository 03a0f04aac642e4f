"""Letters are numbered without gaps, written whole or not at all, and kept as they left the office."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import docx
import pytest
import time_machine
from django.db import ProgrammingError, connection, connections, transaction
from pypdf import PdfReader

from supervision.documents.issuing import FactMissing
from supervision.documents.kinds import KINDS
from supervision.documents.letter import compose, may_hold, page
from supervision.documents.models import Document, Letterhead
from supervision.documents.wording import written
from tests.documents.building import FORMS, facts_for, make_document


@pytest.mark.django_db
def test_numbers_run_on_for_each_place_kind_and_year() -> None:
    with time_machine.travel("2026-12-31 15:00Z", tick=False):
        numbers = [make_document().reference for _ in range(2)]
        other_kind, other_place = make_document("reminder").reference, make_document(place="990101").reference
    with time_machine.travel("2026-12-31 16:00Z", tick=False):  # midnight in Beijing
        next_year = make_document().reference

    assert numbers == ["云泽医保罚告字〔2026〕1号", "云泽医保罚告字〔2026〕2号"]
    assert other_kind == "云泽医保催告字〔2026〕1号"
    assert other_place == "云泽990101医保罚告字〔2026〕1号"  # a place of the same name has numbers of its own
    assert next_year == "云泽医保罚告字〔2027〕1号"


@pytest.mark.django_db
def test_a_letter_that_lacks_facts_names_them_and_takes_no_number() -> None:
    with pytest.raises(FactMissing) as refusal:
        make_document(penalty=" ", basis="")
    assert refusal.value.names == ["basis", "penalty"]
    assert make_document().number == 1


@pytest.mark.django_db
def test_a_number_is_free_again_where_what_needed_the_letter_fails() -> None:
    def decide() -> None:
        with transaction.atomic():
            make_document()
            raise RuntimeError("the move failed after its letter")

    with pytest.raises(RuntimeError, match="after its letter"):
        decide()
    assert make_document().number == 1


@pytest.mark.django_db(transaction=True)
def test_many_who_issue_at_once_leave_no_gap() -> None:
    def one(_number: int) -> int:
        try:
            return make_document().number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(12))) == list(range(1, 13))


@pytest.mark.django_db
def test_the_papers_are_kept_with_their_digests() -> None:
    document = make_document(party="云泽市第一人民医院")
    for file, digest in (document.pdf, document.pdf_digest), (document.docx, document.docx_digest):
        with file.open("rb") as kept:
            assert hashlib.sha256(kept.read()).hexdigest() == digest


@pytest.mark.django_db
def test_both_papers_say_the_same() -> None:
    document = make_document(party="云泽市第一人民医院", refund="12345.67")
    with document.pdf.open("rb") as file:
        pages = PdfReader(file).pages
        printed = "".join(page.extract_text() for page in pages)
    with document.docx.open("rb") as file:
        word = docx.Document(io.BytesIO(file.read()))
        typed = "\n".join(paragraph.text for paragraph in word.paragraphs)
        foot = word.sections[0].footer.paragraphs[0].text

    for told in ("云泽市第一人民医院", "医疗保障行政处罚事先告知书", "壹万贰仟叁佰肆拾伍元陆角柒分", "12,345.67"):
        assert told in typed
        assert told in printed.replace(" ", "").replace("\n", "")
    assert document.code in foot
    assert document.code in printed
    assert f"共{len(pages)}页" in printed.replace(" ", "")


@pytest.mark.django_db
def test_what_was_issued_can_neither_be_changed_nor_deleted() -> None:
    document = make_document()
    for change in ("UPDATE documents_document SET reference = 'x'", "DELETE FROM documents_document"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(change)
    assert Document.objects.get().reference == document.reference


@pytest.mark.django_db
def test_an_office_signs_with_the_letterhead_that_was_set_for_it() -> None:
    Letterhead.objects.create(
        place="990100", place_zh="云泽市", office_zh="云泽市医疗保障局", office_en="Yunze HSA", sign="云医保"
    )
    assert make_document().reference.startswith("云医保罚告字〔")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_issued_with_the_facts_it_asks_for_and_with_all_it_may_hold(kind: str) -> None:
    every: dict[str, Any] = {name: FORMS.get(name, f"另有{name}") for name in may_hold(kind)}
    for document in (make_document(kind), make_document(kind, **every)):
        assert "{" not in document.text_zh
        assert "{" not in document.text_en
        assert document.reference in document.text_zh


@pytest.mark.parametrize("kind", KINDS)
def test_the_reading_copy_tells_what_the_letter_tells(kind: str) -> None:
    facts = facts_for(kind) | {name: FORMS.get(name, name) for name in may_hold(kind)}
    own = {"office": "局", "reference": "1", "today": "2026-11-22", "place": "地"}
    chinese, english = (compose(kind, tongue, {**facts, **own}) for tongue in ("zh_Hans", "en"))
    assert [block.what for block in chinese.blocks] == [block.what for block in english.blocks]


def test_every_template_is_a_kind_of_letter() -> None:
    for tongue in ("zh_Hans", "en"):
        folder = page("reminder", tongue).parent
        assert {file.stem for file in folder.glob("*.txt")} == KINDS.keys()


@pytest.mark.parametrize(
    ("fact", "form", "chinese", "english"),
    [
        ("100000", "money", "100,000.00元（人民币壹拾万元整）", "CNY 100,000.00"),
        ("0.05", "money", "0.05元（人民币伍分）", "CNY 0.05"),
        ("-3.20", "money", "-3.20元（人民币负叁元贰角）", "CNY -3.20"),
        ("2026-02-28", "day", "2026年2月28日", "28 February 2026"),
        ("2026-02-28T09:05", "moment", "2026年2月28日09:05", "28 February 2026, 09:05"),
        ("within ten days", "day", "within ten days", "within ten days"),
    ],
)
def test_amounts_and_days_are_written_as_letters_write_them(fact: str, form: str, chinese: str, english: str) -> None:
    assert written(fact, form, "zh_Hans") == chinese
    assert written(fact, form, "en") == english


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["penalty_decision", "no_penalty_decision", "refund_order", "finding_decision"])
def test_what_is_decided_names_the_organ_and_the_court_of_the_letterhead(kind: str) -> None:
    Letterhead.objects.create(
        place="990100", place_zh="云泽市", office_zh="云泽市医疗保障局", office_en="Yunze HSA", sign="云医保",
        organ_zh="云泽市人民政府", organ_en="Yunze Government", court_zh="云泽市法院", court_en="Yunze Court",
    )  # fmt: skip
    document = make_document(kind)
    assert "向云泽市人民政府申请行政复议" in document.text_zh
    assert "向云泽市法院提起行政诉讼" in document.text_zh
    assert "reconsideration" in document.text_en
    assert "Yunze Government" in document.text_en
    assert "before Yunze Court" in document.text_en


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_that_sets_a_day_says_that_the_day_counts(kind: str) -> None:
    assert "{deadline:day}前" not in page(kind, "zh_Hans").read_text("utf-8")


@pytest.mark.django_db
def test_what_no_paper_can_show_is_left_out_and_the_letter_is_written() -> None:
    document = make_document(facts="住院\x01期间\ufffe重复\x0b收费\uffff\u202e。")
    assert document.facts["facts"] == "住院期间重复收费。"
    assert "住院期间重复收费。" in document.text_zh


@pytest.mark.django_db
def test_no_mark_within_a_row_begins_another() -> None:
    facts = {**facts_for("evidence_list", items="1 | 病历\u2028第二行 | 书证\x85"), "office": "x", "reference": "y"}
    made = compose("evidence_list", "zh_Hans", {**facts, "today": "2026-01-01"})
    (table,) = [block for block in made.blocks if block.what == "table" and "病历" in str(block.rows)]
    assert [row[0] for row in table.rows].count("1") == 1
    assert not any("第二行" in row[0] for row in table.rows)


@pytest.mark.django_db
def test_the_reading_copy_takes_the_english_names_that_stand_beside_the_chinese() -> None:
    letter = make_document(party="云泽市仁和医院", party_en="Yunze Renhe Hospital", place_en="Yunze")
    assert "Yunze Renhe Hospital" in letter.text_en and "云泽市仁和医院" not in letter.text_en
    assert letter.text_en.startswith("Healthcare Security Administration of Yunze")
    assert "云泽市仁和医院" in letter.text_zh and "Renhe" not in letter.text_zh
