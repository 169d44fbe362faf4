"""Light stems of folded words, the same for searching and for telling how much two sentences have in common.

A light stemmer in the manner of Light10 (Larkey, Ballesteros, Connell: Light Stemming for Arabic Information
Retrieval, 2007) over folded words: `قُتِلَ` and `وقتل` become `قتل`, `واستهدف` becomes `استهدف`, `الغارات` becomes `غار`.
"""

from __future__ import annotations

from functools import lru_cache

from riwaya.text.letters import ALEF, ARTICLE, HA, TO_THE, WA, YA

_ARTICLES = (ARTICLE, "بال", "كال", "فال", TO_THE)
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "وا", "يه", HA, YA, ALEF)
SHORTEST = 3  # letters of a stem


@lru_cache(maxsize=200_000)
def stem(form: str) -> str:
    """The stem of a folded word; numbers and words of other scripts stay as they are."""
    if not "\u0621" <= form[:1] <= "\u064a":
        return form
    if form.startswith(WA) and len(form) > SHORTEST:
        form = form[1:]
    for article in _ARTICLES:
        if form.startswith(article) and len(form) - len(article) >= 2:
            form = form[len(article) :]
            break
    for ending in _ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= SHORTEST:
            form = form[: -len(ending)]
    return form
