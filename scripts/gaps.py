"""What the reader leaves unread in a corpus: lists to shrink, the commonest first.

    python scripts/gaps.py REPORTS.jsonl(.gz) [--limit N] [--every N] [--top N]

Prints a table of the lists with their lengths, then the heads of the lists: words after generic words of places and
after heads of actors' names that are in no mention; forms of the event words' roots that the lexicon has not; sentences
that tell a toll and no event; verbs of saying without a statement; events without place, day or named source. A row is
a place to look, not an error: many are as they should be.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from riwaya import Reader
from riwaya.knowledge.inflect import inflect_verb
from riwaya.knowledge.load import DATA, files_in, read_yaml
from riwaya.model import Event
from riwaya.reading.scene import Scene
from riwaya.text.normalise import fold

_TOLLS = frozenset({"killed", "wounded", "missing", "detained", "abducted", "displaced"})
_FORMS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "X")
_HEADS = ("place_cue", "actor_class")


class Gaps:
    """The lists, filled report by report."""

    def __init__(self, reader: Reader) -> None:
        """Prepare the forms of the event words' roots that no entry has."""
        self.reader = reader
        self.roots = _unused_forms()
        self.lists: dict[str, Counter[str]] = {}
        self.total: Counter[str] = Counter()

    def add(self, report: dict[str, Any]) -> None:
        """Read a report and note what is left unread."""
        day = (report.get("published") or "")[:10] or None
        scene = self.reader.scene(report["text"], day, report.get("outlet"))
        read = self.reader.read(report["text"], published=day, outlet=report.get("outlet"))
        self.total["reports"] += 1
        self._names(scene)
        self._forms(scene)
        self._sentences(scene, read.events)
        self._events(read.events)

    def _note(self, name: str, item: str) -> None:
        self.lists.setdefault(name, Counter())[item] += 1

    def _names(self, scene: Scene) -> None:
        """Words that stand where a name must, in no mention."""
        spans = [(m.first, m.last) for layer in (scene.actors, scene.places, scene.times) for m in layer]
        taken = {at for first, last in spans for at in range(first, last)}
        classes, forms, gaps = scene.knowledge.functions.classes, scene.text.forms, scene.text.gaps
        for layer in _HEADS:
            for match in scene.text.of(layer):
                at = match.last
                if layer == "place_cue" and match.entry[0] != "cue":
                    continue
                self.total[f"{layer} heads"] += 1
                free = at < len(forms) and at not in taken and gaps[at] == " " and match.first not in taken
                if free and forms[at] not in classes and at not in scene.verbs and at not in scene.triggers:
                    self._note(f"words after {layer}", f"{forms[at - 1]} {forms[at]}")

    def _forms(self, scene: Scene) -> None:
        """Forms of the event words' roots that no entry of any kind has."""
        known = {match.first for layer in ("trigger", "cue", "light") for match in scene.text.of(layer)}
        for at, form in enumerate(scene.text.forms):
            if form in self.roots and at not in known and at not in scene.verbs:
                self._note("forms of event roots", f"{form} ({self.roots[form]})")

    def _sentences(self, scene: Scene, events: tuple[Event, ...]) -> None:
        """Sentences with a toll and no event, and cues without a statement."""
        text = scene.text
        told = [mention.start for event in events for mention in (event.trigger, *event.mentions)]
        said = [attribution.cue for attribution in scene.attributions]
        tolls = {text.sentence_of[c.first] for c in scene.counts if c.what in _TOLLS and c.part_of is None}
        for number in sorted(tolls):
            sentence = text.sentences[number]
            start, end = text.starts[sentence.first], text.ends[sentence.last - 1]
            self.total["sentences with a toll"] += 1
            if not any(start <= at < end for at in told):
                self._note("sentences with a toll and no event", text.raw[start : start + 110].replace("\n", " "))
        for at in sorted(scene.said):
            self.total["verbs of saying"] += 1
            if not any(cue.start < text.ends[at] and text.starts[at] < cue.end for cue in said):
                self._note("verbs of saying without a statement", text.forms[at])

    def _events(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self.total["events"] += 1
            if not event.places:
                self._note("events without a place", str(event.kind))
            if event.when.from_ is None and event.when.to is None:
                self._note("events without a day", str(event.kind))
            if all(claim.source.actor.id == "outlet" for claim in event.claims):
                self._note("events without a named source", str(event.kind))


def _unused_forms() -> dict[str, str]:
    """Folded finite forms of the roots of event verbs in verb forms that no entry has -> root and form."""
    verbs = list(_event_verbs())
    roots = {root for root, _ in verbs}
    found: dict[str, str] = {}
    for root in sorted(roots):
        for form in _FORMS:
            if (root, form) in verbs:
                continue
            try:
                pairs = inflect_verb(root, form, participles=False, masdars=False)
            except ValueError:
                continue
            for spelling, features in pairs:
                if len(spelling) > 4 and ".3" in features:
                    found.setdefault(fold(spelling), f"{root} {form}")
    return found


def _event_verbs() -> Iterator[tuple[str, str]]:
    """Root and form of each verb of the event words' files."""
    for path in files_in([DATA], "kinds", ".yaml"):
        content = read_yaml(path)
        for trigger in content.get("triggers", []) if isinstance(content, dict) else ():
            verb = trigger.get("verb")
            if verb:
                yield verb["root"], verb["form"]


def _reports(path: Path) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> int:
    """Print the lists."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reports", type=Path)
    parser.add_argument("--limit", type=int, default=1000, help="reports to read")
    parser.add_argument("--every", type=int, default=1, help="read every n-th report")
    parser.add_argument("--top", type=int, default=12)
    args = parser.parse_args()
    gaps = Gaps(Reader())
    for number, report in enumerate(_reports(args.reports)):
        if number % args.every == 0 and gaps.total["reports"] < args.limit:
            gaps.add(report)
    print(", ".join(f"{number} {name}" for name, number in gaps.total.items()))
    print("\n| list | rows | different |\n| --- | --: | --: |")
    for name, items in sorted(gaps.lists.items()):
        print(f"| {name} | {items.total()} | {len(items)} |")
    for name, items in sorted(gaps.lists.items()):
        print(f"\n{name}:")
        for item, times in items.most_common(args.top):
            print(f"  {times:5} {item}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
