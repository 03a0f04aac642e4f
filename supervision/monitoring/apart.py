"""A process that does steps of a run. It begins bare: nothing of ours may be imported before Django is set up."""

import signal


def work(number: int) -> None:
    """Do steps of the run until none is owed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command that started us decides when to stop
    import django  # noqa: PLC0415

    django.setup()
    from supervision.monitoring import runs  # noqa: PLC0415
    from supervision.monitoring.models import Run  # noqa: PLC0415

    runs.work(Run.objects.get(pk=number))
