"""What a report is about, as far as it helps to tell whose army `الجيش` is: the countries that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from riwaya.knowledge.actors import ActorTable
from riwaya.model import Considered
from riwaya.text.text import Text

_NAMED = 2.0  # a country's name
_GENTILIC = 1.0
_PLACE = 1.0  # any other place, by its country


@dataclass(frozen=True, slots=True)
class Countries:
    """Weights of the countries of a report, and where each is spoken of: (token, country, weight)."""

    weights: dict[str, float]
    spots: list[tuple[int, str, float]]

    def main(self) -> str | None:
        """The country that the report speaks of most, None where it speaks of none."""
        if not self.weights:
            return None
        return min(self.weights, key=lambda country: (-self.weights[country], country))

    def ranked(self) -> list[str]:
        """The countries, the most spoken of first."""
        return sorted(self.weights, key=lambda country: (-self.weights[country], country))


def count_countries(text: Text, table: ActorTable, places: Any = None) -> Countries:
    """The countries that a report speaks of, from names, gentilics and places.

    ``places`` may offer ``country_of(entry)`` for the entries of layer ``place``.
    """
    spots: list[tuple[int, str, float]] = []
    for match in text.of("actor_gentilic"):
        spots.append((match.first, match.entry, _GENTILIC))
    for match in text.of("actor"):
        entry = table.entries[table.by_name[match.entry][0]]
        if entry.gentilic:
            spots.append((match.first, entry.country[0], _NAMED))
        elif entry.country:
            spots.append((match.first, entry.country[0], _PLACE))
    for match in text.of("actor_capital"):
        spots.append((match.first, table.entries[match.entry].country[0], _PLACE))
    country_of = getattr(places, "country_of", None)
    if country_of is not None:
        seen = -1
        for match in text.of("place"):
            if match.first < seen:
                continue
            country = country_of(match.entry)
            if country:
                seen = match.last
                spots.append((match.first, country, _PLACE))
    weights: dict[str, float] = {}
    for _, country, weight in spots:
        weights[country] = weights.get(country, 0.0) + weight
    spots.sort()
    return Countries(weights, spots)


def pick_entry(
    table: ActorTable, ids: Sequence[str], countries: Countries, published: date | None
) -> tuple[str, tuple[Considered, ...]]:
    """The id among actors of one name that fits date and countries best, and those that were dropped."""
    if len(ids) == 1:
        return ids[0], ()

    def rank(actor_id: str) -> tuple[bool, float, int]:
        entry = table.entries[actor_id]
        weight = max((countries.weights.get(country, 0.0) for country in entry.country), default=0.0)
        return (not in_time(entry.from_, entry.to, published), -weight, ids.index(actor_id))

    ranked = sorted(ids, key=rank)
    dropped = tuple(
        Considered(table.entries[other].name, "another actor of that name fits date or country better")
        for other in ranked[1:]
    )
    return ranked[0], dropped


def in_time(start: str | None, end: str | None, published: date | None) -> bool:
    """Whether a day lies within two ISO dates or parts of them (2013, 2013-04), inclusive; True where unknown."""
    if published is None:
        return True
    day = published.isoformat()
    if start is not None and day[: len(start)] < start:
        return False
    return end is None or day[: len(end)] <= end
