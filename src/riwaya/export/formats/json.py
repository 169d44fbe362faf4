"""JSON: one coded report a line as in JSON lines; laid out for reading where a person looks at it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import BinaryIO

from riwaya.export.formats.jsonl import code_item, encode
from riwaya.export.registry import Export, ExportOptions, Item


def write_json(items: Iterable[Item], out: BinaryIO, options: ExportOptions) -> None:
    """Write one object a report: a line each, or indented on a terminal."""
    for item in items:
        if options.terminal:
            text = json.dumps(code_item(item), ensure_ascii=False, indent=2)
            out.write(text.encode("utf-8", "backslashreplace") + b"\n")
        else:
            out.write(encode(item))


EXPORT = Export("json", (".json",), "one coded report a line; indented on a terminal", write_json)
