"""What queries give back: plain records, already redacted for their viewer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from riwaya.incidents.account import Account
from riwaya.incidents.disputes import Field, Range

Data = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list: the items from ``start`` (counted from 0) on, and how many there are in all."""

    items: tuple[T, ...]
    total: int
    start: int = 0


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place of an event as the viewer may know it; degrees None where unknown."""

    name: str
    country: str | None
    level: str | None
    lat: float | None
    lon: float | None
    role: str
    direction: str | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in a list, with what leads to it. ``key`` = (report, event)."""

    report: str
    event: str
    kind: str
    status: str
    background: bool
    from_: str | None
    to: str | None
    line: str
    trigger: str
    outlet: str | None
    published: str | None
    incident: str | None
    reviewed: bool
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident in a list. ``fields``: the disputed ones; days inclusive; ``line``: in English, of one account."""

    id: str
    kind: str
    line: str
    from_: str | None
    to: str | None
    accounts: int
    reports: int
    fields: tuple[str, ...]
    first_said: str | None
    last_said: str | None
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in a list. ``copies``: ids of its reprints; ``copy_of``: the report that it reprints."""

    id: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    sha256: str
    version: str
    revision: int
    copy_of: str | None
    withdrawn: bool
    events: int


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident whole: accounts in order of publication, fields with their sides, ranges of figures, its reports."""

    id: str
    kind: str
    accounts: tuple[Account, ...]
    fields: tuple[Field, ...]
    ranges: tuple[Range, ...]
    reports: tuple[ReportRow, ...]
    joins: tuple[Data, ...]
    judgements: tuple[Data, ...]

    @property
    def disputes(self) -> tuple[Field, ...]:
        """The fields on which sources contradict one another."""
        return tuple(each for each in self.fields if each.disputed)
