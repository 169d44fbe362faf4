"""What a deal is about, and which incidents are parts of it, its steps, its end, or its precedents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from riwaya.incidents.account import Account, AccountPlace
from riwaya.incidents.link import Incident
from riwaya.incidents.nearness import km_between

DEALS = ("agreement", "ceasefire")
STEPS = ("evacuation", "withdrawal", "surrender", "release", "aid")
BREACHES = ("ceasefire_violation",)
ENDS = ("offensive", "capture")
FOLLOWING = (*DEALS, *STEPS, *BREACHES, *ENDS)
BEFORE = 6  # days round the first word of a deal in which its steps are looked for, and after
AFTER = 45
_TOGETHER = 10  # days between two deals about the same places that are parts of one
ONE_TOWN_KM = 12.0  # between places of one town and its outskirts
_MOST_PLACES = 6  # of a report that stand for those of a deal told without one
_BESIDE = 300  # code points between the sentences of a deal and of a step told without place and party
_OLD = 45  # days before which a deal that the same reports name is a precedent
CIVIL = ("civilians", "residents", "people")  # who may leave under any deal
_WIDE = frozenset({"country", "admin1", "region", "natural"})


def places_of(accounts: Iterable[Account]) -> tuple[AccountPlace, ...]:
    """The exact places of a deal's accounts; those of their reports where the deal itself is told without a place."""
    told = list(accounts)
    own = [place for account in told for place in account.places if place.level not in _WIDE]
    around = [account for account in told if not _is_history(account)]
    found = own or [place for account in around for place in account.context if place.level not in _WIDE]
    named = {place.name: place for place in reversed(found)}
    ordered = tuple(named[name] for name in dict.fromkeys(place.name for place in found))
    return ordered if own else ordered[:_MOST_PLACES]


def _is_history(account: Account) -> bool:
    """Whether an account tells of weeks long past: the other places of its report are then not those of its deal."""
    last = account.to or account.from_ or (account.told_with[1] if account.told_with else None)
    apart = days_apart(last, account.published)
    return apart is not None and apart < -_OLD


def share_places(a: Iterable[AccountPlace], b: Sequence[AccountPlace]) -> bool:
    """Whether two deals or steps share a place, or have places of one town (`Yarmouk Camp`, `Hajar al-Aswad`)."""
    for one in a:
        for other in b:
            km = km_between(one, other)
            if one.name == other.name or (km is not None and km <= ONE_TOWN_KM):
                return True
    return False


def sentences_of(accounts: Iterable[Account]) -> dict[str, list[tuple[int, int] | None]]:
    """The sentences in which a deal is told, by report: raw code points, half-open; None where one is not known."""
    found: dict[str, list[tuple[int, int] | None]] = {}
    for account in accounts:
        found.setdefault(account.report, []).append(_sentence(account))
    return found


def days_apart(a: str | None, b: str) -> int | None:
    """Days from the second ISO day to the first, None where one is wanting."""
    return (date.fromisoformat(a) - date.fromisoformat(b)).days if a and b else None


def day_of(incident: Incident) -> str | None:
    """The first exact day that accounts give, else the first of an interval, else of one told with it, else None."""
    return min((first for first, _ in _intervals(incident)), default=None)


def last_day_of(incident: Incident) -> str | None:
    """The same for the last day."""
    return max((last for _, last in _intervals(incident)), default=None)


def _intervals(incident: Incident) -> list[tuple[str, str]]:
    own = [(a.from_, a.to or a.from_) for a in incident.accounts if a.from_]
    exact = [(first, last) for first, last in own if first == last]
    told_with = [a.told_with for a in incident.accounts if a.told_with]
    return exact or own or (told_with if 2 * len(told_with) >= len(incident.accounts) else [])


def said_first(incident: Incident) -> str:
    """The day on which an incident was first told."""
    return min(account.published for account in incident.accounts)


def start_of(incident: Incident) -> str:
    """The day from which the steps of a deal are looked for: its first telling, its own day where it is long past."""
    said = said_first(incident)
    return (day_of(incident) or said) if is_old(incident, said) else said


def parties_keys(accounts: Iterable[Account]) -> frozenset[str]:
    """Every name of the agents of accounts."""
    return frozenset(key for account in accounts for party in account.agents for key in party.keys)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a deal is about: places, the reports that tell it, names of its parties, the day on which it was told."""

    places: tuple[AccountPlace, ...]
    reports: frozenset[str]
    parties: frozenset[str]
    start: str
    sentences: Mapping[str, Sequence[tuple[int, int] | None]] = field(default_factory=dict)  # of the deal, by report


def is_same_deal(incident: Incident, anchor: Incident, scope: Scope) -> bool:
    """Whether a deal or truce is a part of the anchor: of its days, places and parties."""
    if incident.accounts[0].kind not in DEALS or is_old(incident, scope.start):
        return False
    apart = days_apart(day_of(incident) or said_first(incident), day_of(anchor) or scope.start)
    if apart is None or abs(apart) > _TOGETHER or not share_places(scope.places, places_of(incident.accounts)):
        return False
    keys = parties_keys(incident.accounts)
    if keys and scope.parties:
        return bool(keys & scope.parties)
    return not all(account.background for account in incident.accounts)  # `deals of this kind`, told in passing


def belongs(incident: Incident, scope: Scope) -> bool:
    """Whether an incident is a step, breach or end of a deal: at its places, by its parties, in the weeks after."""
    kind = incident.accounts[0].kind
    if kind not in FOLLOWING or is_old(incident, scope.start):
        return False
    day = day_of(incident)
    apart = days_apart(day or said_first(incident), scope.start)
    if apart is None or not -BEFORE <= apart <= AFTER:
        return False
    if kind in ENDS and (apart < 0 or (day is None and apart == 0)):
        return False  # what was taken before the deal is not its end
    here = [place for account in incident.accounts for place in account.places if place.role != "to"]
    exact = [place for place in here if place.level not in _WIDE]
    told = any(account.report in scope.reports for account in incident.accounts)
    if not (share_places(exact, scope.places) or (not exact and told)):
        return False
    keys = parties_keys(incident.accounts)
    if told and not keys and not any(account.places for account in incident.accounts):
        return _is_told_beside(incident, scope)
    civil = all(party.name in CIVIL for account in incident.accounts for party in account.agents)
    return not scope.parties or bool(keys & scope.parties) or (told and civil)


def _is_told_beside(incident: Incident, scope: Scope) -> bool:
    """Whether a step told without place and party stands near the sentence that tells the deal."""
    return any(
        deal is None or max(deal[0], own[0]) - min(deal[1], own[1]) <= _BESIDE
        for account in incident.accounts
        for own in [_sentence(account)]
        for deal in scope.sentences.get(account.report, ())
        if own is not None
    )


def _sentence(account: Account) -> tuple[int, int] | None:
    return next((claim.at for claim in account.claims if claim.at is not None), None)


def is_precedent(incident: Incident, scope: Scope) -> bool:
    """Whether it is an older deal or departure that a report of the deal names."""
    if incident.accounts[0].kind not in (*DEALS, "evacuation", "withdrawal"):
        return False
    return is_old(incident, scope.start) and any(account.report in scope.reports for account in incident.accounts)


def is_old(incident: Incident, start: str) -> bool:
    """Whether it ended weeks before a deal, by its own days, or by those told in the sentence where it has none."""
    apart = days_apart(last_day_of(incident), start)
    return apart is not None and apart < -_OLD


def day_before(day: str, days: int) -> str:
    """The ISO day so many days before."""
    return (date.fromisoformat(day) - timedelta(days)).isoformat()
