"""Who is said to hold a place, from when, by whose account: rival claims stand side by side, none is preferred.

Captures give a place to their agents and take it from their targets; withdrawals and evacuations of armed actors
take it from those who leave; statements of control hold on the day on which they were published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from riwaya.incidents.account import Account, AccountParty, party
from riwaya.incidents.disputes import Voice, voice_of

GIVING, LEAVING = ("capture",), ("withdrawal", "evacuation", "surrender")
_PRO = ("asserts", "claims_responsibility")
_REAL = ("occurred", "ongoing")
_CIVIL = ("civilians", "residents", "people")


@dataclass(frozen=True, slots=True)
class ControlClaim:
    """One word on who holds a place. ``change``: holds | takes | leaves | denies; ``day``: of the deed or statement.

    ``first``: the first day on which the deed may have been (a year: `in 2012`), None where only its telling is dated.
    """

    place: str
    holder: AccountParty
    change: str
    day: str
    basis: str  # the event kind, or `statement`
    voice: Voice
    first: str | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A holder's time by the accounts: ``since`` first day told, ``until`` the day of leaving, None while it lasts."""

    holder: str
    since: str
    until: str | None
    claims: tuple[ControlClaim, ...]

    @property
    def began(self) -> str:
        """The first day as text: `2018-05-21`, `2012-01-01…2012-12-31`, `by 2018-05-21`."""
        return _as_text(self.claims[0])

    @property
    def ended(self) -> str | None:
        """The last day likewise, None while it lasts."""
        return None if self.until is None else _as_text(self.claims[-1])

    @property
    def sources(self) -> tuple[str, ...]:
        """Those by whose word it is so."""
        return tuple(dict.fromkeys(claim.voice.source.name for claim in self.claims))


def contested(holdings: Sequence[Holding]) -> bool:
    """Whether accounts differ on who holds a place: two holders whom one account names hold it together."""
    told = [{(claim.voice.report, claim.voice.event) for claim in each.claims} for each in holdings]
    return any(one.isdisjoint(other) for one, other in combinations(told, 2))



def _as_text(claim: ControlClaim) -> str:
    if claim.first is None:
        return f"by {claim.day}"
    return claim.day if claim.first == claim.day else f"{claim.first}…{claim.day}"


def claims_of_account(account: Account) -> Iterable[ControlClaim]:
    """The words on control that an account of a capture, a withdrawal or an evacuation holds, place by place."""
    if account.kind not in (*GIVING, *LEAVING) or account.status not in _REAL:
        return
    day = account.to or account.from_ or account.published
    for place in account.places:
        if place.role == "to" and account.kind in LEAVING:
            continue
        for claim in account.claims:
            voice = voice_of(account, claim)
            holds = "takes" if account.kind in GIVING else "leaves"
            for agent in account.agents:
                if agent.name not in _CIVIL:
                    change = holds if claim.stance in _PRO else "denies"
                    yield ControlClaim(place.name, agent, change, day, account.kind, voice, account.from_)
            if account.kind in GIVING and claim.stance in _PRO:
                for loser in account.targets:
                    yield ControlClaim(place.name, loser, "leaves", day, account.kind, voice, account.from_)


def claim_of_statement(statement: Mapping[str, Any], report: Mapping[str, Any]) -> ControlClaim:
    """The word on control of a coded statement; its day is that of publication."""
    published = (report.get("published") or "")[:10]
    named = statement.get("source")
    source = party(named) if named else AccountParty(report.get("outlet") or "outlet", frozenset({"outlet"}))
    kind = statement.get("source_kind") or "outlet"
    voice = Voice(source, kind, statement["stance"], report["id"], "", published, (), statement["text"])
    change = "holds" if statement["stance"] in _PRO else "denies"
    place, holder = statement["place"]["name"], party(statement["holder"])
    return ControlClaim(place, holder, change, published, "statement", voice, published)


def holdings_of(claims: Iterable[ControlClaim], on: str | None = None, known: str | None = None) -> tuple[Holding, ...]:
    """The holders of one place by the claims, in order of their first day.

    ``on``: only those said to hold it on that day; ``known``: only what had been published by then counts.
    """
    heard = [claim for claim in claims if claim.day and (known is None or claim.voice.published <= known)]
    ordered = sorted(heard, key=lambda claim: (claim.day, claim.voice.published, claim.change, claim.holder.name))
    groups: list[list[ControlClaim]] = []
    for claim in ordered:
        same = next((group for group in groups if group[0].holder.keys & claim.holder.keys), None)
        if same is None:
            groups.append([claim])
        else:
            same.append(claim)
    found = [holding for group in groups for holding in _times(group)]
    if on is not None:
        found = [each for each in found if each.since <= on and (each.until is None or each.until >= on)]
    return tuple(sorted(found, key=lambda each: (each.since, each.holder)))


def _times(group: Sequence[ControlClaim]) -> list[Holding]:
    """The times of one holder: a leaving ends one, a word on a later day begins another; before a leaving it held."""
    found: list[Holding] = []
    held: list[ControlClaim] = []
    for claim in group:
        if claim.change == "denies":
            continue
        if claim.change == "leaves":
            kept = (*held, claim)
            if held or not found:
                found.append(Holding(claim.holder.name, kept[0].day, claim.day, kept))
            held = []
        else:
            held.append(claim)
    if held:
        found.append(Holding(held[0].holder.name, held[0].day, None, tuple(held)))
    return found
