"""Is a report about conflict at all? Sport, economy and culture use its words: `هجوم المنتخب`, `معركة انتخابية`.

One additive score over the words of the report (``weights/topic.json``, fitted by ``scripts/train_topic.py``). Below
zero a report yields no events; a little above, an event must score the more. A short text without telling words
stands well above zero.
"""

from __future__ import annotations

from riwaya.reading.scene import Scene

_PLAIN = 3.5  # from here on nothing is taken off
_WORDS = 75  # distinct words for each point of that: a sentence alone cannot say much of its topic
_STEEP = 2.0  # taken off an event's score for each point below


def topic_penalty(scene: Scene) -> float | None:
    """What is taken off each event's score (0 or below), None for a report that is not about conflict."""
    weights = scene.knowledge.weights
    if not weights.of("topic"):
        return 0.0
    words = set(scene.text.forms)
    topic = weights.score("topic", words)
    if topic < 0:
        return None
    return min(0.0, topic - min(_PLAIN, len(words) / _WORDS)) * _STEEP
