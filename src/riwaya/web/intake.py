"""What is given to the first page to read: a pasted text or a file, and what is wrong with it, in words."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any, cast

from fastapi import UploadFile
from fastapi.concurrency import run_in_threadpool

from riwaya.documents.encoding import looks_binary
from riwaya.documents.registry import format_by_name
from riwaya.documents.source import DocumentOptions, Source, finish
from riwaya.model import Document, DocumentError, Report
from riwaya.reading.reader import Reader, parse_published

MAX_UPLOAD = 4_000_000  # bytes
FILES = (".txt", ".text", ".html", ".htm", ".xhtml", ".json")  # endings of files with one report
_HEAD = 300  # characters of an outlet, title or address
_MB = 1_000_000
Form = dict[str, str]
EMPTY: Form = {"text": "", "published": "", "outlet": "", "title": "", "url": ""}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a report is not read: the key of its words in the labels, and what they say of this case."""

    key: str
    parts: dict[str, Any] = field(default_factory=dict)


async def with_file(form: Form, upload: UploadFile | None) -> tuple[Form, Problem | None]:
    """The form with the text and head of a file in place of what was pasted, where a file was given."""
    if upload is None or not upload.filename:
        return form, None
    name = upload.filename.lower()
    data = await upload.read(MAX_UPLOAD + 1)
    if len(data) > MAX_UPLOAD:
        return form, Problem("file_large", {"most": MAX_UPLOAD // _MB})
    if looks_binary(data) or ("." in name and not name.endswith(FILES)):
        return form, Problem("file_kind", {"kinds": " ".join(FILES)})
    try:
        return await run_in_threadpool(_read_file, form, name, data), None
    except DocumentError:
        return form, Problem("file_kind", {"kinds": " ".join(FILES)})


def _read_file(form: Form, name: str, data: bytes) -> Form:
    """The form with what a file says. Raises DocumentError where there is no text in it."""
    kind = format_by_name(name) or format_by_name("plain.txt")
    source = Source(name, name, lambda: cast(Any, io.BytesIO(data)))
    options = DocumentOptions(published=form["published"] or None, fetch=False)
    for found in kind.read(source, options) if kind else ():
        if not isinstance(found, Document):
            break
        read = finish(found, options)
        head = {name: form[name] or getattr(read, name) or "" for name in ("published", "outlet", "title", "url")}
        return {**form, **head, "text": read.text}
    raise DocumentError(f"{name}: no text in it")


def read_form(reader: Reader, form: Form, limit: int) -> Report | Problem:
    """The coded report of a form, or what is wrong with it. ``limit``: characters of a text, at most."""
    problem = _problem(form, limit)
    if problem:
        return problem
    text = form["text"].replace("\r\n", "\n")
    head: dict[str, Any] = {name: form.get(name) or None for name in ("published", "outlet", "title", "url")}
    report = reader.read(text, **head)
    return report if report.language == "ar" else Problem("not_arabic")


def _problem(form: Form, limit: int) -> Problem | None:
    """What is wrong with a form before it is read, None where nothing is."""
    if not form["text"].strip():
        return Problem("empty")
    if len(form["text"]) > limit:
        return Problem("too_long", {"n": f"{len(form['text']):,}", "most": f"{limit:,}"})
    if any(len(form.get(name) or "") > _HEAD for name in ("outlet", "title", "url")):
        return Problem("head_too_long")
    try:
        parse_published(form["published"] or None)
    except ValueError:
        return Problem("bad_date")
    return None
