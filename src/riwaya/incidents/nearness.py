"""How near two accounts are in place and in time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

from riwaya.incidents.account import Account, AccountPlace

_WIDE_KM = {"country": 900.0, "region": 150.0, "admin1": 90.0, "natural": 90.0, "admin2": 40.0}
_EXACT = frozenset({"neighbourhood", "camp", "facility", "village", "town"})
_ORDER = ("place.far", "place.apart", "place.country", "place.near", "place.inside", "place.same")
_RANKS = {name: rank for rank, name in enumerate(_ORDER)}
_SAME_KM, _NEAR_KM, _APART_KM = 4, 15, 120
_FRESH = 4  # days between the publications of two accounts of one undated happening, at most
_COURSE = 75  # days over which an offensive or a siege goes on
LASTING = frozenset({"offensive", "siege", "displacement"})


def km_between(a: AccountPlace, b: AccountPlace) -> float | None:
    """Great-circle kilometres between two places, None where one has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return _km(a.lat, a.lon, b.lat, b.lon)


@lru_cache(maxsize=200_000)
def _km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    la, lo, lb, mo = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((mo - lo) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


@dataclass(frozen=True, slots=True)
class Spots:
    """Where an account happens: places at or from which, places to which, and the other places of its report."""

    here: tuple[AccountPlace, ...]
    there: tuple[AccountPlace, ...]
    context: frozenset[str]
    wide_context: frozenset[str]

    @classmethod
    def of(cls, account: Account) -> Self:
        """The spots of an account."""
        here = tuple(place for place in account.places if place.role != "to")
        there = tuple(place for place in account.places if place.role == "to")
        wide = frozenset(place.name for place in account.context if place.level in _WIDE_KM)
        return cls(here, there, frozenset(place.name for place in account.context) - wide, wide)

    @property
    def is_exact(self) -> bool:
        """Whether a place of it is a quarter, a camp, a building, a village or a town."""
        return any(place.level in _EXACT for place in self.here)

    def shared_context(self, other: Spots) -> int:
        """How many places the two reports share, provinces and regions counted too."""
        return len(self.context & other.context) + len(self.wide_context & other.wide_context)


def fit_of_places(a: Spots, b: Spots) -> str:
    """The best fit of two accounts' places; ``place.story`` where only the reports around them share places."""
    here = _best(a.here, b.here)
    there = _best(a.there, b.there)
    if here is None and there is None:
        return _fit_of_context(a, b)
    found = [each for each in (here, there) if each is not None]
    best = max(found, key=_RANKS.__getitem__)
    if best == "place.country":
        story = _fit_of_context(a, b)
        return best if story == "place.unknown" else story
    return best


def _fit_of_context(a: Spots, b: Spots) -> str:
    left, right = _names(a) or a.context, _names(b) or b.context
    if left & right:
        return "place.story"
    if (left | a.wide_context | _wide(a)) & (right | b.wide_context | _wide(b)):
        return "place.story_wide"
    return "place.unknown"


def _names(spots: Spots) -> frozenset[str]:
    return frozenset(place.name for place in spots.here if place.level not in _WIDE_KM)


def _wide(spots: Spots) -> frozenset[str]:
    return frozenset(place.name for place in spots.here if place.level in _WIDE_KM and place.level != "country")


def _best(a: Sequence[AccountPlace], b: Sequence[AccountPlace]) -> str | None:
    if not a or not b:
        return None
    return max((_fit_of_place(left, right) for left in a for right in b), key=_RANKS.__getitem__)


def _fit_of_place(a: AccountPlace, b: AccountPlace) -> str:
    if a.level == "country" or b.level == "country":
        return "place.country" if a.country == b.country else "place.far"
    if a.name == b.name and a.country == b.country:
        return "place.inside" if a.level in _WIDE_KM else "place.same"
    km = km_between(a, b)
    if km is None:
        return "place.apart" if a.country == b.country else "place.far"
    wide = max(_WIDE_KM.get(a.level, 0.0), _WIDE_KM.get(b.level, 0.0))
    if wide:
        return "place.inside" if km <= wide else "place.far"
    return _fit_of_distance(km)


def _fit_of_distance(km: float) -> str:
    if km <= _SAME_KM:
        return "place.same"
    if km <= _NEAR_KM:
        return "place.near"
    return "place.apart" if km <= _APART_KM else "place.far"


@lru_cache(maxsize=50_000)
def day_number(day: str) -> int | None:
    """The proleptic ordinal of an ISO day, None for text that is none."""
    try:
        return date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None


def interval(account: Account) -> tuple[int, int] | None:
    """First and last day of an account as ordinals, inclusive; None where it has no time."""
    low = day_number(account.from_) if account.from_ else None
    if low is None:
        return None
    high = day_number(account.to) if account.to else low
    return low, max(low, high if high is not None else low)


def fit_of_times(a: Account, b: Account) -> str:
    """How the times of two accounts fit, by event time, else by publication."""
    left, right = interval(a), interval(b)
    if left and right:
        return _fit_of_intervals(left, right)
    if _is_told_before(a, right) or _is_told_before(b, left):
        return "time.told_before"
    said_a, said_b = day_number(a.published), day_number(b.published)
    if said_a is None or said_b is None:
        return "time.one_unknown_stale"
    dated = left or right
    if dated is None:
        return "time.both_unknown_fresh" if abs(said_a - said_b) <= _FRESH else "time.one_unknown_stale"
    said = said_b if left else said_a
    if dated[0] - 1 <= said <= dated[1] + _FRESH:
        return "time.one_unknown_fresh"
    lasting = a.kind in LASTING and b.kind in LASTING and 0 <= said - dated[1] <= _COURSE
    return "time.course" if lasting else "time.one_unknown_stale"


def _is_told_before(account: Account, other: tuple[int, int] | None) -> bool:
    """Whether a happening that an account tells as real was told before the day that the other gives it."""
    said = day_number(account.published)
    real = account.status in ("occurred", "ongoing")
    return bool(real and other and said is not None and other[0] > said)


def _fit_of_intervals(a: tuple[int, int], b: tuple[int, int]) -> str:
    apart = max(a[0], b[0]) - min(a[1], b[1])
    if apart <= 0:
        return "time.same_day" if a == b and a[0] == a[1] else "time.overlap"
    return "time.next_day" if apart == 1 else "time.days_apart" if apart <= 3 else "time.far"
