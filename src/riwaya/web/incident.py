"""The incident: its accounts in a matrix, what is disputed and by whom, how that changed, what belongs together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from sqlalchemy import select

from riwaya.incidents.account import Account
from riwaya.incidents.disputes import Field, Voice
from riwaya.store import Store, queries, summaries
from riwaya.store.filters import Filter
from riwaya.store.joins import near_misses
from riwaya.store.linking import link_new
from riwaya.store.redaction import Viewer
from riwaya.store.tables import events, reports
from riwaya.store.views import IncidentRow, IncidentView, PlaceView
from riwaya.store.writer import judge, undo_judgement
from riwaya.web.asking import Kept
from riwaya.web.guards import Writer, viewer_of
from riwaya.web.maps import spots_of
from riwaya.web.page import called_for, render
from riwaya.web.section import as_data
from riwaya.web.telling import incident_cards

router = APIRouter()
Words = dict[tuple[str, str, str], tuple[str, str | None]]
All = Annotated[str, Query(pattern="^(yes|no)$")]
_COLUMNS = 12  # sources shown in the matrix where there are more
_CELLS, _LISTED = 8, 48  # accounts of a cell and in the list, of which the rest is a link away
_EVERY = 100_000
_DAY = 10  # letters of a day
_SUGGESTED = 6  # other incidents shown as perhaps the same


@dataclass(frozen=True, slots=True)
class Cell:
    """What a source gives for a field: the value, the voice, and where its words stand in the report."""

    value: str
    voice: Voice
    quotation: str
    chars: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A field of the matrix: its sides and, for each source, the cells."""

    field: Field
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The sources shown, a row a field, and how many sources there are in all."""

    sources: tuple[Voice, ...]
    rows: tuple[Row, ...]
    total: int


def matrix_of(view: IncidentView, words: Words, most: int | None = None) -> Matrix:
    """The sources, each once, and a row a field with a cell a source.

    ``most``: sources shown, those that speak of the most disputed fields; all for None.
    """
    sources: dict[str, Voice] = {}
    disputed: Counter[str] = Counter()
    for field in view.fields:
        for side in field.sides:
            for voice in side.voices:
                sources.setdefault(voice.source.name, voice)
            disputed.update(side.sources if field.disputed else ())
    ranked = sorted(sources, key=lambda name: -disputed[name])
    shown = [name for name in sources if most is None or name in ranked[:most]]
    rows = []
    for field in view.fields:
        cells: dict[str, list[Cell]] = {name: [] for name in sources}
        for side in field.sides:
            for voice in side.voices:
                said, chars = words.get((voice.report, voice.event, voice.quotation), (voice.quotation, None))
                cells[voice.source.name].append(Cell(side.value, voice, said, chars))
        rows.append(Row(field, tuple(tuple(cells[name]) for name in shown)))
    return Matrix(tuple(sources[name] for name in shown), tuple(rows), len(sources))


def words_of(accounts: tuple[Account, ...]) -> Words:
    """For each claim's evidence the sentence that it stands in, and where that is: `120,188`, raw code points."""
    found: Words = {}
    for account in accounts:
        for claim in account.claims:
            if claim.sentence and claim.at:
                where = f"{claim.at[0]},{claim.at[1]}"
                found.setdefault((account.report, account.event, claim.quotation), (claim.sentence, where))
    return found


def _changes(view: IncidentView) -> list[dict[str, Any]]:
    """For each field on which more than one value was given on more than one day: by day the values and who gave them.

    A value that nobody gave on an earlier day is new.
    """
    found = []
    for field in view.fields:
        days: dict[str, dict[str, dict[str, None]]] = {}
        for side in field.sides:
            for voice in side.voices:
                days.setdefault(voice.published[:_DAY], {}).setdefault(side.value, {})[voice.source.name] = None
        if len(days) < 2 or len(field.sides) < 2:
            continue
        seen: set[str] = set()
        said = []
        for day in sorted(days):
            said.append((day, [(value, tuple(names), value not in seen) for value, names in sorted(days[day].items())]))
            seen.update(days[day])
        found.append({"field": field, "said": said})
    return found


def _suggest(store: Store, view: IncidentView, viewer: Viewer) -> list[IncidentRow]:
    """Other incidents that may be the same: those that nearly fitted, then those of its kind, country and days."""
    apart = {tuple(each[side]) for each in view.judgements if each["verdict"] == "negative" for side in "ab"}
    near = [each for each in near_misses(store, view.id) if tuple(each["b"]) not in apart]
    ids = [each["incident"] for each in near] + [row.id for row in _alike(store, view, viewer)]
    chosen = [id for id in dict.fromkeys(ids) if id and id != view.id][:_SUGGESTED]
    return list(queries.incident_rows(store, chosen, viewer))


def _alike(store: Store, view: IncidentView, viewer: Viewer) -> tuple[IncidentRow, ...]:
    days = sorted(account.from_ for account in view.accounts if account.from_)
    countries = [place.country for account in view.accounts for place in account.places if place.country]
    if not days or not countries:
        return ()
    low, high = date.fromisoformat(days[0]) - timedelta(1), date.fromisoformat(days[-1]) + timedelta(1)
    asked = Filter(kind=(view.kind,), place=countries[0], since=low.isoformat(), until=high.isoformat())
    return summaries.told_most(store, asked, viewer, size=_SUGGESTED + 1)


def _spots(view: IncidentView, called: Callable[[str], str]) -> list[dict[str, Any]]:
    told = []
    for account in view.accounts:
        places = [PlaceView(p.name, p.country, p.level, p.lat, p.lon, p.role, p.direction) for p in account.places]
        told.append((places, {"id": account.report, "kind": account.kind, "disputed": False}))
    return spots_of(told, called)


@router.get("/incident/{id}.json")
def incident_json(request: Request, id: str, store: Kept) -> JSONResponse:
    """The incident as data: accounts, fields with their sides, ranges of figures, reports, judgements."""
    return JSONResponse(plain(asdict(queries.incident(store, id, viewer_of(request)))))


@router.get("/incident/{id}", response_class=HTMLResponse)
def incident(request: Request, id: str, store: Kept, all: All = "no") -> HTMLResponse:
    """One incident with all that is said of it. ``all``: every source and account, however many they are."""
    viewer = viewer_of(request)
    view = queries.incident(store, id, viewer, joined_by=False)
    matrix = matrix_of(view, words_of(view.accounts), None if all == "yes" else _COLUMNS)
    spots = _spots(view, called_for(request))
    undone = {each["undoes"] for each in view.judgements}
    judged = [each for each in view.judgements if each["verdict"] != "undo" and each["number"] not in undone]
    row = next(iter(queries.incident_rows(store, [view.id], viewer)), None)
    told = incident_cards(store, [view.id], viewer)
    return render(
        request, "incident.html", row=row, told=told, view=view, matrix=matrix, changed=_changes(view),
        spots=as_data(spots), has_spots=bool(spots), judged=judged,
        most=_EVERY if all == "yes" else _CELLS, listed=_EVERY if all == "yes" else _LISTED,
    )  # fmt: skip


@router.get("/incident/{id}/suggested", response_class=HTMLResponse)
def suggested(request: Request, id: str, store: Kept) -> HTMLResponse:
    """Other incidents that may be the same one: the incident's page asks for them once it is shown."""
    viewer = viewer_of(request)
    view = queries.incident(store, id, viewer, joined_by=False)
    rows = _suggest(store, view, viewer)
    told = incident_cards(store, [row.id for row in rows], viewer)
    return render(request, "suggested.html", view=view, suggested=rows, told=told)


@router.get("/incident/{id}/suggested.json")
def suggested_json(request: Request, id: str, store: Kept) -> JSONResponse:
    """The same as data."""
    viewer = viewer_of(request)
    rows = _suggest(store, queries.incident(store, id, viewer, joined_by=False), viewer)
    return JSONResponse({"suggested": [asdict(row) for row in rows]})


def plain(value: Any) -> Any:
    """Plain data: sets as sorted lists."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    return [plain(each) for each in value] if isinstance(value, (list, tuple)) else value


Field_ = Annotated[str, Form(max_length=400)]


@router.post("/incident/{id}/split")
def split(request: Request, id: str, store: Kept, person: Writer, report: Field_, event: Field_) -> RedirectResponse:
    """Say of an account that it tells another happening than the others here."""
    view = queries.incident(store, id, joined_by=False)
    for account in view.accounts:
        if account.key != (report, event):
            judge(store, person.name, (report, event), account.key, "negative")
    link_new(store)
    return RedirectResponse(f"/incident/{_where(store, (report, event)) or id}", status_code=303)


@router.post("/incident/{id}/merge")
def merge(request: Request, id: str, store: Kept, person: Writer, other: Field_) -> RedirectResponse:
    """Say of two incidents that they are one happening."""
    mine, theirs = (queries.incident(store, each, joined_by=False) for each in (id, other))
    if mine.id != theirs.id:
        judge(store, person.name, mine.accounts[0].key, theirs.accounts[0].key, "positive")
        link_new(store)
    return RedirectResponse(f"/incident/{_where(store, mine.accounts[0].key) or id}", status_code=303)


@router.post("/incident/{id}/unjudge")
def unjudge(
    request: Request, id: str, store: Kept, person: Writer, number: Annotated[int, Form(ge=1)]
) -> RedirectResponse:
    """Take a judgement back."""
    first = queries.incident(store, id, joined_by=False).accounts[0].key
    undo_judgement(store, person.name, number)
    link_new(store)
    return RedirectResponse(f"/incident/{_where(store, first) or id}", status_code=303)


def _where(store: Store, key: tuple[str, str]) -> str | None:
    """The incident that holds an account now."""
    with store.reading() as connection:
        source = events.join(reports, reports.c.number == events.c.report)
        query = select(events.c.incident).select_from(source)
        value = connection.execute(query.where(reports.c.id == key[0], events.c.event == key[1])).scalar()
    return str(value) if value else None
