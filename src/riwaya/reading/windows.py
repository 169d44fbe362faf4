"""Very long texts, read in windows of whole paragraphs: the work grows with the square of a window's length.

A window ends at a paragraph's end, so that no sentence is cut; what one window names is not carried into the next.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any, TypeVar

from riwaya.model import Report

LONG = 24_000  # characters above which a text is read in windows
_SIZE = 12_000

Value = TypeVar("Value")


def split_windows(text: str) -> Iterator[tuple[int, int]]:
    """Raw ranges, half-open, that cover a text: one for an ordinary report, whole paragraphs together for a long one.

    A paragraph longer than a window is cut at a full stop, or where there is none, at the window's size.
    """
    if len(text) <= LONG:
        yield 0, len(text)
        return
    start = 0
    while start < len(text):
        end = min(len(text), start + _SIZE)
        if end < len(text):
            for mark in ("\n", ". ", " "):
                at = text.rfind(mark, start + _SIZE // 2, end)
                if at >= 0:
                    end = at + len(mark)
                    break
        yield start, end
        start = end


def shift(value: Value, by: int) -> Value:
    """A record with every raw offset in it moved by a number of characters; token indices are left as they are."""
    if by == 0:
        return value
    moved: Any = _shift(value, by)
    return moved  # type: ignore[no-any-return]


def _shift(value: Any, by: int) -> Any:
    if isinstance(value, tuple):
        return tuple(_shift(item, by) for item in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        if field.name in ("start", "end"):
            changed[field.name] = old + by
        elif field.name == "scope":
            changed[field.name] = tuple((start + by, end + by) for start, end in old)
        elif isinstance(old, tuple) or dataclasses.is_dataclass(old):
            changed[field.name] = _shift(old, by)
    return dataclasses.replace(value, **changed) if changed else value


def join_windows(whole: Report, part: Report, start: int) -> Report:
    """What was read so far with one more window, whose text begins at raw offset ``start``.

    Events are numbered on; an index of a count's total is moved with the counts.
    """
    moved = shift(part, start)
    events = tuple(
        dataclasses.replace(event, id=f"e{number}") for number, event in enumerate(moved.events, len(whole.events) + 1)
    )
    counts = tuple(
        count if count.part_of is None else dataclasses.replace(count, part_of=count.part_of + len(whole.counts))
        for count in moved.counts
    )
    return dataclasses.replace(
        whole,
        times=whole.times + moved.times,
        places=whole.places + moved.places,
        actors=whole.actors + moved.actors,
        counts=whole.counts + counts,
        attributions=whole.attributions + moved.attributions,
        events=whole.events + events,
        control=whole.control + moved.control,
    )
