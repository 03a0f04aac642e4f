"""An evidence pack of one finding: everything that it stands on and all that was said and done about it."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from institutions.models import Account
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.documents.models import Document
from supervision.knowledge.models import Point
from supervision.ledger.models import Entry, Item
from supervision.monitoring.grounds import grounds
from supervision.monitoring.models import Finding, RulePage, Step
from supervision.monitoring.standing import page_of
from supervision.review.models import Review

from . import freezing
from .booked import reference
from .canonical import digest, plain
from .models import Attachment, Hearing
from .printing import printed
from .sealing import Kept, archive, sealed, told


def take(hearing: Hearing, *, by: Account) -> bytes:
    """The pack of a finding as an archive; that it was taken, and what it hashes to, enters the chain of acts."""
    files = list(files_of(hearing, by))
    pack = sealed("finding", content(hearing, by), by=by.username, files=files)
    made = archive(pack, printed(pack), files)
    with transaction.atomic():
        record(Act.PACK, by, str(hearing), finding=hearing.finding_id, digest=pack["digest"])
    return made


def content(hearing: Hearing, by: Account) -> dict[str, Any]:
    """All that the pack tells, but for when and by whom it was made. Chinese is the tongue that counts."""
    finding = hearing.finding
    with translation.override("zh-hans"):
        return {
            "finding": {**told(finding), "lines": [told(line) for line in finding.lines.order_by("pk")]},
            "rule": rule_of(finding),
            "knowledge": {"version": finding.knowledge_version, "points": points_of(finding, by)},
            "warehouse": told(finding.last_run.snapshot) if finding.last_run else None,
            "run": run_of(finding),
            "claims": list(claims_of(finding)),
            "hearing": hearing_of(hearing, by),
            "documents": [document_of(one) for one in documents_about(str(hearing))],
            "desk_reviews": [review_of(one) for one in reviews_of(finding)],
            "ledger": list(booked([reference(line) for line in hearing.lines.order_by("pk")], by=by)),
        }


def rule_of(finding: Finding) -> dict[str, Any]:
    """The page to the letter, as it was when the finding was last seen."""
    page = page_of(finding.rule, finding.page_hash)
    kept = RulePage.objects.filter(rule=finding.rule, hash=finding.page_hash).first()
    text = kept.text if kept else page.text if page else ""
    titles = {"title": page.title, "title_zh": page.title_zh, "basis_zh": page.basis_zh} if page else {}
    return {"code": finding.rule, "hash": finding.page_hash, "page": text, **titles}


def points_of(finding: Finding, by: Account) -> list[dict[str, Any]]:
    """The knowledge points that the finding was judged by."""
    used = {ground.point.pk for ground in grounds(finding, list(finding.lines.order_by("pk")), by)}
    return [told(point) for point in Point.objects.filter(pk__in=used).order_by("pk")]


def run_of(finding: Finding) -> dict[str, Any] | None:
    """Nothing where people found it on the spot."""
    run = finding.last_run
    if run is None:
        return None
    step = Step.objects.filter(run=run, rule=finding.rule, month=finding.month).first()
    return {**told(run), "step": told(step) if step else None}


def claims_of(finding: Finding) -> Iterator[dict[str, Any]]:
    """The claims as they were frozen; before that, as they stand now, which is said."""
    known = freezing.frozen_for(finding)
    for frozen in known:
        yield {**told(frozen, "id"), "frozen": True}
    for claim, (snapshot, tables) in () if known else freezing.found(finding):
        rows = {
            table: [{name: plain(value) for name, value in row.items()} for row in listed]
            for table, listed in tables.items()
        }
        yield {"claim": claim, "snapshot": snapshot.pk, "rows": rows, "digest": digest(rows), "frozen": False}


def hearing_of(hearing: Hearing, by: Account) -> dict[str, Any]:
    """What was answered and decided, line by line and move by move."""
    attachments = Attachment.objects.visible_to(by).filter(hearing=hearing).order_by("pk")
    return {
        **told(hearing),
        "lines": [told(line) for line in hearing.lines.order_by("pk")],
        "history": [told(event) for event in hearing.events.select_related("by").order_by("pk")],
        "attachments": [told(one) for one in attachments],
    }


def documents_about(*subjects: str) -> list[Document]:
    rows = Document.objects.filter(about__in=subjects).prefetch_related("services__receipt", "services__served_by")
    return list(rows.select_related("issued_by").order_by("pk"))


def document_of(document: Document) -> dict[str, Any]:
    services = [
        {**told(service), "receipt": told(service.received) if service.received else None}
        for service in document.services.all()
    ]
    return {**told(document), "services": services}


def reviews_of(finding: Finding) -> list[Review]:
    """When the hospital's desk was asked about the claim before it was settled."""
    if not finding.claim:
        return []
    asked = Review.objects.filter(claim=finding.claim).select_related("message", "edition")
    return list(asked.prefetch_related("remarks").order_by("pk"))


def review_of(review: Review) -> dict[str, Any]:
    return {
        **told(review), "message": told(review.message, "answer"), "edition": told(review.edition),
        "remarks": [told(remark) for remark in review.remarks.all()],
    }  # fmt: skip


def booked(references: list[str], *, by: Account, case: str = "") -> Iterator[dict[str, Any]]:
    """The ledger's items of these lines, or of a case, as far as the account sees them, with what moved each."""
    wanted = Q(reference__in=references)
    for item in Item.objects.visible_to(by).filter(wanted | Q(case=case) if case else wanted).order_by("pk"):
        entries = Entry.objects.filter(postings__item=item).distinct().select_related("by").order_by("number")
        yield {
            **told(item),
            "entries": [
                {**told(entry), "postings": [told(one) for one in entry.postings.filter(item=item).order_by("pk")]}
                for entry in entries
            ],
        }


def files_of(hearing: Hearing, by: Account) -> Iterator[Kept]:
    """What was put beside the hearing, as far as it may be seen, and the papers of its letters."""
    for one in Attachment.objects.visible_to(by).filter(hearing=hearing).order_by("pk"):
        yield Kept(one.digest, PurePosixPath(str(one.file.name)).suffix, one.name, str(hearing), one.file.open)
    yield from papers_of(documents_about(str(hearing)))


def papers_of(documents: list[Document]) -> Iterator[Kept]:
    for one in documents:
        yield Kept(one.pdf_digest, ".pdf", f"{one.reference}.pdf", one.reference, one.pdf.open)
        yield Kept(one.docx_digest, ".docx", f"{one.reference}.docx", one.reference, one.docx.open)
