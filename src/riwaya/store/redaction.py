"""Redaction: names of persons and exact places of chosen kinds, withheld from roles. Applied in the query layer only.

A withheld name is taken out wherever it stands: structured values, aliases, ids, evidence, quotations, titles, short
lines and the text itself, where blocks of the same number of code points keep every offset right. A place that an
event of a chosen kind has, or of a kind as which the same may be told, is coarse everywhere in that report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from riwaya.incidents.link_rules import LinkRules
from riwaya.knowledge.load import DATA
from riwaya.model import Kind
from riwaya.store.names_within import HiddenNames, Span, families_in
from riwaya.store.within import province_of

Data = dict[str, Any]
WITHHELD = "withheld"
_PROSE = ("title", "aliases")  # where parts of names in Latin letters go too, other names of bodies among them
BLOCK = "\u2588"
WIDE, OPEN = ("country", "admin1"), ("region", "natural")  # levels never coarse; coarse where in one province


@dataclass(frozen=True, slots=True)
class Redaction:
    """What is withheld from which roles. ``place_kinds``: kinds of events whose places are told by province only;
    so are those of the kinds as which another report may tell the same happening (:attr:`coarse_kinds`).

    ``urls``: whether addresses of reports are withheld too, as the page behind one tells everything.
    """

    roles: tuple[str, ...] = ("public", "reader")
    persons: bool = False
    place_kinds: tuple[str, ...] = ()
    urls: bool = False

    @property
    def coarse_kinds(self) -> tuple[str, ...]:
        """``place_kinds`` with all kinds as which another report may tell the same happening."""
        return _told_alike(self.place_kinds)

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


@lru_cache(maxsize=16)
def _told_alike(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds and those that linking holds compatible with one of them, by name."""
    rules = LinkRules.load([DATA])
    return tuple(each.value for each in Kind if any(rules.fit_of_kinds(own, each.value) for own in kinds))


def redact_coded(coded: Data, redaction: Redaction, also: Iterable[Data] = ()) -> Data:
    """The coded report without what is withheld; the given one is not touched.

    ``also``: other codings of the report, of which nothing is told either that is withheld.
    """
    hidden = _Hidden(coded, redaction, also)
    if not hidden.found:
        return _without_url(coded) if redaction.urls else coded
    redacted: Data = hidden.walk(coded)
    return _without_url(redacted) if redaction.urls else redacted


def redact_part(coded: Data, part: Data, redaction: Redaction) -> Data:
    """A part of a coded report as :func:`redact_coded` leaves it."""
    hidden = _Hidden(coded, redaction)
    redacted: Data = hidden.walk(part) if hidden.found else part
    return redacted


def shown_words(coded: Data, redaction: Redaction) -> tuple[str, str]:
    """The title and the text of a coded report as :func:`redact_coded` leaves them, without the rest."""
    title, hidden = coded["report"].get("title") or "", _Hidden(coded, redaction)
    if not hidden.found:
        return title, hidden.text
    return hidden.without(title, prose=True), hidden.masked


def _without_url(coded: Data) -> Data:
    return {**coded, "report": {**coded["report"], "url": None, "origin": None}}


def is_wide(level: str | None, id: str | None, admin1: str | None) -> bool:
    """Whether a place is told as it is even where places are coarse: a province, a country, or what is wider than one.

    A region or a mountain range of the gazetteer that lies in one province is told by that province.
    """
    return level in WIDE or (level in OPEN and id is not None and not admin1)


def coarse_place(place: Data) -> Data:
    """A place told by its province, its point to the degree; the country where no province is known."""
    admin1 = place.get("admin1")
    if admin1 and not any(map(str.isalpha, admin1)):  # a gazetteer's code
        admin1 = province_of(place["name"])
    lat, lon = place.get("lat"), place.get("lon")
    return {
        **place,
        "id": None,
        "name": admin1 or place.get("country") or WITHHELD,
        "aliases": [],
        "admin1": admin1,
        "level": "admin1" if admin1 else "country",
        "lat": None if lat is None else float(round(lat)),
        "lon": None if lon is None else float(round(lon)),
        "direction": None,
    }


class _Hidden:
    """What a coded report must not show, and the walk that takes it out."""

    def __init__(self, coded: Data, redaction: Redaction, also: Iterable[Data] = ()) -> None:
        self.redaction = redaction
        self.text = coded["report"].get("text") or ""
        codings = [coded, *also]
        self.places = {name for each in codings for name in self._fine_places(each)}
        persons, places, spans = set[str](), set[str](), list[Span]()
        for coding in codings:
            text = coding["report"].get("text") or ""
            for entry in filter(self._hides, _objects(coding)):
                names = [str(name) for name in [entry["name"], *(entry.get("aliases") or ())] if name]
                here = list(_spans_of(entry))
                (places if "lat" in entry else persons).update(names, (text[start:end] for start, end in here))
                spans += here if text == self.text else ()
        told = f"{coded['report'].get('title') or ''}\n{self.text}" if redaction.persons else ""
        families = families_in(told)
        self.names = HiddenNames(persons | families[0], places, families=redaction.persons)
        self.found = bool(persons or places or families[1])
        self.masked = self._mask(self.text, spans)

    def _fine_places(self, coded: Data) -> set[str]:
        kinds = self.redaction.coarse_kinds
        events = [event for event in coded.get("events", ()) if event["kind"] in kinds]
        return {place["name"] for event in events for place in event.get("places") or () if not _wide(place)}

    def _hides(self, entry: Data) -> bool:
        if "lat" in entry:
            return entry.get("name") in self.places and not _wide(entry)
        return self.redaction.persons and entry.get("kind") == "person" and bool(entry.get("name"))

    def _mask(self, text: str, spans: list[Span]) -> str:
        letters = list(text)
        for start, end in [*spans, *self.names.spans(text, prose=True)]:
            for at in range(max(0, start), min(end, len(letters))):
                if not letters[at].isspace():
                    letters[at] = BLOCK
        return "".join(letters)

    def without(self, text: str, *, prose: bool = False) -> str:
        """A text with a word in place of each withheld name."""
        after = len(text)
        for start, end in reversed(self.names.spans(text, prose=prose)):
            joined = after < len(text) and text.startswith(WITHHELD, after) and not text[end:after].strip(" ")
            text = text[:start] + (text[after:] if joined else WITHHELD + text[end:])
            after = start
        return text

    def walk(self, value: Any, *, prose: bool = False) -> Any:
        """The same plain data with what is withheld taken out, at any depth. ``prose``: of texts, not of names."""
        if isinstance(value, list):
            return [self.walk(each, prose=prose) for each in value]
        if isinstance(value, str):
            return self.without(value, prose=prose)
        if not isinstance(value, dict):
            return value
        kept: Data = {}
        if "name" in value and self._hides(value):
            value = coarse_place(value) if "lat" in value else {**value, "id": None, "name": WITHHELD, "aliases": []}
        if "lat" in value:  # a province may be called like the town that is not told
            kept = {name: value[name] for name in ("name", "country", "admin1") if name in value}
        walked = {key: self.walk(each, prose=key in _PROSE) for key, each in value.items() if key != "text"}
        if "text" in value:
            walked["text"] = self._words(value)
        return {key: kept.get(key, walked[key]) for key in value}

    def _words(self, value: Data) -> Any:
        text, start, end = value["text"], value.get("start"), value.get("end")
        if text == self.text:
            return self.masked
        if isinstance(start, int) and isinstance(end, int) and self.text[start:end] == text:
            return self.masked[start:end]
        return self.walk(text, prose=True)


def _spans_of(entry: Data) -> Iterator[Span]:
    for words in (entry, entry.get("evidence") or {}, entry.get("mention") or {}):
        if isinstance(words.get("start"), int) and words.get("end"):
            yield words["start"], words["end"]


def _wide(place: Data) -> bool:
    return is_wide(place.get("level"), place.get("id"), place.get("admin1"))


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
