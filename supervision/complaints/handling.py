"""Who handles a complaint: the vault lets nobody of them approve that its identity is opened."""

from collections.abc import Collection

from .models import Complaint


def handlers(subject: str) -> Collection[int]:
    """The keys of the accounts that prepared, decided or moved it."""
    complaint = Complaint.objects.filter(number=subject).first()
    if complaint is None:
        return ()
    moved = complaint.events.exclude(by=None).values_list("by", flat=True)
    return {key for key in (complaint.handler_id, complaint.approver_id, *moved) if key is not None}
