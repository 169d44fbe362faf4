"""Fold Arabic orthography while keeping a map back to the text as received.

What is folded: presentation forms and ligatures (to their letters), hamza seats, alef maqsura, ta marbuta, Persian
letters, Arabic-Indic and Persian digits, quotation marks, Latin case. What is dropped: diacritics, tatweel,
zero-width and bidi marks. The choice follows the usual light orthographic normalisation of Arabic retrieval
(Larkey, Ballesteros and Connell 2002) plus the marks that web pages carry.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_DROPPED = [
    *range(0x0610, 0x061B),
    *range(0x064B, 0x0660),
    0x0670,
    *range(0x06D6, 0x06DD),
    *range(0x06DF, 0x06E9),
    *range(0x06EA, 0x06EE),
    0x0640,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
    0xFEFF,
    0x00AD,
    0x034F,
    0x061C,
    *range(0xFE00, 0xFE10),
]
_PAIRS = {
    "أإآٱ": "ا",
    "ىئیۍېﯼ": "ي",
    "ة": "ه",
    "ۀەہ": "ه",
    "ؤ": "و",
    "کڪ": "ك",
    "گ": "ك",
    "«»“”„‟‹›＂〝〞": '"',
    "‘’‚‛`´": "'",
    "\u00a0\u2007\u202f\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u3000\t": " ",
    "\r\u2028\u2029\u0085\u000b\u000c": "\n",
    "‐‑‒–—―−": "-",
    "٪": "%",
    "٫": ".",
    "٬": ",",
    "⁄": "/",
}


def _build_table() -> dict[int, str]:
    table: dict[int, str] = {code: chr(code) for code in [*range(0x20, 0x250), *range(0x600, 0x700)]}
    for code in range(0x41, 0x5B):
        table[code] = chr(code + 32)
    for code in range(0xC0, 0x250):
        lowered = chr(code).lower()
        if len(lowered) == 1:
            table[code] = lowered
    for base in (0x660, 0x6F0):
        for digit in range(10):
            table[base + digit] = str(digit)
    for sources, target in _PAIRS.items():
        for source in sources:
            table[ord(source)] = target
    for code in [*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)]:
        letters = unicodedata.normalize("NFKC", chr(code))
        if letters != chr(code):
            # A form that decomposes to a space and a mark (isolated harakat) folds to nothing.
            table[code] = "".join(table.get(ord(c), c) for c in letters if c != " ")
    for code in _DROPPED:
        table[code] = ""
    return {code: "".join(c if ord(c) not in _DROPPED else "" for c in value) for code, value in table.items()}


_TABLE = _build_table()
# Code points whose folding changes the length of the text.
_RESIZED = re.compile("[" + "".join(re.escape(chr(code)) for code, value in _TABLE.items() if len(value) != 1) + "]")

# Code points that are folded to something else; what they fold to is folded already.
_CHANGED = re.compile("[" + "".join(re.escape(chr(code)) for code, value in _TABLE.items() if value != chr(code)) + "]")


def fold(text: str) -> str:
    """The text in the form in which words are compared. See the module for what is folded."""
    return text.translate(_TABLE)


class Shifts(NamedTuple):
    """How far raw offsets run ahead of folded ones: from folded offset ``at[i]`` on, by ``by[i + 1]``."""

    at: list[int]  # not falling
    by: list[int]  # one more than ``at``; the first is 0


def fold_with_shifts(text: str) -> tuple[str, Shifts | None]:
    """The folded text, and how its offsets differ from the raw ones; None where no length changed."""
    folded = text
    for char in set(_CHANGED.findall(text)):  # a dozen in a report: faster than a look-up for each letter
        folded = folded.replace(char, _TABLE[ord(char)])
    if _RESIZED.search(text) is None:
        return folded, None
    at: list[int] = []
    by = [0]
    shift = 0
    for match in _RESIZED.finditer(text):
        start = match.start()
        size = len(_TABLE[ord(match.group())])
        if size == 0:
            at.append(start - shift)
            shift += 1
            by.append(shift)
        for _ in range(1, size):  # each further character comes from the same raw one
            at.append(start - shift + 1)
            shift -= 1
            by.append(shift)
    return folded, Shifts(at, by)
