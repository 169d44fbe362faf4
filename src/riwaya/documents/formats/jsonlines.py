"""JSON and JSON lines: one object a report with ``id, url, outlet, published, title, text``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import orjson

from riwaya.documents.encoding import decode_bytes, looks_binary
from riwaya.documents.source import DocumentOptions, Format, Reading, Source
from riwaya.model import Document, Failure

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_json_lines(source: Source, options: DocumentOptions) -> Reading:
    """One document a line, blank lines skipped; a line that is no such object is a Failure that names it.

    A single JSON value laid out over several lines is read as :func:`read_json` reads it.
    """
    with source.open() as stream:
        first = stream.readline()
        if first.startswith(_UTF16):
            text = decode_bytes(first + stream.read()).text
            yield from _read_whole(text.encode("utf-8", "surrogatepass"), source)
            return
        if _is_laid_out(first):
            yield from _read_whole(first + stream.read(), source)
            return
        number = 0
        found = False
        for number, line in enumerate(_chain(first, stream), start=1):
            if line.strip():
                found = True
                yield _read_line(line, number, source)
        if not found:
            yield Failure(source.origin, "empty")


def read_json(source: Source, options: DocumentOptions) -> Reading:
    """The reports of a JSON file: an object, a list of objects, an object with a list ``reports``, or JSON lines."""
    data = source.read()
    if not data.strip():
        yield Failure(source.origin, "empty")
        return
    yield from _read_whole(data, source)


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _is_laid_out(first: bytes) -> bool:
    start = first.removeprefix(b"\xef\xbb\xbf").strip()
    return start == b"{" or start.startswith(b"[")


def _parse(data: bytes) -> Any:
    """A JSON value; lone surrogates and other encodings than UTF-8 are taken. Raises ValueError."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return json.loads(decode_bytes(data).text)


def _read_line(line: bytes, number: int, source: Source) -> Document | Failure:
    try:
        value = _parse(line)
    except (ValueError, RecursionError) as error:
        reason = "binary, not JSON" if looks_binary(line) else f"not valid JSON: {_what(error)}"
        return Failure(source.origin, reason, number)
    return _to_document(value, f"{source.id}:{number}", source, number)


def _what(error: Exception) -> str:
    """What is wrong with a line, without the line number that a parser of one line counts."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} in column {error.colno}"
    return str(error) or "nested too deeply"


def _read_whole(data: bytes, source: Source) -> Reading:
    if looks_binary(data):
        yield Failure(source.origin, "binary, not JSON")
        return
    try:
        value = _parse(data)
    except ValueError as error:
        lines = [line for line in data.split(b"\n") if line.strip()]
        if len(lines) > 1 and lines[0].strip().endswith(b"}"):
            numbered = enumerate(data.split(b"\n"), start=1)
            yield from (_read_line(line, number, source) for number, line in numbered if line.strip())
            return
        yield Failure(source.origin, f"not valid JSON: {error}", getattr(error, "lineno", None))
        return
    if isinstance(value, dict) and isinstance(value.get("reports"), list):
        value = value["reports"]
    if isinstance(value, list):
        for index, item in enumerate(value, start=1):
            yield _to_document(item, f"{source.id}:{index}", source, index)
        return
    yield _to_document(value, source.id, source, None)


def _text_of(value: dict[str, Any], key: str) -> str | None:
    found = value.get(key)
    if found is None or found == "":
        return None
    return found if isinstance(found, str) else str(found)


def _to_document(value: Any, fallback: str, source: Source, number: int | None) -> Document | Failure:
    """The document of a JSON object. A coded report (an object under ``report``) counts as its report."""
    if isinstance(value, dict) and isinstance(value.get("report"), dict):
        value = value["report"]
    if not isinstance(value, dict):
        return Failure(source.origin, f"expected an object with 'text', found {type(value).__name__}", number)
    text = value.get("text")
    if not isinstance(text, str):
        found = ", ".join(sorted(map(str, value))[:8]) or "no keys"
        return Failure(source.origin, f"expected 'text' to be a string, found keys: {found}", number)
    if not text.strip():
        return Failure(source.origin, "empty text", number)
    return Document(
        id=_text_of(value, "id") or fallback,
        text=text,
        published=_text_of(value, "published"),
        outlet=_text_of(value, "outlet"),
        title=_text_of(value, "title"),
        url=_text_of(value, "url") or source.url,
        origin=source.origin if number is None else f"{source.origin}:{number}",
    )


def _sniff(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b'{"', b"{ ", b"{\n", b"{}", b"[{", b"[ {", b"[\n"))


FORMAT = Format(
    "jsonl", (".jsonl", ".ndjson"), ("application/x-ndjson", "application/jsonl"), _sniff, read_json_lines, rank=20
)
