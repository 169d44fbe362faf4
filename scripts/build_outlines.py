"""Build the compact country outlines of the offline map from Natural Earth's 1:50m countries (npm package world-atlas).

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python scripts/build_outlines.py package/countries-50m.json

Writes ``src/riwaya/export/assets/outlines.json``: arcs of whole hundredths of a degree, the first point absolute and
the others as steps; and for each country its rings as lists of arc numbers (``~n``: arc n backwards).
"""

from __future__ import annotations

import argparse
import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "src" / "riwaya" / "export" / "assets" / "outlines.json"
UNITS = 100  # a degree
TOLERANCE = 1.6  # units by which a simplified line may leave the true one
Point = tuple[int, int]


def decode_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs of a TopoJSON topology in hundredths of a degree."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round((x * scale_x + shift_x) * UNITS), round((y * scale_y + shift_y) * UNITS)))
        arcs.append(points)
    return arcs


def simplify(points: list[Point], tolerance: float) -> list[Point]:
    """The line with fewer points, none of the dropped further than ``tolerance`` away (Douglas and Peucker 1973)."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, distance = first, 0.0
        for index in range(first + 1, last):
            off = _distance(points[index], points[first], points[last])
            if off > distance:
                far, distance = index, off
        if distance > tolerance:
            keep.add(far)
            spans += [(first, far), (far, last)]
    return [points[index] for index in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = math.hypot(x2 - x1, y2 - y1)
    if length == 0:
        return math.hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def to_steps(points: list[Point]) -> list[int]:
    """x, y of the first point, then the steps to each further one."""
    steps = list(points[0])
    for (x1, y1), (x2, y2) in pairwise(points):
        steps += [x2 - x1, y2 - y1]
    return steps


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    """The rings of a polygon or multipolygon as arc numbers."""
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["arcs"] for ring in polygon]
    return []


def main() -> None:
    """Read the topology that the command line names and write the outlines."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("topology", type=Path)
    topology = json.loads(parser.parse_args().topology.read_text(encoding="utf-8"))
    arcs = [simplify(arc, TOLERANCE) for arc in decode_arcs(topology)]
    countries = [
        {"name": geometry["properties"]["name"], "rings": rings_of(geometry)}
        for geometry in topology["objects"]["countries"]["geometries"]
    ]
    compact = {
        "about": "Made with Natural Earth (public domain), 1:50m countries, "
        "through world-atlas; borders as drawn there",
        "units": UNITS,
        "arcs": [to_steps(arc) for arc in arcs],
        "countries": sorted(countries, key=lambda country: country["name"]),
    }
    TARGET.write_text(json.dumps(compact, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
