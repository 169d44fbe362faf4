"""Measure the reader on gold records: the samples, and ../shared/gold/dev where it is present.

    python scripts/quality.py [GOLD ...]

Prints the figures of ``riwaya evaluate`` for each folder of gold records, and those of its outlets.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from riwaya import Reader
from riwaya.evaluation.gold import GoldRecord, read_gold
from riwaya.evaluation.score import Scores, Tally, score
from riwaya.export.coded import code_report

ROOT = Path(__file__).resolve().parent.parent
_SEVERAL = 10  # records of an outlet that has figures of its own
FOLDERS = (ROOT / "samples", ROOT.parent / "shared" / "gold" / "dev")


def code(reader: Reader, record: GoldRecord) -> dict[str, Any]:
    """The coded report of a gold record's text."""
    entry = record.entry
    report = reader.read(entry["text"], published=entry["published"], outlet=entry["outlet"] or None, id=record.id)
    coded: dict[str, Any] = json.loads(json.dumps(code_report(report)))
    return coded


def print_scores(name: str, scores: Scores) -> None:
    """The figures of one folder as Markdown."""
    print(f"## {name}: {scores.reports} records\n")
    for heading in ("layers", "fields", "kinds", "theatres"):
        tallies: dict[str, Tally] = getattr(scores, heading)
        print(f"| {heading} | P | R | F1 | right | coded | gold |\n| --- | --: | --: | --: | --: | --: | --: |")
        for row, tally in tallies.items():
            shares = " | ".join(f"{share:.3f}" for share in (tally.precision, tally.recall, tally.f1))
            print(f"| {row} | {shares} | {tally.right} | {tally.coded} | {tally.gold} |")
        print()


def print_outlets(records: list[GoldRecord], coded: dict[str, dict[str, Any]]) -> None:
    """Events and facts of each outlet with several records, and of all others together, as Markdown."""
    number = Counter(record.entry["outlet"] for record in records)
    groups: dict[str, list[GoldRecord]] = {}
    for record in records:
        outlet = record.entry["outlet"]
        groups.setdefault(outlet if number[outlet] >= _SEVERAL else "other outlets", []).append(record)
    print("| outlet | records | events F1 | facts F1 |\n| --- | --: | --: | --: |")
    for outlet, own in sorted(groups.items(), key=lambda item: -len(item[1])):
        layers = score(own, coded).layers
        print(f"| {outlet} | {len(own)} | {layers['events'].f1:.3f} | {layers['facts'].f1:.3f} |")
    print()


def main() -> None:
    """Measure every folder that is here."""
    folders = [Path(argument) for argument in sys.argv[1:]] or [folder for folder in FOLDERS if folder.is_dir()]
    reader = Reader()
    for folder in folders:
        records = list(read_gold(folder))
        coded = {record.id: code(reader, record) for record in records}
        print_scores(folder.name, score(records, coded))
        print_outlets(records, coded)


if __name__ == "__main__":
    main()
