"""What holds the accounts of an incident together: pairs that fit, persons' words, and pairs that came near."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Connection, or_, select

from riwaya.store.engine import Store
from riwaya.store.tables import events, judgements, links, reports

Data = dict[str, Any]
_PAIR = (links.c.a_report, links.c.a_event, links.c.b_report, links.c.b_event)


def joins_of(connection: Connection, keys: Sequence[tuple[str, str]]) -> tuple[Data, ...]:
    """The pairs that hold accounts (report, event) together, with why, the best first."""
    wanted = set(keys)
    query = select(links).where(links.c.a_report.in_({report for report, _ in keys})).order_by(links.c.score.desc())
    found: list[Data] = []
    for row in connection.execute(query):
        a, b = (row.a_report, row.a_event), (row.b_report, row.b_event)
        if a in wanted and b in wanted:
            found.append({"a": list(a), "b": list(b), "score": row.score, "terms": orjson.loads(row.terms)})
    return tuple(found)


def near_misses(store: Store, id: str, *, size: int = 20) -> tuple[Data, ...]:
    """Pairs that fit an account of the incident and stand in another all the same, the best first.

    Their clusters as wholes did not fit (an event of the same report, another batch, a mean of scores too low), or a
    judgement keeps them apart. ``a`` is the account of this incident, ``incident`` the other's.
    """
    with store.reading() as connection:
        source = events.join(reports, reports.c.number == events.c.report)
        query = select(reports.c.id, events.c.event, events.c.incident).select_from(source)
        own = {(row.id, row.event) for row in connection.execute(query.where(events.c.incident == id))}
        names = sorted({report for report, _ in own})
        near = or_(links.c.a_report.in_(names), links.c.b_report.in_(names))
        found: list[Data] = []
        # A great incident has thousands of pairs: the terms are read of those only that are given.
        pairs = select(*_PAIR).where(near).order_by(links.c.score.desc(), *_PAIR)
        apart = (pair for pair in connection.execute(pairs) if (pair[:2] in own) != (pair[2:] in own))
        for pair in list(islice(apart, size)):
            told = (column == value for column, value in zip(_PAIR, pair, strict=True))
            row = connection.execute(select(links).where(*told)).one()
            a, b = pair[:2], pair[2:]
            mine, other = (a, b) if a in own else (b, a)
            elsewhere = connection.execute(query.where(reports.c.id == other[0], events.c.event == other[1])).first()
            terms = orjson.loads(row.terms)
            found.append(
                {"a": list(mine), "b": list(other), "score": row.score, "terms": terms,
                 "incident": elsewhere.incident if elsewhere else None}
            )  # fmt: skip
        return tuple(found)


def judgements_of(connection: Connection, keys: Sequence[tuple[str, str]]) -> tuple[Data, ...]:
    """What persons said of accounts (report, event) and others, in the order of their saying it."""
    wanted = set(keys)
    names = ("number", "at", "coder", "verdict", "reason", "undoes")
    found: list[Data] = []
    for row in connection.execute(select(judgements).order_by(judgements.c.number)):
        a, b = (row.a_report, row.a_event), (row.b_report, row.b_event)
        if a in wanted or b in wanted:
            found.append({"a": list(a), "b": list(b), **{name: getattr(row, name) for name in names}})
    return tuple(found)
