"""Which accounts of which reports tell one happening: scored pairs in blocks, then clusters that hold together.

The result does not depend on the order in which reports came: pairs are taken by falling score, ties by key.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from riwaya.incidents.account import Account
from riwaya.incidents.blocks import candidates
from riwaya.incidents.compare import PairScore, Profile, compare_profiles, profile_of, score_of
from riwaya.incidents.link_rules import LinkRules
from riwaya.incidents.nearness import DAILY, LASTING, interval

Key = tuple[str, str]
_SPREAD = 2  # days between the first and the last exact day of one happening, at most
_SEEN = 12  # members of a cluster that are looked at when two are joined
_COHESION = 0.6  # of the threshold: what the pairs between two clusters must reach on the average
_SPREAD_DAILY = 1  # the same for deeds that may happen anew every day


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


def pair_terms(pair: PairScore) -> list[list[object]]:
    """The terms of a pair as plain data: name and weight."""
    return [[term.feature, term.weight] for term in pair.terms]


def find_pairs(fresh: Sequence[Account], all_of_them: Sequence[Account], rules: LinkRules) -> list[PairScore]:
    """The pairs that fit, of one of the fresh accounts with any of all (the fresh ones among them), best first."""
    new = {account.key for account in fresh}
    unique = {account.key: account for account in all_of_them}
    profiles: dict[Key, Profile] = {}
    found = []
    for pair in candidates(sorted(unique.values(), key=_order), new, rules):
        for account in pair:
            if account.key not in profiles:
                profiles[account.key] = profile_of(account)
        a, b = (profiles[account.key] for account in pair)
        if score_of(a, b, rules, rules.threshold) >= rules.threshold:
            found.append(compare_profiles(a, b, rules))
    return sorted(found, key=lambda pair: (-pair.score, pair.a, pair.b))


def exact_days(account: Account) -> list[int]:
    """The one day of a deed as an ordinal; none for an interval, for no time, and for what lasts (an offensive)."""
    own = interval(account)
    if own is None or own[0] != own[1] or account.kind in LASTING:
        return []
    return [own[0]]


class _Clusters:
    """Clusters that grow by the best pairs, and refuse a union that would hold too many bad pairs."""

    def __init__(
        self,
        accounts: Sequence[Account],
        judgements: Sequence[Judgement],
        rules: LinkRules,
        pairs: Sequence[PairScore],
    ) -> None:
        self.accounts = {account.key: account for account in accounts}
        self.profiles: dict[Key, Profile] = {}
        self.scores = {(pair.a, pair.b) if pair.a < pair.b else (pair.b, pair.a): pair.score for pair in pairs}
        self.cluster = {key: key for key in self.accounts}
        self.days = {account.key: exact_days(account) for account in accounts}
        self.members: dict[Key, list[Key]] = {key: [key] for key in self.accounts}
        self.joins: dict[Key, list[PairScore]] = defaultdict(list)
        self.refused: dict[tuple[Key, Key], tuple[int, ...]] = {}
        self.rules = rules
        self.apart = [(j.a, j.b) for j in judgements if j.verdict == "negative"]
        for judgement in sorted(judgements, key=lambda j: (j.a, j.b)):
            if judgement.verdict == "positive" and judgement.a in self.cluster and judgement.b in self.cluster:
                self._union(judgement.a, judgement.b)

    def offer(self, pair: PairScore) -> None:
        """Join the clusters of a pair where they fit together."""
        a, b = self.cluster[pair.a], self.cluster[pair.b]
        if a != b and not self._may_join(a, b):
            return
        root = a if a == b else self._union(pair.a, pair.b)
        self.joins[root].append(pair)

    def _keeps_days(self, a: Key, b: Key) -> bool:
        """Whether the exact days of two clusters lie together: a chain of neighbouring days is no happening."""
        days = [day for root in (a, b) for day in self.days.get(root, ())]
        if not days:
            return True
        daily = all(self.accounts[root].kind in DAILY for root in (a, b))
        return max(days) - min(days) <= (_SPREAD_DAILY if daily else _SPREAD)

    def _may_join(self, a: Key, b: Key) -> bool:
        """Whether two clusters may be one; asked again only where the members that are looked at are others."""
        pair = (a, b) if a < b else (b, a)
        sizes = tuple(min(len(self.members[root]), _SEEN) for root in pair)
        if self.refused.get(pair) == sizes:
            return False
        if not self._is_judged_apart(a, b) and self._keeps_days(a, b) and self._fits(a, b):
            return True
        self.refused[pair] = sizes
        return False

    def _is_judged_apart(self, a: Key, b: Key) -> bool:
        """Whether a person has said of an account of one cluster that it is not the happening of one of the other."""
        return any({self.cluster.get(one), self.cluster.get(other)} == {a, b} for one, other in self.apart)

    def _fits(self, a: Key, b: Key) -> bool:
        """Whether two clusters fit on the average, and no pair between them is forbidden."""
        left, right = self.members[a][:_SEEN], self.members[b][:_SEEN]
        scores = [self._score(one, other) for one in left for other in right]
        if min(scores) <= self.rules.forbidden:
            return False
        return sum(scores) / len(scores) >= self.rules.threshold * _COHESION

    def _score(self, a: Key, b: Key) -> float:
        pair = (a, b) if a < b else (b, a)
        known = self.scores.get(pair)
        if known is None:
            known = self.scores[pair] = score_of(self._profile(pair[0]), self._profile(pair[1]), self.rules)
        return known

    def _profile(self, key: Key) -> Profile:
        if key not in self.profiles:
            self.profiles[key] = profile_of(self.accounts[key])
        return self.profiles[key]

    def _union(self, a: Key, b: Key) -> Key:
        keep, drop = sorted((self.cluster[a], self.cluster[b]), key=lambda k: (-len(self.members[k]), k))
        if keep != drop:
            for key in self.members[drop]:
                self.cluster[key] = keep
            self.days[keep] = [*self.days.get(keep, ()), *self.days.pop(drop, ())]
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
    known = find_pairs(ordered, ordered, rules) if pairs is None else pairs
    clusters = _Clusters(ordered, judgements, rules, known)
    for pair in known:
        clusters.offer(pair)
    incidents = []
    for root, keys in clusters.members.items():
        members = tuple(sorted((clusters.accounts[key] for key in keys), key=_order))
        incidents.append(Incident(incident_id(members), members, tuple(clusters.joins.get(root, ()))))
    return sorted(incidents, key=lambda incident: (_order(incident.accounts[0]), incident.id))
