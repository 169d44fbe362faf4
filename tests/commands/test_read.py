from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from riwaya import __version__
from riwaya.corpus.processes import code_documents
from riwaya.export import export_formats
from riwaya.model import Document, Failure, Report
from tests.commands.conftest import SmallReader

Run = Callable[..., Result]
TEXT = "اشتبكت قوتان محليتان قرب القرية مساء أمس."


@pytest.fixture
def many(tmp_path: Path) -> Path:
    lines = [json.dumps({"id": str(number), "text": TEXT}) for number in range(60)]
    lines[6] = "{broken"
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def one(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_report_is_coded_with_what_the_user_says_of_it(run: Run, one: Path) -> None:
    result = run("read", one, "--published", "2020-01-02", "--outlet", "A", "--title", "B")
    assert result.exit_code == 0
    coded = json.loads(result.stdout)
    assert {key: coded["report"][key] for key in ("published", "outlet", "title")} == {
        "published": "2020-01-02", "outlet": "A", "title": "B",
    }  # fmt: skip


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_line_is_recorded_and_told_and_the_rest_is_coded_in_order(run: Run, many: Path, jobs: int) -> None:
    result = run("read", many, "--format", "jsonl", "--jobs", jobs)
    coded = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert len(coded) == 60
    assert [each["report"]["id"] for each in coded[:6]] == ["0", "1", "2", "3", "4", "5"]
    assert coded[6]["failure"]["line"] == 7
    assert f"{many}:7: not valid JSON" in result.stderr


def test_a_fault_of_the_reader_is_one_failure(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("fail", encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    result = run("read", tmp_path, "--format", "jsonl")
    coded = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    reason = coded[0]["failure"]["reason"]
    assert re.fullmatch(r"the reader failed at conftest.py:\d+: ValueError: asked to fail", reason)
    assert coded[1]["events"]


@pytest.mark.parametrize("name", [each.name for each in export_formats()])
def test_every_format_is_written_to_a_file(run: Run, one: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "deep" / "out"
    assert run("read", one, "--format", name, "-o", out).exit_code == 0
    assert out.stat().st_size > 0


def test_the_ending_of_the_output_chooses_the_format(run: Run, one: Path, tmp_path: Path) -> None:
    run("read", one, "-o", tmp_path / "x.html")
    assert (tmp_path / "x.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_standard_input_is_read(run: Run) -> None:
    assert json.loads(run("read", "-", input=TEXT.encode()).stdout)["report"]["text"] == TEXT


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "nothing"], "no format 'nothing'"),
        (["--published", "21/5/2018"], "expected a day as YYYY-MM-DD"),
        (["--jobs", "-1"], "--jobs"),
    ],
)
def test_wrong_use_is_exit_code_two(run: Run, one: Path, arguments: list[str], message: str) -> None:
    result = run("read", one, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_what_does_not_exist_is_exit_code_one(run: Run, tmp_path: Path) -> None:
    result = run("read", tmp_path / "none.txt", "--format", "jsonl")
    assert result.exit_code == 1
    assert "no such file" in result.stderr


def test_ctrl_c_keeps_what_is_written(run: Run, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(SmallReader):
        def read_document(self, document: Document, *, explain: bool = False) -> Report:
            if document.id == "3":
                raise KeyboardInterrupt
            return super().read_document(document)

    monkeypatch.setattr("riwaya.commands.read.make_reader", lambda folders: Interrupted())
    result = run("read", many, "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 130
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["report"]["id"] for line in lines] == ["0", "1", "2"]


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout.strip() == f"riwaya {__version__}"


def test_documents_are_coded_lazily() -> None:
    def documents() -> list[Document | Failure]:
        for number in range(1000):
            taken.append(number)
            yield Document(str(number), TEXT)  # type: ignore[misc]

    taken: list[int] = []
    coded = code_documents(documents(), SmallReader, lambda item: item)
    next(coded)
    assert taken == [0]


def test_explain_tells_rule_and_words(run: Run, one: Path) -> None:
    result = run("explain", one)
    assert result.exit_code == 0
    assert "(rule test.rule)" in result.stdout
    assert f"[{TEXT[:4]}]" in result.stdout


def test_explain_names_the_events_that_there_are(run: Run, one: Path) -> None:
    result = run("explain", one, "e9")
    assert result.exit_code != 0
    assert "no event 'e9' in this report; its events: e1" in str(result.exception)
