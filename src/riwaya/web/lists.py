"""Sources, actors and places: who is named how often, and a page for each. No scores of truth."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse

from riwaya.reading.claims import OUTLET
from riwaya.store import Store, queries, summaries
from riwaya.store.filters import Filter
from riwaya.store.redaction import Viewer
from riwaya.web.asking import PER_PAGE, Kept, Start
from riwaya.web.counting import facets_of
from riwaya.web.guards import viewer_of
from riwaya.web.maps import spots_of
from riwaya.web.page import called_for, canonical_for, render
from riwaya.web.section import as_data
from riwaya.web.slow import Slow
from riwaya.web.telling import event_cards

router = APIRouter()
ROOMS = {"sources": "source", "actors": "actor", "places": "place"}
_MOST = 400
_PATIENT = 20.0  # seconds that data is waited for
_COMPARED = 24  # disputed incidents of a source that are looked through
Name = Annotated[str | None, Query(max_length=200)]


def _filter(room: str, name: str) -> Filter:
    return {"sources": Filter(source=name), "actors": Filter(actor=name), "places": Filter(place=name)}[room]


def _list(request: Request, store: Store, room: str) -> list[tuple[str, int]]:
    return summaries.facet(store, ROOMS[room], viewer_of(request), most=_MOST)


def contradictions(store: Store, name: str, viewer: Viewer) -> dict[str, Counter[str]]:
    """Whom a source contradicts and who says the same, over fields of the incidents most disputed where it speaks.

    What outlets say in their own name stands in incidents under the name of each.
    """
    outlets = summaries.facet(store, "outlet", viewer, most=_MOST) if name == OUTLET.name else ()
    speaking = {name, *(each for each, _ in outlets)}
    against: Counter[str] = Counter()
    along: Counter[str] = Counter()
    page = summaries.find_incidents(store, Filter(source=name), viewer, sort="disputed", size=_COMPARED)
    for row in page.items:
        for field in queries.incident_fields(store, row.id, viewer) if row.accounts > 1 or row.fields else ():
            own = [side for side in field.sides if not speaking.isdisjoint(side.sources)]
            for side in field.sides:
                others = [each for each in side.sources if each not in speaking]
                if side in own:
                    along.update(others)
                elif own and field.disputed:
                    against.update(others)
    return {"against": against, "along": along}


def said_of(request: Request, store: Store, name: str, *, wait: float | None = None) -> dict[str, Any] | None:
    """How a source stands to others: how they take what it asserts, and with whom; None while it is put together."""
    viewer = viewer_of(request)
    key = ("said", name, viewer.redaction)

    def make() -> dict[str, Any]:
        """Whom the source contradicts, and how often others take its word."""
        told = summaries.stances_of(store, name, viewer)
        return {**contradictions(store, name, viewer), "taken": told.taken, "alone": told.alone}

    slow: Slow = request.app.state.slow
    if request.headers.get("hx-request") is None and wait is None:
        found: dict[str, Any] | None = slow.kept(store, key)  # the page asks for it once it is shown
    else:
        found = slow.get(store, key, make, wait)[0]
    return found


def _page(request: Request, store: Store, room: str, name: str | None, start: int) -> HTMLResponse:
    name = canonical_for(request, name)
    if not name:
        return render(request, "room.html", room=room, rows=_list(request, store, room), facet=ROOMS[room])
    viewer = viewer_of(request)
    asked = _filter(room, name)
    facets = facets_of(store, asked, viewer, most=8)
    found = summaries.find_events(store, asked, viewer, start=start, size=PER_PAGE)
    told = event_cards(store, found.items, viewer)
    things = ((row.places, {"id": row.incident, "kind": row.kind, "disputed": False}) for row in found.items)
    spots = spots_of(things, called_for(request))
    return render(
        request, "one.html", room=room, name=name, page=found, told=told, size=PER_PAGE, facet=ROOMS[room],
        spots=as_data(spots), has_spots=bool(spots), facets=facets,
        said=said_of(request, store, name) if room == "sources" else None,
    )  # fmt: skip


def _data(request: Request, store: Store, room: str, name: str | None, start: int) -> JSONResponse:
    name = canonical_for(request, name)
    if not name:
        rows: list[dict[str, Any]] = [{"name": each, "events": count} for each, count in _list(request, store, room)]
        return JSONResponse({room: rows})
    viewer = viewer_of(request)
    asked = _filter(room, name)
    found = asdict(summaries.find_events(store, asked, viewer, start=start, size=PER_PAGE))
    more: dict[str, Any] = {"facets": facets_of(store, asked, viewer, most=8)}
    if room == "sources":
        said = said_of(request, store, name, wait=_PATIENT)
        if said is None:
            raise HTTPException(503, "this is being prepared: ask again in some seconds")
        more |= {**said, **{key: dict(said[key].most_common()) for key in ("against", "along")}}
    return JSONResponse({"name": name, **found, **more})


@router.get("/sources", response_class=HTMLResponse)
def sources(request: Request, store: Kept, name: Name = None, start: Start = 0) -> HTMLResponse:
    """All sources; with `?name=` what one says, whom it contradicts, who says the same."""
    return _page(request, store, "sources", name, start)


@router.get("/actors", response_class=HTMLResponse)
def actors(request: Request, store: Kept, name: Name = None, start: Start = 0) -> HTMLResponse:
    """All actors; with `?name=` the events in which one takes part."""
    return _page(request, store, "actors", name, start)


@router.get("/places", response_class=HTMLResponse)
def places(request: Request, store: Kept, name: Name = None, start: Start = 0) -> HTMLResponse:
    """All places; with `?name=` the events at one or inside it."""
    return _page(request, store, "places", name, start)


@router.get("/sources.json")
def sources_json(request: Request, store: Kept, name: Name = None, start: Start = 0) -> JSONResponse:
    """Sources as data."""
    return _data(request, store, "sources", name, start)


@router.get("/actors.json")
def actors_json(request: Request, store: Kept, name: Name = None, start: Start = 0) -> JSONResponse:
    """Actors as data."""
    return _data(request, store, "actors", name, start)


@router.get("/places.json")
def places_json(request: Request, store: Kept, name: Name = None, start: Start = 0) -> JSONResponse:
    """Places as data."""
    return _data(request, store, "places", name, start)
