"""An identity as it is shown: its parts in their order, each under its name."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PARTS: dict[str, Promise] = {
    "name": _("Name of the person"),
    "phone": _("Telephone"),
    "address": _("Address"),
    "id_number": _("Identity number"),
    "email": _("E-mail"),
    "holder": _("Account holder"),
    "bank": _("Bank"),
    "account": _("Account number"),
}


def parts(what: Mapping[str, str]) -> Iterator[tuple[str | Promise, str]]:
    """What is known by name first; what is not known stands under the word it was kept by."""
    for name in (*PARTS, *(name for name in what if name not in PARTS)):
        if name in what:
            yield PARTS.get(name, name), what[name]
