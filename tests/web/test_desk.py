"""The desk's list, map and timeline narrow each other; counts in memory follow the store; redaction holds there too."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from riwaya.knowledge.knowledge import Knowledge
from riwaya.reading.reader import Reader
from riwaya.store import Store, queries, summaries
from riwaya.store.filters import Filter
from riwaya.store.linking import link_new
from riwaya.store.memory import columns_of, revision_of
from riwaya.store.redaction import Redaction, Viewer
from riwaya.store.writer import Decision, add_reports, correct, undo, withdraw_report
from riwaya.web.app import create_app
from riwaya.web.cards import Cards
from riwaya.web.counting import days_counted
from riwaya.web.names import Names
from riwaya.web.settings import Settings
from riwaya.web.slow import Slow
from tests.web.conftest import TEXTS, TestClient

MAARA = "35.5,36,36,37"  # an area round Maarrat al-Numan
READER = Viewer("reader", Redaction(persons=True, place_kinds=("arrest",)))


def test_area_of_the_map_narrows_list_facets_and_export(client: TestClient) -> None:
    whole, narrow = client.get("/desk.json").json(), client.get("/desk.json", params={"area": MAARA}).json()
    assert 0 < narrow["total"] < whole["total"]
    assert {kind for kind, _ in narrow["facets"]["kind"]} == {"air_strike"}
    assert "Duma" not in client.get("/export", params={"format": "csv", "area": MAARA}).text
    for wrong in ("1,2,3", "a,b,c,d", "40,0,30,1", "0,0,0,999"):
        assert client.get("/desk", params={"area": wrong}).status_code == 422


def test_map_shows_every_place_of_the_filter(client: TestClient, store: Store) -> None:
    spots = client.get("/spots.json").json()["spots"]
    told = {place.name for row in queries.list_events(store, size=500).items for place in row.places if place.lat}
    assert {spot["name"] for spot in spots} == told
    only = client.get("/spots.json", params={"kind": "air_strike"}).json()["spots"]
    assert {spot["name"] for spot in only} < told


def test_area_does_not_tell_what_is_coarse(store: Store) -> None:
    """A reader who may know the province only cannot find the town by drawing ever smaller areas round it."""
    hama = next(p for row in queries.list_events(store, Filter(kind=("arrest",))).items for p in row.places)
    assert hama.lat is not None
    assert hama.lon is not None
    near = (hama.lat - 0.01, hama.lon - 0.01, hama.lat + 0.01, hama.lon + 0.01)
    asked = Filter(kind=("arrest",), area=near)
    assert len(summaries.positions(store, asked)) == 1
    assert len(summaries.positions(store, asked, READER)) == 0
    spots = summaries.spots(store, Filter(kind=("arrest",)), READER)
    assert all(spot.level in ("admin1", "country") for spot in spots)
    assert all(spot.lat == round(spot.lat) for spot in spots)


def test_names_may_be_typed_in_arabic(client: TestClient) -> None:
    assert client.get("/desk.json", params={"place": "معرة النعمان"}).json()["total"] >= 1


def test_known_names_are_neutral_in_arabic(reader: Reader) -> None:
    knowledge: Knowledge = reader.knowledge
    names = Names(knowledge)
    assert names.of("ar", "Israel Defense Forces") == "الجيش الإسرائيلي"
    assert names.of("en", "Israel Defense Forces") == "Israel Defense Forces"
    loaded = ("نظام", "الاحتلال", "ميليشيا", "مليشيا", "عصابات", "العدو")
    called = [names.of("ar", entry.name).split() for entry in knowledge.actors.entries.values()]
    assert not [words for words in called if set(words) & set(loaded)]


def test_counts_in_memory_follow_the_store(store: Store, reader: Reader) -> None:
    assert columns_of(store).total == queries.list_events(store, size=1).total
    before = revision_of(store)
    number = correct(store, "x", Decision("first", "e1", "change", "kind", "shelling"))
    assert revision_of(store) != before
    assert ("shelling", 1) in summaries.facets(store)["kind"]
    undo(store, "x", number)
    assert "shelling" not in dict(summaries.facets(store)["kind"])
    add_reports(store, [reader.read("قصفت مدفعية مدينة إدلب اليوم.", published="2019-03-01", id="more")])
    link_new(store)
    assert summaries.facets(store) == _counted_anew(store)
    withdraw_report(store, "more", "x", "test")
    assert summaries.facets(store) == _counted_anew(store)
    for sort in queries.SORTS:
        ids = [row.id for row in summaries.find_incidents(store, Filter(), sort=sort).items]
        assert ids == [row.id for row in queries.list_incidents(store, Filter(), sort=sort).items]


def _counted_anew(store: Store) -> object:
    from riwaya.store import open_store

    other = open_store(str(store.engine.url.database))
    try:
        return summaries.facets(other)
    finally:
        other.close()


def test_timeline_leaves_far_days_beside_the_bars(store: Store, reader: Reader) -> None:
    reports = [
        reader.read("قصفت مدفعية مدينة إدلب أمس.", published=f"2019-03-{day:02d}", id=f"d{day}") for day in range(1, 29)
    ]
    add_reports(store, [*reports, reader.read("قصفت مدفعية مدينة إدلب أمس.", published="1999-03-01", id="old")])
    line = days_counted(store, Filter(kind=("shelling",)), Viewer())
    assert line.before >= 1
    assert sum(bar.events for bar in line.bars) + line.before + line.after == 29
    assert len(line.bars) <= 60


def test_slow_results_are_shown_while_they_are_renewed(store: Store) -> None:
    slow, gate = Slow(), threading.Event()
    assert slow.get(store, "a", lambda: 1) == (1, True)
    assert slow.get(store, "b", lambda: gate.wait(5) and 2, wait=0.05) == (None, False)
    gate.set()
    assert slow.get(store, "b", lambda: 3, wait=5) in ((True, True), (2, True), (3, True))


def test_slow_results_are_made_one_at_a_time_and_not_too_often(store: Store, monkeypatch: Any) -> None:
    """However many look after each decision: two slow results never run together, and each rests when it is made."""
    monkeypatch.setattr("riwaya.web.slow._AT_ONCE", 0.0)  # whatever takes any time is slow
    monkeypatch.setattr("riwaya.web.slow._REST", 1e9)
    slow, running, most, made = Slow(wait=5), [0], [0], Counter[str]()

    def make(key: str) -> Callable[[], int]:
        def run() -> int:
            running[0] += 1
            most[0] = max(most[0], running[0])
            made[key] += 1
            time.sleep(0.05)
            running[0] -= 1
            return made[key]

        return run

    def change(number: int) -> None:
        row = queries.list_events(store, Filter(kind=("air_strike",))).items[0]
        correct(store, f"coder {number}", Decision(row.report, row.event, "accept"))

    for key in "abc":
        assert slow.get(store, key, make(key), wait=5) == (1, True)
    for number in range(3):
        change(number)
        for key in "abc":
            assert slow.get(store, key, make(key)) == (1, False)  # what rests is shown as it was
    assert made == {"a": 1, "b": 1, "c": 1}
    monkeypatch.setattr("riwaya.web.slow._REST", 0.0)
    for key in "abc" * 3:
        slow.get(store, key, make(key))
    until = time.monotonic() + 10
    while any(not slow.get(store, key, make(key))[1] for key in "abc") and time.monotonic() < until:
        time.sleep(0.02)
    assert made == {"a": 2, "b": 2, "c": 2}
    assert most[0] == 1


def test_the_users_folder_rules_linking_too(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "mine" / "incidents").mkdir(parents=True)
    rules = 'weights:\n  threshold: "99.0"\n'
    (tmp_path / "mine" / "incidents" / "link.yaml").write_text(rules, encoding="utf-8")
    totals = []
    for name, folders in (("plain", ()), ("mine", (tmp_path / "mine",))):
        app = create_app(Settings(store=str(tmp_path / f"{name}.db"), folders=folders), reader)
        told = [reader.read(TEXTS[id][2], published=TEXTS[id][1], id=id) for id in ("first", "second", "third")]
        add_reports(app.state.store, told)
        link_new(app.state.store)
        totals.append(queries.list_incidents(app.state.store).total)
    assert totals == [1, 3]


def test_a_card_is_drawn_once_until_what_it_shows_changes(store: Store) -> None:
    cards, calls = Cards(), []

    def draw(row: object, told: object) -> str:
        calls.append(told)
        return f"<li>{told}</li>"

    row = summaries.find_incidents(store, Filter(), size=1).items[0]
    assert [cards.drawn("en", row, told, draw) for told in (1, 1, 2)] == ["<li>1</li>", "<li>1</li>", "<li>2</li>"]
    cards.drawn("ar", row, 2, draw)
    assert calls == [1, 2, 2]
