"""Linking what the store holds: incidents are made anew where something changed, and left alone elsewhere.

Pairs of accounts that fit are kept. Accounts that pairs or judgements hold together form a neighbourhood, and
clusters are made within one neighbourhood at a time: linking report by report gives what linking all at once gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

import orjson
from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, or_, select, update

from riwaya.incidents.account import Account
from riwaya.incidents.compare import PairScore
from riwaya.incidents.disputes import disputes_of
from riwaya.incidents.link import Incident, Judgement, Key, find_pairs, link_accounts, pair_terms
from riwaya.incidents.link_rules import LinkRules
from riwaya.knowledge.load import DATA
from riwaya.model import Term
from riwaya.store.corrections import find_marked
from riwaya.store.engine import Store
from riwaya.store.memory import renew_kept
from riwaya.store.queries import read_accounts
from riwaya.store.tables import LINKED, events, incidents, judgements, links, reports, revisions, unlinked
from riwaya.store.writer import effective, log_change

_WINDOW = 12  # days around an event in which candidates are looked for
_MOST = 0.2  # share of the reports waiting from which all are linked at once
_FEW = 500  # parameters of one statement
_TELLING = (
    select(reports.c.number, reports.c.id)
    .where(reports.c.copy_of.is_(None), reports.c.withdrawn.is_(None))
    .order_by(reports.c.number)
)  # reports that have accounts of their own
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Linked:
    """What a linking did: reports that waited, incidents that were made, and those that went."""

    reports: int
    made: int
    gone: int


def load_rules(store: Store) -> LinkRules:
    """The packaged rules of linking, with those of the store's own knowledge folders over them."""
    return LinkRules.load([DATA, *store.knowledge])


def link_new(store: Store, rules: LinkRules | None = None) -> Linked:
    """Link the reports that wait for it, in one transaction."""
    with store.reading() as connection:
        if connection.execute(select(unlinked.c.report).limit(1)).first() is None:
            return Linked(0, 0, 0)
    kept = rules or load_rules(store)
    linked: Linked = store.retrying(lambda connection: _link(store, connection, kept, everything=False))
    return linked


def link_all(store: Store, rules: LinkRules | None = None) -> Linked:
    """Link everything anew, as after a change of the rules, in one transaction."""
    kept = rules or load_rules(store)
    linked: Linked = store.retrying(lambda connection: _link(store, connection, kept, everything=True))
    return linked


def _link(store: Store, connection: Connection, rules: LinkRules, *, everything: bool) -> Linked:
    waiting = sorted(connection.execute(select(unlinked.c.report)).scalars())
    if not waiting and not everything:
        return Linked(0, 0, 0)
    total = connection.execute(select(func.count()).select_from(reports)).scalar_one()
    book = _Book(connection)
    renew_kept(connection)
    if everything or len(waiting) > _MOST * total:
        done = _link_everything(connection, rules, book, len(waiting) or total)
        detail: dict[str, object] = {"everything": True}
    else:
        made, gone = _link_some(connection, rules, book, waiting)
        done = Linked(len(waiting), len(made), len(gone))
        detail = {"reports": waiting, "made": made, "gone": gone}
    connection.execute(delete(unlinked))
    log_change(store, connection, LINKED, f"{done.made} made, {done.gone} gone", detail)
    return done


class _Book:
    """Accounts of the store's reports, read when they are first needed. Reprints and withdrawn reports have none."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.numbers: dict[str, int] = {}
        self.known: dict[str, dict[str, Account]] = {}

    def read(self, ids: Iterable[str]) -> None:
        """Read the accounts of reports that were not read yet, together."""
        lacking = sorted(set(ids) - self.known.keys())
        for part in _parts(lacking):
            query = _TELLING.where(reports.c.id.in_(part))
            self.of_numbers([row.number for row in self.connection.execute(query)])
        for id in lacking:
            self.known.setdefault(id, {})

    def of_numbers(self, numbers: Sequence[int] | None) -> list[Account]:
        """The accounts of reports by number, of all for None."""
        asked = [_TELLING] if numbers is None else [_TELLING.where(reports.c.number.in_(p)) for p in _parts(numbers)]
        rows = [row for query in asked for row in self.connection.execute(query)]
        self.numbers.update((row.id, row.number) for row in rows)
        lacking = [row.number for row in rows if row.id not in self.known]
        told = read_accounts(self.connection, lacking)
        for row in rows:
            if row.number in told:
                self.known[row.id] = {account.event: account for account in told[row.number]}
        return [account for row in rows for account in self.known[row.id].values()]

    def get(self, key: Key) -> Account | None:
        """One account, None where its report has none of that name."""
        self.read([key[0]])
        return self.known[key[0]].get(key[1])


def _link_everything(connection: Connection, rules: LinkRules, book: _Book, waiting: int) -> Linked:
    before = connection.execute(select(func.count()).select_from(incidents)).scalar_one()
    accounts = book.of_numbers(None)
    judged = read_judgements(connection)
    pairs = find_pairs(accounts, accounts, rules)
    connection.execute(delete(links))
    _keep_pairs(connection, pairs)
    connection.execute(delete(incidents))
    connection.execute(update(events).values(incident=None))
    made = link_accounts(accounts, rules, judged, pairs)
    _keep_incidents(connection, book, made)
    return Linked(waiting, len(made), before)


def _link_some(
    connection: Connection, rules: LinkRules, book: _Book, waiting: list[int]
) -> tuple[list[str], list[str]]:
    """Compare the accounts of waiting reports with those near them, then make their neighbourhoods anew.

    The ids of the incidents that were made, and of those that went.
    """
    names = dict(connection.execute(select(reports.c.number, reports.c.id).where(reports.c.number.in_(waiting))).all())
    touched = [str(names[number]) for number in waiting]
    near_before = _neighbours(connection, touched)
    for id in touched:
        connection.execute(delete(links).where(or_(links.c.a_report == id, links.c.b_report == id)))
    fresh = book.of_numbers(waiting)
    others = book.of_numbers(_near_in_time(connection, fresh, set(waiting)))
    _keep_pairs(connection, find_pairs(fresh, [*fresh, *others], rules))
    judged = read_judgements(connection)
    start = [account.key for account in fresh] + [key for key in near_before if book.get(key)]
    keys = _neighbourhood(connection, start, judged, book)
    accounts = [account for key in sorted(keys) if (account := book.get(key))]
    pairs = _pairs_among(connection, keys)
    old = _incidents_of(connection, [*keys, *near_before], touched)
    linked = link_accounts(accounts, rules, judged, pairs)
    same = _unchanged(connection, old, linked, touched)
    made, gone = [each for each in linked if each.id not in same], sorted(old - same)
    for part in _parts(gone):
        connection.execute(delete(incidents).where(incidents.c.id.in_(part)))
        connection.execute(update(events).where(events.c.incident.in_(part)).values(incident=None))
    changed = {book.numbers[account.report] for each in made for account in each.accounts}
    _keep_incidents(connection, book, made, changed | set(waiting))
    return [each.id for each in made], gone


def _unchanged(
    connection: Connection, old: set[str], linked: Sequence[Incident], touched: Sequence[str]
) -> set[str]:
    """Ids of the incidents that hold the same accounts as before, none of them of a touched report."""
    members: dict[str, set[Key]] = {}
    source = events.join(reports, reports.c.number == events.c.report)
    for part in _parts(sorted(old)):
        query = select(reports.c.id, events.c.event, events.c.incident).select_from(source)
        for row in connection.execute(query.where(events.c.incident.in_(part), reports.c.copy_of.is_(None))):
            members.setdefault(row.incident, set()).add((row.id, row.event))
    now = {each.id: {account.key for account in each.accounts} for each in linked}
    others = set(touched)
    return {id for id, keys in members.items() if now.get(id) == keys and not others & {key[0] for key in keys}}


def _parts(values: Sequence[T]) -> Iterable[Sequence[T]]:
    return (values[n : n + _FEW] for n in range(0, len(values), _FEW))


def _near_in_time(connection: Connection, fresh: Sequence[Account], own: set[int]) -> list[int]:
    """Numbers of the reports that have an event within days of one of the accounts."""
    spans: set[tuple[str, str]] = set()
    for account in fresh:
        for low, high in ((account.from_, account.to or account.from_), (account.published, account.published)):
            if low and high:
                first, last = (
                    date.fromisoformat(low) - timedelta(_WINDOW),
                    date.fromisoformat(high) + timedelta(_WINDOW),
                )
                spans.add((first.isoformat(), last.isoformat()))
    found: set[int] = set()
    source = events.join(revisions, revisions.c.number == events.c.revision)
    for low, high in _merged(sorted(spans)):
        told = and_(events.c.from_day <= high, events.c.to_day >= low)
        said = and_(revisions.c.day <= high, revisions.c.day >= low)
        query = select(events.c.report).select_from(source).where(or_(told, said)).distinct()
        found.update(connection.execute(query).scalars())
    return sorted(found - own)


def _merged(spans: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    merged: list[tuple[str, str]] = []
    for low, high in spans:
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _keep_pairs(connection: Connection, pairs: Sequence[PairScore]) -> None:
    rows = [
        {
            "a_report": pair.a[0], "a_event": pair.a[1], "b_report": pair.b[0], "b_event": pair.b[1],
            "score": pair.score, "terms": orjson.dumps(pair_terms(pair)).decode(),
        }
        for pair in pairs
    ]  # fmt: skip
    if rows:
        connection.execute(insert(links), rows)


def _pair(row: Row[Any]) -> PairScore:
    terms = tuple(Term(name, weight) for name, weight in orjson.loads(row.terms))
    return PairScore((row.a_report, row.a_event), (row.b_report, row.b_event), row.score, terms)


def _neighbours(connection: Connection, ids: Sequence[str]) -> list[Key]:
    """Accounts of other reports that pairs hold to those of the given ones."""
    own, found = set(ids), set()
    for part in _parts(list(ids)):
        near = or_(links.c.a_report.in_(part), links.c.b_report.in_(part))
        for row in connection.execute(select(links).where(near)):
            found |= {(row.a_report, row.a_event), (row.b_report, row.b_event)}
    return sorted(key for key in found if key[0] not in own)


def _neighbourhood(connection: Connection, start: Iterable[Key], judged: Sequence[Judgement], book: _Book) -> set[Key]:
    """The accounts that pairs and positive judgements hold to the given ones, directly or through others."""
    by_key: dict[Key, list[Key]] = {}
    for each in judged:
        if each.verdict == "positive":
            by_key.setdefault(each.a, []).append(each.b)
            by_key.setdefault(each.b, []).append(each.a)
    seen: set[Key] = set()
    edge = set(start)
    asked: set[str] = set()
    edges: dict[Key, list[Key]] = {}
    while edge:
        seen |= edge
        for part in _parts(sorted({report for report, _ in edge} - asked)):
            asked.update(part)
            query = select(links).where(or_(links.c.a_report.in_(part), links.c.b_report.in_(part)))
            for row in connection.execute(query):
                a, b = (row.a_report, row.a_event), (row.b_report, row.b_event)
                edges.setdefault(a, []).append(b)
                edges.setdefault(b, []).append(a)
        reached = {near for key in edge for near in [*edges.get(key, ()), *by_key.get(key, ())]}
        book.read(report for report, _ in reached)
        edge = {key for key in reached - seen if book.get(key)}
    return seen


def _pairs_among(connection: Connection, keys: set[Key]) -> list[PairScore]:
    found = []
    for part in _parts(sorted({report for report, _ in keys})):
        for row in connection.execute(select(links).where(links.c.a_report.in_(part))):
            pair = _pair(row)
            if pair.a in keys and pair.b in keys:
                found.append(pair)
    return sorted(found, key=lambda pair: (-pair.score, pair.a, pair.b))


def _incidents_of(connection: Connection, keys: Iterable[Key], touched: Sequence[str]) -> set[str]:
    wanted = set(keys)
    found: set[str] = set()
    source = events.join(reports, reports.c.number == events.c.report)
    for part in _parts(sorted({report for report, _ in wanted} | set(touched))):
        query = select(reports.c.id, events.c.event, events.c.incident).select_from(source)
        for row in connection.execute(query.where(reports.c.id.in_(part))):
            if row.incident and ((row.id, row.event) in wanted or row.id in touched):
                found.add(row.incident)
    orphans = select(incidents.c.id).where(
        incidents.c.id.not_in(select(events.c.incident).where(events.c.incident.is_not(None)))
    )
    return found | set(connection.execute(orphans).scalars())


def read_judgements(connection: Connection) -> list[Judgement]:
    """The judgements that hold, on accounts as they are called now: the latest word on a pair counts."""
    rows = connection.execute(select(judgements).order_by(judgements.c.number)).all()
    undone: set[int] = set()
    for row in reversed(rows):
        if row.verdict == "undo" and row.number not in undone:
            undone.add(row.undoes)
    latest: dict[tuple[Key, Key], Judgement] = {}
    for row in rows:
        if row.verdict == "undo" or row.number in undone:
            continue
        a = _as_now(connection, row.a_report, row.a_event, row.a_mark)
        b = _as_now(connection, row.b_report, row.b_event, row.b_mark)
        if a and b:
            latest[a, b] = Judgement(a, b, row.verdict)
    return list(latest.values())


def _as_now(connection: Connection, report: str, event: str, mark: str) -> Key | None:
    found = find_marked(orjson.loads(mark), effective(connection, report))
    return (report, found["id"]) if found else None


def _keep_incidents(
    connection: Connection, book: _Book, made: Sequence[Incident], touched: set[int] | None = None
) -> None:
    rows = [_row(each) for each in made]
    if rows:
        connection.execute(insert(incidents), rows)
    own = and_(events.c.report == bindparam("of_report"), events.c.event == bindparam("of_event"))
    named = [
        {"of_report": book.numbers[account.report], "of_event": account.event, "named": each.id}
        for each in made
        for account in each.accounts
    ]
    if named:
        connection.execute(update(events).where(own).values(incident=bindparam("named")), named)
    _mark_reprints(connection, touched)


def _mark_reprints(connection: Connection, touched: set[int] | None = None) -> None:
    """Events of reprints stand in the incidents of the events that they repeat. ``touched``: reports to look at."""
    query = select(reports.c.number, reports.c.copy_of).where(reports.c.copy_of.is_not(None))
    copies = [
        (int(row.number), int(row.copy_of))
        for row in connection.execute(query.order_by(reports.c.number))
        if touched is None or row.number in touched or row.copy_of in touched
    ]
    told = _told_in(connection, sorted({number for pair in copies for number in pair}))
    rows = [
        {"own": number, "named": first.get(key)}
        for copy, original in copies
        for first in [{key: incident for _, key, incident in reversed(told.get(original, ()))}]
        for number, key, _ in told.get(copy, ())
    ]
    if rows:
        own = events.c.number == bindparam("own")
        connection.execute(update(events).where(own).values(incident=bindparam("named")), rows)


def _told_in(connection: Connection, numbers: Sequence[int]) -> dict[int, list[tuple[int, tuple[str, str], str]]]:
    """For each report its events in order: number, kind with trigger, incident."""
    found: dict[int, list[tuple[int, tuple[str, str], str]]] = {}
    columns = (events.c.report, events.c.number, events.c.kind, events.c.trigger_text, events.c.incident)
    for start in range(0, len(numbers), _FEW):
        query = select(*columns).where(events.c.report.in_(numbers[start : start + _FEW]))
        for row in connection.execute(query.order_by(events.c.number)):
            found.setdefault(row.report, []).append((row.number, (row.kind, row.trigger_text), row.incident))
    return found


def _row(incident: Incident) -> dict[str, object]:
    accounts = incident.accounts
    disputed = disputes_of(accounts)
    kinds = [account.kind for account in accounts]
    exact = [account for account in accounts if account.from_ and account.from_ == (account.to or account.from_)]
    dated = exact or [account for account in accounts if account.from_]
    said = sorted(account.published for account in accounts if account.published)
    voices = {(side.value, voice.source.name) for field in disputed for side in field.sides for voice in side.voices}
    return {
        "id": incident.id,
        "kind": max(sorted(set(kinds)), key=kinds.count),
        "from_day": min((account.from_ or "" for account in dated), default=None),
        "to_day": max((account.to or account.from_ or "" for account in dated), default=None),
        "accounts": len(accounts),
        "reports": len({account.report for account in accounts}),
        "disputed": len(disputed),
        "fields": " ".join(field.name for field in disputed),
        "weight": float(10 * len(disputed) + len(voices)) if disputed else 0.0,
        "first_said": said[0] if said else None,
        "last_said": said[-1] if said else None,
    }
