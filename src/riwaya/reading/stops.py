"""Marks that end a clause."""

from __future__ import annotations

import re

HARD_STOP = re.compile(r"[،,;؛:.!?؟()\[\]\n…]")
