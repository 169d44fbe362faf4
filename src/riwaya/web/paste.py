"""The first page: paste an Arabic report or give a file, and see it coded at once."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse

from riwaya.export.coded import code_report
from riwaya.export.formats.html import report_section
from riwaya.model import Report
from riwaya.reading.reader import parse_published

router = APIRouter()
MAX_UPLOAD = 4_000_000  # bytes


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A rendered template in the language that the reader chose (`?lang=`, else a cookie, else Arabic)."""
    chosen = request.query_params.get("lang") or request.cookies.get("lang") or "ar"
    language = "en" if chosen == "en" else "ar"
    values = {"lang": language, "dir": "rtl" if language == "ar" else "ltr", "request": request, **values}
    body = request.app.state.templates.get_template(template).render(**values)
    response = HTMLResponse(body, status_code=status)
    if request.query_params.get("lang") in ("ar", "en"):
        response.set_cookie("lang", language, max_age=31_536_000, samesite="strict", httponly=True)
    return response


@router.get("/", response_class=HTMLResponse)
def first_page(request: Request) -> HTMLResponse:
    """The box to paste a report into."""
    return page(request, "paste.html", report=None, section=None, error=None, form={})


def _problem(text: str, published: str, limit: int) -> str | None:
    """What is wrong with a pasted report, None where nothing is."""
    if not text.strip():
        return "empty"
    if len(text) > limit:
        return "too_long"
    try:
        parse_published(published or None)
    except ValueError:
        return "bad_date"
    return None


async def _read(
    request: Request, text: str, published: str, outlet: str, title: str, upload: UploadFile | None
) -> tuple[Report | None, str | None, str]:
    if upload is not None and upload.filename:
        data = await upload.read(MAX_UPLOAD + 1)
        if len(data) > MAX_UPLOAD:
            return None, "too_long", text
        from riwaya.documents.encoding import decode_bytes

        text = decode_bytes(data).text
    problem = _problem(text, published, request.app.state.settings.paste_limit)
    if problem:
        return None, problem, text
    report = request.app.state.reader.read(
        text, published=published or None, outlet=outlet or None, title=title or None
    )
    return report, None, text


@router.post("/read", response_class=HTMLResponse)
async def read_pasted(
    request: Request,
    text: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    outlet: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "",
    upload: Annotated[UploadFile | None, File()] = None,
) -> HTMLResponse:
    """The pasted report, coded: the text with its marks, the events beside it."""
    report, problem, text = await _read(request, text, published, outlet, title, upload)
    form = {"text": text, "published": published, "outlet": outlet, "title": title}
    if report is None:
        return page(request, "paste.html", 422, report=None, section=None, error=problem, form=form)
    return page(request, "paste.html", report=report, section=report_section(report, 1), error=None, form=form)


@router.post("/read.json")
async def read_pasted_json(
    request: Request,
    text: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    outlet: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "",
) -> JSONResponse:
    """The coded report of a pasted text as JSON."""
    report, problem, _ = await _read(request, text, published, outlet, title, None)
    if report is None:
        return JSONResponse({"error": problem}, status_code=422)
    return JSONResponse(code_report(report))
