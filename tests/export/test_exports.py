"""Exports of reports built from a gold record, so that they do not depend on the reader."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from riwaya.evaluation.gold import read_record
from riwaya.export import ExportOptions, Item, export_by_name, export_by_path, export_formats
from riwaya.export.coded import code_report
from riwaya.export.formats.acled import COLUMNS as ACLED
from riwaya.export.formats.csv import COLUMNS
from riwaya.export.formats.table import clean
from riwaya.export.line import count_figure, count_phrase, event_line, ordinal_word
from riwaya.export.marks import cut_text, evidence_marks, mention_marks, paragraphs
from riwaya.export.outlines import choose_frame, draw_outlines
from riwaya.export.pictures import draw_map, draw_timeline
from riwaya.export.quotations import quote_around
from riwaya.model import CountMention, Evidence, Failure, Kind, Report, Status, What
from tests.evaluation.test_score import RECORD
from tests.support.gold_reports import gold_report

HOSTILE = '<script>alert(1)</script> "\'><img src=x onerror=alert(1)> \x1b[31m =1+1'
FAILURE = Failure("in.jsonl", "not valid JSON", 7)


@pytest.fixture
def report() -> Report:
    return gold_report(read_record(RECORD))


def written(name: str, *items: Item, **options: Any) -> str:
    out = io.BytesIO()
    export_by_name(name).write(items, out, ExportOptions(**options))
    return readable(name, out.getvalue())


def readable(name: str, data: bytes) -> str:
    """The text of an export; of a workbook, that of its sheets."""
    if name != "xlsx":
        return data.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "".join(book.read(n).decode("utf-8") for n in sorted(book.namelist()) if n.startswith("xl/worksheets"))


def hostile(report: Report) -> Report:
    """The same report with markup, a terminal code and a formula wherever the outside world can put text."""
    document = replace(report.document, id=HOSTILE, title=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)")
    document = replace(document, text=report.document.text + HOSTILE)
    return replace(report, document=document, notes=(HOSTILE,))


def test_a_coded_report_is_the_form_that_gold_is_compared_with(report: Report) -> None:
    coded = code_report(report)
    event = coded["events"][0]
    text = coded["report"]["text"]
    assert text[event["trigger"]["start"] : event["trigger"]["end"]] == "غارة"
    assert (event["kind"], event["status"], event["from"], event["to"]) == (
        "air_strike", "occurred", "2020-01-01", "2020-01-01",
    )  # fmt: skip
    assert event["agents"][0]["name"] == "Houthis"
    assert event["agents"][0]["aliases"] == ["Ansar Allah", "الحوثيون"]
    assert event["places"][0]["role"] == "at"
    assert [(c["source"]["name"], c["stance"]) for c in event["claims"]] == [
        ("medical source", "asserts"),
        ("Houthis", "denies"),
    ]
    for layer in ("times", "places", "actors", "counts"):
        for mention in coded[layer]:
            assert text[mention["start"] : mention["end"]] == mention["text"]


def test_json_lines_hold_a_report_or_a_failure_each(report: Report) -> None:
    lines = [json.loads(line) for line in written("jsonl", report, FAILURE).splitlines()]
    assert lines[0] == json.loads(json.dumps(code_report(report)))
    assert lines[1]["report"]["id"] == "in.jsonl:7"
    assert lines[1]["failure"] == {"origin": "in.jsonl", "line": 7, "reason": "not valid JSON"}


def test_json_is_laid_out_only_for_a_person(report: Report) -> None:
    assert len(written("json", report).splitlines()) == 1
    assert json.loads(written("json", report, terminal=True)) == json.loads(written("json", report))


@pytest.mark.parametrize("name", [each.name for each in export_formats()])
def test_lone_surrogates_stop_no_export(report: Report, name: str) -> None:
    text = report.document.text + " \ud83d"
    assert written(name, replace(report, document=replace(report.document, text=text, title="\udcff")))


@pytest.mark.parametrize("name", [each.name for each in export_formats()])
def test_a_failure_is_written_in_every_format(name: str) -> None:
    assert "not valid JSON" in written(name, FAILURE)


@pytest.mark.parametrize("name", [each.name for each in export_formats()])
def test_nothing_to_write_is_no_error(name: str) -> None:
    written(name)


def test_csv_has_a_row_an_event_and_claim(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv", report).removeprefix("\ufeff"))))
    assert [(row["source"], row["stance"], row["place"], row["killed_min"]) for row in rows] == [
        ("medical source", "asserts", "Marib", "9"),
        ("Houthis", "denies", "Marib", "9"),
    ]
    start, end = int(rows[0]["quotation_start"]), int(rows[0]["quotation_end"])
    assert report.document.text[start:end] == rows[0]["quotation"]
    assert set(rows[0]) == set(COLUMNS)


def test_csv_cells_are_no_formulas(report: Report) -> None:
    document = replace(report.document, title="=HYPERLINK(1)", outlet="-2+3")
    row = next(csv.DictReader(io.StringIO(written("csv", replace(report, document=document)).removeprefix("\ufeff"))))
    assert (row["title"], row["outlet"], row["lon"]) == ("'=HYPERLINK(1)", "'-2+3", "45.33")


def test_the_table_fits_a_hundred_columns_and_tells_each_claim(report: Report) -> None:
    from rich.cells import cell_len

    table = written("table", report, width=100)
    assert all(cell_len(line) <= 100 for line in table.splitlines())
    for words in ("air strike", "Marib", "2020-01-01", "Houthis", "9 soldiers killed", "● asserts", "✕ denies", "«"):
        assert words in table


def test_the_table_passes_on_no_terminal_codes(report: Report) -> None:
    assert "\x1b" not in written("table", hostile(report), FAILURE)
    assert clean("a\x1b[31m\nb") == "a [31m b"


def test_the_page_escapes_everything_from_the_report(report: Report) -> None:
    page = written("html", hostile(report))
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_asks_the_network_for_nothing(report: Report) -> None:
    page = written("html", report)
    assert not re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""", page)
    assert "default-src 'none'" in page
    assert 'dir="rtl"' in page


def test_pieces_are_the_whole_text_and_carry_every_layer(report: Report) -> None:
    text = report.document.text
    marks = [*mention_marks(report), *evidence_marks(report, 0)]
    pieces = list(cut_text(text, marks))
    assert "".join(piece.text for piece in pieces) == text
    trigger = next(piece for piece in pieces if piece.text == "غارة")
    assert "event" in trigger.layers
    assert {"0:trigger", "0:claim"} <= set(trigger.evidence)
    assert all(not piece.layers for piece in pieces if piece.text == " على ")


def test_a_line_end_begins_a_paragraph() -> None:
    assert [[p.text for p in each] for each in paragraphs(cut_text("ا\n\nب", []))] == [["ا"], ["ب"]]


def test_the_map_shows_places_and_leaves_a_point_only_where_there_is_one(report: Report) -> None:
    drawn = draw_map(report)
    assert drawn is not None
    (spot,) = drawn.spots
    assert (spot.name, spot.label, spot.radius, spot.events) == ("Marib", "مأرب", 0.0, (0,))
    assert 0 < spot.at[0] < drawn.width
    assert "Yemen" in {outline.name for outline in drawn.outlines}
    assert draw_map(replace(report, places=(), events=())) is None


def test_outlines_outside_the_frame_are_left_out() -> None:
    names = {outline.name for outline in draw_outlines(choose_frame([(36.3, 33.5)], 600, 400))}
    assert "Syria" in names
    assert "Brazil" not in names


def test_the_timeline_has_the_day_of_publication(report: Report) -> None:
    rows = draw_timeline(report, [0])
    found = [(row.days, row.said, len(row.events)) for row in rows]
    assert found == [("2020-01-01", False, 1), ("2020-01-02", True, 0)]


def test_the_line_says_what_the_event_says(report: Report) -> None:
    event = report.events[0]
    assert event_line(event) == "Air strike by Houthis in Marib: 9 soldiers killed"
    planned = replace(event, status=Status.PLANNED, ordinal=2, counts=())
    assert event_line(planned) == "2nd air strike by Houthis in Marib (planned)"
    assert event_line(planned, with_status=False) == "2nd air strike by Houthis in Marib"
    two = replace(event, kind=Kind.CLASH, targets=event.agents, counts=(), places=())
    assert event_line(two) == "Clash between Houthis and Houthis"


def test_one_person_is_no_people() -> None:
    one = CountMention(0, 1, "x", What.KILLED, "people", 1, 1, "r")
    assert count_phrase(one) == "1 person killed"
    assert count_phrase(replace(one, who="police", min=2, max=2)) == "2 police killed"


def test_the_page_tells_figures_in_arabic(report: Report) -> None:
    event = report.events[0]
    counts = (replace(event.counts[0], min=9, max=None, approx=True),)
    assert "نحو 9 على الأقل" in written("html", replace(report, events=(replace(event, counts=counts),)))


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_line(report: Report, kind: Kind) -> None:
    assert event_line(replace(report.events[0], kind=kind))


@pytest.mark.parametrize(("number", "word"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (22, "22nd")])
def test_ordinals_are_english(number: int, word: str) -> None:
    assert ordinal_word(number) == word


@pytest.mark.parametrize(
    ("low", "high", "approx", "figure"),
    [
        (9, 9, False, "9"),
        (9, None, False, "9 or more"),
        (None, 9, False, "up to 9"),
        (20, 99, False, "20 to 99"),
        (400, 400, True, "about 400"),
        (None, None, False, "an unknown number"),
    ],
)
def test_figures_are_told_as_they_were_given(low: int | None, high: int | None, approx: bool, figure: str) -> None:
    assert count_figure(CountMention(0, 1, "x", What.KILLED, None, low, high, "r", approx)) == figure


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_acled_has_its_layout_and_the_lowest_figure(report: Report) -> None:
    (row,) = rows(written("acled", report))
    assert list(row) == list(ACLED)
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (row["actor1"], row["location"], row["country"]) == ("Houthis", "Marib", "Yemen")
    assert (row["fatalities"], row["time_precision"], row["geo_precision"]) == ("9", "1", "1")
    assert row["source"] == "medical source; Houthis (denies)"


def test_what_did_not_happen_is_no_row_of_a_dataset_of_events(report: Report) -> None:
    planned = replace(report, events=(replace(report.events[0], status=Status.PLANNED),))
    assert rows(written("acled", planned)) == rows(written("ucdp", planned)) == []


def test_ucdp_gives_bounds_and_no_mean(report: Report) -> None:
    (row,) = rows(written("ucdp", report))
    assert (row["low"], row["high"], row["best"], row["number_of_sources"]) == ("9", "9", "9", "2")
    event = report.events[0]
    other = replace(event.counts[0], min=12, max=12)
    claims = (replace(event.claims[0], counts=(other,)), event.claims[1])
    (row,) = rows(written("ucdp", replace(report, events=(replace(event, claims=claims),))))
    assert (row["low"], row["high"], row["best"]) == ("9", "12", "")


def test_geojson_is_a_collection_of_points(report: Report) -> None:
    collection = json.loads(written("geojson", report, FAILURE))
    point, failure = collection["features"]
    assert point["geometry"] == {"type": "Point", "coordinates": [45.33, 15.46]}
    assert point["properties"]["sources"] == ["medical source", "Houthis (denies)"]
    assert failure["geometry"] is None


def test_hxl_has_its_hashtags_under_the_header(report: Report) -> None:
    tags, row = rows(written("hxl", report))
    assert tags["Killed, at least"] == "#affected+killed+min"
    assert (row["Killed, at least"], row["Country code"]) == ("9", "YE")


def test_follow_the_money_links_event_actor_and_report(report: Report) -> None:
    entities = [json.loads(line) for line in written("ftm", report).splitlines()]
    by_schema = {entity["schema"]: entity for entity in entities}
    event = by_schema["Event"]["properties"]
    assert event["proof"] == [by_schema["Article"]["id"]]
    assert event["involved"] == [by_schema["Organization"]["id"]]
    assert event["country"] == ["ye"]


def test_the_workbook_is_the_same_on_every_run_and_has_no_formula(report: Report) -> None:
    document = replace(report.document, title="=1+1")
    out = [io.BytesIO(), io.BytesIO()]
    for stream in out:
        export_by_name("xlsx").write([replace(report, document=document)], stream, ExportOptions())
    assert out[0].getvalue() == out[1].getvalue()
    sheets = readable("xlsx", out[0].getvalue())
    assert "<f>" not in sheets
    assert "=1+1" in sheets


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.csv", "csv"), ("a.acled.csv", "acled"), ("a.hxl.csv", "hxl"), ("a.ftm.json", "ftm"), ("a.json", "json")],
)
def test_the_longest_ending_of_a_file_name_decides(name: str, format: str) -> None:
    found = export_by_path(Path(name))
    assert (found.name if found else "") == format


@pytest.mark.parametrize(
    ("text", "words", "quoted"),
    [
        ("ساد الهدوء. وقال المصدر إن الطريق مفتوح. ثم عاد.", "قال", "وقال المصدر إن الطريق مفتوح."),
        ("أول سطر\nبحسب ناشطين في القرية\nثالث", "بحسب", "بحسب ناشطين في القرية"),
        ("انتهى.وبدأ آخر", "بدأ", "وبدأ آخر"),
    ],
)
def test_a_quotation_is_the_sentence_of_the_evidence(text: str, words: str, quoted: str) -> None:
    start = text.index(words)
    found = quote_around(text, Evidence(start, start + len(words), words))
    assert found.text == quoted == text[found.start : found.end]


def test_a_quotation_has_a_greatest_length() -> None:
    text = "كلمة " * 500
    found = quote_around(text, Evidence(1000, 1004, "كلمة"))
    assert len(found.text) <= 430
    assert found.start <= 1000 < found.end
