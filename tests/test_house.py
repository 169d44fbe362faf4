"""What holds for the house as a whole: imports run one way, nothing hides in the code, everything is documented."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from riwaya import __version__
from riwaya.model import ActorKind, Kind, Level, SourceKind, Stance, Status, What

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "riwaya"
MODULES = sorted(SOURCE.rglob("*.py"))

# Each room with the rooms that it may import; `documents` and `evaluation` stand aside of the path.
ROOMS = ("model", "text", "knowledge", "documents", "reading", "incidents", "evaluation", "export", "corpus", "store")
ALLOWED: dict[str, tuple[str, ...]] = {
    "vocabulary": (),
    "model": ("vocabulary",),
    "text": ("model",),
    "knowledge": ("model", "text"),
    "documents": ("model", "text", "knowledge"),
    "reading": ("model", "text", "knowledge"),
    "incidents": ("model", "text", "knowledge", "reading"),
    "evaluation": ("model", "text", "knowledge", "reading", "incidents"),
    "export": ("model", "text", "knowledge", "reading", "incidents"),
    "corpus": ("model", "text", "knowledge", "documents", "reading", "incidents", "export"),
    "store": ("model", "text", "knowledge", "documents", "reading", "incidents", "export", "corpus", "evaluation"),
    "web": ("*",),
    "commands": ("*",),
    "cli": ("*",),
    "__main__": ("*",),
}
# The lexicon matches the words that the text room splits, and the text room calls it: typed there, imported for types.
EXCEPTED = {("text", "knowledge")}
# Classes of letters and pronouns as affixes: grammar, not knowledge of the world.
LETTERS_AND_AFFIXES = ("أإآٱ", "أإؤئ", "أإآؤئ", "وقاأ", "وفبلك", "يتنا", "اتها", "اتهم")


def room_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).parts
    return parts[0].removesuffix(".py")


def runtime_imports(tree: ast.Module) -> Iterator[str]:
    """Names of imported modules, those for type checking left out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_run_one_way(path: Path) -> None:
    room = room_of(path)
    allowed = ALLOWED.get(room, ())
    if "*" in allowed or room == "__init__":
        return
    for name in runtime_imports(ast.parse(path.read_text(encoding="utf-8"))):
        parts = name.split(".")
        if parts[0] != "riwaya" or len(parts) < 2 or parts[1] == room:
            continue
        assert parts[1] in allowed or (room, parts[1]) in EXCEPTED, f"{room} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_modules_and_functions_keep_their_size(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, node.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_arabic_word_stands_in_code(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    source = path.read_text(encoding="utf-8")
    words = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
        if re.search("[\u0621-\u064a]{4,}", ast.get_source_segment(source, node) or "")
    ]
    assert [word for word in words if word not in LETTERS_AND_AFFIXES] == []


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        if room_of(path) not in ("commands", "cli"):
            calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
            assert not [n for n in calls if isinstance(n.func, ast.Name) and n.func.id == "print"], path


def test_the_version_is_the_same_everywhere() -> None:
    for name in ("pyproject.toml", "CITATION.cff"):
        given = re.search(r'^version(?::| =) "?([\d.]+)"?$', (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        assert given, name
        assert given.group(1) == __version__, name


def test_the_lock_file_names_no_registry_but_the_public_one() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert hosts <= {"pypi.org", "files.pythonhosted.org"}


@pytest.mark.parametrize("enum", [Kind, Status, Stance, SourceKind, ActorKind, Level, What])
def test_every_value_of_the_codebook_is_explained_to_users(enum: type) -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert [each.value for each in enum if f"`{each.value}`" not in page] == []  # type: ignore[attr-defined]


def test_the_reference_is_current() -> None:
    from scripts.reference import TARGET, write_reference

    assert TARGET.read_text(encoding="utf-8") == write_reference(), "run make docs"


def test_documentation_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
