"""The first page: paste an Arabic report or give a file, see it coded at once, add it to the store."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, File, HTTPException, Request, UploadFile
from fastapi import Form as FormField
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from riwaya.export.coded import code_report
from riwaya.model import DocumentError, Report, Stance
from riwaya.store.linking import link_new
from riwaya.store.writer import add_reports
from riwaya.web.fetching import fetch_page
from riwaya.web.guards import Writer
from riwaya.web.intake import EMPTY, FILES, Form, Problem, read_form, with_file
from riwaya.web.page import called_for, labels, language_of, render
from riwaya.web.section import section_of

router = APIRouter()
UNDATED = "no publication date: relative times stay unresolved"  # as the reader notes it
_PROBLEMS = ("empty", "not_arabic", "head_too_long", "bad_date", "no_store")  # that an address may name

Text = Annotated[str, FormField()]


@router.get("/", response_class=HTMLResponse)
def first_page(request: Request) -> HTMLResponse:
    """The box to paste a report into."""
    named = request.query_params.get("problem")
    return _box(request, EMPTY, Problem(named) if named in _PROBLEMS else None, 200)


def _box(request: Request, form: Form, problem: Problem | None, status: int = 422) -> HTMLResponse:
    """The page with the box, and what was wrong with what was given before."""
    error = _said(request, problem) if problem else None
    limit, kinds = request.app.state.settings.paste_limit, ",".join(FILES)
    return render(
        request, "paste.html", status, section=None, error=error, form=form, limit=limit, kinds=kinds
    )


def _said(request: Request, problem: Problem) -> str:
    return labels(language_of(request))[f"problem.{problem.key}"].format(**problem.parts)


def _read(request: Request, form: Form) -> Report | Problem:
    state = request.app.state
    return read_form(state.reader, form, state.settings.paste_limit)


@router.post("/read", response_class=HTMLResponse)
async def read_pasted(
    request: Request, text: Text = "", published: Text = "", outlet: Text = "", title: Text = "", url: Text = "",
    csrf: Text = "", upload: Annotated[UploadFile | None, File()] = None,
) -> HTMLResponse:  # fmt: skip
    """The pasted report, coded: the text with its marks, the events beside it. ``url``: a page to fetch instead."""
    given = {"text": text, "published": published, "outlet": outlet, "title": title, "url": url}
    form, problem = await with_file(given, upload)
    if problem:
        return _box(request, form, problem)
    if url.strip() and not form["text"].strip():
        try:
            form = await _with_page(request, form, csrf)
        except DocumentError as error:
            return _box(request, form, Problem("url", {"reason": error}))
    report = await run_in_threadpool(_read, request, form)
    if isinstance(report, Problem):
        return _box(request, form if form["text"] == text else given, report)
    language = language_of(request)
    if not form["published"]:
        report = replace(report, notes=tuple(note for note in report.notes if note != UNDATED))  # the page asks for it
    section = section_of(report, language, called_for(request))
    return render(
        request, "paste.html", section=section, tally=tally_of(report), error=None, form=form,
        titled=bool(form["title"]), limit=request.app.state.settings.paste_limit, kinds=",".join(FILES),
    )  # fmt: skip


async def _with_page(request: Request, form: Form, csrf: str) -> Form:
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
        "denied": sum(claim.stance in (Stance.DENIES, Stance.UNCONFIRMED) for claim in claims),
        "places": len({mention.place.name for mention in report.places}),
        "actors": len({mention.actor.name for mention in report.actors}),
    }


@router.post("/read.json")
def read_pasted_json(
    request: Request, text: Text = "", published: Text = "", outlet: Text = "", title: Text = ""
) -> JSONResponse:
    """The coded report of a pasted text as JSON."""
    report = _read(request, {**EMPTY, "text": text, "published": published, "outlet": outlet, "title": title})
    if isinstance(report, Problem):
        return JSONResponse({"error": report.key, "said": _said(request, report)}, status_code=422)
    return JSONResponse(code_report(report))


@router.post("/add")
def add_pasted(
    request: Request, person: Writer, text: Text = "", published: Text = "", outlet: Text = "", title: Text = "",
    url: Text = "",
) -> RedirectResponse:  # fmt: skip
    """Keep the pasted report in the store and link it; then its own page."""
    form = {"text": text, "published": published, "outlet": outlet, "title": title, "url": url}
    report = _read(request, form)
    if isinstance(report, Problem) or request.app.state.store is None:
        named = report.key if isinstance(report, Problem) else "no_store"
        return RedirectResponse(f"/?problem={named}", status_code=303)
    added = add_reports(request.app.state.store, [report])
    link_new(request.app.state.store)
    found = [*added.new, *added.changed, *added.same]
    return RedirectResponse(f"/report/{found[0]}", status_code=303)
