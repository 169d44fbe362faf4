"""Fit the words that tell reports of conflict from sport, economy and culture, so that the latter yield no events.

    python scripts/train_topic.py --conflict REPORTS.jsonl.gz --other REPORTS.jsonl.gz --gold GOLD_DIR [--write]

Reports of ``--conflict`` count as such where the reader's mentions show armed actors and several event words; every
second report of ``--other`` is fitted, the rest measured. One additive score over the stems of a report; zero is the
threshold, moved so that a short text without telling words is taken for conflict.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from riwaya.knowledge.knowledge import load_knowledge
from riwaya.reading.candidates import find_candidates
from riwaya.reading.reader import Reader
from riwaya.reading.topic import topic_words
from riwaya.text.text import split_text

OUT = Path(__file__).parent.parent / "src/riwaya/knowledge/data/weights/topic.json"
_ARMED = {"military", "armed_group", "police", "coalition"}
_LEAST = 6  # reports that a word must stand in
_KEPT = 0.08


def conflict_texts(path: Path, limit: int) -> list[str]:
    """Texts of reports that plainly tell of conflict."""
    reader = Reader(load_knowledge())
    found: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 3 or len(found) >= limit:
                continue
            report = json.loads(line)
            scene = reader.scene(report["text"], report["published"][:10], report["outlet"])
            strong = sum(any(s.strength == "strong" for s in c.senses) for c in find_candidates(scene))
            armed = sum(mention.actor.kind in _ARMED for mention in scene.actors)
            if strong >= 3 and armed >= 2:
                found.append(report["text"])
    return found


def words_of(text: str) -> set[str]:
    """The distinct stems of a text."""
    return topic_words(split_text(text).forms)


def main() -> int:
    """Fit, measure, and with ``--write`` store the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--conflict", type=Path, required=True)
    parser.add_argument("--other", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=900)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    gold = [json.loads(p.read_text(encoding="utf-8"))["text"] for p in sorted(args.gold.glob("*.json"))]
    conflict = [words_of(text) for text in conflict_texts(args.conflict, args.limit)]
    with gzip.open(args.other, "rt", encoding="utf-8") as lines:
        other = [words_of(json.loads(line)["text"]) for line in lines]
    weights = fit(conflict, other[1::2])
    off = sum(total(weights, words) < 0 for words in other[::2])
    lost = sum(total(weights, words_of(text)) < 0 for text in gold)
    print(f"{len(conflict)} conflict, {len(other)} other reports, {len(weights)} words")
    print(f"held out: {off} of {len(other[::2])} other reports set aside; {lost} of {len(gold)} gold reports set aside")
    if args.write:
        OUT.write_text(json.dumps({"topic": weights}, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    return 0


def fit(conflict: list[set[str]], other: list[set[str]]) -> dict[str, float]:
    """The weights of the words and the bias."""
    from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    seen = Counter(word for words in [*conflict, *other] for word in words)
    kept = {word for word, count in seen.items() if count >= _LEAST}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(words & kept, 1.0) for words in [*conflict, *other]])
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LogisticRegression(C=0.5, max_iter=500, class_weight="balanced")
    model.fit(matrix, [1] * len(conflict) + [0] * len(other))
    named = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    weights = {name: round(float(value), 2) for name, value in named if abs(value) >= _KEPT}
    return {"bias": 1.0, **dict(sorted(weights.items()))}


def total(weights: dict[str, float], words: set[str]) -> float:
    """The score of a report's words."""
    return weights["bias"] + sum(weights.get(word, 0.0) for word in words)


if __name__ == "__main__":
    sys.exit(main())
