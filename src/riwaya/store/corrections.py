"""Corrections: a person's word on a report's events, laid over what the reader coded, nothing lost, all undoable.

Actions: ``accept``, ``reject`` and ``flag`` an event; ``change`` a field of an event to a value; ``add`` an event,
or an item to a list of an event (``field`` = agents, targets, mediators, places, counts, claims); ``undo`` an
earlier correction. A changed event says ``by`` whom each field was changed; a rejected one is left out.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, select

from riwaya.model import Kind, RiwayaError, SourceKind, Stance, Status, What
from riwaya.store.tables import corrections

Data = dict[str, Any]
ACTIONS = ("accept", "reject", "change", "add", "flag", "undo")
LISTS = ("agents", "targets", "mediators", "places", "counts", "claims")
FIELDS = (*LISTS, "kind", "status", "background", "from", "to", "edtf", "ordinal", "trigger")


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. ``event`` None = a new event; ``value`` plain data; ``before`` what stood there."""

    number: int
    at: str
    coder: str
    report: str
    event: str | None
    mark: Data
    action: str
    field: str | None
    value: Any
    before: Any
    reason: str | None
    undoes: int | None


def mark_of(event: Data) -> Data:
    """What finds an event again in another coding of the same text: kind and trigger."""
    trigger = event.get("trigger") or {}
    return {"id": event["id"], "kind": event["kind"], **{key: trigger.get(key) for key in ("start", "end", "text")}}


def find_marked(mark: Data, coded: Data) -> Data | None:
    """The event that a mark means: overlapping trigger and same kind, else overlapping trigger, else None."""
    if mark.get("start") is None:
        return next((event for event in coded["events"] if event["id"] == mark.get("id")), None)
    near = [event for event in coded["events"] if _overlap(mark, event.get("trigger") or {})]
    exact = [event for event in near if (event.get("original") or event)["kind"] == mark["kind"]]
    return next(iter(exact or near), None)


def _overlap(a: Data, b: Data) -> bool:
    if a.get("start") is None or b.get("start") is None:
        return False
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def read_corrections(connection: Connection, report: str | None = None) -> list[Correction]:
    """The corrections of a report (of all, for None) in the order in which they were made, undone ones too."""
    query = select(corrections).order_by(corrections.c.number)
    if report is not None:
        query = query.where(corrections.c.report == report)
    return [
        Correction(
            row.number, row.at, row.coder, row.report, row.event, orjson.loads(row.mark), row.action, row.field,
            orjson.loads(row.value), orjson.loads(row.before), row.reason, row.undoes,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def standing(all_of_them: Iterable[Correction]) -> list[Correction]:
    """The corrections that hold: no undo among them, and none that was undone (an undo can be undone)."""
    ordered = list(all_of_them)
    undone: set[int] = set()
    for each in reversed(ordered):
        if each.action == "undo" and each.number not in undone and each.undoes is not None:
            undone.add(each.undoes)
    return [each for each in ordered if each.action != "undo" and each.number not in undone]


def apply_corrections(coded: Data, made: Sequence[Correction]) -> Data:
    """The coded report with what persons said of it laid over: the effective report. The given one is not touched.

    An event with decisions carries ``reviewed`` (the coders), ``by`` (field -> coder, at, reason, correction) and,
    where its kind was changed, ``original`` (the reader's values). ``lost`` lists corrections that found no event.
    """
    held = standing(made)
    if not held:
        return coded
    result = copy.deepcopy(coded)
    result["lost"] = []
    for correction in held:
        if correction.action == "add" and correction.event is None:
            _add_event(result, correction)
            continue
        event = find_marked(correction.mark, result)
        if event is None:
            result["lost"].append(correction.number)
        else:
            _apply(event, correction)
    result["events"] = [event for event in result["events"] if not event.get("rejected")]
    return result


def _signed(correction: Correction) -> Data:
    return {
        "coder": correction.coder,
        "at": correction.at,
        "reason": correction.reason,
        "correction": correction.number,
    }


def _add_event(coded: Data, correction: Correction) -> None:
    empty: Data = {
        "status": "occurred", "background": False, "from": None, "to": None, "edtf": None, "ordinal": None,
        "line": "", "mentions": [], "rule": "person", "when": {"evidence": None, "rule": "person"},
    }  # fmt: skip
    lists: Data = {name: [] for name in LISTS}
    event = {**empty, **lists, **correction.value, "id": f"p{correction.number}"}
    event["reviewed"] = [correction.coder]
    event["by"] = {"event": _signed(correction)}
    coded["events"].append(event)


def _apply(event: Data, correction: Correction) -> None:
    event["reviewed"] = sorted({*event.get("reviewed", ()), correction.coder})
    signed = _signed(correction)
    event.setdefault("by", {})
    if correction.action in ("accept", "reject", "flag"):
        event["by"]["event"] = {**signed, "action": correction.action}
        event["rejected"] = correction.action == "reject"
        return
    name = correction.field or ""
    event.setdefault("original", {"kind": event["kind"]}).setdefault(name, copy.deepcopy(event.get(name)))
    if correction.action == "add":
        event[name] = [*(event.get(name) or ()), {**correction.value, "rule": "person"}]
    else:
        event[name] = correction.value
    event["by"][name] = signed


def check_correction(action: str, field: str | None, value: Any) -> None:
    """Raises RiwayaError where a correction says what the codebook does not know."""
    if action not in ACTIONS:
        raise RiwayaError(f"expected one of {', '.join(ACTIONS)}, found '{action}'")
    if action == "change" and field not in FIELDS:
        raise RiwayaError(f"expected a field of {', '.join(FIELDS)}, found '{field}'")
    closed: dict[str, type[Kind] | type[Status]] = {"kind": Kind, "status": Status}
    if action == "change" and field in closed and value not in list(closed[field]):
        raise RiwayaError(f"{field}: expected one of {', '.join(closed[field])}, found '{value}'")
    if action == "change" and field in LISTS:
        if not isinstance(value, list):
            raise RiwayaError(f"{field}: expected a list, found {type(value).__name__}")
        for item in value:
            _check_item(field or "", item)
    if action == "add" and field in LISTS:
        _check_item(field or "", value)
    if action == "add" and field is None and (not isinstance(value, dict) or value.get("kind") not in list(Kind)):
        raise RiwayaError("an added event needs a 'kind' of the codebook")


def _check_item(field: str, item: Any) -> None:
    if not isinstance(item, dict):
        raise RiwayaError(f"{field}: expected an object, found {type(item).__name__}")
    if field == "claims":
        _check_claim(item)
    elif field == "counts":
        if item.get("what") not in list(What):
            raise RiwayaError(f"counts: expected 'what' of {', '.join(What)}, found '{item.get('what')}'")
    elif not item.get("name"):
        raise RiwayaError(f"{field}: expected an object with a 'name'")


def _check_claim(item: Data) -> None:
    if not isinstance(item.get("source"), dict) or not item["source"].get("name"):
        raise RiwayaError("claims: expected a 'source' with a 'name'")
    if item.get("stance") not in list(Stance):
        raise RiwayaError(f"claims: expected 'stance' of {', '.join(Stance)}, found '{item.get('stance')}'")
    if item.get("source_kind", "unnamed") not in list(SourceKind):
        raise RiwayaError(f"claims: expected 'source_kind' of {', '.join(SourceKind)}, found '{item['source_kind']}'")
