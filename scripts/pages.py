"""How long each page of the workbench takes over a store: first view, second view, and after a coder's decision.

    python scripts/pages.py riwaya.db [PAGE …]

The store is copied first. Of each sort of page five are asked for (filters, incidents, names); given are the medians of
the time that passed and of the processor's time, the asking program's own share of some 5 ms included.
"""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path
from urllib.parse import quote

from riwaya.reading.reader import Reader
from riwaya.store import Store, open_store
from riwaya.store.filters import Filter
from riwaya.store.summaries import find_events
from riwaya.store.writer import Decision, correct
from riwaya.web.app import create_app
from riwaya.web.settings import Settings
from riwaya.web.tidying import spare_pages
from riwaya.web.warm import warm

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette asks for httpx2, which does the same
    from fastapi.testclient import TestClient

TIMES = 5
WORDS = ("قصف", "غارة جوية", "مقتل", "حلب", "الجيش")


def pages_of(path: Path) -> dict[str, list[str]]:
    """The addresses of each sort of page."""
    with sqlite3.connect(path) as connection:

        def most(table: str, column: str, start: int = 0) -> list[str]:
            query = f"SELECT {column} FROM {table} GROUP BY 1 ORDER BY count(*) DESC LIMIT {TIMES} OFFSET {start}"
            return [quote(str(row[0]), safe="") for row in connection.execute(query)]

        def incidents(start: int) -> list[str]:
            query = f"SELECT id FROM incidents ORDER BY accounts DESC LIMIT {TIMES} OFFSET {start}"
            return [f"/incident/{row[0]}" for row in connection.execute(query)]

        kinds, towns = most("events", "kind"), most("event_places", "name")
        found = {
            "/desk": ["/desk"] * TIMES,
            "/desk?kind=": [f"/desk?kind={each}" for each in kinds],
            "/desk?place=": [f"/desk?place={each}" for each in towns],
            "/desk?actor=": [f"/desk?actor={each}" for each in most("event_actors", "name")],
            "/desk?source=": [f"/desk?source={each}" for each in most("event_claims", "name")],
            "/desk?kind=&place=": [f"/desk?kind={a}&place={b}" for a, b in zip(kinds, towns, strict=True)],
            "/desk?since=": [f"/desk?since=2018-0{month}-01" for month in range(1, 6)],
            "/desk?area=": [f"/desk?area={south},36,{south + 1},38" for south in range(32, 37)],
            "/desk?q=": [f"/desk?q={quote(each)}" for each in WORDS],
            "/desk?start=": [f"/desk?start={start}" for start in (40, 400, 1000, 4000, 20000)],
            "/desk.json?kind=": [f"/desk.json?kind={each}" for each in most("events", "kind", TIMES)],
            "/spots.json?kind=": [f"/spots.json?kind={each}" for each in most("events", "kind", 2 * TIMES)],
            "/incident/ID, the greatest": incidents(0),
            "/incident/ID, the 100th by accounts": incidents(100),
            "/incident/ID, the 1,000th": incidents(1000),
            "/incident/ID/suggested, the greatest": [f"{each}/suggested" for each in incidents(0)],
            "/report/ID": [f"/report/{each}" for each in most("reports", "id", 500)],
            "/reports?kind=": [f"/reports?kind={each}" for each in kinds],
            "/reports?q=": [f"/reports?q={quote(each)}" for each in WORDS],
            "/sources?name=": [f"/sources?name={each}" for each in most("event_claims", "name", TIMES)],
            "/sources.json?name=": [f"/sources.json?name={each}" for each in most("event_claims", "name", TIMES)],
            "/actors?name=": [f"/actors?name={each}" for each in most("event_actors", "name", TIMES)],
            "/places?name=": [f"/places?name={each}" for each in most("event_places", "name", TIMES)],
            "/review?kind=": [f"/review?kind={each}" for each in kinds],
            "/review.json?kind=": [f"/review.json?kind={each}" for each in kinds],
        }
    # After a decision the last two are made anew beside all pages, which would be counted with those that follow.
    one = ("/reports", "/sources", "/actors", "/places", "/review", "/log", "/dossiers", "/control")
    return {**found, **{page: [page] * TIMES for page in one}}


def timed(client: TestClient, page: str) -> tuple[float, float]:
    """Milliseconds of waiting and of the processor for a page."""
    begun, spent = time.perf_counter(), time.process_time()
    client.get(page).raise_for_status()
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - spent)


def shown(times: list[tuple[float, float]]) -> str:
    """The medians, waiting time first."""
    return " / ".join(f"{statistics.median(part):.0f}" for part in zip(*times, strict=True))


def decide(store: Store, number: int) -> None:
    """Accept an event that nobody has decided on."""
    row = find_events(store, Filter(reviewed=False), start=number * 7, size=1).items[0]
    correct(store, "measure", Decision(row.report, row.event, "accept"))


def main() -> None:
    """Measure, and print a table: waiting time / processor time in ms."""
    given = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(given, folder))
        store, reader = open_store(path), Reader()
        app = create_app(Settings(store="given"), reader, store)
        client = TestClient(app, base_url="http://127.0.0.1", headers={"accept": "text/html"})
        begun = time.perf_counter()
        warm(app)
        client.get("/").raise_for_status()  # the first answer of all makes what every page needs
        print(f"counted beforehand in {time.perf_counter() - begun:.1f} s; load {os.getloadavg()[0]:.1f}")
        print("| Page | first | again | after a decision |\n| --- | --- | --- | --- |")
        chosen = {name: pages for name, pages in pages_of(path).items() if name in (sys.argv[2:] or [name])}
        spare_pages()
        for number, (name, pages) in enumerate(chosen.items()):
            gc.collect()  # as `riwaya serve` does when nobody asks
            first = [timed(client, page) for page in dict.fromkeys(pages)]
            again = [timed(client, page) for page in pages]
            later = []
            for page in pages:
                decide(store, number)
                later.append(timed(client, page))
            print(f"| `{name}` | {shown(first)} | {shown(again)} | {shown(later)} |", flush=True)
        print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
