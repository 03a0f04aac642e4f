"""How long the desk's pages take, and how many statements they ask."""

from collections.abc import Callable, Mapping
from statistics import quantiles
from typing import Any

from django.db import connection
from django.test import Client

from institutions.models import Account, Division, Duty
from supervision.monitoring.models import Finding, Run

from .sheet import Sheet, watch

GOAL_MS, GOAL_STATEMENTS, TIMES = 300, 15, 20


def measure(sheet: Sheet) -> None:
    """Each page twenty times, as a regulator of the nation, who sees everything."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(regulator())
    sheet.add("findings", Finding.objects.count(), "findings")
    ask_each(sheet, client, addresses())


def ask_each(sheet: Sheet, client: Client, addresses: Mapping[str, str]) -> None:
    for name, address in addresses.items():
        asked = statements(client, address)
        seconds = []
        for _ in range(TIMES):
            with watch() as once:
                answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            seconds.append(once.seconds * 1000)
        slow = quantiles(seconds, n=20)[-1]
        sheet.add(f"{name}, 95 of 100 within", slow, "ms", GOAL_MS, more_is_better=False)
        sheet.add(f"{name}, statements", asked, "", GOAL_STATEMENTS, more_is_better=False)


def statements(client: Client, address: str) -> int:
    """How many a page asks, counted where they are executed."""
    asked: list[str] = []

    def count(execute: Callable[..., Any], sql: str, *further: Any) -> Any:
        asked.append(sql)
        return execute(sql, *further)

    with connection.execute_wrapper(count):
        client.get(address)
    return len(asked)


def regulator() -> Account:
    account, _ = Account.objects.get_or_create(
        username="bench-regulator",
        defaults={"territory": Division.objects.get(code="000000"), "duties": [Duty.READ, Duty.MONITOR]},
    )
    return account


def addresses() -> dict[str, str]:
    finding, run = Finding.objects.open().first(), Run.objects.first()
    assert finding is not None
    assert run is not None
    return {
        "dashboard": "/desk/",
        "findings": "/desk/findings/",
        "findings of a rule": f"/desk/findings/?rule={finding.rule}",
        "findings by amount": "/desk/findings/?sort=-at_stake",
        "one finding": finding.get_absolute_url(),
        "runs": "/desk/runs/",
        "one run": run.get_absolute_url(),
        "rules": "/desk/rules/",
        "one rule": f"/desk/rules/{finding.rule}/",
        "batches": "/desk/batches/",
        "institutions": "/desk/institutions/",
    }
