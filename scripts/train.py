"""Fit the weights of the reader's decisions to gold records, and measure them on reports that were not fitted.

    python scripts/train.py GOLD_DIR [GOLD_DIR ...] [--more FILE.jsonl --corpus REPORTS.jsonl.gz] [--folds 5] [--write]

Each decision is a regularised logistic regression over named features; the weights are rounded to two decimals. Without
``--write`` only the cross-validated figures (by report) are printed; with it, weights fitted on all records replace
``src/riwaya/knowledge/data/weights/events.json``. Records of ``--more`` (our own coding of the corpus's reports, kept
without their texts in ``training/``) are fitted in every fold and never measured.
"""

from __future__ import annotations

import argparse
import dataclasses
import gzip
import importlib
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
from riwaya.reading.coreference import SAME, again_features, best_antecedent, pair_features
from riwaya.reading.drafts import Draft, choose_sense, neighbours_of
from riwaya.reading.events import reality_inputs, speakers_of
from riwaya.reading.features import History, Previous, count_up
from riwaya.reading.reader import Reader
from riwaya.reading.roles import (
    PLACE_ROLES,
    ROLES,
    choose_time,
    count_pairs,
    main_place,
    news_day,
    place_pairs,
    role_pairs,
    time_pairs,
)  # fmt: skip
from riwaya.reading.scene import Scene
from riwaya.reading.trigger_features import kind_features, shared_trigger_features, support_features, trigger_features

WEIGHTS = Path(__file__).parent.parent / "src/riwaya/knowledge/data/weights/events.json"
# Inverse regularisation, the least number of records a feature must occur in, and the lift of the bias (see ``fit``).
STRENGTH = {
    "kind": (0.3, 3, 0.0), "again": (0.1, 3, 0.0), "trigger": (0.05, 3, 0.75), "agent": (0.3, 3, 0.8),
    "target": (0.3, 3, 1.1), "mediator": (0.3, 3, 1.5),
    "place.at": (0.2, 3, 0.5), "place.from": (0.25, 3, 0.3), "place.to": (0.25, 3, 0.3), "time": (0.15, 3, 0.1),
    "count": (0.3, 3, 0.6), "claim": (0.3, 3, 0.4), "status": (0.2, 3, 0.0), "background": (0.15, 3, 0.0),
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

    def walk(self, scene: Scene) -> Iterator[Step]:
        """Each candidate with its sense and what was told before it; gold decides what is new and what is told again.

        Where the record does not say what is told again, the fitted score does.
        """
        history = History()
        drafts: list[Draft] = []
        by_id: dict[str, Draft] = {}
        for number, candidate in enumerate(self.candidates):
            shared = shared_trigger_features(scene, candidate, neighbours_of(self.candidates, number))
            support = support_features(scene, candidate)
            events = self.aligned.get(candidate.number)
            sense = events[0][0] if events else choose_sense(scene, candidate, shared, support)[0]
            told = self.again.get(candidate.number) if self.again is not None else None
            step = Step(candidate, sense, shared, support, history, drafts, events, by_id.get(told or ""))
            yield step
            if events:
                draft = Draft(candidate, sense, 0.0, [], [candidate])
                drafts.append(draft)
                by_id.update((event["id"], draft) for _, event in events)
                history.add(candidate, sense)
            elif self.again is not None:
                if step.told is not None:
                    step.told.mentions.append(candidate)
            else:
                value, found = best_antecedent(scene, candidate, sense, drafts)
                if found is not None and value > SAME:
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

    candidate: Candidate
    sense: Sense
    shared: list[str]
    support: list[str]
    history: History
    drafts: list[Draft]
    events: list[tuple[Sense, dict[str, Any]]] | None  # those that it triggers
    told: Draft | None  # the happening that it tells again


def kind_examples(gold: Gold) -> Iterable[Example]:
    """Each sense of each candidate that names an event and may name several kinds, with whether it is the right one."""
    for number, candidate in enumerate(gold.candidates):
        events = gold.aligned.get(candidate.number)
        if events and len(candidate.senses) > 1:
            shared = shared_trigger_features(gold.scene, candidate, neighbours_of(gold.candidates, number))
            support = support_features(gold.scene, candidate)
            for sense in candidate.senses:
                features = kind_features(gold.scene, candidate, sense, shared, support)
                yield gold.record["id"], features, int(sense.kind == events[0][0].kind)


def trigger_examples(gold: Gold, scene: Scene) -> Iterator[Example]:
    """Each candidate in the sense that gold gives it, else in the one chosen, with whether gold has it as an event."""
    for step in gold.walk(scene):
        found = best_antecedent(scene, step.candidate, step.sense, step.drafts)
        told = again_features(step.candidate, step.sense, found)
        features = trigger_features(
            scene, step.candidate, step.sense, step.shared, step.support, step.history, told
        )
        yield gold.record["id"], features, int(bool(step.events))


def again_examples(gold: Gold, scene: Scene) -> Iterator[Example]:
    """Each candidate beside each happening told before it, with whether it tells that one again."""
    if gold.again is None:
        return
    for step in gold.walk(scene):
        for draft in step.drafts:
            mentions = draft.mentions
            for earlier in (mentions[0], mentions[-1]) if len(mentions) > 1 else mentions:
                features = pair_features(scene, step.candidate, step.sense, draft, earlier)
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


def argument_examples(gold: Gold, out: dict[str, list[Example]], scene: Scene) -> None:
    """Examples of roles, places, times, counts and claims for the gold events that have a candidate."""
    report, scorer, name = gold.report, gold.scorer, gold.record["id"]
    main, newsday = main_place(scene), news_day(scene)
    drafts = gold.drafts(scene)
    previous = Previous()
    for draft, event in drafts:
        given: dict[str, list[Any]] = defaultdict(list)
        parties = role_pairs(scene, draft, speakers_of(scene, draft), previous)
        for role in ROLES:
            wanted = [("agents", n) for n in event.get(role + "s", [])]
            fits = [("agents", _actor_object(pair.mention.actor)) for pair in parties]
            right = _one_to_one(report, scorer, wanted, fits)
            for number, pair in enumerate(parties):
                out[role].append((name, pair.features, int(number in right)))
                if number in right:
                    given[role].append(pair.mention.actor.id)
        spots = place_pairs(scene, draft, main, previous)
        for role in PLACE_ROLES:
            wanted = [("places", p) for p in event.get("places", []) if p["role"] == role]
            fits = [("places", {**_place_object(pair.mention.place), "role": role}) for pair in spots]
            right = _one_to_one(report, scorer, wanted, fits)
            for number, spot in enumerate(spots):
                out[f"place.{role}"].append((name, spot.features, int(number in right)))
                if number in right:
                    given["place"].append(spot.mention.place.id)
        for timed in time_pairs(scene, draft, newsday, previous):
            holds = (timed.mention.from_, timed.mention.to) == scorer.days(event)
            out["time"].append((name, timed.features, int(holds)))
        said = claim_pairs(scene, draft, previous)
        wanted = [("claims", claim) for claim in event["claims"]]
        fits = [("claims", _claim_object(pair.attribution)) for pair in said]
        right = _one_to_one(report, scorer, wanted, fits)
        for number, claim_pair in enumerate(said):
            out["claim"].append((name, claim_pair.features, int(number in right)))
            if number in right:
                attribution = claim_pair.attribution
                given["source"].append((attribution.source.actor.id, str(attribution.stance)))
        previous = Previous(
            frozenset(given["agent"]), frozenset(given["target"]), frozenset(given["place"]),
            scorer.days(event) if event["from"] else None, frozenset(given["source"]),
            draft.candidate.sentence, event["kind"], event["background"], event["status"],
            count_up(previous.doers, given["agent"]), count_up(previous.done_to, given["target"]),
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
    before = Previous()
    for draft, event in gold.drafts(scene):
        none = Previous()
        when, claims = choose_time(scene, draft, newsday, none, None), choose_claims(scene, draft, none, None)
        features = reality_inputs(scene, draft, when, claims, before)
        for status in Status:
            out[f"status.{status}"].append((name, features, int(event["status"] == status)))
        out["background"].append((name, features, int(event["background"])))
        background, status = event["background"], event["status"]
        before = Previous(
            sentence=draft.candidate.sentence, kind=event["kind"], background=background, status=status
        )


def _matrix(rows: Sequence[list[str]], columns: dict[str, int]) -> Any:
    import numpy
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

    indices: list[int] = []
    starts = [0]
    for features in rows:
        indices.extend(sorted({columns[feature] for feature in features if feature in columns}))
        starts.append(len(indices))
    ones = numpy.ones(len(indices), dtype=numpy.float64)
    where = numpy.asarray(indices, dtype=numpy.int32), numpy.asarray(starts, dtype=numpy.int32)
    return csr_matrix((ones, *where), shape=(len(rows), len(columns)))


def _regress(examples: Sequence[Example], strength: float, least: int) -> dict[str, float]:
    """Weights of a regularised logistic regression: rounded, without those near zero."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    labels = [label for _, _, label in examples]
    if len(set(labels)) < 2:
        return {"bias": -5.0}
    seen: dict[str, set[str]] = defaultdict(set)
    for report, features, _ in examples:
        for feature in features:
            if len(seen[feature]) < least:
                seen[feature].add(report)
    names = sorted(feature for feature, reports in seen.items() if len(reports) >= least)
    matrix = _matrix([features for _, features, _ in examples], {name: n for n, name in enumerate(names)})
    model = LogisticRegression(C=strength, max_iter=400, tol=1e-3, solver="lbfgs")
    model.fit(matrix, labels)
    weights = {"bias": round(float(model.intercept_[0]), 2)}
    for name, value in zip(names, model.coef_[0], strict=True):
        if abs(value) >= 0.04:
            weights[name] = round(float(value), 2)
    return weights


def fit(examples: Sequence[Example], strength: float, least: int, lift: float = 0.0) -> dict[str, float]:
    """The weights of one decision. ``lift`` is added to the bias: where F1 counts, a value is worth giving from a
    probability of half the F1 that is reached, which is below one half."""
    weights = _regress(examples, strength, least)
    weights["bias"] = round(weights["bias"] + lift, 2)
    return dict(sorted(weights.items()))


def _armed(scene: Scene, reader: Reader, tables: dict[str, dict[str, float]]) -> Scene:
    return dataclasses.replace(scene, knowledge=dataclasses.replace(reader.knowledge, weights=Weights(tables)))


def fit_all(golds: Sequence[Gold], reader: Reader) -> Weights:
    """All weights, fitted on the given records.

    What is told again is fitted on two halves, and each half's triggers see the score that was fitted on the other.
    """
    examples: dict[str, list[Example]] = defaultdict(list)
    for gold in golds:
        examples["kind"].extend(kind_examples(gold))
    tables = {"kind": fit(examples["kind"], *STRENGTH["kind"])}
    halves: list[list[Example]] = [[], []]
    for number, gold in enumerate(golds):
        halves[number % 2].extend(again_examples(gold, _armed(gold.scene, reader, tables)))
    crossed = [{**tables, "again": fit(half, *STRENGTH["again"])} for half in reversed(halves)]
    tables["again"] = fit([*halves[0], *halves[1]], *STRENGTH["again"])
    for number, gold in enumerate(golds):
        seen = tables if gold.again is None else crossed[number % 2]
        examples["trigger"].extend(trigger_examples(gold, _armed(gold.scene, reader, seen)))
        argument_examples(gold, examples, _armed(gold.scene, reader, tables))
    for name, rows in examples.items():
        tables[name] = fit(rows, *STRENGTH[name])
    later: dict[str, list[Example]] = defaultdict(list)
    for gold in golds:
        reality_examples(gold, later, _armed(gold.scene, reader, tables))
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


def coded_corpus(paths: Sequence[Path], corpus: Path) -> list[dict[str, Any]]:
    """The records of stand-off files, each with its text from the corpus; one whose report is not there is left out."""
    wanted = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    if not wanted:
        return []
    ids = {record["id"] for record in wanted}
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        texts = {report["id"]: report["text"] for report in map(json.loads, lines) if report["id"] in ids}
    return [{**record, "text": texts[record["id"]]} for record in wanted if record["id"] in texts]


def main() -> int:
    """Print cross-validated figures; with ``--write``, store weights fitted on all records."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="coded records without text")
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus/ant-dev.jsonl.gz"))
    parser.add_argument("--scorer", type=Path, default=Path("../shared/gold"), help="folder of score.py")
    parser.add_argument("--folds", type=int, default=5, help="1: fit on --more alone; 0: no measuring")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--out", type=Path, help="keep the cross-validated coding here")
    args = parser.parse_args()
    sys.path.insert(0, str(args.scorer))
    scorer = importlib.import_module("score")

    reader = Reader(load_knowledge())
    records = [json.loads(p.read_text(encoding="utf-8")) for folder in args.gold for p in sorted(folder.glob("*.json"))]
    records = [record for record in records if "events" in record]
    golds = [Gold(record, scorer, reader) for record in records]
    found = sum(len(events) for gold in golds for events in gold.aligned.values())
    total = sum(len(gold.report.events) for gold in golds)
    more = [Gold(record, scorer, reader) for record in coded_corpus(args.more, args.corpus)]
    print(f"{len(more)} more records, {sum(len(gold.report.events) for gold in more)} events")
    print(f"{len(golds)} records, {total} events, {found} with a trigger candidate of their kind")
    if args.folds > 0:
        lines: list[bytes] = []
        if args.folds == 1:
            lines = code(golds, reader, fit_all(more, reader))
        for fold in range(args.folds if args.folds > 1 else 0):
            held = golds[fold :: args.folds]
            rest = [gold for number, gold in enumerate(golds) if number % args.folds != fold]
            lines += code(held, reader, fit_all([*rest, *more], reader))
        coded = {answer["report"]["id"]: answer for answer in map(json.loads, lines)}
        for name, f in scorer.score([gold.report for gold in golds], coded).items():
            counts = f"({f['right']}/{f['coded']}/{f['gold']})"
            print(f"{name:32} P {f['precision']:.3f}  R {f['recall']:.3f}  F1 {f['f1']:.3f}   {counts}")
        out = args.out or Path(tempfile.gettempdir()) / "crossvalidated.jsonl"
        out.write_bytes(b"\n".join(lines) + b"\n")
        print(f"held-out coding: {out}")
    if args.write:
        weights = fit_all([*golds, *more], reader)
        text = json.dumps(weights.tables, ensure_ascii=False, indent=0, sort_keys=True)
        WEIGHTS.write_text(text + "\n", encoding="utf-8")
        print(f"{WEIGHTS}: {sum(map(len, weights.tables.values()))} weights, {WEIGHTS.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
