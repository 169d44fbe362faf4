"""The clitics that are written as one with a word: particles before it (و ف ب ل ك س, and لل for ل+ال), pronouns after.

Inventory: Ryding, A Reference Grammar of Modern Standard Arabic (2005), chapters 12, 16 and 18.
"""

from __future__ import annotations

from riwaya.text.letters import ALEF, ARTICLE, ENCLITICS, HA, HAMZA, LAM, PROCLITICS, SIN, TA, WA, YA

_BEFORE = {first: tuple(p for p in PROCLITICS if p[0] == first) for first in {p[0] for p in PROCLITICS}}
_AFTER = {last: tuple(e for e in ENCLITICS if e[-1] == last) for last in {e[-1] for e in ENCLITICS}}


def split_proclitics(form: str) -> list[tuple[str, str]]:
    """Every way to take proclitics off a folded word: (proclitic, stem), the whole word first."""
    splits = [("", form)]
    for proclitic in _BEFORE.get(form[:1], ()):
        if not form.startswith(proclitic) or len(form) - len(proclitic) < 2:
            continue
        stem = form[len(proclitic) :]
        if proclitic[-1] == SIN and stem[0] not in "يتنا":
            continue
        splits.append((proclitic, stem))
        if proclitic[-1] == LAM and stem[0] == LAM and len(stem) > 2:
            # للعاصمة = ل + العاصمة; للجنة = ل + اللجنة
            splits.append((proclitic, ALEF + stem))
            splits.append((proclitic, ARTICLE + stem))
    return splits


def split_enclitics(stem: str) -> list[tuple[str, str]]:
    """Every way to take an enclitic pronoun off a folded word: (stem, enclitic), with ta marbuta restored."""
    splits: list[tuple[str, str]] = []
    for enclitic in _AFTER.get(stem[-1:], ()):
        if not stem.endswith(enclitic) or len(stem) - len(enclitic) < 2:
            continue
        bare = stem[: -len(enclitic)]
        splits.append((bare, enclitic))
        if bare.endswith(TA):
            splits.append((bare[:-1] + HA, enclitic))
        if bare.endswith(WA) or bare.endswith(ALEF):
            # قتلوه = قتلوا + ه; رآه, هداه = defective forms written with alef
            splits.append((bare + ALEF, enclitic))
            splits.append((bare[:-1] + YA, enclitic))
        if bare.endswith(("اء", "او", "اي")):
            splits.append((bare[:-1] + HAMZA, enclitic))
    return splits
