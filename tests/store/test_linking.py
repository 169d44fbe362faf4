"""Linking a report anew leaves alone what it does not change, and gives what linking all at once gives."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from riwaya.store import Store
from riwaya.store.linking import link_all, link_new
from riwaya.store.tables import events, links, reports
from riwaya.store.writer import add_reports
from tests.support.coded_reports import report, shelling

Members = dict[str, set[tuple[str, str]]]


# Enough reports without events that one more is linked by itself, not all of them at once.
OTHERS = [report(f"other-{number}", f"الطقس في اليوم {number}", "2018-01-05") for number in range(12)]


def _shelled(id: str, first: int, last: int) -> Any:
    """A shelling of one place between two days of February, with one toll: all of them fit in pairs."""
    coded = shelling(id, 7, f"source {id}", outlet=f"outlet {id}", published=f"2018-02-{last + 1:02}")
    (told,) = coded["events"]
    told.update({"from": f"2018-02-{first:02}", "to": f"2018-02-{last:02}"})
    return coded


@pytest.fixture
def chained(store: Store) -> Store:
    """Two happenings four days apart, which an account of the days between holds in one neighbourhood."""
    add_reports(store, [*OTHERS, _shelled("a", 4, 4), _shelled("b", 4, 8), _shelled("c", 8, 8)])
    link_new(store)
    return store


def _members(store: Store) -> Members:
    found: Members = {}
    source = events.join(reports, reports.c.number == events.c.report)
    query = select(reports.c.id, events.c.event, events.c.incident).select_from(source)
    with store.reading() as connection:
        for row in connection.execute(query.where(events.c.incident.is_not(None))):
            found.setdefault(row.incident, set()).add((row.id, row.event))
    return found


def test_only_incidents_that_changed_are_made_anew(chained: Store) -> None:
    before = _members(chained)
    with chained.reading() as connection:
        held = {(row.a_report, row.b_report) for row in connection.execute(select(links))}
    assert len(before) == 2
    assert held == {("a", "b"), ("b", "c")}
    add_reports(chained, [_shelled("d", 4, 4)])
    done = link_new(chained)
    after = _members(chained)
    changed = [id for id, keys in after.items() if before.get(id) != keys]
    assert len(changed) == 1
    assert (done.made, done.gone) == (1, 1)


@pytest.mark.parametrize("ids", ["abcd", "dcba", "bdac"])
def test_report_by_report_gives_what_all_at_once_gives(store: Store, ids: str) -> None:
    add_reports(store, OTHERS)
    days = {"a": (4, 4), "b": (4, 8), "c": (8, 8), "d": (4, 4)}
    for id in ids:
        add_reports(store, [_shelled(id, *days[id])])
        link_new(store)
    one_by_one = _members(store)
    link_all(store)
    assert _members(store) == one_by_one
