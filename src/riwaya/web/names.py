"""What actors, sources and places are called on a page: canonical English names, or neutral Arabic ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from riwaya.knowledge.knowledge import Knowledge
from riwaya.knowledge.load import read_yaml
from riwaya.model import Report
from riwaya.text.normalise import fold

_FILE = Path(__file__).parent / "labels" / "names_ar.yaml"
_BETWEEN = "|"  # between the Arabic names of a place


class Names:
    """Arabic names by canonical English name: those of the file, of the actors' lexicon and of the gazetteer."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Choose a name for everything that the knowledge has."""
        file: dict[str, Any] = read_yaml(_FILE)
        loaded, last = frozenset(file["loaded"]), frozenset(file["last"])
        found: dict[str, str] = {}
        for entry in knowledge.actors.entries.values():
            chosen = _neutral(entry.arabic, loaded, last)
            if chosen:
                found.setdefault(entry.name, chosen)
        for name, arabic in zip(knowledge.places.names, knowledge.places.arabic, strict=True):
            if arabic:
                found.setdefault(name, arabic.split(_BETWEEN, 1)[0])
        self._arabic: dict[str, str] = {**found, **file["called"]}
        self._canonical: dict[str, str] = {}
        for name, arabic in self._arabic.items():
            self._canonical.setdefault(fold(arabic), name)
        for entry in knowledge.actors.entries.values():
            for other in entry.arabic:
                self._canonical.setdefault(fold(other), entry.name)
        for name, arabic in zip(knowledge.places.names, knowledge.places.arabic, strict=True):
            for other in filter(None, arabic.split(_BETWEEN)):
                self._canonical.setdefault(fold(other), name)

    def of(self, language: str, name: object, own: Mapping[str, str] | None = None) -> str:
        """The name on a page of a language; ``own``: a report's own words, for what the knowledge does not have."""
        text = str(name)
        if language != "ar":
            return text
        return self._arabic.get(text) or (own or {}).get(text) or text

    def canonical(self, text: str) -> str:
        """The name under which the store keeps what somebody typed in Arabic; the text itself where none is known."""
        return self._canonical.get(fold(text), text)

    def among(self, language: str, names: Iterable[str]) -> dict[str, str]:
        """The names that are called otherwise in a language, for scripts."""
        called = {name: self.of(language, name) for name in sorted(set(names))}
        return {name: other for name, other in called.items() if other != name}


def _neutral(names: Iterable[str], loaded: frozenset[str], last: frozenset[str]) -> str | None:
    """The first name without loaded words; one that begins with a word of ``last`` only where there is no other."""
    fitting = [name for name in names if not loaded.intersection(name.split())]
    preferred = [name for name in fitting if name.split()[0] not in last]
    return next(iter(preferred or fitting), None)


def words_of(report: Report) -> dict[str, str]:
    """A report's own words for the actors and places that it names: the longest mention of each, in Arabic."""
    found: dict[str, str] = {}
    named = [(each.actor.name, each.text) for each in report.actors]
    named += [(each.place.name, each.text) for each in report.places]
    for name, words in named:
        if len(words) > len(found.get(name, "")):
            found[name] = words
    return found
