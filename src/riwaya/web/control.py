"""Agreements, and who is said to hold what on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse
from sqlalchemy import select

from riwaya.store import Store, queries
from riwaya.store.filters import Filter
from riwaya.store.redaction import Viewer
from riwaya.store.tables import holdings, reports, revisions
from riwaya.store.views import IncidentRow
from riwaya.web.asking import PER_PAGE, Kept, Start
from riwaya.web.guards import viewer_of
from riwaya.web.maps import REACH_KM
from riwaya.web.page import render
from riwaya.web.section import as_data

router = APIRouter()
DEALS = ("agreement", "ceasefire", "ceasefire_violation", "evacuation")
_REPORTS = 2000  # reports whose statements are looked through
Day = Annotated[str | None, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


@router.get("/dossiers", response_class=HTMLResponse)
def dossiers(request: Request, store: Kept, start: Start = 0) -> HTMLResponse:
    """Agreements and truces, and what was carried out of them, the most disputed first."""
    page = _deals(store, viewer_of(request), start)
    rows = [(row, _parties(store, row, viewer_of(request))) for row in page.items]
    return render(request, "dossiers.html", page=page, rows=rows, size=PER_PAGE)


@router.get("/dossiers.json")
def dossiers_json(request: Request, store: Kept, start: Start = 0) -> JSONResponse:
    """The same as data."""
    return JSONResponse(asdict(_deals(store, viewer_of(request), start)))


def _deals(store: Store, viewer: Viewer, start: int) -> queries.Page[IncidentRow]:
    return queries.list_incidents(store, Filter(kind=DEALS), viewer, start=start, size=PER_PAGE)


def _parties(store: Store, row: IncidentRow, viewer: Viewer) -> dict[str, Any]:
    view = queries.incident(store, row.id, viewer)
    found: dict[str, list[str]] = {"parties": [], "sponsors": []}
    said = []
    for account in view.accounts:
        found["parties"] += [party.name for party in (*account.agents, *account.targets)]
        found["sponsors"] += [party.name for party in account.mediators]
        for claim in account.claims:
            name = account.told if claim.source_kind == "outlet" else claim.source.name
            said.append((account.published, claim.stance, name, account.report, account.event))
    return {**{key: list(dict.fromkeys(names)) for key, names in found.items()}, "said": sorted(set(said))}


def statements(store: Store, viewer: Viewer, until: str | None) -> list[dict[str, Any]]:
    """Statements that someone holds a place, told until a day: what is said, by whom, when, in which words."""
    with store.reading() as connection:
        source = holdings.join(reports, reports.c.number == holdings.c.report).join(
            revisions, (revisions.c.report == reports.c.number) & revisions.c.current.is_(True)
        )
        query = select(reports.c.id, revisions.c.day).distinct().select_from(source)
        query = query.where(reports.c.withdrawn.is_(None))
        if until:
            query = query.where(revisions.c.day <= until)
        found = connection.execute(query.order_by(revisions.c.day, reports.c.id).limit(_REPORTS)).all()
    told = []
    for row in found:
        coded = queries.report(store, row.id, viewer)
        for each in coded.get("control") or ():
            head = {"report": row.id, "day": row.day, "outlet": coded["report"].get("outlet")}
            told.append({**head, **each})
    return told


def by_place(told: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Places with the statements on each, the latest last; ``holders`` are those that the statements name."""
    places: dict[str, dict[str, Any]] = {}
    for each in told:
        place = each["place"]
        entry = places.setdefault(place["name"], {"place": place, "said": []})
        entry["said"].append(each)
    for entry in places.values():
        holders = [each["holder"]["name"] for each in entry["said"] if each["stance"] != "denies"]
        entry["holders"] = list(dict.fromkeys(reversed(holders)))
    return [places[name] for name in sorted(places)]


@router.get("/control", response_class=HTMLResponse)
def control(request: Request, store: Kept, day: Day = None) -> HTMLResponse:
    """Who is said to hold what, with the statements behind each place."""
    viewer = viewer_of(request)
    everything = statements(store, viewer, None)
    days = sorted({each["day"] for each in everything if each["day"]})
    told = [each for each in everything if not day or (each["day"] or "") <= day]
    places = by_place(told)
    spots = [
        {"name": f"{entry['place']['name']}: {', '.join(entry['holders'])}", "lat": entry["place"]["lat"],
         "lon": entry["place"]["lon"], "km": REACH_KM.get(entry["place"].get("level") or "", 0),
         "things": [{"id": entry["place"]["name"], "kind": "", "disputed": len(entry["holders"]) > 1}]}
        for entry in places if entry["place"].get("lat") is not None
    ]  # fmt: skip
    return render(
        request, "control.html", places=places, days=days, day=day, spots=as_data(spots), has_spots=bool(spots)
    )


@router.get("/control.json")
def control_json(request: Request, store: Kept, day: Day = None) -> JSONResponse:
    """The same as data."""
    return JSONResponse({"places": by_place(statements(store, viewer_of(request), day or None))})
