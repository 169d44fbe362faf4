"""Read coded reports from JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from riwaya.model import DocumentError


def read_coded(path: Path) -> dict[str, dict[str, Any]]:
    """Coded reports by id, from a file of JSON lines (`-` = standard input).

    Raises DocumentError naming file and line where one is not a coded report.
    """
    if str(path) == "-":
        return _read_lines(sys.stdin, "standard input")
    try:
        with path.open(encoding="utf-8") as lines:
            return _read_lines(lines, str(path))
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}") from error


def _read_lines(lines: Iterable[str], origin: str) -> dict[str, dict[str, Any]]:
    answers: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            answer = json.loads(line)
            answers[answer["report"]["id"]] = answer
        except (ValueError, KeyError, TypeError) as error:
            raise DocumentError(f"{origin}:{number}: expected a coded report, found: {error!r}") from error
    return answers
