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
_SPOTS = frozenset({"neighbourhood", "camp", "facility"})
_ORDER = ("place.far", "place.apart", "place.country", "place.near", "place.inside", "place.same", "place.same_spot")
_RANKS = {name: rank for rank, name in enumerate(_ORDER)}
_SAME_KM, _NEAR_KM, _APART_KM = 4, 15, 120
_FRESH = 4  # days between the publications of two accounts of one undated happening, at most
_COURSE = 75  # days over which an offensive or a siege goes on
_OTHER_DAYS = 31  # days between a sentence's days and an account's from which they tell of different happenings
_ONE_REGION_KM = 60  # between the points that two gazetteers give one province or region, at most
_NEXT_DAYS = ("time.next_day", "time.days_apart")
DAILY = frozenset({"clash", "air_strike", "shelling", "bombing", "attack", "killing", "interception"})
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
    regions: tuple[AccountPlace, ...]  # provinces and regions, its own and those of its report
    names: frozenset[str]  # of the exact places here, else of those of its report
    wide_names: frozenset[str]  # of the provinces and regions here and in its report
    is_exact: bool  # whether a place here is a quarter, a camp, a building, a village or a town
    near: tuple[AccountPlace, ...]  # such places here, else those of its report
    is_vague: bool  # whether it names no place of its own, or countries only

    @classmethod
    def of(cls, account: Account) -> Self:
        """The spots of an account."""
        here = tuple(place for place in account.places if place.role != "to")
        there = tuple(place for place in account.places if place.role == "to")
        wide = frozenset(place.name for place in account.context if place.level in _WIDE_KM)
        regions = {place.name: place for place in (*here, *account.context) if place.level in _WIDE_KM}
        regions = {name: place for name, place in regions.items() if place.level != "country"}
        context = frozenset(place.name for place in account.context) - wide
        names = frozenset(place.name for place in here if place.level not in _WIDE_KM) or context
        exact = tuple(place for place in here if place.level in _EXACT)
        is_vague = all(place.level == "country" for place in here)
        near = exact or (tuple(place for place in account.context if place.level in _EXACT) if is_vague else ())
        wide_names = wide | regions.keys()
        return cls(here, there, context, wide, tuple(regions.values()), names, wide_names, bool(exact), near, is_vague)

    def shared_context(self, other: Spots) -> float:
        """The share of all places of the two reports that both name, provinces and regions counted too; 0 for none."""
        own, their = self.context | self.wide_context, other.context | other.wide_context
        return len(own & their) / len(own | their) if own and their else 0.0


def fit_of_places(a: Spots, b: Spots) -> str:
    """The best fit of two accounts' places; ``place.story`` where only the reports around them share places."""
    here = _best(a.here, b.here)
    there = _best(a.there, b.there)
    if here is None and there is None:
        return _fit_of_context(a, b)
    found = [each for each in (here, there) if each is not None]
    best = max(found, key=_RANKS.__getitem__)
    if best == "place.country" or (best == "place.far" and (a.is_vague or b.is_vague)):
        story = _fit_of_context(a, b)
        return best if story == "place.unknown" else story
    return best


def _fit_of_context(a: Spots, b: Spots) -> str:
    if not a.names.isdisjoint(b.names) or _is_one_town(a, b):
        return "place.story"
    if not (a.names | a.wide_names).isdisjoint(b.names | b.wide_names):
        return "place.story_wide"
    if any(_is_one_region(one, other) for one in a.regions for other in b.regions):
        return "place.story_wide"
    return "place.unknown"


def _is_one_town(a: Spots, b: Spots) -> bool:
    """Whether a report that tells the one without a place names a quarter beside a place of the other."""
    for one in a.near:
        for other in b.near:
            km = km_between(one, other)
            if km is not None and km <= _SAME_KM:
                return True
    return False


def _is_one_region(a: AccountPlace, b: AccountPlace) -> bool:
    """Whether two names of provinces or regions mean one: `Nagorno-Karabakh`, the region and the republic."""
    if a.country != b.country and a.name not in b.name and b.name not in a.name:
        return False
    km = km_between(a, b)
    return km is not None and km <= _ONE_REGION_KM


def _best(a: Sequence[AccountPlace], b: Sequence[AccountPlace]) -> str | None:
    if not a or not b:
        return None
    best = _ORDER[0]
    for left in a:
        for right in b:
            fit = _fit_of_place(left, right)
            if _RANKS[fit] > _RANKS[best]:
                best = fit
    return best


def _fit_of_place(a: AccountPlace, b: AccountPlace) -> str:
    if a.level == "country" or b.level == "country":
        return "place.country" if a.country == b.country else "place.far"
    if a.name == b.name and a.country == b.country:
        return "place.inside" if a.level in _WIDE_KM else "place.same_spot" if a.level in _SPOTS else "place.same"
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
    return _interval(account.from_, account.to) if account.from_ else None


def _interval(first: str, last: str | None) -> tuple[int, int] | None:
    low = day_number(first)
    if low is None:
        return None
    high = day_number(last) if last else low
    return low, max(low, high if high is not None else low)


@dataclass(frozen=True, slots=True)
class Times:
    """When an account happens, all as ordinals of days, inclusive: its own days, else those told in its sentence."""

    own: tuple[int, int] | None
    said: int | None  # publication
    real: bool  # told as occurred or ongoing
    lasting: bool
    daily: bool  # a deed of a kind that may happen anew every day
    told_with: tuple[int, int] | None  # only where it has no days of its own
    background: bool
    news: int | None  # its day, else the news day of its report

    @classmethod
    def of(cls, account: Account) -> Self:
        """The times of an account."""
        real = account.status in ("occurred", "ongoing")
        near = account.told_with and _interval(*account.told_with)
        lasting = account.kind in LASTING
        own = interval(account)
        daily = account.kind in DAILY
        news = own[0] if own and own[0] == own[1] else day_number(account.news_day or "") if own is None else None
        said = day_number(account.published)
        return cls(own, said, real, lasting, daily, near or None, account.background, news)


def fit_of_times(a: Times, b: Times) -> str:
    """How the times of two accounts fit, by event time, else by publication."""
    left, right = a.own, b.own
    if left and right:
        fit = _fit_of_intervals(left, right)
        return f"{fit}_daily" if fit in _NEXT_DAYS and a.daily and b.daily else fit
    if _is_told_before(a, right) or _is_told_before(b, left):
        return "time.told_before"
    if _is_told_with_other_days(a, b) or _is_told_with_other_days(b, a):
        return "time.sentence_far"
    if a.said is None or b.said is None:
        return "time.one_unknown_stale"
    if a.news is not None and a.news == b.news:
        return "time.news_day"
    dated = left or right
    if dated is None:
        apart = abs(a.said - b.said)
        return f"time.both_unknown_{'fresh' if apart <= 1 else 'days'}" if apart <= _FRESH else "time.one_unknown_stale"
    said = b.said if left else a.said
    if dated[0] - 1 <= said <= dated[1] + _FRESH:
        return "time.one_unknown_fresh"
    course = a.lasting and b.lasting and 0 <= said - dated[1] <= _COURSE
    return "time.course" if course else "time.one_unknown_stale"


def _is_told_before(times: Times, other: tuple[int, int] | None) -> bool:
    """Whether a happening that an account tells as real was told before the day that the other gives it."""
    return bool(times.real and other and times.said is not None and other[0] > times.said)


def _is_told_with_other_days(times: Times, other: Times) -> bool:
    """Whether an undated account stands in a sentence about days far from those of the other.

    `the deal by which Hezbollah let the fighters go last August` is not the deal of this week.
    """
    days = other.own or other.told_with
    if days is None and other.said is not None:
        days = (other.said - (_OTHER_DAYS if other.background else _FRESH), other.said)
    if times.told_with is None or days is None:
        return False
    return max(times.told_with[0], days[0]) - min(times.told_with[1], days[1]) > _OTHER_DAYS


def _fit_of_intervals(a: tuple[int, int], b: tuple[int, int]) -> str:
    apart = max(a[0], b[0]) - min(a[1], b[1])
    if apart <= 0:
        wide = max(a[1] - a[0], b[1] - b[0]) >= _OTHER_DAYS
        return "time.same_day" if a == b and a[0] == a[1] else "time.overlap_wide" if wide else "time.overlap"
    return "time.next_day" if apart == 1 else "time.days_apart" if apart <= 3 else "time.far"
