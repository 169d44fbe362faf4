"""How well two accounts fit as tellings of one happening: one additive score over named features."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Self

from riwaya.incidents.account import Account, AccountCount, AccountParty, AccountPlace, days_between
from riwaya.knowledge.load import check_keys, files_in, read_yaml
from riwaya.model import KnowledgeError, Term

Key = tuple[str, str]

_TALK = frozenset({"accusation", "appeal", "threat", "negotiation", "protest"})
_WIDE_KM = {"country": 900.0, "region": 150.0, "admin1": 90.0, "natural": 90.0, "admin2": 40.0}
_VIOLENT = frozenset(
    {"clash", "air_strike", "shelling", "bombing", "attack", "killing", "interception", "arrest", "abduction"}
)
FORBIDDEN = -4.0


@dataclass(frozen=True, slots=True)
class PairScore:
    """Two accounts, their score, and the terms that made it."""

    a: Key
    b: Key
    score: float
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class LinkRules:
    """Groups of compatible kinds, near pairs of kinds, and the weights of the features."""

    groups: tuple[tuple[str, frozenset[str]], ...]
    near: frozenset[frozenset[str]]
    weights: dict[str, float]

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Self:
        """The rules of ``incidents/link.yaml``; a later folder's file replaces an earlier one's.

        Raises KnowledgeError where a file is not as it must be.
        """
        paths = [path for path in files_in(folders, "incidents", ".yaml") if path.name == "link.yaml"]
        if not paths:
            raise KnowledgeError("incidents/link.yaml: expected in a knowledge folder, found none")
        path = paths[-1]
        content = check_keys(str(path), read_yaml(path), ("groups", "near_kinds", "weights"))
        groups = []
        for entry in content["groups"]:
            check_keys(f"{path}: groups", entry, ("name", "kinds", "source"))
            groups.append((entry["name"], frozenset(entry["kinds"])))
        try:
            weights = {name: float(value) for name, value in content["weights"].items()}
        except ValueError as error:
            raise KnowledgeError(f"{path}: weights: expected numbers, found {error}") from error
        return cls(tuple(groups), frozenset(frozenset(pair) for pair in content["near_kinds"]), weights)

    @property
    def threshold(self) -> float:
        """The score from which two accounts are taken to tell one happening."""
        return self.weights["threshold"]

    @property
    def forbidden(self) -> float:
        """The score at or below which two accounts may not stand in one incident, whoever else joins them."""
        return FORBIDDEN

    def groups_of(self, kind: str) -> list[str]:
        """Names of the groups of a kind, the kind's own name where it is in none."""
        found = [name for name, kinds in self.groups if kind in kinds]
        return found or [kind]

    def fit_of_kinds(self, a: str, b: str) -> str | None:
        """``same``, ``near``, ``far``, or None where the kinds are not compatible."""
        if a == b:
            return "same"
        if frozenset((a, b)) in self.near:
            return "near"
        return "far" if any(a in kinds and b in kinds for _, kinds in self.groups) else None


def km_between(a: AccountPlace, b: AccountPlace) -> float | None:
    """Great-circle kilometres between two places, None where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return _km(a.lat, a.lon, b.lat, b.lon)


@lru_cache(maxsize=100_000)
def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    la, lo, lb, mo = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((mo - lo) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def _fit_of_places(a: Account, b: Account) -> str:
    if not a.places or not b.places:
        return "place.unknown"
    best = "place.far"
    order = ["place.far", "place.apart", "place.country", "place.near", "place.inside", "place.same"]
    for left in a.places:
        for right in b.places:
            found = _fit_of_place(left, right)
            if order.index(found) > order.index(best):
                best = found
    return best


def _fit_of_place(a: AccountPlace, b: AccountPlace) -> str:
    if a.level == "country" or b.level == "country":
        if a.country != b.country:
            return "place.far"
        return "place.country"
    if a.name == b.name and a.country == b.country:
        return "place.same"
    km = km_between(a, b)
    if km is None:
        return "place.apart" if a.country == b.country else "place.far"
    wide = max(_WIDE_KM.get(a.level, 0.0), _WIDE_KM.get(b.level, 0.0))
    if km <= 4 and not wide:
        return "place.same"
    if wide and km <= wide:
        return "place.inside"
    if km <= 15:
        return "place.near"
    return "place.apart" if km <= 120 else "place.far"


def _fit_of_times(a: Account, b: Account) -> str:
    days = days_between(a, b)
    if days is not None:
        if days == 0:
            exact = a.from_ == b.from_ and (a.to or a.from_) == (b.to or b.from_)
            return "time.same_day" if exact and a.from_ == (a.to or a.from_) else "time.overlap"
        return "time.next_day" if days == 1 else "time.days_apart" if days <= 3 else "time.far"
    if not a.published or not b.published:
        return "time.one_unknown_stale"
    apart = abs((date.fromisoformat(a.published) - date.fromisoformat(b.published)).days)
    if a.from_ is None and b.from_ is None:
        return "time.both_unknown_fresh" if apart <= 4 else "time.one_unknown_stale"
    dated, other = (a, b) if a.from_ else (b, a)
    gap = abs((date.fromisoformat(other.published) - date.fromisoformat(dated.to or dated.from_ or "")).days)
    return "time.one_unknown_fresh" if gap <= 4 else "time.one_unknown_stale"


def _shared(a: Sequence[AccountParty], b: Sequence[AccountParty]) -> bool | None:
    """Whether two lists of parties share one; None where a list is empty."""
    if not a or not b:
        return None
    return any(left.keys & right.keys for left in a for right in b)


def _fit_of_counts(a: Sequence[AccountCount], b: Sequence[AccountCount]) -> str | None:
    best: str | None = None
    for left in a:
        for right in b:
            if left.what != right.what or left.part or right.part:
                continue
            if (left.min, left.max) == (right.min, right.max):
                return "count.equal"
            low, high = left.min or left.max or 0, right.min or right.max or 0
            close = min(low, high) * 2 >= max(low, high)
            best = "count.close" if close or best == "count.close" else "count.unlike"
    return best


def _all_counts(account: Account) -> list[AccountCount]:
    return [*account.counts, *(count for claim in account.claims for count in claim.counts)]


def _versions(a: Account, b: Account) -> bool:
    """Whether two events of one report are rival versions of one deed: other agents, same day and place, other sources."""
    if a.kind not in _VIOLENT or b.kind not in _VIOLENT or _shared(a.agents, b.agents) is not False:
        return False
    if days_between(a, b) != 0 or _fit_of_places(a, b) != "place.same":
        return False
    return _shared([c.source for c in a.claims], [c.source for c in b.claims]) is not True


def features(a: Account, b: Account, rules: LinkRules) -> list[str] | None:
    """The named features of a pair, None where the two cannot tell one happening."""
    fit = rules.fit_of_kinds(a.kind, b.kind)
    if fit is None or (a.report == b.report and not _versions(a, b)):
        return None
    time, place = _fit_of_times(a, b), _fit_of_places(a, b)
    out = [f"kind.{fit}", time, place]
    agents, targets = _shared(a.agents, b.agents), _shared(a.targets, b.targets)
    for name, shared in (("agents", agents), ("targets", targets)):
        if shared is not None:
            out.append(f"{name}.share" if shared else f"{name}.differ")
    if _shared(a.agents, b.targets) and _shared(a.targets, b.agents):
        out.append("crossed")
    counts = _fit_of_counts(_all_counts(a), _all_counts(b))
    if counts:
        out.append(counts)
    if a.ordinal is not None and b.ordinal is not None:
        out.append("ordinal.equal" if a.ordinal == b.ordinal else "ordinal.differ")
    if {a.status, b.status} & {"planned", "hypothetical"} and a.status != b.status:
        out.append("status.differ")
    if a.kind in _TALK and agents is not True:
        out.append("talk.no_shared_agent")
    if _shared([c.source for c in a.claims], [c.source for c in b.claims]):
        out.append("sources.share")
    if place in ("place.unknown", "place.country") and "time.same_day" not in out and agents is not True:
        out.append("unbound")
    return out


def compare(a: Account, b: Account, rules: LinkRules) -> PairScore:
    """The score of a pair with its terms; far below zero for accounts that cannot tell one happening."""
    if a.key > b.key:
        a, b = b, a
    found = features(a, b, rules)
    if found is None:
        return PairScore(a.key, b.key, 2 * FORBIDDEN, (Term("cannot be one happening", 2 * FORBIDDEN),))
    terms = tuple(Term(name, rules.weights.get(name, 0.0)) for name in found)
    return PairScore(a.key, b.key, round(sum(term.weight for term in terms), 3), terms)
