"""Who stands for what in a proceeding: effects that write the maker of a move into its columns."""

from django.utils import timezone

from supervision.moves import Made

from .models import Proceeding


def handled(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down who prepared it"""
    proceeding.handler = made.by


def approved(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """writes down who decided"""
    proceeding.approver = made.by


def closed(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """closes it"""
    proceeding.closed_at = timezone.now()


def opened_again(proceeding: Proceeding, made: Made[Proceeding]) -> None:
    """is open again"""
    proceeding.closed_at = None
