"""JSON lines: one coded report a line, a failure as a line of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

import orjson

from riwaya.export.coded import code_failure, code_report
from riwaya.export.registry import Export, ExportOptions, Item
from riwaya.model import Failure


def to_bytes(value: Any) -> bytes:
    """JSON in UTF-8. Lone surrogates, which UTF-8 cannot hold, are written as escapes."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=True).encode("ascii")


def code_item(item: Item) -> dict[str, Any]:
    """A report or a failure as plain data."""
    return code_failure(item) if isinstance(item, Failure) else code_report(item)


def encode(item: Item) -> bytes:
    """One line with its end."""
    return to_bytes(code_item(item)) + b"\n"


def write_json_lines(items: Iterable[Item], out: BinaryIO, options: ExportOptions) -> None:
    """Write a line for each report and each failure."""
    for item in items:
        out.write(encode(item))


EXPORT = Export("jsonl", (".jsonl", ".ndjson"), "one coded report a line", write_json_lines, encode)
