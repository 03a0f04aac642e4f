"""What a year has come to: everything that has a state by its states, and the money by where it stands."""

from collections.abc import Iterator
from decimal import Decimal

from django.apps import apps
from django.db.models import Count, Model, Sum

from supervision.clocks.models import Clock
from supervision.complaints.rewards.models import Reward
from supervision.documents.models import Document
from supervision.inspections.models import Draw, Plan
from supervision.ledger import sums
from supervision.ledger.models import Entry, Item
from supervision.monitoring.models import Finding
from supervision.moves import Movable
from supervision.payments.models import MonthlySettlement

FEN = 100
FIGURES = ("suspected", "withdrawn", "confirmed", "demanded", "returned", "written_off", "outstanding", "repaid")
FURTHER: dict[str, type[Model]] = {"plan": Plan, "draw": Draw, "letter": Document, "ledger_entry": Entry}


def movables() -> Iterator[type[Movable]]:
    """Everything whose state changes by moves, in the order of its names."""
    kept = (model for model in apps.get_models() if issubclass(model, Movable) and not model._meta.proxy)
    yield from sorted(kept, key=lambda model: model._meta.label)


def counts() -> dict[str, dict[str, int]]:
    """How many of each kind, in all and by state; kinds of which there is nothing are left out."""
    found = {model._meta.label_lower: by_state(model) for model in movables()}
    found["monitoring.finding"] = by_state(Finding, "status")
    found["clocks.clock"] = by_state(Clock)
    found |= {name: {"all": model._default_manager.count()} for name, model in FURTHER.items()}
    return {name: states for name, states in sorted(found.items()) if states["all"]}


def by_state(model: type[Model], column: str = "state") -> dict[str, int]:
    rows = model._default_manager.order_by().values_list(column).annotate(number=Count("pk"))
    states = {str(state): number for state, number in sorted(rows)}
    return {"all": sum(states.values()), **states}


def money() -> dict[str, int]:
    """Sums in fen: each figure of each book of the ledger, what settlements pay, and rewards."""
    found = {
        f"{book}_{name}": fen(stands.figure(name))
        for book, stands in sums.by_book(Item.objects.all()).items()
        for name in FIGURES
    }
    added = MonthlySettlement.objects.aggregate(**{name: Sum(name) for name in ("declared", "payable", "paid")})
    found |= {f"settlements_{name}": fen(amount) for name, amount in added.items()}
    paid = Reward.objects.filter(state__in=("paid", "closed"))
    return found | {"rewards_paid": fen(paid.aggregate(sum=Sum("amount"))["sum"])}


def fen(amount: Decimal | None) -> int:
    return int((amount or Decimal(0)) * FEN)
