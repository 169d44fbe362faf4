"""Worksheets for people who code reports to fit the weights to, and the way back from a filled sheet to records.

    python scripts/worksheet.py sheet REPORTS.jsonl(.gz) --ids FILE            the sheets, to standard output
    python scripts/worksheet.py record REPORTS.jsonl(.gz) ANSWERS.jsonl        records without texts, for training/

A sheet shows a report's sentences with the words that may name a happening (``{12:قصف}``), and lists what the reader
has found in it: actors (a1 …), places (p1 …), times (t1 …), counts (c1 …) and sources with stances (q1 …). The coder
answers with events that point at these, or in plain words where the reader missed something (``training/README.md``).
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from riwaya.evaluation.gold import find_surface
from riwaya.knowledge.knowledge import load_knowledge
from riwaya.model import Kind, SourceKind, Stance, Status, What
from riwaya.reading.candidates import Candidate, find_candidates
from riwaya.reading.reader import Reader
from riwaya.reading.scene import Scene

Data = dict[str, Any]


class Sheet:
    """A report's scene with its distinct actors, places, times, counts and sources, each under a short name."""

    def __init__(self, report: Data, reader: Reader) -> None:
        """Read the report and number what is found in it, in the order of the text."""
        self.report = report
        self.published = (report.get("published") or "")[:10] or None
        self.scene: Scene = reader.scene(report["text"], self.published, report.get("outlet"))
        self.candidates: list[Candidate] = find_candidates(self.scene)
        scene = self.scene
        self.actors = _numbered("a", ((m.actor.id, m.actor) for m in scene.actors))
        self.places = _numbered("p", ((m.place.id, m.place) for m in scene.places))
        times = ((m.from_, m.to, m) for m in scene.times if m.from_ or m.to)
        self.times = _numbered("t", (((a, b), m) for a, b, m in times))
        self.counts = {f"c{number}": count for number, count in enumerate(scene.counts, 1)}
        self.sources = _numbered("q", (((a.source.actor.id, a.stance), a) for a in scene.attributions))

    def lines(self) -> Iterator[str]:
        """The sheet's lines."""
        yield f"### {self.report['id']} | {self.report.get('outlet') or ''} | {self.published}"
        marks = {c.start: c for c in self.candidates}
        for number, sentence in enumerate(self.scene.text.sentences):
            start, end = self.scene.text.span(sentence.first, sentence.last)
            yield f"S{number} " + self._marked(start, end, marks)
        yield "A " + " | ".join(f"{k}={v.name}" for k, v in self.actors.items())
        yield "P " + " | ".join(f"{k}={v.name}" for k, v in self.places.items())
        yield "T " + " | ".join(f"{k}={v.text}:{v.from_}/{v.to}" for k, v in self.times.items())
        yield "C " + " | ".join(f"{k}={v.text}:{v.what}:{v.min}:{v.max}" for k, v in self.counts.items())
        yield "Q " + " | ".join(f"{k}={v.source.actor.name}:{v.stance}" for k, v in self.sources.items())

    def _marked(self, start: int, end: int, marks: dict[int, Candidate]) -> str:
        raw, out, at = self.scene.text.raw, [], start
        for offset in sorted(o for o in marks if start <= o < end):
            candidate = marks[offset]
            out += [raw[at:offset], f"{{{candidate.number}:{raw[offset : candidate.end]}}}"]
            at = candidate.end
        return "".join([*out, raw[at:end]]).replace("\n", " ")

    def record(self, answer: Data) -> Data:
        """The record of an answer, without the text. Raises ValueError where the answer cannot be understood."""
        events = [self._event(number, event) for number, event in enumerate(answer["ev"], 1)]
        return {
            "id": self.report["id"], "theatre": "", "outlet": self.report.get("outlet"), "published": self.published,
            "url": "", "times": [], "places": [], "actors": [], "events": events,
        }  # fmt: skip

    def _event(self, number: int, event: Data) -> Data:
        known = {"k", "n", "w", "again", "s", "b", "ag", "ta", "me", "pl", "t", "c", "cl", "o"}
        if set(event) - known:
            raise ValueError(f"event {number}: unknown keys {sorted(set(event) - known)}")
        trigger, times = self._trigger(number, event)
        again = [self._candidate(number, n) for n in event.get("again", [])]
        span = self._time(number, event.get("t"))
        return {
            "id": f"e{number}", "kind": str(Kind(event["k"])), "trigger": trigger, "n": [times],
            "again": [[c.start, c.end] for c in again],
            "status": str(Status(event.get("s", "occurred"))), "background": bool(event.get("b", 0)),
            "agents": [self._actor(a) for a in event.get("ag", [])],
            "targets": [self._actor(a) for a in event.get("ta", [])],
            "mediators": [self._actor(a) for a in event.get("me", [])],
            "places": [self._place(number, p) for p in event.get("pl", [])], "from": span[0], "to": span[1],
            "ordinal": event.get("o"), "counts": [self._count(number, c) for c in event.get("c", [])],
            "claims": [self._claim(number, c) for c in event.get("cl", [])],
        }  # fmt: skip

    def _candidate(self, number: int, name: int) -> Candidate:
        if not 0 <= name < len(self.candidates):
            raise ValueError(f"event {number}: no candidate {name}")
        return self.candidates[name]

    def _trigger(self, number: int, event: Data) -> tuple[str, int]:
        raw = self.scene.text.raw
        if "n" in event:
            candidate = self._candidate(number, event["n"])
            words, start = raw[candidate.start : candidate.end], candidate.start
            return words, _occurrence(raw, words, start)
        words = event["w"]
        if words not in raw:
            raise ValueError(f"event {number}: '{words}' is not in the text")
        return words, 1

    def _actor(self, name: str) -> str:
        if name in self.actors:
            return str(self.actors[name].name)
        if name[:1] == "a" and name[1:].isdigit():
            raise ValueError(f"no actor {name}")
        return name

    def _place(self, number: int, name: str) -> Data:
        name, _, role = name.partition("@")
        if role not in ("", "at", "from", "to"):
            raise ValueError(f"event {number}: no place role {role}")
        if name[:1] == "p" and name[1:].isdigit():
            if name not in self.places:
                raise ValueError(f"event {number}: no place {name}")
            name = self.places[name].name
        return {"name": name, "role": role or "at"}

    def _time(self, number: int, name: str | None) -> tuple[str | None, str | None]:
        if not name:
            return None, None
        if name in self.times:
            return self.times[name].from_, self.times[name].to
        first, _, last = name.partition("/")
        if first[:4].isdigit() or last[:4].isdigit():
            return first or None, (last or None) if "/" in name else first
        raise ValueError(f"event {number}: no time {name}")

    def _count(self, number: int, name: str) -> Data:
        count = self.counts.get(name)
        if count is not None:
            what, low, high, who = str(count.what), count.min, count.max, count.who
            return {"t": count.text, "what": what, "who": who, "min": low, "max": high}
        parts = name.split(":")
        if len(parts) < 3:
            raise ValueError(f"event {number}: no count {name}")
        bounds = [None if part in ("", "None", "null") else int(part) for part in parts[1:3]]
        return {"t": "", "what": str(What(parts[0])), "who": None, "min": bounds[0], "max": bounds[1]}

    def _claim(self, number: int, name: str) -> Data:
        if name in ("outlet", "outlet|outlet|asserts"):
            return {"source": "outlet", "source_kind": "outlet", "stance": "asserts", "via": []}
        label, _, stance = name.partition(":")
        if label in self.sources:
            found = self.sources[label]
            actor = found.source.actor
            names = [actor.name, *([actor.organisation.name] if actor.organisation else [])]
            return {"source": names, "source_kind": str(found.source.kind),
                    "stance": str(Stance(stance or found.stance)), "via": []}  # fmt: skip
        parts = name.split("|")
        if len(parts) != 3:
            raise ValueError(f"event {number}: claim '{name}' is neither q-number, outlet nor source|kind|stance")
        speaker = self._actor(parts[0])
        return {"source": speaker, "source_kind": str(SourceKind(parts[1])), "stance": str(Stance(parts[2])), "via": []}


def _numbered(letter: str, items: Any) -> dict[str, Any]:
    found: dict[Any, Any] = {}
    for key, value in items:
        found.setdefault(key, value)
    return {f"{letter}{number}": value for number, value in enumerate(found.values(), 1)}


def _occurrence(raw: str, words: str, start: int) -> int:
    """The number, from 1, of the occurrence of words that begins nearest to an offset, as gold records count them."""
    spans = find_surface(raw, words)
    return 1 + min(range(len(spans)), key=lambda number: abs(spans[number][0] - start))


def read_lines(path: Path) -> Iterator[Data]:
    """The objects of a JSON lines file, compressed or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def main() -> int:
    """Print sheets, or the records of answers; an answer that cannot be understood is named on standard error."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("task", choices=("sheet", "record"))
    parser.add_argument("reports", type=Path)
    parser.add_argument("answers", nargs="?", type=Path)
    parser.add_argument("--ids", type=Path, help="a file with one report id a line")
    args = parser.parse_args()
    reader = Reader(load_knowledge())
    answers = {a["id"]: a for a in read_lines(args.answers)} if args.answers else {}
    wanted = list(answers) or args.ids.read_text(encoding="utf-8").split()
    reports = {report["id"]: report for report in read_lines(args.reports) if report["id"] in set(wanted)}
    failed = 0
    for name in wanted:
        try:
            sheet = Sheet(reports[name], reader)
            if args.task == "sheet":
                print("\n".join(sheet.lines()), end="\n\n")
            else:
                print(json.dumps(sheet.record(answers[name]), ensure_ascii=False))
        except (KeyError, ValueError, TypeError) as error:
            failed += 1
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
