"""Stem and ending tables of the Arabic verb, in a transliteration that the writer of :mod:`inflect` spells out.

Digits are radicals; ``a i u`` short and ``A I U`` long vowels; ``Y`` a final long a spelled with alef maqsura; ``'`` a
hamza; ``|`` the alef of a joining hamza; ``T`` the t of form VIII, which assimilates; ``_`` the silent alef after a
plural's waw; ``h`` ta marbuta; ``V`` the vowel of form I. Source: Ryding, A Reference Grammar of Modern Standard Arabic
(2005), chapters 21 to 35 and its appendix of paradigms.
"""

from __future__ import annotations

from typing import NamedTuple


class Stems(NamedTuple):
    """Stems of one form and root type. ``*_c`` stand before endings that begin with a consonant or with nothing."""

    perf: str
    perf_c: str
    impf: str
    impf_c: str
    perf_pass: str
    impf_pass: str
    masdar: str
    act: str
    pas: str


# Forms whose imperfect prefix has the vowel u.
PREFIX_U = frozenset({"II", "III", "IV", "QI"})

SOUND: dict[str, Stems] = {
    "I": Stems("1a2V3", "1a2V3", "12V3", "12V3", "1u2i3", "12a3", "", "1A2i3", "ma12U3"),
    "II": Stems("1a22a3", "1a22a3", "1a22i3", "1a22i3", "1u22i3", "1a22a3", "ta12I3", "mu1a22i3", "mu1a22a3"),
    "III": Stems("1A2a3", "1A2a3", "1A2i3", "1A2i3", "1U2i3", "1A2a3", "mu1A2a3ah", "mu1A2i3", "mu1A2a3"),
    "IV": Stems("'a12a3", "'a12a3", "12i3", "12i3", "'u12i3", "12a3", "'i12A3", "mu12i3", "mu12a3"),
    "V": Stems("ta1a22a3", "ta1a22a3", "ta1a22a3", "ta1a22a3", "tu1u22i3", "ta1a22a3", "ta1a22u3",
               "muta1a22i3", "muta1a22a3"),
    "VI": Stems("ta1A2a3", "ta1A2a3", "ta1A2a3", "ta1A2a3", "tu1U2i3", "ta1A2a3", "ta1A2u3",
                "muta1A2i3", "muta1A2a3"),
    "VII": Stems("|in1a2a3", "|in1a2a3", "n1a2i3", "n1a2i3", "|un1u2i3", "n1a2a3", "|in1i2A3",
                 "mun1a2i3", "mun1a2a3"),
    "VIII": Stems("|i1Ta2a3", "|i1Ta2a3", "1Ta2i3", "1Ta2i3", "|u1Tu2i3", "1Ta2a3", "|i1Ti2A3",
                  "mu1Ta2i3", "mu1Ta2a3"),
    "IX": Stems("|i12a33", "|i12a3a3", "12a33", "12a3i3", "|u12u33", "12a33", "|i12i3A3", "mu12a33", "mu12a33"),
    "X": Stems("|ista12a3", "|ista12a3", "sta12i3", "sta12i3", "|ustu12i3", "sta12a3", "|isti12A3",
               "musta12i3", "musta12a3"),
    "QI": Stems("1a23a4", "1a23a4", "1a23i4", "1a23i4", "1u23i4", "1a23a4", "1a23a4ah", "mu1a23i4", "mu1a23a4"),
    "QII": Stems("ta1a23a4", "ta1a23a4", "ta1a23a4", "ta1a23a4", "tu1u23i4", "ta1a23a4", "ta1a23u4",
                 "muta1a23i4", "muta1a23a4"),
    "QIV": Stems("|i12a3a44", "|i12a3a4a4", "12a3i44", "12a34i4", "|u12u3i44", "12a3a44", "|i12i34A4",
                 "mu12a3i44", "mu12a3a44"),
}

DOUBLED: dict[str, Stems] = {
    "I": Stems("1a22", "1a2a2", "1V22", "12V2", "1u22", "1a22", "", "1A22", "ma12U2"),
    "III": Stems("1A22", "1A2a2", "1A22", "1A2i2", "1U2i2", "1A22", "mu1A22ah", "mu1A22", "mu1A22"),
    "IV": Stems("'a1a22", "'a12a2", "1i22", "12i2", "'u1i22", "1a22", "'i12A2", "mu1i22", "mu1a22"),
    "VI": Stems("ta1A22", "ta1A2a2", "ta1A22", "ta1A2a2", "tu1U2i2", "ta1A22", "ta1A22", "muta1A22", "muta1A22"),
    "VII": Stems("|in1a22", "|in1a2a2", "n1a22", "n1a2i2", "|un1u22", "n1a22", "|in1i2A2", "mun1a22", "mun1a22"),
    "VIII": Stems("|i1Ta22", "|i1Ta2a2", "1Ta22", "1Ta2i2", "|u1Tu22", "1Ta22", "|i1Ti2A2", "mu1Ta22", "mu1Ta22"),
    "X": Stems("|ista1a22", "|ista12a2", "sta1i22", "sta12i2", "|ustu1i22", "sta1a22", "|isti12A2",
               "musta1i22", "musta1a22"),
}

# ``L`` is the long vowel of form I's imperfect, ``V`` its short counterpart.
HOLLOW: dict[str, Stems] = {
    "I": Stems("1A3", "1V3", "1L3", "1V3", "1I3", "1A3", "", "1A'i3", "ma1M3"),
    "IV": Stems("'a1A3", "'a1a3", "1I3", "1i3", "'u1I3", "1A3", "'i1A3ah", "mu1I3", "mu1A3"),
    "VII": Stems("|in1A3", "|in1a3", "n1A3", "n1a3", "|un1I3", "n1A3", "|in1iyA3", "mun1A3", "mun1A3"),
    "VIII": Stems("|i1TA3", "|i1Ta3", "1TA3", "1Ta3", "|u1TI3", "1TA3", "|i1TiyA3", "mu1TA3", "mu1TA3"),
    "X": Stems("|ista1A3", "|ista1a3", "sta1I3", "sta1i3", "|ustu1I3", "sta1A3", "|isti1A3ah", "musta1I3", "musta1A3"),
}

# Without the last radical: the ending class supplies it.
DEFECTIVE: dict[str, Stems] = {
    "I": Stems("1a2", "1a2", "12", "12", "1u2", "12", "", "1A2", "ma12"),
    "II": Stems("1a22", "1a22", "1a22", "1a22", "1u22", "1a22", "ta12iyah", "mu1a22", "mu1a22"),
    "III": Stems("1A2", "1A2", "1A2", "1A2", "1U2", "1A2", "mu1A2Ah", "mu1A2", "mu1A2"),
    "IV": Stems("'a12", "'a12", "12", "12", "'u12", "12", "'i12A'", "mu12", "mu12"),
    "V": Stems("ta1a22", "ta1a22", "ta1a22", "ta1a22", "tu1u22", "ta1a22", "ta1a22I", "muta1a22", "muta1a22"),
    "VI": Stems("ta1A2", "ta1A2", "ta1A2", "ta1A2", "tu1U2", "ta1A2", "ta1A2I", "muta1A2", "muta1A2"),
    "VII": Stems("|in1a2", "|in1a2", "n1a2", "n1a2", "|un1u2", "n1a2", "|in1i2A'", "mun1a2", "mun1a2"),
    "VIII": Stems("|i1Ta2", "|i1Ta2", "1Ta2", "1Ta2", "|u1Tu2", "1Ta2", "|i1Ti2A'", "mu1Ta2", "mu1Ta2"),
    "X": Stems("|ista12", "|ista12", "sta12", "sta12", "|ustu12", "sta12", "|isti12A'", "musta12", "musta12"),
}

# Endings by class: feature -> ending. A leading "-" takes the stem before consonants (``*_c``).
PERFECT: dict[str, dict[str, str]] = {
    "sound": {"3ms": "a", "3fs": "at", "3mp": "U_", "3md": "A", "3fd": "atA", "3fp": "-na", "1s": "-tu", "1p": "-nA"},
    "y": {"3ms": "Y", "3fs": "at", "3mp": "aw_", "3md": "ayA", "3fd": "atA", "3fp": "ayna", "1s": "aytu", "1p": "aynA"},
    "w": {"3ms": "A", "3fs": "at", "3mp": "aw_", "3md": "awA", "3fd": "atA", "3fp": "awna", "1s": "awtu", "1p": "awnA"},
    "i": {"3ms": "iya", "3fs": "iyat", "3mp": "U_", "3md": "iyA", "3fd": "iyatA", "3fp": "Ina", "1s": "Itu",
          "1p": "InA"},
}
# Indicative, then the moods that are spelled differently. Persons: (prefix, ending).
IMPERFECT: dict[str, dict[str, str]] = {
    "sound": {"": "u", "p": "Una", "d": "Ani", "fp": "-na", "jus": "-", "sub.p": "U_", "sub.d": "A"},
    "U": {"": "U", "p": "Una", "d": "uwAni", "fp": "Una", "jus": "u", "sub.p": "U_", "sub.d": "uwA"},
    "I": {"": "I", "p": "Una", "d": "iyAni", "fp": "Ina", "jus": "i", "sub.p": "U_", "sub.d": "iyA"},
    "Y": {"": "Y", "p": "awna", "d": "ayAni", "fp": "ayna", "jus": "a", "sub.p": "aw_", "sub.d": "ayA"},
}
PERSONS: tuple[tuple[str, str, str], ...] = (
    ("3ms", "y", ""),
    ("3fs", "t", ""),
    ("1s", "'", ""),
    ("1p", "n", ""),
    ("3mp", "y", "p"),
    ("3fp", "y", "fp"),
    ("3md", "y", "d"),
    ("3fd", "t", "d"),
)
