"""What actors, sources, places and countries are called on a page: by the knowledge, else by the words of a report."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql

from riwaya.knowledge.knowledge import load_knowledge
from riwaya.knowledge.load import DATA, read_yaml
from riwaya.reading.reader import Reader
from riwaya.store import Store, open_store
from riwaya.store.linking import link_new
from riwaya.store.names_told import names_of
from riwaya.store.redaction import Redaction
from riwaya.store.writer import add_reports
from riwaya.web.app import create_app
from riwaya.web.names import Names
from riwaya.web.settings import Settings
from riwaya.web.slow import Slow
from tests.web.conftest import HOST, TestClient

TEXT = "اعتقلت الشرطة فادي الخطيب في مدينة حماة أمس. وقال فادي الخطيب إن الشرطة ضربته."
LATIN, ARABIC = "Fadi al-Khatib", "فادي الخطيب"
PERSONS = Redaction(persons=True)


@pytest.fixture
def told(reader: Reader, tmp_path: Path) -> Store:
    store = open_store(tmp_path / "names.db")
    add_reports(store, [reader.read(TEXT, published="2018-05-21", id="x", outlet="صحيفة")])
    link_new(store)
    return store


@pytest.fixture
def names(told: Store) -> Names:
    made = Names(load_knowledge(()))
    made.learn(told)
    return made


def test_who_no_lexicon_has_is_called_by_the_words_of_the_report(names: Names) -> None:
    assert names.of("ar", LATIN) == ARABIC
    assert names.of("en", LATIN) == LATIN
    assert names.canonical(ARABIC) == LATIN


def test_nobody_learns_that_a_withheld_person_is_in_the_store(names: Names) -> None:
    assert names.of("ar", LATIN, redaction=PERSONS) == LATIN
    assert names.canonical(ARABIC, PERSONS) == ARABIC
    assert names.of("ar", "Syria", redaction=PERSONS) == "سوريا"


def test_countries_are_named_by_their_code_too(names: Names) -> None:
    assert (names.of("ar", "SY"), names.of("en", "SY")) == ("سوريا", "Syria")


def test_the_fullest_name_of_a_report_is_kept_and_the_first_report_stands() -> None:
    said = {"actors": [
        {"name": "A", "kind": "person", "known": False, "aliases": ["الخطيب", "فادي الخطيب"], "text": "الخطيب"},
        {"name": "B", "kind": "person", "aliases": [], "text": "ب"},
    ], "places": [{"name": "P", "text": "بلدة"}]}  # fmt: skip
    assert [tuple(each) for each in names_of(said)] == [("A", "فادي الخطيب", True), ("P", "بلدة", False)]


@pytest.mark.parametrize("page", ["/actors", "/desk", "/actors?name=Fadi%20al-Khatib"])
def test_arabic_pages_show_the_words(told: Store, reader: Reader, page: str) -> None:
    app = create_app(Settings(store="given"), reader, told)
    app.state.slow = Slow(wait=60)
    client: Any = TestClient(app, base_url=HOST, headers={"accept": "text/html"})
    shown = client.get(page + ("&" if "?" in page else "?") + "lang=ar").text
    assert f"<bdi>{ARABIC}</bdi>" in shown
    assert f"<bdi>{LATIN}</bdi>" not in shown
    assert client.get("/desk.json", params={"actor": ARABIC}).json()["total"] == 1


def test_a_store_of_the_first_schema_gets_the_words(told: Store, tmp_path: Path) -> None:
    path = str(told.engine.url.database)
    with told.engine.begin() as connection:
        connection.execute(sql("DROP TABLE names"))
        connection.execute(sql("UPDATE alembic_version SET version_num = '0001'"))
    told.engine.dispose()
    made = Names(load_knowledge(()))
    made.learn(open_store(path))
    assert made.of("ar", LATIN) == ARABIC


def test_whoever_the_cues_name_without_a_name_is_called_in_arabic(names: Names) -> None:
    """Officials, sources, witnesses and others of whom a report says no more than what they are."""
    found: set[str] = set()
    left: list[Any] = [read_yaml(DATA / "cues" / "sources.yaml")]
    while left:
        each = left.pop()
        if isinstance(each, dict):
            found.update({each["name"]} if "kind" in each and "name" in each else ())
            found.update(values[0] for values in (each.get("domains") or {}).values())
            left.extend(each.values())
        elif isinstance(each, list):
            left.extend(each)
    assert len(found) > 40
    assert [name for name in sorted(found) if re.search("[A-Za-z]", names.of("ar", name))] == []
