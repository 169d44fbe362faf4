"""Check knowledge files for what no table complains of: doubled ids and names, and text that looks right but is not.

Text is held to be NFC, without presentation forms, without bidirectional controls, and without the Persian letters
that look like Arabic ones (a Persian kaf or yeh makes a name that no report has).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from riwaya.knowledge.entries import Entry, read_entries
from riwaya.model import KnowledgeError

_SUFFIXES = (".yaml", ".tsv")
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefe]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LOOK_ALIKES = re.compile("[\u06a9\u06cc\u06c0\u06c1\u06be\u06d5\u06f0-\u06f9]")
_SPELLINGS = "romanise.yaml"  # a table of letters, which has to name the look-alikes


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: the file, the line (0 where it is the file as a whole), and what."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        """File, line and what is wrong."""
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{where}: {self.what}"


def check_knowledge(folders: Sequence[Path]) -> list[Problem]:
    """Every problem of the folders' files, by file and line; empty where all is well."""
    problems = [problem for path in _files(folders) for problem in check_text(path)]
    try:
        problems += check_ids(list(read_entries(folders)))
        _compile(folders)
    except KnowledgeError as error:
        problems.append(Problem(Path(str(error).split(":", 1)[0]), 0, str(error).split(": ", 1)[-1]))
    return sorted(problems, key=lambda problem: (str(problem.path), problem.line, problem.what))


def _files(folders: Sequence[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in _SUFFIXES]


def check_text(path: Path) -> Iterator[Problem]:
    """What is wrong with the letters of a file."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        yield Problem(path, 0, f"expected UTF-8, found: {error}")
        return
    for number, line in enumerate(lines, start=1):
        if line.isascii():
            continue
        if not unicodedata.is_normalized("NFC", line):
            yield Problem(path, number, "not in NFC")
        tests = [(_PRESENTATION, "presentation form"), (_BIDI, "bidirectional control")]
        if path.name != _SPELLINGS:
            tests.append((_LOOK_ALIKES, "Persian letter that looks like an Arabic one"))
        for pattern, name in tests:
            found = pattern.search(line)
            if found:
                yield Problem(path, number, f"{name} U+{ord(found.group()):04X} in column {found.start() + 1}")


def check_ids(entries: Sequence[Entry]) -> Iterator[Problem]:
    """Ids given twice in one section of a knowledge folder; a later folder may replace an entry of an earlier one."""
    seen: dict[tuple[Path, str, str], Entry] = {}
    for entry in entries:
        given = entry.values.get("id")
        if not isinstance(given, str) or not given:
            continue
        key = (entry.folder, entry.section, given)
        if key in seen:
            first = seen[key]
            yield Problem(entry.path, entry.line, f"id '{given}' stands already at {first.path.name}:{first.line}")
        else:
            seen[key] = entry


def _compile(folders: Sequence[Path]) -> None:
    """Let every table read its files: unknown keys, unknown values, dangling ids. Raises KnowledgeError."""
    from riwaya.knowledge.knowledge import compile_knowledge

    compile_knowledge(folders)
