"""The report: its text and events, evidence both ways, and correction in place through the store."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import select

from riwaya.model import Kind, SourceKind, Stance, Status, What
from riwaya.store import Store, queries
from riwaya.store.decoding import decode_report
from riwaya.store.linking import link_new
from riwaya.store.redaction import Viewer
from riwaya.store.tables import events
from riwaya.store.tables import reports as table
from riwaya.store.writer import Decision, correct, restore_report, undo, withdraw_report
from riwaya.web.asking import PER_PAGE, Asked, Kept, Start
from riwaya.web.guards import Writer, viewer_of
from riwaya.web.page import called_for, language_of, render
from riwaya.web.section import as_data, section_of

router = APIRouter()
CHOICES = {
    "kind": list(Kind), "status": list(Status), "stance": list(Stance), "source_kind": list(SourceKind),
    "what": list(What),
}  # fmt: skip
Search = Annotated[str | None, Query(max_length=200)]
_LISTS = ("agents", "targets", "mediators")
_PROTOTYPE: dict[str, Any] = {"aliases": [], "evidence": None, "rule": "person"}


class Change(BaseModel):
    """A decision on an event. ``value`` for a field: see ``plain_value``. ``key`` names a decision sent twice."""

    event: str | None = Field(None, max_length=60)
    action: Literal["accept", "reject", "change", "add", "flag"]
    field: str | None = Field(None, max_length=20)
    value: Any = None
    reason: str | None = Field(None, max_length=500)
    key: str | None = Field(None, max_length=60)


class Undo(BaseModel):
    """The number of a correction to take back."""

    number: int = Field(ge=1, le=2**31)
    reason: str | None = Field(None, max_length=500)


@router.get("/reports", response_class=HTMLResponse)
def reports(request: Request, store: Kept, asked: Asked, start: Start = 0) -> HTMLResponse:
    """The reports that a filter finds."""
    page = queries.list_reports(store, asked, viewer_of(request), start=start, size=PER_PAGE)
    return render(request, "reports.html", page=page, asked=asked, size=PER_PAGE)


@router.get("/reports.json")
def reports_json(request: Request, store: Kept, asked: Asked, start: Start = 0) -> JSONResponse:
    """The same as data."""
    return JSONResponse(asdict(queries.list_reports(store, asked, viewer_of(request), start=start, size=PER_PAGE)))


@router.get("/report/{id:path}.json")
def report_json(request: Request, id: str, store: Kept) -> JSONResponse:
    """The coded report with corrections laid over."""
    return JSONResponse(queries.report(store, id, viewer_of(request)))


@router.get("/report/{id:path}", response_class=HTMLResponse)
def report(request: Request, id: str, store: Kept, q: Search = None) -> HTMLResponse:
    """One report: marked text, events, corrections."""
    viewer = viewer_of(request)
    coded = queries.report(store, id, viewer)
    record = replace(decode_report(coded), notes=tuple(coded.get("notes", ())))  # corrections stand at the events
    language = language_of(request)
    section = section_of(record, language, called_for(request), q)
    places = _incidents(store, id, viewer)
    extra = {event["id"]: event for event in coded["events"]}
    return render(
        request, "report.html", section=section, titled=True, coded=coded, extra=extra, incidents=places,
        choices=CHOICES, id=id, revisions=queries.revisions_of(store, id),
        fields=as_data({key: _shown(event) for key, event in extra.items()}),
    )  # fmt: skip


def _incidents(store: Store, id: str, viewer: Viewer) -> dict[str, str]:
    """The incident of each event of a report."""
    with store.reading() as connection:
        source = events.join(table, table.c.number == events.c.report)
        query = select(events.c.event, events.c.incident).select_from(source).where(table.c.id == id)
        return {row.event: row.incident for row in connection.execute(query) if row.incident}


def _shown(event: dict[str, Any]) -> dict[str, Any]:
    """What the correction form of an event begins with."""
    shown: dict[str, Any] = {name: event.get(name) for name in ("kind", "status", "from", "to", "background")}
    for name in (*_LISTS, "places"):
        shown[name] = [item["name"] for item in event.get(name) or ()]
    figures = ("what", "who", "min", "max")
    shown["counts"] = [{key: count.get(key) for key in figures} for count in event.get("counts") or ()]
    shown["claims"] = [
        {"source": claim["source"]["name"], "source_kind": claim.get("source_kind"), "stance": claim["stance"]}
        for claim in event.get("claims") or ()
    ]
    return shown


@router.post("/correct/{id:path}")
def correct_report(request: Request, id: str, store: Kept, person: Writer, change: Change) -> JSONResponse:
    """Keep a decision; its number, by which it can be undone. The same ``key`` again gives the same number."""
    done: dict[str, int] = request.app.state.done
    key = f"{person.name}\0{change.key}" if change.key else None
    if key and key in done:
        return JSONResponse({"number": done[key]})
    value = change.value
    if change.field and value is not None:
        value = plain_value(queries.report(store, id), change.event, change.field, value)
    number = correct(store, person.name, Decision(id, change.event, change.action, change.field, value, change.reason))
    if key:
        done[key] = number
    if change.action in ("change", "add", "reject"):
        link_new(store)
    return JSONResponse({"number": number})


@router.post("/undo/{id:path}")
def undo_correction(request: Request, id: str, store: Kept, person: Writer, change: Undo) -> JSONResponse:
    """Take a correction back; the number of the undo."""
    number = undo(store, person.name, change.number, change.reason)
    link_new(store)
    return JSONResponse({"number": number})


class Reason(BaseModel):
    """Why a report is withdrawn or restored."""

    reason: str = Field("", max_length=500)


@router.post("/withdraw/{id:path}")
def withdraw(request: Request, id: str, store: Kept, person: Writer, why: Reason) -> JSONResponse:
    """Set a tombstone: the report shows and counts no more; its revisions stay."""
    withdraw_report(store, id, person.name, why.reason)
    link_new(store)
    return JSONResponse({"withdrawn": True})


@router.post("/restore/{id:path}")
def restore(request: Request, id: str, store: Kept, person: Writer, why: Reason) -> JSONResponse:
    """Take a tombstone away again."""
    restore_report(store, id, person.name, why.reason)
    link_new(store)
    return JSONResponse({"withdrawn": False})


def plain_value(coded: dict[str, Any], event: str | None, field: str, value: Any) -> Any:
    """A value as the store keeps it: names become the report's own actors and places, where it has them."""
    if not isinstance(value, list):
        return value
    if field in _LISTS:
        return [_known(coded["actors"], item, "kind", "other") for item in value]
    if field == "places":
        return [_place(coded, event, item) for item in value]
    if field == "counts":
        return [_count(item) for item in value if isinstance(item, dict)]
    if field == "claims":
        return [_claim(coded, event, item) for item in value if isinstance(item, dict)]
    return value


def _known(mentions: list[dict[str, Any]], item: Any, key: str, default: str) -> dict[str, Any]:
    if isinstance(item, dict):
        return item
    name = str(item).strip()
    found = next((each for each in mentions if name == each["name"] or name in (each.get("aliases") or ())), None)
    if found is None:
        return {"id": None, "name": name, key: default, "known": False, **_PROTOTYPE}
    words = {"start": found["start"], "end": found["end"], "text": found["text"]}
    kept = {name: each for name, each in found.items() if name not in ("start", "end", "text")}
    return {**kept, "evidence": words, "rule": "person"}


def _event(coded: dict[str, Any], event: str | None) -> dict[str, Any]:
    return next((each for each in coded["events"] if each["id"] == event), {})


def _place(coded: dict[str, Any], event: str | None, item: Any) -> dict[str, Any]:
    if isinstance(item, dict):
        return item
    name = str(item).strip()
    own = _event(coded, event)
    before = next((each for each in own.get("places") or () if each["name"] == name), None)
    if before is not None:
        return dict(before)
    unknown = {"country": None, "admin1": None, "lat": None, "lon": None, "direction": None}
    return {**unknown, "role": "at", **_known(coded["places"], name, "level", "region")}


def _count(item: dict[str, Any]) -> dict[str, Any]:
    figure = {name: item.get(name) if isinstance(item.get(name), int) else None for name in ("min", "max")}
    words = {"start": 0, "end": 0, "text": ""}
    said = {"what": item.get("what"), "who": item.get("who") or None, "approx": False, "part_of": None}
    return {**words, **said, **figure, "rule": "person"}


def _claim(coded: dict[str, Any], event: str | None, item: dict[str, Any]) -> dict[str, Any]:
    own = _event(coded, event)
    source = item.get("source")
    name = source if isinstance(source, str) else (source or {}).get("name", "")
    before = next((each for each in own.get("claims") or () if each["source"]["name"] == name), None)
    kept = before or {"source": _known(coded["actors"], name, "kind", "other"), "via": [], "evidence": [], "counts": []}
    kind = item.get("source_kind") or kept.get("source_kind") or "unnamed"
    return {**kept, "stance": item.get("stance"), "source_kind": kind, "rule": "person"}
