"""The evidence columns of the rules, in the reader's words. A rule may bring others; they go by their own names."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

COLUMNS: dict[str, Promise] = {
    "admitted": _("admitted"),
    "admitted_on": _("admitted on"),
    "age": _("age"),
    "allowed": _("allowed"),
    "bed_days": _("bed days"),
    "begun": _("begun"),
    "beyond": _("days beyond"),
    "billed": _("billed"),
    "cap": _("price cap"),
    "code": _("code"),
    "codes": _("codes"),
    "day": _("day"),
    "day_no": _("day number"),
    "days": _("days"),
    "days_between": _("days between"),
    "department": _("department"),
    "died_at": _("died at"),
    "died_on": _("died on"),
    "discharged": _("discharged"),
    "discharged_on": _("discharged on"),
    "done_at": _("done at"),
    "earlier_at": _("earlier at"),
    "earlier_charge": _("earlier line"),
    "earlier_claim": _("earlier claim"),
    "earlier_day": _("earlier day"),
    "earlier_institution": _("earlier institution"),
    "fault": _("contradiction"),
    "field": _("field"),
    "fund": _("fund"),
    "hours": _("hours"),
    "illness": _("illness"),
    "insurance": _("insurance"),
    "item": _("item"),
    "kind": _("kind"),
    "least": _("at least"),
    "level": _("level"),
    "limit": _("limit"),
    "main_charge": _("line that includes it"),
    "main_day": _("its day"),
    "main_item": _("item that includes it"),
    "most": _("at most"),
    "name": _("name"),
    "other": _("contradicts"),
    "other_admitted": _("other stay, admitted"),
    "other_claim": _("other claim"),
    "other_discharged": _("other stay, discharged"),
    "other_institution": _("other institution"),
    "other_name": _("name of the other item"),
    "package_name": _("package"),
    "packs": _("packs"),
    "place": _("place"),
    "point": _("knowledge point"),
    "price": _("price"),
    "problem": _("what is wrong"),
    "quantity": _("quantity"),
    "rate": _("per cent"),
    "reason": _("recorded reason"),
    "said": _("what it says"),
    "sex": _("sex"),
    "sold": _("sold"),
    "sold_again": _("sold again"),
    "sold_by": _("sold by"),
    "span": _("span"),
    "value": _("value"),
    "wording": _("paid indication"),
}


def in_words(evidence: Mapping[str, object], names: Mapping[str, str] = {}) -> Iterator[tuple[Promise | str, object]]:
    """Name and value of each column that says something; of a pair the reader's, of a code here named the name."""
    chinese = (get_language() or "").startswith("zh")
    pairs = {name.removesuffix("_zh") for name in evidence if name.endswith("_zh")}
    for name, value in evidence.items():
        stem = name.removesuffix("_zh").removesuffix("_words")
        in_chinese = name.endswith("_zh")
        if value in (None, "") or (stem in pairs and in_chinese != chinese):
            continue
        yield COLUMNS.get(stem, stem), names.get(str(value), value)
