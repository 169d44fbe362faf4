"""Static statements of control: `بلدة سرمدا الخاضعة لسيطرة الفصائل` says who holds Sarmada, without any happening."""

from __future__ import annotations

from riwaya.model import ActorMention, ControlStatement, PlaceMention, Stance
from riwaya.reading.scene import Scene

_PAST = 2  # tokens between a word of the past and the phrase of control that it governs
_NEAR = 7  # tokens within which place and holder stand


def _holder(scene: Scene, last: int) -> ActorMention | None:
    sentence = scene.text.sentence_of[last - 1]
    for mention in scene.actors:
        if last <= mention.first <= last + 3 and scene.text.sentence_of[mention.first] == sentence:
            return mention
    return None


def _place(scene: Scene, first: int, last: int, side: str) -> PlaceMention | None:
    sentence = scene.text.sentence_of[first]
    near: list[tuple[int, PlaceMention]] = []
    for mention in scene.places:
        if scene.text.sentence_of[mention.first] != sentence:
            continue
        distance = first - mention.last if side == "before" else mention.first - last
        if 0 <= distance <= _NEAR:
            near.append((distance, mention))
    return min(near, key=lambda item: item[0])[1] if near else None


def find_control(scene: Scene) -> list[ControlStatement]:
    """The statements of control of a report, in text order; one without a named place or holder is left out.

    So is what was (`كانت تحت سيطرة`): a statement tells who holds a place when the report is written.
    """
    found: list[ControlStatement] = []
    covered = -1
    past = {at for word in scene.text.of("control_past") for at in range(word.last, word.last + _PAST + 1)}
    for match in scene.text.of("control"):
        if match.first < covered or match.first in past:
            continue
        phrase = scene.knowledge.control.entries[match.entry]
        if match.first and scene.text.forms[match.first - 1] in phrase.unless:
            continue
        holder = _holder(scene, match.last)
        if holder is None:
            continue
        anchor = holder.last if phrase.place == "after" else match.last
        place = _place(scene, match.first, anchor, phrase.place)
        if place is None:
            continue
        covered = match.last
        start, end = min(place.start, scene.text.starts[match.first]), max(place.end, holder.end)
        attribution = scene.speaking_at(scene.text.starts[match.first])
        found.append(
            ControlStatement(
                start, end, scene.text.raw[start:end], holder.actor, place.place, f"control.{phrase.id}",
                attribution.source if attribution else None,
                attribution.stance if attribution else Stance.ASSERTS,
            )
        )  # fmt: skip
    return found
