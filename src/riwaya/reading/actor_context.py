"""What a report is about, as far as it helps to tell whose army `الجيش` is: the countries that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.lexicon import Match
from riwaya.model import Considered
from riwaya.text.text import Text

_PARTY = 0.5  # a party of that country, or a gentilic
_TOP = 5  # countries of which a report speaks most
_PLACE = 1.0  # a place in it
_NO_COUNTRY = "XZ"  # the high seas


@dataclass(frozen=True, slots=True)
class Countries:
    """Weights of the countries of a report, and where each is spoken of: (token, country, weight)."""

    weights: dict[str, float]
    spots: list[tuple[int, str, float]]
    scene: str | None  # the country in which most of the named places lie

    def ranked(self) -> list[str]:
        """The countries, the most spoken of first."""
        return sorted(self.weights, key=lambda country: (-self.weights[country], country))


def count_countries(text: Text, table: ActorTable, places: Any = None) -> Countries:
    """The countries that a report speaks of, from names, gentilics and places.

    ``places`` is the table of places, whose ``countries`` give each place's; None where there is none.
    """
    spots: list[tuple[int, str, float]] = []
    scene: dict[str, float] = {}
    generic, numbered = table.patterns.words["generic name"], table.patterns.words["numbered unit"]
    for match in text.of("actor_gentilic"):
        spots.append((match.first, match.entry, _PARTY))
    for match in text.of("actor"):
        if match.entry in generic or match.entry in numbered:
            continue
        entry = table.entries[table.by_name[match.entry][0]]
        if entry.country:
            spots.append((match.first, entry.country[0], _PLACE if entry.gentilic else _PARTY))
    for match in text.of("actor_capital"):
        spots.append((match.first, table.entries[match.entry].country[0], _PARTY))
    for token, country in _place_countries(text, places):
        spots.append((token, country, _PLACE))
        scene[country] = scene.get(country, 0.0) + 1.0
    weights: dict[str, float] = {}
    for _, country, weight in spots:
        weights[country] = weights.get(country, 0.0) + weight
    spots.sort()
    best = max(weights, key=lambda c: (scene.get(c, 0.0) + weights[c] / 2, c)) if weights else None
    return Countries(weights, spots, best)


def _place_countries(text: Text, places: Any) -> list[tuple[int, str]]:
    """Tokens and countries of the places that are in one country only or surely meant."""
    if places is None:
        return []
    found: list[tuple[int, str]] = []
    end = 0
    for match in text.of("place"):
        if match.first < end or match.features in ("cue", "preposition"):
            continue
        first, *others = match.entry[:4]
        country = places.countries[first]
        if not others or all(places.countries[number] == country for number in others):
            end = match.last
            if country != _NO_COUNTRY:
                found.append((match.first, country))
    return found


def is_elsewhere(text: Text, table: ActorTable, match: Match, entry: str, countries: Countries) -> bool:
    """Whether a name that bodies of several countries bear is another's than the one we know: `القوات الاتحادية`.

    So where the report speaks of other countries, and of an occupation where it tells of another occupier. A unit that
    is told by its number only (`الفرقة السابعة مشاة`) needs its country in the report: every army numbers its own.
    """
    words = table.patterns.words
    known = table.entries[entry].country
    if match.entry in words["numbered unit"]:
        return not set(known) & set(countries.ranked()[:_TOP])
    if match.entry in words["generic name"]:
        return bool(countries.weights) and not set(known) & set(countries.ranked()[:_TOP])
    told = occupiers(text, table, match)
    return bool(told) and not told & set(known)


def occupiers(text: Text, table: ActorTable, match: Match) -> set[str]:
    """The countries whose occupation a report tells of by gentilic, for a name that speaks of one; else empty."""
    occupation = table.patterns.words["occupation"]
    if occupation.isdisjoint(text.forms[match.first : match.last]):
        return set()
    people = {people.first: people.entry for people in text.of("actor_gentilic")}
    return {people[at + 1] for at, form in enumerate(text.forms) if form in occupation and at + 1 in people}


def pick_entry(
    table: ActorTable, ids: Sequence[str], countries: Countries, published: date | None, heard: frozenset[str]
) -> tuple[str, tuple[Considered, ...]]:
    """The id among actors of one name that fits date and countries best, and those that were dropped.

    Of equals the one that a person named in the report speaks for (``heard``): an army has its spokesman.
    """
    if len(ids) == 1:
        return ids[0], ()

    def rank(actor_id: str) -> tuple[bool, float, bool, int]:
        """In time, of the report's countries, named before, first in the list: the lowest is meant."""
        entry = table.entries[actor_id]
        weight = max((countries.weights.get(country, 0.0) for country in entry.country), default=0.0)
        return (not in_time(entry.from_, entry.to, published), -weight, actor_id not in heard, ids.index(actor_id))

    ranked = sorted(ids, key=rank)
    dropped = tuple(
        Considered(table.entries[other].name, "another actor of that name fits date or country better")
        for other in ranked[1:]
    )
    return ranked[0], dropped


@lru_cache(maxsize=4096)
def in_time(start: str | None, end: str | None, published: date | None) -> bool:
    """Whether a day lies within two ISO dates or parts of them (2013, 2013-04), inclusive; True where unknown."""
    if published is None or (start is None and end is None):
        return True
    day = published.isoformat()
    if start is not None and day[: len(start)] < start:
        return False
    return end is None or day[: len(end)] <= end
