"""What stands around an encounter: of the member's past and of the registers, what the open pages can tell apart.

Each page looks back so many months of settlement and no further, as on the node. So pages are asked in the order of how
far they look, and before each the months are laid out that only it and those after it may see.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.lines import generic, item_kind
from claims.recent import fetching, registers
from claims.recent.fetching import Fetched, Found, Wanted
from claims.recent.packing import Row
from supervision.monitoring import dialect, schema
from supervision.monitoring.desk import Desk
from supervision.monitoring.needs import Need
from supervision.monitoring.rulebook import Rule

from . import contradicting, open_encounters
from .reading import Judged, Tables

PARTS = {"history": "lines", "diagnosis_history": "diagnoses", "operation_history": "operations"}
ENCOUNTERS = ("stay_history", "visit_history")
PAST = (*PARTS, *ENCOUNTERS)
OF_THE_ITEM = ("item", "generic", "item_kind")  # a line's item decides these
OF_THE_CLAIM = ("kind", "institution", "sex", "level")
Alternative = Mapping[str, frozenset[object]]  # column: the values of which a row holds one


@dataclass(frozen=True)
class Sight:
    """What one page can tell apart of a relation, and how far back."""

    back: int
    relation: str
    row: Alternative


def lay_out(desk: Desk, judged: Judged, rules: Sequence[Rule]) -> Iterator[Rule]:
    """The rules that may say anything of the encounter, each when all that it may look at is laid out."""
    asked = sorted((rule for rule in rules if desk.opens(rule)), key=lambda rule: rule.back)
    month = judged.asked_at.year * 12 + judged.asked_at.month - 1
    sights = _sights(desk, asked)
    found = fetching.fetch(_wanted(desk, judged, asked, month))
    for register, rows in found.registers.items():
        desk.hand_over({register: rows})
    _lay_out_the_open(desk, judged, found, asked)
    if any("fault" in rule.relations for rule in asked):
        desk.add("fault", contradicting.faults(desk))
    lines, seen = Lines([one for one in sights if one.relation == "history"]), month + 1
    for back in sorted({rule.back for rule in asked}):
        claims = [one for one in found.claims if month - back <= one.month < seen]
        wanted = [one for one in sights if one.back >= back]
        for relation, rows in _past(claims, wanted, lines, back):
            if rows:
                desk.add(relation, rows)
        seen = month - back
        yield from (rule for rule in asked if rule.back == back)


# --- What is looked up ------------------------------------------------------------------------------------


def _wanted(desk: Desk, judged: Judged, asked: Sequence[Rule], month: int) -> Wanted:
    """What of PostgreSQL the pages can tell apart: of which relations, since when, and under which keys."""
    since: dict[str, int] = {}
    for rule in asked:
        for need in rule.reads:
            if need.relation in PAST:
                since[need.relation] = min(month - rule.back, since.get(need.relation, month))
    keys = {key for rule in asked for need in rule.reads for key in words(desk, need)}
    parts = {PARTS[relation]: first for relation, first in since.items() if relation in PARTS}
    return Wanted(judged.member, min(since.values(), default=None), parts, [judged.claim], keys)


def words(desk: Desk, need: Need) -> Iterator[tuple[str, str, str]]:
    """Under which keys a register is asked: by its own, or by another whether there is any row at all."""
    register = need.relation
    if register not in registers.KEYS:
        return
    allowed = alternative(desk, need)
    columns = [registers.KEYS[register]]
    if len(need.columns) == 1:
        columns += registers.PRESENT.get(register, ())
    for column in columns:
        if column in allowed and (column == columns[0] or need.columns == {column}):
            yield from ((register, column, str(key)) for key in allowed[column])
            return


def _sights(desk: Desk, asked: Sequence[Rule]) -> list[Sight]:
    """What the pages can tell apart of the past; what several see alike, once."""
    found: dict[tuple[object, ...], Sight] = {}
    for rule in asked:
        for need in rule.reads:
            if need.relation in PAST:
                row = alternative(desk, need)
                alike = (need.relation, *sorted((column, id(values)) for column, values in row.items()))
                if alike not in found or found[alike].back < rule.back:
                    found[alike] = Sight(rule.back, need.relation, row)
    return list(found.values())


def alternative(desk: Desk, need: Need) -> Alternative:
    """The values that the columns of a row may hold if it is to count."""
    found: dict[str, frozenset[object]] = {}
    for condition in need.conditions:
        among = [desk.values(relation, column) for relation, column in condition.among]
        values = among[0] if len(among) == 1 and not condition.values else condition.values.union(*among)
        if schema.types(need.relation)[condition.column] in ("DATE", "TIMESTAMP"):
            values = frozenset(map(dialect.stored, values))
        found[condition.column] = found[condition.column] & values if condition.column in found else values
    return found


# --- What is laid out -------------------------------------------------------------------------------------


class Lines:
    """Which lines count. Whether one may is seen by its item and its claim, each of which is asked once."""

    def __init__(self, sights: Sequence[Sight]) -> None:
        self.sights = sights
        self._of_item: dict[str, int] = {}  # a bit a sight
        self._of_claim: dict[tuple[object, ...], int] = {}
        self._of_back: dict[int, int] = {}
        self._told_by_item = [
            (1 << number, one.row.get("item"), one.row.get("generic"), one.row.get("item_kind"))
            for number, one in enumerate(sights)
        ]
        self._told_by_claim = [name for name in OF_THE_CLAIM if any(name in one.row for one in sights)]
        told = {*OF_THE_ITEM, *OF_THE_CLAIM, "member"}
        self._whole = self._bits(one.row.keys() <= told for one in sights)

    def of(self, one: Found, back: int) -> list[Row]:
        """The lines of a claim that pages which look back at least so far can tell apart."""
        claim = {**one.packed.header, **one.packed.shared}
        place = tuple(claim[name] for name in self._told_by_claim)
        if place not in self._of_claim:
            self._of_claim[place] = self._bits(holds(claim, each.row, OF_THE_CLAIM) for each in self.sights)
        if back not in self._of_back:
            self._of_back[back] = self._bits(each.back >= back for each in self.sights)
        here = self._of_claim[place] & self._of_back[back]
        if not here:
            return []
        return list(
            one.packed.lines(one.parts["lines"], lambda item: bool(self._item(item) & here), self._checked(here))
        )

    def _item(self, item: str) -> int:
        bits = self._of_item.get(item)
        if bits is None:
            bits, of, kind = 0, generic(item), item_kind(item)
            for bit, items, generics, kinds in self._told_by_item:  # a review asks this some hundred times
                if (
                    (items is None or item in items)
                    and (generics is None or of in generics)
                    and (kinds is None or kind in kinds)
                ):
                    bits |= bit
            self._of_item[item] = bits
        return bits

    def _checked(self, here: int) -> Callable[[Row], bool]:
        """Whether a line that may count does: by what is neither its item's nor its claim's."""
        wanted = [each.row for number, each in enumerate(self.sights) if here >> number & 1]

        def check(row: Row) -> bool:
            return bool(self._item(str(row["item"])) & here & self._whole) or counts(row, wanted)

        return check

    @staticmethod
    def _bits(answers: Iterable[bool]) -> int:
        return sum(1 << number for number, answer in enumerate(answers) if answer)


def _past(claims: Sequence[Found], sights: Sequence[Sight], lines: Lines, back: int) -> Iterator[tuple[str, list[Row]]]:
    """Of these claims the rows that count."""
    of = {relation: [one.row for one in sights if one.relation == relation] for relation in PAST}
    yield "history", [row for one in claims if "lines" in one.parts for row in lines.of(one, back)]
    for relation in ("diagnosis_history", "operation_history"):
        part = PARTS[relation]
        rows = (row for one in claims if part in one.parts for row in one.packed.codes(one.parts[part]))
        yield relation, [row for row in rows if counts(row, of[relation])]
    for relation in ENCOUNTERS:
        if of[relation]:
            own = (one.packed.encounter() for one in claims if one.packed.is_stay == (relation == "stay_history"))
            yield relation, [row for row in own if counts(row, of[relation])]


def counts(row: Row, wanted: Sequence[Alternative]) -> bool:
    return any(all(row.get(column) in values for column, values in each.items()) for each in wanted)


def holds(row: Row, one: Alternative, columns: Sequence[str]) -> bool:
    """Whether a row holds, in these columns, what it must."""
    return all(row[column] in one[column] for column in columns if column in one)


def _lay_out_the_open(desk: Desk, judged: Judged, found: Fetched, asked: Sequence[Rule]) -> None:
    """The member's encounters that are not settled yet, of this message and of others. The warehouse knows best."""
    if not any(need.relation in PAST for rule in asked for need in rule.reads):
        return
    settled = {one.packed.claim for one in found.claims}
    others: dict[str, Tables] = {**open_encounters.of(judged), **judged.beside}
    for claim, tables in others.items():
        if claim not in settled:
            for relation, rows in tables.items():
                desk.add(relation, rows)
