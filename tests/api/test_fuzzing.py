"""B2: no input makes a 5xx, whoever sends it, and every refusal is JSON that says what is wrong."""

import io
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.conf import settings as site
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase
from hypothesis import given as with_given
from hypothesis import settings as with_settings
from pytest_django import Settings
from schemathesis import GenerationMode, checks
from schemathesis.core.result import Ok

from institutions.models import Account, Institution
from supervision.coordination import keys
from supervision.coordination.rest import signed as department
from supervision.review.gateway import signing
from tests.access.world import make_accounts
from tests.api.holes import RAW, TYPES, with_holes
from tests.coordination.office import given, make_sharing
from tests.review import messages
from tests.review.plainly import CHOICES, REVIEWS, RULES, asking, for_women, line, system, telling

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning:schemathesis")]
App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
SCHEMA = "/api/schema/?format=json"
NOTHING: Mapping[str, str] = {}
checks.load_all_checks()
CHECKS = [
    one for one in checks.CHECKS.get_all()
    if one.__name__ in (
        "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
    )
]  # fmt: skip
GOOD = {
    REVIEWS: asking(
        line(department="A03", practitioner="D1", prescription="P1", category="09", payment_class="B", days=3,
             self_paid="1.00", ordered_at="2026-03-10T09:28:00Z"),
        for_women(),
        encounter={"ended_at": "2026-03-10T10:00:00Z", "operations": [{"code": "39.95", "name": "透析", "main": True}]},
    ),
    CHOICES: telling({"remark": "JR0", "choice": "overrode", "reason": "needed"}),
}  # fmt: skip


def undone(app: App) -> App:
    """What a request has left in the database is taken back."""

    def wrapped(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        with transaction.atomic():
            answer = list(app(environ, start))
            transaction.set_rollback(True)
        return answer

    return wrapped


def signed(app: App, header: Callable[[WSGIRequest], str]) -> App:
    """Whatever is sent carries the header that its sender makes of it."""

    def wrapped(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        seen = WSGIRequest({**environ, "wsgi.input": io.BytesIO(body)})
        environ["wsgi.input"], environ["HTTP_AUTHORIZATION"] = io.BytesIO(body), header(seen)
        return app(environ, start)

    return wrapped


def by_hospital(key: str) -> Callable[[WSGIRequest], str]:
    """Signs the body, or where there is none what is asked and where."""
    return lambda request: signing.sign(key, request.body or f"{request.method} {request.get_full_path()}".encode())


def by_department(name: str) -> Callable[[WSGIRequest], str]:
    """Signs what is asked, where, and the body."""
    return lambda request: department.sign(name, request.method or "", request.get_full_path(), request.body)


def signed_in(app: App, account: Account | None) -> App:
    client = Client()
    if account:
        client.force_login(account)

    def wrapped(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if account:
            environ["HTTP_COOKIE"] = f"{site.SESSION_COOKIE_NAME}={client.session.session_key}"
        return app(environ, start)

    return wrapped


def fuzz(app: App, examples: int, *, under: str = "/api/", known: Mapping[str, str] = NOTHING) -> None:
    """Every operation of the schema at addresses that begin so, with what it describes and with what it does not.

    `known` is what stands in the database, by the names that parts of addresses have: else hardly a try finds anything.
    """
    schema = schemathesis.openapi.from_wsgi(SCHEMA, app)
    found = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    assert len(found) == 11
    for operation in found:
        if not operation.path.startswith(under):
            continue
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @with_given(case=operation.as_strategy(generation_mode=mode))
            @with_settings(
                max_examples=examples, deadline=None, database=None, derandomize=True,
                phases=[Phase.generate], suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            def holds(case: Any) -> None:
                case.path_parameters.update({name: one for name, one in known.items() if name in case.path_parameters})
                case.call_and_validate(checks=CHECKS)

            holds()


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> App:
    """The site without a server; the test keeps its connection, as with Django's own client."""
    monkeypatch.setattr("django.db.connection.close_if_unusable_or_obsolete", lambda: None)
    return undone(WSGIHandler())


def test_b2_a_hospitals_system_makes_no_5xx_whatever_it_sends(app: App, client: Client, hospital: Institution) -> None:
    fuzz(signed(app, by_hospital(system(client).key)), 15)


def test_b2_a_departments_system_makes_no_5xx_whatever_it_sends(app: App, tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    sharing = make_sharing()
    package = given(sharing)
    key, _secret = keys.open_department_key(by=sharing.liaison)
    his = signed(app, by_department(key.name))
    for known in (NOTHING, {"number": package.number}):
        fuzz(his, 15, under="/api/departments/", known=known)


def test_b2_no_role_makes_a_5xx_or_is_let_in_without_a_signature(app: App) -> None:
    for account in make_accounts().values():
        fuzz(signed_in(app, account), 2)


@pytest.mark.long
def test_b2_a_hospitals_system_makes_no_5xx_in_many_more_tries(app: App, client: Client, hospital: Institution) -> None:
    fuzz(signed(app, by_hospital(system(client).key)), 200)


# --- Our own corpus -------------------------------------------------------------------------------------


def is_plain(answer: Any) -> bool:
    """A success, or a refusal in JSON with its reason."""
    if answer.status_code in (200, 202):
        return True
    return answer.status_code in (400, 401, 404, 405, 409, 413, 415) and all(
        fault["reason"] for fault in answer.json()["faults"]
    )


ALL = pytest.param(1, marks=pytest.mark.long)


@pytest.mark.parametrize("every", [6, ALL])
@pytest.mark.parametrize("address", GOOD)
def test_b2_the_known_holes_in_every_field_are_taken_or_refused_by_name(
    client: Client, hospital: Institution, address: str, every: int
) -> None:
    his, wrong = system(client), []
    client.raise_request_exception = False
    for path, body in islice(with_holes(GOOD[address]), 0, None, every):
        with transaction.atomic():
            answer = his.post(address, None, raw=body)
            transaction.set_rollback(True)
        if not is_plain(answer):
            wrong.append((path, body[:200], answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("address", [REVIEWS, CHOICES])
def test_b2_bodies_of_no_form_are_refused(client: Client, hospital: Institution, address: str) -> None:
    his = system(client)
    client.raise_request_exception = False
    for body in RAW:
        assert is_plain(his.post(address, None, raw=body)), body[:60]
    for type_ in TYPES:
        assert his.post(address, GOOD[address], type_=type_).status_code in (200, 400, 415), type_


def test_b2_addresses_of_no_form_are_not_there(client: Client, hospital: Institution) -> None:
    his = system(client)
    client.raise_request_exception = False
    for id_ in ("%00", "%ED%A0%80", "..", "%2e%2e%2f", "a" * 5000, "%F0%9F%98%80", "'", "%252e"):
        assert his.get(f"{REVIEWS}{id_}/").status_code in (400, 401, 404), id_
    for moment in ("%00", "remind&moment=x", "%ED%A0%80", "[]"):
        assert his.get(f"{RULES}?moment={moment}").status_code in (400, 401), moment


@pytest.mark.parametrize("every", [61, ALL])
def test_b2_the_national_door_answers_the_same_holes_in_its_own_form(
    client: Client, hospital: Institution, every: int
) -> None:
    key = system(client).key
    client.raise_request_exception = False
    holes = (body for _path, body in with_holes(messages.asking(infno="3102")))
    for body in [*RAW, *islice(holes, 0, None, every)]:
        header = {"authorization": signing.sign(key, body)}
        with transaction.atomic():
            answer = client.post("/api/national/", body, content_type="application/json", headers=header)
            transaction.set_rollback(True)
        assert answer.status_code == 200, body[:200]
        assert answer.json()["infcode"] == 0 or answer.json()["err_msg"], body[:200]
