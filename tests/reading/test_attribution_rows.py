"""Attribution on the rows of ``attribution_rows.tsv``: a rule, its sentence with the marked words, whose word they are.

The form of a row's last two columns is that of ``test_attribution``; ¶ stands for the end of a paragraph.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from riwaya.model import SourceKind
from riwaya.reading.attribution import claims_at
from riwaya.reading.reader import Reader
from tests.reading.test_attribution import told

with (Path(__file__).parent / "attribution_rows.tsv").open(encoding="utf-8") as lines:
    ROWS = [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row and row[0][:1] != "#"]


@pytest.mark.parametrize(("rule", "marked", "expected"), ROWS)
def test_whose_word(rule: str, marked: str, expected: str) -> None:
    assert told(marked.replace("¶", "\n")) == expected, rule


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("raw", "name", "alias", "body", "kind"),
    [
        ("قال مسؤول إيراني إن القصف توقف.", "official source", "Iranian officials", "Iran", SourceKind.OFFICIAL),
        ("قال جنرال أمريكي إن القصف توقف.", "military source", "", "United States", SourceKind.MILITARY),
        ("قالت مصادر عسكرية يمنية إن القصف توقف.", "military source", "", "Yemen", SourceKind.MILITARY),
        ("قالت مصادر يمنية إن القصف توقف.", "unnamed sources", "Yemeni unnamed sources", None, SourceKind.UNNAMED),
        ("قال ناشط سوري إن القصف توقف.", "activists", "Syrian activists", None, SourceKind.LOCAL),
    ],
)
def test_a_gentilic_tells_whose_official_speaks(
    reader: Reader, raw: str, name: str, alias: str, body: str | None, kind: SourceKind
) -> None:
    (found,) = reader.scene(raw).attributions
    actor = found.source.actor
    assert (actor.name, found.source.kind) == (name, kind)
    assert (actor.organisation.name if actor.organisation else None) == body
    assert not alias or alias in actor.aliases


def test_a_deed_of_speech_ends_where_the_narration_goes_on(reader: Reader) -> None:
    raw = "واتهمت روسيا تركيا بخرق الهدنة، واعتقلت الشرطة رجلا."
    attributions = list(reader.scene(raw).attributions)
    names = [
        [claim.source.actor.name for claim in claims_at(attributions, raw.index(word), raw.index(word) + len(word))]
        for word in ("خرق", "اعتقلت")
    ]
    assert names == [["Russia"], []]


@pytest.mark.parametrize(
    ("raw", "media"),
    [
        ("وذكرت الجزيرة أن القصف توقف.", ["Al Jazeera"]),
        ("وقال مصدر طبي للجزيرة إن القصف توقف.", ["Al Jazeera"]),
        ("وقال مصدر طبي للأناضول إن القصف توقف.", ["Anadolu Agency"]),
        ("اندلعت معارك في الجزيرة ليلا.", []),
        ("وقعت المعارك بين الجزيرة والنهر.", []),
        ("وصلت القوات للجزيرة بعد القصف.", []),
        ("قالت الدول العربية إن القصف توقف.", []),
    ],
)
def test_a_medium_of_one_word_needs_a_cue(reader: Reader, raw: str, media: list[str]) -> None:
    assert [mention.actor.name for mention in reader.scene(raw).actors] == media


@pytest.mark.parametrize(
    ("raw", "word", "names"),
    [
        ("أعلنت وزارة الداخلية المصرية مقتل 14 مواطنا، فيما قالت إنه حادث.", "مقتل", ["Egyptian Ministry of Interior"]),
        ("حذرت تركيا من الهجمات التي قال إنها وشيكة.", "وشيكة", ["Turkey"]),
    ],
)
def test_where_a_happening_is_told_what_is_announced_begins(
    reader: Reader, raw: str, word: str, names: list[str]
) -> None:
    attributions = list(reader.scene(raw).attributions)
    at = raw.index(word)
    assert [claim.source.actor.name for claim in claims_at(attributions, at, at + len(word))] == names


def test_a_masdar_is_no_party(reader: Reader) -> None:
    raw = "وحكم على أليكسي نافالني بتهمة تنظيم تظاهرة في يناير، دعا خلالها إلى مقاطعة الانتخابات."
    assert [found.source.actor.name for found in reader.scene(raw).attributions] == []


def test_a_plural_before_a_verb_in_the_singular_is_not_its_subject(reader: Reader) -> None:
    raw = "الحوثيون يختطفون ضابطا متقاعدا انتقد زعيمهم بجرأة"
    assert "Houthis" not in [found.source.actor.name for found in reader.scene(raw).attributions]


def test_the_outlets_own_correspondent_is_the_outlet(reader: Reader) -> None:
    raw = "وبحسب سمير العبد الله، مراسل قناة الجزيرة، فإن القصف توقف."
    (found,) = reader.scene(raw, outlet="Al Jazeera").attributions
    assert found.source.kind is SourceKind.OUTLET
