"""manage.py import_sheets: a batch of knowledge out of published sheets, or of lists in our own form."""

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from institutions.models import Account, Duty
from supervision.knowledge import proposing, sheets
from supervision.knowledge.models import Proposal
from supervision.knowledge.rejecting import failure_text, reason_text

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Prepare a batch of knowledge out of published sheets (CSV, JSON, Excel; packed with gzip or not). It is put "
        "in force by a second person on the site, by --approve-by, or by --in-force."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, or folders of them")
        parser.add_argument("--by", metavar="ACCOUNT", help="who prepares it (the installation itself)")
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--approve-by", metavar="ACCOUNT", help="who approves it at once: another account than --by")
        ways.add_argument(
            "--in-force", action="store_true",
            help="put it in force on the word of whoever keeps the installation: for setting up",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="answer with one JSON object")

    def handle(self, *args: object, **options: Any) -> None:
        began = time.monotonic()
        if missing := [str(path) for path in options["paths"] if not path.exists()]:
            raise CommandError(_("There is no such file or folder: %(paths)s") % {"paths": ", ".join(missing)})
        files = sheets.listed(options["paths"])
        names = unique(files)
        by, approver = (account(options[name]) for name in ("by", "approve_by"))
        try:
            proposal = proposing.prepare([(names[file], file.read_bytes()) for file in files], by=by)
            if (approver or options["in_force"]) and proposal.waits:
                proposal = proposing.approve(proposal, by=approver)
        except sheets.SheetRefused as refusal:
            raise CommandError(failure_text(refusal.code, refusal.name)) from refusal
        except proposing.ProposalRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        told = summary(proposal) | {"seconds": round(time.monotonic() - began, 2)}
        self.stdout.write(json.dumps(told, ensure_ascii=False) if options["json"] else in_words(told))


def unique(files: list[Path]) -> dict[Path, str]:
    """What each file is called: its name; with its folder where two are named alike."""
    names = [file.name for file in files]
    return {file: file.name if names.count(file.name) == 1 else f"{file.parent.name}/{file.name}" for file in files}


def account(username: str | None) -> Account | None:
    """Somebody who may keep knowledge."""
    if username is None:
        return None
    found = Account.objects.filter(username=username).first()
    if found is None or not found.holds(Duty.KNOWLEDGE):
        raise CommandError(_("No account %(name)s has the duty to load knowledge.") % {"name": username})
    return found


def summary(proposal: Proposal) -> dict[str, Any]:
    return {
        "batch": proposal.pk,
        "status": proposal.status,
        "version": proposal.version_id,
        "place": proposal.place,
        **proposal.counts,
        "rejects": [
            {
                "file": one.file, "sheet": one.sheet, "row": one.row, "column": one.column, "value": one.value,
                "family": one.family, "reason": one.reason, "detail": one.detail, "points": one.points,
            }
            for one in proposal.rejects.all()
        ],
        "left_aside": proposal.left_aside,
    }  # fmt: skip


def in_words(told: dict[str, Any]) -> str:
    sums = _("%(in)s points in = %(accepted)s accepted + %(same)s as they were + %(rejected)s rejected.") % told
    lines = [_("Batch %(number)s:") % {"number": told["batch"]}, f"{Proposal.Status(told['status']).label}.", sums]
    lines = [" ".join(lines)]
    for name, each in told["families"].items():
        shown = "".join(f"{each.get(kind, 0):>8,}" for kind in ("in", "accepted", "same", "rejected"))
        lines.append(f"{shown}  {name}")
    lines += [f"{number:>8,}  {reason_text(reason)}" for reason, number in told["reasons"].items()]
    lines += [
        f"  {one['file']}:{one['row']} {one['value']}: {reason_text(one['reason'], one['detail'])}"
        for one in told["rejects"][:SHOWN]
    ]
    if (more := len(told["rejects"]) - SHOWN) > 0:
        lines.append(_("… and %(number)s further rows; --json lists them all.") % {"number": more})
    if names := ", ".join(told["left_aside"]):
        lines.append(_("Left aside, being no sheet that is known: %(names)s") % {"names": names})
    return "\n".join(lines)
