"""Everything that writes: adding reports, withdrawing them, corrections and judgements. Each call is one transaction.

What a call has returned is kept whatever happens then; what was under way when a program died is as if never begun.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Connection, Row, insert, select, update

from riwaya.incidents.account import accounts_of
from riwaya.model import Report, RiwayaError, StoreError
from riwaya.store.copies import mark_copy, renew_copies
from riwaya.store.corrections import (
    apply_corrections,
    check_correction,
    mark_of,
    read_corrections,
)
from riwaya.store.engine import Store
from riwaya.store.index import Indexed, clean, drop_index, index_report, insert_rows, rows_of, unpack
from riwaya.store.received import Received
from riwaya.store.tables import changes, corrections, judgements, reports, revisions, unlinked

Data = dict[str, Any]
Key = tuple[str, str]
VERDICTS = ("positive", "negative", "unsure")
_HEAD = ("outlet", "title", "published", "url")  # said of a report beside its text


@dataclass(slots=True)
class Added:
    """What became of the reports of a batch: ids, in the order in which they came."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)  # those of ``new`` and ``changed`` that reprint another

    def extend(self, other: Added) -> None:
        """Add what became of another batch."""
        for name in ("new", "changed", "same", "copies"):
            getattr(self, name).extend(getattr(other, name))


def add_reports(store: Store, batch: Iterable[Report | Mapping[str, Any] | Received]) -> Added:
    """Keep coded reports, all of the batch or none. The same again changes nothing; a changed text is a revision.

    Linking is a step of its own: :func:`riwaya.store.linking.link_new`.
    """
    ready = [each if isinstance(each, Received) else Received.of(each) for each in batch]

    def work(connection: Connection) -> Added:
        """Add all reports in one transaction."""
        added, fresh = Added(), list[Indexed]()
        for each in ready:
            _add(store, connection, each, added, fresh)
        insert_rows(connection, fresh)
        return added

    result: Added = store.retrying(work)
    return result


def _add(store: Store, connection: Connection, given: Received, added: Added, fresh: list[Indexed]) -> None:
    """Keep one report; the index of a new one is left in ``fresh``, to be written with others at once."""
    known, id = _find(connection, given.head)
    if known is None:
        kept = given if id == given.head["id"] else given.with_head({**given.head, "id": id})
        number = _new_report(store, connection, kept.head)
        revision = _revise(store, connection, number, 1, kept, "added")
        fresh.append(Indexed(number, revision, kept.rows, {}))
        added.new.append(id)
    else:
        number, current = known.number, _current(connection, known.number)
        if _is_same(current, given.head, known):
            added.same.append(known.id)
            return
        insert_rows(connection, fresh)  # it may be among them
        fresh.clear()
        kept = given.with_head(_head_as_known(given.head, known, current))
        _replace(store, connection, number, current.revision + 1, kept, "changed")
        if known.withdrawn is not None:
            connection.execute(update(reports).where(reports.c.number == number).values(withdrawn=None))
        added.changed.append(known.id)
    if mark_copy(connection, number, kept.head.get("text") or "", kept.sample, is_new=known is None):
        added.copies.append(kept.head["id"])
    if known is not None:
        _look_for_copies(connection, number)


def _head_as_known(head: Data, known: Row[Any], current: Row[Any]) -> Data:
    """A report's head under the id that it has, with what an earlier revision told and this one does not."""
    told = {name: head.get(name) or (known.url if name == "url" else getattr(current, name)) for name in _HEAD}
    return {**head, **told, "id": known.id}


def _find(connection: Connection, head: Data) -> tuple[Row[Any] | None, str]:
    """The report as known: by its address, else by its id where the addresses do not differ; and its id."""
    url, id = head.get("url"), head["id"]
    if url:
        row = connection.execute(select(reports).where(reports.c.url == url).order_by(reports.c.number)).first()
        if row is not None:
            return row, row.id
    row = connection.execute(select(reports).where(reports.c.id == clean(id))).first()
    if row is not None and url and row.url and row.url != url:
        id = f"{id}~{head['sha256'][:6]}"  # another page of the same name
        row = connection.execute(select(reports).where(reports.c.id == clean(id))).first()
    return row, id


def _current(connection: Connection, number: int) -> Row[Any]:
    query = select(revisions).where(revisions.c.report == number, revisions.c.current.is_(True))
    return connection.execute(query).one()


def _is_same(current: Row[Any], head: Data, known: Row[Any]) -> bool:
    if known.withdrawn is not None or current.sha256 != head["sha256"]:
        return False
    said = [(head.get(name), known.url if name == "url" else getattr(current, name)) for name in _HEAD]
    return all(not new or clean(new) == old for new, old in said)


def _new_report(store: Store, connection: Connection, head: Data) -> int:
    row = {"id": clean(head["id"]), "url": head.get("url"), "added": store.now()}
    return int(connection.execute(insert(reports).returning(reports.c.number), row).scalar_one())


def _revise(store: Store, connection: Connection, number: int, revision: int, kept: Received, reason: str) -> int:
    """Append a revision, make it the current one, and say so in the log; its number. The index is not touched."""
    head = kept.head
    if revision > 1:
        query = update(revisions).where(revisions.c.report == number, revisions.c.current.is_(True))
        connection.execute(query.values(current=False))
    texts = {name: clean(head[name]) if head.get(name) else None for name in ("outlet", "title", "published", "origin")}
    row = {
        "report": number, "revision": revision, "current": True, "reason": reason, "sha256": head["sha256"],
        "version": kept.version, "day": (head.get("published") or "")[:10] or None,
        "language": head.get("language"), "coded": kept.packed, "added": store.now(), **texts,
    }  # fmt: skip
    made = int(connection.execute(insert(revisions).returning(revisions.c.number), row).scalar_one())
    if revision > 1:
        set_unlinked(connection, number)
    else:
        connection.execute(insert(unlinked), {"report": number})
    detail = {"revision": revision, "sha256": head["sha256"], "version": kept.version, "url": head.get("url")}
    log_change(store, connection, f"report {reason}", clean(head["id"]), detail)
    return made


def _replace(store: Store, connection: Connection, number: int, revision: int, kept: Received, reason: str) -> None:
    """Append a revision of a report that the store has, and index it in place of the one before."""
    made = _revise(store, connection, number, revision, kept, reason)
    corrected = read_corrections(connection, kept.head["id"])
    rows = rows_of(apply_corrections(kept.coded, corrected)) if corrected else kept.rows
    index_report(connection, number, made, rows)


def set_unlinked(connection: Connection, number: int) -> None:
    """Note that a report's events wait to be linked."""
    if connection.execute(select(unlinked).where(unlinked.c.report == number)).first() is None:
        connection.execute(insert(unlinked), {"report": number})


def _look_for_copies(connection: Connection, number: int) -> None:
    """After a report changed, or went or came back: who reprints whom; what moved waits for linking."""
    for moved in renew_copies(connection, number):
        set_unlinked(connection, moved)


def log_change(
    store: Store, connection: Connection, change: str, subject: str, detail: Data,
    coder: str | None = None, reason: str | None = None,
) -> int:  # fmt: skip
    """Append a line to the log; its number."""
    row = {
        "at": store.now(), "change": change, "subject": subject, "coder": coder, "reason": reason,
        "detail": orjson.dumps(detail).decode(),
    }  # fmt: skip
    return int(connection.execute(insert(changes).returning(changes.c.number), row).scalar_one())


def find_report(connection: Connection, report: str) -> Row[Any]:
    """The row of a report. Raises StoreError where there is none of that id."""
    row = connection.execute(select(reports).where(reports.c.id == report)).first()
    if row is None:
        raise StoreError(f"no report '{report}' in the store")
    return row


def withdraw_report(store: Store, report: str, coder: str, reason: str) -> None:
    """Set a tombstone: the report no longer counts, its revisions stay. Raises StoreError for an unknown id."""

    def work(connection: Connection) -> None:
        """Leave a tombstone, once."""
        row = find_report(connection, report)
        if row.withdrawn is not None:
            return
        number = log_change(store, connection, "report withdrawn", report, {}, coder, reason)
        connection.execute(update(reports).where(reports.c.number == row.number).values(withdrawn=number))
        drop_index(connection, row.number)
        set_unlinked(connection, row.number)
        _look_for_copies(connection, row.number)

    store.retrying(work)


def restore_report(store: Store, report: str, coder: str, reason: str) -> None:
    """Take a tombstone away again. Raises StoreError for an unknown id."""

    def work(connection: Connection) -> None:
        """Take the tombstone away, if there is one."""
        row = find_report(connection, report)
        if row.withdrawn is None:
            return
        log_change(store, connection, "report restored", report, {}, coder, reason)
        connection.execute(update(reports).where(reports.c.number == row.number).values(withdrawn=None))
        reindex(connection, row.number)
        set_unlinked(connection, row.number)
        _look_for_copies(connection, row.number)

    store.retrying(work)


def reindex(connection: Connection, number: int) -> Data:
    """Index a report anew from its current revision and corrections; the effective coded report."""
    row = _current(connection, number)
    coded = unpack(row.coded)
    made = read_corrections(connection, coded["report"]["id"])
    effective_ = apply_corrections(coded, made)
    index_report(connection, number, row.number, rows_of(effective_))
    return effective_


def effective(connection: Connection, report: str) -> Data:
    """The current coded report with corrections laid over. Raises StoreError for an unknown id."""
    row = _current(connection, find_report(connection, report).number)
    coded = unpack(row.coded)
    return apply_corrections(coded, read_corrections(connection, report))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a coder decides: see :mod:`riwaya.store.corrections` for actions and fields."""

    report: str
    event: str | None
    action: str
    field: str | None = None
    value: Any = None
    reason: str | None = None


def correct(store: Store, coder: str, decision: Decision) -> int:
    """Keep a decision; the number by which it can be undone.

    Raises StoreError for an unknown report or event, RiwayaError for a value that the codebook does not know.
    """
    check_correction(decision.action, decision.field, decision.value)

    def work(connection: Connection) -> int:
        """Keep the correction and the report as it then stands."""
        coded = effective(connection, decision.report)
        if decision.event and all(each["id"] != decision.event for each in coded["events"]):
            # another coder has rejected it: a second one decides on what the reader made
            coded = unpack(_current(connection, find_report(connection, decision.report).number).coded)
        mark, before = _mark_and_before(coded, decision)
        return _keep(store, connection, coder, decision, mark, before, None)

    return int(store.retrying(work))


def _mark_and_before(coded: Data, decision: Decision) -> tuple[Data, Any]:
    if decision.event is None:
        if decision.action != "add":
            raise RiwayaError(f"to {decision.action} needs an event")
        return {}, None
    event = next((each for each in coded["events"] if each["id"] == decision.event), None)
    if event is None:
        raise StoreError(f"no event '{decision.event}' in report '{decision.report}'")
    mark = mark_of(event)
    mark["kind"] = (event.get("original") or event)["kind"]
    return mark, event.get(decision.field) if decision.field else None


def _keep(
    store: Store, connection: Connection, coder: str, decision: Decision, mark: Data, before: Any, undoes: int | None
) -> int:
    row = {
        "at": store.now(), "coder": coder, "report": decision.report, "event": decision.event,
        "mark": orjson.dumps(mark).decode(), "action": decision.action, "field": decision.field,
        "value": orjson.dumps(decision.value).decode(), "before": orjson.dumps(before).decode(),
        "reason": decision.reason, "undoes": undoes,
    }  # fmt: skip
    told = list(accounts_of(effective(connection, decision.report)))
    number = int(connection.execute(insert(corrections).returning(corrections.c.number), row).scalar_one())
    detail = {"correction": number, "event": decision.event, "field": decision.field, "value": decision.value}
    if undoes is not None:
        detail["undoes"] = undoes
    log_change(store, connection, f"correction: {decision.action}", decision.report, detail, coder, decision.reason)
    coded = reindex(connection, find_report(connection, decision.report).number)
    if list(accounts_of(coded)) != told:  # `accept` changes nothing that is linked
        set_unlinked(connection, find_report(connection, decision.report).number)
    return number


def undo(store: Store, coder: str, number: int, reason: str | None = None) -> int:
    """Take a correction back (an undo too); the number of the undo. Raises StoreError for an unknown number."""

    def work(connection: Connection) -> int:
        """Keep that the correction is taken back."""
        found = next((each for each in read_corrections(connection) if each.number == number), None)
        if found is None:
            raise StoreError(f"no correction {number}")
        decision = Decision(found.report, found.event, "undo", None, None, reason)
        return _keep(store, connection, coder, decision, {}, None, number)

    return int(store.retrying(work))


def judge(store: Store, coder: str, a: Key, b: Key, verdict: str, reason: str | None = None) -> int:
    """Keep a word on whether two accounts (report, event) tell one happening; its number. Outlives re-linking.

    Raises RiwayaError for an unknown verdict, StoreError for an unknown report or event.
    """
    if verdict not in VERDICTS:
        raise RiwayaError(f"expected one of {', '.join(VERDICTS)}, found '{verdict}'")
    a, b = sorted((a, b))

    def work(connection: Connection) -> int:
        """Keep the judgement on the two accounts as they stand."""
        marks = [_mark_of_account(connection, key) for key in (a, b)]
        return _keep_judgement(store, connection, coder, (a, b), marks, verdict, reason, None)

    return int(store.retrying(work))


def _mark_of_account(connection: Connection, key: Key) -> Data:
    event = next((each for each in effective(connection, key[0])["events"] if each["id"] == key[1]), None)
    if event is None:
        raise StoreError(f"no event '{key[1]}' in report '{key[0]}'")
    return mark_of(event)


def _keep_judgement(
    store: Store, connection: Connection, coder: str, pair: tuple[Key, Key], marks: list[Data],
    verdict: str, reason: str | None, undoes: int | None,
) -> int:  # fmt: skip
    (a, b) = pair
    row = {
        "at": store.now(), "coder": coder, "verdict": verdict, "reason": reason, "undoes": undoes,
        "a_report": a[0], "a_event": a[1], "b_report": b[0], "b_event": b[1],
        "a_mark": orjson.dumps(marks[0]).decode(), "b_mark": orjson.dumps(marks[1]).decode(),
    }  # fmt: skip
    number = int(connection.execute(insert(judgements).returning(judgements.c.number), row).scalar_one())
    detail = {"judgement": number, "a": list(a), "b": list(b)}
    log_change(store, connection, f"judgement: {verdict}", f"{a[0]}/{a[1]}", detail, coder, reason)
    for report, _ in pair:
        set_unlinked(connection, find_report(connection, report).number)
    return number


def undo_judgement(store: Store, coder: str, number: int, reason: str | None = None) -> int:
    """Take a judgement back; the number of the undo. Raises StoreError for an unknown number."""

    def work(connection: Connection) -> int:
        """Keep that the judgement is taken back."""
        row = connection.execute(select(judgements).where(judgements.c.number == number)).first()
        if row is None:
            raise StoreError(f"no judgement {number}")
        pair = ((row.a_report, row.a_event), (row.b_report, row.b_event))
        marks = [orjson.loads(row.a_mark), orjson.loads(row.b_mark)]
        return _keep_judgement(store, connection, coder, pair, marks, "undo", reason, number)

    return int(store.retrying(work))


def recode(store: Store, batch: Iterable[Report | Mapping[str, Any]]) -> list[str]:
    """Keep new codings of texts that the store has (another version of the reader): a revision each; their ids.

    :func:`riwaya.store.recoding.changes_of` shows before what it would change. Raises StoreError for an unknown id.
    """
    ready = [Received.of(each) for each in batch]

    def work(connection: Connection) -> list[str]:
        """Keep the new codings; the ids of those that changed."""
        done = []
        for each in ready:
            row = find_report(connection, each.head["id"])
            current = _current(connection, row.number)
            _replace(store, connection, row.number, current.revision + 1, each, "recoded")
            done.append(row.id)
        return done

    return list(store.retrying(work))
