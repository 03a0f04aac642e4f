"""The text of an agreement: drafted, sealed as a PDF, signed by both sides over the digest of that file."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from institutions.models import Account, Duty, Institution, Insurer
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.documents.models import Document
from supervision.moves import BeyondReach, Effect, Made, refuse_unless

from . import letters, ruling, timing
from .models import Application, Contract, ContractEvent, ContractTemplate, Signature, Stage
from .numbering import next_number

LONGEST = 60  # characters of a figure


def draft_text(
    institution: Institution, insurer: Insurer, *, since: date, by: Account, application: Application | None = None,
    predecessor: Contract | None = None, main: Contract | None = None,
) -> Contract:  # fmt: skip
    """A text to be negotiated, by the newest version for this kind of institution; figures as they were agreed last.

    With a `main` agreement it is one that hangs on it, and ends no later.
    """
    place = insurer.pooling_area_id
    use = ContractTemplate.Use.INTERNET if main else ContractTemplate.Use.MAIN
    template = ruling.template(institution.kind, place, since, use=use)
    before = agreed_before(institution, insurer) if main else predecessor.figures if predecessor else {}
    contract = Contract.objects.create(
        number=next_number("BC" if main else "XY", place, Contract.objects.all()), institution=institution,
        insurer=insurer, application=application, predecessor=predecessor, main=main, template=template,
        state=Stage.DRAFT, drafted_by=by,
        figures={figure["code"]: before.get(figure["code"], "") for figure in template.figures}, since=since,
        until=longest(place, since, main),
    )  # fmt: skip
    ContractEvent.objects.create(contract=contract, move="draft", after=contract.state, by=by)
    return contract


def agreed_before(institution: Institution, insurer: Insurer) -> dict[str, str]:
    """The figures of the last supplementary agreement that both signed."""
    rows = Contract.objects.filter(institution=institution, insurer=insurer, main__isnull=False)
    last = rows.filter(signatures__side=Signature.Side.AGENCY).order_by("-pk").first()
    return dict(last.figures) if last else {}


def longest(place: str, since: date, main: Contract | None) -> date:
    """The last day that a term from that day on may have: by agreement_term, and within the main agreement's term."""
    last = timing.so_long_after("agreement_term", place, since) - timedelta(days=1)
    return min(last, main.until) if main else last


@transaction.atomic
def set_terms(contract: Contract, *, since: date, until: date, figures: Mapping[str, str], by: Account) -> Contract:
    """Write down what was negotiated: the term, and the figures of the annex."""
    found = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if not found.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(
        by.holds(Duty.AGREE) and by.institution_id is None,
        _("You do not hold the duty for this: %(duty)s.") % {"duty": Duty.AGREE.label},
    )
    refuse_unless(found.state == Stage.DRAFT, _("The text was offered already."))
    last = longest(found.place, since, found.main)
    refuse_unless(since <= until <= last, _("The term ends after it begins, and by %(day)s.") % {"day": last})
    refuse_unless(found.main is None or since >= found.main.since, _("The main agreement begins later than this term."))
    asked = {figure["code"] for figure in found.template.figures} if found.template else set()
    found.since, found.until = since, until
    found.figures = {code: " ".join(figures.get(code, "").split())[:LONGEST] for code in asked}
    found.save(update_fields=["since", "until", "figures"])
    record(Act.AGREEMENT, by, found.number, move="set_terms", since=str(since), until=str(until))
    return found


# --- What moves do ----------------------------------------------------------------------------------


def terms_are_set(contract: Contract, by: Account) -> None:
    """every figure of the annex is there, and the term has not passed"""
    missing = [code for code, said in contract.figures.items() if not said]
    refuse_unless(not missing, _("Figures of the annex are missing."))
    refuse_unless(contract.until >= timezone.localdate(), _("The term is over already."))


def seal(contract: Contract, made: Made[Contract]) -> None:
    """issues service_agreement: the text as it will be signed"""
    template = contract.template
    assert template is not None
    contract.document = letters.write(
        "service_agreement", contract, by=made.by, name=template.name_zh, name_en=template.name_en,
        agreement=contract.number, version=template.version, since=contract.since, until=contract.until,
        clauses="\n".join(f"{n}. {one['title_zh']}：{one['text_zh']}" for n, one in enumerate(template.clauses, 1)),
        clauses_en="\n".join(f"{n}. {one['title_en']}: {one['text_en']}" for n, one in enumerate(template.clauses, 1)),
        lines=annex(contract, "zh"), lines_en=annex(contract, "en"),
    )  # fmt: skip
    contract.offered_at = timezone.now()


def annex(contract: Contract, tongue: str) -> str:
    assert contract.template is not None
    head = ("项目", "数值", "单位") if tongue == "zh" else ("Item", "Figure", "Unit")
    figures = contract.template.figures
    lines = [
        (one[f"name_{tongue}"], contract.figures.get(one["code"], ""), one[f"unit_{tongue}"] or "–") for one in figures
    ]
    if contract.main is not None:
        lines.insert(0, ("主协议编号" if tongue == "zh" else "Main agreement", contract.main.number, "–"))
    return letters.rows(head, *lines)


def unseal(contract: Contract, made: Made[Contract]) -> None:
    """the text that was offered is not signed any more; another is issued when it is offered again"""
    contract.document = None


def signs(side: Signature.Side) -> Effect[Contract]:
    """An effect that keeps a signature for one side, over the digest that the signer was shown."""

    def signing(contract: Contract, made: Made[Contract]) -> None:
        document = contract.document
        assert document is not None
        seen = made.facts["sealed_text"]
        given = seen[0] if isinstance(seen, (list, tuple)) and seen else str(seen)
        refuse_unless(
            given == document.pdf_digest == digest_on_disk(document), _("The text is another than was shown.")
        )
        Signature.objects.create(
            contract=contract, document=document, side=side, name=str(made.facts["signatory"]).strip()[:60],
            by=made.by, digest=document.pdf_digest,
        )  # fmt: skip
        record(Act.AGREEMENT, made.by, str(contract), signed=side.value, sha256=document.pdf_digest)

    signing.__doc__ = f"signs the digest of the text, {side.value}"
    return signing


def digest_on_disk(document: Document) -> str:
    """Of the file itself, not of what a row says it was."""
    with document.pdf.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- Verifying --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verified:
    """A file that is the text of an agreement, and whether both sides signed it."""

    contract: Contract
    document: Document
    signatures: list[Signature]

    @property
    def by_both(self) -> bool:
        return {one.side for one in self.signatures} == set(Signature.Side.values)


def verify(digest: str) -> Verified | None:
    """What agreement a file is, by its digest; nothing where none was signed so."""
    found = list(
        Signature.objects.filter(digest=digest).select_related("contract__institution", "contract__insurer", "document")
    )
    return Verified(found[0].contract, found[0].document, found) if found else None
