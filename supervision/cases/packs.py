"""An evidence pack of a case: its findings with all that they stand on, every proceeding, letter, clock and fen."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models, transaction
from django.utils import translation

from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.clocks.models import Clock
from supervision.documents.models import Document
from supervision.hearing import packs as of_findings
from supervision.hearing.models import Hearing
from supervision.hearing.printing import printed
from supervision.hearing.sealing import archive, sealed, told

from .models import Case, Proceeding

NOT_BESIDE = {
    "events",
    "proceedings",
    "findings",
    "parts",
    "merged",
    "reuses",
}  # told in places of their own, or elsewhere


def take(case: Case, *, by: Account) -> bytes:
    """The pack of a case as an archive; that it was taken, and what it hashes to, enters the chain of acts."""
    hearings, letters = list(heard_in(case, by)), documents_of(case)
    files = [*(file for one in hearings for file in of_findings.files_of(one, by)), *of_findings.papers_of(letters)]
    pack = sealed("case", content(case, hearings, letters, by), by=by.username, files=files)
    made = archive(pack, printed(pack), files)
    with transaction.atomic():
        record(Act.PACK, by, str(case), findings=len(hearings), digest=pack["digest"])
    return made


def content(case: Case, hearings: Iterable[Hearing], letters: list[Document], by: Account) -> dict[str, Any]:
    with translation.override("zh-hans"):
        return {
            "case": moved(case),
            "proceedings": [moved(one) for one in case.proceedings.order_by("pk")],
            "findings": [of_findings.content(hearing, by) for hearing in hearings],
            "documents": [of_findings.document_of(one) for one in letters],
            "clocks": [clock_of(clock) for clock in Clock.objects.filter(subject__in=names_of(case)).order_by("pk")],
            "ledger": list(of_findings.booked([], case=case.number, by=by)),
        }


def heard_in(case: Case, by: Account) -> Iterator[Hearing]:
    """Those of its findings that the account sees: a case may hold another county's."""
    seen = case.findings.filter(hearing__in=Hearing.objects.visible_to(by))
    rows = seen.select_related("hearing__finding__last_run__snapshot", "hearing__frozen").order_by("pk")
    for one in rows:
        yield one.hearing


def names_of(case: Case) -> list[str]:
    """What letters and clocks call the case and its proceedings."""
    return [case.number, *case.proceedings.order_by("pk").values_list("number", flat=True)]


def documents_of(case: Case) -> list[Document]:
    return of_findings.documents_about(*names_of(case))


def moved(row: Case | Proceeding) -> dict[str, Any]:
    """A case or a proceeding with its history, and every row that only its kind has."""
    return {
        **told(row),
        "history": [told(event) for event in row.events.select_related("by").order_by("pk")],
        "beside": beside(row),
    }


def beside(row: models.Model) -> dict[str, list[dict[str, Any]]]:
    """The rows of this app that belong to a row, and those that belong to them, by the name of the relation."""
    found = {}
    for relation in row._meta.related_objects:
        name = relation.get_accessor_name()
        if name is None or name in NOT_BESIDE or relation.related_model._meta.app_label != row._meta.app_label:
            continue
        rows = relation.related_model._default_manager.filter(**{relation.field.name: row}).order_by("pk")
        found[name] = [{**told(one), "beside": beside(one)} for one in rows]
    return found


def clock_of(clock: Clock) -> dict[str, Any]:
    parts = {
        name: [told(one) for one in getattr(clock, name).order_by("pk")]
        for name in ("pauses", "extensions", "hand_overs")
    }
    return {**told(clock), **parts, "limit_of": told(clock.limit)}
