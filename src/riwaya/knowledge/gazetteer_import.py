"""Bring a gazetteer of the user's into the form of this project's own entries.

Four kinds of file are read: a GeoNames country file (tab-separated text without a header,
https://download.geonames.org/export/dump/), a table of P-codes as OCHA publishes them (CSV or TSV with a header,
columns found by their names), any other table with columns for name, Arabic name, country and coordinates, and
GeoJSON with names in its features' properties. A packed file (``.gz``) is unpacked. The entries are written to
``<folder>/places/own/<ISO2>-<file>.tsv``, one file a country, where the reader finds them through ``--knowledge``.
What the files hold stays under their own licences.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from riwaya.knowledge.place_rows import OWN_COLUMNS
from riwaya.model import KnowledgeError, Level

GazetteerKind = Literal["geonames", "pcodes", "table", "geojson"]

_ARABIC = re.compile("[\u0621-\u064a\u0671-\u06d3]")
_DROPPED = re.compile("[\u064b-\u0652\u0670\u0640\u200b-\u200f\u202a-\u202e]")
_PACKED = b"\x1f\x8b"  # how gzip files begin
_GEONAMES_FIELDS = 19
_CITY, _TOWN = 75_000, 5_000  # people
_FEATURES: Mapping[str, Level] = {
    "PCLI": Level.COUNTRY,
    "ADM1": Level.ADMIN1,
    "ADM2": Level.ADMIN2,
    "ADM3": Level.ADMIN2,
    "PPLX": Level.NEIGHBOURHOOD,
    "RGN": Level.REGION,
    "AIRP": Level.FACILITY,
    "AIRB": Level.FACILITY,
    "AIRF": Level.FACILITY,
    "PRT": Level.FACILITY,
    "DAM": Level.FACILITY,
    "BDG": Level.FACILITY,
    "HSP": Level.FACILITY,
    "PRN": Level.FACILITY,
    "INSM": Level.FACILITY,
    "CMPRF": Level.CAMP,
    "CMP": Level.CAMP,
}
_CLASSES: Mapping[str, Level] = {"P": Level.TOWN, "T": Level.NATURAL, "H": Level.NATURAL, "L": Level.REGION}
_TYPES: Mapping[str, Level] = {
    "region": Level.ADMIN1,
    "governorate": Level.ADMIN1,
    "county": Level.ADMIN2,
    "district": Level.ADMIN2,
    "localadmin": Level.ADMIN2,
    "locality": Level.TOWN,
    "borough": Level.NEIGHBOURHOOD,
    "macrohood": Level.NEIGHBOURHOOD,
    "microhood": Level.NEIGHBOURHOOD,
    "neighborhood": Level.NEIGHBOURHOOD,
    "campus": Level.FACILITY,
    "venue": Level.FACILITY,
    "macroregion": Level.REGION,
}
_ADMIN_LEVELS = (Level.COUNTRY, Level.ADMIN1, Level.ADMIN2, Level.ADMIN2, Level.VILLAGE)


@dataclass(frozen=True, slots=True)
class RowError:
    """A row that was left out: its line (features of GeoJSON from 1), and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import wrote: the files, the number of entries, rows without an Arabic name, and rows in error."""

    kind: GazetteerKind
    files: tuple[Path, ...]
    written: int
    nameless: int
    errors: tuple[RowError, ...]

    def __str__(self) -> str:
        """The result for a person: counts, files, and each row in error."""
        lines = [f"{self.written} places from a file of kind '{self.kind}'; {self.nameless} without an Arabic name"]
        lines += [f"  {path}" for path in self.files]
        lines += [f"  line {error.line}: {error.reason}" for error in self.errors]
        return "\n".join(lines)


@dataclass(slots=True)
class _Entry:
    id: str
    name: str
    arabic: list[str]
    country: str
    level: Level
    lat: float
    lon: float
    admin1: str = ""
    aliases: list[str] = field(default_factory=list)


def import_gazetteer(path: Path, out_folder: Path, kind: GazetteerKind | None = None) -> ImportResult:
    """The result of reading a gazetteer and writing its entries under a knowledge folder.

    Without ``kind`` the file's form tells it. A row that cannot be read is an error of the result, and the rest goes
    on; rows without an Arabic name are counted and left out, as the reader could not find them.

    Raises KnowledgeError where the file cannot be read at all, or is of no known kind.
    """
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == _PACKED else raw).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: expected a gazetteer in UTF-8, found: {error}") from error
    kind = kind or detect_kind(path, text)
    read: dict[str, Callable[[Path, str], Iterator[_Entry | RowError]]]
    read = {"geonames": _read_geonames, "pcodes": _read_pcodes, "table": _read_table, "geojson": _read_geojson}
    entries: list[_Entry] = []
    errors: list[RowError] = []
    nameless = 0
    for item in read[kind](path, text):
        if isinstance(item, RowError):
            errors.append(item)
        elif item.arabic:
            entries.append(item)
        else:
            nameless += 1
    files = _write(entries, out_folder, path.name.split(".")[0])
    return ImportResult(kind, files, len(entries), nameless, tuple(errors))


def detect_kind(path: Path, text: str) -> GazetteerKind:
    """The kind of a gazetteer file by its form.

    Raises KnowledgeError where it is none of them.
    """
    head = text[:1].strip() or text.lstrip()[:1]
    first = text.split("\n", 1)[0]
    if head == "{":
        return "geojson"
    if first.count("\t") == _GEONAMES_FIELDS - 1 and first.split("\t")[0].isdigit():
        return "geonames"
    if _delimiter(first) and any("pcode" in name.casefold() for name in first.split(_delimiter(first))):
        return "pcodes"
    if _delimiter(first) and {"name", "lat", "country"} <= set(_table_columns(first.split(_delimiter(first)))):
        return "table"
    raise KnowledgeError(
        f"{path}: expected a GeoNames country file ({_GEONAMES_FIELDS} tab-separated fields), a table with columns "
        f"for P-codes or for name, country, lat and lon, or GeoJSON, found: {first[:80]!r}"
    )


def _delimiter(header: str) -> str:
    return max("\t;,", key=header.count) if any(mark in header for mark in "\t;,") else ""


def _clean(name: str) -> str:
    """A name in NFC without vowel marks and direction marks; tabs and bars become spaces."""
    name = _DROPPED.sub("", unicodedata.normalize("NFKC", name)) if _ARABIC.search(name) else name
    return " ".join(unicodedata.normalize("NFC", name).replace("|", " ").split())


def _split_names(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Names by script: (Arabic, other), each once, in order."""
    cleaned = [name for name in map(_clean, names) if name]
    arabic = list(dict.fromkeys(name for name in cleaned if _ARABIC.search(name)))
    return arabic, list(dict.fromkeys(name for name in cleaned if not _ARABIC.search(name)))


def _point(lat: Any, lon: Any) -> tuple[float, float]:
    """The coordinates as degrees. Raises ValueError where they are none."""
    try:
        found = float(lat), float(lon)
    except (TypeError, ValueError):
        raise ValueError(f"expected coordinates in degrees, found {lat!r}, {lon!r}") from None
    if not (abs(found[0]) <= 90 and abs(found[1]) <= 180):
        raise ValueError(f"expected coordinates on the globe, found {found[0]}, {found[1]}")
    return found


def _country(code: Any) -> str:
    """An ISO 3166-1 code of two letters. Raises ValueError where it is none."""
    code = str(code or "").strip().upper()
    if not re.fullmatch("[A-Z]{2}", code):
        raise ValueError(f"expected an ISO 3166-1 alpha-2 country code, found {code!r}")
    return str(code)


def _read_geonames(path: Path, text: str) -> Iterator[_Entry | RowError]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        fields = line.rstrip("\r").split("\t")
        if len(fields) != _GEONAMES_FIELDS:
            yield RowError(number, f"expected {_GEONAMES_FIELDS} fields, found {len(fields)}")
            continue
        level = _geonames_level(fields[6], fields[7], fields[14])
        if level is None:
            continue
        try:
            lat, lon = _point(fields[4], fields[5])
            arabic, other = _split_names(fields[3].split(","))
            yield _Entry(
                f"gn{fields[0]}", _clean(fields[1]), arabic, _country(fields[8]), level, lat, lon, "", other[:5]
            )
        except ValueError as error:
            yield RowError(number, str(error))


def _geonames_level(feature_class: str, code: str, people: str) -> Level | None:
    """The level of a GeoNames feature, None for features that reports do not place events at (roads, streams …)."""
    if feature_class == "P" and code != "PPLX":
        count = int(people) if people.isdigit() else 0
        return Level.CITY if count >= _CITY else Level.TOWN if count >= _TOWN or code != "PPL" else Level.VILLAGE
    return _FEATURES.get(code) or (_CLASSES.get(feature_class) if code in ("MT", "MTS", "LK", "STM", "ISL") else None)


def _read_pcodes(path: Path, text: str) -> Iterator[_Entry | RowError]:
    lines = text.splitlines()
    reader = csv.reader(lines, delimiter=_delimiter(lines[0]))
    header = [name.strip().casefold() for name in next(reader)]
    columns = _pcode_columns(path, header)
    for row in reader:
        number = reader.line_num
        if not any(row) or row[0].startswith("#"):
            continue  # a row of HXL tags
        if len(row) != len(header):
            yield RowError(number, f"expected {len(header)} fields, found {len(row)}")
            continue
        get = {key: row[index].strip() for key, index in columns.items()}
        try:
            lat, lon = _point(get["lat"].replace(",", "."), get["lon"].replace(",", "."))
            country = _country(get["pcode"][:2])
        except ValueError as error:
            yield RowError(number, str(error))
            continue
        arabic, other = _split_names([get.get("arabic", ""), get["name"]])
        name = other[0] if other else get["pcode"]
        level = _ADMIN_LEVELS[int(_depth_listed(header, columns))]
        yield _Entry(get["pcode"].lower(), name, arabic, country, level, lat, lon, get.get("admin1", ""), other[1:])


def _pcode_columns(path: Path, header: Sequence[str]) -> dict[str, int]:
    """The columns of a P-code table: the deepest level's code and names, coordinates, the first level's name.

    Raises KnowledgeError where one that is needed is missing.
    """
    codes = [(_depth(name), index) for index, name in enumerate(header) if "pcode" in name]
    depth, pcode = max(codes)
    found = {"pcode": pcode}
    for index, name in enumerate(header):
        named = "name" in name or re.fullmatch(r"(adm|admin)\d+_[a-z]{2}", name)
        if named and _depth(name) == depth:
            found.setdefault("arabic" if re.search(r"(_|\b)ar(abic)?$", name) else "name", index)
        if named and _depth(name) == 1 and depth > 1 and not name.endswith(("_ar", "arabic")):
            found.setdefault("admin1", index)
        if re.fullmatch(r"(center_?|centroid_?)?(lat(itude)?|y|point_y)(_?dd)?", name):
            found.setdefault("lat", index)
        if re.fullmatch(r"(center_?|centroid_?)?(lon(g|gitude)?|lng|x|point_x)(_?dd)?", name):
            found.setdefault("lon", index)
    for needed in ("name", "lat", "lon"):
        if needed not in found:
            raise KnowledgeError(f"{path}:1: expected a column for {needed}, found {', '.join(header)}")
    return found


_TABLE_COLUMNS: Mapping[str, str] = {
    "id": r"id|.*_id",
    "name": r"name|name_?en|english",
    "arabic": r"arabic|name_?ar(abic)?|ar",
    "country": r"country|iso2|iso_?a2|country_?code",
    "lat": r"lat(itude)?|y",
    "lon": r"lon(g|gitude)?|lng|x",
    "level": r"level|(place)?_?type",
}


def _table_columns(header: Sequence[str]) -> dict[str, int]:
    """The columns of a table by what they hold; of several that fit, the first."""
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        for key, pattern in _TABLE_COLUMNS.items():
            if key not in found and re.fullmatch(pattern, name.strip().casefold()):
                found[key] = index
    return found


def _read_table(path: Path, text: str) -> Iterator[_Entry | RowError]:
    lines = text.splitlines()
    reader = csv.reader(lines, delimiter=_delimiter(lines[0]))
    header = next(reader)
    columns = _table_columns(header)
    for row in reader:
        number = reader.line_num
        if not any(row):
            continue
        if len(row) != len(header):
            yield RowError(number, f"expected {len(header)} fields, found {len(row)}")
            continue
        get = {key: row[index].strip() for key, index in columns.items()}
        try:
            lat, lon = _point(get.get("lat"), get.get("lon"))
            country, level = _country(get.get("country")), _table_level(get.get("level", ""))
        except ValueError as error:
            yield RowError(number, str(error))
            continue
        arabic, other = _split_names([*get.get("arabic", "").split("|"), get.get("name", "")])
        ident = get.get("id") or f"{path.name.split('.')[0]}-{number}"
        yield _Entry(ident, (other or arabic or [ident])[0], arabic, country, level, lat, lon, "", other[1:])


def _table_level(name: str) -> Level:
    """The level that a column names. Raises ValueError for a word that is no level and no known type."""
    name = name.casefold() or "town"
    known = _TYPES.get(name)
    if known is not None:
        return known
    try:
        return Level(name)
    except ValueError:
        raise ValueError(f"expected a level or one of {', '.join(_TYPES)}, found {name!r}") from None


def _depth(name: str) -> int:
    digits = re.search(r"\d", name)
    return int(digits.group()) if digits else len(_ADMIN_LEVELS) - 1


def _depth_listed(header: Sequence[str], columns: Mapping[str, int]) -> int:
    """The administrative depth (0 country … 4 place) that a P-code table lists."""
    return min(_depth(header[columns["pcode"]]), len(_ADMIN_LEVELS) - 1)


def _read_geojson(path: Path, text: str) -> Iterator[_Entry | RowError]:
    try:
        content = json.loads(text)
        features = content["features"] if content.get("type") == "FeatureCollection" else [content]
    except (json.JSONDecodeError, AttributeError, KeyError) as error:
        raise KnowledgeError(f"{path}: expected a GeoJSON FeatureCollection, found: {error}") from error
    for number, feature in enumerate(features, start=1):
        try:
            yield _feature(number, feature, path.stem)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield RowError(number, str(error) or type(error).__name__)


def _feature(number: int, feature: Mapping[str, Any], stem: str) -> _Entry:
    """The entry of a GeoJSON feature; of a line or an area, the middle of its points."""
    properties: Mapping[str, Any] = feature.get("properties") or {}
    points = list(_positions(feature["geometry"]["coordinates"]))
    lat, lon = _point(sum(p[1] for p in points) / len(points), sum(p[0] for p in points) / len(points))
    keys = ("name_ar", "name:ar", "name", "name_en", "name:en")
    arabic, other = _split_names(str(properties[key]) for key in keys if properties.get(key))
    if not arabic and not other:
        raise ValueError("expected a property 'name' or 'name_ar', found none")
    try:
        level = Level(str(properties.get("level") or "town"))
    except ValueError:
        raise ValueError(f"expected a level of the codebook, found {properties['level']!r}") from None
    code = next((properties[key] for key in ("country", "iso2", "ISO_A2", "iso_a2") if properties.get(key)), None)
    ident = str(feature.get("id") or properties.get("id") or f"{stem}-{number}")
    return _Entry(ident, other[0] if other else arabic[0], arabic, _country(code), level, lat, lon, "", other[1:])


def _positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    """Every position of a geometry's coordinates, as (lon, lat)."""
    if coordinates and isinstance(coordinates[0], (int, float)):
        yield float(coordinates[0]), float(coordinates[1])
        return
    for part in coordinates:
        yield from _positions(part)


def _write(entries: Sequence[_Entry], out_folder: Path, stem: str) -> tuple[Path, ...]:
    """Write the entries, one file a country, sorted by id; the files."""
    safe = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower() or "import"
    folder = out_folder / "places" / "own"
    files: list[Path] = []
    for country in sorted({entry.country for entry in entries}):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{country}-{safe}.tsv"
        rows = sorted((entry for entry in entries if entry.country == country), key=lambda entry: entry.id)
        lines = ["\t".join(OWN_COLUMNS), *("\t".join(_fields(entry, stem)) for entry in rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        files.append(path)
    return tuple(files)


def _fields(entry: _Entry, stem: str) -> tuple[str, ...]:
    arabic, aliases = "|".join(entry.arabic), "|".join(entry.aliases)
    point = (f"{entry.lat:.4f}", f"{entry.lon:.4f}")
    return (entry.id, entry.name, arabic, entry.level.value, *point, entry.admin1, aliases, f"imported from {stem}")
