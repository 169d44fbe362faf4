"""Is a report about conflict at all? Sport, economy and culture use its words: `هجوم المنتخب`, `معركة انتخابية`.

One additive score over the stems of the report's words (``weights/topic.json``, fitted by ``scripts/train_topic.py``).
Below zero, in a long text a little above, a report yields no events; a little above that, an event must score the more.
A short text without telling words stands well above zero.
"""

from __future__ import annotations

from collections.abc import Iterable

from riwaya.reading.scene import Scene
from riwaya.text.stems import stem

_PLAIN = 4.0  # from here on nothing is taken off
_WORDS = 50  # distinct words for each point of that: a sentence alone cannot say much of its topic
_STEEP = 2.0  # taken off an event's score for each point below
_LONG = 1.2  # what a long text must reach at least
_LONG_WORDS = 120  # distinct words for each point of that


def topic_penalty(scene: Scene) -> float | None:
    """What is taken off each event's score (0 or below), None for a report that is not about conflict."""
    weights = scene.knowledge.weights
    if not weights.of("topic"):
        return 0.0
    words = set(scene.text.forms)
    topic = weights.score("topic", topic_words(words))
    if topic < min(_LONG, len(words) / _LONG_WORDS):
        return None
    return min(0.0, topic - min(_PLAIN, len(words) / _WORDS)) * _STEEP


def topic_words(forms: Iterable[str]) -> set[str]:
    """The stems of a text's distinct folded words; numbers tell nothing."""
    return {stem(form) for form in forms if not form[0].isdigit()}
