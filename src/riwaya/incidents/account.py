"""An account: one report's event, in the form in which accounts of different reports are compared.

Built from coded reports (``riwaya read --format json``), so that linking needs no store and no reader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from riwaya.text.normalise import fold


@dataclass(frozen=True, slots=True)
class AccountPlace:
    """A place of an account; coordinates in degrees, None where unknown."""

    name: str
    country: str
    lat: float | None
    lon: float | None
    level: str
    role: str
    direction: str | None = None


@dataclass(frozen=True, slots=True)
class AccountParty:
    """A party: canonical name, every folded name by which it goes, its organisation's too, and if it is a person."""

    name: str
    keys: frozenset[str]
    person: bool = False


@dataclass(frozen=True, slots=True)
class AccountCount:
    """A figure with its bounds, None = open."""

    what: str
    who: str | None
    min: int | None
    max: int | None
    text: str = ""
    part: bool = False


@dataclass(frozen=True, slots=True)
class AccountClaim:
    """One source's word: the source's names, its kind, its stance, who carried it, its own figures, the words."""

    source: AccountParty
    source_kind: str
    stance: str
    via: tuple[AccountParty, ...] = ()
    counts: tuple[AccountCount, ...] = ()
    quotation: str = ""
    start: int | None = None
    end: int | None = None
    sentence: str = ""  # the sentence in which the quotation stands
    at: tuple[int, int] | None = None  # where that is: raw code points, half-open


@dataclass(frozen=True, slots=True)
class Account:
    """One report's event. ``key`` is (report id, event id); ``from_``/``to`` inclusive ISO days or None.

    ``told_with``: the days of an event that has some, told in the same sentence; only where this one has none.
    ``news_day``: the day on which most of its report's news happened, where it is news itself without a day.
    """

    report: str
    event: str
    outlet: str
    published: str
    kind: str
    status: str
    background: bool
    trigger: str
    agents: tuple[AccountParty, ...]
    targets: tuple[AccountParty, ...]
    mediators: tuple[AccountParty, ...]
    places: tuple[AccountPlace, ...]
    from_: str | None
    to: str | None
    ordinal: int | None
    counts: tuple[AccountCount, ...]
    claims: tuple[AccountClaim, ...]
    carriers: tuple[str, ...] = ()  # outlets of reports that reprint the same text
    context: tuple[AccountPlace, ...] = ()  # the other places of its report, countries left out, in order
    told_with: tuple[str, str] | None = None
    news_day: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Report id and event id."""
        return self.report, self.event

    @property
    def told(self) -> str:
        """Who tells it by the account itself: the outlet, for claims of source kind ``outlet``."""
        return self.outlet or self.report


_STATE = ("state", "military")
_MOST_PLACES = 12  # of a report that make its context


def party(entry: Any) -> AccountParty:
    """A party of a coded record (an object, a name, or a list of names)."""
    if isinstance(entry, str):
        return AccountParty(entry, frozenset({fold(entry)}))
    if isinstance(entry, Sequence):
        return AccountParty(str(entry[0]), frozenset(fold(str(name)) for name in entry))
    names = [entry["name"], *entry.get("aliases", ())]
    keys = {fold(name) for name in names if name}
    if entry.get("organisation"):
        keys |= party(entry["organisation"]).keys
    if entry.get("kind") in _STATE and len(entry.get("country") or ()) == 1:
        keys.add(f"\0state {entry['country'][0]}")  # a state, its government and its forces are one party
    return AccountParty(entry["name"], frozenset(keys), entry.get("kind") == "person")


def _count(entry: Mapping[str, Any]) -> AccountCount:
    text = entry.get("text") or entry.get("t") or ""
    return AccountCount(
        entry["what"], entry.get("who"), entry.get("min"), entry.get("max"), text, entry.get("part_of") is not None
    )


def _claim(entry: Mapping[str, Any]) -> AccountClaim:
    evidence, said = (entry.get("evidence") or [{}])[0], entry.get("quotation") or {}
    return AccountClaim(
        source=party(entry["source"]),
        source_kind=entry.get("source_kind", "unnamed"),
        stance=entry["stance"],
        via=tuple(party(each) for each in entry.get("via") or ()),
        counts=tuple(_count(each) for each in entry.get("counts") or ()),
        quotation=evidence.get("text", ""),
        start=evidence.get("start"),
        end=evidence.get("end"),
        sentence=said.get("text") or "",
        at=(said["start"], said["end"]) if said.get("text") else None,
    )


def _place(entry: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> AccountPlace:
    more = known.get(entry["name"], entry)
    return AccountPlace(
        entry["name"], more.get("country") or "", more.get("lat"), more.get("lon"), more.get("level") or "",
        entry.get("role") or "at", entry.get("direction"),
    )  # fmt: skip


def _context(record: Mapping[str, Any]) -> tuple[AccountPlace, ...]:
    found: dict[str, AccountPlace] = {}
    for entry in record.get("places", ()):
        if entry.get("level") != "country":
            place = _place({**entry, "name": _first(entry["name"])}, {})
            found.setdefault(place.name, place)
    return tuple(found.values())[:_MOST_PLACES]


def _first(name: Any) -> str:
    return name if isinstance(name, str) else str(name[0])


def accounts_of(record: Mapping[str, Any]) -> Iterator[Account]:
    """The accounts of a coded report, or of a gold record (whose report fields stand at the top)."""
    report = record.get("report") or record
    known: dict[str, dict[str, Any]] = {}
    for place in record.get("places", ()):
        for name in [place["name"]] if isinstance(place["name"], str) else place["name"]:
            known.setdefault(name, {**place, "name": _first(place["name"])})
    aliases: dict[str, list[str]] = {}
    for actor in record.get("actors", ()):
        if not isinstance(actor["name"], str):
            aliases.setdefault(_first(actor["name"]), []).extend(actor["name"])

    def known_party(entry: Any) -> AccountParty:
        """The party of an entry, with the aliases by which the report knows it."""
        name = entry if isinstance(entry, str) else None
        return party([name, *aliases[name]]) if name in aliases else party(entry)

    context, news_day = _context(record), _news_day(record.get("events", ()))
    for event in record.get("events", ()):
        days = _told_with(event, record.get("events", ())), None if _is_dated_or_past(event) else news_day
        yield _account(report, event, known, known_party, context, days)


def _is_dated_or_past(event: Mapping[str, Any]) -> bool:
    return bool(event.get("from") or event.get("background"))


def _news_day(events: Sequence[Mapping[str, Any]]) -> str | None:
    """The one day that most of the dated news of a report has, the first told of equals; None where none has one."""
    days = [
        str(event["from"]) for event in events
        if event.get("from") and event["from"] == (event.get("to") or event["from"])
        and not event.get("background") and event["status"] in ("occurred", "ongoing")
    ]  # fmt: skip
    return max(dict.fromkeys(days), key=days.count, default=None)


def _account(
    report: Mapping[str, Any],
    event: Mapping[str, Any],
    places: Mapping[str, Mapping[str, Any]],
    known_party: Callable[[Any], AccountParty],
    context: tuple[AccountPlace, ...],
    days: tuple[tuple[str, str] | None, str | None],
) -> Account:
    trigger = event.get("trigger") or ""  # an event that a person added has none
    return Account(
        report=report["id"],
        event=event["id"],
        outlet=report.get("outlet") or "",
        published=(report.get("published") or "")[:10],
        kind=event["kind"],
        status=event["status"],
        background=bool(event.get("background")),
        trigger=trigger if isinstance(trigger, str) else trigger.get("text") or "",
        agents=tuple(known_party(each) for each in event.get("agents") or ()),
        targets=tuple(known_party(each) for each in event.get("targets") or ()),
        mediators=tuple(known_party(each) for each in event.get("mediators") or ()),
        places=tuple(_place(each, places) for each in event.get("places") or ()),
        from_=event.get("from"),
        to=event.get("to"),
        ordinal=event.get("ordinal"),
        counts=tuple(_count(each) for each in event.get("counts") or ()),
        claims=tuple(_claim(each) for each in event.get("claims") or ()),
        context=context,
        told_with=days[0],
        news_day=days[1],
    )


def _told_with(event: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> tuple[str, str] | None:
    """The days of the event nearest in the same sentence that has some, where this one has none.

    What is news has none of what is told as history: `it may be blamed as the deal of last August was`.
    """
    own = _sentence(event)
    if event.get("from") or own is None:
        return None
    alike = [each for each in others if bool(each.get("background")) == bool(event.get("background"))]
    near = [each for each in alike if each.get("from") and _sentence(each) == own]
    here = event["trigger"]["start"]
    best = min(near, key=lambda each: abs(each["trigger"]["start"] - here), default=None)
    return None if best is None else (best["from"], best.get("to") or best["from"])


def _sentence(event: Mapping[str, Any]) -> tuple[int, int] | None:
    """Where the sentence of an event's first claim stands, None where nothing tells, or the trigger has no place."""
    trigger, claims = event.get("trigger") or "", event.get("claims") or ()
    said = (claims[0].get("quotation") or {}) if claims else {}
    if isinstance(trigger, str) or trigger.get("start") is None or said.get("start") is None:
        return None
    return said["start"], said["end"]


def days_between(a: Account, b: Account) -> int | None:
    """Days between the event times of two accounts; 0 where they overlap, None where one has none."""
    if a.from_ is None or b.from_ is None:
        return None
    low = max(date.fromisoformat(a.from_), date.fromisoformat(b.from_))
    high = min(date.fromisoformat(a.to or a.from_), date.fromisoformat(b.to or b.from_))
    return max(0, (low - high).days)
