"""Files on a citizen's telephone: each comes by itself, survives a broken line, and goes with the report."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from supervision.complaints.gate import keeping
from supervision.complaints.gate.models import Upload
from tests.complaints.gate.recordings import film
from tests.complaints.gate.sent import on_disk
from tests.hearing import hostile
from tests.journeys.browsing import AXE, opened

TO_FILES = """() => {
    const form = document.querySelector("form[data-answers]");
    for (const [name, value] of [["step", "check"], ["to", "files"]]) {
        form.querySelectorAll(`[name=${name}]`).forEach((one) => one.remove());
        form.append(Object.assign(document.createElement("input"), {type: "hidden", name, value}));
    }
    form.submit();
}"""


@pytest.fixture(autouse=True)
def gate(settings: Settings, tmp_path: Path) -> None:
    settings.FUND_HOME = tmp_path


@pytest.fixture
def asked(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The page of the report that asks for files, on a telephone. What the server refuses, browsers call an error."""
    wrong: list[str] = []
    page = opened(browser, live_server, "en-GB", wrong)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/report/")
    page.evaluate(TO_FILES)
    expect(page.locator("[data-files]")).to_be_visible()
    yield page
    page.context.close()
    assert [one for one in wrong if "Failed to load resource" not in one] == []


def choose(page: Page, *files: tuple[str, str, bytes]) -> None:
    page.locator("[data-files] input[type=file]").set_input_files(
        [FilePayload(name=name, mimeType=kind, buffer=content) for name, kind, content in files]
    )


def test_each_file_comes_by_itself_and_a_wrong_one_says_why_beside_it(asked: Page) -> None:
    photo = hostile.picture("JPEG", (1200, 900))
    choose(asked, ("bill.jpg", "image/jpeg", photo), ("page.pdf", "application/pdf", b"MZ" * 3000))
    lines = asked.locator("[data-files-list] li")
    expect(lines.filter(has_text="bill.jpg")).to_contain_text("goes with your report")
    expect(lines.filter(has_text="page.pdf")).to_contain_text("Error: By its content this is none of what can be sent")
    tokens = asked.locator("input[name=file]").evaluate_all("found => found.map(one => one.value)")
    assert len(keeping.claim(tokens, subject="JB-1")) == len(on_disk()) == 1
    asked.evaluate(AXE.read_text("utf-8"))
    assert (
        asked.evaluate(
            "axe.run(document.querySelector('[data-files]')).then(told => told.violations.map(one => one.id))"
        )
        == []
    )
    assert asked.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_line_that_breaks_loses_nothing(asked: Page) -> None:
    content = film(more=b"") + b"\0\0\0\0mdat" + b"scene" * 400_000
    broken: list[str] = []

    def break_once(route: Route) -> None:
        if route.request.method == "PATCH" and route.request.headers["upload-offset"] == str(1 << 20) and not broken:
            broken.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    asked.route("**/report/files/**", break_once)
    choose(asked, ("clip.mp4", "video/mp4", content))
    expect(asked.locator("[data-files-list] li")).to_contain_text("goes with your report", timeout=20_000)
    assert broken and len(keeping.opened(Upload.objects.get())) == len(content)


def test_it_is_paused_gone_on_with_and_removed_by_the_keyboard(asked: Page) -> None:
    content = film() + b"\0\0\0\0mdat" + b"scene" * 800_000
    line = asked.context.new_cdp_session(asked)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 1 << 20, "uploadThroughput": 1 << 20}
    line.send("Network.emulateNetworkConditions", slow)
    choose(asked, ("clip.mp4", "video/mp4", content))
    pause = asked.get_by_role("button", name="Pause: clip.mp4")
    pause.focus()
    asked.keyboard.press("Enter")
    expect(asked.locator("[data-files-list] li")).to_contain_text("paused at")
    asked.get_by_role("button", name="Continue", exact=True).click()
    expect(asked.locator("[data-files-error]")).to_contain_text("still on their way")
    asked.get_by_role("button", name="Continue: clip.mp4").press("Enter")
    expect(asked.locator("[data-files-list] li")).to_contain_text("goes with your report", timeout=20_000)
    asked.get_by_role("button", name="Remove: clip.mp4").press("Enter")
    expect(asked.locator("[data-files-list] li")).to_have_count(0)
    asked.wait_for_timeout(500)
    assert not Upload.objects.exists()


def test_the_work_takes_two_seconds_at_most_on_an_ordinary_telephone(asked: Page) -> None:
    """Four times slower than this machine, as browsers' own tools take a middling telephone to be."""
    asked.context.new_cdp_session(asked).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    took = asked.evaluate("""async () => {
        const box = document.querySelector("[data-files]").dataset;
        const times = [];
        for (let turn = 0; turn < 5; turn += 1) {
            const challenge = await (await fetch(box.challengeFrom)).json();
            const began = performance.now();
            await window.proofOfWork(challenge, box.worker);
            times.push(performance.now() - began);
        }
        return times;
    }""")
    print("proofs took", [round(one) for one in took])
    assert max(took) < 4000


def test_without_a_script_files_come_with_the_form(
    browser: Browser, live_server: LiveServer, settings: Settings
) -> None:
    settings.WAITING_SECONDS = 0
    page = browser.new_context(base_url=live_server.url, locale="en-GB", java_script_enabled=False).new_page()
    page.goto("/report/")
    token = page.locator("form [name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
    sent: dict[str, str | float | bool] = {"csrfmiddlewaretoken": token, "step": "check", "to": "files"}
    answered = page.request.post("/report/", form=sent, headers={"accept-language": "en-GB"})
    page.route("**/report/?files", lambda route: route.fulfill(body=answered.text(), content_type="text/html"))
    page.goto("/report/?files")
    photo = FilePayload(name="bill.jpg", mimeType="image/jpeg", buffer=hostile.picture("JPEG", (900, 900)))
    page.locator("input[name=given]").set_input_files([photo])
    page.get_by_role("button", name="Add these files").click()
    expect(page.locator("[data-files-list] li")).to_contain_text("bill.jpg")
    expect(page.locator("[data-files-list] input[name=file]")).to_be_checked()
    assert Upload.objects.get().kind == "photo"
    page.context.close()
