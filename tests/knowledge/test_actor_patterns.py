"""Patterns of actors: every example of the data runs, and names are romanised as newsrooms do."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from riwaya.knowledge.actor_patterns import PatternTable
from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.functions import FunctionTable
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA
from riwaya.model import KnowledgeError
from riwaya.reading.actors import find_actors
from riwaya.text.normalise import fold
from riwaya.text.text import read_text

PATTERNS = PatternTable.load([DATA])


@pytest.fixture(scope="module")
def known() -> SimpleNamespace:
    table = ActorTable.load([DATA])
    builder = LexiconBuilder()
    table.register(builder)
    return SimpleNamespace(actors=table, functions=FunctionTable.load([DATA]), lexicon=builder.build())


@pytest.mark.parametrize(("rule", "raw", "words"), [(rule, raw, words) for _, rule, raw, words in PATTERNS.examples])
def test_examples(known: SimpleNamespace, rule: str, raw: str, words: str) -> None:
    found = [mention.text for mention in find_actors(read_text(raw, known.lexicon), known, None)]
    assert words in found if words else found == []


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("محمد", "Mohammed"),
        ("عبد الرحمن", "Abdulrahman"),
        ("سيف الله", "Saif Allah"),
        ("خالد بن سالم", "Khaled bin Salem"),
        ("الساحل الجديد", "Al-Sahel al-Jadid"),
        ("أبو حمزة", "Abu Hamza"),
        ("بدر", "Badr"),
    ],
)
def test_names_are_written_as_newsrooms_do(arabic: str, english: str) -> None:
    words = arabic.split()
    romanised = PATTERNS.romanise(words, [fold(word) for word in words])
    assert romanised.replace("al-Sahel", "Sahel") == english.replace("Al-Sahel", "Sahel")


def test_there_are_enough_given_names() -> None:
    assert len(PATTERNS.given) >= 600


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("heads", "- {body: x}\n", "expected key 'kind'"),
        ("weights", "- {feature: bias, weight: much, source: s}\n", "expected a number under 'weight'"),
        ("spells", "[]\n", "expected a file named"),
        ("titles", "- {title: t, words: [س], source: s, source_kind: rumour}\n", "under 'source_kind' one of"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, name: str, content: str, said: str) -> None:
    path = tmp_path / "actor_patterns" / f"{name}.yaml"
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said):
        PatternTable.load([DATA, tmp_path])


def test_a_given_name_has_one_spelling(tmp_path: Path) -> None:
    path = tmp_path / "actor_patterns" / "more.tsv"
    path.parent.mkdir()
    path.write_text("arabic\tenglish\tcommon\nسلامة\tSalama\tyes\nسلامه\tSalama\t\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="expected one spelling of a name, سلامة is one"):
        PatternTable.load([DATA, tmp_path])
