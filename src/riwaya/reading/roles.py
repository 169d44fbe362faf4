"""Who did it to whom, where, when and how many: mentions weighed against an event, one score a pair."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Generic, TypeVar

from riwaya.knowledge.weights import score, terms
from riwaya.model import (
    Actor,
    CountMention,
    Decision,
    EventPlace,
    EventTime,
    Evidence,
    Kind,
    Party,
    PlaceMention,
    TimeMention,
)
from riwaya.reading.argument_features import (
    DIRECT,
    count_features,
    place_features,
    role_features,
    speaker_features,
    time_features,
)
from riwaya.reading.candidates import Candidate
from riwaya.reading.drafts import Draft
from riwaya.reading.features import Previous, carried
from riwaya.reading.participants import Participant
from riwaya.reading.scene import Scene

Mention = TypeVar("Mention")

ROLES = ("agent", "target", "mediator")
PLACE_ROLES = ("at", "from", "to")
_PLACE_TABLES = tuple(f"place.{role}" for role in PLACE_ROLES)
_SPONSORED = frozenset({
    Kind.AGREEMENT, Kind.CEASEFIRE, Kind.NEGOTIATION, Kind.EVACUATION, Kind.RELEASE, Kind.WITHDRAWAL, Kind.SURRENDER,
})  # fmt: skip
IMPLIED = "role.implied"  # the rule of a party that only the kind of happening tells
_REACH = 2  # sentences before and after a mention of the event in which roles are looked for


@dataclass(slots=True)
class Pair(Generic[Mention]):
    """A mention weighed against an event, with the features of the pair."""

    mention: Mention
    candidate: Candidate
    features: list[str]


def _nearest(scene: Scene, draft: Draft, first: int) -> tuple[tuple[int, int, int], Candidate]:
    """The mention of the event nearest to a token, with its distance in sentences, clauses, tokens."""
    best: tuple[tuple[int, int, int], Candidate] | None = None
    sentence, clause = scene.text.sentence_of[first], scene.clause[first]
    if len(draft.mentions) == 1:
        only = draft.candidate
        return (abs(only.sentence - sentence), abs(only.clause - clause), abs(only.first - first)), only
    for candidate in draft.mentions:
        key = (abs(candidate.sentence - sentence), abs(candidate.clause - clause), abs(candidate.first - first))
        if best is None or key < best[0]:
            best = (key, candidate)
    if best is None:
        raise ValueError("a draft without mentions")
    return best


def near_of(scene: Scene, candidate: Candidate, first: int) -> str:
    """Where a mention stands from the event's nearest mention: same sentence, headline, or elsewhere."""
    if scene.text.sentence_of[first] == candidate.sentence:
        return "here"
    return "head" if first < scene.head else "away"


def role_pairs(
    scene: Scene, draft: Draft, speakers: dict[str, str], previous: Previous
) -> list[Pair[Participant]]:
    """For each party of the report within reach, its mention nearest to the event, with features.

    ``speakers``: actor id -> stance of those whose word covers the trigger.
    """
    chosen: dict[int, tuple[tuple[int, int, int], Candidate, Participant]] = {}
    for party in scene.participants:
        key, candidate = _nearest(scene, draft, party.first)
        if key[0] > _REACH and party.first >= scene.head:
            continue
        old = chosen.get(party.number)
        if old is None or key < old[0]:
            chosen[party.number] = (key, candidate, party)
    items = sorted(chosen.values(), key=lambda item: item[2].first)
    implied = _implied(scene, draft, {party.actor.id for _, _, party in items})
    if implied is not None:
        items.append(((0, 0, 0), draft.candidate, implied))
    pairs: list[Pair[Participant]] = []
    for _, candidate, party in items:
        low, high = sorted((candidate.first, party.first))
        between = sum(1 for _, _, other in items if low < other.first < high)
        rank = sum(1 for _, c, other in items if c is candidate and candidate.first < other.first < party.first)
        features = role_features(scene, candidate, draft.sense, party, between, rank)
        features += speaker_features(scene, candidate, draft.sense, party, speakers)
        features += _standing(scene, draft, candidate, party, previous)
        actor = party.actor.id
        held = "agent" if actor in previous.agents else "target" if actor in previous.targets else ""
        features += carried(previous, held, draft.candidate, draft.sense.kind, near_of(scene, candidate, party.first))
        pairs.append(Pair(party, candidate, features))
    _add_rivals(pairs)
    return pairs


def _implied(scene: Scene, draft: Draft, known: set[str]) -> Participant | None:
    """The people whom a kind of happening implies as its doers (protesters); None where they are named within reach."""
    candidate, kind = draft.candidate, draft.sense.kind
    for party in scene.knowledge.functions.parties:
        if kind in party.implied and party.name not in known:
            actor = Actor(party.name, party.name, party.kind, known=False)
            return Participant(
                candidate.first, candidate.last, candidate.start, candidate.end, actor, False, -1, how="implied"
            )
    return None


def _standing(scene: Scene, draft: Draft, candidate: Candidate, party: Participant, previous: Previous) -> list[str]:
    """How the report treats the party as a whole: how often and where it is named, what it did and suffered so far."""
    kind = draft.sense.kind
    if party.how != "name":
        return [f"how={party.how}", f"how={party.how}|{kind}"]
    near = near_of(scene, candidate, party.first)
    times, headed = scene.named_often(party.number)
    actor = party.actor.id
    did, bore = min(previous.doers.get(actor, 0), 2), min(previous.done_to.get(actor, 0), 2)
    out = [f"times={min(times, 4)}|{near}", f"headed={headed}|{near}", f"order={min(party.number, 3)}|{near}"]
    out += [f"did={did}|bore={bore}|{near}", f"did={did}|bore={bore}|{kind}"]
    return out


def _add_rivals(pairs: list[Pair[Participant]]) -> None:
    """Tell each pair what the others in the trigger's sentence offer: another direct doer or sufferer, how many."""
    direct = [{f for f in pair.features if f.startswith(DIRECT)} for pair in pairs]
    here = sum(pair.features[1].startswith("near=clause") for pair in pairs)
    for number, pair in enumerate(pairs):
        others = sorted({name for at, names in enumerate(direct) if at != number for name in names})
        near = pair.features[1]
        own = "direct" if direct[number] else "loose"
        pair.features += [f"rival {name}|{own}|{near}" for name in others or ("none",)]
        pair.features.append(f"parties={min(here, 4)}|{near}")


def _evidence(scene: Scene, start: int, end: int) -> Evidence:
    return Evidence(start, end, scene.text.raw[start:end])


def best_of(names: tuple[str, ...], scores: list[float]) -> tuple[float, str]:
    """The highest score and its name; the first of equals."""
    best = max(range(len(names)), key=lambda number: (scores[number], -number))
    return scores[best], names[best]


def _mediates(scene: Scene, draft: Draft, pair: Pair[Participant]) -> bool:
    """Whether a word of sponsorship governs the party in the event's sentence: `برعاية روسية`, `بوساطة قطر`."""
    party = pair.mention
    if draft.sense.kind not in _SPONSORED or scene.text.sentence_of[party.first] != pair.candidate.sentence:
        return False
    before = scene.text.forms[max(0, party.first - 2) : party.first]  # `ترعاها واشنطن`, `أشرفت عليه موسكو`
    words = [scene.governor(party.first, party.start).slot, *before]
    return any("mediating" in scene.knowledge.functions.classes.get(word, ()) for word in words)


def choose_parties(
    scene: Scene, draft: Draft, speakers: dict[str, str], previous: Previous, explain: list[Decision] | None
) -> dict[str, tuple[Party, ...]]:
    """The parties of each role. A party takes the role in which it scores best, if above zero."""
    weights = scene.knowledge.weights
    found: dict[str, list[tuple[float, Party]]] = {role: [] for role in ROLES}
    for pair in role_pairs(scene, draft, speakers, previous):
        best, role = best_of(ROLES, weights.scores(ROLES, pair.features))
        if _mediates(scene, draft, pair):
            best, role = max(best, 1.0), "mediator"
        party = pair.mention
        if explain is not None:
            table = weights.of(role)
            outcome = role if best > 0 else "no role"
            explain.append(
                Decision(f"role of {party.actor.name}", outcome, round(best, 2), terms(table, pair.features),
                         _evidence(scene, party.start, party.end))
            )  # fmt: skip
        if best > 0:
            rule = IMPLIED if party.how == "implied" else f"role.{role}"
            found[role].append((best, Party(party.actor, _evidence(scene, party.start, party.end), rule)))
    return {role: tuple(party for _, party in _without_implied(items)) for role, items in found.items()}


def _without_implied(items: list[tuple[float, Party]]) -> list[tuple[float, Party]]:
    """The parties of a role without those only implied by the kind, where another one is named."""
    named = [item for item in items if item[1].rule != IMPLIED]
    return named or items


def main_place(scene: Scene) -> str | None:
    """The id of the place that the report is about: named most, the first named of these; no country if avoidable."""
    tally: Counter[str] = Counter()
    order: dict[str, int] = {}
    for index, mention in enumerate(scene.places):
        if mention.place.level != "country":
            tally[mention.place.id] += 1 + (mention.first < scene.head)
            order.setdefault(mention.place.id, index)
    if not tally:
        return None
    return min(tally, key=lambda place: (-tally[place], order[place]))


def place_pairs(scene: Scene, draft: Draft, main: str | None, previous: Previous) -> list[Pair[PlaceMention]]:
    """For each place of the report within reach, its mention nearest to the event, with features."""
    chosen: dict[str, tuple[tuple[int, int, int], Candidate, PlaceMention, int]] = {}
    for index, mention in enumerate(scene.places):
        key, candidate = _nearest(scene, draft, mention.first)
        if key[0] > _REACH and mention.first >= scene.head and mention.place.id != main:
            continue
        old = chosen.get(mention.place.id)
        if old is None or key < old[0]:
            chosen[mention.place.id] = (key, candidate, mention, index)
    ranked = sorted(chosen.values(), key=lambda item: (item[0], item[2].first))
    pairs = []
    for rank, (_, candidate, mention, index) in enumerate(ranked):
        before = scene.places[index - 1] if index else None
        contains = (
            before is not None
            and mention.first - before.last <= 3
            and before.place.id != mention.place.id
            and scene.sentence(before.first) == scene.sentence(mention.first)
        )
        features = place_features(scene, candidate, draft.sense, mention, rank, contains, mention.place.id == main)
        held = "place" if mention.place.id in previous.places else ""
        features += carried(previous, held, draft.candidate, draft.sense.kind, near_of(scene, candidate, mention.first))
        pairs.append(Pair(mention, candidate, features))
    return pairs


def choose_places(
    scene: Scene, draft: Draft, main: str | None, previous: Previous, explain: list[Decision] | None
) -> tuple[EventPlace, ...]:
    """The places of an event with their roles, in text order."""
    weights = scene.knowledge.weights
    found: list[tuple[int, EventPlace]] = []
    for pair in place_pairs(scene, draft, main, previous):
        best, role = best_of(PLACE_ROLES, weights.scores(_PLACE_TABLES, pair.features))
        table = weights.of(f"place.{role}")
        mention = pair.mention
        evidence = _evidence(scene, mention.start, mention.end)
        if explain is not None:
            outcome = role if best > 0 else "not its place"
            about = f"place {mention.place.name}"
            explain.append(Decision(about, outcome, round(best, 2), terms(table, pair.features), evidence))
        if best > 0:
            place = EventPlace(mention.place, role, mention.direction, evidence, f"place.{role}")
            found.append((mention.start, place))
    return tuple(place for _, place in sorted(found, key=lambda item: item[0]))


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
        key, candidate = _nearest(scene, draft, mention.first)
        if key[0] > _REACH and mention is not newsday:
            continue
        interval = (mention.from_, mention.to)
        old = chosen.get(interval)
        if old is None or key < old[0]:
            chosen[interval] = (key, candidate, mention)
    ranked = sorted(chosen.values(), key=lambda item: (item[0], item[2].first))
    same_day = newsday and (newsday.from_, newsday.to)
    pairs = []
    for rank, (_, candidate, mention) in enumerate(ranked):
        interval = (mention.from_, mention.to)
        features = time_features(scene, candidate, draft.sense, mention, rank, interval == same_day)
        held = "time" if interval == previous.time else ""
        features += carried(previous, held, draft.candidate, draft.sense.kind, near_of(scene, candidate, mention.first))
        pairs.append(Pair(mention, candidate, features))
    return pairs


NO_TIME = EventTime(None, None, None, None, "time.none")


def choose_time(
    scene: Scene, draft: Draft, newsday: TimeMention | None, previous: Previous, explain: list[Decision] | None
) -> EventTime:
    """The event's time: the best interval if above zero, else none."""
    table = scene.knowledge.weights.of("time")
    best: tuple[float, TimeMention] | None = None
    for pair in time_pairs(scene, draft, newsday, previous):
        value = score(table, pair.features)
        mention = pair.mention
        if explain is not None:
            evidence = _evidence(scene, mention.start, mention.end)
            about = f"time {mention.edtf}"
            outcome = "possible" if value > 0 else "not its time"
            explain.append(Decision(about, outcome, round(value, 2), terms(table, pair.features), evidence))
        if value > 0 and (best is None or value > best[0]):
            best = (value, mention)
    if best is None:
        return NO_TIME
    mention = best[1]
    evidence = _evidence(scene, mention.start, mention.end)
    return EventTime(mention.from_, mention.to, mention.edtf, evidence, "time.score")


def count_pairs(scene: Scene, drafts: list[Draft]) -> list[tuple[CountMention, list[tuple[Draft, list[str]]]]]:
    """For each count, the events within reach with the features of the pair, the nearest event first."""
    out = []
    for count in scene.counts:
        near = []
        for draft in drafts:
            key, candidate = _nearest(scene, draft, count.first)
            if key[0] <= 1:
                near.append((key, draft, candidate))
        near.sort(key=lambda item: item[0])
        pairs = [
            (draft, count_features(scene, candidate, draft.sense, count, rank, rank == 0))
            for rank, (_, draft, candidate) in enumerate(near)
        ]
        out.append((count, pairs))
    return out


def choose_counts(
    scene: Scene, drafts: list[Draft], explain: dict[int, list[Decision]] | None
) -> list[list[CountMention]]:
    """The counts of each draft, in text order; a count goes to the event with the best score above zero."""
    table = scene.knowledge.weights.of("count")
    found: dict[int, list[CountMention]] = {id(draft): [] for draft in drafts}
    for count, pairs in count_pairs(scene, drafts):
        best: tuple[float, Draft] | None = None
        for draft, features in pairs:
            value = score(table, features)
            if explain is not None:
                evidence = Evidence(count.start, count.end, count.text)
                outcome = "possible" if value > 0 else "not its count"
                decision = Decision(f"count {count.what} {count.text}", outcome, round(value, 2),
                                    terms(table, features), evidence)  # fmt: skip
                explain.setdefault(id(draft), []).append(decision)
            if value > 0 and (best is None or value > best[0]):
                best = (value, draft)
        if best is not None:
            found[id(best[1])].append(count)
    return [found[id(draft)] for draft in drafts]
