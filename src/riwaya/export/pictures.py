"""The map and the timeline of one report, as data that a page's template draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from riwaya.export.outlines import Frame, Outline, Point, choose_frame, draw_outlines, km_to_pixels
from riwaya.model import Level, Place, Report

WIDTH, HEIGHT = 620, 440
# How far a place of a level reaches, in kilometres: it is drawn as an area, since a point would claim too much.
_REACH_KM = {Level.ADMIN1: 55.0, Level.ADMIN2: 25.0, Level.REGION: 55.0, Level.NATURAL: 40.0, Level.COUNTRY: 0.0}
_LETTER = 8.5  # pixels a letter of a label takes
_LINE = 22  # pixels a label is high


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map in pixels; ``radius`` 0 is a point. ``events`` are the numbers of its events."""

    name: str
    at: Point
    radius: float
    events: tuple[int, ...]
    label: str  # the words of the report; empty where there is no room
    label_at: Point


@dataclass(frozen=True, slots=True)
class Map:
    """A map: outlines and spots."""

    width: int
    height: int
    outlines: tuple[Outline, ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the timeline: an interval of days and its events as (index, number shown, kind, is background)."""

    days: str
    css: str
    said: bool
    events: tuple[tuple[int, int, str, bool], ...]


def show_days(first: str | None, last: str | None) -> str:
    """An interval of inclusive days: `2018-05-20`, `2017-08-01 … 2017-08-31`; open ends as dots."""
    if first == last:
        return first or ""
    return f"{first or ''} … {last or ''}".strip()


def draw_map(report: Report, called: Callable[[str], str] | None = None) -> Map | None:
    """The report's places on a map, None where none has coordinates.

    ``called``: what a place is labelled with; the words of the report for None. Countries are left out where the
    report has any other place.
    """
    events: dict[str, list[int]] = {}
    places: dict[str, tuple[Place, str]] = {}
    for index, event in enumerate(report.events):
        for where in event.places:
            events.setdefault(where.place.id, []).append(index)
            places.setdefault(where.place.id, (where.place, where.evidence.text))
    for mention in report.places:
        places.setdefault(mention.place.id, (mention.place, mention.text))
    if called is not None:
        places = {id: (place, called(place.name)) for id, (place, _) in places.items()}
    located = [(place, text) for place, text in places.values() if place.lat is not None and place.lon is not None]
    local = [item for item in located if item[0].level is not Level.COUNTRY] or located
    if not local:
        return None
    frame = choose_frame([(place.lon or 0.0, place.lat or 0.0) for place, _ in local], WIDTH, HEIGHT)
    shown = sorted(local, key=lambda item: (-_REACH_KM.get(item[0].level, 0), item[0].id in events, item[0].id))
    return Map(WIDTH, HEIGHT, tuple(draw_outlines(frame)), tuple(_spots(shown, events, frame)))


def _spots(shown: Sequence[tuple[Place, str]], events: dict[str, list[int]], frame: Frame) -> list[Spot]:
    """The spots, areas first, those of events labelled first."""
    at = [frame.at(place.lon or 0.0, place.lat or 0.0) for place, _ in shown]
    labels: dict[int, Point] = {}
    taken: list[tuple[float, float, float]] = []
    for index in sorted(range(len(shown)), key=lambda each: shown[each][0].id not in events):
        found = _label_place(at[index], shown[index][1], taken)
        if found is not None:
            labels[index] = found
    return [
        Spot(
            name=place.name,
            at=_short(at[index]),
            radius=round(km_to_pixels(_REACH_KM.get(place.level, 0.0), frame), 1),
            events=tuple(dict.fromkeys(events.get(place.id, []))),
            label=text if index in labels else "",
            label_at=_short(labels.get(index, at[index])),
        )
        for index, (place, text) in enumerate(shown)
    ]


def _label_place(at: Point, text: str, taken: list[tuple[float, float, float]]) -> Point | None:
    """Where a label goes: above its place or under it; None where it would lie on another label."""
    half = max(len(text) * _LETTER / 2, 12.0)
    for below in (-12.0, 24.0):
        x = min(max(at[0], half + 4), WIDTH - half - 4)
        y = min(max(at[1] + below, _LINE), HEIGHT - 6)
        if all(abs(y - other_y) > _LINE or abs(x - other_x) > half + other for other_x, other_y, other in taken):
            taken.append((x, y, half))
            return x, y
    return None


def _short(at: Point) -> Point:
    return round(at[0], 1), round(at[1], 1)


def draw_timeline(report: Report, shown: Sequence[int]) -> tuple[Row, ...]:
    """The report's dated events by interval, earliest first, with the day of publication among them.

    ``shown`` gives, for each place in the panel, the index of the event there.
    """
    numbers = {index: number for number, index in enumerate(shown, start=1)}
    rows: dict[tuple[str, str], list[int]] = {}
    for index in shown:
        when = report.events[index].when
        if when.from_ or when.to:
            rows.setdefault((when.from_ or "", when.to or ""), []).append(index)
    if not rows:
        return ()
    said = (report.document.published or "")[:10]
    if said:
        rows.setdefault((said, said), [])
    return tuple(
        Row(
            show_days(*days),
            "span" if days[0] != days[1] else ("" if indices else "said"),
            days == (said, said),
            tuple((i, numbers[i], report.events[i].kind.value, report.events[i].background) for i in indices),
        )
        for days, indices in sorted(rows.items())
    )
