"""What one sheet says and another leaves out: limits are taken from points about the same thing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from institutions.models.territory import NATION

from .lists import Value
from .models import Point
from .reading import Line
from .units import WORDS, Draft, Unit, tidied


def complete(units: Sequence[Unit]) -> None:
    """Fill in what is missing from points about the same thing; then refuse what still lacks something."""
    open_ = [unit for unit in units if not unit.reason and any(draft.missing for draft in unit.drafts)]
    if open_:
        beside = _beside(units)
        stored = _stored({draft.about for unit in open_ for draft in unit.drafts if draft.missing})
        for unit in open_:
            for draft in unit.drafts:
                said, own = stored.get(draft.about, (None, {}))
                _take(draft, *beside[draft.about], said)
                draft.told = own.get(unit.point, "")
        _share(open_)
        _inherit(open_, units)
    for unit in units:
        if not unit.reason:
            _close(unit)


About = tuple[str, ...]
Known = tuple[Mapping[str, Value], str] | None


def _beside(units: Iterable[Unit]) -> dict[About, list[Known]]:
    """What the sheets of this import say of each thing, those that go before the others first."""
    found: dict[About, list[Known]] = defaultdict(list)
    ranks: dict[About, list[int]] = defaultdict(list)
    for unit in sorted(units, key=lambda unit: -unit.rank):
        if unit.reason:
            continue
        for draft in unit.drafts:
            told, rank = found[draft.about], ranks[draft.about]
            if not rank or rank[-1] != unit.rank:
                told.append((dict(draft.values), unit.point))
                rank.append(unit.rank)
            elif told[-1] and not _agree(told[-1], draft.values):
                told[-1] = None
    return found


def _agree(known: Known, values: Mapping[str, Value]) -> bool:
    """Whether both say the same, as far as both say anything."""
    return known is not None and all(
        known[0][name] == values[name] for name in values if name in known[0] and name not in WORDS
    )


def _stored(abouts: set[About]) -> dict[About, tuple[Known, dict[str, str]]]:
    """What is in force everywhere about the same things, None where several points differ; how sure each point is."""
    found: dict[About, tuple[Known, dict[str, str]]] = {}
    lengths = {about[0]: len(about) - 1 for about in abouts}
    points = Point.objects.in_force().filter(list__in=lengths, place=NATION).order_by("pk")
    for name, key, values, point, verified in points.values_list("list_id", "key", "values", "point", "verified"):
        about = (name, *key.split("|")[: lengths[name]])
        if about not in abouts:
            continue
        known, own = found.get(about, ((values, point), {}))
        found[about] = known if _agree(known, values) else None, own | {point: verified}
    return found


def _take(draft: Draft, *sources: Known) -> None:
    for source in sources:
        if source is None:
            continue
        values, point = source
        if "wording" in draft.values and tidied(str(values.get("wording") or "")) != draft.values["wording"]:
            continue
        for name in list(draft.missing):
            if draft.missing[name] and name in values:
                draft.values[name] = values[name]
                draft.taken = point
                del draft.missing[name]


def _share(units: Sequence[Unit]) -> None:
    """The codes of a row share what the row says: what is known of one holds for all, where it is the same of all."""
    rows: dict[tuple[object, ...], list[Unit]] = defaultdict(list)
    for unit in units:
        rows[(*unit.place, unit.point)].append(unit)
    for of_row in rows.values():
        _spread([draft for unit in of_row for draft in unit.drafts], of_row)


def _inherit(open_: Sequence[Unit], units: Sequence[Unit]) -> None:
    """A row that supersedes another says of its codes what that said."""
    by_point: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_point[unit.point].append(unit)
    for unit in open_:
        if unit.supersedes:
            earlier = [draft for one in by_point.get(unit.supersedes, ()) for draft in one.drafts]
            _spread(earlier, [unit])


def _spread(known: Sequence[Draft], units: Sequence[Unit]) -> None:
    for name in {name for unit in units for draft in unit.drafts for name in draft.missing}:
        told = {
            (draft.shape.name, draft.values[name], draft.taken)
            for draft in known
            if name in draft.values and name not in draft.shape.key
        }
        for unit in units:
            for draft in unit.drafts:
                values = {value for shape, value, _taken in told if shape == draft.shape.name}
                if len(values) == 1 and draft.missing.get(name):
                    draft.values[name] = values.pop()
                    draft.taken = next(
                        taken for shape, _value, taken in sorted(told, key=str) if shape == draft.shape.name
                    )
                    del draft.missing[name]


def _close(unit: Unit) -> None:
    """Make its lines; what nobody knows takes the value after `known`, or refuses the unit."""
    for draft in unit.drafts:
        columns = {column.name: column for column in draft.shape.columns}
        for name, ways in list(draft.missing.items()):
            last = next((str(way["value"]) for way in ways if "value" in way), None)
            if last is None:
                return unit.refuse("limit_not_readable", name)
            draft.values[name] = columns[name].value(last)
            del draft.missing[name]
        ordered = {name: draft.values[name] for name in columns}
        how = draft.told or (f"published; limit as in {draft.taken}" if draft.taken else "published")
        draft.line = Line(
            draft.shape.name, unit.point[:120], draft.key[1], ordered, NATION, unit.since, unit.until,
            unit.facts["basis"], unit.facts["source"], how[:200], unit.sheet.file, unit.row,
            unit.facts["national_rule"], unit.facts["published_in"], unit.facts["announcement"],
        )  # fmt: skip
    return None
