"""The commands of a store, run as a person runs them."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from riwaya.cli import build_app
from riwaya.commands.storing import actor_name
from riwaya.model import Document, Event, EventTime, Evidence, Kind, Report, Status
from riwaya.store import open_store, queries
from riwaya.store.linking import link_new
from riwaya.store.writer import add_reports
from tests.support.coded_reports import event, report, shelling

Run = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    store = open_store(tmp_path / "s.db")
    add_reports(store, [shelling("a", 7, "activists"), shelling("b", 9, "army")])
    link_new(store)
    store.close()
    return tmp_path / "s.db"


@pytest.fixture
def riwaya(path: Path) -> Run:
    def run(*arguments: str, keys: str | None = None) -> Result:
        given = [*arguments, "--store", str(path)]
        return CliRunner().invoke(build_app(), given, input=keys, env={"COLUMNS": "160"})

    return run


def read_json(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_review_takes_keys_where_there_is_no_terminal(riwaya: Run, path: Path) -> None:
    done = riwaya("review", "--coder", "Rima", keys="a \x7fx")
    assert "2 events to review as Rima" in done.output
    assert "1 decisions kept" in done.output
    assert queries.list_incidents(open_store(path)).total == 1


def test_review_ends_where_its_input_ends(riwaya: Run) -> None:
    assert "0 decisions kept" in riwaya("review", "--coder", "Rima", keys="").output


def test_a_corrected_value_is_exported_with_the_person_who_gave_it(riwaya: Run) -> None:
    riwaya("correct", "a", "change", "--event", "e1", "--field", "kind", "--value", "air_strike", "--coder", "Rima")
    rows = [json.loads(line) for line in riwaya("export", "--format", "jsonl").stdout.splitlines()]
    told = {row["report"]["id"]: (row["events"][0]["kind"], row["events"][0]["rule"]) for row in rows}
    assert told["a"] == ("air_strike", "person: Rima")
    assert told["b"][0] == "shelling"
    assert "person" not in told["b"][1]


def test_an_export_is_of_what_a_filter_finds(riwaya: Run) -> None:
    assert riwaya("export", "--format", "jsonl", "--place", "Mosul").stdout == ""
    assert len(riwaya("export", "--format", "jsonl", "--source", "army").stdout.splitlines()) == 1


def test_a_judgement_outlives_linking_anew_and_can_be_taken_back(riwaya: Run) -> None:
    assert read_json(riwaya("incidents", "--json"))["total"] == 1
    riwaya("judge", "a/e1", "b/e1", "--verdict", "negative", "--reason", "two streets", "--coder", "Rima")
    riwaya("link", "--all")
    assert read_json(riwaya("incidents", "--json"))["total"] == 2
    riwaya("unjudge", "1", "--coder", "Rima")
    assert read_json(riwaya("incidents", "--json"))["total"] == 1
    told = read_json(riwaya("changes", "--json"))
    assert [each["change"] for each in told][-2:] == ["judgement: negative", "judgement: undo"]


CODING = """
import itertools, multiprocessing, sys
sys.path[:0] = [{root!r}]
from riwaya.corpus.processes import code_documents
from riwaya.model import Document
from tests.commands.conftest import SmallReader
endless = (Document(str(n), "text") for n in itertools.count())
for number, each in enumerate(code_documents(endless, SmallReader, type, 2)):
    if number == 20:
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
"""


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes in /proc")
def test_a_run_that_is_killed_leaves_no_process_behind() -> None:
    root = str(Path(__file__).parents[2])
    running = subprocess.Popen([sys.executable, "-c", CODING.format(root=root)], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    workers = [int(pid) for pid in running.stdout.readline().split()]
    assert len(workers) == 2
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    running.stdout.close()
    until = time.monotonic() + 60
    while any(map(is_running, workers)) and time.monotonic() < until:
        time.sleep(0.2)
    assert not any(map(is_running, workers))


def test_changes_since_a_number(riwaya: Run) -> None:
    assert [each["subject"] for each in read_json(riwaya("changes", "--since", "1", "--json"))] == ["b"]


def test_an_incident_is_explained(riwaya: Run) -> None:
    (row,) = read_json(riwaya("incidents", "--json"))["incidents"]
    told = riwaya("explain", "incident", row["id"]).output
    assert "together because" in told
    assert "kind.same +1.9" in told
    assert "near, but short of the threshold" in told
    assert "killed: low 7 (activists); high 9 (army)" in riwaya("incident", row["id"]).output


class OtherReader:
    """Codes what it is given as one clash at its first word."""

    def read_document(self, document: Document) -> Report:
        """The coded report."""
        trigger = Evidence(0, 4, document.text[:4])
        time = EventTime(None, None, None, None, "none")
        event = Event("e1", Kind.CLASH, trigger, Status.OCCURRED, False, (), (), (), (), time, (), (), rule="test.rule")
        return Report(document, "ar", hashlib.sha256(document.text.encode()).hexdigest(), events=(event,))


def test_recode_shows_what_would_change_and_keeps_it_only_when_told(
    riwaya: Run, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("riwaya.commands.recode.make_reader", lambda folders: OtherReader())
    shown = riwaya("recode").output
    assert "changed e1 kind: shelling → clash" in shown
    assert "2 of 2 reports would change: " in shown
    assert "kind 2" in shown
    assert "Nothing was kept" in shown
    assert queries.report(open_store(path), "a")["events"][0]["kind"] == "shelling"
    assert [each["report"] for each in read_json(riwaya("recode", "b", "--json"))] == ["b"]
    assert "1 of 1 reports changed" in riwaya("recode", "a", "--keep").output
    kinds = {id: queries.report(open_store(path), id)["events"][0]["kind"] for id in ("a", "b")}
    assert kinds == {"a": "clash", "b": "shelling"}


def test_a_reprint_is_reviewed_once(riwaya: Run, path: Path) -> None:
    store = open_store(path)
    story = " ".join(f"قصفت مدفعية الجيش بلدة حرستا في يوم {number} وقتل {number + 1} مدنيين" for number in range(20))
    for id, outlet in (("c", "Sada"), ("d", "Other")):
        told = event("e1", "shelling", story, "قصفت")
        copies = add_reports(store, [report(id, f"{story} {outlet}", "2018-02-05", told, outlet=outlet)]).copies
    assert copies == ["d"]
    assert "3 events to review" in riwaya("review", keys="").output


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("incidents", "--since", "2018-13-01"), "found '2018-13-01'"),
        (("incidents", "--kind", "airstrike"), "found 'airstrike'"),
        (("incidents", "--stance", "doubts"), "found 'doubts'"),
        (("control", "Harasta", "--on", "yesterday"), "found 'yesterday'"),
        (("dossier", "--as-of", "May"), "found 'May'"),
    ],
)
def test_what_there_is_not_is_said_and_not_asked_for(riwaya: Run, asked: tuple[str, ...], said: str) -> None:
    result = riwaya(*asked)
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", " ").split())


@pytest.mark.parametrize("name", ["حرستا", "harasta", "Harasta"])
def test_a_place_is_found_by_any_of_its_names(riwaya: Run, name: str) -> None:
    assert read_json(riwaya("incidents", "--place", name, "--json"))["total"] == 1


@pytest.mark.parametrize(
    ("given", "wanted"),
    [("حزب الله", "Hezbollah"), ("HEZBOLLAH", "Hezbollah"), ("داعش", "Islamic State"), ("Nobody", "Nobody")],
)
def test_a_party_is_found_by_any_of_its_names(given: str, wanted: str) -> None:
    assert actor_name(given) == wanted


def test_addresses_are_whole(path: Path, riwaya: Run) -> None:
    text = "قصفت قوات حرستا بالمدفعية"
    url = "https://example.org/" + "%D8%A7" * 60
    told = event("e1", "shelling", text, "قصفت", day="2018-02-09")
    store = open_store(path)
    add_reports(store, [report("u", text, "2018-02-09", told, url=url)])
    link_new(store)
    store.close()
    (row,) = [each for each in read_json(riwaya("incidents", "--json"))["incidents"] if each["from_"] == "2018-02-09"]
    assert f"u  {url}\n" in riwaya("incident", row["id"]).output
