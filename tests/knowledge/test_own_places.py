"""The project's own place entries are whole, distinct, written as they should be and inside their countries."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from riwaya.knowledge.place_rows import distance_km
from riwaya.model import Level
from riwaya.text.normalise import fold

OWN = Path(__file__).resolve().parents[2] / "src/riwaya/knowledge/data/places/own"
COLUMNS = ["id", "name", "arabic", "level", "lat", "lon", "admin1", "aliases", "checked"]
LEVELS = {str(level) for level in Level}
FILES = sorted(OWN.glob("*.tsv"))
COUNTRY_FILES = [path for path in FILES if path.stem != "countries"]

# South, north, west, east in degrees, with the seas and border strips that news counts to the country.
BOXES = {
    "AE": (22.5, 26.5, 51.0, 56.6),
    "AF": (29.3, 38.6, 60.4, 75.0),
    "AM": (38.8, 41.4, 43.4, 46.7),
    "AZ": (38.3, 42.0, 44.7, 50.7),
    "BD": (20.5, 26.7, 88.0, 92.8),
    "BF": (9.3, 15.2, -5.6, 2.5),
    "BH": (25.5, 26.4, 50.2, 50.9),
    "CD": (-13.5, 5.5, 12.0, 31.4),
    "CF": (2.2, 11.1, 14.3, 27.5),
    "CM": (1.6, 13.2, 8.4, 16.3),
    "DJ": (10.9, 12.8, 41.7, 43.6),
    "DZ": (18.9, 37.2, -8.8, 12.0),
    "EG": (21.9, 31.8, 24.6, 37.0),
    "EH": (20.7, 27.8, -17.2, -8.6),
    "ER": (12.3, 18.1, 36.4, 43.2),
    "ET": (3.3, 15.0, 32.9, 48.1),
    "GE": (41.0, 43.7, 39.9, 46.8),
    "IL": (29.4, 33.4, 34.2, 35.95),
    "IN": (6.5, 37.2, 68.0, 97.5),
    "IQ": (29.0, 37.5, 38.7, 49.0),
    "IR": (25.0, 39.8, 44.0, 63.4),
    "JO": (29.1, 33.5, 34.9, 39.4),
    "KE": (-4.8, 5.1, 33.9, 42.0),
    "KW": (28.4, 30.2, 46.5, 49.3),
    "LB": (33.0, 34.75, 35.0, 36.7),
    "LY": (19.4, 33.3, 9.2, 25.3),
    "MA": (27.6, 36.0, -13.3, -0.9),
    "ML": (10.1, 25.1, -12.3, 4.3),
    "MM": (9.5, 28.6, 92.1, 101.3),
    "MR": (14.6, 27.4, -17.2, -4.7),
    "MZ": (-27.0, -10.4, 30.2, 41.0),
    "NE": (11.6, 23.6, 0.1, 16.1),
    "NG": (4.2, 14.0, 2.6, 14.8),
    "OM": (16.6, 26.6, 51.9, 60.0),
    "PH": (4.5, 21.2, 116.8, 126.7),
    "PK": (23.6, 37.2, 60.8, 77.9),
    "PS": (31.2, 32.6, 34.2, 35.65),
    "QA": (24.4, 26.3, 50.7, 51.8),
    "RU": (41.1, 77.8, 19.6, 180.0),
    "SA": (16.3, 32.2, 34.5, 55.7),
    "SD": (8.6, 22.4, 21.8, 38.7),
    "SO": (-1.8, 12.1, 40.9, 51.5),
    "SS": (3.4, 12.3, 23.4, 36.0),
    "SY": (32.2, 37.4, 35.5, 42.5),
    "TD": (7.4, 23.5, 13.4, 24.1),
    "TN": (30.2, 37.6, 7.5, 11.7),
    "TR": (35.8, 42.2, 25.6, 44.9),
    "UA": (44.3, 52.4, 22.1, 40.3),
    "YE": (12.0, 20.0, 41.8, 54.6),
}

# Countries of which we have a capital and a few cities only: kilometres from the middle of their towns.
REACH_KM = {"AU": 3500, "CA": 3500, "CN": 2500, "ES": 1500, "ID": 2500, "US": 4500}
REACH_ELSE_KM = 1600

# At least so many entries of these countries: what ten years of news on their conflicts names.
LEAST = {"SY": 800, "YE": 400, "PS": 300, "IQ": 350, "LY": 250, "SD": 280, "LB": 230, "EG": 140, "SO": 130, "IL": 120}

# Everyday words and given names that are places only with a generic word before them.
NEVER_BARE = (
    "الثورة النصر السلام الوحدة العمل الحرية صالح الصدر الجديدة الشمال الجنوب الشرق الغرب "
    "الباب القائم الحالي نصيب سلوك عقرب الميادين القدم التضامن"
)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def all_rows() -> list[tuple[Path, dict[str, str]]]:
    return [(path, row) for path in FILES for row in rows_of(path)]


def test_there_are_enough_entries() -> None:
    counts = {path.stem: len(rows_of(path)) for path in COUNTRY_FILES}
    assert sum(counts.values()) >= 4500
    assert {country: n for country, n in LEAST.items() if counts.get(country, 0) < n} == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_columns_and_values(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == COLUMNS
    assert [n for n, line in enumerate(lines, 1) if line.count("\t") != len(COLUMNS) - 1] == []
    for row in rows_of(path):
        assert row["name"], row
        assert row["arabic"], row
        assert row["checked"], row
        assert row["level"] in LEVELS, row
        assert all(field == field.strip() for field in row.values()), row


def test_ids_are_unique_slugs_of_their_country() -> None:
    seen = Counter(row["id"] for _, row in all_rows())
    assert [id for id, n in seen.items() if n > 1] == []
    for path, row in all_rows():
        prefix = "country" if path.stem == "countries" else path.stem.lower()
        assert row["id"].startswith(prefix + "-"), row["id"]
        assert row["id"].isascii(), row["id"]
        assert row["id"] == row["id"].lower(), row["id"]
        assert row["id"].replace("-", "").isalnum(), row["id"]


def test_text_is_clean() -> None:
    for _, row in all_rows():
        text = "".join(row.values())
        assert unicodedata.is_normalized("NFC", text), row["id"]
        assert not any(unicodedata.category(c) == "Cf" for c in text), row["id"]
        arabic = row["arabic"]
        assert not any("\ufb50" <= c <= "\ufeff" or "\u064b" <= c <= "\u0655" for c in arabic), row["id"]
        assert not set(arabic) & set("ـیکگەۆڤ"), row["id"]
        forms = arabic.split("|")
        assert all(forms), row["id"]
        assert len(forms) == len(set(forms)), row["id"]


@pytest.mark.parametrize("path", [path for path in COUNTRY_FILES if path.stem not in BOXES], ids=lambda path: path.stem)
def test_cities_lie_near_their_country(path: Path) -> None:
    middles = {row["id"]: row for row in rows_of(OWN.parent / "countries.tsv")}
    lat, lon = float(middles[path.stem]["lat"]), float(middles[path.stem]["lon"])
    far = [
        (row["id"], row["lat"], row["lon"])
        for row in rows_of(path)
        if row["lat"]
        if distance_km(lat, lon, float(row["lat"]), float(row["lon"])) > REACH_KM.get(path.stem, REACH_ELSE_KM)
    ]
    assert far == []


@pytest.mark.parametrize("path", [path for path in COUNTRY_FILES if path.stem in BOXES], ids=lambda path: path.stem)
def test_points_lie_in_the_country(path: Path) -> None:
    south, north, west, east = BOXES[path.stem]
    outside = [
        (row["id"], row["lat"], row["lon"])
        for row in rows_of(path)
        if row["lat"] or row["lon"]
        if not (south <= float(row["lat"]) <= north and west <= float(row["lon"]) <= east)
    ]
    assert outside == []


def test_a_place_without_a_point_says_why() -> None:
    pointless = [row for _, row in all_rows() if not row["lat"]]
    assert [row["id"] for row in pointless if row["lon"] or "no gazetteer" not in row["checked"]] == []


def test_everyday_words_stand_with_a_generic_word() -> None:
    bare = {fold(word) for word in NEVER_BARE.split()}
    found = [(row["id"], form) for _, row in all_rows() for form in row["arabic"].split("|") if fold(form) in bare]
    assert found == []


def test_first_order_units_have_no_unit_above() -> None:
    assert [row["id"] for _, row in all_rows() if row["level"] in ("admin1", "country") and row["admin1"]] == []


@pytest.mark.parametrize(
    ("id", "form"),
    [
        ("sy-eastern-ghouta", "الغوطة الشرقية"),
        ("sy-yarmouk-camp", "مخيم اليرموك"),
        ("sy-al-dabaa-air-base", "مطار الضبعة"),
        ("sy-syrian-desert", "البادية السورية"),
        ("sy-rif-dimashq", "ريف دمشق"),
        ("ye-west-coast-yemen", "الساحل الغربي"),
        ("ps-rafah-crossing", "معبر رفح"),
        ("ps-jabalia-camp", "مخيم جباليا"),
        ("il-green-line", "الخط الأخضر"),
        ("iq-ain-al-asad-air-base", "قاعدة عين الأسد"),
        ("ly-cyrenaica", "برقة"),
        ("ly-tarhuna", "ترهونة"),
        ("sd-nuba-mountains", "جبال النوبة"),
        ("sd-omdurman", "أم درمان"),
        ("lb-southern-lebanon", "الجنوب اللبناني"),
        ("eg-sinai", "سيناء"),
        ("so-bulo-marer", "بولومرير"),
    ],
)
def test_known_names_are_there(id: str, form: str) -> None:
    forms = {row["id"]: row["arabic"].split("|") for _, row in all_rows()}
    assert form in forms[id]
