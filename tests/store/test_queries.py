"""Filters, facets and redaction: what a role may not see is in nothing that it gets."""

from __future__ import annotations

import io
import json

import pytest

from riwaya.export import export_formats
from riwaya.export.registry import ExportOptions
from riwaya.store import Store, dossiers, queries, summaries
from riwaya.store.filters import Filter
from riwaya.store.linking import link_new
from riwaya.store.memory import columns_of
from riwaya.store.redaction import BLOCK, Redaction, Viewer
from riwaya.store.writer import Decision, add_reports, correct
from tests.support.coded_reports import actor, claim, event, place, report, shelling, span

TEXT = "قال سامي حداد إن قصفا أصاب حرستا فجر الأحد"
READER = Viewer("reader", Redaction(persons=True, place_kinds=("shelling",), urls=True))


@pytest.fixture
def filled(store: Store) -> Store:
    person = {**actor("Sami Haddad", "person"), "aliases": ["سامي حداد"], "evidence": span(TEXT, "سامي حداد")}
    told = event("e1", "shelling", TEXT, "قصفا", day="2018-02-04", targets=[person],
                 places=[{**place("Harasta"), "evidence": span(TEXT, "حرستا")}],
                 claims=[{**claim("Sami Haddad", kind="person"), "quotation": span(TEXT, TEXT)}],
                 line="Shelling of Sami Haddad in Harasta")  # fmt: skip
    named = report("p", TEXT, "2018-02-05", told, title="سامي حداد يروي", url="https://sada.example/haddad")
    named["places"] = [{**place("Harasta"), **span(TEXT, "حرستا"), "rule": "test"}]
    add_reports(store, [named, shelling("a", 7, "activists"), shelling("b", 9, "army", outlet="Ray")])
    link_new(store)
    return store


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        (Filter(), 3),
        (Filter(kind=("shelling",)), 3),
        (Filter(kind=("clash",)), 0),
        (Filter(place="Harasta"), 3),
        (Filter(place="Rif Dimashq"), 3),
        (Filter(place="SY"), 3),
        (Filter(place="Mosul"), 0),
        (Filter(actor="Syrian Army"), 2),
        (Filter(source="army"), 1),
        (Filter(outlet=("Ray",)), 1),
        (Filter(stance=("denies",)), 0),
        (Filter(since="2018-02-04", until="2018-02-04"), 3),
        (Filter(since="2018-02-05"), 0),
        (Filter(disputed=True), 3),
        (Filter(text="ناشطون"), 2),
        (Filter(reviewed=True), 0),
    ],
)
def test_filters(filled: Store, asked: Filter, total: int) -> None:
    assert queries.list_events(filled, asked).total == total


def test_an_incident_shows_what_sources_dispute(filled: Store) -> None:
    (row,) = queries.list_incidents(filled).items
    view = queries.incident(filled, row.id)
    assert [(side.value, side.sources) for field in view.disputes for side in field.sides] == [
        ("7", ("activists",)),
        ("9", ("army",)),
    ]
    assert [(each.what, each.low, each.high) for each in view.ranges] == [("killed", 7, 9)]
    assert view.joins
    assert view.reports[0].sha256


def test_pages_follow_one_another(filled: Store) -> None:
    first = queries.list_events(filled, size=2).items
    second = queries.list_events(filled, start=2, size=2).items
    assert len({row.report for row in (*first, *second)}) == 3


def test_facets_count_events(filled: Store) -> None:
    found = summaries.facets(filled)
    assert found["kind"] == [("shelling", 3)]
    assert ("Harasta", 3) in found["place"]
    assert ("Syrian Army", 2) in found["actor"]


def everything(store: Store, viewer: Viewer) -> str:
    """All that a viewer can get, as one text."""
    parts: list[object] = [
        queries.report(store, row.id, viewer) for row in queries.list_reports(store, None, viewer).items
    ]
    parts += [queries.list_reports(store, None, viewer), queries.list_events(store, None, viewer)]
    rows = queries.list_incidents(store, None, viewer)
    parts += [rows, *(queries.incident(store, row.id, viewer) for row in rows.items)]
    parts += [summaries.facets(store, None, viewer), summaries.changes_since(store, None, viewer)]
    parts += [dossiers.list_dossiers(store, viewer), dossiers.control(store, "SY", viewer)]
    for form in export_formats():
        out = io.BytesIO()
        form.write(queries.iter_reports(store, None, viewer), out, ExportOptions())
        parts.append(out.getvalue().decode("utf-8", "replace"))
    return json.dumps([str(part) for part in parts], ensure_ascii=False)


def test_what_is_withheld_is_in_nothing_that_a_reader_gets(filled: Store) -> None:
    correct(filled, "Rima", Decision("p", "e1", "accept", reason="Sami Haddad called"))
    seen = everything(filled, READER)
    for word in ("Haddad", "حداد", "Harasta", "حرستا", "33.56", "sada.example"):
        assert word not in seen, word
    assert BLOCK in seen
    assert "Haddad" in everything(filled, Viewer("coder", READER.redact))


def test_a_withheld_name_cannot_be_asked_for(filled: Store) -> None:
    for asked in (Filter(actor="Sami Haddad"), Filter(source="Sami Haddad"), Filter(place="Harasta")):
        assert queries.list_events(filled, asked, READER).total == 0
    assert queries.list_events(filled, Filter(place="Rif Dimashq"), READER).total == 3
    assert queries.list_reports(filled, Filter(text="حداد"), READER).total == 0
    assert queries.list_reports(filled, Filter(text="حداد")).total == 1


SPELLINGS = ("حداد", "حدّاد", "وحداد", '"سامي حداد"', "سامى حداد", "حرستا", "حـرستا", '"أصاب حرستا"')


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("words", SPELLINGS)
def test_a_search_does_not_tell_what_is_withheld(filled: Store, words: str, kept: bool) -> None:
    """In no list, count, facet or export, whether the columns are kept in memory (as in the workbench) or not."""
    if kept:
        columns_of(filled)
        summaries.prepare_search(filled, READER)
    asked = Filter(text=words)
    assert queries.list_reports(filled, asked).total > 0
    assert queries.list_reports(filled, asked, READER).total == 0
    assert queries.list_events(filled, asked, READER).total == 0
    assert queries.list_incidents(filled, asked, READER).total == 0
    assert not list(queries.iter_coded(filled, asked, READER))
    assert summaries.find_incidents(filled, asked, READER).total == 0
    assert summaries.find_events(filled, asked, READER).total == 0
    assert not any(summaries.facets(filled, asked, READER).values())
    assert not summaries.days(filled, asked, READER)
    assert not summaries.spots(filled, asked, READER)


def test_a_search_finds_what_stays_readable(filled: Store) -> None:
    """What is found depends on the readable words alone: a report is found by them though others are withheld."""
    for words in ("قصفا", "فقتل", '"فجر الاحد"'):
        for viewer in (READER, Viewer()):
            whole = {row.id for row in queries.list_reports(filled, Filter(text=words), viewer).items}
            assert whole == {row.id for row in queries.list_reports(filled, Filter(text=words)).items}
    columns_of(filled)
    assert queries.list_reports(filled, Filter(text="سبعة"), READER).total == 2
    assert len(summaries.positions(filled, Filter(text="سبعة"), READER)) == 2


def test_other_spellings_of_a_withheld_name_are_masked(store: Store) -> None:
    text = "قال أحمد سالمى إن قصفا أصاب القرية وروى احمد سالمي وأحمد سَالِمـي ذلك"
    person = {**actor("Ahmad Salimi", "person"), "aliases": [], "evidence": span(text, "أحمد سالمى")}
    told = event("e1", "shelling", text, "قصفا", claims=[{**claim("x"), "source": person}], line="")
    add_reports(store, [report("s", text, "2018-02-05", told, title="رواية احمد سالمي")])
    head = queries.report(store, "s", READER)["report"]
    assert head["text"] == "قال ████ █████ إن قصفا أصاب القرية وروى ████ █████ و████ ████████ ذلك"
    assert head["title"] == "رواية withheld"


def test_a_plain_statement_of_control_is_not_found_by_its_coarse_place(store: Store) -> None:
    said = "تسيطر الفصائل على بلدة حرستا اليوم"
    held = {
        "holder": actor("Factions"), "place": place("Harasta"), "source": actor("activists", "other"),
        "stance": "asserts", "source_kind": "activists", "start": 0, "end": 5,
        "text": said[:5], "rule": "test", "cue": None,
    }  # fmt: skip
    shelled = event("e1", "shelling", said, "تسيطر", places=[place("Harasta")])
    coded, plain = report("c", said, "2018-02-05", shelled), report("d", said + " نفسه", "2018-02-06")
    for each in (coded, plain):
        each["control"] = [held]
    add_reports(store, [coded, plain])
    assert set(dossiers.control(store, "Harasta")) == {"Harasta"}
    found = dossiers.control(store, "Harasta", READER)
    assert {claim.voice.report for holding in found["Harasta"] for claim in holding.claims} == {"d"}
    found = dossiers.control(store, "Rif Dimashq", READER)
    assert {claim.voice.report for holding in found["Rif Dimashq"] for claim in holding.claims} == {"c"}


def test_offsets_stay_right_under_redaction(filled: Store) -> None:
    coded = queries.report(filled, "p", READER)
    text = coded["report"]["text"]
    assert len(text) == len(TEXT)
    trigger = coded["events"][0]["trigger"]
    assert text[trigger["start"] : trigger["end"]] == trigger["text"] == "قصفا"


def test_facets_count_within_a_filter_on_the_same_rows(filled: Store) -> None:
    found = summaries.facets(filled, Filter(place="Harasta", actor="Syrian Army", stance=("asserts",)))
    assert found["place"] == [("Harasta", 2)]
    assert found["kind"] == [("shelling", 2)]
