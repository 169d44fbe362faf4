"""The kinds of events: every example names its kind, no non-example does, and a wrong file says where it is wrong."""

from __future__ import annotations

import pickle
import unicodedata
from pathlib import Path

import pytest

from riwaya.knowledge.kinds import KindTable, Sense
from riwaya.knowledge.kinds_file import read_kinds
from riwaya.knowledge.lexicon import LexiconBuilder
from riwaya.knowledge.load import DATA
from riwaya.knowledge.word_keys import word_keys
from riwaya.model import Kind, KnowledgeError
from riwaya.text.text import read_text

PARTS = read_kinds([DATA])
TABLE = KindTable.load([DATA])
BUILDER = LexiconBuilder()
TABLE.register(BUILDER)
LEXICON = BUILDER.build()
MODIFIERS = {modifier.id for modifier in TABLE.modifiers}
EXAMPLES = [(name, kind, text) for name, kind, text, right in PARTS.examples if right]
NON_EXAMPLES = [(name, kind, text) for name, kind, text, right in PARTS.examples if not right]


def senses(text: str) -> list[Sense]:
    return list(TABLE.senses(read_text(text, LEXICON)))


@pytest.mark.parametrize(("name", "kind", "text"), EXAMPLES)
def test_example(name: str, kind: Kind, text: str) -> None:
    found = senses(text)
    assert kind in [sense.kind for sense in found], [sense.rule for sense in found]
    if name in MODIFIERS:
        assert any(sense.rule.endswith(f"+{name}") for sense in found), [sense.rule for sense in found]


@pytest.mark.parametrize(("name", "kind", "text"), NON_EXAMPLES)
def test_non_example(name: str, kind: Kind, text: str) -> None:
    rules = [sense.rule for sense in senses(text)]
    assert not [rule for rule in rules if rule.split("+")[0] == name or rule.endswith(f"+{name}")]


def test_all_kinds_are_there_with_triggers_examples_and_non_examples() -> None:
    assert list(TABLE.kinds) == sorted(Kind)
    for kind in Kind:
        assert sum(trigger.kind is kind for trigger in TABLE.triggers.values()) >= 10, kind
        assert kind in [known for _, known, _ in EXAMPLES], kind


@pytest.mark.parametrize(
    ("kind", "cameo", "plover"),
    [("clash", "190", "ASSAULT"), ("ceasefire", "087", "YIELD"), ("displacement", None, None), ("aid", "073", "AID")],
)
def test_codes(kind: str, cameo: str | None, plover: str | None) -> None:
    entry = TABLE.entry(Kind(kind))
    assert (entry.cameo, entry.plover) == (cameo, plover)


def test_every_kind_has_a_line_of_its_own() -> None:
    lines = TABLE.lines()
    assert len(set(lines.values())) == len(lines) == len(Kind)


def test_words_are_composed_and_without_presentation_forms_or_bidi_controls() -> None:
    for path in sorted((DATA / "kinds").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text), path
        assert not [c for c in text if "ﭐ" <= c <= "﻿" or "‎" <= c <= "‏" or c in "کگی"], path


def test_a_modifier_changes_the_kind() -> None:
    by_air = senses("هجوم بطائرات على القرية")
    by_hand = senses("هجوم بالسكاكين على القرية")
    assert (by_air[0].kind, by_hand[0].kind) == (Kind.AIR_STRIKE, Kind.ATTACK)


def test_no_finite_verb_after_a_preposition() -> None:
    assert [sense.match.proclitic for sense in senses("لقصف المدينة")] == ["ل"]


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("قصف الجيش موقع المسلحين بشأن الأمر", []),
        ("ردد قائد القوات أحدث التصريحات", []),
        ("تواصلت المعارك الدائرة", ["تواصل:subject", "دار:subject"]),
        ("حلقت الطائرات موجهة ضربة", ["وجه:object"]),
    ],
)
def test_participles_that_are_nouns_carry_no_happening(text: str, light: list[str]) -> None:
    assert [match.entry.id for match in read_text(text, LEXICON).of("light")] == light


def test_a_modified_word_keeps_its_own_kind_as_second_sense() -> None:
    kinds = [sense.kind for sense in senses("هجوم نفذه انتحاري على الحاجز") if sense.trigger.lemma == "هجوم"]
    assert kinds == [Kind.BOMBING, Kind.ATTACK]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("لم يستعد الجيش السيطرة على القرية", Kind.CAPTURE, True),  # a jussive after its particle
        ("يستعد الجيش لدخول القرية", Kind.CAPTURE, False),  # the same spelling of another verb
        ("أدلى ببيان منددا بالغارة", Kind.ACCUSATION, True),  # a participle that tells a circumstance
        ("رجل يدعى سليم قرب القرية", Kind.APPEAL, False),  # a passive that is another verb
        ("أدين القصف", Kind.ACCUSATION, True),
        ("طالت العقوبات محمد طهراني وفق الوزارة", Kind.CAPTURE, False),  # a name that looks like a dual with an object
        ("اعتقلني الجنود في القرية", Kind.ARREST, True),
    ],
)
def test_forms(text: str, kind: Kind, found: bool) -> None:
    named = [sense.kind for sense in senses(text) if sense.trigger.lemma != "دخل"]
    assert (kind in named) is found


def test_keys_of_a_word() -> None:
    assert {"دبابات", "دباب"} <= set(word_keys("وبالدبابات"))


def test_a_table_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(TABLE))
    text = read_text("قصفت المدفعية القرية", LEXICON)
    assert [s.rule for s in again.senses(text)] == [s.rule for s in TABLE.senses(text)]


def folder(tmp_path: Path, name: str, text: str) -> list[Path]:
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return [DATA, tmp_path]


def test_a_user_adds_a_trigger_in_one_file(tmp_path: Path) -> None:
    text = "kind: clash\nsource: own\ntriggers:\n  - {lemma: هوشة, plural: [هوشات]}\n"
    table = KindTable.load(folder(tmp_path, "mine", text))
    assert table.triggers["clash:هوشة"].kind is Kind.CLASH


HEAD = "kind: clash\nsource: own\ntriggers:\n  - {lemma: هوشة}\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("mine", HEAD + "  - {lemma: هوشة, strenght: weak}\n", "mine.yaml:5: .*'strenght'"),
        ("mine", HEAD + "  - {lemma: هوشة, strength: huge}\n", "mine.yaml:5: .*'strength'.*found 'huge'"),
        ("mine", HEAD + '  - {lemma: هوشة, needs: ["@nobody"]}\n', "mine.yaml:5: .*'needs'.*found '@nobody'"),
        ("mine", HEAD + "  - {lemma: هوشة, frame: {subject: doer}}\n", "mine.yaml:5: .*found 'doer'"),
        ("mine", HEAD + "  - {lemma: هوشة, frame: nothing}\n", "mine.yaml:5: .*found 'nothing'"),
        ("mine", HEAD + "  - {lemma: هوشة, also: [quarrel]}\n", "mine.yaml:5: .*found 'quarrel'"),
        ("mine", HEAD + "  - {lemma: هوشة, verb: {root: ه و, form: I}}\n", "mine.yaml:5: .*root of 3 letters"),
        ("mine", "kind: quarrel\nsource: own\ntriggers: []\n", "mine.yaml.*'label'|mine.yaml.*label"),
        ("mine", "kind: clash\nsource: own\ntriggers: هوشة\n", "mine.yaml: expected a list"),
        ("_mine", HEAD, "expected _words, _frames, _modifiers or _light_verbs"),
        (
            "_modifiers",
            "source: own\nmodifiers:\n  - {id: x, on: [clash], to: nothing, words: [جوي]}\n",
            "_modifiers.yaml:3: .*found 'nothing'",
        ),
        (
            "_light_verbs",
            "source: own\nverbs:\n  - {lemma: شن, noun: object, status: soon}\n",
            "_light_verbs.yaml:3: .*found 'soon'",
        ),
    ],
)
def test_a_bad_file_says_where(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        KindTable.load(folder(tmp_path, name, text))
