"""A small offline map: country outlines and a report's places, drawn as SVG.

Equirectangular, true at the middle latitude. Outlines are Natural Earth's (public domain), simplified.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import orjson

Point = tuple[float, float]
_FILE = Path(__file__).parent / "assets" / "outlines.json"
_KM_A_DEGREE = 111.2
_LEAST_SPAN = 2.5  # degrees shown, at least
_MARGIN = 0.18  # of the span, on each side
_FINE = 0.5  # pixels: the shortest step of an outline


class Frame(NamedTuple):
    """What part of the world is drawn: degrees, and the scale in pixels a degree of latitude."""

    west: float
    south: float
    east: float
    north: float
    scale: float
    squeeze: float  # cosine of the middle latitude

    def at(self, lon: float, lat: float) -> Point:
        """The pixel of a coordinate."""
        return (lon - self.west) * self.squeeze * self.scale, (self.north - lat) * self.scale


class _Ring(NamedTuple):
    """A closed line (longitude, latitude), and the degrees between which it lies."""

    points: list[Point]
    west: float
    east: float
    south: float
    north: float


@dataclass(frozen=True, slots=True)
class Outline:
    """A country's outline as an SVG path in pixels."""

    name: str
    path: str


@cache
def _load() -> tuple[int, list[list[Point]], list[dict[str, Any]]]:
    data = orjson.loads(_FILE.read_bytes())
    arcs: list[list[Point]] = []
    for steps in data["arcs"]:
        x, y = steps[0], steps[1]
        points = [(x / data["units"], y / data["units"])]
        for index in range(2, len(steps), 2):
            x, y = x + steps[index], y + steps[index + 1]
            points.append((x / data["units"], y / data["units"]))
        arcs.append(points)
    return data["units"], arcs, data["countries"]


def choose_frame(points: Sequence[Point], width: int, height: int) -> Frame:
    """The part of the world that shows all points (longitude, latitude) with a margin, in the shape of the picture."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    middle_lon, middle_lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    squeeze = max(math.cos(math.radians(middle_lat)), 0.2)
    span_x = max((max(lons) - min(lons)) * squeeze, _LEAST_SPAN) * (1 + 2 * _MARGIN)
    span_y = max(max(lats) - min(lats), _LEAST_SPAN) * (1 + 2 * _MARGIN)
    scale = min(width / span_x, height / span_y)
    half_x, half_y = width / scale / squeeze / 2, height / scale / 2
    return Frame(
        middle_lon - half_x, middle_lat - half_y, middle_lon + half_x, middle_lat + half_y, scale, squeeze
    )


def draw_outlines(frame: Frame) -> list[Outline]:
    """The outlines of all countries that the frame shows, clipped a little outside it."""
    outlines: list[Outline] = []
    fine = 2.0 ** math.floor(math.log2(_FINE / frame.scale))
    for name, rings in _rings(fine):
        path = "".join(_path(ring, frame) for ring in (_clip(each, frame) for each in rings) if len(ring) > 2)
        if path:
            outlines.append(Outline(name, path))
    return outlines


def km_to_pixels(km: float, frame: Frame) -> float:
    """A distance on the ground in pixels of the map."""
    return km / _KM_A_DEGREE * frame.scale


@lru_cache(maxsize=12)
def _rings(fine: float) -> tuple[tuple[str, tuple[_Ring, ...]], ...]:
    """The countries by name with their rings, steps of less than ``fine`` degrees left out.

    Points are left out of arcs, not of rings: neighbours keep the same border.
    """
    _, arcs, countries = _load()
    thin = [_thinned(arc, fine) for arc in arcs]
    return tuple((each["name"], tuple(_ring(thin, numbers) for numbers in each["rings"])) for each in countries)


def _thinned(arc: list[Point], fine: float) -> list[Point]:
    kept = [arc[0]]
    for x, y in arc[1:-1]:
        if abs(x - kept[-1][0]) >= fine or abs(y - kept[-1][1]) >= fine:
            kept.append((x, y))
    return [*kept, arc[-1]]


def _ring(arcs: list[list[Point]], numbers: Sequence[int]) -> _Ring:
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return _Ring(points, min(lons), max(lons), min(lats), max(lats))


def _clip(whole: _Ring, frame: Frame) -> list[Point]:
    """The part of a ring inside the frame and a margin around it (Sutherland and Hodgman 1974)."""
    pad_x, pad_y = (frame.east - frame.west) * 0.05, (frame.north - frame.south) * 0.05
    west, east, south, north = frame.west - pad_x, frame.east + pad_x, frame.south - pad_y, frame.north + pad_y
    if whole.east < west or whole.west > east or whole.north < south or whole.south > north:
        return []
    ring, sides = whole.points, (whole.west < west, whole.east > east, whole.south < south, whole.north > north)
    limits = ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1))
    for axis, limit, sign in (limit for limit, crossed in zip(limits, sides, strict=True) if crossed):
        ring = list(_clip_side(ring, axis, limit, sign))
        if not ring:
            return []
    return ring


def _clip_side(ring: list[Point], axis: int, limit: float, sign: int) -> Iterator[Point]:
    before = ring[-1]
    for point in ring:
        inside, was_inside = sign * (point[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
        if inside != was_inside:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            yield (limit, other) if axis == 0 else (other, limit)
        if inside:
            yield point
        before = point


def _path(ring: list[Point], frame: Frame) -> str:
    """The ring as a closed path; points that fall on the pixel before are left out."""
    parts: list[str] = []
    last: Point | None = None
    for lon, lat in ring:
        x, y = frame.at(lon, lat)
        here = (round(x, 1), round(y, 1))
        if here != last:
            parts.append(f"{here[0]:g} {here[1]:g}")
            last = here
    return "M" + "L".join(parts) + "Z" if len(parts) > 2 else ""
