"""Events: drafts completed with parties, places, time, counts, claims and how real they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from riwaya.knowledge.weights import terms
from riwaya.model import (
    Claim,
    CountMention,
    Decision,
    Event,
    EventTime,
    Evidence,
    Kind,
    Status,
    TimeMention,
)
from riwaya.reading.candidates import Candidate
from riwaya.reading.claims import choose_claims, with_own_word
from riwaya.reading.drafts import Draft, find_drafts
from riwaya.reading.event_counts import choose_counts
from riwaya.reading.event_places import choose_places, main_place
from riwaya.reading.event_times import choose_time, news_day
from riwaya.reading.features import Previous, count_up
from riwaya.reading.ordinals import find_ordinals
from riwaya.reading.pairs import best_of
from riwaya.reading.reality_features import reality_features
from riwaya.reading.roles import choose_parties
from riwaya.reading.scene import Scene
from riwaya.reading.trigger_features import shared_trigger_features

_ORDERED = frozenset({
    Kind.EVACUATION, Kind.RELEASE, Kind.AID, Kind.NEGOTIATION, Kind.WITHDRAWAL, Kind.DEPLOYMENT, Kind.DISPLACEMENT,
    Kind.AIR_STRIKE, Kind.SHELLING, Kind.BOMBING, Kind.ATTACK, Kind.CEASEFIRE,
})  # fmt: skip


_REALITY = (*(f"status.{status}" for status in Status), "background")


def age_class(published: date | None, when: EventTime) -> str:
    """How long before publication the event's time ends: a class for the reality scores."""
    if published is None or when.to is None:
        return "unknown" if when.to is None else "undated"
    days = (published - date.fromisoformat(when.to)).days
    for bound, name in ((-1, "future"), (0, "today"), (1, "yesterday"), (3, "days"), (8, "week"), (45, "month")):
        if days <= bound:
            return name
    return "old"


def reality_inputs(
    scene: Scene, draft: Draft, when: EventTime, claims: tuple[Claim, ...], before: Previous
) -> list[str]:
    """The features of status and background of a draft."""
    shared = draft.own or shared_trigger_features(scene, draft.candidate)
    stances = sorted({str(claim.stance) for claim in claims})
    age = age_class(scene.published, when)
    return reality_features(scene, draft.candidate, draft.sense, shared, age, stances, before)


def _reality(
    scene: Scene,
    draft: Draft,
    when: EventTime,
    claims: tuple[Claim, ...],
    before: Previous,
    explain: list[Decision] | None,
) -> tuple[Status, bool]:
    features = reality_inputs(scene, draft, when, claims, before)
    weights = scene.knowledge.weights
    *scores, past = weights.scores(_REALITY, features)
    best, name = best_of(_REALITY[:-1], scores)
    status = Status(name.removeprefix("status."))
    if explain is not None:
        table = weights.of(f"status.{status}")
        explain.append(Decision("status", str(status), round(best, 2), terms(table, features)))
        outcome = "background" if past > 0 else "news"
        explain.append(Decision("background", outcome, round(past, 2), terms(weights.of("background"), features)))
    return status, past > 0


def _ordinals(scene: Scene, drafts: list[Draft]) -> dict[int, int]:
    """Draft number -> ordinal: an ordinal goes to the nearest event of its sentence, within six words."""
    found: dict[int, int] = {}
    for first, last, value in find_ordinals(scene.text, scene.knowledge):
        best: tuple[int, int] | None = None
        for number, draft in enumerate(drafts):
            if draft.sense.kind not in _ORDERED:
                continue
            for mention in draft.mentions:
                distance = max(first - mention.last, mention.first - last, 0)
                same = scene.text.sentence_of[first] == mention.sentence
                if same and distance <= 6 and (best is None or distance < best[0]):
                    best = (distance, number)
        if best is not None:
            found.setdefault(best[1], value)
    return found


def _speakers(scene: Scene, draft: Draft) -> dict[str, str]:
    attribution = scene.speaking_at(draft.candidate.start)
    if attribution is None:
        return {}
    actor = attribution.source.actor
    speakers = {actor.id: str(attribution.stance)}
    if actor.organisation is not None:
        speakers[actor.organisation.id] = str(attribution.stance)
    return speakers


def speakers_of(scene: Scene, draft: Draft) -> dict[str, str]:
    """Actor ids of the source whose word covers the trigger (speaker and body), with the stance."""
    return _speakers(scene, draft)


def _counts_by_claim(counts: list[CountMention], claims: tuple[Claim, ...], scene: Scene) -> tuple[
    tuple[CountMention, ...], tuple[Claim, ...]
]:
    """Counts on the event, and claims with the figures on which sources differ."""
    whole: dict[str, set[tuple[int | None, int | None]]] = {}
    for count in counts:
        if count.part_of is None:
            whole.setdefault(f"{count.what}", set()).add((count.min, count.max))
    differing = {what for what, values in whole.items() if len(values) > 1}
    if not differing or len(claims) < 2:
        return tuple(counts), claims
    kept: list[CountMention] = []
    given: dict[int, list[CountMention]] = {}
    for count in counts:
        number = _claim_of(count, claims, scene) if count.what in differing else None
        if number is None:
            kept.append(count)
        else:
            given.setdefault(number, []).append(count)
    with_counts = tuple(
        Claim(c.source, c.stance, c.via, c.evidence, c.rule, tuple(given.get(number, ())))
        for number, c in enumerate(claims)
    )
    return tuple(kept), with_counts


def _claim_of(count: CountMention, claims: tuple[Claim, ...], scene: Scene) -> int | None:
    attribution = scene.speaking_at(count.start)
    if attribution is None:
        return None
    for number, claim in enumerate(claims):
        if claim.source.actor.id == attribution.source.actor.id and claim.stance == attribution.stance:
            return number
    return None


def _once(counts: list[CountMention]) -> list[CountMention]:
    """The counts of an event without a figure told again: the first mention of each stands."""
    found: dict[tuple[str, int | None, int | None, bool], CountMention] = {}
    for count in counts:
        found.setdefault((str(count.what), count.min, count.max, count.part_of is not None), count)
    return list(found.values())


def _retold(scene: Scene, draft: Draft) -> list[Decision]:
    """Why each later mention is taken to tell the event again."""
    table = scene.knowledge.weights.of("again")
    words = _other_mentions(scene, [candidate for candidate, _, _ in draft.retold])
    return [
        Decision("told again", draft.sense.kind, round(value, 2), terms(table, features), evidence)
        for evidence, (_, value, features) in zip(words, draft.retold, strict=True)
    ]


def _other_mentions(scene: Scene, mentions: list[Candidate]) -> tuple[Evidence, ...]:
    return tuple(Evidence(c.start, c.end, scene.text.raw[c.start : c.end]) for c in mentions)


def previous_of(draft: Draft, event: Event, before: Previous) -> Previous:
    """What the next event may carry on from this one and those ``before`` it."""
    agents = frozenset(party.actor.id for party in event.agents)
    targets = frozenset(party.actor.id for party in event.targets)
    return Previous(
        agents=agents,
        targets=targets,
        places=frozenset(place.place.id for place in event.places),
        time=(event.when.from_, event.when.to) if event.when.from_ else None,
        sources=frozenset((claim.source.actor.id, str(claim.stance)) for claim in event.claims),
        sentence=draft.candidate.sentence,
        kind=draft.sense.kind,
        background=event.background,
        status=str(event.status),
        doers=count_up(before.doers, agents),
        done_to=count_up(before.done_to, targets),
    )


def put_together(
    scene: Scene, drafts: list[Draft], *, explain: bool = False
) -> Iterator[tuple[Draft, Previous, Event]]:
    """Each draft with what the event before it was given, and its event; with ``explain``, an event has decisions."""
    main = main_place(scene)
    newsday: TimeMention | None = news_day(scene)
    count_decisions: dict[int, list[Decision]] | None = {} if explain else None
    counts = choose_counts(scene, drafts, count_decisions)
    ordinals = _ordinals(scene, drafts) if drafts else {}
    previous = Previous()
    for number, draft in enumerate(drafts):
        decisions: list[Decision] | None = [] if explain else None
        trigger = Evidence(draft.candidate.start, draft.candidate.end,
                           scene.text.raw[draft.candidate.start : draft.candidate.end])  # fmt: skip
        if decisions is not None:
            table = scene.knowledge.weights.of("trigger")
            decisions.append(Decision("trigger", draft.sense.kind, round(draft.score, 2),
                                      terms(table, draft.features), trigger))  # fmt: skip
            decisions += [Decision("trigger", f"not {kind}", round(v, 2), (), trigger) for kind, v in draft.rivals]
            decisions += _retold(scene, draft)
        parties = choose_parties(scene, draft, speakers_of(scene, draft), previous, decisions)
        places = choose_places(scene, draft, main, previous, decisions)
        when = choose_time(scene, draft, newsday, previous, decisions)
        claims = choose_claims(scene, draft, previous, decisions)
        status, background = _reality(scene, draft, when, claims, previous, decisions)
        claims = with_own_word(draft, claims, parties["agent"])
        event_counts, claims = _counts_by_claim(_once(counts[number]), claims, scene)
        if decisions is not None and count_decisions is not None:
            decisions += count_decisions.get(id(draft), [])
        event = Event(
            id=f"e{number + 1}",
            kind=Kind(draft.sense.kind),
            trigger=trigger,
            status=status,
            background=background,
            agents=parties["agent"],
            targets=parties["target"],
            mediators=parties["mediator"],
            places=places,
            when=when,
            counts=event_counts,
            claims=claims,
            ordinal=ordinals.get(number),
            rule=f"trigger.{draft.sense.rule}",
            mentions=_other_mentions(scene, draft.mentions[1:]),
            decisions=tuple(decisions or ()),
        )
        yield draft, previous, event
        previous = previous_of(draft, event, previous)


def find_events(scene: Scene, *, explain: bool = False) -> list[Event]:
    """The report's events in text order, numbered e1, e2 … With ``explain``, each carries its decisions."""
    return [event for _, _, event in put_together(scene, find_drafts(scene), explain=explain)]
