"""A reader that needs no knowledge, so that the commands are tested by themselves."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from riwaya.cli import build_app
from riwaya.model import Document, Event, EventTime, Evidence, Kind, Report, Status


class SmallReader:
    """Codes one event at the first word of each document; fails on a text that asks it to."""

    def read_document(self, document: Document, *, explain: bool = False) -> Report:
        """The coded report."""
        if "fail" in document.text:
            raise ValueError("asked to fail")
        trigger = Evidence(0, 4, document.text[:4])
        time = EventTime(None, None, None, None, "none")
        event = Event("e1", Kind.CLASH, trigger, Status.OCCURRED, False, (), (), (), (), time, (), (), rule="test.rule")
        sha = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
        return Report(document, "ar", sha, events=(event,), notes=document.notes)


def make_small_reader(folders: tuple[Path, ...]) -> SmallReader:
    return SmallReader()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Run a command line and give its result."""
    for module in ("running", "read", "explain"):
        monkeypatch.setattr(f"riwaya.commands.{module}.make_reader", make_small_reader)

    def invoke(*arguments: object, input: bytes | None = None) -> Result:
        return CliRunner().invoke(build_app(), [str(each) for each in arguments], input=input)

    return invoke
