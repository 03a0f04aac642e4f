"""An evidence pack tells everything about a finding, and proves itself offline."""

import copy
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from pypdf import PdfReader
from pytest_django import Settings

from institutions.models import Account, Institution
from supervision.audit.models import Act, Entry
from supervision.hearing import canonical
from supervision.hearing.models import Attachment, Hearing
from supervision.hearing.packs import take
from supervision.hearing.proving import NotAPack, Problem, opened, parsed, problems
from supervision.hearing.sealing import digest_of
from supervision.monitoring.models import RulePage
from supervision.monitoring.rulebook import rulebook
from tests.builders import make_account
from tests.hearing.charged import claim_of, make_claim
from tests.hearing.heard import make_lines, notified, upheld

Pack = dict[str, Any]
PROJECT = Path(__file__).parents[2]


@pytest.fixture
def hearing(
    tmp_path: Path, settings: Settings, first: Account, second: Account, hospital: Account, place: Institution
) -> Hearing:
    """Two lines, one appealed with a file, both upheld; the claim stands in the warehouse."""
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    claim = claim_of(place)
    make_claim(tmp_path, claim, 12345, 5000)
    rule = rulebook()["drug_sex_restricted"]
    RulePage.objects.get_or_create(rule=rule.code, hash=rule.hash, text=rule.text)
    finding = make_lines("123.45", "50.00", place=place, claim=claim, month="2026-03", page_hash=rule.hash)
    decided = upheld(finding, first, second, hospital, "", "病历有记载")
    attach(decided, hospital)
    return decided


def attach(hearing: Hearing, by: Account) -> None:
    content = b"a page of the record"
    made = Attachment(hearing=hearing, name="病历.png", kind="image/png", size=len(content), added_by=by)
    made.digest = made.given_digest = hashlib.sha256(content).hexdigest()
    made.file.save("record.png", ContentFile(content), save=False)
    made.save()


@pytest.fixture
def file(hearing: Hearing, second: Account, tmp_path: Path) -> Path:
    where = tmp_path / "pack.zip"
    where.write_bytes(take(hearing, by=second))
    return where


@pytest.fixture
def pack(file: Path) -> Pack:
    with zipfile.ZipFile(file) as inside:
        read: Pack = json.loads(inside.read("pack.json"))
    return read


def found(pack: Pack, **more: Any) -> list[Problem]:
    return list(problems(pack, lambda _path: None, with_files=False, **more))


def test_it_tells_what_the_finding_stands_on_and_what_was_done(pack: Pack, hearing: Hearing) -> None:
    assert pack["rule"]["page"] == rulebook()["drug_sex_restricted"].text
    assert pack["run"]["number"] == hearing.finding.last_run_id
    assert [row["amount"] for row in pack["claims"][0]["rows"]["fee_line"]] != []
    assert [line["grounds"] for line in pack["hearing"]["lines"]] == ["", "病历有记载"]
    assert pack["hearing"]["history"][-1]["move"] == "uphold"
    assert {document["kind"] for document in pack["documents"]} == {"finding_notice", "finding_decision"}
    assert sum(len(item["entries"]) for item in pack["ledger"]) >= 4
    assert "病历.png" in {one["name"] for one in pack["files"]}


def test_a_pack_as_it_was_made_holds(file: Path) -> None:
    pack, read = opened(file)
    assert list(problems(pack, read)) == []


def test_what_the_institution_has_not_sent_yet_is_not_in_it(
    first: Account, hospital: Account, place: Institution, tmp_path: Path, settings: Settings
) -> None:
    settings.WAREHOUSE = str(tmp_path / "warehouse")
    waiting = notified(make_lines("10.00", place=place), first)
    attach(waiting, hospital)
    with zipfile.ZipFile(io.BytesIO(take(waiting, by=first))) as inside:
        assert "病历.png" not in inside.read("pack.json").decode()
        assert not any(name.endswith(".png") for name in inside.namelist())


def test_taking_it_enters_the_chain_with_its_digest(pack: Pack, hearing: Hearing) -> None:
    act = Entry.objects.get(act=Act.PACK)
    assert (act.subject, act.facts["digest"]) == (str(hearing), pack["digest"])


def test_the_print_carries_the_digest_on_every_page_and_speaks_chinese(file: Path, pack: Pack) -> None:
    with zipfile.ZipFile(file) as inside:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(inside.read("pack.pdf"))).pages]
    assert all(pack["digest"] in page for page in pages)
    assert "疑点证据包" in pages[0]
    assert "病历有记载" in "".join(pages).replace("\u200b", "")


def change_amount(pack: Pack) -> None:
    pack["claims"][0]["rows"]["fee_line"][0]["amount"] = "1.00"


def change_page(pack: Pack) -> None:
    pack["rule"]["page"] += " "


def change_line(pack: Pack) -> None:
    pack["finding"]["lines"][0]["at_stake"] = "9.99"


def change_grounds(pack: Pack) -> None:
    pack["hearing"]["lines"][0]["confirmed"] = "0.00"


def change_history(pack: Pack) -> None:
    del pack["hearing"]["history"][1]


def change_letter(pack: Pack) -> None:
    pack["documents"][0]["text_zh"] += "。"


def change_ledger(pack: Pack) -> None:
    pack["ledger"][0]["entries"][0]["postings"][0]["amount"] = "1.00"


def change_version(pack: Pack) -> None:
    pack["warehouse"]["version"] += 1


def change_shape(pack: Pack) -> None:
    pack["finding"]["lines"] = None


CHANGES: dict[str, Callable[[Pack], None]] = {
    "claims[0]": change_amount, "rule.page": change_page, "finding.lines": change_line,
    "hearing.lines": change_grounds, "hearing.history[1]": change_history, "documents[0]": change_letter,
    "ledger[0]": change_ledger, "warehouse": change_version, "pack": change_shape,
}  # fmt: skip


def test_what_was_changed_is_found_and_located_even_under_a_new_digest(pack: Pack) -> None:
    for where, change in CHANGES.items():
        changed = copy.deepcopy(pack)
        change(changed)
        assert found(changed)[0].where == "digest"
        changed["digest"] = digest_of(changed)
        assert any(problem.where.startswith(where) for problem in found(changed)), where


def test_whoever_works_out_every_digest_anew_is_betrayed_by_the_print(pack: Pack) -> None:
    printed = pack["digest"]
    row = pack["claims"][0]["rows"]["diagnosis"][0]
    row["name"] = "感冒"
    pack["claims"][0]["digest"] = canonical.digest(pack["claims"][0]["rows"])
    pack["digest"] = digest_of(pack)
    assert found(pack) == []
    assert [problem.where for problem in found(pack, expected=printed)] == ["digest"]


def test_a_file_that_is_missing_or_changed_is_named(pack: Pack) -> None:
    held = {file["path"]: b"" for file in pack["files"] if file["name"] == "病历.png"}
    said = list(problems(pack, held.get))
    assert len(said) == len(pack["files"])
    assert any("病历.png" in str(problem) and "hashes to" in str(problem) for problem in said)
    assert any("is missing" in str(problem) for problem in said)


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b'{"format": "fund-supervision evidence pack", "version": 9}',
             b'{"format": "x", "format": "fund-supervision evidence pack"}'],
)  # fmt: skip
def test_what_is_no_pack_is_refused_in_words(text: bytes) -> None:
    with pytest.raises(NotAPack):
        parsed(text)


def test_the_command_proves_the_archive_and_the_json(file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as inside:
        inside.extractall(tmp_path / "out")
    for arguments in (
        [str(file)],
        [str(tmp_path / "out" / "pack.json"), "--attachments", str(tmp_path / "out" / "files")],
    ):
        said = io.StringIO()
        call_command("verify_pack", *arguments, stdout=said)
        assert "holds" in said.getvalue()
    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify_pack", str(file), "--digest", "0" * 64, stderr=io.StringIO())
    with pytest.raises(CommandError):
        call_command("verify_pack", str(tmp_path / "nothing.zip"))


def test_the_command_needs_no_database(file: Path, tmp_path: Path) -> None:
    nowhere = {"FUND_HOME": str(tmp_path / "elsewhere"), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
               "REDIS_URL": "redis://127.0.0.1:1", "PATH": "", "DJANGO_SETTINGS_MODULE": "supervision.settings"}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "manage.py", "verify_pack", str(file)], cwd=PROJECT, env=nowhere, text=True,
        capture_output=True, check=False,
    )  # fmt: skip
    assert "holds" in done.stdout, done.stderr


def test_a_page_gives_it_away_within_the_territory_alone(client: Client, hearing: Hearing, second: Account) -> None:
    client.force_login(second)
    answer = client.get(f"/desk/hearing/{hearing.pk}/pack.zip")
    assert zipfile.is_zipfile(io.BytesIO(answer.content))
    for stranger in make_account("elsewhere", "990200"), hearing.institution.accounts.get():
        client.force_login(stranger)
        assert client.get(f"/desk/hearing/{hearing.pk}/pack.zip").status_code == 404
