"""What citizens tell in the demonstration: invented, every word of it."""

import io
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from institutions.models import Institution
from supervision.complaints import filing, receipts
from supervision.complaints.filing import Filed, Told
from supervision.complaints.gate import keeping
from supervision.complaints.models import Kind

WHO: Mapping[str, str] = {"name": "钱示例", "phone": "13900000001", "address": "云泽市澜岸区示范路1号"}
PHOTO = (1200, 900)


def told(institution: Institution, facts: str, *, kind: str = Kind.TIP, photos: int = 0, **more: Any) -> Filed:
    """A report or complaint about an institution, anonymously unless `who` says otherwise."""
    files = [photo(number) for number in range(photos)]
    return filing.file(
        Told(
            kind=kind, facts=facts, place=institution.division, about="institution", institution=institution,
            files=files, **more,
        ),
        receipts.draw_ticket(),
    )  # fmt: skip


def photo(number: int) -> str:
    """A bill as somebody may photograph it, let in by the gate; the token that a report claims it with."""
    picture = Image.new("RGB", PHOTO, (238 - 9 * number, 236, 228))
    draw = ImageDraw.Draw(picture)
    for line in range(12):
        draw.line((80, 120 + 60 * line, 1120 - 70 * (line % 5), 120 + 60 * line), fill=(90, 90, 96), width=9)
    draw.rectangle((60, 60, 1140, 860), outline=(120, 60, 50), width=6)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=82)
    upload = keeping.take(SimpleUploadedFile("bill.jpg", written.getvalue()), name=f"收费清单{number + 1}.jpg")
    return upload.token
