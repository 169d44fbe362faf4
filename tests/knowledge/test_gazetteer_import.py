"""Gazetteers of the user's: each kind read, rows in error named, and the result used by the table."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from riwaya.knowledge.gazetteer_import import import_gazetteer
from riwaya.knowledge.load import DATA
from riwaya.knowledge.places import PlaceTable
from riwaya.model import KnowledgeError

GEONAMES = "\t".join(
    [
        *("99001", "Tell Kazab", "Tell Kazab", "Tal Kazab,تل كذب,Tell Kezab", "36.1", "37.2", "P", "PPL", "SY"),
        *("", "09", "", "", "", "812", "", "300", "Asia/Damascus", "2020-01-01"),
    ]
)
PCODES = """admin3Name_en,admin3Name_ar,admin3Pcode,admin1Name_en,Latitude,Longitude
#adm3+name+en,#adm3+name+ar,#adm3+code,#adm1+name+en,#geo+lat,#geo+lon
Kazab,كذب,SY070301,Aleppo,36.10,37.20
Broken,مكسور,SY070302,Aleppo,north,37.20
Nameless,,SY070303,Aleppo,36.20,37.30
"""
GEOJSON = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [[[37.0, 36.0], [37.2, 36.0], [37.2, 36.2], [37.0, 36.2]]]},
            "properties": {"name": "Kazab quarter", "name_ar": "حي كذب", "country": "SY", "level": "neighbourhood"},
        },
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [37.0, 36.0]}, "properties": {"name": "x"}},
    ],
}
TABLE = (
    "country\tplacetype\tname\tarabic\tlat\tlon\nSY\tlocality\tKazab\tكذب|تل كذب\t36.1\t37.2\nSY\tmoon\tX\tس\t1\t2\n"
)


def ids(folder: Path) -> dict[str, tuple[str, ...]]:
    table = PlaceTable.load([DATA, folder])
    return {table.ids[n]: table.place(n).aliases for n in range(len(table))}


def test_geonames(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_text(GEONAMES + "\nno\tfields\n", encoding="utf-8")
    result = import_gazetteer(path, tmp_path / "mine")
    assert (result.kind, result.written, [error.line for error in result.errors]) == ("geonames", 1, [2])
    assert "تل كذب" in ids(tmp_path / "mine")["gn99001"]


def test_pcodes(tmp_path: Path) -> None:
    path = tmp_path / "syr_adm3.csv"
    path.write_text(PCODES, encoding="utf-8")
    result = import_gazetteer(path, tmp_path / "mine")
    assert (result.kind, result.written, result.nameless) == ("pcodes", 1, 1)
    assert [(error.line, "degrees" in error.reason) for error in result.errors] == [(4, True)]
    assert result.files == (tmp_path / "mine/places/own/SY-syr-adm3.tsv",)
    assert "كذب" in ids(tmp_path / "mine")["sy070301"]


def test_geojson(tmp_path: Path) -> None:
    path = tmp_path / "quarters.geojson"
    path.write_text(json.dumps(GEOJSON), encoding="utf-8")
    result = import_gazetteer(path, tmp_path / "mine")
    assert (result.kind, result.written) == ("geojson", 1)
    assert [(error.line, "country code" in error.reason) for error in result.errors] == [(2, True)]
    assert "\t36.1000\t37.1000\t" in result.files[0].read_text(encoding="utf-8")


def test_packed_table(tmp_path: Path) -> None:
    path = tmp_path / "list.tsv.gz"
    path.write_bytes(gzip.compress(TABLE.encode()))
    result = import_gazetteer(path, tmp_path / "mine")
    assert (result.kind, result.written) == ("table", 1)
    assert "line 3: expected a level" in str(result)


@pytest.mark.parametrize("content", [b"just words\n", b"\xff\xfe\x00bad", b'{"type": "FeatureCollection"}'])
def test_a_file_of_no_known_kind_is_an_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(content)
    with pytest.raises(KnowledgeError, match=r"file\.bin"):
        import_gazetteer(path, tmp_path / "mine")
