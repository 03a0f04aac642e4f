import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from institutions.models import Duty
from tests.builders import make_account, make_batch

pytestmark = pytest.mark.django_db


def test_b2_zero_characters_in_an_address_are_refused(desk: Client) -> None:
    for address in ("/desk/institutions/%00/", "/desk/template/%00", "/%00"):
        assert desk.get(address).status_code == 400


def test_b2_zero_characters_in_a_filter_filter_nothing(desk: Client) -> None:
    batch = make_batch(territory="990100").pk
    for address in (f"/desk/batches/{batch}/?reason=%00", "/desk/batches/?show=%00", "/desk/findings/?claim=a%00"):
        assert desk.get(address).status_code == 200
    assert Client().get("/sign-in/?next=%00").status_code == 200


@pytest.mark.parametrize("query", ["q=%00", "kind__exact=%00", "division__code=%00", "o=%00", "p=%00"])
def test_b2_zero_characters_in_the_administration_are_no_fault_of_ours(query: str) -> None:
    browser = Client()
    browser.force_login(make_account("admin", None, duties=[Duty.ADMINISTER]))
    assert browser.get(f"/admin/institutions/institution/?{query}").status_code < 500


def a_file(size: int) -> dict[str, object]:
    return {"files": SimpleUploadedFile("lines.csv", b"x" * size), "username": "li", "password": "x"}


def test_strangers_send_no_large_files(settings: LazySettings) -> None:
    assert Client().post("/sign-in/", a_file(1000)).status_code == 200
    for browser in (Client(), Client(enforce_csrf_checks=True)):
        assert browser.post("/sign-in/", a_file(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)).status_code == 400


def test_who_is_signed_in_sends_as_much_as_the_limit_says(desk: Client, settings: LazySettings) -> None:
    large = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert desk.post("/desk/rules/", a_file(large)).status_code == 405
    settings.UPLOAD_LIMIT = large
    assert desk.post("/desk/rules/", a_file(large)).status_code == 400


def test_a_length_that_is_no_number_is_refused(desk: Client) -> None:
    assert desk.get("/", CONTENT_LENGTH="-1").status_code == 400


def test_a_hospitals_message_may_be_longer_than_a_form(settings: LazySettings) -> None:
    message = b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    assert Client().post("/api/national/", message, content_type="application/json").status_code == 401
    settings.REVIEW_MESSAGE_LIMIT = len(message) - 1
    assert Client().post("/api/national/", message, content_type="application/json").status_code == 400
