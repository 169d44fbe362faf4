"""The first page: paste an Arabic report or give a file, see it coded at once, add it to the store."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, HTTPException, Request, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from riwaya.export.coded import code_report
from riwaya.model import DocumentError, Report, Stance
from riwaya.reading.reader import parse_published
from riwaya.store.linking import link_new
from riwaya.store.writer import add_reports
from riwaya.web.fetching import fetch_page
from riwaya.web.guards import Writer
from riwaya.web.page import language_of, render
from riwaya.web.section import section_of

router = APIRouter()
MAX_UPLOAD = 4_000_000  # bytes
_EMPTY = {"text": "", "published": "", "outlet": "", "title": "", "url": ""}
_PROBLEMS = ("empty", "too_long", "head_too_long", "bad_date", "no_store")
_HEAD = 300  # characters of an outlet, title or address

Text = Annotated[str, Form()]


@router.get("/", response_class=HTMLResponse)
def first_page(request: Request) -> HTMLResponse:
    """The box to paste a report into."""
    problem = request.query_params.get("problem")
    return render(request, "paste.html", section=None, error=problem if problem in _PROBLEMS else None, form=_EMPTY)


def _problem(form: dict[str, str], limit: int) -> str | None:
    """What is wrong with a pasted report, None where nothing is."""
    if not form["text"].strip():
        return "empty"
    if len(form["text"]) > limit:
        return "too_long"
    if any(len(form.get(name) or "") > _HEAD for name in ("outlet", "title", "url")):
        return "head_too_long"
    try:
        parse_published(form["published"] or None)
    except ValueError:
        return "bad_date"
    return None


async def _with_file(form: dict[str, str], upload: UploadFile | None) -> dict[str, str]:
    """The form with the text of a file in place of a pasted one, where a file was given."""
    if upload is None or not upload.filename:
        return form
    data = await upload.read(MAX_UPLOAD + 1)
    if len(data) > MAX_UPLOAD:
        return {**form, "text": "x" * (MAX_UPLOAD + 1)}
    from riwaya.documents.encoding import decode_bytes

    return {**form, "text": decode_bytes(data).text}


def _read(request: Request, form: dict[str, str]) -> tuple[Report | None, str | None]:
    problem = _problem(form, request.app.state.settings.paste_limit)
    if problem:
        return None, problem
    text = form["text"].replace("\r\n", "\n")
    head: dict[str, Any] = {name: form.get(name) or None for name in ("published", "outlet", "title", "url")}
    return request.app.state.reader.read(text, **head), None


@router.post("/read", response_class=HTMLResponse)
async def read_pasted(
    request: Request, text: Text = "", published: Text = "", outlet: Text = "", title: Text = "", url: Text = "",
    csrf: Text = "", upload: Annotated[UploadFile | None, File()] = None,
) -> HTMLResponse:  # fmt: skip
    """The pasted report, coded: the text with its marks, the events beside it. ``url``: a page to fetch instead."""
    form = {"text": text, "published": published, "outlet": outlet, "title": title, "url": url}
    form = await _with_file(form, upload)
    if url.strip() and not form["text"].strip():
        try:
            form = await _with_page(request, form, csrf)
        except DocumentError as error:
            return render(request, "paste.html", 422, section=None, error="url", reason=str(error), form=form)
    report, problem = await run_in_threadpool(_read, request, form)
    if report is None:
        kept = form if problem != "too_long" else {**form, "text": ""}
        return render(request, "paste.html", 422, section=None, error=problem, form=kept)
    section = section_of(report, language_of(request))
    return render(request, "paste.html", section=section, tally=tally_of(report), error=None, form=form)


async def _with_page(request: Request, form: dict[str, str], csrf: str) -> dict[str, str]:
    """The form with the text and head of the page at its address. Raises DocumentError where there is none.

    Only where the workbench was started to fetch, for those who may write, from a form of their own session.
    """
    state, person = request.app.state, request.state.person
    if not state.settings.fetch:
        raise HTTPException(403, "addresses are not fetched here: start the workbench with --fetch")
    if person is None or not person.may_write or not state.sessions.fits(request.state.cookie or "", csrf):
        raise HTTPException(403, "this form is out of date, or your role may not fetch: load the page again")
    page = await run_in_threadpool(fetch_page, form["url"], form["published"] or None, form["outlet"] or None)
    head = {name: form[name] or getattr(page, name) or "" for name in ("published", "outlet", "title")}
    return {**form, **head, "text": page.text}


def tally_of(report: Report) -> dict[str, int]:
    """What was read, in numbers: events told as news, sources, denials, values with their words."""
    claims = [claim for event in report.events for claim in event.claims]
    return {
        "events": len(report.events),
        "sources": len({claim.source.actor.name for claim in claims}),
        "denied": sum(claim.stance is not Stance.ASSERTS for claim in claims),
        "places": len({mention.place.name for mention in report.places}),
        "actors": len({mention.actor.name for mention in report.actors}),
    }


@router.post("/read.json")
def read_pasted_json(
    request: Request, text: Text = "", published: Text = "", outlet: Text = "", title: Text = ""
) -> JSONResponse:
    """The coded report of a pasted text as JSON."""
    report, problem = _read(request, {"text": text, "published": published, "outlet": outlet, "title": title})
    if report is None:
        return JSONResponse({"error": problem}, status_code=422)
    return JSONResponse(code_report(report))


@router.post("/add")
def add_pasted(
    request: Request, person: Writer, text: Text = "", published: Text = "", outlet: Text = "", title: Text = "",
    url: Text = "",
) -> RedirectResponse:  # fmt: skip
    """Keep the pasted report in the store and link it; then its own page."""
    form = {"text": text, "published": published, "outlet": outlet, "title": title, "url": url}
    report, problem = _read(request, form)
    if report is None or request.app.state.store is None:
        return RedirectResponse(f"/?problem={problem or 'no_store'}", status_code=303)
    added = add_reports(request.app.state.store, [report])
    link_new(request.app.state.store)
    found = [*added.new, *added.changed, *added.same]
    return RedirectResponse(f"/report/{found[0]}", status_code=303)
