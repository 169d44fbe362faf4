"""Measure the reader on gold records: the samples, and ../shared/gold/dev where it is present.

    python scripts/quality.py [GOLD ...]

Prints the figures of ``riwaya evaluate`` for each folder of gold records.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from riwaya import Reader
from riwaya.evaluation.gold import GoldRecord, read_gold
from riwaya.evaluation.score import Scores, Tally, score
from riwaya.export.coded import code_report

ROOT = Path(__file__).resolve().parent.parent
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


def main() -> None:
    """Measure every folder that is here."""
    folders = [Path(argument) for argument in sys.argv[1:]] or [folder for folder in FOLDERS if folder.is_dir()]
    reader = Reader()
    for folder in folders:
        records = list(read_gold(folder))
        print_scores(folder.name, score(records, {record.id: code(reader, record) for record in records}))


if __name__ == "__main__":
    main()
