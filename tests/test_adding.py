"""Adding one thing touches one file: a test adds one of each in a temporary folder and uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import riwaya.commands
import riwaya.documents.formats
import riwaya.export.formats
from riwaya import Reader
from riwaya.cli import build_app
from riwaya.documents import read_documents
from riwaya.documents.registry import document_formats
from riwaya.export import export_by_name, export_formats
from riwaya.model import Document

DOCUMENT_FORMAT = '''
from riwaya.documents.source import Format
from riwaya.model import Document

def read_shout(source, options):
    yield Document(source.id, source.read().decode().upper())

FORMAT = Format("shout", (".shout",), (), lambda head: False, read_shout)
'''
EXPORT = '''
from riwaya.export.registry import Export

def write_ids(items, out, options):
    for item in items:
        out.write(item.document.id.encode() + b"\\n")

EXPORT = Export("ids", (".ids",), "ids alone", write_ids)
'''
COMMAND = '''
import typer

def greet() -> None:
    """Greet."""
    typer.echo("good morning")

def register(app: typer.Typer) -> None:
    app.command()(greet)
'''
ACTOR = """
- id: free-valley-brigade
  name: Free Valley Brigade
  kind: armed_group
  country: [SY]
  arabic: [لواء الوادي الحر]
  source: a statement of the group
"""
PLACES = """id\tname\tarabic\tlevel\tlat\tlon\tadmin1\taliases\tchecked
sy-x\tTell Example\tتل المثال\tvillage\t35.1\t36.2\t\t\ttwo maps
"""


@pytest.fixture
def fresh_registries() -> Iterator[None]:
    document_formats.cache_clear()
    export_formats.cache_clear()
    yield
    document_formats.cache_clear()
    export_formats.cache_clear()


@pytest.mark.usefixtures("fresh_registries")
def test_a_document_format_is_one_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "added_shout.py").write_text(DOCUMENT_FORMAT, encoding="utf-8")
    monkeypatch.setattr(riwaya.documents.formats, "__path__", [*riwaya.documents.formats.__path__, str(tmp_path)])
    (tmp_path / "x.shout").write_text("hello", encoding="utf-8")
    (found,) = read_documents([tmp_path / "x.shout"])
    assert isinstance(found, Document)
    assert found.text == "HELLO"


@pytest.mark.usefixtures("fresh_registries")
def test_an_export_is_one_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "added_ids.py").write_text(EXPORT, encoding="utf-8")
    monkeypatch.setattr(riwaya.export.formats, "__path__", [*riwaya.export.formats.__path__, str(tmp_path)])
    assert export_by_name("ids").about == "ids alone"


def test_a_command_is_one_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "added_greet.py").write_text(COMMAND, encoding="utf-8")
    monkeypatch.setattr(riwaya.commands, "__path__", [*riwaya.commands.__path__, str(tmp_path)])
    assert CliRunner().invoke(build_app(), ["greet"]).stdout == "good morning\n"


def test_an_actor_and_a_place_are_one_file_each(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "mine.yaml").write_text(ACTOR, encoding="utf-8")
    (tmp_path / "places" / "own").mkdir(parents=True)
    (tmp_path / "places" / "own" / "SY-mine.tsv").write_text(PLACES, encoding="utf-8")
    report = Reader(folders=[tmp_path]).read("انتشر لواء الوادي الحر في قرية تل المثال.", published="2018-01-01")
    assert [mention.actor.name for mention in report.actors] == ["Free Valley Brigade"]
    assert [(mention.text, mention.place.name) for mention in report.places][-1][1] == "Tell Example"
