"""What is told again is not told as new; what only resembles it is."""

from __future__ import annotations

import pytest

from riwaya.reading.drafts import find_drafts
from riwaya.reading.reader import Reader

READER = Reader()


def _told(text: str) -> list[tuple[str, list[str]]]:
    """Each happening's kind and the words that tell it."""
    scene = READER.scene(text, "2021-03-04", "وكالة")
    return [(str(d.sense.kind), [scene.text.raw[c.start : c.end] for c in d.mentions]) for d in find_drafts(scene)]


HEAD = "اتفاق على إجلاء 300 مدني من بلدة يلدا\n"


@pytest.mark.parametrize(
    ("text", "kind", "events"),
    [
        # the lead tells the headline again
        (HEAD + "توصلت روسيا وجيش الإسلام إلى اتفاق يقضي بإجلاء 300 مدني من يلدا.", "agreement", 1),
        # a definite noun points back
        ("قتل خمسة أشخاص في هجوم على حاجز في بغداد. ولم تتبن أي جهة الهجوم.", "attack", 1),
        # another day, another place: another strike
        (
            "شن التحالف غارة على منزل في صنعاء الأحد، ما أدى إلى مقتل خمسة مدنيين.\n"
            "والثلاثاء، قصفت طائرات التحالف سوقا في صعدة، ما أسفر عن مقتل عشرة.",
            "air_strike",
            2,
        ),
    ],
)
def test_happenings_are_counted_once(text: str, kind: str, events: int) -> None:
    told = _told(text)
    assert [name for name, _ in told].count(kind) == events, told


def test_the_words_that_tell_a_happening_again_are_kept_with_it() -> None:
    told = dict(_told("قتل خمسة أشخاص في هجوم على حاجز في بغداد. ولم تتبن أي جهة الهجوم."))
    assert "الهجوم" in told["attack"]


def test_the_terms_of_telling_again_are_kept_for_explanation() -> None:
    text = "قتل خمسة أشخاص في هجوم على حاجز في بغداد. ولم تتبن أي جهة الهجوم."
    report = READER.read(text, published="2021-03-04", outlet="وكالة", explain=True)
    attack = next(event for event in report.events if event.kind == "attack")
    told = {d.evidence.text: d for d in attack.decisions if d.about == "told again" and d.evidence}
    assert told["الهجوم"].score > 0
    assert any(term.feature.startswith("alike=kind") for term in told["الهجوم"].terms)
