"""What maps in the pages show: places as points or areas, and the outlines under them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

import orjson
from fastapi import APIRouter, Response

from riwaya.export.outlines import _FILE
from riwaya.store.views import PlaceView

router = APIRouter()
_WORLD = 360.0  # degrees around
# How far a place of a level reaches, in kilometres: drawn as an area, since a point would claim too much.
REACH_KM = {"country": 300, "admin1": 55, "admin2": 25, "region": 55, "natural": 40}


def spots_of(
    found: Iterable[tuple[Sequence[PlaceView], dict[str, Any]]], called: Callable[[str], str]
) -> list[dict[str, Any]]:
    """Places with the things told there: name, what it is called on the page, degrees, reach in km (0: a point).

    Those without degrees are left out.
    """
    spots: dict[tuple[str, float, float], dict[str, Any]] = {}
    for places, thing in found:
        for place in places:
            if place.lat is None or place.lon is None:
                continue
            key = (place.name, place.lat, place.lon)
            spot = spots.setdefault(
                key,
                {"name": place.name, "called": called(place.name), "lat": place.lat, "lon": place.lon,
                 "km": REACH_KM.get(place.level or "", 0),
                 "level": place.level, "things": []},
            )  # fmt: skip
            spot["things"].append({**thing, "role": place.role})
    return sorted(spots.values(), key=lambda spot: -spot["km"])


@cache
def _outlines() -> bytes:
    data = orjson.loads(_FILE.read_bytes())
    unit = data["units"]
    arcs = []
    for steps in data["arcs"]:
        x, y = steps[0], steps[1]
        points = [(x / unit, y / unit)]
        for index in range(2, len(steps), 2):
            x, y = x + steps[index], y + steps[index + 1]
            points.append((x / unit, y / unit))
        arcs.append(points)
    features = []
    for country in data["countries"]:
        rings = []
        for numbers in country["rings"]:
            ring: list[tuple[float, float]] = []
            for number in numbers:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring.extend(arc[1:] if ring else arc)
            rings.append([_unbroken(ring)])
        geometry = {"type": "MultiPolygon", "coordinates": rings}
        features.append({"type": "Feature", "properties": {"name": country["name"]}, "geometry": geometry})
    return orjson.dumps({"type": "FeatureCollection", "about": data["about"], "features": features})


def _unbroken(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A ring that crosses the date line goes on beyond 180 degrees, so that no line runs across the map."""
    if max(x for x, _ in ring) - min(x for x, _ in ring) < _WORLD / 2:
        return ring
    return [(x + _WORLD if x < 0 else x, y) for x, y in ring]


@router.get("/outlines.json")
def outlines() -> Response:
    """Outlines of the countries as GeoJSON: Natural Earth, borders as drawn there."""
    return Response(_outlines(), media_type="application/json", headers={"Cache-Control": "max-age=86400"})
