"""What actors, sources and places are called on a page: canonical English names, or neutral Arabic ones."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from riwaya.knowledge.knowledge import Knowledge
from riwaya.knowledge.load import read_yaml
from riwaya.model import Level, Report
from riwaya.store import Store, summaries
from riwaya.store.names_told import NameTold
from riwaya.store.redaction import Redaction
from riwaya.text.normalise import fold

_FILE = Path(__file__).parent / "labels" / "names_ar.yaml"
_BETWEEN = "|"  # between the Arabic names of a place


class Names:
    """Arabic names by canonical English name: of the file, the actors' lexicon, the gazetteer and a store's reports."""

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
        self._codes = {
            code: (name, arabic.split(_BETWEEN, 1)[0])
            for number, (code, name, arabic) in enumerate(
                zip(knowledge.places.countries, knowledge.places.names, knowledge.places.arabic, strict=True)
            )
            if knowledge.places.level(number) == Level.COUNTRY
        }  # fmt: skip
        self._told: dict[str, NameTold] = {}
        self._typed: dict[str, NameTold] = {}  # the same by folded words
        self._seen = 0
        self._lock = threading.Lock()
        self._canonical: dict[str, str] = {}
        for name, arabic in self._arabic.items():
            self._canonical.setdefault(fold(arabic), name)
        for entry in knowledge.actors.entries.values():
            for other in entry.arabic:
                self._canonical.setdefault(fold(other), entry.name)
        for name, arabic in zip(knowledge.places.names, knowledge.places.arabic, strict=True):
            for other in filter(None, arabic.split(_BETWEEN)):
                self._canonical.setdefault(fold(other), name)

    def learn(self, store: Store) -> None:
        """Take from a store the words by which its reports call whom no lexicon has."""
        with self._lock:
            self._seen, told = summaries.names_told(store, self._seen)
            for each in told:
                self._told[each.name] = each
                self._typed.setdefault(fold(each.words), each)

    def of(
        self, language: str, name: object, own: Mapping[str, str] | None = None, *, redaction: Redaction | None = None
    ) -> str:
        """The name on a page of a language; ``own``: a report's own words, for what the knowledge does not have.

        A country may be given by its code. Words of other reports are told by what a viewer may know.
        """
        text = str(name)
        if text in self._codes:
            english, arabic = self._codes[text]
            return arabic or english if language == "ar" else english
        if language != "ar":
            return text
        found = self._arabic.get(text) or (own or {}).get(text)
        return found or self._shown(self._told.get(text), redaction, "words") or text

    def canonical(self, text: str, redaction: Redaction | None = None) -> str:
        """The name under which the store keeps what somebody typed in Arabic; the text itself where none is known."""
        folded = fold(text)
        return self._canonical.get(folded) or self._shown(self._typed.get(folded), redaction, "name") or text

    @staticmethod
    def _shown(told: NameTold | None, redaction: Redaction | None, part: str) -> str | None:
        """A part of what a store tells of a name; None where it may not be known that it tells any."""
        if told is None or (told.person and redaction is not None and redaction.persons):
            return None
        found: str = getattr(told, part)
        return found

    def among(self, language: str, names: Iterable[str], redaction: Redaction | None = None) -> dict[str, str]:
        """The names that are called otherwise in a language, for scripts."""
        called = {name: self.of(language, name, redaction=redaction) for name in sorted(set(names))}
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
