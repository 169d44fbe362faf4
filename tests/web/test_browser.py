"""The workbench in a real browser: the whole path, the keys, both languages, both widths, accessibility, print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from riwaya.store import queries
from riwaya.store.filters import Filter
from riwaya.web.page import labels
from tests.web.browsing import AXE, CHROMIUM, REVERSED_DAYS, VIOLATIONS, Desk, wait_for_empty_outbox
from tests.web.conftest import TEXTS

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium here")
PAGES = ("/", "/desk", "/desk?q=السوق", "/desk?kind=none", "/review", "/review/compare", "/reports", "/dossiers",
         "/control", "/sources", "/actors", "/places", "/report/first", "/report/bad", "/sources?name=activists",
         "/places?name=Aleppo", "/log", "/api")  # fmt: skip
PASTED = "قال ناشطون إن طائرات حربية قصفت سوقا في مدينة معرة النعمان أمس، ما أدى إلى مقتل خمسة مدنيين."


def test_whole_path_from_paste_to_export(page: Any, desk: Desk) -> None:
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


def test_reviewing_by_keys_keeps_and_undoes(page: Any, desk: Desk) -> None:
    base, store = desk
    page.goto(base + "/review")
    page.wait_for_selector("#card .passage")
    before = queries.list_events(store, Filter(reviewed=True)).total
    for key in ("a", " ", "Backspace", "f", "Backspace", "?"):
        page.keyboard.press(key)
        page.wait_for_timeout(120)
    assert page.locator("#help").is_visible()
    wait_for_empty_outbox(page)
    assert queries.list_events(store, Filter(reviewed=True)).total == before + 1


@pytest.mark.parametrize(("language", "width"), [("ar", 1280), ("ar", 390), ("en", 1280), ("en", 390)])
def test_pages_are_whole_and_accessible(page: Any, desk: Desk, language: str, width: int) -> None:
    base, store = desk
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(f"{base}/?lang={language}")
    most = max(queries.list_incidents(store).items, key=lambda row: row.accounts)
    deal = page.request.get(f"{base}/dossiers.json").json()["dossiers"][0]["id"]
    for path in (*PAGES, f"/incident/{most.id}", f"/dossier/{deal}"):
        page.goto(base + path)
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.evaluate(REVERSED_DAYS) == [], path
        assert page.title() != "owned"
        page.evaluate(AXE.read_text(encoding="utf-8"))
        assert page.evaluate(VIOLATIONS) == [], path
    page.goto(base + "/")
    page.click("[data-try] >> nth=0")
    page.wait_for_selector("section.report .voices")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(VIOLATIONS) == []


def test_what_cannot_be_read_is_said_and_stays_in_the_box(page: Any, desk: Desk) -> None:
    base, _ = desk
    page.goto(f"{base}/?lang=en")
    long = "قصفت طائرات المدينة. " * 10_000
    for problem, text in (("empty", " "), ("not_arabic", "The army shelled it."), ("too_long", long)):
        page.fill("textarea[name=text]", text)
        page.press("textarea[name=text]", "Control+Enter")
        said = labels("en")[f"problem.{problem}"].format(n=f"{len(long):,}", most="200,000")
        assert page.inner_text("#problem") == said
        assert page.input_value("textarea[name=text]") == text
    page.fill("textarea[name=text]", PASTED)
    assert not page.locator("#problem").is_visible()
    page.set_input_files("input[name=upload]", {"name": "a.txt", "mimeType": "text/plain", "buffer": PASTED.encode()})
    page.wait_for_selector("section.report .voices")
    page.fill(".undated input[name=published]", "2018-06-02")
    page.click(".undated button")
    page.wait_for_selector("section.report")
    assert "2018-06-01" in page.inner_text(".side")


def test_days_are_shown_from_their_beginning_in_arabic(page: Any, desk: Desk) -> None:
    base, _ = desk
    page.goto(f"{base}/?lang=ar&problem=bad_date")
    assert page.evaluate(REVERSED_DAYS) == []
    page.evaluate("document.querySelector('h1').textContent = 'يوم 2018-05-21'")
    assert page.evaluate(REVERSED_DAYS) == ["يوم 2018-05-21"]  # the check finds what it is for


def test_print_leaves_the_controls_out(page: Any, desk: Desk) -> None:
    base, _ = desk
    page.goto(base + "/report/first")
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert not page.locator(".acts >> nth=0").is_visible()
    assert page.locator(".text").is_visible()
    assert TEXTS["first"][2][:20] in page.inner_text(".text")


def test_what_is_too_large_is_said_by_the_browser_and_by_the_program(page: Any, desk: Desk) -> None:
    """A file that is dropped is refused before it is sent; one that comes past that check is answered with a page."""
    base, _ = desk
    page.goto(f"{base}/?lang=ar")
    large = {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x" * 6_000_000}
    page.set_input_files("input[name=upload]", large)
    assert page.inner_text("#problem") == labels("ar")["problem.file_large"].format(most=4)
    page.set_input_files("input[name=upload]", [])
    page.evaluate("""() => { const form = document.querySelector('form.paste'), files = new DataTransfer();
        files.items.add(new File([new Uint8Array(6e6)], 'a.txt'));
        form.elements.upload.files = files.files; form.submit(); }""")
    page.wait_for_selector("section.empty h1")
    assert page.inner_text("h1") == labels("ar")["wrong.413"]
    assert any("413" in said for said in page.said)
    page.said.clear()  # the browser notes every answer of 400 and above
