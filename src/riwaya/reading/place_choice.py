"""Which of the places that bear a name is meant: one additive score over named features.

The weights are in ``knowledge/data/places/weights.yaml``; :func:`weigh` gives the terms of a score by name, so that
a choice can be explained.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from riwaya.knowledge.place_rows import distance_km
from riwaya.knowledge.places import PlaceTable
from riwaya.model import Considered, Level
from riwaya.reading.place_spots import Around, Spot
from riwaya.text.text import Text

if TYPE_CHECKING:
    from riwaya.knowledge.knowledge import Knowledge

_Terms = list[tuple[str, float]]  # the terms of a score: feature, weight times value
_WIDE = frozenset({Level.ADMIN2, Level.REGION, Level.NATURAL})
_TOWNS = frozenset({Level.CITY, Level.TOWN, Level.VILLAGE})
_SURE_PEOPLE = 50_000
_NEAR_KM, _REGION_KM = 60.0, 250.0
_KEPT_CANDIDATES = 4  # candidates that are named where one is chosen
_NO_COUNTRY = "XZ"  # the high seas
TWINS = {"IL": "PS", "PS": "IL"}  # countries that reports speak of together
_SURE_WORDS = 3.0  # words that point to countries, from which a report's countries count as known


@dataclass(slots=True)
class Scene:
    """What a report says of where it plays: words that point to each country, and points that are sure.

    Countries and points are complete before the first question.
    """

    countries: dict[str, float] = field(default_factory=dict)
    anchors: dict[tuple[float, float], None] = field(default_factory=dict)
    named: dict[int, None] = field(default_factory=dict)  # places chosen so far
    nearest: dict[int, float] = field(default_factory=dict)  # place -> distance to a sure one, as far as asked for
    votes: dict[int, float] = field(default_factory=dict)  # place -> words of its own name that point to its country
    states: dict[int, str] = field(default_factory=dict)  # token -> the country that is named there
    refused: set[int] = field(default_factory=set)  # places that a name with its generic word does not mean here
    _shares: dict[str, float] | None = None

    def share(self, country: str) -> float:
        """How much of the report points to a country, 1.0 for the foremost."""
        if self._shares is None:
            most = max(self.countries.values(), default=0.0)
            self._shares = {each: weight / most for each, weight in self.countries.items()} if most else {}
        return self._shares.get(country, 0.0)

    def is_set(self) -> bool:
        """Whether enough words point to countries for the others to count as foreign."""
        return sum(self.countries.values()) >= _SURE_WORDS

    def is_elsewhere(self, country: str, number: int) -> bool:
        """Whether enough words point to countries, none to this one but the name of a place in it."""
        own = self.votes.get(number, 0.0)
        home = self.countries.get(country, 0.0) + self.countries.get(TWINS.get(country, ""), 0.0)
        return home <= own and sum(self.countries.values()) - own >= _SURE_WORDS

    def foremost(self) -> str | None:
        """The country to which most words point, None where no word does; of equals the one named first."""
        return max(self.countries, key=lambda country: self.countries[country]) if self.countries else None


def read_scene(text: Text, knowledge: Knowledge, around: Around, spots: list[Spot]) -> Scene:
    """The scene of a report from its gentilics, its actors and the names that can mean one thing only."""
    scene, table, actors = Scene(), knowledge.places, knowledge.actors
    countries = scene.countries
    for match in text.of("actor"):
        at_home = actors.entries[actors.by_name[match.entry][0]].country
        if len(at_home) == 1:
            countries[at_home[0]] = countries.get(at_home[0], 0.0) + 1.0
    for _, country in around.people.values():
        countries[country] = countries.get(country, 0.0) + 1.0
    for spot in spots:
        country = table.countries[spot.numbers[0]]
        if not _is_telling(table, spot) or any(table.countries[number] != country for number in spot.numbers):
            continue
        sure = [n for n in spot.numbers if table.own[n] or table.people[n] >= _SURE_PEOPLE or _is_country(table, n)]
        if sure:
            countries[country] = countries.get(country, 0.0) + 1.0
            if _is_country(table, sure[0]):
                scene.states[spot.first] = country
            for number in spot.numbers:
                scene.votes[number] = scene.votes.get(number, 0.0) + 1.0
            if not spot.taken and not _is_country(table, sure[0]) and table.has_point(sure[0]):
                scene.anchors[table.lats[sure[0]], table.lons[sure[0]]] = None
    return scene


def _is_telling(table: PlaceTable, spot: Spot) -> bool:
    """Whether a name is surely a place's: no everyday word, or a country's name after a preposition (`في مالي`)."""
    if spot.caution == "preposition" and spot.preposition and not spot.proclitic:
        return _is_country(table, spot.numbers[0])
    return spot.caution not in ("cue", "preposition")


def _is_country(table: PlaceTable, number: int) -> bool:
    return table.level(number) is Level.COUNTRY


def weigh(table: PlaceTable, scene: Scene, spot: Spot, number: int) -> Iterator[tuple[str, float]]:
    """The terms of the score of one candidate: (feature, weight times value)."""
    weights = table.words.weights
    level, country = table.level(number), table.countries[number]
    people = table.people[number]
    if level is Level.COUNTRY:
        yield "country", weights["country"]
    elif level is Level.ADMIN1:
        yield "admin1", weights["admin1"]
    elif level in _WIDE:
        yield "region", weights["region"]
    elif people > 1000:
        yield "city_of_people", weights["city_of_people"] * (math.log10(people) - 3)
    if table.capitals.get(country) == number and (spot.cue is None or level in spot.cue.levels):
        yield "capital", weights["capital"]
    if table.own[number]:
        yield "own", weights["own"]
    if spot.cue is None and level in (Level.CITY, Level.TOWN):
        yield str(level), weights[str(level)]
    yield from _weigh_cue(table, spot, level)
    share = scene.share(country)
    if share:
        yield "context", weights["context"] * share
    elif scene.is_set() and country != _NO_COUNTRY:
        yield "foreign", weights["foreign"]
    if level is not Level.COUNTRY:
        nearest = _nearest(table, scene, number)
        if nearest < _NEAR_KM:
            yield "near", weights["near"]
        elif nearest < _REGION_KM:
            yield "region_near", weights["region_near"]
    if number in scene.named:
        yield "named", weights["named"]
    if spot.preposition:
        yield "preposition", weights["preposition"]
    if spot.last - spot.first > 1:
        yield "words", weights["words"] * (spot.last - spot.first - 1)


def _weigh_cue(table: PlaceTable, spot: Spot, level: Level) -> Iterator[tuple[str, float]]:
    weights = table.words.weights
    if spot.cue is None:
        return
    if level in spot.cue.levels:
        yield "cue_level", weights["cue_level"]
    elif level in spot.cue.also or (spot.cue.derive and level in _TOWNS):
        yield "cue_agrees", weights["cue_agrees"]
    else:
        yield "cue_conflict", weights["cue_conflict"]


def _nearest(table: PlaceTable, scene: Scene, number: int) -> float:
    """The distance in kilometres to the nearest sure place of the report, not counting the place itself."""
    known = scene.nearest.get(number)
    if known is not None:
        return known
    lat, lon = table.lats[number], table.lons[number]
    nearest = math.inf
    for anchor in scene.anchors:
        if abs(anchor[0] - lat) < 2.5 and abs(anchor[1] - lon) < 4 and anchor != (lat, lon):
            nearest = min(nearest, distance_km(lat, lon, *anchor))
    scene.nearest[number] = nearest
    return nearest


def is_near(table: PlaceTable, scene: Scene, number: int, limit_km: float) -> bool:
    """Whether the report names a sure place within so many kilometres of this one."""
    return table.has_point(number) and _nearest(table, scene, number) < limit_km


def is_far(table: PlaceTable, scene: Scene, number: int, limit_km: float) -> bool:
    """Whether the report names sure places, and none within so many kilometres of this one; False without a point.

    Places chosen so far count as sure.
    """
    if not scene.anchors or not table.has_point(number) or _nearest(table, scene, number) < limit_km:
        return False
    lat, lon = table.lats[number], table.lons[number]
    return not any(distance_km(lat, lon, table.lats[n], table.lons[n]) < limit_km for n in scene.named)


def choose(table: PlaceTable, scene: Scene, spot: Spot) -> tuple[int | None, float, tuple[Considered, ...]]:
    """The place meant, None where none reaches the threshold; its score; and those that were dropped, with why."""
    if len(spot.numbers) == 1 and table.level(spot.numbers[0]) is Level.COUNTRY:
        return spot.numbers[0], table.words.weights["country"], ()
    scored: list[tuple[float, int, int, _Terms]] = []
    for index, number in enumerate(spot.numbers):
        terms = list(weigh(table, scene, spot, number))
        scored.append((sum([value for _, value in terms]), -index, number, terms))
    scored.sort(reverse=True)
    best, _, number, terms = scored[0]
    dropped = tuple(
        Considered(_label(table, other), _reason(score, f"against {best:.1f}", others))
        for score, _, other, others in scored[1:_KEPT_CANDIDATES]
    )
    threshold = table.words.weights["threshold"]
    if best < threshold:
        reason = _reason(best, f"under the threshold {threshold:.1f}", terms)
        return None, best, (Considered(_label(table, number), reason), *dropped)
    return number, best, dropped


def _reason(score: float, beside: str, terms: _Terms) -> str:
    """Why a candidate was dropped: its score beside what it had to reach, and the terms that made it."""
    told = ", ".join(f"{feature} {value:+.1f}" for feature, value in terms)
    return f"score {score:.1f} {beside}" + (f" ({told})" if told else "")


def _label(table: PlaceTable, number: int) -> str:
    return f"{table.names[number]} ({table.countries[number]}, {table.level(number)})"
