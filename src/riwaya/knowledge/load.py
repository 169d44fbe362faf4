"""Read knowledge files: YAML with every scalar as text, TSV with a header, errors with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from riwaya.model import KnowledgeError

DATA = Path(__file__).parent / "data"


def read_yaml(path: Path) -> Any:
    """A YAML file's content; every scalar is a string (`no` stays "no", a date stays text).

    Raises KnowledgeError with file and line where the file is not valid YAML or UTF-8.
    """
    from riwaya.knowledge.plain_yaml import parse_yaml  # only compiling needs the parser

    try:
        return parse_yaml(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError as error:
        raise KnowledgeError(f"{path}: expected valid YAML in UTF-8, found: {error}") from error


def read_tsv(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a tab-separated file: (line number, {column: value}).

    Raises KnowledgeError where the header is not ``columns`` or a row has another number of fields.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    header = lines[0].rstrip("\r").split("\t")
    if header != list(columns):
        raise KnowledgeError(f"{path}:1: expected columns {' '.join(columns)}, found {' '.join(header)}")
    for number, line in enumerate(lines[1:], start=2):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != len(columns):
            raise KnowledgeError(f"{path}:{number}: expected {len(columns)} fields, found {len(fields)}")
        yield number, dict(zip(columns, fields, strict=True))


def check_keys(where: str, entry: Any, required: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, Any]:
    """The entry, when it is a mapping with all required keys and no unknown one.

    Raises KnowledgeError naming the key, what was expected and what was found.
    """
    if not isinstance(entry, Mapping):
        raise KnowledgeError(f"{where}: expected a mapping, found {type(entry).__name__}")
    for key in required:
        if key not in entry:
            raise KnowledgeError(f"{where}: expected key '{key}', found {', '.join(map(str, entry))}")
    for key in entry:
        if key not in required and key not in optional:
            allowed = ", ".join([*required, *optional])
            raise KnowledgeError(f"{where}: expected one of the keys {allowed}, found '{key}'")
    return entry


def files_in(folders: Sequence[Path], name: str, suffix: str) -> list[Path]:
    """Files ``<folder>/<name>/**/*<suffix>`` of each folder, sorted within a folder."""
    found: list[Path] = []
    for folder in folders:
        found.extend(sorted((folder / name).rglob(f"*{suffix}")))
    return found
