"""The knowledge files entry by entry with file and line, for looking into them and for checking them.

The reader itself does not pass here: its tables read the same files and compile them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from riwaya.model import KnowledgeError
from riwaya.text.normalise import fold

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_IDS = ("id", "name", "lemma", "class", "noun", "word", "root", "role", "value")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its knowledge folder and section (a subfolder), where it stands, and its values as written."""

    folder: Path
    section: str
    path: Path
    line: int
    values: Mapping[str, Any]

    @property
    def id(self) -> str:
        """What names the entry: its id, or the first of its values that can."""
        for key in _IDS:
            if isinstance(self.values.get(key), str) and self.values[key]:
                return str(self.values[key])
        return next((str(value) for value in self.values.values() if isinstance(value, str)), "?")

    def words(self) -> Iterator[str]:
        """Every text in the entry."""
        yield from _texts(self.values)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, Sequence):
        for item in value:
            yield from _texts(item)


def sections(folders: Sequence[Path]) -> list[str]:
    """The sections of the data folders, sorted."""
    found = {path.name for folder in folders for path in folder.iterdir() if path.is_dir()}
    return sorted(name for name in found if not name.startswith((".", "_")))


def read_entries(folders: Sequence[Path], section: str | None = None) -> Iterator[Entry]:
    """The entries of all sections or one, by section, folder, file and line.

    Raises KnowledgeError where a file is not valid.
    """
    for name in [section] if section else sections(folders):
        for folder in folders:
            for path in sorted((folder / name).rglob("*")):
                if path.suffix == ".yaml":
                    yield from _yaml_entries(folder, name, path)
                elif path.suffix == ".tsv":
                    yield from _tsv_entries(folder, name, path)


def find_entries(folders: Sequence[Path], query: str) -> Iterator[Entry]:
    """The entries in which a text stands, in any of its spellings (folded), case and diacritics left aside."""
    wanted = fold(query).strip()
    for entry in read_entries(folders):
        if wanted and any(wanted in fold(text) for text in entry.words()):
            yield entry


def _tsv_entries(folder: Path, section: str, path: Path) -> Iterator[Entry]:
    lines = path.read_text(encoding="utf-8").split("\n")
    header = lines[0].rstrip("\r").split("\t")
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() and not line.startswith("#"):
            yield Entry(folder, section, path, number, dict(zip(header, line.rstrip("\r").split("\t"), strict=False)))


def _yaml_entries(folder: Path, section: str, path: Path) -> Iterator[Entry]:
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: expected valid YAML in UTF-8, found: {error}") from error
    if root is None:
        return
    for node in _entry_nodes(root):
        yield Entry(folder, section, path, node.start_mark.line + 1, _to_values(node))


def _entry_nodes(root: yaml.Node) -> Iterator[yaml.MappingNode]:
    """The mappings that are entries: those of a list at the top or one level below it, else the file as a whole."""
    if isinstance(root, yaml.SequenceNode):
        yield from (node for node in root.value if isinstance(node, yaml.MappingNode))
        return
    if not isinstance(root, yaml.MappingNode):
        return
    lists = [value for _, value in root.value if isinstance(value, yaml.SequenceNode)]
    nodes = [node for each in lists for node in each.value if isinstance(node, yaml.MappingNode)]
    if nodes:
        yield from nodes
    else:
        yield root


def _to_values(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _to_values(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_to_values(item) for item in node.value]
    return node.value
