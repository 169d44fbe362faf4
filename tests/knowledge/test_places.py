"""The table of places: its files, its names, and what a wrong file says."""

from __future__ import annotations

import pickle
import time
import unicodedata
from pathlib import Path

import pytest

from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA
from riwaya.knowledge.place_rows import OWN_COLUMNS, distance_km
from riwaya.knowledge.places import PlaceTable
from riwaya.model import KnowledgeError, Level
from riwaya.text.text import read_text

HEADER = "\t".join(OWN_COLUMNS)


@pytest.fixture(scope="module")
def table() -> PlaceTable:
    return PlaceTable.load([DATA])


def write(folder: Path, name: str, *rows: str) -> Path:
    path = folder / "places" / "own" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return folder


def names_in(table: PlaceTable, sentence: str) -> list[tuple[str, ...]]:
    builder = LexiconBuilder()
    table.register(builder)
    text = read_text(sentence, builder.build())
    return [tuple(table.place(number).name for number in match.entry) for match in text.of("place")]


def test_a_place_may_be_known_without_its_point(tmp_path: Path) -> None:
    row = "sy-somewhere\tSomewhere\tالدبيسات\tvillage\t\t\tHama Governorate\t\tnews"
    found = PlaceTable.load([DATA, write(tmp_path, "SY.tsv", row)])
    number = found.ids.index("sy-somewhere")
    place = found.place(number)
    assert (found.has_point(number), place.lat, place.lon, place.admin1) == (False, None, None, "Hama Governorate")


def test_pickles_small_and_loads_fast(table: PlaceTable) -> None:
    packed = pickle.dumps(table, protocol=pickle.HIGHEST_PROTOCOL)
    assert len(packed) < 4_000_000
    started = time.perf_counter()
    pickle.loads(packed)
    assert time.perf_counter() - started < 0.5  # some 10 ms; a loaded machine is given time


def test_every_point_is_on_the_globe_and_every_arabic_name_is_clean(table: PlaceTable) -> None:
    for number in range(len(table)):
        place = table.place(number)
        assert (place.lat is None) == (place.lon is None)
        assert place.lat is None or abs(place.lat) <= 90
        assert place.lon is None or abs(place.lon) <= 180
        assert table.arabic[number] == unicodedata.normalize("NFC", table.arabic[number])
        assert not set(table.arabic[number]) & set("\u06cc\u06a9\u06af\u200e\u200f\u202a\u202b\u202c"), place.id


def test_an_own_entry_stands_for_the_gazetteers_row_and_has_its_people(tmp_path: Path, table: PlaceTable) -> None:
    own = write(tmp_path, "SY.tsv", "x-aleppo\tAleppo\tحلب\tcity\t36.2\t37.15\t\t\tby hand")
    (number,) = [n for n, i in enumerate(PlaceTable.load([DATA, own]).ids) if i == "x-aleppo"]
    assert PlaceTable.load([DATA, own]).people[number] > 1_000_000


def test_names_of_one_country_are_joined(table: PlaceTable) -> None:
    countries = [n for n in range(len(table)) if table.level(n) is Level.COUNTRY and table.countries[n] == "US"]
    assert len(countries) == 1
    assert {"أميركا", "الولايات المتحدة"} <= set(table.place(countries[0]).aliases)


@pytest.mark.parametrize(
    ("country", "capital"), [("SY", "Damascus"), ("LY", "Tripoli"), ("YE", "Sanaa"), ("FR", "Paris")]
)
def test_capitals(table: PlaceTable, country: str, capital: str) -> None:
    assert table.place(table.capitals[country]).name == capital


def test_direction_and_generic_words_stay_outside_names(table: PlaceTable) -> None:
    found = names_in(table, "شمال سوريا")
    assert found == [("Syria",)]


def test_search_finds_own_entries_first(table: PlaceTable) -> None:
    assert table.search("اليرموك")[0].country == "SY"


def test_distance() -> None:
    assert distance_km(33.5, 36.3, 36.2, 37.15) == pytest.approx(310, abs=5)


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        ("SY.tsv", "a\tA\tقرية\thamlet\t1\t2\t\t\tx", "level: expected one of"),
        ("SY.tsv", "a\tA\tقرية\ttown\t1\tnorth\t\t\tx", "lat, lon: expected degrees"),
        ("SY.tsv", "a\tA\tقرية\ttown\t91\t2\t\t\tx", "on the globe"),
        ("SY.tsv", "a\tA\tقرية\ttown", "expected 9 fields, found 4"),
        ("Syria.tsv", "a\tA\tقرية\ttown\t1\t2\t\t\tx", "ISO 3166-1"),
    ],
)
def test_a_wrong_row_says_file_line_and_what_was_expected(tmp_path: Path, name: str, row: str, said: str) -> None:
    folder = write(tmp_path, name, row)
    with pytest.raises(KnowledgeError, match=said) as raised:
        PlaceTable.load([DATA, folder])
    assert name in str(raised.value)
