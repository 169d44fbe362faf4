"""A workbook (extra ``xlsx``): events and claims on one sheet, reports that could not be read on another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from riwaya.export.formats.csv import COLUMNS, csv_rows
from riwaya.export.registry import Export, ExportOptions, Item
from riwaya.model import Failure, RiwayaError

_NUMBERS = ("lat", "lon", "trigger_start", "trigger_end", "quotation_start", "quotation_end", "ordinal")
_WIDE = ("what", "quotation", "title", "agents", "targets")
_LONGEST = 32_000  # characters that a cell holds
_CREATED = datetime(2000, 1, 1)  # the same bytes on every run


def write_xlsx(items: Iterable[Item], out: BinaryIO, options: ExportOptions) -> None:
    """Write the workbook, one row an event and claim. Text stays text: nothing becomes a formula or a link.

    Raises RiwayaError where xlsxwriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError as error:
        raise RiwayaError("writing workbooks needs the extra: pip install 'riwaya[xlsx]'") from error
    options_ = {"constant_memory": True, "in_memory": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options_) as book:
        book.set_properties({"created": _CREATED})
        bold = book.add_format({"bold": True, "bg_color": "#dbe9f7"})
        events, failures = book.add_worksheet("Events"), book.add_worksheet("Not read")
        events.write_row(0, 0, COLUMNS, bold)
        failures.write_row(0, 0, ("file", "reason"), bold)
        events.freeze_panes(1, 0)
        for index, column in enumerate(COLUMNS):
            events.set_column(index, index, 48 if column in _WIDE else 14)
        lines, bad = 1, 1
        for item in items:
            if isinstance(item, Failure):
                row = next(csv_rows(item))
                failures.write_row(bad, 0, (row["origin"], row["failure"]))
                bad += 1
                continue
            for row in csv_rows(item):
                for index, column in enumerate(COLUMNS):
                    _write_cell(events, lines, index, column, row.get(column, ""))
                lines += 1


def _write_cell(sheet: object, line: int, index: int, column: str, value: str) -> None:
    if not value:
        return
    is_number = column in _NUMBERS or column.endswith(("_min", "_max"))
    if is_number:
        sheet.write_number(line, index, float(value))  # type: ignore[attr-defined]
    else:
        text = value[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
        sheet.write_string(line, index, text)  # type: ignore[attr-defined]


EXPORT = Export("xlsx", (".xlsx",), "a workbook, one row an event and claim", write_xlsx)
