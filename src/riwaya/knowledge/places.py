"""The places that the reader knows, and the phrases by which it finds them.

Sources: ``data/places/own`` and ``world.tsv`` (this project's own entries, each checked), ``geonames.tsv`` and
``regions.tsv`` (compiled from GeoNames, CC BY 4.0) and ``countries.tsv`` (names from CLDR, Unicode License v3; see
NOTICE). Places are kept column by column, so that the table pickles small and loads fast; a
:class:`riwaya.model.Place` is made when one is first chosen.
"""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import files_in, read_tsv
from riwaya.knowledge.place_words import PlaceWords
from riwaya.model import KnowledgeError, Level, Place
from riwaya.text.normalise import fold

OWN_COLUMNS = ("id", "name", "arabic", "level", "lat", "lon", "admin1", "aliases", "checked")
WORLD_COLUMNS = ("id", "name", "arabic", "country", *OWN_COLUMNS[3:])
GEONAMES_COLUMNS = ("id", "name", "arabic", "country", "level", "lat", "lon", "admin1", "population")
COUNTRY_COLUMNS = ("id", "name", "arabic", "iso3", "lat", "lon", "capital", "neighbours")
SAME_KM = 30.0  # a gazetteer's place this near to an own entry of the same name and country is that entry
_ARABIC = re.compile("[\u0600-\u06ff]")
_LEVELS = tuple(Level)
_AND = "\u0648"
_IMPORTED = "imported"  # how the note on an imported entry begins: such entries are weighed as a gazetteer's
_SMALL = (Level.NEIGHBOURHOOD, Level.CAMP, Level.TOWN, Level.VILLAGE)
_SETTLED = (Level.CITY, Level.TOWN, Level.VILLAGE)
_UNITS = (Level.ADMIN1, Level.ADMIN2)


@dataclass(frozen=True, slots=True)
class _Row:
    """A place as read from a file."""

    id: str
    name: str
    arabic: tuple[str, ...]
    country: str
    level: Level
    lat: float
    lon: float
    admin1: str = ""
    aliases: tuple[str, ...] = ()
    people: int = 0
    own: bool = False


def distance_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """The distance of two points in degrees, in kilometres along a great circle."""
    la, lo, lb, mo = map(math.radians, (lat_a, lon_a, lat_b, lon_b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((mo - lo) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def _names(field: str) -> tuple[str, ...]:
    if "|" not in field:
        return (name,) if (name := field.strip()) else ()
    return tuple(name.strip() for name in field.split("|") if name.strip())


def _point(where: str, row: dict[str, str]) -> tuple[float, float]:
    """The point of a row in degrees; not a number twice where the row has none. Raises KnowledgeError for any other."""
    if not row["lat"] and not row["lon"]:
        return math.nan, math.nan
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError as error:
        raise KnowledgeError(f"{where}: lat, lon: expected degrees, found '{row['lat']}', '{row['lon']}'") from error
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise KnowledgeError(f"{where}: lat, lon: expected degrees on the globe, found {lat}, {lon}")
    return lat, lon


def _row(where: str, row: dict[str, str], country: str, *, own: bool) -> _Row:
    """A place of a row. Raises KnowledgeError for an unknown level or a coordinate that is no number on the globe.

    A place may be known by name, level and unit alone: both coordinates are then empty.
    """
    try:
        level = Level(row.get("level") or "country")
    except ValueError as error:
        raise KnowledgeError(f"{where}: level: expected one of {', '.join(_LEVELS)}, found '{row['level']}'") from error
    lat, lon = _point(where, row)
    people = int(row.get("population") or 0)
    names, aliases = _names(row["arabic"]), _names(row.get("aliases", ""))
    return _Row(row["id"], row["name"], names, country, level, lat, lon, row.get("admin1", ""), aliases, people, own)


def _read_own(folders: Sequence[Path]) -> Iterator[_Row]:
    """Own entries: ``places/own/<ISO2>.tsv`` or ``<ISO2>-<anything>.tsv``; in ``countries.tsv`` the id names it.

    ``world.tsv`` and ``regions.tsv`` have a column for the country.
    """
    for name in ("world.tsv", "regions.tsv"):
        for path in files_in(folders, "places", name):
            for number, row in read_tsv(path, WORLD_COLUMNS):
                yield _row(f"{path}:{number}", row, row["country"], own=True)
    for path in files_in(folders, "places/own", ".tsv"):
        for number, row in read_tsv(path, OWN_COLUMNS):
            whole = path.stem == "countries"
            country = row["id"][-2:].upper() if whole else path.stem.split("-")[0]
            if len(country) != 2 or not country.isupper():
                raise KnowledgeError(f"{path}: expected a file name that begins with an ISO 3166-1 code")
            yield _row(f"{path}:{number}", row, country, own=not row["checked"].startswith(_IMPORTED))


def _read_bulk(folders: Sequence[Path]) -> Iterator[_Row]:
    for path in files_in(folders, "places", "geonames.tsv"):
        for number, row in read_tsv(path, GEONAMES_COLUMNS):
            yield _row(f"{path}:{number}", row, row["country"], own=False)


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """Places by number, column by column, with the names by which they are found and the words around them."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    arabic: tuple[str, ...]  # Arabic names, joined by |
    aliases: tuple[str, ...]  # other accepted names, joined by |
    countries: tuple[str, ...]
    levels: bytes
    lats: array[float]  # not a number where the point is unknown
    lons: array[float]
    people: array[int]
    admin1: tuple[str, ...]
    own: bytes
    capitals: dict[str, int]  # country -> place
    seats: dict[str, str]  # id of a capital -> its country
    shorts: dict[str, int]  # folded word that may stand for a place -> place
    words: PlaceWords
    made: dict[int, Place] = field(default_factory=dict, compare=False, repr=False)  # places made so far

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The table of all places in the folders.

        Raises KnowledgeError where a file is not as it must be.
        """
        rows: list[_Row] = []
        states: dict[str, str] = {}
        for path in files_in(folders, "places", "countries.tsv"):
            if path.parent.name != "own":
                for number, row in read_tsv(path, COUNTRY_COLUMNS):
                    rows.append(_row(f"{path}:{number}", row, row["id"], own=False))
                    states[row["id"]] = row["capital"]
        rows.extend(_read_own(folders))
        rows, others = _stood_for(rows, _read_bulk(folders))
        rows = _merged([*rows, *others])
        words, capitals = PlaceWords.load(folders), _capitals(rows, states)
        return cls(
            ids=tuple(row.id for row in rows),
            names=tuple(row.name for row in rows),
            arabic=tuple("|".join(row.arabic) for row in rows),
            aliases=tuple("|".join(row.aliases) for row in rows),
            countries=tuple(row.country for row in rows),
            levels=bytes(_LEVELS.index(row.level) for row in rows),
            lats=array("d", (row.lat for row in rows)),
            lons=array("d", (row.lon for row in rows)),
            people=array("l", (row.people for row in rows)),
            admin1=tuple(row.admin1 for row in rows),
            own=bytes(row.own for row in rows),
            capitals=capitals,
            seats={rows[number].id: country for country, number in capitals.items()},
            shorts=_shorts(rows, words),
            words=words,
        )

    def __len__(self) -> int:
        """The number of places."""
        return len(self.ids)

    def level(self, number: int) -> Level:
        """The level of a place."""
        return _LEVELS[self.levels[number]]

    def has_point(self, number: int) -> bool:
        """Whether the coordinates of a place are known."""
        return not math.isnan(self.lats[number])

    def place(self, number: int) -> Place:
        """The place of a number, as mentions carry it."""
        made = self.made.get(number)
        if made is not None:
            return made
        place = Place(
            id=self.ids[number],
            name=self.names[number],
            country=self.countries[number],
            lat=self.lats[number] if self.has_point(number) else None,
            lon=self.lons[number] if self.has_point(number) else None,
            level=_LEVELS[self.levels[number]],
            aliases=(*_names(self.aliases[number]), *_names(self.arabic[number])),
            admin1=self.admin1[number] or None,
        )
        self.made[number] = place
        return place

    def search(self, name: str) -> list[Place]:
        """Places one of whose names contains the given one, own entries first."""
        wanted = fold(name).strip()
        found = [
            number
            for number in range(len(self))
            if wanted in fold(f"{self.names[number]}|{self.arabic[number]}|{self.aliases[number]}")
        ]
        return [self.place(number) for number in sorted(found, key=lambda n: (not self.own[n], -self.people[n], n))]

    def register(self, builder: LexiconBuilder) -> None:
        """Add the names to layer ``place`` (entry: numbers of places) and the words to layer ``place_cue``.

        A match's features are ``cue`` or ``preposition`` where the name is read as a place only after one, ``sure``
        for the names of countries and own entries.
        """
        by_name: dict[str, dict[int, None]] = {}
        spelt: dict[str, str] = {}
        never = self.words.lists["never"]
        for number in range(len(self)):
            names = [*_names(self.arabic[number]), *(a for a in _names(self.aliases[number]) if not a.isascii())]
            for name, key in self.words.toponyms(names):
                if self.own[number] or key not in never:
                    by_name.setdefault(key, {})[number] = None
                    spelt.setdefault(key, name)
        bare = self._bare_names(by_name)
        for key, numbers in bare.items():
            builder.add("place", key, tuple(numbers), features="cue")
        for key, numbers in by_name.items():
            if _ARABIC.search(key) is None:
                continue
            if self._is_direction_of(key, numbers, by_name) or self._is_generic(key, numbers, by_name):
                continue
            if _is_pair(key, by_name):
                continue
            builder.add("place", spelt[key], tuple(numbers), features=self._caution(key, numbers))
        self.words.register(builder)

    def _bare_names(self, by_name: dict[str, dict[int, None]]) -> dict[str, dict[int, None]]:
        """Names of own entries without the generic word, where we have them with it only: `التضامن` of `حي التضامن`.

        They are everyday words as a rule, and read as places only beside other places. Where another place bears the
        bare name, a governorate or district (`ولاية النيل الأزرق`) becomes one of its candidates.
        """
        inside = {fold(word) for cue in self.words.cues for word in cue.words}
        bare: dict[str, dict[int, None]] = {}
        for key, numbers in list(by_name.items()):
            first, _, rest = key.partition(" ")
            if first not in inside or first in self.words.lists["first_part"] or len(rest) < 3 or rest[0].isdigit():
                continue  # `تل عثمان` is not Uthman
            units = [n for n in numbers if self.own[n] and self.level(n) in _UNITS]
            if rest in by_name:
                by_name[rest].update(dict.fromkeys(units))
            elif places := [n for n in numbers if self.own[n] and self.level(n) in _SMALL] or units:
                bare.setdefault(rest, {}).update(dict.fromkeys(places))
        return bare

    def _caution(self, key: str, numbers: Iterable[int]) -> str:
        """The features of a name: what it needs beside it, or ``sure`` where a country or an own entry bears it."""
        sure = any(self.own[number] or self.level(number) is Level.COUNTRY for number in numbers)
        return self.words.caution(key) or ("sure" if sure else "")

    def _is_generic(self, key: str, numbers: Iterable[int], by_name: dict[str, dict[int, None]]) -> bool:
        """Whether a name is a generic word that stays outside (`منطقة عفرين`) and a name that another place bears.

        It is kept where the bare name is a region's first, as `مدينة غزة` is of the Gaza Strip's.
        """
        first, _, rest = key.partition(" ")
        if first not in self.words.outside or rest not in by_name:
            return False
        if any(self.level(number) not in (*_SETTLED, Level.ADMIN2) for number in numbers):
            return False  # `مزارع شبعا`
        regions = {self.countries[n] for n in by_name[rest] if self.level(n) in (Level.REGION, Level.COUNTRY)}
        return not any(self.countries[number] in regions for number in numbers)

    def _is_direction_of(self, key: str, numbers: Iterable[int], by_name: dict[str, dict[int, None]]) -> bool:
        """Whether a region's name is a direction and another name (`شمال سوريا`): the direction stays outside."""
        words = key.split()
        start = 0
        sides = self.words.sides
        while start < len(words) - 1 and (words[start] in sides or words[start].removeprefix(_AND) in sides):
            start += 1
        if start == 0 or " ".join(words[start:]) not in by_name:
            return False
        return all(self.level(number) in (Level.REGION, Level.NATURAL) for number in numbers)


def _is_pair(key: str, by_name: dict[str, dict[int, None]]) -> bool:
    """Whether a name is two names joined (`سرت والجفرة`): they are read one by one."""
    first, joined, second = key.partition(f" {_AND}")
    return bool(joined) and first in by_name and second in by_name


def _stood_for(known: Sequence[_Row], bulk: Iterable[_Row]) -> tuple[list[_Row], list[_Row]]:
    """The own rows with the people of the gazetteer's rows that they stand for, and the gazetteer's other rows.

    An own entry stands for a row of its name and country that is near.
    """
    near: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(known):
        if row.own and row.level not in (Level.COUNTRY, Level.ADMIN1, Level.REGION, Level.FACILITY):
            for name in row.arabic:
                near.setdefault((row.country, fold(name)), []).append(index)
    people: dict[int, int] = {}
    kept: list[_Row] = []
    for row in bulk:
        found = [
            index
            for name in row.arabic
            for index in near.get((row.country, fold(name)), ())
            if distance_km(row.lat, row.lon, known[index].lat, known[index].lon) < SAME_KM
        ]
        for index in found:
            people[index] = max(people.get(index, 0), row.people)
        if not found:
            kept.append(row)
    return [replace(row, people=people[index]) if index in people else row for index, row in enumerate(known)], kept


def _merged(rows: Sequence[_Row]) -> list[_Row]:
    """The rows with those of one country joined into one: names of all, the point of the last."""
    countries: dict[str, _Row] = {}
    others: list[_Row] = []
    for row in rows:
        first = countries.get(row.country)
        if row.level is not Level.COUNTRY:
            others.append(row)
        elif first is None:
            countries[row.country] = row
        else:
            names = tuple(dict.fromkeys((*first.arabic, *row.arabic)))
            aliases = tuple(dict.fromkeys((*first.aliases, first.name, *row.aliases)))
            point = (row.lat, row.lon)
            countries[row.country] = _Row(
                first.id, row.name, names, row.country, row.level, *point, "", aliases, first.people, first.own
            )
    return [*countries.values(), *others]


def _capitals(rows: Sequence[_Row], seats: dict[str, str]) -> dict[str, int]:
    """For each country the number of its capital: our own entry of that name, else the largest town of it."""
    found: dict[str, int] = {}
    for number, row in enumerate(rows):
        if row.level not in (Level.CITY, Level.TOWN) or row.country not in seats:
            continue
        wanted = {fold(name) for name in seats[row.country].split("|")}
        if wanted & {fold(name) for name in (row.name, *row.arabic, *row.aliases)}:
            best = found.get(row.country)
            if best is None or (not rows[best].own and rows[best].people < row.people):
                found[row.country] = number
    return found


def _shorts(rows: Sequence[_Row], words: PlaceWords) -> dict[str, int]:
    """For each short word (`القطاع`) the number of the place that it may stand for, where we have it."""
    found: dict[str, int] = {}
    for word, name, country in words.shorts:
        for number, row in enumerate(rows):
            if row.country == country and any(fold(own) == fold(name) for own in row.arabic):
                found.setdefault(word, number)
    return found
