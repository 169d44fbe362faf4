"""Cue files: what loads, what is refused, and every example and non-example that the files carry."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest

from riwaya.knowledge.cues import CueTable
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA
from riwaya.model import KnowledgeError, SourceKind, Stance
from riwaya.reading.attribution import find_attributions
from riwaya.text.text import read_text

TABLE = CueTable.load([DATA])
BUILDER = LexiconBuilder()
TABLE.register(BUILDER)
LEXICON = BUILDER.build()
KNOWLEDGE = SimpleNamespace(cues=TABLE)


def rules(sentence: str) -> list[str]:
    found = find_attributions(read_text(sentence, LEXICON), KNOWLEDGE, [], None)
    return [attribution.rule.split(".")[1 if "speech_act" not in attribution.rule else 2] for attribution in found]


EXAMPLES = [(name, text) for name, entry in TABLE.entries.items() for text in entry.examples]
NON_EXAMPLES = [(name, text) for name, entry in TABLE.entries.items() for text in entry.non_examples]
# These cues name no attribution of their own: they change or end another's.
INDIRECT = {"responsibility", "context"}


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_example(name: str, text: str) -> None:
    if name == "responsibility":
        found = find_attributions(read_text(text, LEXICON), KNOWLEDGE, [], None)
        assert [a.stance for a in found] == [Stance.CLAIMS_RESPONSIBILITY]
    elif name in INDIRECT:
        assert rules(text) == []
    else:
        assert name in rules(text)


@pytest.mark.parametrize(("name", "text"), NON_EXAMPLES, ids=[name for name, _ in NON_EXAMPLES])
def test_non_example(name: str, text: str) -> None:
    assert name not in rules(text)
    if name == "responsibility":
        assert rules(text) == []


def test_every_family_states_its_source_and_has_examples() -> None:
    families = {entry.cue.family for entry in TABLE.entries.values()}
    with_examples = {TABLE.entries[name].cue.family for name, _ in EXAMPLES}
    assert families == with_examples
    assert len(families) >= 8


def test_particles_and_words_are_folded() -> None:
    assert "الا" not in TABLE.particles["complementisers"]
    assert "ان" in TABLE.particles["complementisers"]
    assert TABLE.modifiers["طبيه"] == ("medical",)


def test_words_are_nfc_without_presentation_forms() -> None:
    for entry in TABLE.entries.values():
        for word, _ in entry.words:
            assert word == unicodedata.normalize("NFKC", word)


def test_a_class_gives_kind_by_domain() -> None:
    source = TABLE.classes["source"]
    assert source.kind is SourceKind.UNNAMED
    assert source.domains["medical"][1] is SourceKind.MEDICAL


def write(folder: Path, name: str, text: str) -> Path:
    (folder / "cues").mkdir(exist_ok=True)
    (folder / "cues" / name).write_text(text, encoding="utf-8")
    return folder


def test_a_user_adds_a_cue_in_one_file(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        "own.yaml",
        "family: own\nrole: say\nstance: asserts\nsource: test\n"
        'entries:\n  - {id: whisper, root: "ه م س", form: I, complement: clause}\n',
    )
    table = CueTable.load([DATA, folder])
    builder = LexiconBuilder()
    table.register(builder)
    text = read_text("همس مصدر أمني بأن الطريق مفتوح", builder.build())
    found = find_attributions(text, SimpleNamespace(cues=table), [], None)
    assert [(a.rule, a.source.actor.name) for a in found] == [("cue.whisper.after", "security source")]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{id: x, root: 'ق و ل', form: XX}", "form"),
        ("{id: x, root: 'ق و ل', shape: I}", "shape"),
        ("{id: x}", "'root' or 'phrases'"),
        ("{id: x, root: 'ق و ل', stance: believes}", "believes"),
        ("{id: x, root: 'ق و ل', role: sing}", "sing"),
        ("{id: x, root: 'ق و ل', prepositions: على}", "prepositions"),
        ("{root: 'ق و ل'}", "id"),
    ],
)
def test_a_bad_entry_names_file_and_fault(tmp_path: Path, entry: str, message: str) -> None:
    folder = write(tmp_path, "bad.yaml", f"family: f\nrole: say\nstance: asserts\nsource: s\nentries:\n  - {entry}\n")
    with pytest.raises(KnowledgeError, match=message) as error:
        CueTable.load([folder])
    assert "bad.yaml" in str(error.value)


def test_a_bad_source_kind_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, "sources.yaml", "classes:\n  - {id: x, words: [كاهن], name: priest, kind: clergy}\n")
    with pytest.raises(KnowledgeError, match="clergy"):
        CueTable.load([folder])
