"""The errors of one report side by side: what gold has, what was coded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from riwaya.evaluation.facts import Fact, event_facts
from riwaya.evaluation.names import listed
from riwaya.evaluation.score import Comparison, EventPair


class ErrorRow(NamedTuple):
    """A row: the event, the field, what gold has and what was coded; empty where that side has nothing."""

    event: str
    field: str
    gold: str
    coded: str


def error_rows(comparison: Comparison) -> Iterator[ErrorRow]:
    """The wrong and missed facts of paired events, then events missed, then events that gold has not."""
    for pair in comparison.pairs:
        yield from _pair_rows(pair)
    for missed in comparison.missed:
        yield ErrorRow(f"{missed.kind} «{missed.entry['trigger']}»", "event", "yes", "")
    for extra in comparison.extra:
        yield ErrorRow(f"{extra['kind']} «{extra['trigger'].get('text', '')}»", "event", "", "yes")


def _pair_rows(pair: EventPair) -> Iterator[ErrorRow]:
    """Facts of the same field stand in one row, so that a wrong value is seen beside the right one."""
    name = f"{pair.gold.kind} «{pair.gold.entry['trigger']}»"
    wanted = _by_field(event_facts(pair.gold.entry), pair, 0)
    given = _by_field(event_facts(pair.coded), pair, 1)
    for field in dict.fromkeys([*wanted, *given]):
        gold, coded = wanted.get(field, []), given.get(field, [])
        for index in range(max(len(gold), len(coded))):
            yield ErrorRow(name, field, _at(gold, index), _at(coded, index))


def _by_field(facts: list[Fact], pair: EventPair, side: int) -> dict[str, list[str]]:
    """The facts that are not held in common, by field."""
    left = [match[side] for match in pair.held]
    found: dict[str, list[str]] = {}
    for fact in facts:
        if fact in left:
            left.remove(fact)
        else:
            found.setdefault(fact.field, []).append(show_value(fact))
    return found


def _at(values: list[str], index: int) -> str:
    return values[index] if index < len(values) else ""


def show_value(fact: Fact) -> str:
    """A fact's value in a few words."""
    value = fact.value
    if fact.field == "when":
        return " … ".join(str(day or "?") for day in dict.fromkeys(value)) if any(value) else "none"
    if fact.field == "counts":
        what, low, high = value
        return f"{what} {low if low is not None else '…'}..{high if high is not None else '…'}"
    if fact.field == "claims":
        return f"{_name(value.get('source'))} {value.get('stance')}"
    if fact.field == "places":
        return f"{value.get('role') or 'at'} {_name(value)}"
    return _name(value)


def _name(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or "")
    names = listed(value)
    return " / ".join(names) if names else str(value)
