"""Fee lines go up (2204, 2301) and are withdrawn (2205, 2302), in whatever order they are told."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from claims.lines import item_kind
from institutions.models import Institution
from supervision.review.messages import Message
from supervision.review.messages.charging import ALL, FeeLine, Split, SplitRow, Taken, Uploaded, Withdrawn
from supervision.review.messages.values import as_rows
from supervision.review.models import Encounter, Line
from supervision.review.models import Message as Kept

from .holding import check_person, held

Sent = tuple[int, FeeLine]
NOT_LIMITED = 999_999.0  # yuan: how the payer writes that a price has no ceiling
UNKNOWN = "0"  # a class or a flag that only the payer knows
CATEGORIES = {"slice": "10", "consumable": "08"}  # med_chrgitm_type, where nobody has said it
OTHER = "14"


def upload(message: Message, place: Institution, kept: Kept) -> dict[str, object]:
    """Keep the lines as sent, each under its number; answers their split as far as it is known."""
    data, envelope = message.data, message.envelope
    assert isinstance(data, Uploaded)
    bodies, copies = as_rows(envelope.input["feedetail"]), as_rows(envelope.input.get("result"))
    splits = {row.feedetl_sn: copy for row, copy in zip(data.result, copies, strict=True)}
    lines = sorted(enumerate(data.feedetail), key=lambda sent: sent[1].mdtrt_id)
    for number, some in groupby(lines, key=lambda sent: sent[1].mdtrt_id):
        told = list(some)
        encounter = _held(place, number, told)
        if envelope.insuplc_admdvs:
            encounter.learn("insuplc_admdvs", envelope.insuplc_admdvs, envelope.stamp)
        _put(encounter, [(bodies[at], splits.get(line.feedetl_sn)) for at, line in told], envelope.stamp, kept)
        encounter.changed()
    payers = {row.feedetl_sn: row for row in data.result}
    return {"result": [_answered(line, payers.get(line.feedetl_sn)) for line in data.feedetail]}


def _held(place: Institution, number: str, lines: Iterable[Sent]) -> Encounter:
    """The encounter of some lines, all of which are one person's."""
    (first, line), *others = lines
    encounter = held(place, number, line.psn_no, f"input.feedetail[{first}].psn_no")
    for at, other in others:
        check_person(encounter, other.psn_no, f"input.feedetail[{at}].psn_no")
    return encounter


def _put(encounter: Encounter, told: list[tuple[Any, Any]], stamp: str, kept: Kept) -> None:
    ours = {str(body["feedetl_sn"]).strip(): (body, split) for body, split in told}
    known = {line.number: line for line in encounter.lines.filter(number__in=ours)}
    for number, (body, split) in ours.items():
        line = known.setdefault(number, Line(encounter=encounter, number=number))
        if stamp > line.sent:
            line.body, line.split, line.sent, line.message = body, split, stamp, kept
        line.weigh(encounter.told)
    _save(known.values())


def withdraw(message: Message, place: Institution) -> dict[str, object]:
    """Withdraw lines by their numbers, by charging batch, or all; also of what comes later but was sent before."""
    data, stamp = message.data, message.envelope.stamp
    assert isinstance(data, Withdrawn)
    rows = sorted(enumerate(data.data), key=lambda row: row[1].mdtrt_id)
    for number, some in groupby(rows, key=lambda row: row[1].mdtrt_id):
        (first, row), *others = some
        encounter = held(place, number, row.psn_no, f"input.data[{first}].psn_no")
        for at, other in others:
            check_person(encounter, other.psn_no, f"input.data[{at}].psn_no")
        _withdraw(encounter, [row, *(other for _at, other in others)], stamp)
        encounter.changed()
    return {}


def _withdraw(encounter: Encounter, rows: Iterable[Taken], stamp: str) -> None:
    lines = {line.number: line for line in encounter.lines.all()}
    for row in rows:
        if row.feedetl_sn and row.feedetl_sn != ALL:
            line = lines.setdefault(row.feedetl_sn, Line(encounter=encounter, number=row.feedetl_sn))
            line.withdrawn = max(line.withdrawn, stamp)
        else:
            encounter.is_news(f"withdrawn {row.chrg_bchno or ALL}", stamp)
    for line in lines.values():
        line.weigh(encounter.told)
    _save(lines.values())


def _save(lines: Iterable[Line]) -> None:
    """Those that are new and those that have changed."""
    new = [line for line in lines if line._state.adding]
    known = [line for line in lines if not line._state.adding]
    Line.objects.bulk_create(new, batch_size=1000)
    Line.objects.bulk_update(known, ["body", "split", "sent", "message", "withdrawn", "withdrawn_at"], batch_size=500)


# --- The answer ------------------------------------------------------------------------------------------


def _answered(line: FeeLine, copy: SplitRow | None) -> Mapping[str, object]:
    """A row of `result` (4.3). We are not the payer: what it alone knows is 0, and the line counts as within scope."""
    split: Split = copy or line
    inside = split.inscp_scp_amt
    outside = [split.fulamt_ownpay_amt or 0, split.overlmt_amt or 0, split.preselfpay_amt or 0]
    return {
        "feedetl_sn": line.feedetl_sn,
        "det_item_fee_sumamt": line.det_item_fee_sumamt / 100,
        "cnt": line.cnt / 10**4,
        "pric": line.pric / 10**6,
        "pric_uplmt_amt": NOT_LIMITED,
        "selfpay_prop": 0,
        "fulamt_ownpay_amt": outside[0] / 100,
        "overlmt_amt": outside[1] / 100,
        "preselfpay_amt": outside[2] / 100,
        "inscp_scp_amt": (line.det_item_fee_sumamt - sum(outside) if inside is None else inside) / 100,
        "chrgitm_lv": split.chrgitm_lv or UNKNOWN,
        "med_chrgitm_type": split.med_chrgitm_type or _category(line.med_list_codg),
        "list_sp_item_flag": split.list_sp_item_flag,
        "lmt_used_flag": split.lmt_used_flag or UNKNOWN,
        "memo": "",
    }


def _category(item: str) -> str:
    kind = item_kind(item)
    if kind == "drug":
        return "09" if item.startswith("X") else "11"
    return CATEGORIES.get(kind, OTHER)
