"""D1: whoever has given the password alone is answered, everywhere but at the second step, like somebody unknown."""

from django.conf import settings
from django.db import transaction
from django.test import Client

from institutions import ticket
from institutions.models import Account
from tests.access.test_matrix import addresses, methods, world
from tests.access.world import DRAWN, DRAWN_WHOLE, World, fill
from tests.institutions.authenticators import enrol, password_step

__all__ = ["world"]  # the fixture
SECOND_STEP = {"sign-in/code/"}


def answer(cookies: dict[str, str], method: str, address: str) -> tuple[int, str, bytes]:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    for name, value in cookies.items():
        client.cookies[name] = value
    with transaction.atomic():
        response = client.generic(method, address)
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        transaction.set_rollback(True)
    return response.status_code, response.get("Location", ""), DRAWN.sub(b"", body)


def test_d1_the_password_alone_opens_nothing(world: World) -> None:
    account = Account.objects.get(username="regulator")
    enrol(account)
    browser = Client()
    password_step(browser, "regulator")
    held = {name: morsel.value for name, morsel in browser.cookies.items()}
    assert set(held) == {ticket.COOKIE}
    assert settings.SESSION_COOKIE_NAME not in held
    opened = [
        f"{method} {address}"
        for address in dict.fromkeys(addresses())
        for method in methods(address)
        if address not in {*SECOND_STEP, DRAWN_WHOLE}
        and answer(held, method, asked := fill(address, world.prefecture.key(address))) != answer({}, method, asked)
    ]
    assert opened == []
    assert answer(held, "GET", "/sign-in/code/")[0] == 200
