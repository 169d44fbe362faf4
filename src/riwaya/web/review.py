"""The review queue: one event at a time, decided by keys, each decision kept at once and undoable."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from riwaya.model import Kind, SourceKind, Stance, Status, StoreError, What
from riwaya.store import Store, queries, summaries
from riwaya.store.corrections import Correction, read_corrections, standing
from riwaya.store.filters import Filter
from riwaya.store.redaction import Viewer
from riwaya.web.asking import Asked, Kept, Start
from riwaya.web.guards import Writer, set_session, viewer_of
from riwaya.web.page import labels, language_of, name_of, render
from riwaya.web.section import as_data
from riwaya.web.sessions import Person

router = APIRouter()
_BATCH = 8
_NAMED = ("agents", "targets", "mediators", "places")
Again = Annotated[str, Query(pattern="^(yes|no)$")]
_LABELS = ("when", "places", "agents", "targets", "mediators", "counts")
_DAY = 10  # letters of a day
_SHOWN = 200  # events shown where two have decided
_REACH = (220, 320)  # characters before and after the trigger
_NEAR = (100, 120)  # the same beside others


@router.get("/review", response_class=HTMLResponse)
def review(request: Request, store: Kept, asked: Asked, again: Again = "no") -> HTMLResponse:
    """The queue's page; its script asks for the events. ``again``: those that other coders have decided on."""
    todo, done = _progress(store, asked, viewer_of(request))
    second, seconded = _second(store, request.state.person)
    if again == "yes":
        todo, done = len(second), seconded
    language = language_of(request)
    closed = {"kind": Kind, "status": Status, "stance": Stance, "source_kind": SourceKind, "what": What}
    words = {group: {str(each): name_of(language, group, each) for each in values} for group, values in closed.items()}
    words["labels"] = {name: labels(language)[f"field.{name}"] for name in _LABELS}
    asked_for = as_data(str(request.url.query))
    return render(
        request, "review.html", todo=todo, done=done, again=again == "yes", second=len(second), asked_for=asked_for,
        words=as_data(words),
    )  # fmt: skip


@router.get("/review.json")
def review_json(
    request: Request, store: Kept, asked: Asked, start: Start = 0, again: Again = "no"
) -> JSONResponse:  # fmt: skip
    """The next events that nobody has decided on, with the words around their trigger, and how many there are.

    ``again=yes``: events on which others have decided and the person who asks has not, as the reader left them, so
    that a second coder decides without seeing what the first one did.
    """
    viewer = viewer_of(request)
    token = request.app.state.sessions.token(request.state.cookie) if request.state.cookie else ""
    if again == "yes":
        keys, done = _second(store, request.state.person)
        shown, total = keys[start : start + _BATCH], len(keys)
    else:
        page = summaries.find_events(store, _queued(asked, reviewed=False), viewer, start=start, size=_BATCH)
        shown, total = [(row.report, row.event, row.incident) for row in page.items], page.total
        _, done = _progress(store, asked, viewer)
    found = [_item(store, report, event, viewer, raw=again == "yes") for report, event, _ in shown]
    items = [{**each, "incident": key[2]} for each, key in zip(found, shown, strict=True) if each]
    names = request.app.state.names.among(language_of(request), _names_in(items), viewer.redaction)
    return JSONResponse({"items": items, "total": total, "done": done, "csrf": token, "names": names})


def _names_in(items: list[dict[str, Any]]) -> list[str]:
    own = [name for item in items for key in _NAMED for name in item[key]]
    return own + [name for item in items for claim in item["claims"] for name in (claim["source"], *claim["via"])]


def _second(store: Store, person: Person) -> tuple[list[tuple[str, str, str | None]], int]:
    """Events that others have decided on and the person has not, and how many both have."""
    with store.reading() as connection:
        made = standing(read_corrections(connection))
    by_event: dict[tuple[str, str], set[str]] = {}
    for each in made:
        if each.event and each.action != "add":
            by_event.setdefault((each.report, each.event), set()).add(each.coder)
    open_ = [key for key, coders in sorted(by_event.items()) if person.name not in coders]
    return [(*key, None) for key in open_], sum(len(coders) > 1 for coders in by_event.values())


def _queued(asked: Filter, *, reviewed: bool) -> Filter:
    """What a filter finds for the queue: a text that others reprint stands there once."""
    return replace(asked, reviewed=reviewed, reprint=False)


def _progress(store: Store, asked: Filter, viewer: Viewer) -> tuple[int, int]:
    todo = len(summaries.positions(store, _queued(asked, reviewed=False), viewer))
    done = len(summaries.positions(store, _queued(asked, reviewed=True), viewer))
    return todo, done


def around(text: str, start: int, end: int, reach: tuple[int, int] = _REACH) -> tuple[str, str]:
    """The words before and after a stretch of a text, whole ones; dots where the text goes on."""
    low, high = max(0, start - reach[0]), min(len(text), end + reach[1])
    before, after = text[low:start], text[end:high]
    if low:
        before = "… " + before.partition(" ")[2]
    if high < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, after


def _item(
    store: Store, report: str, name: str, viewer: Viewer, *, raw: bool = False, reach: tuple[int, int] = _REACH
) -> dict[str, Any] | None:
    """An event for the queue, None where the report has it no more or is withdrawn."""
    try:
        coded = queries.report(store, report, viewer, raw=raw)
    except StoreError:
        return None
    head = coded["report"]
    event = next((each for each in coded["events"] if each["id"] == name), None)
    if event is None:
        return None
    text = coded["report"]["text"] or ""
    trigger = event.get("trigger") or {}
    start, end = trigger.get("start") or 0, trigger.get("end") or 0
    before, after = around(text, start, end, reach)
    return {
        "report": report, "event": name, "outlet": head.get("outlet"),
        "published": (head.get("published") or "")[:_DAY],
        "kind": event["kind"], "status": event["status"], "line": event.get("line"),
        "from": event.get("from"), "to": event.get("to"), "background": event.get("background"),
        "before": before, "trigger": text[start:end], "after": after,
        "rule": event.get("rule"),
        **{name: [each["name"] for each in event.get(name) or ()] for name in _NAMED},
        "counts": [{k: c.get(k) for k in ("what", "min", "max", "text")} for c in event.get("counts") or ()],
        "claims": [
            {"source": c["source"]["name"], "source_kind": c.get("source_kind"), "stance": c["stance"],
             "via": [v["name"] for v in c.get("via") or ()], "quotation": (c.get("quotation") or {}).get("text")}
            for c in event.get("claims") or ()
        ],
    }  # fmt: skip


@router.get("/review/compare", response_class=HTMLResponse)
def compare(request: Request, store: Kept) -> HTMLResponse:
    """Two coders side by side: events on which more than one person has decided, those that differ first."""
    return render(request, "compare.html", **_compared(request, store))


@router.get("/review/compare.json")
def compare_json(request: Request, store: Kept) -> JSONResponse:
    """The same as data."""
    return JSONResponse(_compared(request, store))


def _compared(request: Request, store: Store) -> dict[str, Any]:
    """The coders, and events on which several have decided: for who may write, as others see no raw reading."""
    with store.reading() as connection:
        made = standing(read_corrections(connection))
    together = _together(made) if request.state.person.may_write else []
    shown = sorted(together, key=lambda row: row["agree"])[:_SHOWN]
    viewer = viewer_of(request)
    for row in shown:
        row["item"] = _item(store, row["report"], row["event"], viewer, raw=True, reach=_NEAR)
    agree = sum(row["agree"] for row in together)
    return {"coders": sorted({each.coder for each in made}), "agree": agree, "total": len(together), "rows": shown}


def _together(made: list[Correction]) -> list[dict[str, Any]]:
    by_event: dict[tuple[str, str], list[Correction]] = {}
    for each in made:
        if each.event:
            by_event.setdefault((each.report, each.event), []).append(each)
    rows = []
    for key, decisions in sorted(by_event.items()):
        coders = {each.coder for each in decisions}
        if len(coders) > 1:
            said: dict[str, list[tuple[str, str | None, str]]] = {coder: [] for coder in sorted(coders)}
            for each in decisions:
                said[each.coder].append((each.action, each.field, _plainly(each.value)))
            values = list(said.values())
            rows.append({"report": key[0], "event": key[1], "said": said, "agree": all(v == values[0] for v in values)})
    return rows


def _plainly(value: Any) -> str:
    """A corrected value in few words: names, figures, stances."""
    if isinstance(value, dict):
        source = value.get("source") or {}
        name = value.get("name") or source.get("name") or value.get("what") or ""
        figures = [str(value[key]) for key in ("min", "max") if value.get(key) is not None]
        return " ".join([str(name), *figures, value.get("stance") or ""]).strip()
    if isinstance(value, list):
        return "; ".join(_plainly(each) for each in value)
    return "" if value is None else str(value)


@router.post("/coder")
def name_coder(
    request: Request, person: Writer, name: Annotated[str, Form(min_length=1, max_length=60)]
) -> RedirectResponse:
    """Work under another name, where nobody signs in; with accounts the name is the account's."""
    response = RedirectResponse("/review", status_code=303)
    if request.app.state.settings.accounts is None:
        named = Person(name.strip() or person.name, person.role)
        set_session(request, response, request.app.state.sessions.issue(named))
    return response
