"""What happens to credit by itself."""

from celery import shared_task

from . import enterprises, evaluating, gathering, insured


@shared_task
def gather() -> None:
    """What stands on record elsewhere is noted. Running it again changes nothing."""
    gathering.gather_all()


@shared_task
def take_effect() -> None:
    """Evaluations that nobody may object to come into force, disclosures end. Running it again changes nothing."""
    evaluating.take_effect_all()
    enterprises.expire_all()
    insured.by_themselves()
