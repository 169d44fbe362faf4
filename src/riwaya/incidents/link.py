"""Which accounts of which reports tell one happening: scored pairs in blocks, then clusters that hold together.

The result does not depend on the order in which reports came: pairs are taken by falling score, ties by key.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from riwaya.incidents.account import Account
from riwaya.incidents.compare import LinkRules, PairScore, compare

Key = tuple[str, str]

_LONG = 10  # days: a longer interval is indexed by months, not by days
_FRESH = 2  # days before publication that stand for the time of an account without one
_CROWD = 400  # accounts in a block above which it is split by place


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on two accounts: same happening (positive), not the same (negative), or unsure."""

    a: Key
    b: Key
    verdict: str  # positive | negative | unsure


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening as told by its accounts, in order of publication. ``joins`` are the pairs that hold it together."""

    id: str
    accounts: tuple[Account, ...]
    joins: tuple[PairScore, ...] = ()


def incident_id(accounts: Sequence[Account]) -> str:
    """A stable id: made from the key of the first account (by publication, report, event)."""
    first = min(accounts, key=_order)
    return "i" + hashlib.sha256(f"{first.report}\0{first.event}".encode()).hexdigest()[:10]


def _order(account: Account) -> tuple[str, str, int, str]:
    number = account.event.lstrip("e")
    return account.published, account.report, int(number) if number.isdigit() else 0, account.event


def _interval(account: Account) -> tuple[date, date] | None:
    try:
        if account.from_ is not None:
            low = date.fromisoformat(account.from_)
            return low, date.fromisoformat(account.to or account.from_)
        published = date.fromisoformat(account.published)
    except ValueError:
        return None
    return published - timedelta(days=_FRESH), published


def _countries(account: Account) -> list[str]:
    return sorted({place.country for place in account.places if place.country}) or ["?"]


def _blocks(accounts: Sequence[Account], rules: LinkRules) -> Iterable[list[Account]]:
    """Groups of accounts among which pairs are compared: kind group, country, days (months for long intervals)."""
    by_day: dict[tuple[str, str, str], list[Account]] = defaultdict(list)
    long_ones: dict[tuple[str, str, str], list[Account]] = defaultdict(list)
    months: dict[tuple[str, str, str], list[Account]] = defaultdict(list)
    for account in accounts:
        interval = _interval(account)
        if interval is None:
            continue
        low, high = interval
        is_long = (high - low).days > _LONG
        for group in rules.groups_of(account.kind):
            for country in _countries(account):
                span = {f"{low + timedelta(days=n):%Y-%m}" for n in range(0, min((high - low).days, 400) + 1, 27)}
                span |= {f"{high:%Y-%m}"}
                for month in sorted(span):
                    (long_ones if is_long else months)[group, country, month].append(account)
                if not is_long:
                    for n in range((high - low).days + 2):  # one day over, so that neighbours meet
                        by_day[group, country, str(low + timedelta(days=n))].append(account)
    for key in sorted(by_day):
        yield by_day[key]
    for key in sorted(long_ones):
        yield long_ones[key] + months.get(key, [])
    # Accounts without a country meet those with one on the same day, where the crowd allows it.
    for (group, country, day), members in sorted(by_day.items()):
        if country == "?":
            others = (
                [
                    a
                    for (g, c, d), found in sorted(by_day.items())
                    if g == group and d == day and c != "?"
                    for a in found
                ]
                if len(by_day) < 5000
                else []
            )
            if others and len(members) + len(others) <= _CROWD:
                yield members + others


def pair_terms(pair: PairScore) -> list[list[object]]:
    """The terms of a pair as plain data: name and weight."""
    return [[term.feature, term.weight] for term in pair.terms]


def find_pairs(fresh: Sequence[Account], all_of_them: Sequence[Account], rules: LinkRules) -> list[PairScore]:
    """The pairs that fit, of one of the fresh accounts with any of all (the fresh ones among them), best first."""
    new = {account.key for account in fresh}
    return [pair for pair in _pairs(all_of_them, rules) if pair.a in new or pair.b in new]


def _pairs(accounts: Sequence[Account], rules: LinkRules) -> list[PairScore]:
    seen: set[tuple[Key, Key]] = set()
    found: list[PairScore] = []
    for block in _blocks(accounts, rules):
        for part in _split(block):
            members = sorted(part, key=_order)
            for i, a in enumerate(members):
                for b in members[i + 1 :]:
                    pair = (a.key, b.key) if a.key < b.key else (b.key, a.key)
                    if a.key == b.key or pair in seen:
                        continue
                    seen.add(pair)
                    scored = compare(a, b, rules)
                    if scored.score >= rules.threshold:
                        found.append(scored)
    return sorted(found, key=lambda pair: (-pair.score, pair.a, pair.b))


def _split(block: list[Account]) -> Iterable[list[Account]]:
    """A crowded block by the names of places; an account without a place then meets no stranger."""
    if len(block) <= _CROWD:
        yield block
        return
    parts: dict[str, list[Account]] = defaultdict(list)
    for account in block:
        for name in sorted({place.name for place in account.places}):
            parts[name].append(account)
    for name in sorted(parts):
        yield parts[name][: 4 * _CROWD]


class _Clusters:
    """Clusters that grow by the best pairs, and refuse a union that would hold too many bad pairs."""

    def __init__(self, accounts: Sequence[Account], judgements: Sequence[Judgement], rules: LinkRules) -> None:
        self.accounts = {account.key: account for account in accounts}
        self.cluster = {key: key for key in self.accounts}
        self.members: dict[Key, list[Key]] = {key: [key] for key in self.accounts}
        self.joins: dict[Key, list[PairScore]] = defaultdict(list)
        self.rules = rules
        self.apart = {frozenset((j.a, j.b)) for j in judgements if j.verdict == "negative"}
        for judgement in sorted(judgements, key=lambda j: (j.a, j.b)):
            if judgement.verdict == "positive" and judgement.a in self.cluster and judgement.b in self.cluster:
                self._union(judgement.a, judgement.b)

    def offer(self, pair: PairScore) -> None:
        """Join the clusters of a pair where they fit together."""
        a, b = self.cluster[pair.a], self.cluster[pair.b]
        if a != b and not self._fits(self.members[a], self.members[b]):
            return
        root = a if a == b else self._union(pair.a, pair.b)
        self.joins[root].append(pair)

    def _fits(self, left: list[Key], right: list[Key]) -> bool:
        total = 0.0
        for a in left[:12]:
            for b in right[:12]:
                if frozenset((a, b)) in self.apart:
                    return False
                value = compare(self.accounts[a], self.accounts[b], self.rules).score
                if value <= self.rules.forbidden:
                    return False
                total += value
        return total / (min(len(left), 12) * min(len(right), 12)) >= self.rules.threshold * 0.5

    def _union(self, a: Key, b: Key) -> Key:
        keep, drop = sorted((self.cluster[a], self.cluster[b]), key=lambda k: (-len(self.members[k]), k))
        if keep != drop:
            for key in self.members[drop]:
                self.cluster[key] = keep
            self.members[keep].extend(self.members.pop(drop))
            self.joins[keep].extend(self.joins.pop(drop, []))
        return keep


def link_accounts(
    accounts: Iterable[Account],
    rules: LinkRules,
    judgements: Sequence[Judgement] = (),
    pairs: Sequence[PairScore] | None = None,
) -> list[Incident]:
    """The incidents that the accounts tell, by first publication; every account is in exactly one.

    ``pairs``: those that fit, where they are known already (:func:`find_pairs`).
    """
    ordered = sorted(accounts, key=_order)
    clusters = _Clusters(ordered, judgements, rules)
    for pair in _pairs(ordered, rules) if pairs is None else pairs:
        clusters.offer(pair)
    incidents = []
    for root, keys in clusters.members.items():
        members = tuple(sorted((clusters.accounts[key] for key in keys), key=_order))
        incidents.append(Incident(incident_id(members), members, tuple(clusters.joins.get(root, ()))))
    return sorted(incidents, key=lambda incident: (_order(incident.accounts[0]), incident.id))
