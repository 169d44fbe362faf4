"""Rows of place files, read and put together: own entries, gazetteer rows, countries."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from riwaya.knowledge.load import files_in, read_tsv
from riwaya.model import KnowledgeError, Level
from riwaya.text.normalise import fold

OWN_COLUMNS = ("id", "name", "arabic", "level", "lat", "lon", "admin1", "aliases", "checked")
WORLD_COLUMNS = ("id", "name", "arabic", "country", *OWN_COLUMNS[3:])
GEONAMES_COLUMNS = ("id", "name", "arabic", "country", "level", "lat", "lon", "admin1", "population")
SAME_KM = 30.0  # a gazetteer's place this near to an own entry of the same name and country is that entry
_IMPORTED = "imported"  # how the note on an imported entry begins: such entries are weighed as a gazetteer's
_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Row:
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


def split_names(field: str) -> tuple[str, ...]:
    """The names of a field, which `|` sets apart."""
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


def read_row(where: str, row: dict[str, str], country: str, *, own: bool) -> Row:
    """A place of a row. Raises KnowledgeError for an unknown level or a coordinate that is no number on the globe.

    A place may be known by name, level and unit alone: both coordinates are then empty.
    """
    try:
        level = Level(row.get("level") or "country")
    except ValueError as error:
        raise KnowledgeError(f"{where}: level: expected one of {', '.join(_LEVELS)}, found '{row['level']}'") from error
    lat, lon = _point(where, row)
    people = int(row.get("population") or 0)
    names, aliases = split_names(row["arabic"]), split_names(row.get("aliases", ""))
    return Row(row["id"], row["name"], names, country, level, lat, lon, row.get("admin1", ""), aliases, people, own)


def read_own(folders: Sequence[Path]) -> Iterator[Row]:
    """Own entries: ``places/own/<ISO2>.tsv`` or ``<ISO2>-<anything>.tsv``; in ``countries.tsv`` the id names it.

    ``world.tsv`` and ``regions.tsv`` have a column for the country.
    """
    for name in ("world.tsv", "regions.tsv"):
        for path in files_in(folders, "places", name):
            for number, row in read_tsv(path, WORLD_COLUMNS):
                yield read_row(f"{path}:{number}", row, row["country"], own=True)
    for path in files_in(folders, "places/own", ".tsv"):
        for number, row in read_tsv(path, OWN_COLUMNS):
            whole = path.stem == "countries"
            country = row["id"][-2:].upper() if whole else path.stem.split("-")[0]
            if len(country) != 2 or not country.isupper():
                raise KnowledgeError(f"{path}: expected a file name that begins with an ISO 3166-1 code")
            yield read_row(f"{path}:{number}", row, country, own=not row["checked"].startswith(_IMPORTED))


def read_bulk(folders: Sequence[Path]) -> Iterator[Row]:
    """The rows of ``geonames.tsv`` of all folders."""
    for path in files_in(folders, "places", "geonames.tsv"):
        for number, row in read_tsv(path, GEONAMES_COLUMNS):
            yield read_row(f"{path}:{number}", row, row["country"], own=False)


def stood_for(known: Sequence[Row], bulk: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """The own rows with the people of the gazetteer's rows that they stand for, and the gazetteer's other rows.

    An own entry stands for a row of its name and country that is near.
    """
    near: dict[tuple[str, str], list[int]] = {}
    for index, row in enumerate(known):
        if row.own and row.level not in (Level.COUNTRY, Level.ADMIN1, Level.REGION, Level.FACILITY):
            for name in row.arabic:
                near.setdefault((row.country, fold(name)), []).append(index)
    people: dict[int, int] = {}
    kept: list[Row] = []
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


def merge_countries(rows: Sequence[Row]) -> list[Row]:
    """The rows with those of one country joined into one: names of all, the point of the last."""
    countries: dict[str, Row] = {}
    others: list[Row] = []
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
            countries[row.country] = Row(
                first.id, row.name, names, row.country, row.level, *point, "", aliases, first.people, first.own
            )
    return [*countries.values(), *others]
