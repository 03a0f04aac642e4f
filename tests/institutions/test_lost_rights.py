"""C2: what somebody may no longer do, they cannot do at their next request; nobody waits for a sign-in to end."""

from collections.abc import Callable

import pytest
from django.test import Client

from institutions import resetting
from institutions.models import Account, Duty
from tests.builders import make_account, make_division, make_finding, make_institution
from tests.institutions.authenticators import make_administrator

pytestmark = pytest.mark.django_db
PAGE = "/desk/runs/start/"


def take_duty(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(duties=[Duty.READ])


def take_every_duty(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(duties=[])


def stop(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(is_active=False)


def set_password(account: Account) -> None:
    account.set_password("quite another passphrase")
    account.save()


def reset_factor(account: Account) -> None:
    one, two = (make_administrator(name) for name in ("one", "two"))
    resetting.approve(resetting.ask(account, reason="lost", by=one), by=two)


@pytest.mark.parametrize(
    ("loss", "status"),
    [(take_duty, 403), (take_every_duty, 404), (stop, 302), (set_password, 302), (reset_factor, 302)],
)
def test_c2_a_lost_right_bites_on_the_next_request(
    client: Client, loss: Callable[[Account], None], status: int
) -> None:
    account = make_account("li", duties=[Duty.READ, Duty.MONITOR])
    client.force_login(account)
    assert client.get(PAGE).status_code == 200
    loss(account)
    assert client.get(PAGE).status_code == status


def test_c2_another_territory_counts_at_once(client: Client) -> None:
    account = make_account("li")
    finding = make_finding(make_institution(), at_stake="10.00")
    client.force_login(account)
    assert client.get(f"/desk/findings/{finding.pk}/").status_code == 200
    Account.objects.filter(pk=account.pk).update(territory=make_division("990200"))
    assert client.get(f"/desk/findings/{finding.pk}/").status_code == 404
