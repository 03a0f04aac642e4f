"""Applications: one to be completed, one before the public, one that led to a signed agreement, one barred."""

import io
from collections.abc import Generator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from institutions.models import Institution
from supervision.cases.demonstration.parties import acting_for
from supervision.cases.demonstration.telling import Story
from supervision.designation import applying, scoring, signing
from supervision.designation.models import Application, Contract
from supervision.designation.workflows import AGREEMENT, APPLICATION

from .cast import Desk

Applying = Generator[int, None, Application]
FIGURES = {"pay_days": "30", "deposit": "5", "damages": "10"}


# --- The steps --------------------------------------------------------------------------------------


def written(place: Institution, desk: Desk) -> Application:
    """Begun, each condition answered, the licence enclosed, and sent."""
    owner = acting_for(place)
    application = applying.apply(place, desk.insurer, by=owner)
    said = {one.code: (True, "见所附材料") for one in applying.unanswered(application)}
    application = applying.write_application(
        application, contact="欧经理", telephone="0990-5551234", opened_on=timezone.localdate() - timedelta(days=420),
        words="主营中西药品零售，进销存系统已与医保平台联调。", said=said, by=owner,
    )  # fmt: skip
    applying.enclose(application, licence(place), by=owner)
    return APPLICATION.make(application, "submit", by=owner)


def licence(place: Institution) -> SimpleUploadedFile:
    """A licence as somebody may have photographed it: lines instead of words."""
    picture = Image.new("RGB", (600, 420), (244, 240, 226))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((24, 24, 576, 396), outline=(150, 60, 50), width=5)
    for line in range(6):
        draw.line((70, 90 + 45 * line, 520 - 60 * (line % 3), 90 + 45 * line), fill=(90, 90, 96), width=6)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    return SimpleUploadedFile("药品经营许可证.jpg", content.getvalue(), "image/jpeg")


def accepted(place: Institution, desk: Desk) -> Applying:
    application = written(place, desk)
    yield 2
    application = APPLICATION.make(application, "accept", by=desk.first)
    yield 1
    team = [desk.first.username, desk.second.username]
    return APPLICATION.make(application, "assess", by=desk.first, assessors=team)


def scored(application: Application, desk: Desk, share: str) -> Application:
    """On paper and on site, with this share of the points for each criterion; both stand by it."""
    points = {
        one.code: ((one.points * Decimal(share)).quantize(Decimal("0.01")), "现场查看并核对台账")
        for one in scoring.sheet(application)
    }
    today = timezone.localdate()
    scoring.score(application, points, on_paper=today, on_site=today, by=desk.first)
    scoring.agree(application, by=desk.second)
    return application


def passed(place: Institution, desk: Desk) -> Applying:
    """Assessed, passed, and put before the public."""
    application = yield from accepted(place, desk)
    yield 8
    application = APPLICATION.make(scored(application, desk, "0.92"), "pass", by=desk.head)
    yield 1
    application = APPLICATION.make(application, "file_passed", by=desk.first)
    yield 19
    return APPLICATION.make(application, "publicise", by=desk.first)


# --- The stories ------------------------------------------------------------------------------------


def supplementing(desk: Desk) -> Story:
    """The pharmacy that signs in to the demonstration is told what is missing."""
    application = written(desk.applying, desk)
    yield 4
    missing = "缺少执业药师注册证和经营场所平面图。"
    APPLICATION.make(application, "ask_supplement", by=desk.first, what_is_missing=missing)


def publicised(desk: Desk) -> Story:
    yield from passed(desk.shown, desk)


def barred(desk: Desk) -> Story:
    """It does not pass, is given time, and does not pass again."""
    application = yield from accepted(desk.failing, desk)
    yield 8
    note = "处方药与非处方药未分区陈列，进销存账实不符。"
    application = APPLICATION.make(scored(application, desk, "0.4"), "fail", by=desk.head, note=note)
    yield 1
    application = APPLICATION.make(application, "rectify", by=desk.first)
    yield 15
    owner = acting_for(desk.failing)
    application = APPLICATION.make(application, "rectified", by=owner, note="已重新分区陈列，进销存已盘点。")
    yield 6
    note = "进销存账实仍不相符。"
    APPLICATION.make(scored(application, desk, "0.5"), "bar", by=desk.head, note=note)


def signed(desk: Desk) -> Story:
    """From the application to an agreement in force, with the text that both sides sealed."""
    application = yield from passed(desk.signed, desk)
    yield 7
    application = APPLICATION.make(application, "negotiate", by=desk.first)
    yield 3
    contract = offered(application.contracts.get(), desk)
    yield 2
    contract = AGREEMENT.make(contract, "sign", by=acting_for(desk.signed), **seal(contract, "欧阳示例"))
    yield 1
    contract = AGREEMENT.make(contract, "countersign", by=desk.head, **seal(contract, "林示例"))
    yield 1
    contract = AGREEMENT.make(contract, "file", by=desk.first)
    yield 3
    AGREEMENT.make(contract, "take_on_file", by=desk.department)


def offered(contract: Contract, desk: Desk) -> Contract:
    figures = {code: FIGURES.get(code, "1") for code in contract.figures}
    contract = signing.set_terms(contract, since=contract.since, until=contract.until, figures=figures, by=desk.first)
    return AGREEMENT.make(contract, "offer", by=desk.first)


def seal(contract: Contract, name: str) -> dict[str, Any]:
    """What whoever signs was shown, and their name."""
    assert contract.document is not None
    return {"sealed_text": [contract.document.pdf_digest], "signatory": name}
