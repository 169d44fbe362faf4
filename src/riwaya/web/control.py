"""Agreements with what follows from them, and who is said to hold what on which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse

from riwaya.incidents.control import Holding, contested
from riwaya.incidents.dossier import Dossier
from riwaya.store import Store, queries, summaries
from riwaya.store.dossiers import control as holdings_at
from riwaya.store.dossiers import dossier as read_dossier
from riwaya.store.dossiers import list_dossiers
from riwaya.store.memory import cached
from riwaya.store.redaction import Viewer
from riwaya.store.views import Page
from riwaya.web.asking import PER_PAGE, Kept, Start
from riwaya.web.guards import viewer_of
from riwaya.web.incident import plain
from riwaya.web.maps import REACH_KM
from riwaya.web.page import called_for, canonical_for, render
from riwaya.web.section import as_data

router = APIRouter()
CONTROL_KINDS = ("capture", "withdrawal", "evacuation", "surrender")
_COUNTRIES = 12  # countries shown together where no place is asked for
_PREPARED = "this is being prepared: ask again in some seconds"
_HOLDERS = 8  # holders named beside the map
Held = dict[str, tuple[Holding, ...]]
Called = Callable[[str], str]
Day = Annotated[str | None, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Name = Annotated[str | None, Query(max_length=200)]


def _wait(request: Request) -> HTMLResponse:
    """A page that asks again by itself."""
    page = render(request, "wait.html")
    page.headers["Refresh"] = "3"
    return page


def _listed(request: Request, store: Store, place: str | None) -> tuple[tuple[Dossier, ...] | None, bool]:
    viewer = viewer_of(request)
    where = canonical_for(request, place)
    key = ("dossiers", where, viewer.redaction)
    found: tuple[tuple[Dossier, ...] | None, bool] = request.app.state.slow.get(
        store, key, lambda: list_dossiers(store, viewer, place=where)
    )
    return found


@router.get("/dossiers", response_class=HTMLResponse)
def dossiers(request: Request, store: Kept, place: Name = None) -> HTMLResponse:
    """Agreements and truces, those told most first."""
    rows, fresh = _listed(request, store, place)
    if rows is None:
        return _wait(request)
    return render(request, "dossiers.html", rows=rows, fresh=fresh, place=place)


@router.get("/dossiers.json")
def dossiers_json(request: Request, store: Kept, place: Name = None) -> JSONResponse:
    """The same as data."""
    rows, _ = _listed(request, store, place)
    if rows is None:
        raise HTTPException(503, _PREPARED)
    return JSONResponse({"dossiers": [plain(asdict(row)) for row in rows]})


@router.get("/dossier/{id}.json")
def dossier_json(request: Request, id: str, store: Kept, day: Day = None) -> JSONResponse:
    """An agreement as data; with ``day`` as it was known at the end of that day."""
    return JSONResponse(plain(asdict(read_dossier(store, id, viewer_of(request), as_of=day or None))))


@router.get("/dossier/{id}", response_class=HTMLResponse)
def dossier(request: Request, id: str, store: Kept, day: Day = None) -> HTMLResponse:
    """An agreement: parties, sponsors, who asserted and denied it, batches, breaches; with ``day`` as known then."""
    viewer = viewer_of(request)
    whole = cached(store, ("dossier", id, viewer.redaction, None), lambda: read_dossier(store, id, viewer))
    found = read_dossier(store, id, viewer, as_of=day) if day else whole
    days = sorted({voice.published for voice in whole.voices if voice.published} | _days(whole))
    key = ("moves", id, viewer.redaction, day)
    lines, spots = cached(store, key, lambda: _moves(store, found, viewer))
    called = called_for(request)
    lines = [{**line, "ends": [called(name) for name in line["ends"]]} for line in lines]
    spots = [{**spot, "called": called(spot["name"])} for spot in spots]
    return render(
        request, "dossier.html", it=found, days=days, day=day, spots=as_data(spots), has_spots=bool(spots),
        lines=as_data(lines), has_lines=bool(lines),
    )  # fmt: skip


def _days(found: Dossier) -> set[str]:
    steps = (*found.batches, *found.terms, *found.calms, *found.violations, *found.ends)
    return {step.first_said for step in steps if step.first_said}


def _moves(store: Store, found: Dossier, viewer: Viewer) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Lines from where batches left to where they went, and the places at their ends."""
    known: dict[str, Any] = {}
    with store.reading() as connection:
        for id in dict.fromkeys([*found.incidents, *(step.incident for step in found.batches)]):
            for account in queries.incident_accounts(connection, id, viewer):
                known.update({place.name: place for place in account.places if place.lat is not None})
    ways: dict[tuple[str, str, bool], list[str]] = {}
    for step in found.batches:
        for start in step.from_:
            for end in step.to:
                if start in known and end in known and start != end:
                    ways.setdefault((start, end, step.planned), []).append(step.day or step.first_said or "")
    lines = [
        {"from": [known[start].lat, known[start].lon], "to": [known[end].lat, known[end].lon], "ends": [start, end],
         "days": sorted(set(filter(None, days))), "batches": len(days), "planned": planned}
        for (start, end, planned), days in ways.items()
    ]  # fmt: skip
    spots = [
        {"name": name, "lat": place.lat, "lon": place.lon, "km": REACH_KM.get(place.level, 0),
         "level": place.level, "things": [{"id": name, "kind": "", "disputed": False}]}
        for name, place in sorted(known.items())
    ]  # fmt: skip
    return lines, spots


def held(store: Store, viewer: Viewer, place: str | None) -> Held:
    """For each place of which something is said, the holders with the claims behind them; all places for None."""
    if place:
        return holdings_at(store, place, viewer)
    found: Held = {}
    for name, _ in summaries.facet(store, "country", viewer, most=_COUNTRIES):
        found.update(holdings_at(store, name, viewer))
    return dict(sorted(found.items(), key=lambda item: (-sum(len(each.claims) for each in item[1]), item[0])))


def on_day(found: Held, day: str) -> Held:
    """Those said to hold a place on a day."""
    cut = {name: tuple(each for each in some if _holds(each, day)) for name, some in found.items()}
    return {name: some for name, some in cut.items() if some}


def _holds(each: Holding, day: str) -> bool:
    return each.since <= day and (each.until is None or each.until >= day)


def _spots(found: Held, known: dict[str, summaries.Spot], called: Called) -> list[dict[str, Any]]:
    spots = []
    for name, holders in found.items():
        at = known.get(name)
        if at is not None:
            thing = {"id": name, "kind": "", "disputed": contested(holders)}
            spots.append(
                {"name": name, "called": called(name), "lat": at.lat, "lon": at.lon,
                 "km": REACH_KM.get(at.level or "", 0), "level": at.level,
                 "things": [thing], "holders": [each.holder for each in holders]}
            )  # fmt: skip
    return sorted(spots, key=lambda spot: -spot["km"])


def _whole(request: Request, store: Store, place: str | None) -> tuple[Held | None, bool]:
    viewer = viewer_of(request)
    key = ("control", place, viewer.redaction)
    found: tuple[Held | None, bool] = request.app.state.slow.get(store, key, lambda: held(store, viewer, place))
    return found


@router.get("/control", response_class=HTMLResponse)
def control(request: Request, store: Kept, day: Day = None, place: Name = None, start: Start = 0) -> HTMLResponse:
    """Who is said to hold what on a day (the last one told where none is asked for), with the claims behind it."""
    viewer = viewer_of(request)
    place = canonical_for(request, place)
    whole, fresh = _whole(request, store, place)
    if whole is None:
        return _wait(request)
    days = _told(list(whole.values()))
    chosen = day or (days[-1] if days else None)
    found = on_day(whole, chosen) if chosen else whole
    holders = Counter(each.holder for some in found.values() for each in some)
    spots = _spots(found, summaries.held_places(store, CONTROL_KINDS, viewer), called_for(request))
    page = Page(tuple(found.items())[start : start + PER_PAGE], len(found), start)
    return render(
        request, "control.html", page=page, size=PER_PAGE, days=days, day=chosen, place=place, spots=as_data(spots),
        has_spots=bool(spots), holders=holders.most_common(_HOLDERS), fresh=fresh,
        rivals={name for name, some in page.items if contested(some)},
    )  # fmt: skip


def _told(holders: Sequence[tuple[Holding, ...]]) -> list[str]:
    every = [each for some in holders for each in some]
    return sorted({day for each in every for day in (each.since, each.until) if day})


@router.get("/control/claims", response_class=HTMLResponse)
def claims(
    request: Request, store: Kept, held: Name = None, holder: Name = None, since: Day = None, place: Name = None
) -> HTMLResponse:  # fmt: skip
    """The claims behind one holder of one place (``held``) from a day on; ``place``: what the page was asked for."""
    found, _ = _whole(request, store, canonical_for(request, place))
    if found is None:
        return _wait(request)
    return render(request, "claims.html", held=held, holding=_holding(found, held, holder, since), asked=place)


@router.get("/control/claims.json")
def claims_json(
    request: Request, store: Kept, held: Name = None, holder: Name = None, since: Day = None, place: Name = None
) -> JSONResponse:  # fmt: skip
    """The same as data."""
    found, _ = _whole(request, store, canonical_for(request, place))
    if found is None:
        raise HTTPException(503, _PREPARED)
    return JSONResponse(plain(asdict(_holding(found, held, holder, since))))


def _holding(found: Held, place: str | None, holder: str | None, since: str | None) -> Holding:
    """A holder's time in a place. Raises 404 where nobody says so."""
    for each in found.get(place or "", ()):
        if each.holder == holder and each.since == since:
            return each
    raise HTTPException(404, "nobody is said to hold that place from that day on")


@router.get("/control.json")
def control_json(request: Request, store: Kept, day: Day = None, place: Name = None) -> JSONResponse:
    """The same as data: all places, on the day asked for, else over all days."""
    whole, _ = _whole(request, store, canonical_for(request, place))
    if whole is None:
        raise HTTPException(503, _PREPARED)
    found = on_day(whole, day) if day else whole
    return JSONResponse({"places": {name: [plain(asdict(each)) for each in some] for name, some in found.items()}})
