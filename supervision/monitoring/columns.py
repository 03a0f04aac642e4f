"""The evidence columns of the rules, in the reader's words. A rule may bring others; they go by their own names."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

COLUMNS: dict[str, Promise] = {
    "active": _("days with lines"),
    "admitted": _("admitted"),
    "admitted_on": _("admitted on"),
    "age": _("age"),
    "allowed": _("allowed"),
    "bed_days": _("bed days"),
    "begun": _("begun"),
    "beyond": _("days beyond"),
    "billed": _("billed"),
    "cap": _("price cap"),
    "cards": _("cards"),
    "code": _("code"),
    "codes": _("codes"),
    "day": _("day"),
    "day_no": _("day number"),
    "days_between": _("days between"),
    "department": _("department"),
    "died_at": _("died at"),
    "died_on": _("died on"),
    "discharged": _("discharged"),
    "discharged_on": _("discharged on"),
    "done_at": _("done at"),
    "earlier_claim": _("earlier claim"),
    "earlier_institution": _("earlier institution"),
    "facts": _("facts"),
    "fault": _("contradiction"),
    "field": _("field"),
    "hours": _("hours"),
    "illness": _("illness"),
    "institutions": _("institutions"),
    "item": _("item"),
    "kind": _("kind"),
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
    "other_started": _("other visit, begun"),
    "packs": _("packs"),
    "place": _("place"),
    "point": _("knowledge point"),
    "price": _("price"),
    "problem": _("what is wrong"),
    "quantity": _("quantity"),
    "reason": _("recorded reason"),
    "said": _("what it says"),
    "same": _("of this illness"),
    "settled_at": _("settled at"),
    "sex": _("sex"),
    "sold": _("sold"),
    "sold_again": _("sold again"),
    "sold_by": _("sold by"),
    "span": _("span"),
    "started": _("begun at"),
    "stays": _("stays"),
    "test_amount": _("tests, yuan"),
    "tests": _("tests"),
    "total": _("total"),
    "treated": _("treatment, yuan"),
    "value": _("value"),
    "visits": _("visits"),
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
