"""Proves an evidence pack by itself: no database, no network, nothing but the pack and its files.

Every check says where it found what does not hold. Whoever changes a pack and works out all its digests anew is
found out by the digest that its print carries and that the chain of acts holds.
"""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from . import canonical
from .sealing import FORMAT, PACK, VERSION, digest_of

Pack = Mapping[str, Any]
Reader = Callable[[str], bytes | None]  # a file of the pack by its path
LARGEST = 2 * 1024**3  # bytes that an archive may unfold to


class NotAPack(Exception):
    """What cannot be read as a pack; the sentence says why."""


@dataclass(frozen=True)
class Problem:
    """Something in a pack that does not hold, and where."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def opened(file: Path, folder: Path | None = None) -> tuple[Pack, Reader]:
    """The pack in a file, and how the files that go with it are read: out of the archive, or out of a folder."""
    if zipfile.is_zipfile(file):
        inside = zipfile.ZipFile(file)
        if sum(one.file_size for one in inside.infolist()) > LARGEST:
            raise NotAPack("it unfolds to more than two gigabytes")
        names = set(inside.namelist())
        if PACK not in names:
            raise NotAPack(f"there is no {PACK} in it")
        return parsed(inside.read(PACK)), lambda path: inside.read(path) if path in names else None
    if folder is None:
        return parsed(file.read_bytes()), _nothing
    return parsed(file.read_bytes()), lambda path: _found(folder, path)


def _nothing(path: str) -> bytes | None:
    return None


def _found(folder: Path, path: str) -> bytes | None:
    """Only the last part of the name counts: a pack does not lead out of the folder."""
    named = folder / Path(path).name
    return named.read_bytes() if named.is_file() else None


def parsed(text: bytes) -> Pack:
    try:
        pack = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise NotAPack(f"it is no JSON: {error}") from error
    if not isinstance(pack, dict) or pack.get("format") != FORMAT:
        raise NotAPack("it is no evidence pack")
    if pack.get("version") != VERSION:
        raise NotAPack(f"it is of version {pack.get('version')}; this is read: {VERSION}")
    return pack


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice could say one thing to one reader and another to the next."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def problems(pack: Pack, read: Reader, *, with_files: bool = True, expected: str = "") -> Iterator[Problem]:
    """Everything that does not hold; nothing where the pack is as it was made."""
    digest = digest_of(pack)
    if pack.get("digest") != digest:
        yield Problem("digest", f"the pack says {pack.get('digest')}, its content gives {digest}")
    if expected and expected.lower() != digest:
        yield Problem("digest", f"expected {expected}, its content gives {digest}")
    parts = {"": pack} if pack.get("kind") == "finding" else dict(_findings(pack))
    for at, part in parts.items():
        yield from guarded(of_finding, at, part)
    if pack.get("kind") == "case":
        yield from guarded(of_case, "", pack)
    if with_files:
        yield from of_files(pack, read)


def guarded(check: Callable[[str, Pack], Iterator[Problem]], at: str, part: Pack) -> Iterator[Problem]:
    """A part that is not shaped like one is a problem, not a crash."""
    try:
        yield from check(at, part)
    except (KeyError, TypeError, AttributeError, ValueError, InvalidOperation) as error:
        yield Problem(at or "pack", f"is not shaped like a pack: {type(error).__name__} {error}")


def _findings(pack: Pack) -> Iterator[tuple[str, Pack]]:
    for number, part in enumerate(pack.get("findings", [])):
        yield f"findings[{number}].", part


def of_finding(at: str, part: Pack) -> Iterator[Problem]:
    finding, hearing = part["finding"], part["hearing"]
    yield from of_source(at, part)
    if part["knowledge"]["version"] != finding["knowledge_version"]:
        yield Problem(f"{at}knowledge.version", "is not the finding's")
    accused = sum((Decimal(line["at_stake"]) for line in finding["lines"] if line["role"] == "accused"), Decimal(0))
    if accused != Decimal(finding["at_stake"]):
        yield Problem(f"{at}finding.lines", f"put {accused} at stake, the finding {finding['at_stake']}")
    yield from of_claims(at, part)
    yield from of_hearing(at, hearing)
    yield from of_documents(at, part["documents"])
    yield from of_ledger(at, part["ledger"])


def of_source(at: str, part: Pack) -> Iterator[Problem]:
    """The page and the run that have found it; what people found on the spot has neither."""
    finding, rule = part["finding"], part["rule"]
    if part["run"] is None and not (rule["page"] or rule["hash"] or finding["page_hash"] or part["warehouse"]):
        return
    page = hashlib.sha256(rule["page"].encode()).hexdigest()
    if not page == rule["hash"] == finding["page_hash"]:
        yield Problem(f"{at}rule.page", f"hashes to {page}, the finding was made with {finding['page_hash']}")
    if part["run"]["snapshot"] != part["warehouse"]["version"]:
        yield Problem(f"{at}warehouse", "is not the version that the run has read")


def of_claims(at: str, part: Pack) -> Iterator[Problem]:
    """Frozen rows hash to what was kept; the accused charges stand among them with their amounts."""
    amounts: dict[str, object] = {}
    for number, claim in enumerate(part["claims"]):
        found = canonical.digest(claim["rows"])
        if found != claim["digest"]:
            yield Problem(f"{at}claims[{number}] {claim['claim']}", f"its rows hash to {found}, not {claim['digest']}")
        amounts |= {row["charge"]: row["amount"] for row in claim["rows"].get("charge", [])}
    for number, line in enumerate(part["finding"]["lines"]):
        known = amounts.get(line["charge"], line["amount"])
        if line["charge"] and amounts and _fen(known) != _fen(line["amount"]):
            yield Problem(f"{at}finding.lines[{number}] {line['charge']}", "is not the amount of the frozen charge")


def _fen(amount: object) -> int | None:
    """Whole numbers are fen already; text is yuan."""
    if amount is None or isinstance(amount, int):
        return amount
    return int(Decimal(str(amount)) * 100)


def of_hearing(at: str, hearing: Pack) -> Iterator[Problem]:
    """The history leads from move to move to where the hearing stands; its lines add up to it."""
    yield from of_history(f"{at}hearing", hearing)
    # What the fund paid stands in packs that were made since it is kept apart from the charge.
    for name in [one for one in ("suspected", "confirmed", "fund_suspected", "fund_confirmed") if one in hearing]:
        total = sum((Decimal(line[name]) for line in hearing["lines"]), Decimal(0))
        if hearing["lines"] and total != Decimal(hearing[name]):
            yield Problem(f"{at}hearing.lines", f"{name}: they add up to {total}, the hearing says {hearing[name]}")
    for number, line in enumerate(hearing["lines"]):
        if Decimal(line["confirmed"]) > Decimal(line["suspected"]):
            yield Problem(f"{at}hearing.lines[{number}]", "confirms more than was suspected")
        if Decimal(line.get("fund_confirmed", 0)) > Decimal(line["confirmed"]):
            yield Problem(f"{at}hearing.lines[{number}]", "makes the fund lose more than was charged")


def of_history(at: str, moved: Pack) -> Iterator[Problem]:
    state = None
    for number, event in enumerate(moved["history"]):
        if state is not None and event["before"] != state:
            yield Problem(f"{at}.history[{number}]", f"begins at {event['before']}, the move before ended at {state}")
        state = event["after"]
    if state is not None and state != moved["state"]:
        yield Problem(f"{at}.state", f"is {moved['state']}, the last move ended at {state}")


def of_documents(at: str, documents: list[Pack]) -> Iterator[Problem]:
    """The verification code of a letter covers its reference and its text."""
    for number, document in enumerate(documents):
        text = f"{document['reference']}\n{document['text_zh']}"
        code = hashlib.sha256(text.encode()).hexdigest()[:16].upper()
        if document["code"].replace("-", "") != code:
            yield Problem(f"{at}documents[{number}] {document['reference']}", "its text does not fit its code")


def of_ledger(at: str, items: list[Pack]) -> Iterator[Problem]:
    for number, item in enumerate(items):
        for entry in item["entries"]:
            total = sum((Decimal(one["amount"]) for one in entry["postings"]), Decimal(0))
            if total:
                yield Problem(f"{at}ledger[{number}] entry {entry['number']}", f"is out of balance by {total}")


def of_case(at: str, pack: Pack) -> Iterator[Problem]:
    yield from of_history("case", pack["case"])
    for number, proceeding in enumerate(pack["proceedings"]):
        yield from of_history(f"proceedings[{number}] {proceeding['number']}", proceeding)
    yield from of_documents(at, pack["documents"])
    yield from of_ledger(at, pack["ledger"])


def of_files(pack: Pack, read: Reader) -> Iterator[Problem]:
    """Every file that the pack names is there and is what it was."""
    for number, file in enumerate(pack.get("files", [])):
        held = read(str(file["path"]))
        if held is None:
            yield Problem(f"files[{number}] {file['name']}", f"is missing: {file['path']}")
        elif (found := hashlib.sha256(held).hexdigest()) != file["digest"]:
            yield Problem(f"files[{number}] {file['name']}", f"hashes to {found}, not {file['digest']}")
