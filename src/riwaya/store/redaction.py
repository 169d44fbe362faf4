"""Redaction: names of persons and exact places of chosen kinds, withheld from roles. Applied in the query layer only.

A withheld name is taken out wherever it stands: structured values, aliases, ids, evidence, quotations, titles, short
lines and the text itself, where blocks of the same number of code points keep every offset right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from riwaya.text.normalise import Shifts, fold, fold_with_shifts

Data = dict[str, Any]
WITHHELD = "withheld"
BLOCK = "\u2588"
_WIDE = frozenset({"country", "admin1", "region", "natural"})
_SHORT = 3  # letters below which a name is only masked where the reader marked it


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is withheld from which roles. ``place_kinds``: kinds of events whose places are told by province only.

    ``urls``: whether addresses of reports are withheld too, as the page behind one tells everything.
    """

    roles: tuple[str, ...] = ("public", "reader")
    persons: bool = False
    place_kinds: tuple[str, ...] = ()
    urls: bool = False

    @property
    def does_something(self) -> bool:
        """Whether anything is withheld from anyone."""
        return self.persons or bool(self.place_kinds) or self.urls


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads, by role (public, reader, coder, admin), and what is withheld from whom."""

    role: str = "admin"
    redact: Redaction = field(default_factory=Redaction)

    @property
    def redaction(self) -> Redaction | None:
        """What is withheld from this viewer, None for nothing."""
        return self.redact if self.role in self.redact.roles and self.redact.does_something else None


def redact_coded(coded: Data, redaction: Redaction) -> Data:
    """The coded report without what is withheld; the given one is not touched."""
    hidden = _Hidden(coded, redaction)
    if not hidden.found:
        return _without_url(coded) if redaction.urls else coded
    redacted: Data = hidden.walk(coded)
    return _without_url(redacted) if redaction.urls else redacted


def shown_words(coded: Data, redaction: Redaction) -> tuple[str, str]:
    """The title and the text of a coded report as :func:`redact_coded` leaves them, without the rest."""
    title, hidden = coded["report"].get("title") or "", _Hidden(coded, redaction)
    if not hidden.found:
        return title, hidden.text
    return hidden.walk(title), hidden.masked


def _without_url(coded: Data) -> Data:
    return {**coded, "report": {**coded["report"], "url": None, "origin": None}}


def coarse_place(place: Data) -> Data:
    """A place told by its province, its point to the degree; the country where no province is known."""
    admin1 = place.get("admin1")
    lat, lon = place.get("lat"), place.get("lon")
    return {
        **place,
        "id": None,
        "name": admin1 or place.get("country") or WITHHELD,
        "aliases": [],
        "level": "admin1" if admin1 else "country",
        "lat": None if lat is None else float(round(lat)),
        "lon": None if lon is None else float(round(lon)),
        "direction": None,
    }


class _Hidden:
    """What a coded report must not show, and the walk that takes it out."""

    def __init__(self, coded: Data, redaction: Redaction) -> None:
        self.redaction = redaction
        self.text = coded["report"].get("text") or ""
        self.places = self._fine_places(coded)
        self.names: set[str] = set()
        spans: list[tuple[int, int]] = []
        for entry in _objects(coded):
            if self._hides(entry):
                self.names.update(str(name) for name in [entry["name"], *(entry.get("aliases") or ())] if name)
                for words in (entry, entry.get("evidence") or {}, entry.get("mention") or {}):
                    if isinstance(words.get("start"), int) and words.get("end"):
                        spans.append((words["start"], words["end"]))
        for start, end in spans:
            self.names.add(self.text[start:end])
        self.names = {folded for name in self.names if len(folded := fold(name).strip()) >= _SHORT}
        self.found = bool(self.names or spans)
        ordered = sorted(self.names, key=lambda name: (-len(name), name))
        self.pattern = re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE) if ordered else None
        self.masked = self._mask(self.text, spans)

    def _fine_places(self, coded: Data) -> set[str]:
        kinds = self.redaction.place_kinds
        events = [event for event in coded.get("events", ()) if event["kind"] in kinds]
        places = [place for event in events for place in event.get("places") or ()]
        return {place["name"] for place in places if place.get("level") not in _WIDE}

    def _hides(self, entry: Data) -> bool:
        if "lat" in entry:
            return entry.get("name") in self.places and entry.get("level") not in _WIDE
        return self.redaction.persons and entry.get("kind") == "person" and bool(entry.get("name"))

    def _mask(self, text: str, spans: list[tuple[int, int]]) -> str:
        letters = list(text)
        if self.pattern:
            spans = [*spans, *self._named(text)]
        for start, end in spans:
            for at in range(max(0, start), min(end, len(letters))):
                if not letters[at].isspace():
                    letters[at] = BLOCK
        return "".join(letters)

    def _named(self, text: str) -> list[tuple[int, int]]:
        """Where a withheld name stands in a text, however it is spelled there."""
        if self.pattern is None or not self.pattern.search(fold(text)):
            return []
        folded, shifts = fold_with_shifts(text)
        found = [match.span() for match in self.pattern.finditer(folded)]
        return found if shifts is None else [(_raw(shifts, start), _raw(shifts, end - 1) + 1) for start, end in found]

    def _without(self, text: str) -> str:
        for start, end in reversed(self._named(text)):
            text = text[:start] + WITHHELD + text[end:]
        return text

    def walk(self, value: Any) -> Any:
        """The same plain data with what is withheld taken out, at any depth."""
        if isinstance(value, list):
            return [self.walk(each) for each in value]
        if isinstance(value, str):
            return self._without(value)
        if not isinstance(value, dict):
            return value
        if "name" in value and self._hides(value):
            value = coarse_place(value) if "lat" in value else {**value, "id": None, "name": WITHHELD, "aliases": []}
        walked = {key: self.walk(each) if key != "text" else each for key, each in value.items()}
        if "text" in value:
            walked["text"] = self._words(value)
        return walked

    def _words(self, value: Data) -> Any:
        text, start, end = value["text"], value.get("start"), value.get("end")
        if text == self.text:
            return self.masked
        if isinstance(start, int) and isinstance(end, int) and self.text[start:end] == text:
            return self.masked[start:end]
        return self.walk(text)


def _raw(shifts: Shifts, at: int) -> int:
    """The place in the text as received of a folded one."""
    return at + shifts.by[bisect_right(shifts.at, at)]


def _objects(value: Any) -> Iterator[Data]:
    """Every object in plain data that has a name, in no order."""
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, dict):
            if "name" in each:
                yield each
            left.extend(part for part in each.values() if isinstance(part, (dict, list)))
        else:
            left.extend(part for part in each if isinstance(part, (dict, list)))
