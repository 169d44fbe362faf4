"""JSON files: an object, a list of objects, or an object with a list ``reports``."""

from __future__ import annotations

from riwaya.documents.formats.jsonlines import read_json
from riwaya.documents.source import Format


def _sniff(head: bytes) -> bool:
    return False  # bytes alone are taken by JSON lines, which also read a single laid-out value


FORMAT = Format("json", (".json",), ("application/json", "application/ld+json"), _sniff, read_json, rank=30)
