"""Draws what is looked at again: by a seed that is kept, so that anybody can draw the same again."""

import random
import secrets
from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from django.utils import timezone

from . import ruling
from .models import Answer, Drawn, Leniency, Report, ReportedLine

Part = tuple[str, int]  # "line" or "answer", and its number


def population(report: Report) -> list[Part]:
    """All that can be looked at again: the lines, and the answers that say nothing was found; in one order."""
    lines = [("line", pk) for pk in report.lines.order_by("pk").values_list("pk", flat=True)]
    quiet = report.answers.filter(found=False).order_by("pk").values_list("pk", flat=True)
    return [*lines, *(("answer", pk) for pk in quiet)]


def size(of: int, share: Decimal, least: Decimal) -> int:
    """A share of them, at least so many, at most all."""
    wanted = int((Decimal(of) * share).to_integral_value(ROUND_CEILING))
    return min(max(wanted, int(least)), of)


def chosen(parts: Sequence[Part], seed: str, how_many: int) -> list[Part]:
    """The same seed draws the same."""
    return sorted(random.Random(seed).sample(list(parts), how_many))  # noqa: S311 - drawn again by the seed, no secret


def draw(report: Report) -> None:
    """Keep the seed and what it drew."""
    share = ruling.number(Leniency.Code.SAMPLE_SHARE, report.place_id).value
    least = ruling.number(Leniency.Code.SAMPLE_LEAST, report.place_id).value
    parts = population(report)
    report.seed, report.drawn_at = secrets.token_hex(16), timezone.now()
    for kind, pk in chosen(parts, report.seed, size(len(parts), share, least)):
        Drawn.objects.create(
            report=report, line=ReportedLine.objects.get(pk=pk) if kind == "line" else None,
            answer=Answer.objects.get(pk=pk) if kind == "answer" else None,
        )  # fmt: skip


def drawn_again(report: Report) -> bool:
    """Whether the kept seed draws what was kept."""
    kept = sorted(("line", one.line_id) if one.line_id else ("answer", one.answer_id) for one in report.drawn.all())
    return kept == chosen(population(report), report.seed, len(kept))
