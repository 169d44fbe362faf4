"""Which places lie in which, by the gazetteer: a town in a province, a quarter in a city, a village in a region.

A province holds the places that name it; a place of which only a gazetteer's code is known counts with the nearest
one that names its province. A city holds the quarters, camps and buildings about it that no other city is nearer to,
a town those within a short walk that no city holds, a district or region the towns and villages about its point:
circles, as no borders are known. Regions made of provinces stand in ``incidents/territories.yaml``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from riwaya.knowledge.knowledge import load_knowledge
from riwaya.knowledge.load import DATA, check_keys, files_in, read_yaml
from riwaya.knowledge.place_rows import distance_km
from riwaya.knowledge.places import PlaceTable
from riwaya.model import Level

_PARTS = (Level.NEIGHBOURHOOD, Level.CAMP, Level.FACILITY)
_SETTLED = (Level.TOWN, Level.VILLAGE)
_REACH_KM = {Level.CITY: 15.0, Level.TOWN: 2.0, Level.ADMIN2: 20.0, Level.REGION: 10.0}
_HELD = {Level.CITY: _PARTS, Level.TOWN: _PARTS, Level.ADMIN2: _SETTLED, Level.REGION: _SETTLED}
_GREAT = (Level.COUNTRY, Level.CITY, Level.ADMIN1, Level.REGION, Level.ADMIN2, Level.TOWN)
_NEAREST_KM = 40.0  # to the place that names the province of one that does not


@dataclass(frozen=True, slots=True)
class Within:
    """A place with what it holds and what holds it, by canonical names, all in one country.

    ``holders``: the smallest first, the country left out.
    """

    name: str
    country: str
    held: frozenset[str]
    holders: tuple[str, ...]


@lru_cache(maxsize=512)
def within(name: str) -> Within | None:
    """The named place (by its canonical name or id), None where the gazetteer does not know it or it is a country."""
    places, number = _places(), _number(name)
    if number is None or places.level(number) == Level.COUNTRY:
        return None
    country = _country(places.countries[number])
    held = [places.names[n] for n in country.numbers if country.holds(number, n)]
    holders = sorted(
        (n for n in country.numbers if country.holds(n, number)),
        key=lambda n: (_REACH_KM.get(places.level(n), 1000.0), country.km(n, number), n),
    )
    names = dict.fromkeys(places.names[n] for n in holders)
    own = places.names[number]
    return Within(own, places.countries[number], frozenset(held) - {own}, tuple(each for each in names if each != own))


@lru_cache(maxsize=4_096)
def province_of(name: str) -> str | None:
    """The province in which the named place lies, None where the gazetteer does not tell it."""
    number = _number(name)
    return None if number is None else _country(_places().countries[number]).province(number)


@lru_cache(maxsize=512)
def is_province(name: str) -> bool:
    """Whether the named place is a province, or a region that is made of provinces."""
    number = _number(name)
    if number is None:
        return False
    places = _places()
    territories = _country(places.countries[number]).territories
    return places.level(number) == Level.ADMIN1 or places.names[number] in territories


def _number(name: str) -> int | None:
    """The greatest place of a name, one whose own name it is before others; None for none."""
    places = _places()
    found = _called().get(name, ())
    return min(found, key=lambda n: (not places.own[n], _rank(places, n), -places.people[n], n), default=None)


@lru_cache(maxsize=1)
def _places() -> PlaceTable:
    return load_knowledge(()).places


@lru_cache(maxsize=1)
def _called() -> dict[str, list[int]]:
    """The places of the gazetteer by canonical name and by id."""
    places, found = _places(), dict[str, list[int]]()
    for number in range(len(places)):
        for name in {places.names[number], places.ids[number]}:
            found.setdefault(name, []).append(number)
    return found


def _rank(places: PlaceTable, number: int) -> int:
    """Of places of one name the greater goes first: the city of Damascus before the village."""
    level = places.level(number)
    return _GREAT.index(level) if level in _GREAT else len(_GREAT)


@lru_cache(maxsize=64)
def _country(code: str) -> _Country:
    return _Country(_places(), code, read_territories([DATA]).get(code, {}))


def read_territories(folders: Sequence[Path]) -> dict[str, dict[str, frozenset[str]]]:
    """For each country the regions that are made of provinces, with their names.

    Raises KnowledgeError where a file is not as it must be.
    """
    found: dict[str, dict[str, frozenset[str]]] = {}
    for path in files_in(folders, "incidents", ".yaml"):
        if path.name == "territories.yaml":
            for entry in check_keys(str(path), read_yaml(path), ("territories",))["territories"]:
                check_keys(f"{path}: territories", entry, ("region", "country", "provinces", "source"))
                found.setdefault(entry["country"], {})[entry["region"]] = frozenset(entry["provinces"])
    return found


class _Country:
    """The places of a country, by their numbers in the gazetteer."""

    def __init__(self, places: PlaceTable, code: str, territories: Mapping[str, frozenset[str]]) -> None:
        self.places, self.territories = places, territories
        self.numbers = [n for n in range(len(places)) if places.countries[n] == code]
        self.cities = [n for n in self.numbers if places.level(n) == Level.CITY]
        units = {places.names[n] for n in self.numbers if places.level(n) == Level.ADMIN1}
        self.named = {n: places.admin1[n] for n in self.numbers if places.admin1[n] in units}
        self.provinces: dict[int, str | None] = dict(self.named)

    def km(self, a: int, b: int) -> float:
        """The distance of two places; infinite where the point of one is unknown."""
        places = self.places
        if not (places.has_point(a) and places.has_point(b)):
            return math.inf
        return distance_km(places.lats[a], places.lons[a], places.lats[b], places.lons[b])

    def holds(self, outer: int, inner: int) -> bool:
        """Whether a place lies in another; never in itself."""
        level, small = self.places.level(outer), self.places.level(inner)
        if outer == inner or (level == Level.ADMIN1 and self.places.names[inner] in self.territories):
            return False
        if level == Level.ADMIN1:
            return small not in (Level.COUNTRY, Level.ADMIN1) and self.province(inner) == self.places.names[outer]
        territory = self.territories.get(self.places.names[outer])
        if territory is not None:
            inside = self.places.names[inner] if small == Level.ADMIN1 else self.province(inner)
            return inside in territory
        if small not in _HELD.get(level, ()) or self.km(outer, inner) > _REACH_KM[level]:
            return False
        city = self.city(inner) if small in _PARTS else None
        return city == outer if level == Level.CITY else city is None

    def city(self, number: int) -> int | None:
        """The city in whose reach a place lies, the nearest of them; None where no city is as near."""
        near = [n for n in self.cities if self.km(n, number) <= _REACH_KM[Level.CITY]]
        return min(near, key=lambda n: (self.km(n, number), n), default=None)

    def province(self, number: int) -> str | None:
        """The province of a place, as it or the nearest place that knows its own names it."""
        if number not in self.provinces:
            near = min(self.named, key=lambda n: (self.km(n, number), n), default=None)
            known = near is not None and self.km(near, number) <= _NEAREST_KM
            self.provinces[number] = self.named[near] if known and near is not None else None
        return self.provinces[number]
