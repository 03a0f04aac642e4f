"""Draws a sample of an institution's settled claims, and keeps what is judged of each."""

import re
import secrets
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import warehouse
from claims.models import Snapshot
from institutions.models import Account, Institution
from supervision.audit.chain import record
from supervision.audit.models import Act
from supervision.locks import one_at_a_time
from supervision.moves import BeyondReach, refuse_unless

from . import ruling, strata
from .models import Number, Sample, SampledClaim, Stratum
from .models.samples import SampleState
from .visiting import permitted, within

NUMBERING = 7_310_802  # samples are numbered one after the other
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
MONTHS = 24  # that a sample goes over at most: more is kept by no list of months
MOST = 2_000_000  # claims that one sample is drawn from
FEN = Decimal("0.01")


@transaction.atomic
def draw_claims(
    institution: Institution, *, first_month: str, last_month: str, size: int | None = None, by: Account
) -> Sample:
    """A sample of the claims of these months of which the fund has paid something.

    `size` claims, or as many as the row `sample_size` says; the strata are those of `sample_strata`.
    """
    permitted(by)
    if not within(by, institution.division):
        raise BeyondReach(_("There is nothing here by that number."))
    months = months_between(first_month, last_month)
    snapshot = warehouse.published()
    found = paid_claims(snapshot, institution, months)
    refuse_unless(bool(found), _("The fund has paid for no claim of this time."))
    assert snapshot is not None
    wanted = size if size is not None else int(ruling.number(Number.Code.SAMPLE_SIZE, institution.division_id).value)
    refuse_unless(wanted > 0, _("A sample has at least one claim."))
    one_at_a_time(NUMBERING)
    made = written(institution, snapshot, found, by, first_month=first_month, last_month=last_month, size=wanted)
    made.events.create(move="draw", after=made.state, by=by)
    record(Act.VISIT, by, made.number, move="draw", seed=made.seed, population=made.population, claims=made.claims)
    return made


def written(
    institution: Institution, snapshot: Snapshot, found: Mapping[str, tuple[str, int]], by: Account, *,
    first_month: str, last_month: str, size: int,
) -> Sample:  # fmt: skip
    """The rows of the sample, its strata and its claims. `found` holds month and fen by claim."""
    amounts = {claim: fen for claim, (_month, fen) in found.items()}
    start = f"CY-{institution.division_id}-{timezone.localdate().year}-"
    many = int(ruling.number(Number.Code.SAMPLE_STRATA, institution.division_id).value)
    made = Sample.objects.create(
        number=f"{start}{Sample.objects.filter(number__startswith=start).count() + 1}", institution=institution,
        place=institution.division, first_month=first_month, last_month=last_month, seed=secrets.token_hex(16),
        snapshot=snapshot, size=size, wanted_strata=many, claims=len(amounts), paid=yuan(sum(amounts.values())),
        population=strata.digest(amounts), drawn_by=by, state=SampleState.DRAWN,
    )  # fmt: skip
    for number, part in enumerate(strata.parts(amounts, seed=made.seed, size=size, strata=many), 1):
        drawn = set(part.drawn)
        rest = [amounts[claim] for claim in part.claims if claim not in drawn]
        stratum = Stratum.objects.create(
            sample=made, number=number, claims=len(part.claims), drawn=len(drawn), rest=yuan(sum(rest)),
            paid=yuan(sum(amounts[claim] for claim in part.claims)), most=yuan(max(rest, default=0)),
        )  # fmt: skip
        SampledClaim.objects.bulk_create(
            SampledClaim(sample=made, stratum=stratum, claim=claim, month=found[claim][0], paid=yuan(amounts[claim]))
            for claim in part.drawn
        )
    return made


def paid_claims(snapshot: Snapshot | None, institution: Institution, months: list[str]) -> dict[str, tuple[str, int]]:
    """Month and fen by claim, of those of which the fund has paid something."""
    asked = warehouse.Asked(months, institution.pk)
    rows = warehouse.settled_claims(snapshot, asked, most=MOST) if snapshot else []
    found = {str(row["claim"]): (str(row["month"]), fen(row["paid"])) for row in rows}
    return {claim: told for claim, told in found.items() if told[1] > 0}


def drawn_again(sample: Sample) -> bool:
    """Whether the kept seed draws what was kept, out of the same version of the warehouse."""
    months = months_between(sample.first_month, sample.last_month)
    found = paid_claims(sample.snapshot, sample.institution, months)
    amounts = {claim: fen for claim, (_month, fen) in found.items()}
    if strata.digest(amounts) != sample.population:
        return False
    parts = strata.parts(amounts, seed=sample.seed, size=sample.size, strata=sample.wanted_strata)
    kept = [
        sorted(stratum.sampled.values_list("claim", flat=True)) for stratum in sample.strata.prefetch_related("sampled")
    ]
    return kept == [list(part.drawn) for part in parts]


@transaction.atomic
def judge_claim(sample: Sample, number: int, *, wrong: Decimal, why: str, by: Account) -> SampledClaim:
    """What of a drawn claim was paid wrongly, in yuan; nought where it is right. Judged anew it says the last."""
    permitted(by)
    locked = Sample.objects.select_for_update(of=("self",)).get(pk=sample.pk)
    one = SampledClaim.objects.filter(sample=locked, pk=number).first()
    if one is None or not locked.reaches(by):
        raise BeyondReach(_("There is nothing here by that number."))
    refuse_unless(locked.state == SampleState.DRAWN, _("The sample is judged already."))
    refuse_unless(
        Decimal(0) <= wrong <= one.paid and wrong == wrong.quantize(FEN),
        _("Of %(claim)s at most the ¥%(paid)s are wrong that the fund paid.")
        % {"claim": one.short, "paid": f"{one.paid:,}"},
    )
    refuse_unless(not wrong or bool(why.strip()), _("Say why %(claim)s is wrong.") % {"claim": one.short})
    one.wrong, one.why, one.judged_by, one.judged_at = wrong, why.strip()[:400], by, timezone.now()
    one.save(update_fields=["wrong", "why", "judged_by", "judged_at"])
    record(Act.VISIT, by, locked.number, move="judge", claim=one.claim, wrong=f"{wrong}")
    return one


def months_between(first: str, last: str) -> list[str]:
    """Every month from the first to the last, as 2026-01."""
    sound = MONTH.fullmatch(first) and MONTH.fullmatch(last) and first <= last
    refuse_unless(bool(sound), _("Write the period as 2025-01 to 2025-12."))
    start, end = (int(one[:4]) * 12 + int(one[5:]) - 1 for one in (first, last))
    refuse_unless(end - start < MONTHS, _("A sample goes over %(months)d months at most.") % {"months": MONTHS})
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(start, end + 1)]


def fen(value: object) -> int:
    return int(value * 100) if isinstance(value, Decimal) else 0


def yuan(value: int) -> Decimal:
    return Decimal(value) / 100
