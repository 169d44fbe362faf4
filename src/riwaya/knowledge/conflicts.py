"""Who has fought whom: the sides of conflicts, and how two actors stand to each other by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from riwaya.knowledge.actors import ActorTable
from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import KnowledgeError


@dataclass(frozen=True, slots=True)
class ConflictTable:
    """For each actor that belongs to a side of some conflict: the conflicts, by number, with its side in each.

    ``years``: the first and last year of each conflict. ``roots``: for an actor's id that of the body at the top, to
    which it belongs (`syria-army`: `syria`).
    """

    years: tuple[tuple[int, int], ...] = ()
    sides: dict[str, dict[int, int]] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, folders: Sequence[Path], actors: ActorTable) -> Self:
        """The conflicts of all ``conflicts/*.yaml`` files.

        Raises KnowledgeError for an entry that is not as it must be, or that names an actor that is not known.
        """
        conflicts: list[dict[str, int]] = []
        years: list[tuple[int, int]] = []
        for path in files_in(folders, "conflicts", ".yaml"):
            for number, raw in enumerate(read_yaml(path) or [], start=1):
                where = f"{path}: conflict {number}"
                conflicts.append(_read_sides(where, raw, actors))
                years.append(_read_years(where, raw))
        sides: dict[str, dict[int, int]] = {}
        roots: dict[str, str] = {}
        for actor in actors.entries:
            above = _above(actors, actor)
            roots[actor] = above[-1]
            found = {n: next((members[a] for a in above if a in members), None) for n, members in enumerate(conflicts)}
            mine = {number: side for number, side in found.items() if side is not None}
            if mine:
                sides[actor] = mine
        return cls(tuple(years), sides, roots)

    def relation(self, one: str, other: str, year: int | None = None) -> str:
        """How two actors stand by their ids in a year (None: in any): ``same``, ``foe``, ``ally``, ``own`` or ``none``.

        ``both``: foes in one conflict and allies in another; ``own``: they belong to one body.

        >>> table = ConflictTable(((2011, 2020), (2015, 9999)), {"a": {0: 0, 1: 0}, "b": {0: 1}, "c": {1: 0}})
        >>> table.relation("a", "b", 2018), table.relation("a", "b", 2023), table.relation("a", "c")
        ('foe', 'none', 'ally')
        """
        if one == other:
            return "same"
        mine, theirs = self.sides.get(one), self.sides.get(other)
        shared: set[bool] = set()
        if mine and theirs:
            common = [n for n in mine if n in theirs and (year is None or self.years[n][0] <= year <= self.years[n][1])]
            shared = {mine[number] == theirs[number] for number in common}
            if False in shared:
                return "both" if True in shared else "foe"
        root = self.roots.get(one)
        if root is not None and root == self.roots.get(other):
            return "own"
        return "ally" if shared else "none"


def _above(actors: ActorTable, actor: str) -> list[str]:
    """An actor's id and those of the bodies to which it belongs, the nearest first."""
    found = [actor]
    while (parent := actors.entries[found[-1]].parent) is not None and parent not in found:
        found.append(parent)
    return found


def _read_sides(where: str, raw: object, actors: ActorTable) -> dict[str, int]:
    """Id -> number of its side. Raises KnowledgeError where the entry is not as it must be."""
    entry = check_keys(where, raw, ("conflict", "source", "sides"), ("from", "to"))
    if not isinstance(entry["sides"], list) or len(entry["sides"]) < 2:
        raise KnowledgeError(f"{where}: expected two sides or more under 'sides', found '{entry['sides']}'")
    members: dict[str, int] = {}
    for number, side in enumerate(entry["sides"]):
        for actor in side:
            if actor not in actors.entries:
                raise KnowledgeError(f"{where}: expected an actor's id under 'sides', found '{actor}'")
            if actor in members:
                raise KnowledgeError(f"{where}: expected each actor on one side, found '{actor}' on two")
            members[actor] = number
    return members


def _read_years(where: str, raw: object) -> tuple[int, int]:
    """The first and last year. Raises KnowledgeError where they are not in order."""
    entry = check_keys(where, raw, ("conflict", "source", "sides"), ("from", "to"))
    first, last = entry.get("from", "0"), entry.get("to", "9999")
    if not (first.isdigit() and last.isdigit() and int(first) <= int(last)):
        raise KnowledgeError(f"{where}: expected years under 'from' and 'to', found '{first}' and '{last}'")
    return int(first), int(last)
