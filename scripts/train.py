"""Fit the weights of the reader's decisions to gold records, and measure them on reports that were not fitted.

    python scripts/train.py GOLD_DIR [GOLD_DIR ...] [--folds 5] [--write]

Each decision is a regularised logistic regression over named features; the weights are rounded to two decimals. Without
``--write`` only the cross-validated figures (by report) are printed; with it, weights fitted on all records replace
``src/riwaya/knowledge/data/weights/events.json``.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import orjson

from riwaya.export.coded import code_report
from riwaya.knowledge.knowledge import load_knowledge
from riwaya.knowledge.weights import Weights
from riwaya.model import Status
from riwaya.reading.candidates import Candidate, Sense, find_candidates
from riwaya.reading.claims import choose_claims, claim_pairs
from riwaya.reading.drafts import Draft, echo_of, neighbours_of
from riwaya.reading.events import reality_inputs, speakers_of
from riwaya.reading.features import History, Previous, shared_trigger_features, support_features, trigger_features
from riwaya.reading.reader import Reader
from riwaya.reading.roles import (
    PLACE_ROLES, ROLES, choose_time, count_pairs, main_place, news_day, place_pairs, role_pairs, time_pairs,
)  # fmt: skip
from riwaya.reading.scene import Scene

WEIGHTS = Path(__file__).parent.parent / "src/riwaya/knowledge/data/weights/events.json"
STRENGTH = {  # inverse regularisation, and the least number of records a feature must occur in
    "trigger": (0.25, 2), "agent": (0.25, 2), "target": (0.25, 2), "mediator": (0.3, 2), "place.at": (0.25, 2),
    "place.from": (0.25, 2), "place.to": (0.25, 2), "time": (0.25, 2), "count": (0.3, 2), "claim": (0.3, 2),
    "status": (0.3, 2), "background": (0.25, 2),
}  # fmt: skip

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
                    if sense.kind == event["kind"] and (candidate.number, sense.kind) not in used:
                        if near is None or away < near[0]:
                            near = (away, candidate, sense)
            if near:
                found[near[1].number].append((near[2], event))
                used.add((near[1].number, near[2].kind))
        return found

    def drafts(self) -> list[tuple[Draft, dict[str, Any]]]:
        """Drafts of the gold events, with the candidates that mention them again."""
        out: list[tuple[Draft, dict[str, Any]]] = []
        drafts: list[Draft] = []
        for candidate in self.candidates:
            events = self.aligned.get(candidate.number)
            if events:
                for sense, event in events[:1]:
                    draft = Draft(candidate, sense, 0.0, [], [candidate])
                    drafts.append(draft)
                    out.append((draft, event))
            else:
                earlier = echo_of(candidate, drafts)
                if earlier is not None:
                    earlier.mentions.append(candidate)
        return out


def trigger_examples(gold: Gold) -> Iterable[Example]:
    """Each sense of each candidate, with whether gold has it as an event of its own."""
    history = History()
    for number, candidate in enumerate(gold.candidates):
        shared = shared_trigger_features(gold.scene, candidate, neighbours_of(gold.candidates, number))
        support = support_features(gold.scene, candidate)
        wanted = {sense.kind: sense for sense, _ in gold.aligned.get(candidate.number, ())}
        for sense in candidate.senses:
            features = trigger_features(gold.scene, candidate, sense, shared, support, history)
            yield gold.record["id"], features, int(sense.kind in wanted)
        for sense in list(wanted.values())[:1]:
            history.add(candidate, sense)


def _actor_object(actor: Any) -> dict[str, Any]:
    out = {"name": actor.name, "aliases": list(actor.aliases)}
    if actor.organisation is not None:
        out["organisation"] = _actor_object(actor.organisation)
    return out


def argument_examples(gold: Gold, out: dict[str, list[Example]]) -> None:
    """Examples of roles, places, times, counts and claims for the gold events that have a candidate."""
    scene, report, scorer, name = gold.scene, gold.report, gold.scorer, gold.record["id"]
    main, newsday = main_place(scene), news_day(scene)
    drafts = gold.drafts()
    previous = Previous()
    for draft, event in drafts:
        given: dict[str, list[Any]] = defaultdict(list)
        for role_pair in role_pairs(scene, draft, speakers_of(scene, draft), previous):
            actor = role_pair.mention.actor
            party = _actor_object(actor)
            for role in ROLES:
                names = event.get(role + "s", [])
                holds = any(report.accepted(n) & scorer.name_set(party) for n in names)
                out[role].append((name, role_pair.features, int(holds)))
                if holds:
                    given[role].append(actor.id)
        for place_pair in place_pairs(scene, draft, main, previous):
            place = place_pair.mention.place
            coded = {"name": place.name, "aliases": list(place.aliases), "country": place.country,
                     "lat": place.lat, "lon": place.lon, "level": str(place.level)}  # fmt: skip
            for role in PLACE_ROLES:
                holds = any(
                    scorer.fact_holds(report, ("places", wanted), ("places", {**coded, "role": role}))
                    for wanted in event.get("places", [])
                )
                out[f"place.{role}"].append((name, place_pair.features, int(holds)))
                if holds:
                    given["place"].append(place.id)
        for pair in time_pairs(scene, draft, newsday, previous):
            holds = (pair.mention.from_, pair.mention.to) == scorer.days(event)
            out["time"].append((name, pair.features, int(holds)))
        for claim_pair in claim_pairs(scene, draft, previous):
            source = claim_pair.attribution.source
            stance = str(claim_pair.attribution.stance)
            coded = {"source": _actor_object(source.actor), "source_kind": str(source.kind), "stance": stance}
            holds = any(scorer.fact_holds(report, ("claims", wanted), ("claims", coded)) for wanted in event["claims"])
            out["claim"].append((name, claim_pair.features, int(holds)))
            if holds:
                given["source"].append((source.actor.id, stance))
        previous = Previous(
            frozenset(given["agent"]), frozenset(given["target"]), frozenset(given["place"]),
            scorer.days(event) if event["from"] else None, frozenset(given["source"]),
            draft.candidate.sentence, event["kind"],
        )  # fmt: skip
    by_draft = {id(draft): event for draft, event in drafts}
    for count, pairs in count_pairs(scene, [draft for draft, _ in drafts]):
        key = ("counts", (str(count.what), count.min, count.max))
        for draft, features in pairs:
            holds = key in scorer.gold_facts(report, by_draft[id(draft)])
            out["count"].append((name, features, int(holds)))


def reality_examples(gold: Gold, out: dict[str, list[Example]], scene: Scene) -> None:
    """Examples of status and background, with times and claims as the fitted scores choose them."""
    newsday, name = news_day(scene), gold.record["id"]
    for draft, event in gold.drafts():
        none = Previous()
        when, claims = choose_time(scene, draft, newsday, none, None), choose_claims(scene, draft, none, None)
        features = reality_inputs(scene, draft, when, claims)
        for status in Status:
            out[f"status.{status}"].append((name, features, int(event["status"] == status)))
        out["background"].append((name, features, int(event["background"])))


def fit(examples: Sequence[Example], strength: float, least: int) -> dict[str, float]:
    """The weights of one decision: rounded, without those near zero; empty where there is one class only."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    labels = [label for _, _, label in examples]
    if len(set(labels)) < 2:
        return {"bias": -5.0}
    seen: dict[str, set[str]] = defaultdict(set)
    for report, features, _ in examples:
        for feature in features:
            if len(seen[feature]) < least:
                seen[feature].add(report)
    rows = [{f: 1.0 for f in features if len(seen[f]) >= least} for _, features, _ in examples]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    model = LogisticRegression(C=strength, max_iter=2000, solver="liblinear")
    model.fit(matrix, labels)
    weights = {"bias": round(float(model.intercept_[0]), 2)}
    for name, value in zip(vectorizer.feature_names_, model.coef_[0], strict=True):
        if abs(value) >= 0.02:
            weights[name] = round(float(value), 2)
    return dict(sorted(weights.items()))


def fit_all(golds: Sequence[Gold], reader: Reader) -> Weights:
    """All weights, fitted on the given records."""
    examples: dict[str, list[Example]] = defaultdict(list)
    for gold in golds:
        examples["trigger"].extend(trigger_examples(gold))
        argument_examples(gold, examples)
    tables = {name: fit(rows, *STRENGTH[name.split(".")[0] if name.startswith("status") else name])
              for name, rows in examples.items()}  # fmt: skip
    knowledge = dataclasses.replace(reader.knowledge, weights=Weights(tables))
    later: dict[str, list[Example]] = defaultdict(list)
    for gold in golds:
        reality_examples(gold, later, dataclasses.replace(gold.scene, knowledge=knowledge))
    for name, rows in later.items():
        tables[name] = fit(rows, *STRENGTH[name.split(".")[0]])
    return Weights(dict(sorted(tables.items())))


def code(golds: Sequence[Gold], reader: Reader, weights: Weights) -> list[bytes]:
    """The coded reports, a JSON line each, read with the given weights."""
    armed = Reader(dataclasses.replace(reader.knowledge, weights=weights))
    lines = []
    for gold in golds:
        record = gold.record
        report = armed.read(record["text"], published=record["published"], outlet=record.get("outlet"), id=record["id"])
        lines.append(orjson.dumps(code_report(report)))
    return lines


def main() -> int:
    """Print cross-validated figures; with ``--write``, store weights fitted on all records."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--scorer", type=Path, default=Path("../shared/gold"), help="folder of score.py")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--out", type=Path, help="keep the cross-validated coding here")
    args = parser.parse_args()
    sys.path.insert(0, str(args.scorer))
    import score as scorer

    reader = Reader(load_knowledge())
    records = [json.loads(p.read_text(encoding="utf-8")) for folder in args.gold for p in sorted(folder.glob("*.json"))]
    records = [record for record in records if "events" in record]
    golds = [Gold(record, scorer, reader) for record in records]
    found = sum(len(events) for gold in golds for events in gold.aligned.values())
    total = sum(len(gold.report.events) for gold in golds)
    print(f"{len(golds)} records, {total} events, {found} with a trigger candidate of their kind")
    if args.folds > 1:
        lines: list[bytes] = []
        for fold in range(args.folds):
            held = golds[fold :: args.folds]
            rest = [gold for number, gold in enumerate(golds) if number % args.folds != fold]
            lines += code(held, reader, fit_all(rest, reader))
        coded = {answer["report"]["id"]: answer for answer in map(json.loads, lines)}
        for name, f in scorer.score([gold.report for gold in golds], coded).items():
            print(f"{name:32} P {f['precision']:.3f}  R {f['recall']:.3f}  F1 {f['f1']:.3f}   ({f['right']}/{f['coded']}/{f['gold']})")
        out = args.out or Path(tempfile.gettempdir()) / "crossvalidated.jsonl"
        out.write_bytes(b"\n".join(lines) + b"\n")
        print(f"held-out coding: {out}")
    if args.write:
        weights = fit_all(golds, reader)
        WEIGHTS.write_text(json.dumps(weights.tables, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        print(f"{WEIGHTS}: {sum(map(len, weights.tables.values()))} weights, {WEIGHTS.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
