"""The invented weights of disease groups: of one scheme only, so that part of the stays has none."""

from datetime import date
from pathlib import Path

from institutions.models import Division
from supervision.cases.demonstration import PREFECTURE
from supervision.clocks.models import Limit
from supervision.payments import weights
from supervision.payments.models import WeightList

LIST = Path(__file__).with_name("weights.csv")
SOURCE = "示例：云泽市按病种分值付费病组权重，虚构，不是任何地方公布的目录"


def load(months: list[str]) -> None:
    """The list, for the years of these months and the year before: stays end before they are settled."""
    years = {int(month[:4]) for month in months}
    for year in sorted({*years, *(one - 1 for one in years)}):
        told = weights.Told(
            WeightList.Scheme.DIP, Division.objects.get(pk=PREFECTURE), year, SOURCE, Limit.Verified.SETTING,
            date(year, 1, 1), date(year + 1, 1, 1),
        )  # fmt: skip
        with LIST.open(encoding="utf-8", newline="") as file:
            weights.load(file, told)
