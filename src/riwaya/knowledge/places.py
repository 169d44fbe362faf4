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
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import files_in, read_tsv
from riwaya.knowledge.place_rows import (
    Row,
    merge_countries,
    read_bulk,
    read_own,
    read_row,
    split_names,
    stood_for,
)
from riwaya.knowledge.place_words import PlaceWords
from riwaya.model import Level, Place
from riwaya.text.letters import BA, WA
from riwaya.text.normalise import fold

COUNTRY_COLUMNS = ("id", "name", "arabic", "iso3", "lat", "lon", "capital", "neighbours")
_ARABIC = re.compile("[\u0600-\u06ff]")
_LEVELS = tuple(Level)
_SHORTEST = 4  # letters of a name that is found without what tells it from others
_SMALL = (Level.NEIGHBOURHOOD, Level.CAMP, Level.TOWN, Level.VILLAGE)
_SETTLED = (Level.CITY, Level.TOWN, Level.VILLAGE)
_UNITS = (Level.ADMIN1, Level.ADMIN2)


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
        rows: list[Row] = []
        states: dict[str, str] = {}
        for path in files_in(folders, "places", "countries.tsv"):
            if path.parent.name != "own":
                for number, row in read_tsv(path, COUNTRY_COLUMNS):
                    rows.append(read_row(f"{path}:{number}", row, row["id"], own=False))
                    states[row["id"]] = row["capital"]
        rows.extend(read_own(folders))
        rows, others = stood_for(rows, read_bulk(folders))
        rows = merge_countries([*rows, *others])
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
            aliases=(*split_names(self.aliases[number]), *split_names(self.arabic[number])),
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
            names = list(split_names(self.arabic[number]))
            names += [alias for alias in split_names(self.aliases[number]) if not alias.isascii()]
            if self.own[number]:
                names += self.words.respelt(names)
            for name, key in self.words.toponyms(names):
                if self.own[number] or key not in never:
                    by_name.setdefault(key, {})[number] = None
                    spelt.setdefault(key, name)
        bare = self._baresplit_names(by_name)
        for key, number in self._told_apart(by_name):
            if key not in by_name:
                bare.setdefault(key, {})[number] = None
            elif any(self.own[other] for other in by_name[key]):
                by_name[key][number] = None
        for key, numbers in bare.items():
            builder.add("place", key, tuple(numbers), features="cue")
        lent = self._lent(by_name)
        for key, numbers in by_name.items():
            if _ARABIC.search(key) is None:
                continue
            if self._is_direction_of(key, numbers, by_name) or self._is_generic(key, numbers, by_name):
                continue
            if _is_pair(key, by_name):
                continue
            known = tuple(dict.fromkeys((*numbers, *lent.get(key, ()))))
            builder.add("place", spelt[key], known, features=self._caution(key, numbers))
        self.words.register(builder)

    def _baresplit_names(self, by_name: dict[str, dict[int, None]]) -> dict[str, dict[int, None]]:
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

    def _lent(self, by_name: dict[str, dict[int, None]]) -> dict[str, list[int]]:
        """Own places that we have with their generic word only, by a bare name that a place of another country bears.

        `بلدة كتم` of Sudan is a candidate of `كتم`, a village of Jordan, whose name is read as before.
        """
        lent: dict[str, list[int]] = {}
        for key, numbers in by_name.items():
            first, _, rest = key.partition(" ")
            if first in self.words.outside and rest in by_name:
                places = [n for n in numbers if self.own[n] and self.level(n) in (*_SETTLED, *_SMALL)]
                homes = {self.countries[n] for n in by_name[rest]}
                lent.setdefault(rest, []).extend(n for n in places if self.countries[n] not in homes)
        return lent

    def _told_apart(self, by_name: dict[str, dict[int, None]]) -> Iterator[tuple[str, int]]:
        """The names of own entries without what tells them from their namesakes: `الطيبة` of `الطيبة جنوب لبنان`.

        Each with the number of its place; they are read like :meth:`_bare_names`. The longer name is taken out of
        ``by_name`` where it holds two (`الجورة بالشيخ زويد`).
        """
        generic = {fold(word).split()[0] for cue in self.words.cues for word in cue.words}
        for number in range(len(self)):
            if not self.own[number] or self.level(number) not in _SMALL:
                continue
            forms = [fold(name) for name in split_names(self.arabic[number])]
            for form in forms:
                first, _, rest = form.partition(" ")
                within = None if first in self.words.outside and rest not in by_name else _before_another(form, by_name)
                name = within or self.words.before_side(form) or (rest if first in self.words.outside else None)
                if name is None or name[0].isdigit() or len(name) < _SHORTEST or name.split()[0] in generic:
                    continue
                if name == rest and rest in by_name:
                    continue  # `ضاحية حرستا` is not Harasta
                if within is not None:
                    by_name.pop(form, None)
                if name not in forms and not self.words.has("ordinary", name):
                    yield name, number

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
        while start < len(words) - 1 and (words[start] in sides or words[start].removeprefix(WA) in sides):
            start += 1
        if start == 0 or " ".join(words[start:]) not in by_name:
            return False
        return all(self.level(number) in (Level.REGION, Level.NATURAL) for number in numbers)


def _before_another(key: str, by_name: dict[str, dict[int, None]]) -> str | None:
    """What stands before another place in a folded name (`يثرب` of `يثرب بصلاح الدين`), None where none does."""
    words = key.split()
    for at in range(1, len(words)):
        rest = " ".join(words[at:])
        if rest[0] == BA and rest[1:] in by_name:
            return " ".join(words[:at])
    return None


def _is_pair(key: str, by_name: dict[str, dict[int, None]]) -> bool:
    """Whether a name is two names joined (`سرت والجفرة`): they are read one by one."""
    first, joined, second = key.partition(f" {WA}")
    return bool(joined) and first in by_name and second in by_name


def _capitals(rows: Sequence[Row], seats: dict[str, str]) -> dict[str, int]:
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


def _shorts(rows: Sequence[Row], words: PlaceWords) -> dict[str, int]:
    """For each short word (`القطاع`) the number of the place that it may stand for, where we have it."""
    found: dict[str, int] = {}
    for word, name, country in words.shorts:
        for number, row in enumerate(rows):
            if row.country == country and any(fold(own) == fold(name) for own in row.arabic):
                found.setdefault(word, number)
    return found
