"""The workbench in a real browser: the whole path, the keys, both languages, both widths, accessibility, print."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from riwaya.reading.reader import Reader
from riwaya.store import Store, open_store, queries
from riwaya.web.app import create_app
from riwaya.web.settings import Settings
from riwaya.web.slow import Slow
from tests.web.conftest import TEXTS

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "axe.min.js"  # axe-core 4.10.2, MPL-2.0: LICENSE.axe
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium here")
PAGES = ("/", "/desk", "/review", "/reports", "/dossiers", "/control", "/sources", "/actors", "/places",
         "/report/first", "/report/bad", "/log", "/api")  # fmt: skip
PASTED = "قال ناشطون إن طائرات حربية قصفت سوقا في مدينة معرة النعمان أمس، ما أدى إلى مقتل خمسة مدنيين."
AWAY = """() => { window.fetch = ((old) => (...a) => String(a[0]).startsWith('/correct')
    ? Promise.reject(new Error('away')) : old(...a))(window.fetch); }"""
VIOLATIONS = """axe.run({resultTypes: ['violations']}).then(
    (r) => r.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))]))"""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def desk(filled: Path, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store]]:
    copy = tmp_path_factory.mktemp("browser") / "store.db"
    copy.write_bytes(filled.read_bytes())
    store = open_store(copy)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(Settings(store="given", port=port), reader, store)
    app.state.slow = Slow(wait=60)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}", store
    server.should_exit = True
    thread.join(5)
    store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test where its console has an error."""
    opened = browser.new_page(viewport={"width": 1280, "height": 860})
    opened.set_default_timeout(8000)
    said: list[str] = []
    opened.on("console", lambda m: said.append(f"{m.text} {m.location}") if m.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    opened.close()
    assert said == []


def wait_for_empty_outbox(page: Any) -> None:
    for _ in range(80):
        if page.evaluate("JSON.parse(localStorage.getItem('riwaya.outbox') || '[]').length") == 0:
            return
        page.wait_for_timeout(100)
    pytest.fail("decisions were not sent")


def test_whole_path_from_paste_to_export(page: Any, desk: tuple[str, Store]) -> None:
    base, store = desk
    page.goto(base + "/")
    page.fill("textarea[name=text]", PASTED)
    page.fill("input[name=published]", "2018-06-02")
    page.press("textarea[name=text]", "Control+Enter")
    page.wait_for_selector("section.report .event")
    page.click(".event > button >> nth=0")
    assert page.locator(".lit-trigger").inner_text() == "قصفت"
    page.click("form.keep button")
    page.wait_for_url("**/report/*")
    page.click("[data-act=edit] >> nth=0")
    page.select_option("#edit [name=kind]", "shelling")
    page.fill("#edit [name=agents]", "Russian Air Force")
    page.click("#save")
    page.wait_for_selector(".done")
    id = page.url.split("/report/")[1].split("#")[0]
    event = queries.report(store, id)["events"][0]
    assert (event["kind"], event["agents"][0]["name"]) == ("shelling", "Russian Air Force")
    page.click(".acts a >> nth=0")
    page.wait_for_selector("table.matrix")
    page.click("a.quote >> nth=0")
    page.wait_for_selector(".aimed")
    page.goto(base + "/desk?kind=shelling")
    with page.expect_download() as download:
        page.click("form.export button")
    assert "shelling" in Path(download.value.path()).read_text(encoding="utf-8")


def test_reviewing_by_keys_keeps_and_undoes(page: Any, desk: tuple[str, Store]) -> None:
    base, store = desk
    page.goto(base + "/review")
    page.wait_for_selector("#card .passage")
    before = queries.list_events(store, queries.Filter(reviewed=True)).total
    for key in ("a", " ", "Backspace", "f", "Backspace", "?"):
        page.keyboard.press(key)
        page.wait_for_timeout(120)
    assert page.locator("#help").is_visible()
    wait_for_empty_outbox(page)
    assert queries.list_events(store, queries.Filter(reviewed=True)).total == before + 1


def test_nothing_is_lost_without_network(page: Any, desk: tuple[str, Store]) -> None:
    base, store = desk
    page.goto(base + "/review")
    page.wait_for_selector("#card .passage")
    before = queries.list_events(store, queries.Filter(reviewed=True)).total
    page.evaluate(AWAY)
    page.keyboard.press("a")
    page.wait_for_selector("#unsent:not([hidden])")
    page.goto(base + "/review")
    wait_for_empty_outbox(page)
    assert queries.list_events(store, queries.Filter(reviewed=True)).total == before + 1


@pytest.mark.parametrize(("language", "width"), [("ar", 1280), ("ar", 390), ("en", 1280), ("en", 390)])
def test_pages_are_whole_and_accessible(page: Any, desk: tuple[str, Store], language: str, width: int) -> None:
    base, _ = desk
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(f"{base}/?lang={language}")
    for path in PAGES:
        page.goto(base + path)
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.title() != "owned"
        if width == 1280:
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate(VIOLATIONS)
            assert found == [], path


def test_print_leaves_the_controls_out(page: Any, desk: tuple[str, Store]) -> None:
    base, _ = desk
    page.goto(base + "/report/first")
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert not page.locator(".acts >> nth=0").is_visible()
    assert page.locator(".text").is_visible()
    assert TEXTS["first"][2][:20] in page.inner_text(".text")
