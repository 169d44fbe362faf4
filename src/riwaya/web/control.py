"""Agreements with what follows from them, and who is said to hold what on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse

from riwaya.incidents.control import Holding
from riwaya.incidents.dossier import Dossier
from riwaya.store import Store, queries
from riwaya.store.dossiers import control as holdings_at
from riwaya.store.dossiers import dossier as read_dossier
from riwaya.store.dossiers import list_dossiers
from riwaya.store.filters import Filter
from riwaya.store.redaction import Viewer
from riwaya.web.asking import Kept
from riwaya.web.counting import facets_of
from riwaya.web.guards import viewer_of
from riwaya.web.incident import plain
from riwaya.web.maps import REACH_KM
from riwaya.web.page import render
from riwaya.web.section import as_data

router = APIRouter()
_CONTROL = ("capture", "withdrawal", "evacuation", "surrender")
_COUNTRIES = 12  # countries shown together where no place is asked for
_EVENTS = 400  # events whose places give degrees to the map
Day = Annotated[str | None, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Name = Annotated[str | None, Query(max_length=200)]


@router.get("/dossiers", response_class=HTMLResponse)
def dossiers(request: Request, store: Kept, place: Name = None) -> HTMLResponse:
    """Agreements and truces, those told most first."""
    rows = list_dossiers(store, viewer_of(request), place=place or None)
    return render(request, "dossiers.html", rows=rows)


@router.get("/dossiers.json")
def dossiers_json(request: Request, store: Kept, place: Name = None) -> JSONResponse:
    """The same as data."""
    rows = list_dossiers(store, viewer_of(request), place=place or None)
    return JSONResponse({"dossiers": [plain(asdict(row)) for row in rows]})


@router.get("/dossier/{id}.json")
def dossier_json(request: Request, id: str, store: Kept, day: Day = None) -> JSONResponse:
    """An agreement as data; with ``day`` as it was known at the end of that day."""
    return JSONResponse(plain(asdict(read_dossier(store, id, viewer_of(request), as_of=day or None))))


@router.get("/dossier/{id}", response_class=HTMLResponse)
def dossier(request: Request, id: str, store: Kept, day: Day = None) -> HTMLResponse:
    """An agreement: parties, sponsors, who asserted and denied it, batches, breaches; with ``day`` as known then."""
    viewer = viewer_of(request)
    found = read_dossier(store, id, viewer, as_of=day or None)
    whole = read_dossier(store, id, viewer) if day else found
    days = sorted({voice.published for voice in whole.voices if voice.published} | _days(whole))
    lines, spots = _moves(store, found, viewer)
    return render(
        request, "dossier.html", it=found, days=days, day=day, spots=as_data(spots), has_spots=bool(spots),
        lines=as_data(lines),
    )  # fmt: skip


def _days(found: Dossier) -> set[str]:
    steps = (*found.batches, *found.terms, *found.calms, *found.violations, *found.ends)
    return {step.first_said for step in steps if step.first_said}


def _moves(store: Store, found: Dossier, viewer: Viewer) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Lines from where batches left to where they went, and the places at their ends."""
    known: dict[str, Any] = {}
    for id in dict.fromkeys([*found.incidents, *(step.incident for step in found.batches)]):
        for account in queries.incident(store, id, viewer).accounts:
            known.update({place.name: place for place in account.places if place.lat is not None})
    lines = []
    for step in found.batches:
        for start in step.from_:
            for end in step.to:
                if start in known and end in known:
                    a, b = known[start], known[end]
                    ends = {"from": [a.lat, a.lon], "to": [b.lat, b.lon]}
                    lines.append({**ends, "day": step.day, "planned": step.planned})
    spots = [
        {"name": name, "lat": place.lat, "lon": place.lon, "km": REACH_KM.get(place.level, 0),
         "things": [{"id": name, "kind": "", "disputed": False}]}
        for name, place in sorted(known.items())
    ]  # fmt: skip
    return lines, spots


def held(store: Store, viewer: Viewer, place: str | None, on: str | None) -> dict[str, tuple[Holding, ...]]:
    """For each place of which something is said, the holders with the claims behind them; all places for None."""
    if place:
        return holdings_at(store, place, viewer, on=on)
    found: dict[str, tuple[Holding, ...]] = {}
    names = [name for name, _ in facets_of(store, Filter(), viewer, most=_COUNTRIES)["country"]]
    for name in names:
        found.update(holdings_at(store, name, viewer, on=on))
    return found


def _degrees(store: Store, viewer: Viewer) -> dict[str, Any]:
    events = queries.list_events(store, Filter(kind=_CONTROL), viewer, size=_EVENTS).items
    known = {place.name: (place.lat, place.lon, place.level) for event in events for place in event.places}
    for coded in queries.iter_coded(store, Filter(kind=_CONTROL), viewer):
        for each in coded.get("control") or ():
            where = each["place"]
            known.setdefault(where["name"], (where.get("lat"), where.get("lon"), where.get("level")))
    return known


def _spots(found: dict[str, tuple[Holding, ...]], known: dict[str, Any]) -> list[dict[str, Any]]:
    spots = []
    for name, holders in found.items():
        lat, lon, level = known.get(name, (None, None, None))
        if lat is not None:
            thing = {"id": name, "kind": "", "disputed": len(holders) > 1}
            spots.append({"name": name, "lat": lat, "lon": lon, "km": REACH_KM.get(level or "", 0), "things": [thing]})
    return spots


@router.get("/control", response_class=HTMLResponse)
def control(request: Request, store: Kept, day: Day = None, place: Name = None) -> HTMLResponse:
    """Who is said to hold what on a day, with the claims behind each place."""
    viewer = viewer_of(request)
    whole = held(store, viewer, place, None)
    found = held(store, viewer, place, day) if day else whole
    days = _told(list(whole.values()))
    spots = _spots(found, _degrees(store, viewer))
    return render(
        request, "control.html", found=found, days=days, day=day, place=place, spots=as_data(spots),
        has_spots=bool(spots),
    )  # fmt: skip


def _told(holders: Sequence[tuple[Holding, ...]]) -> list[str]:
    every = [each for some in holders for each in some]
    return sorted({day for each in every for day in (each.since, each.until) if day})


@router.get("/control.json")
def control_json(request: Request, store: Kept, day: Day = None, place: Name = None) -> JSONResponse:
    """The same as data."""
    found = held(store, viewer_of(request), place, day or None)
    return JSONResponse({"places": {name: [plain(asdict(each)) for each in some] for name, some in found.items()}})
