import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils.translation import gettext as _

from supervision.audit import anchors, verifying
from supervision.audit.models import Entry

BROKEN, CANNOT_SAY = 1, 2
SHOWN = 200  # places; a chain that was rewritten differs everywhere


class Command(BaseCommand):
    help = (
        "Walk the chain of acts and the history of rows; name every place where they were changed, cut or added to. "
        "Ends with 0 where both are whole, 1 where they are not, 2 where that cannot be said: without the keys "
        "they were signed with, or without the database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one object on standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found, rows, off = list(verifying.breaks()), verifying.rows(), verifying.switched_off()
        except OperationalError as away:
            why = _("Nothing can be said, the database does not answer: %(why)s") % {"why": away}
            raise CommandError(why, returncode=CANNOT_SAY) from away
        told = {
            "entries": Entry.objects.count(),
            "breaks": [{"number": place.number, "what": place.what, "certain": place.certain} for place in found],
            "notes": len(anchors.noted()),
            "rows": rows.found,
            "rows_in_chain": rows.taken,
            "row_breaks": [{"number": place.number, "what": place.what} for place in rows.breaks],
            "tables_without_history": off,
        }
        words = [json.dumps(told, ensure_ascii=False)] if options["json"] else self.words(told, found, rows)
        self.stdout.write("\n".join(words))
        self.end(found, rows, off)

    def words(self, told: dict[str, Any], found: list[verifying.Break], rows: verifying.Rows) -> list[str]:
        """For whoever has to judge it: what was looked at, and each place by its number."""
        lines = [_("Chain of acts: %(entries)d entries, %(notes)d notes outside the database.") % told]
        lines += places(found) or [_("%(entries)d entries, unbroken.") % told]
        told["waiting"] = max(rows.found - rows.taken, 0)
        lines.append(_("Rows' history: %(rows)d, %(rows_in_chain)d of them in the chain, %(waiting)d waiting.") % told)
        lines += [_("row change %(place)s") % {"place": line} for line in places(rows.breaks)]
        off = told["tables_without_history"]
        return lines + [_("%(table)s: its former rows are not kept") % {"table": table} for table in off]

    def end(self, found: list[verifying.Break], rows: verifying.Rows, off: list[str]) -> None:
        wrong = sum(place.certain for place in found) + len(rows.breaks) + len(off)
        if wrong:
            raise CommandError(_("Broken in %(number)d places.") % {"number": wrong}, returncode=BROKEN)
        if found:
            why = _("%(number)d entries are signed with keys that are not at hand: give the ring in AUDIT_KEYS.")
            raise CommandError(why % {"number": len(found)}, returncode=CANNOT_SAY)


def places(found: list[verifying.Break]) -> list[str]:
    lines = [f"{first}{f'–{last}' if last > first else ''}: {what}" for first, last, what in verifying.gathered(found)]
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], *([_("… and %(number)d more places") % {"number": more}] if more > 0 else [])]
