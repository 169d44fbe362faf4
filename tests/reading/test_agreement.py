"""Agreement of verbs, pronouns and parties, as features of a party's role."""

from __future__ import annotations

import pytest

from riwaya.reading.agreement import look_of_noun, look_of_verb
from riwaya.reading.drafts import find_drafts
from riwaya.reading.events import speakers_of
from riwaya.reading.features import Previous
from riwaya.reading.reader import Reader
from riwaya.reading.roles import role_pairs

READER = Reader()


@pytest.mark.parametrize(
    ("word", "look"),
    [("وقصفت", "f"), ("تقصف", "f"), ("هاجموا", "p"), ("يهاجمون", "p"), ("يسيطر", "m"), ("قصف", "m"), ("فاعلنت", "f")],
)
def test_a_verb_is_told_by_its_ending_and_prefix(word: str, look: str) -> None:
    assert look_of_verb(word) == look


@pytest.mark.parametrize(
    ("word", "look"),
    [("حركه", "f"), ("قوات", "f"), ("مسلحون", "p"), ("مقاتلين", "p"), ("مسلحو", "p"), ("جيش", "m"), ("تنظيم", "m")],
)
def test_a_noun_is_told_by_its_ending(word: str, look: str) -> None:
    assert look_of_noun(word) == look


def _features(text: str, kind: str, name: str) -> set[str]:
    scene = READER.scene(text, "2024-03-12", "وكالة")
    draft = next(draft for draft in find_drafts(scene) if draft.sense.kind == kind)
    pairs = role_pairs(scene, draft, speakers_of(scene, draft), Previous())
    return {feature for pair in pairs if pair.mention.actor.name == name for feature in pair.features}


def test_a_verb_agrees_with_the_party_after_it() -> None:
    features = _features("قصفت القوات الروسية بلدة سراقب يوم الأحد بالمدفعية وقتلت ستة مدنيين.", "shelling",
                         "Russian Armed Forces")  # fmt: skip
    assert "agree=3fs>f.military|after" in features


def test_the_pronoun_on_an_event_is_told_beside_the_party() -> None:
    features = _features("سيطرت حركة الشباب على بلدة قبل طردها منها بمعارك دامية مع الجيش الصومالي.", "capture",
                         "al-Shabaab")  # fmt: skip
    assert any(feature.startswith(("agree=3fs>f", "pronoun=")) for feature in features)


def test_a_party_right_after_an_event_is_told_wherever_the_nearest_mention_stands() -> None:
    text = (
        "قصف روسي على سراقب بالمدفعية يقتل ستة مدنيين.\n"
        "قتل القصف المدفعي ستة مدنيين في سراقب، ونفت موسكو في بيان لروسيا أي علاقة به."
    )
    features = _features(text, "shelling", "Russia")
    assert any(feature.startswith("touches=adjective|") for feature in features)


def test_who_speaks_and_who_is_only_described_is_told() -> None:
    text = "أعلن الجيش الصومالي مقتل عشرة من مسلحي حركة الشباب المرتبطة بتنظيم القاعدة في غارة جوية على البلدة."
    assert any(f.startswith("says|") for f in _features(text, "air_strike", "Somali Armed Forces"))
    assert any(f.startswith("belonging|") for f in _features(text, "air_strike", "al-Qaeda"))
