import pytest
from django.db import IntegrityError, transaction

from institutions.models import Account, Agreement, Division, Duty, Institution, Insurer, Practitioner, Registration
from tests.builders import make_account, make_division, make_institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_prefectures() -> None:
    for code, county in (("H1", "990101"), ("H2", "990102"), ("H3", "990201")):
        place = make_institution(code, county)
        area = make_division(county[:4] + "00")
        insurer, _ = Insurer.objects.get_or_create(code=area.code, defaults={"name_zh": "x", "pooling_area": area})
        Agreement.objects.create(institution=place, insurer=insurer, number=code, period=("2026-01-01", "2027-01-01"))
        doctor = Practitioner.objects.create(code=f"D{code}", name="x", kind="physician")
        Registration.objects.create(practitioner=doctor, institution=place, since="2026-01-01")


def seen(account: Account) -> dict[str, set[str]]:
    return {
        "institutions": {row.pk for row in Institution.objects.visible_to(account)},
        "agreements": {row.number for row in Agreement.objects.visible_to(account)},
        "practitioners": {row.pk for row in Practitioner.objects.visible_to(account)},
        "insurers": {row.pk for row in Insurer.objects.visible_to(account)},
    }


@pytest.mark.parametrize(
    ("territory", "institutions"),
    [
        ("000000", {"H1", "H2", "H3"}),
        ("990000", {"H1", "H2", "H3"}),
        ("990100", {"H1", "H2"}),
        ("990101", {"H1"}),
        ("990200", {"H3"}),
    ],
)
def test_c1_a_territory_sees_all_below_it_and_nothing_beside_it(territory: str, institutions: set[str]) -> None:
    found = seen(make_account(territory=territory))
    assert found["institutions"] == found["agreements"] == institutions
    assert found["practitioners"] == {f"D{code}" for code in institutions}
    assert found["insurers"] <= {"990100", "990200"}


def test_c1_an_institution_sees_itself() -> None:
    account = make_account(institution=Institution.objects.get(pk="H2"))
    assert seen(account) == {
        "institutions": {"H2"},
        "agreements": {"H2"},
        "practitioners": {"DH2"},
        "insurers": set(),
    }
    assert not Division.objects.visible_to(account).exists()


def test_c1_an_administrator_without_territory_sees_nothing() -> None:
    assert not any(seen(make_account(territory=None, duties=[Duty.ADMINISTER])).values())


def test_a_duty_ends_with_the_account() -> None:
    account = make_account()
    assert account.holds(Duty.MONITOR)
    account.is_active = False
    assert not account.holds(Duty.MONITOR)


def test_nobody_of_an_institution_administers() -> None:
    with pytest.raises(IntegrityError, match="institutions_do_not_administer"), transaction.atomic():
        make_account(institution=Institution.objects.get(pk="H1"), duties=[Duty.ADMINISTER])


def test_there_is_one_agreement_at_a_time() -> None:
    insurer, place = Insurer.objects.get(pk="990100"), Institution.objects.get(pk="H1")
    with pytest.raises(IntegrityError, match="one_agreement_at_a_time"), transaction.atomic():
        Agreement.objects.create(institution=place, insurer=insurer, number="x", period=("2026-12-31", None))
    Agreement.objects.create(institution=place, insurer=insurer, number="y", period=("2027-01-01", None))
