"""When an event took place: times of the report weighed against it, one score a pair."""

from __future__ import annotations

from riwaya.knowledge.weights import terms
from riwaya.model import Decision, EventTime, TimeMention
from riwaya.reading.argument_features import time_features
from riwaya.reading.candidates import Candidate
from riwaya.reading.drafts import Draft
from riwaya.reading.features import Previous, carried
from riwaya.reading.pairs import REACH, Pair, evidence_at, near_of, nearest
from riwaya.reading.scene import Scene
from riwaya.text.letters import AND

_THEN = 0.5  # the least score of the time before, where a word points back to it and the sentence has none of its own
_NEAR = 8  # words around a trigger in which a word that points back to a time dates it


def news_day(scene: Scene) -> TimeMention | None:
    """The first day that the headline or the lead names, None where they name none."""
    lead = 1 if scene.head else 0
    for mention in scene.times:
        if scene.sentence(mention.first) > lead:
            return None
        if mention.from_ is not None and mention.from_ == mention.to:
            return mention
    return None


def time_pairs(
    scene: Scene, draft: Draft, newsday: TimeMention | None, previous: Previous
) -> list[Pair[TimeMention]]:
    """The times of the report within reach of the event, with features; one pair an interval, the nearest."""
    chosen: dict[tuple[str | None, str | None], tuple[tuple[int, int, int], Candidate, TimeMention]] = {}
    for mention in scene.times:
        if mention.from_ is None and mention.to is None:
            continue
        key, candidate = nearest(scene, draft, mention.first)
        if key[0] > REACH and mention is not newsday:
            continue
        interval = (mention.from_, mention.to)
        old = chosen.get(interval)
        if old is None or key < old[0]:
            chosen[interval] = (key, candidate, mention)
    ranked = sorted(chosen.values(), key=lambda item: (item[0], item[2].first))
    points_back = _points_back(scene, draft.candidate)
    same_day = newsday and (newsday.from_, newsday.to)
    pairs = []
    for rank, (_, candidate, mention) in enumerate(ranked):
        interval = (mention.from_, mention.to)
        features = time_features(scene, candidate, draft.sense, mention, rank, interval == same_day)
        held = "time" if interval == previous.time else ""
        near = near_of(scene, candidate, mention.first)
        features += carried(previous, held, draft.candidate, draft.sense.kind, near)
        if points_back:
            features += [f"then|{held or 'other'}|{near}", f"then|rank{min(rank, 3)}|{near}"]
        pairs.append(Pair(mention, candidate, features))
    return pairs


def _points_back(scene: Scene, candidate: Candidate) -> bool:
    """Whether a word of the trigger's sentence dates it by a time told before: `وهدد التحالف وقتها`."""
    sentence, classes = scene.text.sentences[candidate.sentence], scene.knowledge.functions.classes
    low, high = max(sentence.first, candidate.first - _NEAR), min(sentence.last, candidate.last + _NEAR)
    return any(
        "then" in classes.get(form, ()) or (form[0] in AND and "then" in classes.get(form[1:], ()))
        for form in scene.text.forms[low:high]
    )


def _pointed_at(scene: Scene, candidate: Candidate) -> TimeMention | None:
    """The last time told before a sentence that points back and has no time of its own, within reach; else None."""
    if scene.named_in(candidate.sentence).times or not _points_back(scene, candidate):
        return None
    before = [t for t in scene.times if t.last <= candidate.first and (t.from_ or t.to)]
    near = before and candidate.sentence - scene.sentence(before[-1].first) <= REACH
    return before[-1] if near else None


NO_TIME = EventTime(None, None, None, None, "time.none")


def choose_time(
    scene: Scene, draft: Draft, newsday: TimeMention | None, previous: Previous, explain: list[Decision] | None
) -> EventTime:
    """The event's time: the best interval if above zero, else none."""
    table = scene.knowledge.weights.of("time")
    best: tuple[float, TimeMention] | None = None
    then = _pointed_at(scene, draft.candidate)
    for pair in time_pairs(scene, draft, newsday, previous):
        value = scene.knowledge.weights.score("time", pair.features)
        mention = pair.mention
        if then is not None and (mention.from_, mention.to) == (then.from_, then.to):
            value = max(value, _THEN)
        if explain is not None:
            evidence = evidence_at(scene, mention.start, mention.end)
            about = f"time {mention.edtf}"
            outcome = "possible" if value > 0 else "not its time"
            explain.append(Decision(about, outcome, round(value, 2), terms(table, pair.features), evidence))
        if value > 0 and (best is None or value > best[0]):
            best = (value, mention)
    if best is None:
        return NO_TIME
    mention = best[1]
    evidence = evidence_at(scene, mention.start, mention.end)
    return EventTime(mention.from_, mention.to, mention.edtf, evidence, "time.score")
