"""Compiled knowledge is found again, rebuilt where it is stale or damaged, and never seen half written."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from riwaya.knowledge import compiled, knowledge
from riwaya.knowledge.compiled import (
    content_key,
    read_compiled,
    read_pointer,
    state_key,
    write_compiled,
    write_pointer,
)
from riwaya.knowledge.knowledge import Knowledge, load_knowledge, ship_knowledge
from riwaya.model import KnowledgeError

ACTOR = """
- id: zz-council
  name: Council of Test
  kind: armed_group
  arabic: [مجلس الاختبار العسكري]
  source: written for this test
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RIWAYA_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def refuse(*_: object) -> Knowledge:
    raise AssertionError("compiled where nothing has changed")


def test_what_is_written_is_read_and_a_damaged_file_counts_as_absent(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = write_compiled(tmp_path, "k", b"body")
    assert bytes(read_compiled(tmp_path, "k") or b"") == b"body"
    path.write_bytes(path.read_bytes()[:-1])
    assert read_compiled(tmp_path, "k") is None
    assert "damaged" in caplog.text
    assert read_compiled(tmp_path, "other") is None


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    for number in range(11):
        path = write_compiled(tmp_path, f"k{number:02}", b"x")
        os.utime(path, ns=(number, number))
    assert sorted(path.stem for path in tmp_path.glob("*.pickle")) == [f"k{number:02}" for number in range(3, 11)]


def test_the_content_key_is_of_contents_the_state_key_of_dates(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("one", encoding="utf-8")
    content, state = content_key([path]), state_key([path])
    os.utime(path, ns=(1, 1))
    assert content_key([path]) == content
    assert state_key([path]) != state
    path.write_text("two", encoding="utf-8")
    assert content_key([path]) != content


def test_a_pointer_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    write_pointer(tmp_path, "s", "key")
    assert read_pointer(tmp_path, "s") == "key"
    (tmp_path / "s.json").write_text("[", encoding="utf-8")
    assert read_pointer(tmp_path, "s") is None


def test_a_folder_that_cannot_be_written_is_no_error_unless_asked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    write_compiled(tmp_path / "file", "k", b"x")
    with pytest.raises(OSError):  # noqa: PT011
        write_compiled(tmp_path / "file", "k", b"x", strict=True)


def test_writers_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    body = os.urandom(1 << 20)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: write_compiled(tmp_path, "k", body), range(16)))
        found = list(pool.map(lambda _: read_compiled(tmp_path, "k"), range(16)))
    assert all(each is not None and bytes(each) == body for each in found)
    assert [path.name for path in tmp_path.iterdir()] == ["k.pickle"]


def test_a_second_start_compiles_nothing_and_a_changed_folder_is_noticed(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    (own / "actors").mkdir(parents=True)
    (own / "actors" / "x.yaml").write_text(ACTOR, encoding="utf-8")
    first = load_knowledge([own])
    assert "zz-council" in first.actors.entries
    with monkeypatch.context() as patch:
        patch.setattr(knowledge, "compile_knowledge", refuse)
        assert load_knowledge([own]).key == first.key
        os.utime(own / "actors" / "x.yaml", ns=(1, 1))  # another date, the same words
        assert load_knowledge([own]).key == first.key
        (cache / f"{first.key}.pickle").write_bytes(b"damaged")
        with pytest.raises(AssertionError, match="compiled"):
            load_knowledge([own])
    (own / "actors" / "x.yaml").write_text(ACTOR.replace("zz-council", "zz-board"), encoding="utf-8")
    assert {"zz-board", "zz-council"} & load_knowledge([own]).actors.entries.keys() == {"zz-board"}


def test_knowledge_that_comes_with_the_package_is_read_and_nothing_compiled(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ship_knowledge(tmp_path / "shipped")
    monkeypatch.setattr(knowledge, "SHIPPED", tmp_path / "shipped")
    monkeypatch.setattr(knowledge, "compile_knowledge", refuse)
    assert load_knowledge().key == path.stem
    assert [each.suffix for each in cache.iterdir()] == [".json"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="expected a folder of knowledge files"):
        load_knowledge([tmp_path / "absent"])


def test_the_code_that_compiles_belongs_to_the_key() -> None:
    names = [path.name for path in compiled.input_files([])]
    assert {"lexicon.py", "normalise.py", "model.py"} <= set(names)
