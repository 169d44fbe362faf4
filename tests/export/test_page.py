"""The page in a real browser, wide and narrow; skipped where there is no Chromium."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from riwaya.evaluation.gold import read_gold
from riwaya.export import ExportOptions, export_by_name
from riwaya.model import Report
from tests.support.gold_reports import gold_report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SAMPLES = Path(__file__).parent.parent.parent / "samples"
HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
SEEN = """(() => {
    const box = document.querySelector("#r1 .lit-trigger").getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
})()"""

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not here"),
    # the browser's driver leaves sockets to the garbage collector
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    names = ("ye-front", "sy-evacuation")
    return [gold_report(record) for name in names for record in read_gold(SAMPLES / f"{name}.json")]


@pytest.fixture(params=[1280, 390], ids=["wide", "narrow"])
def page(request: pytest.FixtureRequest, browser: Any, reports: list[Report], tmp_path: Path) -> Iterator[Any]:
    document = replace(reports[0].document, text=reports[0].document.text + HOSTILE, title=HOSTILE, outlet=HOSTILE)
    out = io.BytesIO()
    items = [replace(reports[0], document=document, notes=(HOSTILE,)), reports[1]]
    export_by_name("html").write(items, out, ExportOptions())
    (tmp_path / "page.html").write_bytes(out.getvalue())
    opened = browser.new_page(viewport={"width": request.param, "height": 900})
    opened.set_default_timeout(5000)
    opened.said = []
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.on("request", lambda asked: opened.said.append(asked.url) if asked.url.startswith("http") else None)
    opened.goto((tmp_path / "page.html").as_uri())
    yield opened
    assert opened.said == []
    opened.close()


def lit(page: Any, report: int = 1) -> str:
    return str(page.evaluate(f"[...document.querySelectorAll('#r{report} .lit')].map(x => x.textContent).join('')"))


def test_nothing_of_a_hostile_report_runs_and_nothing_is_wider_than_the_page(page: Any) -> None:
    assert page.title() != "owned"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert HOSTILE in page.inner_text("#r1 .text")


def test_an_event_lights_up_its_words_and_scrolls_to_them(page: Any) -> None:
    page.click("#r1 .event[data-n='1'] > button")
    assert "غارات" in lit(page)
    assert page.inner_text("#r1 .lit-trigger") == "غارات"
    for _ in range(30):  # it scrolls smoothly; the page's policy forbids the driver's own way of waiting
        page.wait_for_timeout(100)
        if page.evaluate(SEEN):
            break
    assert page.evaluate(SEEN)
    page.keyboard.press("Escape")
    assert lit(page) == ""


def test_a_marked_word_tells_its_value_and_chooses_its_event(page: Any) -> None:
    page.locator("#r1 .L-event", has_text="اشتباكات").first.click()
    assert "clash" in page.inner_text("#about")
    assert page.get_attribute("#r1 .event[data-n='0'] > button", "aria-expanded") == "true"
    page.click("#close")
    assert page.is_hidden("#about")


def test_layers_are_hidden_and_shown(page: Any) -> None:
    colour = "getComputedStyle(document.querySelector('#r1 .L-place:not(.L-event)')).backgroundColor"
    shown = page.evaluate(colour)
    page.click("#r1 .legend [data-layer=place]")
    assert page.evaluate(colour) != shown
    page.click("#r1 .legend [data-layer=place]")
    assert page.evaluate(colour) == shown


def test_stances_differ_in_shape_and_the_map_and_timeline_lead_to_events(page: Any) -> None:
    shapes = page.evaluate("[...document.querySelectorAll('#r2 .stance use')].map(x => x.getAttribute('href'))")
    assert set(shapes) == {"#s-asserts", "#s-denies", "#s-unconfirmed"}
    page.locator("#r2 .when .chip").first.click()
    assert lit(page, 2)
    page.keyboard.press("Escape")
    page.locator("#r2 .map g.spot:not(.plain) .dot").last.click()
    assert lit(page, 2)
