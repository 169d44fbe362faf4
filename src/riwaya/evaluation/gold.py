"""Gold records: read, validated, and their mentions found in the text.

A mention of a gold record is a surface text; it stands for every occurrence as a whole word (clitics may precede it)
that lies outside a longer mention of its layer. Offsets are code points into the record's text, half-open.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from riwaya.evaluation.names import fold_name, generic_names, listed
from riwaya.model import DocumentError

_LETTER = r"[^\W\d_]"
# wa/fa, then bi/ka/li with or without the article, or the article alone
_CLITICS = (
    "(?:[\u0648\u0641]?(?:[\u0628\u0643\u0644]|\u0644\u0644|\u0627\u0644"
    "|\u0628\u0627\u0644|\u0643\u0627\u0644)?)"
)
_SENTENCE_END = re.compile("[.!?\u061f](?=\\s|$|[\u0621-\u064a])|\n")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention in its place. ``names`` are the accepted names; ``entry`` is the record's own."""

    start: int
    end: int
    names: tuple[str, ...]
    entry: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """A gold event with its trigger's span and the sentence around it."""

    start: int
    end: int
    sentence: tuple[int, int]
    entry: Mapping[str, Any]

    @property
    def kind(self) -> str:
        """The event's kind."""
        return str(self.entry["kind"])

    @property
    def claims(self) -> list[Mapping[str, Any]]:
        """The claims on it."""
        return list(self.entry.get("claims") or [])


@dataclass(frozen=True, slots=True)
class GoldRecord:
    """A record with every mention found; times without an interval are left out."""

    id: str
    text: str
    entry: Mapping[str, Any]
    times: tuple[GoldMention, ...]
    places: tuple[GoldMention, ...]
    actors: tuple[GoldMention, ...]
    events: tuple[GoldEvent, ...]
    accepted: Mapping[str, frozenset[str]]  # folded actor name -> folded names that mean the same actor
    place_of: Mapping[str, Mapping[str, Any]]  # place name -> its entry

    def accepted_names(self, name: object) -> frozenset[str]:
        """Every folded name that counts as the given one (a string or a list)."""
        folded = [fold_name(each) for each in listed(name)]
        return frozenset(folded).union(*(self.accepted.get(each, frozenset()) for each in folded))


@cache
def _surface(surface: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!{_LETTER}){_CLITICS}({re.escape(surface)})(?!{_LETTER})")


def find_surface(text: str, surface: str) -> list[tuple[int, int]]:
    """Spans of a surface text as whole words without leading clitics; anywhere, where it is no whole word at all."""
    whole = [match.span(1) for match in _surface(surface).finditer(text)]
    return whole or [match.span() for match in re.finditer(re.escape(surface), text)]


def find_mentions(text: str, entries: Sequence[Mapping[str, Any]]) -> tuple[GoldMention, ...]:
    """Each entry's occurrences (those that ``n`` names, or all); one that overlaps a longer mention is dropped."""
    found: list[GoldMention] = []
    for entry in entries:
        spans = find_surface(text, entry["t"])
        for number in entry.get("n") or range(1, len(spans) + 1):
            start, end = spans[number - 1]
            found.append(GoldMention(start, end, listed(entry.get("name")), entry))
    kept: list[GoldMention] = []
    for mention in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda each: each.start))


def find_sentence(text: str, offset: int) -> tuple[int, int]:
    """The span of the sentence in which an offset lies."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if offset < match.end():
            return start, match.end()
        start = match.end()
    return start, len(text)


def read_record(entry: Mapping[str, Any]) -> GoldRecord:
    """A gold record of its JSON object. Raises KeyError, IndexError or TypeError where it is not sound."""
    text = entry["text"]
    times = find_mentions(text, entry["times"])
    return GoldRecord(
        id=entry["id"],
        text=text,
        entry=entry,
        times=tuple(each for each in times if each.entry.get("from") or each.entry.get("to")),
        places=find_mentions(text, entry["places"]),
        actors=find_mentions(text, entry["actors"]),
        events=tuple(_event(text, event) for event in entry["events"]),
        accepted=_accepted(entry["actors"]),
        place_of={name: place for place in entry["places"] for name in listed(place["name"])},
    )


def _event(text: str, entry: Mapping[str, Any]) -> GoldEvent:
    start, end = find_surface(text, entry["trigger"])[(entry.get("n") or [1])[0] - 1]
    return GoldEvent(start, end, find_sentence(text, start), entry)


def _accepted(actors: Sequence[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    accepted: dict[str, frozenset[str]] = {}
    for actor in actors:
        folded = frozenset(fold_name(name) for name in listed(actor["name"]))
        meant = folded - generic_names() or folded
        for name in folded:
            accepted[name] = accepted.get(name, frozenset()) | meant
    return accepted


def gold_files(path: Path) -> list[Path]:
    """The record files of a folder (files of clusters left out), or the one file."""
    if path.is_dir():
        return [each for each in sorted(path.glob("*.json")) if not each.name.startswith("clusters")]
    return [path]


def read_gold(path: Path) -> Iterator[GoldRecord]:
    """The records of a folder or file. Raises DocumentError naming the file that is not sound."""
    files = gold_files(path)
    if not files:
        raise DocumentError(f"{path}: expected gold records (*.json), found none")
    for file in files:
        try:
            yield read_record(json.loads(file.read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
            raise DocumentError(f"{file}: not a gold record: {type(error).__name__}: {error}") from error
