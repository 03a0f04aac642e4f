"""What the pages of a report have answered: read once, and said again in words or taken in."""

from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from supervision.complaints import filing
from supervision.complaints.gate import keeping
from supervision.complaints.models import About, Kind

from . import searching
from .questions import IDENTITY, NAMED, STEPS, YES, Question, Where


class Answers:
    """All pages as one was sent with the answers of the others."""

    def __init__(self, sent: QueryDict) -> None:
        self.files = sent.getlist("file")
        self.forms: dict[str, Question] = {step: form(sent) for step, form in STEPS.items()}
        self.wrong = next((step for step, form in self.forms.items() if not form.is_valid()), "")

    @cached_property
    def said(self) -> dict[str, Any]:
        """As they are understood, once no page is wrong."""
        return {name: value for form in self.forms.values() for name, value in form.cleaned_data.items()}

    @property
    def wants_reward(self) -> bool:
        """There is one for a tip alone."""
        return bool(self.said["wants_reward"] == YES and self.said["kind"] == Kind.TIP)

    def in_words(self) -> list[dict[str, object]]:
        """Each question with what was answered."""
        said, files = self.said, len(keeping.waiting(self.files))  # those that still stand
        who = _("anonymous")
        if said["who"] == NAMED:
            who = _(", ").join(filter(None, (said[name] for name in IDENTITY)))
        words = {
            "what": str(Kind(said["kind"]).label), "facts": said["facts"],
            "where": "\n".join(filter(None, [
                str(About(said["about"]).label), searching.words_of(said["target"]), said["named_as"],
            ])),
            "when": "\n".join(filter(None, [said["when"], f"¥{Decimal(said['amount']):,}" if said["amount"] else ""])),
            "files": ngettext("%(number)d file", "%(number)d files", files) % {"number": files} if files else "",
            "who": who + ("\n" + _("with a reward, if there is one") if self.wants_reward else ""),
        }  # fmt: skip
        return [{"step": step, "heading": STEPS[step].heading, "words": words[step] or "–"} for step in STEPS]

    def told(self) -> filing.Told:
        """What is taken in."""
        said, where = self.said, self.forms["where"]
        assert isinstance(where, Where)
        assert where.place is not None  # the page is valid
        named = said["who"] == NAMED
        return filing.Told(
            kind=said["kind"], facts=said["facts"], place=where.place, about=said["about"],
            institution=where.institution, named_as=said["named_as"], when=said["when"],
            amount=Decimal(said["amount"]) if said["amount"] else None,
            wants_reward=self.wants_reward, files=self.files,
            who={name: said[name] for name in IDENTITY if said[name]} if named else {},
            language=translation.get_language() or settings.LANGUAGE_CODE,
        )  # fmt: skip
