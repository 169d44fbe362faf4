"""How far two coders agree on the reports that both worked on: F1 of facts, Krippendorff's alpha by field.

Each coder's version of a report is the reader's coding with that coder's corrections alone laid over. Alpha is the
nominal one (Krippendorff, Content Analysis, 2018, chapter 12), over the events that the reader found and both
versions of the report keep or drop; a field's value is the whole of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from riwaya.store.corrections import Correction, apply_corrections, read_corrections
from riwaya.store.engine import Store
from riwaya.store.index import unpack
from riwaya.store.tables import reports, revisions

Data = dict[str, Any]
FIELDS = (
    "kept",
    "kind",
    "status",
    "background",
    "agents",
    "targets",
    "mediators",
    "places",
    "when",
    "counts",
    "claims",
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Reports both coders worked on, F1 of their facts, alpha by field (None where all values are one)."""

    reports: int
    facts_f1: float
    alpha: dict[str, float | None]


def agreement(store: Store, first: str, second: str) -> Agreement:
    """The agreement of two coders by name; 0 reports and an F1 of 0 where they share none."""
    with store.reading() as connection:
        made = read_corrections(connection)
        shared = _reports_of(made, first) & _reports_of(made, second)
        source = revisions.join(reports, reports.c.number == revisions.c.report)
        facts: tuple[set[tuple[str, ...]], set[tuple[str, ...]]] = (set(), set())
        units: dict[str, list[tuple[str, str]]] = {name: [] for name in FIELDS}
        for id in sorted(shared):
            query = select(revisions.c.coded).select_from(source)
            coded = unpack(
                connection.execute(query.where(reports.c.id == id, revisions.c.current.is_(True))).scalar_one()
            )
            versions = [_version(coded, made, id, coder) for coder in (first, second)]
            for own, version in zip(facts, versions, strict=True):
                own.update((id, *fact) for fact in _facts(version))
            _add_units(units, coded, versions)
    total = len(facts[0]) + len(facts[1])
    f1 = 2 * len(facts[0] & facts[1]) / total if total else 0.0
    return Agreement(len(shared), f1, {name: alpha(pairs) for name, pairs in units.items()})


def _reports_of(made: Iterable[Correction], coder: str) -> set[str]:
    return {each.report for each in made if each.coder == coder}


def _version(coded: Data, made: Sequence[Correction], report: str, coder: str) -> Data:
    return apply_corrections(coded, [each for each in made if each.report == report and each.coder == coder])


def _value(event: Data | None, name: str) -> str:
    if event is None:
        return "no" if name == "kept" else "–"
    if name == "kept":
        return "yes"
    if name == "when":
        return f"{event.get('from')}/{event.get('to')}"
    value = event.get(name)
    return "|".join(sorted(map(_item, value))) if isinstance(value, list) else str(value)


def _item(item: Data) -> str:
    source = (item.get("source") or {}).get("name")
    keys = ("name", "role", "what", "who", "min", "max", "stance")
    return " ".join(str(part) for part in (source, *(item.get(key) for key in keys)) if part is not None)


def _facts(coded: Data) -> Iterable[tuple[str, ...]]:
    for event in coded["events"]:
        trigger = event.get("trigger") or {}
        key = str(trigger.get("start", event["id"]))
        for name in FIELDS[1:]:
            value = event.get(name)
            if isinstance(value, list):
                yield from ((key, name, _item(item)) for item in value)
            else:
                yield key, name, _value(event, name)


def _add_units(units: dict[str, list[tuple[str, str]]], coded: Data, versions: Sequence[Data]) -> None:
    found = [{event["id"]: event for event in version["events"]} for version in versions]
    for event in coded["events"]:
        pair = [events.get(event["id"]) for events in found]
        for name in FIELDS:
            if name == "kept" or all(each is not None for each in pair):
                units[name].append((_value(pair[0], name), _value(pair[1], name)))


def alpha(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Krippendorff's alpha for nominal values of two coders; None for no units, 1.0 for one value."""
    if not pairs:
        return None
    values = Counter(value for pair in pairs for value in pair)
    total = sum(values.values())
    observed = sum(a != b for a, b in pairs) / len(pairs)
    expected = 1 - sum(count * (count - 1) for count in values.values()) / (total * (total - 1))
    return 1.0 if expected == 0 else 1 - observed / expected
