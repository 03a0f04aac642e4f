"""From a rule's answer to findings: rows of one finding put together, what the fund pays of it, sentences, evidence."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from institutions.models import Institution
from supervision.monitoring import wording
from supervision.monitoring.models import Finding
from supervision.monitoring.rulebook import Rule

CERTAINTIES = {choice.name.lower(): choice.value for choice in Finding.Certainty}
GROUPED = ["drg", "dip"]  # paid by the disease group: a line more or less changes nothing for the fund
ANSWER: dict[str, pa.DataType] = {  # what a page may answer, and what the engine adds to its rows
    "institution": pa.string(),
    "claim": pa.string(),
    "charge": pa.string(),
    "subject": pa.string(),
    "role": pa.string(),
    "at_stake": pa.int64(),
    "certainty": pa.string(),
    "finding": pa.string(),
    "units": pa.int64(),
    "of_variant": pa.int64(),
    "of_member": pa.string(),
    "of_insured_area": pa.string(),
    "of_fund_ratio": pa.int64(),
    "of_pay_method": pa.string(),
    "of_quantity": pa.int64(),
    "of_amount": pa.int64(),
    "of_eligible": pa.int64(),
}
IMPLIED_KINDS = {"at_stake": "yuan", "units": "qty", "institution": "institution"}
ORDER = ["key", "role", "claim", "charge", "at_stake", "units", "evidence"]
LINE = ["claim", "charge", "role", "at_stake", "units", "of_quantity", "of_amount", "evidence"]

Numbers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Shaped:
    """Findings and their lines; `n` ties a line to its finding. Money in fen."""

    findings: pa.Table
    lines: pa.Table

    @property
    def digest(self) -> str:
        """Of all the findings, which stand in the order of their keys."""
        return hashlib.sha256("".join(self.findings["content"].to_pylist()).encode()).hexdigest()


def shape(rule: Rule, month: str, answer: pa.Table) -> Shaped:
    """The findings of a rule's answer. The order of the answer's rows makes no difference."""
    kinds = IMPLIED_KINDS | dict(rule.columns)
    rows = complete(answer)
    rows["evidence"] = wording.evidence(answer, [name for name in answer.column_names if name not in ANSWER], kinds)
    rows["key"] = keys(rows, month)
    # The accused first within a finding ('accused' < 'involved'), and always in the same order.
    order = pc.sort_indices(pa.table(rows), sort_keys=[(name, "ascending") for name in ORDER])
    sorted_rows = pa.table(rows).take(order)
    begins = beginnings(sorted_rows["key"])
    lines = lines_of(sorted_rows, begins)
    columns = sums(rule, sorted_rows, begins)
    heads = answer.take(order.take(pa.array(begins)))
    english, chinese = names(rule, heads, kinds)
    columns["because_en"] = wording.sentences(rule.because, heads, kinds, "en", english)
    columns["because_zh"] = wording.sentences(rule.because_zh, heads, kinds, "zh", chinese)
    columns["content"] = contents([rule.severity, month, *columns.values()], lines, begins)
    columns["variant"] = sorted_rows["of_variant"].take(pa.array(begins))  # how it was found, not what it says
    return Shaped(pa.table({"n": np.arange(len(begins)), **columns}), lines)


def names(rule: Rule, heads: pa.Table, kinds: wording.Kinds) -> tuple[wording.Names, wording.Names]:
    """What the rule's sentences call the institutions they speak of, in English and in Chinese."""
    spoken = wording.spoken(rule.because) | wording.spoken(rule.because_zh)
    columns = [name for name in spoken if kinds.get(name) == "institution"]
    return called({code for name in columns for code in pc.unique(heads[name]).to_pylist()})


def called(codes: Collection[str]) -> tuple[wording.Names, wording.Names]:
    """The names of these institutions, in English and in Chinese."""
    found = Institution.objects.filter(pk__in=codes) if codes else []
    return (
        {one.code: wording.called(one.name_en or one.name_zh, one.code, "en") for one in found},
        {one.code: wording.called(one.name_zh, one.code, "zh") for one in found},
    )


def complete(answer: pa.Table) -> dict[str, Any]:
    """The fixed columns of an answer, each of its type; a row accuses unless it says otherwise."""
    rows: dict[str, Any] = {
        name: answer[name].cast(kind) if name in answer.column_names else pa.nulls(answer.num_rows, kind)
        for name, kind in ANSWER.items()
    }
    rows["role"] = pc.fill_null(rows["role"], "accused")
    for name in ("at_stake", "of_variant"):
        rows[name] = pc.fill_null(rows[name], 0)
    return rows


def keys(rows: dict[str, Any], month: str) -> pa.ChunkedArray:
    """What makes a finding the same one in every run: the page's own key, else what it accuses."""
    subject = pc.binary_join_element_wise(rows["subject"], month, ":")
    key = pc.coalesce(rows["finding"], rows["charge"], rows["claim"])
    # About a member, practitioner or institution and a period.
    return pc.coalesce(pc.if_else(pc.fill_null(pc.equal(key, rows["subject"]), False), subject, key), subject)


def beginnings(key: pa.ChunkedArray) -> Numbers:
    """Where each finding begins among the ordered rows."""
    if not len(key):
        return np.zeros(0, np.int64)
    one = key.combine_chunks()
    changes = pc.not_equal(one[1:], one[:-1]).to_numpy(zero_copy_only=False)
    return np.concatenate([np.zeros(1, np.int64), np.flatnonzero(changes) + 1])


def lines_of(rows: pa.Table, begins: Numbers) -> pa.Table:
    steps = np.zeros(rows.num_rows, np.int64)
    steps[begins[1:]] = 1
    places = {"n": np.cumsum(steps), "place": np.arange(rows.num_rows)}
    return pa.table({**places, **{name: rows[name] for name in LINE}})


def sums(rule: Rule, rows: pa.Table, begins: Numbers) -> dict[str, Any]:
    """What each finding accuses in all, beside whom and what its first line speaks of."""
    accused = pc.equal(rows["role"], "accused").to_numpy(zero_copy_only=False)
    parts, methods = fund_parts(rows)
    first = pa.array(begins)
    return {
        **{name: rows[name].take(first) for name in ("key", "institution", "claim", "subject")},
        "member": rows["of_member"].take(first),
        "insured_area": rows["of_insured_area"].take(first),
        "certainty": lowest(certainties(rule, rows), accused, begins),
        "at_stake": total(rows["at_stake"].to_numpy(), accused, begins),
        "fund_at_stake": total(parts, accused, begins),
        "fund_method": methods.take(first),
    }


def total(values: Numbers, accused: Any, begins: Numbers) -> Numbers:
    return np.add.reduceat(np.where(accused, values, 0), begins) if len(begins) else begins


def lowest(values: Numbers, accused: Any, begins: Numbers) -> Numbers:
    """A finding is as sure as the least sure line it accuses."""
    surest = max(CERTAINTIES.values())
    return np.minimum.reduceat(np.where(accused, values, surest), begins) if len(begins) else begins


def certainties(rule: Rule, rows: pa.Table) -> Numbers:
    """Of each row; a row may lower what the page's header says, never raise it."""
    most = CERTAINTIES[rule.certainty]
    said = wording.each(rows["certainty"], lambda value: str(CERTAINTIES[str(value)] if value else most))
    lowered: Numbers = np.minimum(said.cast(pa.int64()).to_numpy(), most)
    return lowered


def fund_parts(rows: pa.Table) -> tuple[Numbers, pa.Array]:
    """What the fund has paid of each row's stake, and how that was reckoned.

    A whole claim's stake is what the fund paid for it. Of a line it pays its share, of what was eligible at most.
    """
    stake = rows["at_stake"]
    whole = pc.is_null(rows["charge"])
    grouped = pc.fill_null(pc.is_in(rows["of_pay_method"], pa.array(GROUPED)), False)
    eligible = pc.min_element_wise(stake, rows["of_eligible"])  # skips what is not known
    # Half up, as all products that go to fen.
    share = pc.divide(pc.add(pc.multiply(eligible, pc.fill_null(rows["of_fund_ratio"], 0)), 5_000), 10_000)
    parts = pc.if_else(whole, stake, pc.if_else(grouped, 0, share))
    methods = pc.if_else(whole, "whole", pc.if_else(grouped, "group", "share"))
    return parts.to_numpy(), methods.combine_chunks()


def contents(parts: list[Any], lines: pa.Table, begins: Numbers) -> list[str]:
    """A fingerprint of all that each finding says, its lines included."""
    heads = joined(parts, len(begins)).to_pylist()
    said = joined([lines[name] for name in LINE], lines.num_rows).to_pylist()
    ends = [*begins.tolist(), len(said)][1:]
    return [
        hashlib.blake2b("\n".join([head, *said[begin:end]]).encode(), digest_size=16).hexdigest()
        for head, begin, end in zip(heads, begins.tolist(), ends, strict=True)
    ]


def joined(parts: list[Any], rows: int) -> pa.Array:
    texts = [
        pa.scalar(part) if isinstance(part, str) else pc.fill_null(pc.cast(chunks(part), pa.string()), "")
        for part in parts
    ]
    texts.append(pa.nulls(rows, pa.string()).fill_null(""))
    return pc.binary_join_element_wise(*texts, "\x1f")


def chunks(column: Any) -> pa.Array:
    """One array of whatever holds the column."""
    if isinstance(column, pa.ChunkedArray):
        return column.combine_chunks()
    return column if isinstance(column, pa.Array) else pa.array(column)
