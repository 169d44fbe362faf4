"""The desk: incidents, disputed first, with facets in the address, a map and a timeline of what is listed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse

from riwaya.store import Store, queries, summaries
from riwaya.store.filters import Filter
from riwaya.store.redaction import Viewer
from riwaya.web.asking import PER_PAGE, Asked, Kept, Start
from riwaya.web.counting import days_counted, facets_of
from riwaya.web.guards import viewer_of
from riwaya.web.maps import REACH_KM
from riwaya.web.page import called_for, render
from riwaya.web.telling import incident_cards

router = APIRouter()
FACETS = ("kind", "place", "actor", "source", "stance", "status", "source_kind", "outlet")
FILTERS = (*FACETS, "q", "since", "until", "disputed", "reviewed", "area")  # what the address may ask for
TYPED = ("place", "actor", "source")  # facets in which a name can be typed
Sort = Annotated[str, Query(pattern="^(disputed|newest|oldest|accounts)$")]
_AROUND = 60  # characters shown beside a hit


@router.get("/desk", response_class=HTMLResponse)
def desk(request: Request, store: Kept, asked: Asked, sort: Sort = "disputed", start: Start = 0) -> HTMLResponse:
    """The incidents that a filter finds."""
    viewer = viewer_of(request)
    page = summaries.find_incidents(store, asked, viewer, sort=sort, start=start, size=PER_PAGE)
    facets = facets_of(store, asked, viewer, most=8)
    told = incident_cards(store, [row.id for row in page.items], viewer)
    return render(
        request, "desk.html", page=page, facets=[(name, facets[name]) for name in FACETS], asked=asked, sort=sort,
        size=PER_PAGE, located=summaries.located(store, asked, viewer), timeline=days_counted(store, asked, viewer),
        told=told, found=found_texts(store, asked, viewer),
        empty=summaries.is_empty(store), typed=TYPED, filters=FILTERS,
        drawn=request.app.state.cards.drawn,
    )  # fmt: skip


@router.get("/desk.json")
def desk_json(request: Request, store: Kept, asked: Asked, sort: Sort = "disputed", start: Start = 0) -> JSONResponse:
    """The same as data: incidents from ``start`` on, their total, facets, events by stretch of days."""
    viewer = viewer_of(request)
    page = summaries.find_incidents(store, asked, viewer, sort=sort, start=start, size=PER_PAGE)
    timeline = asdict(days_counted(store, asked, viewer))
    return JSONResponse({**asdict(page), "facets": facets_of(store, asked, viewer), "timeline": timeline})


@router.get("/spots.json")
def spots_json(request: Request, store: Kept, asked: Asked) -> JSONResponse:
    """The places of all that a filter finds, for maps: degrees, level, reach in km (0: a point), events, incidents."""
    called = called_for(request)
    found = [
        {**asdict(each), "km": REACH_KM.get(each.level or "", 0), "called": called(each.name)}
        for each in summaries.spots(store, asked, viewer_of(request))
    ]
    return JSONResponse({"spots": found})


def found_texts(store: Store, asked: Filter, viewer: Viewer) -> list[dict[str, Any]]:
    """For a search, the first reports with the words found in their original text: pieces (text, is a hit)."""
    if not asked.text:
        return []
    found = []
    for row in queries.list_reports(store, asked, viewer, size=6).items:
        text = queries.report(store, row.id, viewer)["report"]["text"] or ""
        spans = queries.hits(text, asked.text)
        if spans:
            found.append({"row": row, "pieces": _pieces(text, spans)})
    return found


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The surroundings of the first hits, cut into hits and the rest."""
    low, high = max(0, spans[0][0] - _AROUND), min(len(text), spans[0][1] + 3 * _AROUND)
    pieces, at = [("… " if low else "", False)], low
    for start, end in spans:
        if start < at or end > high:
            continue
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [*pieces, (text[at:high], False), (" …" if high < len(text) else "", False)]
