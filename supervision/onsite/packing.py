"""A visit as a device takes it along: what is asked, and what has been answered so far."""

from typing import Any

from institutions.models import Account

from .models import Entry, Visit
from .reading import lines_of


def package(visit: Visit, account: Account) -> dict[str, Any]:
    """Plain values for JSON, in the language of who asks. Nothing of another visit, and no claim."""
    return {
        "number": visit.number,
        "state": visit.state,
        "institution": {"code": visit.institution_id, "name": str(visit.institution)},
        "checklist": str(visit.checklist),
        "officer": account.username,
        "officers": [
            {"username": one.username, "name": str(one)} for one in visit.officers.select_related("territory")
        ],
        "lines": [
            {
                "code": line.item.code, "words": line.item.words, "basis": line.item.basis,
                "answers": [answer_of(one) for one in line.answers],
            }
            for line in lines_of(visit)
        ],
    }  # fmt: skip


def answer_of(entry: Entry) -> dict[str, str]:
    return {
        "id": str(entry.ident), "answer": entry.said["answer"], "remark": entry.said["remark"], "by": str(entry.by),
        "digest": entry.digest,
    }  # fmt: skip
