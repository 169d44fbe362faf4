"""What is kept in memory is what the store holds, after whatever was done to it, by whichever process."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from riwaya.model import RiwayaError
from riwaya.store import Store, open_store, queries, summaries
from riwaya.store.columns import Columns
from riwaya.store.counted import count as count_anew
from riwaya.store.filters import Filter
from riwaya.store.linking import link_all, link_new
from riwaya.store.matching import Matcher
from riwaya.store.memory import columns_of, counted_of
from riwaya.store.redaction import Redaction, Viewer
from riwaya.store.renewal import read_columns, renew_columns
from riwaya.store.writer import (
    Decision,
    add_reports,
    correct,
    judge,
    restore_report,
    undo,
    undo_judgement,
    withdraw_report,
)
from tests.support.coded_reports import PLACES, actor, claim, count, event, place, report

Key = tuple[str, str]
VIEWERS = (Viewer(), Viewer("reader", Redaction(persons=True, place_kinds=("shelling",))))
TOWNS, KINDS, SOURCES = tuple(PLACES), ("shelling", "clash", "agreement"), ("army", "activists", "Sami Haddad")
STORY = "قصفت مدفعية الجيش بلدة فجر الأحد فقتل مدنيون وفق ما أفاد به ناشطون واستهدف القصف سوقا " + " ".join(
    f"كلمة{n}" for n in range(30)
)
FILTERS = (
    Filter(), Filter(kind=("shelling",)), Filter(kind=("clash", "agreement"), status=("occurred",)),
    Filter(status=("planned",)), Filter(place="Harasta"), Filter(place="harasta"), Filter(place="Syria"),
    Filter(place="SY"), Filter(place="Rif Dimashq"), Filter(place="Mosul"), Filter(actor="Syrian Army"),
    Filter(actor="Sami Haddad"), Filter(source="army"), Filter(source="Sami Haddad", stance=("asserts",)),
    Filter(stance=("denies",)), Filter(source_kind=("official",)), Filter(outlet=("Ray",)), Filter(since="2018-02-05"),
    Filter(until="2018-02-04"), Filter(disputed=True), Filter(disputed=False), Filter(reviewed=True),
    Filter(reviewed=False, kind=("shelling",)), Filter(background=False), Filter(text="قصف"), Filter(text="ملحق"),
    Filter(reprint=True), Filter(reprint=False), Filter(area=(33.0, 36.3, 33.6, 36.39)),
    Filter(area=(30.0, 40.0, 40.0, 30.0)),
)  # fmt: skip


def told(id: str, seed: int) -> dict[str, Any]:
    """A report that the seed makes: another town, day, kind, source, figure; some reprint others, some have two."""
    town, kind, source = TOWNS[seed % 4], KINDS[seed // 4 % 3], SOURCES[seed // 12 % 3]
    day = None if seed % 7 == 0 else f"2018-02-0{3 + seed % 3}"
    text = f"{STORY} {seed // 36 % 2 and 'ملحق ' * 12}{town} {kind}"
    speaker = "person" if source == SOURCES[2] else "official"
    first = event(
        "e1", kind, text, "قصفت", day=day, agents=[actor("Syrian Army", "military")], places=[place(town)],
        counts=[count("killed", seed % 5 + 1)], claims=[claim(source, ("asserts", "denies")[seed // 5 % 2], speaker)],
        targets=[actor("Sami Haddad", "person")] if seed % 3 == 0 else [],
        status="occurred" if seed % 11 else "planned",
    )  # fmt: skip
    second = event("e2", "clash", text, "سوقا", day="2018-02-04", places=[place("Duma")], claims=[claim("army")])
    events = [first, second] if seed % 2 else [first]
    return report(id, text, f"2018-02-0{4 + seed % 4}", *events, outlet=("Sada", "Ray")[seed // 3 % 2])


@cache
def begun() -> bytes:
    """A linked store of sixteen reports, as a file: enough for linking of some to differ from linking of all."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "begun.db"
        store = open_store(path)
        add_reports(store, [told(f"r{n}", n * 5) for n in range(16)])
        link_new(store)
        store.close()
        return path.read_bytes()


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    store = open_store(path)
    try:
        yield store
    finally:
        store.close()


def ids_of(store: Store) -> list[Key]:
    return sorted((row.report, row.event) for row in queries.list_events(store, size=500).items)


def decide(store: Store, a: int, b: int) -> None:
    keys = ids_of(store)
    id, name = keys[a % len(keys)]
    decisions: tuple[Decision, ...] = (
        Decision(id, name, "accept"), Decision(id, name, "reject"),
        Decision(id, name, "change", "kind", KINDS[a % 3]), Decision(id, name, "change", "status", "planned"),
        Decision(id, name, "change", "places", [place(TOWNS[a % 4])]),
        Decision(id, name, "change", "from", f"2018-02-0{3 + a % 4}"),
        Decision(id, None, "add", None, {"kind": KINDS[a % 3], "places": [place(TOWNS[a % 4])]}),
    )  # fmt: skip
    correct(store, "Rima", decisions[b % len(decisions)])


def say(store: Store, a: int, b: int) -> None:
    keys = ids_of(store)
    one, other = keys[a % len(keys)], keys[b % len(keys)]
    if one != other:
        judge(store, "Rima", one, other, ("positive", "negative")[(a + b) % 2])


DEEDS: dict[str, Callable[[Store, int, int], object]] = {
    "add": lambda store, a, b: add_reports(store, [told(f"r{a % 24}", b)]),
    "add and link": lambda store, a, b: (add_reports(store, [told(f"r{a % 24}", b)]), link_new(store)),
    "add more": lambda store, a, b: add_reports(store, [told(f"n{a % 40 + n}", b + n) for n in range(3)]),
    "decide": decide,
    "decide and link": lambda store, a, b: (decide(store, a, b), link_new(store)),
    "undo": lambda store, a, b: undo(store, "Rima", a % 6 + 1),
    "judge": say,
    "unjudge": lambda store, a, b: undo_judgement(store, "Rima", a % 3 + 1),
    "withdraw": lambda store, a, b: withdraw_report(store, f"r{a % 20}", "Rima", "asked"),
    "restore": lambda store, a, b: restore_report(store, f"r{a % 20}", "Rima", "agreed"),
    "link": lambda store, a, b: link_new(store),
    "link all": lambda store, a, b: link_all(store),
    "look": lambda store, a, b: None,
}
OFTEN = ("decide and link", "add and link")
STEP = st.tuples(st.sampled_from([*sorted(DEEDS), *OFTEN, *OFTEN]), st.integers(0, 400), st.integers(0, 400))


def plain(columns: Columns) -> Any:
    """Everything that columns say, whatever numbers and positions they use."""
    rows = columns.rows

    def known(at: int) -> Any:
        each = columns.event(at)
        values = [sorted(map(repr, (values.items[n] for n in numbers))) for values, numbers in (
            (columns.places, each.places), (columns.actors, each.actors), (columns.claims, each.claims))]  # fmt: skip
        return each[:11], values, rows.incident[at], rows.disputed[at]

    events = sorted(map(repr, map(known, columns.positions())))
    members = {id: [columns.event(at).number for at in ats] for id, ats in columns.of_incident.items()}
    own = {report: sorted(columns.event(at).number for at in ats) for report, ats in columns.of_report.items()}
    orders = {sort: columns.order(sort) for sort in queries.SORTS}
    return columns.seen, columns.total, events, members, own, columns.incidents, columns.copies, orders


def seen_of(store: Store, viewer: Viewer) -> Any:
    """All that pages count and list, for a viewer."""
    found: dict[Any, Any] = {}
    for asked in FILTERS:
        columns, counted = counted_of(store, asked, viewer.redaction)
        keys = sorted((columns.event(at).report, columns.event(at).name) for at in counted.found)
        if not asked.text:  # the same as counted one by one, not from what all events have
            assert counted.counts == count_anew(Matcher(columns, asked, viewer.redaction)).counts
        spots = summaries.spots(store, asked, viewer)
        assert summaries.located(store, asked, viewer) == len(spots)
        page = summaries.find_incidents(store, asked, viewer, sort="newest", size=30)
        rows = summaries.find_events(store, asked, viewer, size=5)
        reports = queries.list_reports(store, asked, viewer) if not asked.text else None
        found[asked] = (
            keys, summaries.facets(store, asked, viewer, most=1000), summaries.days(store, asked, viewer), spots, page,
            rows, reports, summaries.told_of(store, [row.id for row in page.items], viewer),
        )  # fmt: skip
    views = [queries.incident(store, id, viewer) for id in columns_of(store).order("disputed")[:8]]
    return found, views, summaries.stances_of(store, "army", viewer)


def check_against_the_store(store: Store, path: Path) -> None:
    with opened(path) as fresh:
        with fresh.reading() as connection:
            whole = read_columns(connection)
        assert plain(columns_of(store)) == plain(whole)
        for viewer in VIEWERS:
            assert seen_of(store, viewer) == seen_of(fresh, viewer)


@settings(
    max_examples=15, deadline=None, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to make a failure shorter takes minutes
)  # fmt: skip
@given(st.lists(STEP, min_size=6, max_size=14))
def test_renewed_columns_equal_those_read_anew(steps: list[tuple[str, int, int]]) -> None:
    """Two processes work on the store: one writes and reads, the other writes; the first is looked at."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        path.write_bytes(begun())
        with opened(path) as store, opened(path) as other:
            for viewer in VIEWERS:
                seen_of(store, viewer)
            for deed, a, b in steps:
                try:
                    DEEDS[deed](other if a % 2 else store, a, b)
                except RiwayaError:
                    continue  # nothing to undo, or no such report: nothing was done
                if deed == "look":
                    seen_of(store, VIEWERS[a % 2])
            check_against_the_store(store, path)


@pytest.fixture
def linked(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "store.db"
    path.write_bytes(begun())
    with opened(path) as store:
        yield store


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.role)
@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_filters_find_in_memory_what_they_find_in_the_store(linked: Store, asked: Filter, viewer: Viewer) -> None:
    rows = summaries.find_events(linked, asked, viewer, size=500)
    assert rows == queries.list_events(linked, asked, viewer, size=500)
    for sort in queries.SORTS:
        listed = queries.list_incidents(linked, asked, viewer, sort=sort)
        assert summaries.find_incidents(linked, asked, viewer, sort=sort) == listed


def test_every_part_of_a_filter_is_tried() -> None:
    tried = {each.name for asked in FILTERS for each in fields(Filter) if getattr(asked, each.name) not in (None, ())}
    assert tried == {each.name for each in fields(Filter)}


def test_only_what_the_log_names_is_read_again(linked: Store) -> None:
    before = columns_of(linked)
    id, name = ids_of(linked)[3]
    correct(linked, "Rima", Decision(id, name, "accept"))
    with linked.reading() as connection:
        now = renew_columns(connection, before)
    assert now.touched is not None
    number = next(event.report for event in now.rows.events if event and (event.reviewed))
    assert now.touched.reports == {number}
    kept = [a is b for a, b in zip(before.rows.events, now.rows.events, strict=True)]
    assert kept.count(False) == len(now.of_report[number])


def test_a_state_in_use_is_not_changed_by_the_next(linked: Store) -> None:
    before = columns_of(linked)
    said = plain(before)
    withdraw_report(linked, "r3", "Rima", "asked")
    link_new(linked)
    assert plain(columns_of(linked)) != said
    assert plain(before) == said


def test_nothing_changed_gives_the_same_state(linked: Store) -> None:
    assert columns_of(linked) is columns_of(linked)
    link_new(linked)  # nothing waits
    assert columns_of(linked) is columns_of(linked)
