"""A visit in a basement: worked on without a network, after a reload and after the browser was closed; sent again and
again until the server has everything once; and then forgotten by the device."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from supervision.onsite import sealing
from supervision.onsite.models import Entry, Picture, Visit
from tests.hearing import hostile
from tests.journeys.conftest import FLAGS
from tests.journeys.test_axe_cases import sign_in_at_once
from tests.onsite.office import Office, make_office, opened, sha

PASSWORD = "basement 2026"


@pytest.fixture
def visit(settings: Settings, tmp_path: Path, db: None, in_english: None) -> Visit:
    settings.MEDIA_ROOT = tmp_path / "media"
    return opened(make_office())


@pytest.fixture
def officers(visit: Visit) -> Office:
    first, second = visit.officers.order_by("pk")
    return Office(first, second, first, visit.institution)


@pytest.fixture
def tablet(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url, locale="en-GB", viewport={"width": 820, "height": 1100})
    yield context
    context.close()


def page_of(context: BrowserContext, wrong: list[str] | None = None) -> Page:
    page = context.new_page()
    page.set_default_timeout(20_000)
    if wrong is not None:
        page.on("pageerror", lambda error: wrong.append(str(error)))
    return page


def take_along(page: Page, visit: Visit) -> None:
    page.goto(visit.get_absolute_url())
    page.get_by_role("link", name="Take it along").click()
    page.get_by_label("Password for this device").first.fill(PASSWORD)
    page.get_by_role("button", name="Take it along").click()
    expect(page.locator("[data-view=work]")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.keys().then((names) => names.length > 0)")


def unlock(page: Page) -> None:
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Open it").click()
    expect(page.locator("[data-view=work]")).to_be_visible()


def answer(page: Page, item: str, choice: str = "in order", remark: str = "") -> None:
    form = page.locator(f"form[data-item={item}]")
    form.get_by_label(choice, exact=True).check()
    form.locator("textarea").fill(remark)
    before = form.locator("[data-answers] li").count()
    form.get_by_role("button").click()
    if not before:
        expect(form.locator("[data-answers] li")).to_have_count(1)


def answer_all(page: Page, visit: Visit) -> None:
    for item in visit.checklist.items.all():
        answer(page, item.code)


def photo(page: Page, content: bytes) -> None:
    shown = page.locator("[data-kept=photo] li").count()
    page.locator("#photo-words").fill("病区")
    page.locator("#photo-file").set_input_files({"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": content})
    expect(page.locator("[data-kept=photo] li")).to_have_count(shown + 1)


def statement(page: Page) -> None:
    page.locator("#statement-who").fill("王某")
    page.locator("#statement-words").fill("问：住院几天？\n答：三天。")
    page.get_by_role("button", name="Save the statement").click()
    expect(page.locator("[data-kept=statement] li")).to_have_count(1)


def sign(page: Page, side: str, who: str = "") -> None:
    shown = page.locator("[data-kept=signature] li").count()
    page.locator("#signature-side").select_option(side)
    page.locator("#signature-who").fill(who)
    pad = page.locator("[data-pad]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 90, steps=8)
    page.mouse.up()
    page.get_by_role("button", name="Save the signature").click()
    expect(page.locator("[data-kept=signature] li")).to_have_count(shown + 1)


def sign_all(page: Page, officers: Office) -> None:
    sign(page, officers.first.username)
    sign(page, officers.second.username)
    sign(page, "", "李某，医保办主任")


def waiting(page: Page) -> int:
    return int(page.locator("[data-onsite]").get_attribute("data-waiting") or 0)


def until_sent(page: Page) -> None:
    expect(page.locator("[data-onsite]")).to_have_attribute("data-waiting", "0", timeout=30_000)


def hand_back(page: Page) -> None:
    page.get_by_role("button", name="Hand back").click()
    expect(page.locator("[data-state]")).to_contain_text("nothing is left on this device", timeout=30_000)
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_a_visit_is_worked_on_without_a_network_and_everything_comes_home_once(
    tablet: BrowserContext, live_server: LiveServer, visit: Visit, officers: Office
) -> None:
    wrong: list[str] = []
    page, content = page_of(tablet, wrong), hostile.picture("JPEG")
    sign_in_at_once(page, live_server, officers.first)
    take_along(page, visit)
    tablet.set_offline(True)
    answer(page, "R01")
    page.reload()  # the page comes out of the browser's own store, and asks for the password again
    unlock(page)
    expect(page.locator("form[data-item=R01] [data-answers] li")).to_contain_text("on this device alone")
    for item in visit.checklist.items.exclude(code="R01"):
        answer(page, item.code, remark="查看了病历")
    photo(page, content)
    statement(page)
    sign_all(page, officers)
    assert (waiting(page), Entry.objects.count()) == (12, 0)
    tablet.set_offline(False)
    until_sent(page)
    hand_back(page)
    assert Entry.objects.filter(visit=visit).count() == 12
    picture = Picture.objects.get(entry__kind="photo")
    assert picture.digest == sha(content) == sha(Path(picture.file.path).read_bytes())
    page.goto(visit.get_absolute_url())
    assert page.locator("button[value=seal]").count() == 1, page.locator("main").inner_text()
    page.locator("summary", has_text="Seal the record").click()
    page.locator("button[value=seal]").click()
    expect(page.locator("main")).to_contain_text("What lies here is what was sealed.")
    visit.refresh_from_db()
    assert visit.seal == sealing.seal_of(visit)
    assert not wrong, wrong


def test_what_lies_on_the_device_is_sealed_and_opens_with_the_password_alone(
    tablet: BrowserContext, live_server: LiveServer, visit: Visit, officers: Office
) -> None:
    page = page_of(tablet)
    sign_in_at_once(page, live_server, officers.first)
    take_along(page, visit)
    tablet.set_offline(True)
    answer(page, "R02", "not in order", remark="secretword")
    stored = page.evaluate(
        """async () => {
            const db = await idb.openDB("onsite"), rows = [...await db.getAll("entries"), ...await db.getAll("visit")];
            const bytes = (value) => value instanceof ArrayBuffer ? new TextDecoder().decode(value)
                : value && typeof value === "object" && !ArrayBuffer.isView(value) ? Object.values(value).map(bytes).join(" ") : String(value);
            return rows.map(bytes).join(" ");
        }"""
    )
    assert "secretword" not in stored
    assert str(visit.institution) not in stored
    page.reload()
    page.locator("#password").fill("another password")
    page.get_by_role("button", name="Open it").click()
    expect(page.locator("[data-error]")).to_contain_text("not the device password")
    unlock(page)
    expect(page.locator("form[data-item=R02] [data-answers] li")).to_contain_text("secretword")


def test_an_answer_of_the_server_that_is_lost_after_it_was_kept_doubles_nothing(
    tablet: BrowserContext, live_server: LiveServer, visit: Visit, officers: Office
) -> None:
    page, lost = page_of(tablet), [0]
    sign_in_at_once(page, live_server, officers.first)
    take_along(page, visit)
    tablet.set_offline(True)
    answer_all(page, visit)
    photo(page, hostile.picture("JPEG"))

    def lose(route: Route) -> None:
        """The server keeps it, and its answer never arrives."""
        if lost[0] >= 3:
            route.continue_()
            return
        lost[0] += 1
        route.fetch()
        route.abort()

    tablet.route("**/device/entries/", lose)
    tablet.route("**/device/hand-back/", lose)
    tablet.set_offline(False)
    for _turn in range(20):
        page.get_by_role("button", name="Send now").click()
        page.wait_for_timeout(300)
        if waiting(page) == 0:
            break
    assert lost[0] == 3, page.locator("main").inner_text()
    assert page.get_by_text("not kept by the server").count() == 0, page.locator("main").inner_text()
    lost[0] = 2  # and once more, of the handing back
    page.get_by_role("button", name="Hand back").click()
    expect(page.locator("[data-error]")).to_contain_text("cannot be reached")
    hand_back(page)
    assert Entry.objects.filter(visit=visit).count() == 8
    assert visit.devices.get().returned_at is not None


def test_it_opens_without_a_network_after_the_browser_was_closed(
    browser: Browser, live_server: LiveServer, visit: Visit, officers: Office, tmp_path: Path
) -> None:
    def opened_again() -> BrowserContext:
        kind = browser.browser_type
        return kind.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium_of(), args=FLAGS.split(), base_url=live_server.url,
            locale="en-GB",
        )  # fmt: skip

    first = opened_again()
    page = page_of(first)
    sign_in_at_once(page, live_server, officers.first)
    take_along(page, visit)
    first.set_offline(True)
    answer(page, "R01", "to be looked into", remark="二楼")
    first.close()
    second = opened_again()
    second.set_offline(True)
    page = page_of(second)
    page.goto("/desk/visits/device/")
    unlock(page)
    expect(page.locator("form[data-item=R01] [data-answers] li")).to_contain_text("二楼")
    answer(page, "R02")
    second.set_offline(False)
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("[data-state]")).to_contain_text("signed out")  # the session ended with the browser
    assert waiting(page) == 2
    sign_in_at_once(page, live_server, officers.second)
    page.goto("/desk/visits/device/")
    unlock(page)
    expect(page.locator("[data-state]")).to_contain_text("Somebody else is signed in")
    sign_in_at_once(page, live_server, officers.first)
    page.goto("/desk/visits/device/")
    unlock(page)
    until_sent(page)
    hand_back(page)
    second.close()
    assert Entry.objects.filter(visit=visit).count() == 2


def chromium_of() -> str:
    from tests.conftest import chromium  # noqa: PLC0415 - as the package's browser finds it

    return chromium() or ""


def test_two_officers_who_answer_apart_are_told_and_one_of_them_settles_it(
    browser: Browser, live_server: LiveServer, visit: Visit, officers: Office
) -> None:
    contexts = [browser.new_context(base_url=live_server.url, locale="en-GB") for _officer in range(2)]
    pages = [page_of(context) for context in contexts]
    for page, officer in zip(pages, (officers.first, officers.second), strict=True):
        sign_in_at_once(page, live_server, officer)
        take_along(page, visit)
        page.context.set_offline(True)
    answer(pages[0], "R03", "in order")
    answer(pages[1], "R03", "not in order", remark="两张床空着")
    for page in pages:
        page.context.set_offline(False)
        page.get_by_role("button", name="Send now").click()
        until_sent(page)
    line = pages[1].locator("form[data-item=R03]")
    expect(line.locator("[data-disputed]")).to_be_visible()
    answer(pages[1], "R03", "not in order", remark="一起看过")
    expect(line.locator("[data-answers] li")).to_have_count(1)
    expect(line.locator("[data-disputed]")).to_be_hidden()
    until_sent(pages[1])
    assert Entry.objects.filter(visit=visit, item="R03").count() == 3
    for context in contexts:
        context.close()


def test_whoever_signs_out_is_asked_and_leaves_nothing_on_the_device(
    tablet: BrowserContext, live_server: LiveServer, visit: Visit, officers: Office
) -> None:
    page, asked = page_of(tablet), list[str]()

    def answered(say: str, dialog: Dialog) -> None:
        asked.append(dialog.message)
        if say == "accept":
            dialog.accept()
        else:
            dialog.dismiss()

    sign_in_at_once(page, live_server, officers.first)
    take_along(page, visit)
    tablet.set_offline(True)
    answer(page, "R01")
    tablet.route("**/device/package/", lambda route: route.abort())
    tablet.set_offline(False)
    page.goto("/desk/visits/")
    for say in ("dismiss", "accept"):
        page.once("dialog", partial(answered, say))
        page.locator("details.account-menu summary").click()
        page.locator(".account-card form button").click()
        if say == "dismiss":
            page.wait_for_timeout(500)
            assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 1
            page.reload()
    page.wait_for_url(lambda address: "/desk/" not in address)
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    assert len(asked) == 2
    assert "on this device alone" in asked[0]
