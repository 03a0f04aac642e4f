"""A worker with short leases, in which one rule always takes its process down, as a fault in an engine would."""

import os
import signal
from datetime import timedelta
from typing import Any

from supervision.celery import app

__all__ = ["app"]

app.finalize()
app.loader.import_default_modules()

from supervision.monitoring import node, runs  # noqa: E402 - needs Django set up by the line above
from tests.faults.world import CRASHES  # noqa: E402

runs.LEASE = timedelta(seconds=2)
runs.RENEWED_EVERY = 0.5
answers = node.answers


def crash(rule: Any, *arguments: Any, **options: Any) -> Any:
    if rule.code == CRASHES:
        os.kill(os.getpid(), signal.SIGKILL)
    return answers(rule, *arguments, **options)


node.answers = crash
