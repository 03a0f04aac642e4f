"""A pharmacy applies and is signed: the whole way through the pages, as everybody who has a part in it."""

import hashlib

import pytest
from django.test import Client
from django.utils import timezone

from institutions import agreements
from institutions.models import Account, Agreement
from supervision.audit.models import Act, Entry
from supervision.designation.models import Application, Contract
from supervision.designation.scoring import sheet
from supervision.documents.models import Document
from tests.designation.parties import Agency, a_pdf, over

pytestmark = pytest.mark.django_db


def browser(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def post(account: Account, address: str, **said: object) -> None:
    answer = browser(account).post(address, said)
    assert answer.status_code == 302, answer.content.decode()


def text(account: Account | None, address: str) -> str:
    answer = (browser(account) if account else Client(headers={"accept-language": "en"})).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_a_pharmacy_applies_and_is_signed(agency: Agency) -> None:
    application = applied(agency)
    own, desk = f"/institution/application/{application.number}/", f"/desk/designation/{application.number}/"
    post(agency.first, f"{desk}move/", move="ask_supplement", what_is_missing="the floor plan")
    assert "the floor plan" in text(agency.owner, own)
    post(agency.owner, f"{own}move/", move="supply")
    post(agency.first, f"{desk}move/", move="accept")
    assessed(agency, application)
    post(agency.first, f"{desk}move/", move="file_passed")
    post(agency.first, f"{desk}move/", move="publicise")
    assert "Yunze Pharmacy" in text(None, "/designated/publicised/")
    over(Application.objects.get().clock)
    post(agency.first, f"{desk}move/", move="negotiate")
    contract = Contract.objects.get()
    negotiated(agency, contract)
    assert Application.objects.get().state == "signed"
    desk = f"/desk/agreements/{contract.number}/"
    post(agency.first, f"{desk}move/", move="file")
    post(agency.department, f"{desk}move/", move="take_on_file")
    agreement = Agreement.objects.get()
    assert (agreement.number, agreement.state, agreement.period.lower) == (contract.number, "in_force", contract.since)
    verified(contract)
    assert "in force" in text(agency.owner, f"/institution/agreements/{contract.number}/")
    assert agreements.current(agency.place) in (None, agreement)  # from the first of next month on
    told = "Yunze Pharmacy" in text(None, "/designated/")
    assert told == (contract.since <= timezone.localdate())


def applied(agency: Agency) -> Application:
    """Begun, written, with a file enclosed, and sent."""
    assert "You have not applied yet." in text(agency.owner, "/institution/application/")
    post(agency.owner, "/institution/application/", insurer=agency.insurer.pk)
    application = Application.objects.get()
    own = f"/institution/application/{application.number}/"
    assert "licence to trade in drugs" in text(agency.owner, own)
    assert browser(agency.first).get(application.get_absolute_url()).status_code == 404  # it was not sent yet
    refused = browser(agency.owner).post(f"{own}move/", {"move": "submit"}).content.decode()
    assert "Say how these conditions are met" in refused
    conditions = ("licence", "operating", "pharmacist", "trained", "shelves", "interface")
    said = {f"meets-{one}": "on" for one in conditions} | {"words-licence": "No. 7"}
    post(agency.owner, f"{own}write/", contact="Ou", telephone="0990 123456", opened_on="2024-03-01", **said)
    post(agency.owner, f"{own}files/", criterion="licence", file=a_pdf())
    post(agency.owner, f"{own}move/", move="submit")
    shown = text(agency.first, application.get_absolute_url())
    assert "No. 7" in shown
    assert "No pharmacist is registered at it here." in shown
    assert "licence.pdf" in shown
    return application


def assessed(agency: Agency, application: Application) -> None:
    """By two, on paper and on site; the person in charge decides."""
    desk = f"/desk/designation/{application.number}/"
    post(agency.first, f"{desk}move/", move="assess", assessors=[agency.first.username, agency.second.username])
    today = timezone.localdate().isoformat()
    points = {f"points-{one.code}": str(one.points - 1) for one in sheet(application)}
    post(agency.first, f"{desk}score/", on_paper=today, on_site=today, **points)
    early = browser(agency.head).post(f"{desk}move/", {"move": "pass"}).content.decode()
    assert "one of the team has not agreed to it" in early
    post(agency.second, f"{desk}agree/")
    post(agency.head, f"{desk}move/", move="pass")
    letter = Document.objects.get(kind="designation_result")
    assert "96.00" in letter.text_zh
    assert "执业药师" in letter.text_zh


def negotiated(agency: Agency, contract: Contract) -> None:
    """The figures are filled in, the text is offered, and signed by both."""
    desk, own = f"/desk/agreements/{contract.number}/", f"/institution/agreements/{contract.number}/"
    assert browser(agency.owner).get(own).status_code == 404  # it was not offered yet
    term = {"since": contract.since.isoformat(), "until": contract.until.isoformat()}
    figures = {"figure-pay_days": "30", "figure-deposit": "5", "figure-damages": "10"}
    post(agency.first, f"{desk}terms/", **term, **figures)
    post(agency.first, f"{desk}move/", move="offer")
    contract.refresh_from_db()
    assert contract.document is not None
    digest = contract.document.pdf_digest
    assert digest in text(agency.owner, own)
    wrong = browser(agency.owner).post(f"{own}move/", {"move": "sign", "sealed_text": ["0" * 64], "signatory": "Ou"})
    assert wrong.status_code == 200
    post(agency.owner, f"{own}move/", move="sign", sealed_text=[digest], signatory="Ou")
    post(agency.head, f"{desk}move/", move="countersign", sealed_text=[digest], signatory="Lin")
    contract.refresh_from_db()
    assert contract.state == "signed"


def verified(contract: Contract) -> None:
    """Anybody may ask; one byte more, and it is another file. Both signatures stand in the chain of acts."""
    document = Document.objects.get(kind="service_agreement")
    with document.pdf.open("rb") as file:
        paper = file.read()
    assert hashlib.sha256(paper).hexdigest() == document.pdf_digest
    assert {one.digest for one in contract.signatures.all()} == {document.pdf_digest}
    acts = Entry.objects.filter(act=Act.AGREEMENT, subject=contract.number, facts__sha256=document.pdf_digest)
    assert {act.facts["signed"] for act in acts} == {"institution", "agency"}
    client = Client(headers={"accept-language": "en"})
    for content, words in ((paper, "both sides signed"), (paper + b" ", "No text with this digest")):
        asked = client.post("/designated/verify/", {"file": a_pdf("agreement.pdf", content)})
        assert words in asked.content.decode()
