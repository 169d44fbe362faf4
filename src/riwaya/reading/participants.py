"""Who may take part in a report's happenings: named actors, people without a name, people that a count names."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from riwaya.model import Actor, ActorMention, PlaceMention
from riwaya.reading.stops import HARD_STOP
from riwaya.text.letters import AND
from riwaya.text.stems import stem

if TYPE_CHECKING:
    from riwaya.reading.scene import Scene


_SILENCE = 8  # words before an actor in which it is said not to have spoken
_COMMENT = 3  # words after it in which the comment may follow: `لم يصدر عن الوزارة أي تعليق`


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor mention, or people without a name (`المتظاهرون`), as it may stand in a role."""

    first: int
    last: int
    start: int
    end: int
    actor: Actor
    named: bool
    number: int  # order of first mention among the report's actors
    adjective: bool = False  # only a gentilic: `غارة إسرائيلية`
    how: str = "name"  # name, count (`خمسة أطفال`), implied by the kind of happening


def find_participants(scene: Scene) -> list[Participant]:
    """The participants of a scene whose actors, places and counts are known, in text order."""
    numbers: dict[str, int] = {}
    found: list[Participant] = []
    for mention in scene.actors:
        number = numbers.setdefault(mention.actor.id, len(numbers))
        if _keeps_silent(scene, mention):
            continue
        found.append(
            Participant(mention.first, mention.last, mention.start, mention.end, mention.actor, True, number)
        )
    starts = [mention.first for mention in scene.actors]
    for match in scene.text.of("party"):
        before = bisect_right(starts, match.first) - 1
        if before >= 0 and scene.actors[before].last > match.first:
            continue
        party = scene.knowledge.functions.parties[match.entry]
        if party.not_after and match.first and stem(scene.text.forms[match.first - 1]) in party.not_after:
            continue
        start, end = scene.text.span(match.first, match.last, len(match.proclitic), len(match.enclitic))
        number = numbers.setdefault(party.name, len(numbers))
        actor = Actor(party.name, party.name, party.kind, known=False)
        found.append(Participant(match.first, match.last, start, end, actor, False, number))
    found += _counted(scene, numbers)
    found += _adjectives(scene, numbers)
    found.sort(key=lambda p: (p.first, -p.last, p.actor.id))
    return found


def _keeps_silent(scene: Scene, mention: ActorMention) -> bool:
    """Whether an actor is named for not having spoken (`لم يصدر تعليق من الوزارة`): it takes part in nothing by that.

    A negator and a word of comment stand in its clause, or right before it, with no stop between.
    """
    classes, forms, gaps = scene.knowledge.functions.classes, scene.text.forms, scene.text.gaps
    sentence = scene.text.sentences[scene.text.sentence_of[mention.first]]
    low = mention.first
    while low > max(sentence.first, mention.first - _SILENCE) and not HARD_STOP.search(gaps[low]):
        low -= 1
    near = [classes.get(form) or classes.get(form.lstrip(AND)) or () for form in forms[low : mention.first]]
    after = [classes.get(form, ()) for form in forms[mention.last : min(sentence.last, mention.last + _COMMENT)]]
    negated = next((number for number, names in enumerate(near) if "negator" in names), None)
    if negated is None:
        return False
    return any("comment" in names for names in (*near[negated:], *after))


def _counted(scene: Scene, numbers: dict[str, int]) -> list[Participant]:
    """People whom a count names (`خمسة أطفال`): civilians."""
    found: list[Participant] = []
    for party in scene.knowledge.functions.parties:
        if not party.counted:
            continue
        actor = Actor(party.name, party.name, party.kind, known=False)
        for count in scene.counts:
            if count.who in party.counted:
                number = numbers.setdefault(party.name, len(numbers))
                found.append(
                    Participant(count.first, count.last, count.start, count.end, actor, False, number, how="count")
                )
    return found


def _adjectives(scene: Scene, numbers: dict[str, int]) -> list[Participant]:
    """States named by a gentilic alone (`غارة إسرائيلية`), outside the names of actors and places."""
    table = scene.knowledge.actors
    named: list[ActorMention | PlaceMention] = [*scene.actors, *scene.places]
    taken = {at for mention in named for at in range(mention.first, mention.last)}
    found: list[Participant] = []
    for match in scene.text.of("actor_gentilic"):
        state = table.states.get(match.entry)
        if state is None or match.first in taken or match.proclitic:
            continue
        actor = table.actor(state)
        start, end = scene.text.span(match.first, match.last)
        number = numbers.setdefault(actor.id, len(numbers))
        found.append(Participant(match.first, match.last, start, end, actor, True, number, adjective=True))
    return found
