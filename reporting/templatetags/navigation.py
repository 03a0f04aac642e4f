"""What stands in the sidebar, for whom."""

from collections.abc import Callable
from dataclasses import dataclass

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from institutions.models import Account, Duty

register = template.Library()


@dataclass(frozen=True)
class Door:
    view: str
    icon: str
    text: Promise
    opens_to: Callable[[Account], bool]
    also: tuple[str, ...] = ()  # pages that are reached through this door and lie elsewhere


@dataclass(frozen=True)
class Section:
    """Doors that belong together, under a heading; the first ones need none."""

    title: Promise | str
    doors: list[Door]


def at_institution(duty: Duty) -> Callable[[Account], bool]:
    """For those of an institution who hold the duty."""
    return lambda account: account.institution_id is not None and account.holds(duty)


SECTIONS = [
    Section(
        "",
        [
            Door("work:mine", "work", _("My work"), lambda account: account.at_desk, ("work:clocks",)),
            Door("reporting:dashboard", "dashboard", _("Dashboard"), lambda account: account.at_desk),
        ],
    ),
    Section(
        _("Monitoring"),
        [
            Door("monitoring:findings", "findings", _("Findings"), lambda account: account.at_desk),
            Door("monitoring:runs", "runs", _("Monitoring runs"), lambda account: account.at_desk),
            Door(
                "monitoring:rules",
                "rules",
                _("Rule library"),
                lambda account: account.at_desk,
                ("laboratory:versions", "monitoring:quality", "monitoring:holds", "monitoring:exemptions"),
            ),
            Door("reminders:overview", "reminders", _("Reminders"), lambda account: account.at_desk),
            Door("knowledge:lists", "knowledge", _("Knowledge base"), lambda account: account.at_desk),
            Door("claims:batches", "batches", _("Batches"), lambda account: account.at_desk, ("claims:template",)),
        ],
    ),
    Section(
        _("Hearings and cases"),
        [
            Door("hearing:hearings", "checks", _("Review queue"), lambda account: account.at_desk),
            Door("cases:cases", "cases", _("Cases"), lambda account: account.at_desk),
            Door("documents:documents", "documents", _("Documents"), lambda account: account.at_desk),
            Door("ledger:overview", "ledger", _("Ledger"), lambda account: account.at_desk),
        ],
    ),
    Section(
        _("Inspection"),
        [
            Door(
                "inspections:inspections",
                "checks",
                _("Inspections"),
                lambda account: account.at_desk,
                ("inspections:plans", "inspections:draws"),
            ),
            Door("onsite:visits", "checks", _("Visits"), lambda account: account.at_desk),
            Door("onsite:samples", "checks", _("Samples of claims"), lambda account: account.at_desk),
            Door("selfchecks:campaigns", "checks", _("Self-correction"), lambda account: account.at_desk),
        ],
    ),
    Section(
        _("Social supervision"),
        [
            Door(
                "complaints:complaints",
                "complaints",
                _("Complaints"),
                lambda account: account.at_desk and account.sees_complaints,
            ),
            Door(
                "vault:openings",
                "identities",
                _("Identities"),
                lambda account: account.at_desk and account.holds(Duty.IDENTITY),
            ),
            Door(
                "rewards:rewards",
                "rewards",
                _("Rewards"),
                lambda account: account.at_desk and (account.sees_complaints or account.holds(Duty.BOOK)),
            ),
            Door("exposure:cases", "exposure", _("Exposed cases"), lambda account: account.at_desk),
            Door("supervisors:library", "supervisors", _("Social supervisors"), lambda account: account.at_desk),
        ],
    ),
    Section(
        _("Institutions and credit"),
        [
            Door("institutions:list", "institutions", _("Institutions"), lambda account: account.at_desk),
            Door(
                "designation:agreements",
                "documents",
                _("Agreements"),
                lambda account: account.at_desk,
                ("designation:applications",),
            ),
            Door(
                "payments:settlements",
                "ledger",
                _("Settlements"),
                lambda account: account.at_desk,
                ("payments:prepayments", "payments:funds", "payments:indicators", "payments:budgets"),
            ),
            Door("points:practitioners", "supervisors", _("Practitioners"), lambda account: account.at_desk),
            Door("credit:grades", "checks", _("Credit"), lambda account: account.at_desk),
            Door("commitments:commitments", "documents", _("Commitments"), lambda account: account.at_desk),
        ],
    ),
    Section(
        _("Working together"),
        [
            Door(
                "coordination:packages",
                "connection",
                _("Other departments"),
                lambda account: account.at_desk,
                ("coordination:leads", "coordination:meetings"),
            ),
            Door("assistance:requests", "cases", _("Other regions"), lambda account: account.at_desk),
            Door(
                "major:issues",
                "cases",
                _("Major issues"),
                lambda account: account.at_desk,
                ("major:interviews", "major:contacts"),
            ),
            Door("liaison:desk", "documents", _("Given to us"), lambda account: account.at_liaison),
            Door("liaison:connection", "connection", _("Connection"), lambda account: account.at_liaison),
        ],
    ),
    Section(
        "",
        [
            Door("own_desk:desk", "work", _("Our desk"), lambda account: account.institution_id is not None),
            Door(
                "answering:findings",
                "findings",
                _("Findings about us"),
                lambda account: account.institution_id is not None,
            ),
            Door(
                "own_documents:documents",
                "documents",
                _("Letters to us"),
                lambda account: account.institution_id is not None,
            ),
        ],
    ),
    Section(
        _("Supervision of us"),
        [
            Door(
                "own_inspections:inspections",
                "checks",
                _("Inspections of us"),
                lambda account: account.institution_id is not None,
            ),
            Door(
                "own_selfchecks:reports",
                "checks",
                _("Our self-correction"),
                lambda account: account.institution_id is not None,
            ),
            Door(
                "own_major:interviews",
                "documents",
                _("Our interviews"),
                lambda account: account.institution_id is not None,
            ),
            Door("owed:list", "ledger", _("What we owe"), lambda account: account.institution_id is not None),
        ],
    ),
    Section(
        _("Agreement and credit"),
        [
            Door(
                "designation:own_agreements",
                "institutions",
                _("Our agreements"),
                lambda account: account.institution_id is not None,
                ("designation:own_applications",),
            ),
            Door(
                "own_payments:settlements",
                "ledger",
                _("Our settlements"),
                lambda account: account.institution_id is not None,
                ("own_payments:prepayments",),
            ),
            Door(
                "own_points:practitioners",
                "supervisors",
                _("Our practitioners"),
                lambda account: account.institution_id is not None,
            ),
            Door("own_credit:own", "checks", _("Our credit"), lambda account: account.institution_id is not None),
            Door(
                "own_commitments:commitments",
                "documents",
                _("Our commitments"),
                lambda account: account.institution_id is not None,
            ),
        ],
    ),
    Section(
        _("Claims and reminders"),
        [
            Door(
                "claims:front_door",
                "batches",
                _("My batches"),
                lambda account: account.institution_id is not None,
                ("claims:batches", "claims:template"),
            ),
            Door(
                "own:reminders",
                "reminders",
                _("Reminders"),
                lambda account: account.institution_id is not None,
                ("own:rules",),
            ),
            Door("own:self_checks", "checks", _("Self-check"), at_institution(Duty.INTAKE)),
            Door("own:connection", "connection", _("Connection"), lambda account: account.institution_id is not None),
            Door("own:sandbox", "sandbox", _("Sandbox"), at_institution(Duty.CONNECT)),
        ],
    ),
    Section(
        _("Accounts"),
        [
            Door("own_accounts", "account", _("Our accounts"), lambda account: account.institution_id is not None),
            Door("admin:index", "admin", _("Administration"), lambda account: account.is_staff),
        ],
    ),
]


@register.inclusion_tag("_doors.html")
def doors(request: HttpRequest) -> dict[str, object]:
    """The doors open to who asks, by section, the one they stand in marked; a door not built yet is left out."""
    account = request.user
    if not isinstance(account, Account):
        return {"sections": []}
    found = [
        (
            section.title,
            [(door, at) for door in section.doors if door.opens_to(account) and (at := address_of(door.view))],
        )
        for section in SECTIONS
    ]
    within = {
        place: door
        for _title, opened in found
        for door, _address in opened
        for view in (door.view, *door.also)
        if request.path.startswith(place := address_of(view))
    }
    here = within[max(within, key=len)] if within else None
    return {
        "sections": [
            {"title": title, "doors": [{"door": door, "address": at, "here": door is here} for door, at in opened]}
            for title, opened in found
            if opened
        ]
    }


def address_of(view: str) -> str:
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""
