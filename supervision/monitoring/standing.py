"""Which page of a rule counts now: the one published on the site, else the one shipped with it.

Every caller asks anew, so that a page counts from the moment its publication is committed; pages are read once.
"""

import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from .models import RulePage, Standing
from .rulebook import PageRefused, Rule, read, rulebook

log = logging.getLogger(__name__)
TITLES_KEPT = 3.0  # seconds: what rules are called is asked on every line of a list

_titles: tuple[float, Mapping[str, Rule]] = (0.0, {})


@lru_cache(maxsize=512)
def stored(code: str, text: str) -> Rule:
    """A page that was written on the site: engines run it apart from everything else."""
    return replace(read(code, text), stored=True)


def in_force() -> Mapping[str, Rule]:
    """What counts now, by code: shipped pages, and in their place what was published on the site.

    Where a published page cannot be read any more, because the rules for pages have changed since, its rule does not
    count at all: neither does the shipped page, which somebody replaced for a reason. That is written to the log.
    """
    rules = dict(rulebook())
    for standing in Standing.objects.select_related("page").order_by("rule"):
        shipped = rules.get(standing.rule)
        if shipped and shipped.hash == standing.page.hash:
            rules[standing.rule] = replace(shipped, stage=standing.stage, version=standing.version)
            continue
        try:
            page = stored(standing.rule, standing.page.text)
        except PageRefused as refusal:
            log.error("%s does not count: its published page cannot be read any more: %s", standing.rule, refusal)
            rules.pop(standing.rule, None)
            continue
        rules[standing.rule] = replace(page, stage=standing.stage, version=standing.version)
    return dict(sorted(rules.items()))


def lately() -> Mapping[str, Rule]:
    """What counted a moment ago, for the names in lists."""
    global _titles
    at, rules = _titles
    if not rules or time.monotonic() - at > TITLES_KEPT:
        rules = in_force()
        _titles = (time.monotonic(), rules)
    return rules


def forget() -> None:
    """Read anew what counts: it has just been changed."""
    global _titles
    _titles = (0.0, {})


def keep(rules: Iterable[Rule]) -> None:
    """Keep the pages of these rules to the letter, so that what they find can be read beside them later."""
    RulePage.objects.bulk_create(
        [RulePage(hash=rule.hash, rule=rule.code, text=rule.text) for rule in rules], ignore_conflicts=True
    )


def page_of(code: str, page_hash: str) -> Rule | None:
    """The page of this hash, whether or not it counts today; nothing where it was never kept."""
    now = lately().get(code)
    if now and now.hash == page_hash:
        return now
    shipped = rulebook().get(code)
    if shipped and shipped.hash == page_hash:
        return shipped
    kept = RulePage.objects.filter(rule=code, hash=page_hash).first()
    if kept is None:
        return None
    try:
        return stored(code, kept.text)
    except PageRefused:  # it was read under rules for pages that have changed since
        return None
