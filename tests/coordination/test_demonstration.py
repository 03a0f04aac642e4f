"""What the demonstration is told with: partners that are shipped, and a liaison who reads for one of them."""

import pytest
from django.core.management import call_command
from django.test import Client

from institutions import demonstration
from institutions.models import Account, Department
from supervision.coordination.loading import load_partners
from supervision.coordination.models import Partner
from tests.builders import make_division

pytestmark = pytest.mark.django_db


def test_shipped_departments_are_named_once_and_what_was_named_here_stays() -> None:
    place = make_division("990100")
    for name in ("云泽市公安局", "云泽市卫生健康委员会"):
        Department.objects.create(party=Department.Party.INDUSTRY, division=place, name_zh=name)
    Partner.objects.create(department=Department.objects.get(name_zh="云泽市卫生健康委员会"), kind="tcm")
    assert (load_partners(), load_partners()) == (1, 0)
    assert set(Partner.objects.values_list("department__name_zh", "kind")) == {
        ("云泽市公安局", "public_security"), ("云泽市卫生健康委员会", "tcm")
    }  # fmt: skip


@pytest.mark.parametrize("username", ["police-liaison", "health-liaison"])
def test_a_liaison_of_the_demonstration_reads_for_a_department(client: Client, username: str) -> None:
    call_command("load_reference", verbosity=0)
    call_command("load_partners", verbosity=0)
    demonstration.open_accounts()
    client.force_login(Account.objects.get(username=username))
    assert client.get("/department/").status_code == 200
