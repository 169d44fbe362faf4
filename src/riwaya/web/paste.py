"""The first page: paste an Arabic report or give a file, see it coded at once, add it to the store."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from riwaya.export.coded import code_report
from riwaya.model import Report
from riwaya.reading.reader import parse_published
from riwaya.store.linking import link_new
from riwaya.store.writer import add_reports
from riwaya.web.guards import Writer
from riwaya.web.page import language_of, render
from riwaya.web.section import section_of

router = APIRouter()
MAX_UPLOAD = 4_000_000  # bytes
_EMPTY = {"text": "", "published": "", "outlet": "", "title": ""}
_HEAD = 300  # characters of an outlet, title or address

Text = Annotated[str, Form()]


@router.get("/", response_class=HTMLResponse)
def first_page(request: Request) -> HTMLResponse:
    """The box to paste a report into."""
    return render(request, "paste.html", section=None, error=None, form=_EMPTY)


def _problem(form: dict[str, str], limit: int) -> str | None:
    """What is wrong with a pasted report, None where nothing is."""
    if not form["text"].strip():
        return "empty"
    if len(form["text"]) > limit:
        return "too_long"
    if any(len(form[name]) > _HEAD for name in ("outlet", "title")):
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
    head: dict[str, Any] = {name: form[name] or None for name in ("published", "outlet", "title")}
    return request.app.state.reader.read(text, **head), None


@router.post("/read", response_class=HTMLResponse)
async def read_pasted(
    request: Request, text: Text = "", published: Text = "", outlet: Text = "", title: Text = "",
    upload: Annotated[UploadFile | None, File()] = None,
) -> HTMLResponse:  # fmt: skip
    """The pasted report, coded: the text with its marks, the events beside it."""
    form = {"text": text, "published": published, "outlet": outlet, "title": title}
    form = await _with_file(form, upload)
    report, problem = _read(request, form)
    if report is None:
        kept = form if problem != "too_long" else {**form, "text": ""}
        return render(request, "paste.html", 422, section=None, error=problem, form=kept)
    section = section_of(report, language_of(request))
    return render(request, "paste.html", section=section, error=None, form=form)


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
    request: Request, person: Writer, text: Text = "", published: Text = "", outlet: Text = "", title: Text = ""
) -> RedirectResponse:
    """Keep the pasted report in the store and link it; then its own page."""
    report, problem = _read(request, {"text": text, "published": published, "outlet": outlet, "title": title})
    if report is None or request.app.state.store is None:
        return RedirectResponse(f"/?problem={problem or 'no_store'}", status_code=303)
    added = add_reports(request.app.state.store, [report])
    link_new(request.app.state.store)
    found = [*added.new, *added.changed, *added.same]
    return RedirectResponse(f"/report/{found[0]}", status_code=303)
