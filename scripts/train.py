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
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from examples import (
    Example,
    Gold,
    again_examples,
    argument_examples,
    kind_examples,
    lone_examples,
    own_examples,
    reality_examples,
    trigger_examples,
)

from riwaya.export.coded import code_report
from riwaya.knowledge.knowledge import load_knowledge
from riwaya.knowledge.weights import Weights
from riwaya.reading.reader import Reader
from riwaya.reading.scene import Scene

WEIGHTS = Path(__file__).parent.parent / "src/riwaya/knowledge/data/weights/events.json"


class Strength(NamedTuple):
    """How one decision is fitted.

    ``inverse``: inverse strength of the regularisation. ``lift``: what is added to the bias (see ``fit``). ``sparse``:
    whether the sum of the weights is held down (many become zero), not that of their squares. ``least``: the number of
    reports in which a feature must occur.
    """

    inverse: float
    lift: float = 0.0
    sparse: bool = False
    least: int = 4


STRENGTH = {
    "kind": Strength(0.3), "again": Strength(0.2), "trigger": Strength(0.2, 0.75, sparse=True),
    "agent": Strength(0.15, 0.5), "target": Strength(0.15, 1.1), "mediator": Strength(0.3, 1.5),
    "place.at": Strength(0.1, 0.6), "place.from": Strength(0.25, 0.3), "place.to": Strength(0.25, 0.3),
    "time": Strength(0.1, 0.4), "count": Strength(0.6, 0.6, sparse=True), "claim": Strength(0.1, 0.7),
    "status": Strength(0.4, sparse=True), "background": Strength(0.1, -0.3),
}  # fmt: skip
_FAINT = 0.1  # weights below are left out and the others fitted again
_PARTS = 3  # parts of the records for scores that others build on
_FIRM = ("time", "count", "claim")  # decisions that are fitted at the first look and once more on the reader's own walk
TRUST = 2.0  # how much an example of a gold record weighs beside one of our own coding

Tables = dict[str, dict[str, float]]


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


class _Designs:
    """The feature names and matrices of the rows fitted last: decisions over the same rows share them."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, ...], tuple[Sequence[list[str]], list[str], Any]] = {}

    def of(self, examples: Sequence[Example], least: int) -> tuple[list[str], Any]:
        """The names of the features that occur in at least ``least`` reports, and the matrix of the examples."""
        rows = [features for _, features, _ in examples]
        key = (least, *map(id, rows))  # the rows are kept, so no other row can have their ids
        if key not in self._kept:
            seen: dict[str, set[str]] = defaultdict(set)
            for report, features, _ in examples:
                for feature in features:
                    if len(seen[feature]) < least:
                        seen[feature].add(report)
            names = sorted(feature for feature, reports in seen.items() if len(reports) >= least)
            if len(self._kept) > _PARTS:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = rows, names, _matrix(rows, {name: n for n, name in enumerate(names)})
        return self._kept[key][1:]


_DESIGNS = _Designs()


def _regress(examples: Sequence[Example], how: Strength, trusted: Set[str]) -> dict[str, float]:
    """Weights of a regularised logistic regression, rounded; faint ones are left out before a second fit."""
    labels = [label for _, _, label in examples]
    if len(set(labels)) < 2:
        return {"bias": -5.0}
    names, matrix = _DESIGNS.of(examples, how.least)
    trust = [TRUST if report in trusted else 1.0 for report, _, _ in examples]
    model = _model(how).fit(matrix, labels, sample_weight=trust)
    if not how.sparse:
        kept = [at for at, value in enumerate(model.coef_[0]) if abs(value) >= _FAINT]
        names = [names[at] for at in kept]
        model = _model(how).fit(matrix[:, kept], labels, sample_weight=trust)
    weights = {"bias": round(float(model.intercept_[0]), 2)}
    for name, value in zip(names, model.coef_[0], strict=True):
        if round(float(value), 2):
            weights[name] = round(float(value), 2)
    return weights


def _model(how: Strength) -> Any:
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    if how.sparse:
        return LogisticRegression(
            C=how.inverse, l1_ratio=1.0, max_iter=1000, tol=1e-4, solver="liblinear", random_state=0
        )
    return LogisticRegression(C=how.inverse, max_iter=3000, tol=1e-5, solver="lbfgs")


def fit(decision: str, examples: Sequence[Example], trusted: Set[str] = frozenset()) -> dict[str, float]:
    """The weights of one decision; examples of ``trusted`` reports weigh more.

    The lift (``STRENGTH``) is added to the bias: where F1 counts, a value is worth giving from a probability of half
    the F1 that is reached, which is below one half. A first score has none.
    """
    base = decision.removesuffix(".alone")
    how = STRENGTH.get(base) or STRENGTH[base.split(".")[0]]
    weights = _regress(examples, how, trusted)
    weights["bias"] = round(weights["bias"] + (how.lift if base == decision else 0.0), 2)
    return dict(sorted(weights.items()))


def _armed(scene: Scene, reader: Reader, tables: dict[str, dict[str, float]]) -> Scene:
    return dataclasses.replace(scene, knowledge=dataclasses.replace(reader.knowledge, weights=Weights(tables)))


def _fit_whole(parts: Sequence[dict[str, list[Example]]], tables: Tables, trusted: Set[str]) -> None:
    """Fit each decision on all parts."""
    for name in parts[0]:
        tables[name] = fit(name, [example for part in parts for example in part[name]], trusted)


def _fit_crossed(parts: Sequence[dict[str, list[Example]]], crossed: Sequence[Tables], trusted: Set[str]) -> None:
    """For each part, fit each decision on the other parts."""
    for number, own in enumerate(crossed):
        for name in parts[0]:
            own[name] = fit(name, [e for at, part in enumerate(parts) if at != number for e in part[name]], trusted)


def fit_all(golds: Sequence[Gold], reader: Reader, trusted: Set[str] = frozenset()) -> Weights:
    """All weights, fitted on the given records, those of ``trusted`` ids with more weight.

    What other decisions build on is fitted in parts too: each record sees first scores that were fitted without it. The
    later decisions are fitted twice: on gold's walk through each record, then, all but the trigger's, together with
    the reader's own walk, which sees weights that were fitted without the record (``own_examples``).
    """
    kinds = [example for gold in golds for example in kind_examples(gold)]
    tables = {"kind": fit("kind", kinds, trusted)}
    crossed: list[Tables] = [dict(tables) for _ in range(_PARTS)]
    part_of = [number % _PARTS for number in range(len(golds))]
    parts = _parts()
    for gold, part in zip(golds, part_of, strict=True):
        parts[part]["again"].extend(again_examples(gold, _armed(gold.scene, reader, tables)))
    _fit_whole(parts, tables, frozenset())
    _fit_crossed(parts, crossed, frozenset())
    parts, firm = _parts(), _parts()
    for gold, part in zip(golds, part_of, strict=True):
        parts[part]["trigger.alone"].extend(lone_examples(gold, _armed(gold.scene, reader, crossed[part])))
        argument_examples(gold, parts[part], _armed(gold.scene, reader, tables), looked=False)
    _fit_whole(parts, tables, trusted)
    _fit_crossed(parts, crossed, trusted)
    for gold, part in zip(golds, part_of, strict=True):
        scene = _armed(gold.scene, reader, crossed[part])
        firm[part]["trigger"].extend(trigger_examples(gold, scene))
        argument_examples(gold, firm[part], scene, looked=True)
        reality_examples(gold, firm[part], scene)
    _fit_crossed(firm, crossed, trusted)
    for name in _FIRM:
        for part in range(_PARTS):
            firm[part][name] = parts[part][name]
    for gold, part in zip(golds, part_of, strict=True):
        own_examples(gold, firm[part], _armed(gold.scene, reader, crossed[part]))
    _fit_whole(firm, tables, trusted)
    return Weights(dict(sorted(tables.items())))


def _parts() -> list[dict[str, list[Example]]]:
    return [defaultdict(list) for _ in range(_PARTS)]


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
    ids = {record["id"] for record in wanted if "text" not in record}
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        texts = {report["id"]: report["text"] for report in map(json.loads, lines) if report["id"] in ids}
    found = [record if "text" in record else {**record, "text": texts.get(record["id"])} for record in wanted]
    layers: dict[str, Any] = {"times": [], "places": [], "actors": []}
    return [{**layers, **record} for record in found if record["text"] is not None]


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
    trusted = {gold.record["id"] for gold in golds}
    if args.folds > 0:
        lines: list[bytes] = []
        if args.folds == 1:
            lines = code(golds, reader, fit_all(more, reader))
        for fold in range(args.folds if args.folds > 1 else 0):
            held = golds[fold :: args.folds]
            rest = [gold for number, gold in enumerate(golds) if number % args.folds != fold]
            lines += code(held, reader, fit_all([*rest, *more], reader, trusted))
        coded = {answer["report"]["id"]: answer for answer in map(json.loads, lines)}
        for name, f in scorer.score([gold.report for gold in golds], coded).items():
            counts = f"({f['right']}/{f['coded']}/{f['gold']})"
            print(f"{name:32} P {f['precision']:.3f}  R {f['recall']:.3f}  F1 {f['f1']:.3f}   {counts}")
        out = args.out or Path(tempfile.gettempdir()) / "crossvalidated.jsonl"
        out.write_bytes(b"\n".join(lines) + b"\n")
        print(f"held-out coding: {out}")
    if args.write:
        weights = fit_all([*golds, *more], reader, trusted)
        text = json.dumps(weights.tables, ensure_ascii=False, indent=0, sort_keys=True)
        WEIGHTS.write_text(text + "\n", encoding="utf-8")
        print(f"{WEIGHTS}: {sum(map(len, weights.tables.values()))} weights, {WEIGHTS.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
