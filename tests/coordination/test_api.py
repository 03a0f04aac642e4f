"""The API of departments' systems: whose request it is, what it is answered, and that nothing counts twice."""

import json
import time
from typing import Any

import pytest
from django.test import Client

from supervision.coordination import keys
from supervision.coordination.models import BroughtLead, DepartmentKey, Reading
from supervision.coordination.rest.signed import sign
from supervision.moves import MoveRefused
from tests.coordination.office import Sharing, acknowledged, drafted, given, make_liaison, make_partner

pytestmark = pytest.mark.django_db
ROOT = "/api/departments/"


def ask(key: DepartmentKey, method: str, address: str, said: Any = None, **more: Any) -> Any:
    body = json.dumps(said).encode() if said is not None else b""
    header = more.pop("header", None) or sign(key.name, method, address, body, **more)
    return Client().generic(method, address, body, "application/json", HTTP_AUTHORIZATION=header)


@pytest.fixture
def key(sharing: Sharing) -> DepartmentKey:
    return keys.open_department_key(by=sharing.liaison)[0]


def test_a_package_is_read_taken_on_and_answered_by_the_departments_system(
    sharing: Sharing, key: DepartmentKey
) -> None:
    package = given(sharing)
    at = f"{ROOT}packages/{package.number}/"
    assert [one["number"] for one in ask(key, "GET", f"{ROOT}packages/").json()["packages"]] == [package.number]
    assert not Reading.objects.exists()
    told = ask(key, "GET", at).json()
    assert {one["code"]: one["value"] for one in told["fields_given"]}["person"] == "M9****34"
    assert {one.way for one in Reading.objects.all()} == {"system"}
    for _again in range(2):
        answer = ask(key, "POST", f"{at}acknowledge/", {"receipt": "R-1"})
        assert (answer.status_code, answer.json()["state"]) == (200, "acknowledged")
    assert ask(key, "POST", f"{at}acknowledge/", {"receipt": "R-2"}).status_code == 409
    for _again in range(2):
        answer = ask(key, "POST", f"{at}answer/", {"result": "filed", "answer": "filed as 17"})
        assert (answer.status_code, answer.json()["state"]) == (200, "fed_back")
    package.refresh_from_db()
    assert [one.move for one in package.events.all()] == ["draft", "give", "acknowledge", "feed_back"]
    assert {one.by for one in package.events.all()[2:]} == {sharing.liaison}


def test_a_package_is_returned_with_a_reason(sharing: Sharing, key: DepartmentKey) -> None:
    at = f"{ROOT}packages/{acknowledged(sharing).number}/return/"
    assert ask(key, "POST", at, {}).json()["faults"][0]["field"] == "reason"
    assert ask(key, "POST", at, {"reason": "not ours"}).json()["state"] == "returned"


def test_another_departments_system_finds_nothing_and_a_draft_is_nowhere(sharing: Sharing, key: DepartmentKey) -> None:
    package = given(sharing)
    for other in (make_partner("health"), make_partner("public_security", "990200")):
        theirs, _secret = keys.open_department_key(by=make_liaison(other, f"liaison{other.pk}"))
        at = f"{ROOT}packages/{package.number}/"
        assert ask(theirs, "GET", at).status_code == 404
        assert ask(theirs, "POST", f"{at}acknowledge/", {"receipt": "R"}).status_code == 404
        assert ask(theirs, "GET", f"{ROOT}packages/").json() == {"packages": []}
    assert ask(key, "GET", f"{ROOT}packages/{drafted(sharing).number}/").status_code == 404
    assert not Reading.objects.exists()


def test_a_lead_counts_once_and_its_result_is_asked_for(sharing: Sharing, key: DepartmentKey) -> None:
    said = {"id": "GA-1", "title": "Resold drugs", "facts": "without boxes", "institution": sharing.hospital.pk}
    answers = [ask(key, "POST", f"{ROOT}leads/", said) for _again in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert BroughtLead.objects.count() == 1
    assert ask(key, "POST", f"{ROOT}leads/", {**said, "facts": "otherwise"}).status_code == 409
    assert ask(key, "POST", f"{ROOT}leads/", {**said, "id": "GA-2", "institution": "H0"}).status_code == 400
    assert ask(key, "GET", f"{ROOT}leads/GA-1/").json()["state"] == "received"
    assert ask(key, "GET", f"{ROOT}leads/GA-9/").status_code == 404


def test_a_signature_opens_its_own_request_alone(sharing: Sharing, key: DepartmentKey) -> None:
    package = given(sharing)
    one, other = f"{ROOT}packages/", f"{ROOT}packages/{package.number}/"
    assert ask(key, "GET", other, header=sign(key.name, "GET", one)).status_code == 401
    assert (
        ask(key, "POST", f"{other}acknowledge/", {"receipt": "R"}, header=sign(key.name, "GET", other)).status_code
        == 401
    )
    forged = sign(key.name, "POST", f"{other}acknowledge/", b'{"receipt": "R-1"}')
    assert ask(key, "POST", f"{other}acknowledge/", {"receipt": "R-2"}, header=forged).status_code == 401
    for at in (int(time.time()) - 400, int(time.time()) + 400):
        assert ask(key, "GET", one, at=at).status_code == 401
    for header in ("", "Bearer x", sign("H99010100001.1", "GET", one), sign("department-999999.1", "GET", one)):
        assert ask(key, "GET", one, header=header or "none").status_code == 401


def test_a_key_is_closed_and_opens_nothing_once_its_liaison_has_left(sharing: Sharing, key: DepartmentKey) -> None:
    second, _secret = keys.open_department_key(by=sharing.liaison)
    with pytest.raises(MoveRefused, match="close one first"):
        keys.open_department_key(by=sharing.liaison)
    keys.close_department_key(key.number, by=sharing.liaison)
    assert ask(key, "GET", f"{ROOT}packages/").status_code == 401
    assert ask(second, "GET", f"{ROOT}packages/").status_code == 200
    sharing.liaison.is_active = False
    sharing.liaison.save()
    assert ask(second, "GET", f"{ROOT}packages/").status_code == 401


def test_the_schema_describes_it(client: Client, db: None) -> None:
    schema = client.get("/api/schema/?format=json").json()
    assert f"{ROOT}packages/{{number}}/acknowledge/" in schema["paths"]
    assert "signedByDepartment" in schema["components"]["securitySchemes"]
