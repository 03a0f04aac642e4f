"""Who may do what with a major issue: the place itself, and the levels above it."""

from django.utils.translation import gettext as _

from institutions.models import Account
from supervision.moves import refuse_unless

from .models import Issue, Listing


def of_the_place(issue: Issue, by: Account) -> None:
    """by the place that found it"""
    refuse_unless(by.territory_id == issue.place_id, _("That is for the place itself to do."))


def from_above(issue: Issue, by: Account) -> None:
    """by a level above the place"""
    refuse_unless(is_above(issue, by), _("That is for a level above the place to do."))


def where_it_is_reported(issue: Issue, by: Account) -> None:
    """by a level above the place, where the level is reported beyond it; else by the place itself"""
    if issue.goes_up:
        from_above(issue, by)
    else:
        of_the_place(issue, by)


def by_who_listed(issue: Issue, by: Account) -> None:
    """by the level that has listed it, or one above that"""
    listing = listed(issue)
    refuse_unless(
        listing is None or (by.territory is not None and by.territory.level <= listing.place.level),
        _("Whoever has listed it takes it off."),
    )


def listed(issue: Issue) -> Listing | None:
    """The listing that holds now."""
    return issue.listings.filter(delisted_at=None).select_related("place", "clock").first()


def is_above(issue: Issue, by: Account) -> bool:
    return by.territory is not None and by.territory.level < issue.place.level
