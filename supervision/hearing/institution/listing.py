"""What an institution has to answer, what is being looked into, and what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Min, Q
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from institutions.models import Account
from supervision.hearing.models import Hearing, HearingQuerySet, State
from supervision.monitoring.terms import rule_title
from supervision.paging import Chip, Page, page, with_changes

GROUPS: Mapping[str, tuple[Promise, tuple[State, ...]]] = {
    "answer": (_("To be answered"), (State.NOTIFIED,)),
    "under-way": (
        _("Being looked into"), (State.ACCEPTED, State.APPEALED, State.SECOND_REVIEW, State.VERIFICATION)
    ),
    "decided": (_("Decided"), (State.UPHELD, State.WITHDRAWN, State.HANDLED, State.CLOSED)),
}  # fmt: skip
FILTERS: Mapping[str, Promise] = {"rule": _("Rule"), "month": _("Month"), "claim": _("Claim")}
SHOWN = 20  # of each group, where all stand on one page
LONGEST = 60  # characters of a word that is looked for


@dataclass(frozen=True)
class Group:
    """Some findings of one group, and how many there are."""

    name: str
    words: Promise
    rows: list[Hearing]
    count: int
    query: str  # of the page with all of them


@dataclass
class Asked:
    """The question in the address of the list."""

    query: QueryDict
    account: Account

    @cached_property
    def seen(self) -> HearingQuerySet:
        return Hearing.objects.visible_to(self.account)

    @property
    def show(self) -> str:
        name = self.query.get("show", "")
        return name if name in GROUPS else ""

    @cached_property
    def said(self) -> Mapping[str, str]:
        """What is looked for, by filter."""
        return {name: self.query.get(name, "").replace("\0", "").strip()[:LONGEST] for name in FILTERS}

    @cached_property
    def found(self) -> HearingQuerySet:
        """Those that the filters leave, of all groups."""
        wanted = Q()
        if rule := self.said["rule"]:
            wanted &= Q(rule=rule)
        if month := self.said["month"]:
            wanted &= Q(month=month)
        if number := self.said["claim"]:
            wanted &= Q(finding__claim__startswith=f"{self.account.institution_id}:{number}")
        return self.seen.filter(wanted)

    @cached_property
    def counts(self) -> dict[str, int]:
        by_state = dict(self.found.order_by().values_list("state").annotate(n=Count("pk")))
        return {name: sum(by_state.get(state, 0) for state in states) for name, (_w, states) in GROUPS.items()}

    def rows_of(self, name: str) -> HearingQuerySet:
        rows = self.found.filter(state__in=GROUPS[name][1])
        return rows.select_related("finding", "answer_clock__limit").annotate(lines_heard=Count("lines"))

    def groups(self) -> list[Group]:
        """The first of each group: what is due soonest, then what moved last."""
        orders = {"answer": ("answer_clock__due_at", "pk")}
        return [
            Group(
                name, words, list(self.rows_of(name).order_by(*orders.get(name, ("-moved_at", "-pk")))[:SHOWN]),
                self.counts[name], with_changes(self.query, {"show": name}),
            )
            for name, (words, _states) in GROUPS.items()
        ]  # fmt: skip

    def page(self) -> Page[Hearing]:
        """One group, all pages of it."""
        return page(self.rows_of(self.show), self.query, sort="notified_at" if self.show == "answer" else "-moved_at")

    def tabs(self) -> list[tuple[str, Promise, int, str]]:
        counted = [
            (name, words, self.counts[name], with_changes(self.query, {"show": name}))
            for name, (words, _states) in GROUPS.items()
        ]
        return [("", _("All"), sum(self.counts.values()), with_changes(self.query, {"show": None})), *counted]

    def rules(self) -> list[tuple[str, str]]:
        """The rules by which something was found here, to choose from."""
        codes = self.seen.order_by("rule").values_list("rule", flat=True).distinct()
        return [(code, str(rule_title(code))) for code in codes]

    def months(self) -> list[str]:
        return list(self.seen.order_by("-month").values_list("month", flat=True).distinct())

    def chips(self) -> list[Chip]:
        return [
            Chip(str(label), str(rule_title(said)) if name == "rule" else said, with_changes(self.query, {name: None}))
            for name, label in FILTERS.items()
            if (said := self.said[name])
        ]


def waiting(account: Account) -> dict[str, object]:
    """How many findings wait for this institution's answer, and when the first is due."""
    rows = Hearing.objects.visible_to(account).filter(state=State.NOTIFIED)
    found: dict[str, object] = rows.aggregate(count=Count("pk"), due_at=Min("answer_clock__due_at"))
    return found
