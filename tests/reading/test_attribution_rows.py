"""Attribution on the rows of ``attribution_rows.tsv``: a rule, its sentence with the marked words, whose word they are.

The form of a row's last two columns is that of ``test_attribution``; ¶ stands for the end of a paragraph.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.reading.test_attribution import told

with (Path(__file__).parent / "attribution_rows.tsv").open(encoding="utf-8") as lines:
    ROWS = [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row and row[0][:1] != "#"]


@pytest.mark.parametrize(("rule", "marked", "expected"), ROWS)
def test_whose_word(rule: str, marked: str, expected: str) -> None:
    assert told(marked.replace("¶", "\n")) == expected, rule
