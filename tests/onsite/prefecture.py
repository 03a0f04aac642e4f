"""The visits of one prefecture, for tests of who sees what: one with everything, gone on by who asks."""

from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils import timezone

from institutions.models import Account, Institution
from supervision.onsite.models import (
    Checklist,
    Device,
    Entry,
    Picture,
    Sample,
    SampledClaim,
    Stratum,
    Visit,
    VisitOfficer,
)
from supervision.onsite.sample_workflow import SAMPLE
from tests.builders import make_account, make_division, make_snapshot
from tests.hearing import hostile
from tests.onsite.office import sha


@dataclass(frozen=True)
class OnSiteKeys:
    """The keys of its objects, by the address they stand in."""

    visit: str
    picture: int
    sample: str

    def key(self, address: str) -> str:
        if "samples/" in address:
            return self.sample
        return str(self.picture) if "pictures/" in address else self.visit


def make_visited(digits: str, place: Institution, *, by: Account) -> OnSiteKeys:
    area = make_division(f"{digits}00")
    visit = Visit.objects.create(
        number=f"XC-{area.pk}-2026-1", about=f"belongs to {digits}", institution=place, place=place.division,
        checklist=Checklist.objects.get(code="daily"), opened_by=by, state="open",
    )  # fmt: skip
    for one in (by, make_account(f"goes_along{digits}", area.pk)):
        VisitOfficer.objects.create(visit=visit, account=one)
    device = Device.objects.create(visit=visit, ident=f"00000000-0000-4000-8000-0000{digits}0001", account=by)
    content = hostile.picture("JPEG")
    texts = {
        "photo": f'{{"item": "", "words": "seen in {digits}", "file": "{sha(content)}", "follows": []}}',
        "answer": f'{{"item": "R01", "answer": "kept", "remark": "said in {digits}", "follows": []}}',
    }
    for number, (kind, text) in enumerate(texts.items(), 1):
        entry = Entry.objects.create(
            visit=visit, ident=f"00000000-0000-4000-8000-0000{digits}010{number}", kind=kind, text=text, by=by,
            digest=sha(text.encode()), device=device, made_at=timezone.now(), item="R01" if kind == "answer" else "",
        )  # fmt: skip
        if kind == "photo":
            picture = Picture(
                entry=entry, digest=sha(content), size=len(content), shown_digest=sha(content), shown_kind="image/jpeg"
            )
            picture.file.save(f"{digits}.bin", ContentFile(content), save=False)
            picture.shown.save(f"{digits}.jpg", ContentFile(content), save=False)
            picture.save()
    return OnSiteKeys(visit.number, picture.pk, sample_of(digits, place, by=by).number)


def sample_of(digits: str, place: Institution, *, by: Account) -> Sample:
    """A sample of one claim out of three."""
    start = f"CY-{place.division_id}-2026-"
    made = Sample.objects.create(
        number=f"{start}{Sample.objects.filter(number__startswith=start).count() + 1}", institution=place,
        place=place.division, first_month="2026-01", last_month="2026-03", seed=f"{digits}" * 8,
        snapshot=make_snapshot(), size=1, wanted_strata=1, claims=3, paid=f"{digits}.00", population="0" * 64,
        drawn_by=by, state=SAMPLE.first,
    )  # fmt: skip
    stratum = Stratum.objects.create(
        sample=made, number=1, claims=3, paid=f"{digits}.00", drawn=1, rest=f"{int(digits) - 10}.00", most="20.00"
    )
    SampledClaim.objects.create(sample=made, stratum=stratum, claim=f"{place.pk}:1", month="2026-01", paid="10.00")
    return made
