"""How fast the reader reads: reports and megabytes a second, the share of each stage, peak memory, and the floor.

    python scripts/bench.py [REPORTS.jsonl(.gz)] [--limit N] [--compile]

Without a file, the sample reports are read over and over. The floor is bare folding, splitting and matching. Times are
of the processor, not of the wall; even so a shared machine is noisy: compare within one run, quote ratios and medians.
A stage is given by the least time that each report took in it over all rounds, which noise disturbs least.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from riwaya.commands.running import make_reader
from riwaya.knowledge.knowledge import load_knowledge
from riwaya.reading.actors import find_actors
from riwaya.reading.attribution import find_attributions
from riwaya.reading.counts import find_counts
from riwaya.reading.events import find_events
from riwaya.reading.numbers import read_numbers
from riwaya.reading.places import find_places
from riwaya.reading.reader import Reader, parse_published
from riwaya.reading.scene import read_scene
from riwaya.reading.times import find_times
from riwaya.text.text import read_text

SAMPLES = Path(__file__).parent.parent / "samples"


def load_reports(path: Path | None, limit: int) -> list[dict[str, Any]]:
    """The reports of a JSON lines file, or the project's samples repeated up to ``limit``."""
    if path is None:
        samples = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(SAMPLES.rglob("*.json"))]
        samples = [sample for sample in samples if "text" in sample]
        return [samples[i % len(samples)] for i in range(limit)]
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line, _ in zip(lines, range(limit), strict=False)]


class Clock:
    """The least seconds that each report took in each stage."""

    def __init__(self) -> None:
        """Start with no stage."""
        self.least: dict[tuple[str, int], float] = {}
        self.report = 0  # the number of the report that is read

    def run(self, stage: str, work: Callable[[], Any]) -> Any:
        """The result of the work, its time kept where it is the least so far."""
        start = time.process_time()
        result = work()
        spent = time.process_time() - start
        key = (stage, self.report)
        self.least[key] = min(spent, self.least.get(key, spent))
        return result

    def spent(self) -> dict[str, float]:
        """The seconds of each stage, over all reports."""
        total: dict[str, float] = {}
        for (stage, _), seconds in self.least.items():
            total[stage] = total.get(stage, 0.0) + seconds
        return total


def read_in_stages(reader: Reader, report: dict[str, Any], clock: Clock) -> None:
    """One report read stage by stage, as the reader does."""
    known = reader.knowledge
    published = parse_published(report.get("published"))
    text = clock.run("text and matching", lambda: read_text(report["text"], known.lexicon))
    numbers = clock.run("numbers", lambda: read_numbers(text))
    times = clock.run("times", lambda: find_times(text, known, published, numbers))
    actors = clock.run("actors", lambda: find_actors(text, known, published))
    taken = [(mention.start, mention.end) for mention in actors]
    places = clock.run("places", lambda: find_places(text, known, taken))
    counts = clock.run("counts", lambda: find_counts(text, known, numbers))
    said = clock.run("attribution", lambda: find_attributions(text, known, actors, report.get("outlet")))
    scene = clock.run("scene", lambda: read_scene(text, known, published, times, places, actors, counts, said))
    clock.run("events", lambda: find_events(scene))


def measure_rates(reader: Reader, reports: list[dict[str, Any]], rounds: int) -> tuple[float, float]:
    """The medians of reports a second, read in full, and split and matched alone."""
    rates: list[float] = []
    floors: list[float] = []
    for report in reports[:300]:
        reader.read(report["text"], published=report.get("published"), outlet=report.get("outlet"))
    for _ in range(rounds):
        start = time.process_time()
        for report in reports:
            read_text(report["text"], reader.knowledge.lexicon)
        floors.append(len(reports) / (time.process_time() - start))
        start = time.process_time()
        for report in reports:
            reader.read(report["text"], published=report.get("published"), outlet=report.get("outlet"))
        rates.append(len(reports) / (time.process_time() - start))
    return statistics.median(rates), statistics.median(floors)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", nargs="?", type=Path)
    parser.add_argument("--limit", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--compile", action="store_true", help="compile the knowledge anew first, and tell how long")
    args = parser.parse_args()
    if args.compile:
        start = time.process_time()
        load_knowledge(cached=False)
        print(f"knowledge compiled in {time.process_time() - start:.2f} s")
    start = time.process_time()
    reader = make_reader(())  # as the commands do
    print(f"reader ready in {time.process_time() - start:.2f} s")
    reports = load_reports(args.reports, args.limit)
    size = sum(len(report["text"].encode("utf-8", "replace")) for report in reports)
    rate, floor = measure_rates(reader, reports, args.rounds)
    print(f"{len(reports)} reports, {size / len(reports) / 1000:.1f} kB each")
    print(f"read   {rate:8.0f} reports/s  {rate * size / len(reports) / 1e6:6.2f} MB/s   (median of {args.rounds})")
    print(f"floor  {floor:8.0f} reports/s  folding, splitting and matching alone ({floor / rate:.1f} times as fast)")
    clock = Clock()
    for _ in range(args.rounds):
        for clock.report, report in enumerate(reports):
            read_in_stages(reader, report, clock)
    stages = clock.spent()
    total = sum(stages.values())
    for stage, spent in stages.items():
        print(f"  {stage:20} {spent / total:6.1%}  {1000 * spent / len(reports):6.3f} ms a report")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
