"""A process that adds to the chain and takes some of it back: run as `python -m tests.audit.appending NUMBER SEED`."""

import random
import sys

import django
from django.db import transaction

django.setup()

from supervision.audit import chain  # noqa: E402 - once the apps are there
from supervision.audit.models import Act  # noqa: E402


def append(number: int, seed: int) -> int:
    chance, kept = random.Random(seed), 0
    for place in range(number):
        with transaction.atomic():
            chain.record(Act.EXPORT, f"side {seed}", f"{place}")
            back = chance.random() < 0.2
            transaction.set_rollback(back)
        kept += not back
    return kept


if __name__ == "__main__":
    print(append(int(sys.argv[1]), int(sys.argv[2])))
