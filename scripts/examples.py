"""Examples of the reader's decisions in gold records: what it would weigh there, and whether gold says yes.

Used by ``train.py``. An example is a report's id, the named features of a decision, and 1 or 0.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from riwaya.model import Status
from riwaya.reading import event_places, roles
from riwaya.reading.candidates import Candidate, Sense, find_candidates
from riwaya.reading.claims import choose_claims, claim_pairs
from riwaya.reading.coreference import again_features, best_antecedent, pair_features, pairs_of
from riwaya.reading.drafts import Draft, glance_at, neighbours_of, weigh_all
from riwaya.reading.event_counts import count_pairs
from riwaya.reading.event_places import PLACE_ROLES, main_place, place_pairs
from riwaya.reading.event_times import choose_time, news_day, time_pairs
from riwaya.reading.events import put_together, reality_inputs, speakers_of
from riwaya.reading.features import History, Previous, count_up
from riwaya.reading.reader import Reader
from riwaya.reading.roles import LOOKED, ROLES, role_pairs
from riwaya.reading.scene import Scene
from riwaya.reading.trigger_features import (
    company_features,
    history_features,
    kind_features,
    shared_trigger_features,
    support_features,
)
from riwaya.reading.trigger_look import Glance, TriggerLook


def all_shared(scene: Scene, candidate: Candidate, neighbours: list[Candidate]) -> list[str]:
    """What holds of a candidate whatever its sense, its company included."""
    return shared_trigger_features(scene, candidate) + company_features(scene, candidate, neighbours)


Example = tuple[str, list[str], int]  # report id, features, label


class Gold:
    """A gold record beside the scene that the reader makes of its text."""

    def __init__(self, record: dict[str, Any], scorer: Any, reader: Reader) -> None:
        """Read the record's text and align its events with trigger candidates."""
        self.record = record
        self.report = scorer.Report(record)
        self.scorer = scorer
        self.scene = reader.scene(record["text"], record["published"], record.get("outlet"))
        self.candidates = find_candidates(self.scene)
        self.aligned = self._align()
        self.again = self._retold()

    def _align(self) -> dict[int, list[tuple[Sense, dict[str, Any]]]]:
        """Candidate number -> the gold events it triggers with the sense: by overlap first, else in the sentence."""
        found: dict[int, list[tuple[Sense, dict[str, Any]]]] = defaultdict(list)
        rest = []
        used: set[tuple[int, str]] = set()
        for event in self.report.events:
            best: tuple[int, Candidate, Sense] | None = None
            for candidate in self.candidates:
                shared = min(candidate.end, event["end"]) - max(candidate.start, event["start"])
                for sense in candidate.senses:
                    if shared > 0 and sense.kind == event["kind"] and (best is None or shared > best[0]):
                        best = (shared, candidate, sense)
            if best and (best[1].number, best[2].kind) not in used:
                found[best[1].number].append((best[2], event))
                used.add((best[1].number, best[2].kind))
            else:
                rest.append(event)
        for event in rest:
            near: tuple[int, Candidate, Sense] | None = None
            for candidate in self.candidates:
                if not event["low"] <= candidate.start < event["high"]:
                    continue
                for sense in candidate.senses:
                    away = abs(candidate.start - event["start"])
                    free = sense.kind == event["kind"] and (candidate.number, sense.kind) not in used
                    if free and (near is None or away < near[0]):
                        near = (away, candidate, sense)
            if near:
                found[near[1].number].append((near[2], event))
                used.add((near[1].number, near[2].kind))
        return found

    def _retold(self) -> dict[int, str] | None:
        """Candidate number -> the id of the event that it tells again; None where the record does not say."""
        if not any("again" in event for event in self.record["events"]):
            return None
        at = {candidate.start: candidate.number for candidate in self.candidates}
        spans = ((event["id"], start) for event in self.record["events"] for start, _ in event.get("again", ()))
        return {at[start]: name for name, start in spans if start in at}

    def glances(self, scene: Scene) -> list[Glance]:
        """The first look at each candidate, in the sense that gold gives it, else in the one that scores best."""
        out = []
        for number, candidate in enumerate(self.candidates):
            events = self.aligned.get(candidate.number)
            sense = events[0][0] if events else None
            out.append(glance_at(scene, candidate, neighbours_of(self.candidates, number), sense))
        return out

    def walk(self, scene: Scene) -> Iterator[Step]:
        """Each candidate with its sense and what was told before it; gold decides what is new and what is told again.

        Where the record does not say what is told again, the fitted score does.
        """
        history = History()
        drafts: list[Draft] = []
        by_id: dict[str, Draft] = {}
        glances = self.glances(scene)
        for number, glance in enumerate(glances):
            candidate = glance.candidate
            events = self.aligned.get(candidate.number)
            told = self.again.get(candidate.number) if self.again is not None else None
            step = Step(number, glances, history, drafts, events, by_id.get(told or ""))
            yield step
            if events:
                draft = Draft(candidate, glance.sense, 0.0, [], [candidate])
                drafts.append(draft)
                by_id.update((event["id"], draft) for _, event in events)
                history.add(candidate, glance.sense)
            elif self.again is not None:
                if step.told is not None:
                    step.told.mentions.append(candidate)
            else:
                found = best_antecedent(scene, candidate, glance.sense, drafts).same
                if found is not None:
                    found.mentions.append(candidate)

    def drafts(self, scene: Scene) -> list[tuple[Draft, dict[str, Any]]]:
        """Drafts of the gold events, with the candidates that mention them again."""
        events: list[dict[str, Any]] = []
        step: Step | None = None
        for step in self.walk(scene):
            if step.events:
                events.append(step.events[0][1])
        return list(zip(step.drafts, events, strict=True)) if step is not None else []


@dataclasses.dataclass(slots=True)
class Step:
    """A candidate on the way through a record, with what was told before it."""

    number: int
    glances: list[Glance]
    history: History
    drafts: list[Draft]
    events: list[tuple[Sense, dict[str, Any]]] | None  # those that it triggers
    told: Draft | None  # the happening that it tells again

    @property
    def glance(self) -> Glance:
        """The first look at the candidate."""
        return self.glances[self.number]


def kind_examples(gold: Gold) -> Iterable[Example]:
    """Each sense of each candidate that names an event and may name several kinds, with whether it is the right one."""
    for number, candidate in enumerate(gold.candidates):
        events = gold.aligned.get(candidate.number)
        if events and len(candidate.senses) > 1:
            shared = all_shared(gold.scene, candidate, neighbours_of(gold.candidates, number))
            support = support_features(gold.scene, candidate)
            for sense in candidate.senses:
                features = kind_features(gold.scene, candidate, sense, shared, support)
                yield gold.record["id"], features, int(sense.kind == events[0][0].kind)


def lone_examples(gold: Gold, scene: Scene) -> Iterator[Example]:
    """Each candidate alone, with whether gold has it as an event."""
    for glance in gold.glances(scene):
        yield gold.record["id"], glance.features, int(bool(gold.aligned.get(glance.candidate.number)))


def trigger_examples(gold: Gold, scene: Scene) -> Iterator[Example]:
    """Each candidate in the sense that gold gives it, else in the one chosen, with whether gold has it as an event."""
    look: TriggerLook | None = None
    for step in gold.walk(scene):
        look = look or TriggerLook(step.glances)
        glance = step.glance
        found = best_antecedent(scene, glance.candidate, glance.sense, step.drafts)
        features = glance.features + history_features(scene, glance.candidate, glance.sense, step.history)
        features += again_features(glance.candidate, glance.sense, found)
        features += look.features(step.number)
        yield gold.record["id"], features, int(bool(step.events))


def again_examples(gold: Gold, scene: Scene) -> Iterator[Example]:
    """Each candidate beside each happening told before it, with whether it tells that one again."""
    if gold.again is None:
        return
    for step in gold.walk(scene):
        candidate, sense = step.glance.candidate, step.glance.sense
        for draft, earlier in pairs_of(candidate, sense, step.drafts):
            features = pair_features(scene, candidate, sense, draft, earlier)
            yield gold.record["id"], features, int(step.told is draft)


def _actor_object(actor: Any) -> dict[str, Any]:
    out = {"name": actor.name, "aliases": list(actor.aliases)}
    if actor.organisation is not None:
        out["organisation"] = _actor_object(actor.organisation)
    return out


def _place_object(place: Any) -> dict[str, Any]:
    return {"name": place.name, "aliases": list(place.aliases), "country": place.country,
            "lat": place.lat, "lon": place.lon, "level": str(place.level)}  # fmt: skip


def _claim_object(attribution: Any) -> dict[str, Any]:
    source = attribution.source
    return {"source": _actor_object(source.actor), "source_kind": str(source.kind), "stance": str(attribution.stance)}


def _one_to_one(report: Any, scorer: Any, wanted: list[Any], fits: list[Any]) -> set[int]:
    """Which coded values are right, each gold value taken once: as the scorer pairs them, an exact name first."""
    right: set[int] = set()
    for gold in wanted:
        value = gold[1]
        name = value if isinstance(value, str) else value.get("name", value.get("source"))
        names = {scorer.fold(n) for n in ([name] if isinstance(name, str) else name)}
        best: tuple[tuple[bool, int], int] | None = None
        for number, fit_ in enumerate(fits):
            if number in right or not scorer.fact_holds(report, gold, fit_):
                continue
            own = fit_[1].get("source", fit_[1])
            direct = bool(names & {scorer.fold(n) for n in [own["name"], *own.get("aliases", [])]})
            key = (not direct, number)
            if best is None or key < best[0]:
                best = (key, number)
        if best is not None:
            right.add(best[1])
    return right


def argument_examples(gold: Gold, out: dict[str, list[Example]], scene: Scene, *, looked: bool) -> None:
    """Examples of roles, places, times, counts and claims for the gold events that have a candidate.

    At the first look (not ``looked``) they are those of the ``.alone`` scores, and of times, counts and claims; else of
    roles and places at the second look.
    """
    drafts = gold.drafts(scene)
    previous = Previous()
    for draft, event in drafts:
        given = _weighed(gold, out, scene, draft, event, previous, looked=looked)
        if not looked:
            _timed(gold, out, scene, draft, event, previous)
        said = _claimed(gold, None if looked else out, scene, draft, event, previous)
        previous = Previous(
            frozenset(given["agent"]), frozenset(given["target"]), frozenset(given["place"]),
            gold.scorer.days(event) if event["from"] else None, said,
            draft.candidate.sentence, event["kind"], event["background"], event["status"],
            count_up(previous.doers, given["agent"]), count_up(previous.done_to, given["target"]),
        )  # fmt: skip
    if not looked:
        _count_examples(gold, out, scene, [draft for draft, _ in drafts], [event for _, event in drafts])


def _weighed(
    gold: Gold,
    out: dict[str, list[Example]],
    scene: Scene,
    draft: Draft,
    event: dict[str, Any],
    previous: Previous,
    *,
    looked: bool,
) -> dict[str, list[str]]:
    """Examples of the roles and places of one event; returns the ids of those that gold gives it, by role."""
    report, scorer, name = gold.report, gold.scorer, gold.record["id"]
    suffix = "" if looked else ".alone"
    given: dict[str, list[str]] = defaultdict(list)
    parties = role_pairs(scene, draft, speakers_of(scene, draft), previous)
    spots = place_pairs(scene, draft, main_place(scene), previous)
    if looked:
        roles.look_again(scene, draft, parties)
        event_places.look_again(scene, draft, spots)
    for role in ROLES:
        wanted: list[Any] = [("agents", n) for n in event.get(role + "s", [])]
        fits: list[Any] = [("agents", _actor_object(pair.mention.actor)) for pair in parties]
        right = _one_to_one(report, scorer, wanted, fits)
        given[role] = [pair.mention.actor.id for number, pair in enumerate(parties) if number in right]
        if looked or role in LOOKED:
            out[role + suffix].extend((name, pair.features, int(n in right)) for n, pair in enumerate(parties))
    for role in PLACE_ROLES:
        wanted = [("places", p) for p in event.get("places", []) if p["role"] == role]
        fits = [("places", {**_place_object(pair.mention.place), "role": role}) for pair in spots]
        right = _one_to_one(report, scorer, wanted, fits)
        given["place"] += [spot.mention.place.id for number, spot in enumerate(spots) if number in right]
        out[f"place.{role}{suffix}"].extend((name, spot.features, int(n in right)) for n, spot in enumerate(spots))
    return given


def _timed(
    gold: Gold, out: dict[str, list[Example]], scene: Scene, draft: Draft, event: dict[str, Any], previous: Previous
) -> None:
    """Examples of the time of one event."""
    for pair in time_pairs(scene, draft, news_day(scene), previous):
        holds = (pair.mention.from_, pair.mention.to) == gold.scorer.days(event)
        out["time"].append((gold.record["id"], pair.features, int(holds)))


def _claimed(
    gold: Gold,
    out: dict[str, list[Example]] | None,
    scene: Scene,
    draft: Draft,
    event: dict[str, Any],
    previous: Previous,
) -> frozenset[tuple[str, str]]:
    """Examples of the claims of one event; returns the actor ids and stances of those that gold gives it."""
    said = claim_pairs(scene, draft, previous)
    wanted: list[Any] = [("claims", claim) for claim in event["claims"]]
    fits: list[Any] = [("claims", _claim_object(pair.attribution)) for pair in said]
    right = _one_to_one(gold.report, gold.scorer, wanted, fits)
    if out is not None:
        out["claim"].extend((gold.record["id"], pair.features, int(n in right)) for n, pair in enumerate(said))
    held = [pair.attribution for number, pair in enumerate(said) if number in right]
    return frozenset((attribution.source.actor.id, str(attribution.stance)) for attribution in held)


def _count_examples(
    gold: Gold,
    out: dict[str, list[Example]],
    scene: Scene,
    drafts: list[Draft],
    events: Sequence[dict[str, Any] | None],
) -> None:
    """Examples of which count tells of which event; ``events``: gold's event of each draft, None where it has none."""
    scorer, name = gold.scorer, gold.record["id"]
    by_draft = {id(draft): event for draft, event in zip(drafts, events, strict=True)}
    for count, pairs in count_pairs(scene, drafts):
        key = ("counts", (str(count.what), count.min, count.max))
        for draft, features in pairs:
            event = by_draft[id(draft)]
            if event is not None:
                out["count"].append((name, features, int(key in scorer.gold_facts(gold.report, event))))


def reality_examples(gold: Gold, out: dict[str, list[Example]], scene: Scene) -> None:
    """Examples of status and background, with times and claims as the fitted scores choose them."""
    newsday = news_day(scene)
    before = Previous()
    for draft, event in gold.drafts(scene):
        none = Previous()
        when, claims = choose_time(scene, draft, newsday, none, None), choose_claims(scene, draft, none, None)
        _real(gold, out, reality_inputs(scene, draft, when, claims, before), event)
        background, status = event["background"], event["status"]
        before = Previous(
            sentence=draft.candidate.sentence, kind=event["kind"], background=background, status=status
        )


def _real(gold: Gold, out: dict[str, list[Example]], features: list[str], event: dict[str, Any]) -> None:
    """Examples of the status and background of one event."""
    name = gold.record["id"]
    for status in Status:
        out[f"status.{status}"].append((name, features, int(event["status"] == status)))
    out["background"].append((name, features, int(event["background"])))


def own_examples(gold: Gold, out: dict[str, list[Example]], scene: Scene) -> None:
    """Examples of roles, places, times, counts, claims and reality as they come up while the reader codes by itself.

    Gold's walk shows each decision beside right ones; here those before it are the reader's own, wrong ones too, as
    they will be on a new report (Ross, Gordon and Bagnell, A Reduction of Imitation Learning, 2011). ``scene`` is armed
    with weights that were fitted without the record. Only events that pair with gold's give examples.
    """
    drafts = [draft for _, draft in weigh_all(scene, gold.candidates) if draft is not None]
    coded = []
    for at, draft in enumerate(drafts):
        trigger = {"start": draft.candidate.start, "end": draft.candidate.end}
        coded.append({"kind": str(draft.sense.kind), "trigger": trigger, "at": at})
    pairs = gold.scorer.pair(gold.report.events, coded, lambda g, c: gold.scorer.event_fit(g, c, lambda a, b: a == b))
    events = {found["at"]: event for event, found in pairs}
    _count_examples(gold, out, scene, drafts, [events.get(number) for number in range(len(drafts))])
    for number, (draft, previous, own) in enumerate(put_together(scene, drafts)):
        event = events.get(number)
        if event is not None:
            _weighed(gold, out, scene, draft, event, previous, looked=True)
            _timed(gold, out, scene, draft, event, previous)
            _claimed(gold, out, scene, draft, event, previous)
            _real(gold, out, reality_inputs(scene, draft, own.when, own.claims, previous), event)
