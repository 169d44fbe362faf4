"""Lines of comma-separated values that spreadsheets open without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

BOM = "\ufeff".encode()  # tells a spreadsheet that the file is UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_line(values: Sequence[str]) -> bytes:
    """A line in UTF-8 with its end; lone surrogates as escapes."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([safe_cell(value) for value in values])
    return line.getvalue().encode("utf-8", "backslashreplace")


def safe_cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula: report text is not to be trusted. Numbers stay as they are."""
    if value.startswith(_FORMULA) and not _is_number(value):
        return "'" + value
    return value


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
