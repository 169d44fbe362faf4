"""What a new version of the reader would change, shown before it does: nothing here writes.

Events of the old and the new coding are paired by their triggers. A person's corrections are looked for in the new
coding; those that would find no event any more are listed, so that nobody's work goes without being seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from riwaya.store.corrections import FIELDS, find_marked, mark_of, read_corrections, standing
from riwaya.store.engine import Store
from riwaya.store.queries import report as read_report

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """A report's changes: events gone and new (as lines), changed fields, corrections that would find no event."""

    report: str
    version: str
    gone: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[tuple[str, str, str, str], ...]  # event, field, before, after
    lost: tuple[int, ...]

    @property
    def is_none(self) -> bool:
        """Whether nothing would change."""
        return not (self.gone or self.new or self.changed or self.lost)


def changes_of(store: Store, recoded: Iterable[Mapping[str, Any]]) -> Iterable[Change]:
    """For each newly coded report what it would change; unchanged ones too. Raises StoreError for an unknown id."""
    for each in recoded:
        new = dict(each)
        id = new["report"]["id"]
        old = read_report(store, id, raw=True)
        with store.reading() as connection:
            made = standing(read_corrections(connection, id))
        lost = tuple(one.number for one in made if one.mark and find_marked(one.mark, new) is None)
        yield _change(old, new, lost)


def _change(old: Data, new: Data, lost: tuple[int, ...]) -> Change:
    gone, changed, matched = [], [], []
    for event in old["events"]:
        now = find_marked(mark_of(event), new)
        if now is None:
            gone.append(_line(event))
            continue
        matched.append(now["id"])
        for name in FIELDS:
            before, after = _shown(event.get(name)), _shown(now.get(name))
            if name != "trigger" and before != after:
                changed.append((event["id"], name, before, after))
    added = [_line(event) for event in new["events"] if event["id"] not in matched]
    return Change(new["report"]["id"], new.get("version") or "", tuple(gone), tuple(added), tuple(changed), lost)


def _line(event: Data) -> str:
    trigger = (event.get("trigger") or {}).get("text") or ""
    return f"{event['id']} {event['kind']}: {event.get('line') or trigger}"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(sorted(_shown(each) for each in value))
    if isinstance(value, dict):
        source = (value.get("source") or {}).get("name")
        parts = [source, value.get("name"), value.get("role"), value.get("what"), value.get("stance")]
        figures = [str(value[key]) for key in ("min", "max") if value.get(key) is not None]
        return " ".join([*(str(part) for part in parts if part), *figures])
    return "–" if value is None else str(value)
