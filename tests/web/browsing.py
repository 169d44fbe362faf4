"""A workbench on a port of its own and Debian's Chromium, for the tests in a browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from riwaya.reading.reader import Reader
from riwaya.store import Store, open_store
from riwaya.web.app import create_app
from riwaya.web.settings import Settings
from riwaya.web.slow import Slow

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
AXE = Path(__file__).parent / "axe.min.js"  # axe-core 4.10.2, MPL-2.0: LICENSE.axe
VIOLATIONS = """axe.run({resultTypes: ['violations']}).then(
    (r) => r.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))]))"""
REVERSED_DAYS = """(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    const range = document.createRange();
    const box = (node, at) => {
        range.setStart(node, at); range.setEnd(node, at + 1); return range.getBoundingClientRect();
    };
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const day of node.data.matchAll(/\\d{4}-\\d\\d-\\d\\d/g)) {
            const [first, last] = [box(node, day.index), box(node, day.index + day[0].length - 1)];
            if (first.width && first.y === last.y && first.x > last.x) found.push(node.data.trim());
        }
    return found;
})()"""  # days that are shown from their end, as a line from right to left does with them
Desk = tuple[str, Store]


@contextmanager
def serving(store: Store, reader: Reader, **settings: Any) -> Iterator[str]:
    """The address of a workbench over a store, while it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(replace(Settings(store="given", port=port), **settings), reader, store)
    app.state.slow = Slow(wait=60)  # however busy the machine is
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(5)


@pytest.fixture(scope="module")
def desk(filled: Path, reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A workbench over a store of the module's own."""
    copy = tmp_path_factory.mktemp("browser") / "store.db"
    copy.write_bytes(filled.read_bytes())
    store = open_store(copy)
    with serving(store, reader) as base:
        yield base, store
    store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test where its console has an error."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    said: list[str] = []
    opened.on("console", lambda m: said.append(f"{m.text} {m.location}") if m.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.said = said
    yield opened
    context.close()
    assert said == []


def until(page: Any, condition: str) -> None:
    """Until an expression holds on the page. Its own waiting needs what the policy of the pages forbids."""
    from playwright.sync_api import Error

    for _ in range(200):
        with suppress(Error):  # the page is on its way to another
            if page.evaluate(condition):
                return
        page.wait_for_timeout(100)
    pytest.fail(f"did not come true: {condition}")


def wait_for_empty_outbox(page: Any) -> None:
    """Until every decision is sent."""
    until(page, "JSON.parse(localStorage.getItem('riwaya.outbox') || '[]').length === 0")
