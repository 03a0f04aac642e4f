"""Letters for tests, with something for everything that they ask for."""

from typing import Any

from institutions.models import Account, Institution
from supervision.documents.issuing import facts_of, issue
from supervision.documents.models import Document, Service
from supervision.documents.serving import serve

FORMS = {
    "amount": "12345.67", "refund": "0.05", "surcharge": "10.00", "deadline": "2026-12-01", "from_day": "2026-12-01",
    "at": "2026-11-20T09:30", "lines": "一 | 100.00 | 药品\n二 | 2.30", "items": "1 | 病历 | 书证",
}  # fmt: skip


def facts_for(kind: str, **told: str) -> dict[str, str]:
    return {name: FORMS.get(name, f"事实{name}") for name in facts_of(kind)} | told


def make_document(
    kind: str = "prior_notice", *, place: str = "990100", place_name: str = "云泽市", by: Account | None = None,
    about: str = "hearing 1", address: str = "/x/", **told: str,
) -> Document:  # fmt: skip
    return issue(
        kind, place=place, place_name=place_name, about=about, facts=facts_for(kind, **told), by=by, address=address
    )


def make_service(document: Document, institution: Institution | None = None, **more: Any) -> Service:
    told = {
        "to": str(institution or "甲"),
        "institution": institution.pk if institution else "",
        "method": "electronic",
    }
    return serve(document, **{**told, "by": None, **more})
