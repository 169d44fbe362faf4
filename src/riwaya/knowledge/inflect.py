"""Every unvocalised spelling of an Arabic verb, noun or adjective, with its features.

Verb features: ``perf.3ms`` … ``perf.1p``, ``impf.3ms`` … ``impf.1p``, ``jus.3ms`` and ``sub.3mp`` where they are
spelled differently from the imperfect, ``perf_pass.*`` and ``impf_pass.*`` where the passive is spelled differently
from the active, ``masdar`` (and ``masdar.def``, ``masdar.acc``, ``masdar.pl`` …), ``act_part.ms`` … and
``pass_part.ms`` …. Spellings are in proper orthography; comparison folds them. Sources: Ryding, A Reference Grammar of
Modern Standard Arabic (2005), chapters 5 to 7 and 21 to 35; hamza seats: Ryding chapter 2.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from riwaya.knowledge.nouns import Pairs, collect, inflect_adjective, inflect_noun, with_article
from riwaya.knowledge.paradigms import (
    DEFECTIVE,
    DOUBLED,
    HOLLOW,
    IMPERFECT,
    PERFECT,
    PERSONS,
    PREFIX_U,
    SOUND,
    Stems,
)
from riwaya.text.normalise import fold

_HAMZA, _ALEF, _WAW, _YA, _TA = "ء", "ا", "و", "ي", "ت"
_MADDA, _ON_ALEF, _BELOW, _ON_WAW, _ON_YA = "آ", "أ", "إ", "ؤ", "ئ"
_MARBUTA, _MAQSURA, _NUN, _LAM = "ة", "ى", "ن", "ل"
_CONSONANTS = {"t": _TA, "n": _NUN, "s": "س", "m": "م", "y": _YA, "w": _WAW, "'": _HAMZA}
# What the t of form VIII becomes after these first radicals (Ryding 29.2).
_INFIX = {"ص": "ط", "ض": "ط", "ط": "ط", "ظ": "ظ", "ز": "د", "د": "د", "ذ": "ذ", _WAW: _TA, _YA: _TA}
_LETTERS = {"A": _ALEF, "I": _YA, "U": _WAW, "|": _ALEF, "_": _ALEF, "h": _MARBUTA}
_PLACES = ("1", "2", "3", "4")
# Radicals that change beside others, or are one with the same letter of a template.
_CHANGING = frozenset([*_CONSONANTS.values(), *_INFIX, _ALEF])
_HAMZAS = str.maketrans(dict.fromkeys("أإآؤئ", _HAMZA))
_SHORT, _LONG = "aiu", "AIUY"
_VOWELS = _SHORT + _LONG
# Persons that reports do not use in the passive; spelled out they would be taken for other words.
_NO_PASSIVE = frozenset({"3fp", "1s", "1p"})

__all__ = ["Pairs", "inflect_adjective", "inflect_noun", "inflect_verb", "with_article"]


def _seat(before: str, after: str) -> str:
    """The letter that carries a hamza between two sounds; "" stands for the edge of the word."""
    if not before:
        return _BELOW if after in ("i", "I") else _ON_ALEF
    vowel = after if after and after in _VOWELS else ""
    if not vowel:
        return {"a": _ON_ALEF, "i": _ON_YA, "u": _ON_WAW}.get(before, _HAMZA)
    if before in ("i", "I", _YA) or vowel in ("i", "I"):
        return _ON_YA
    if before == "u" or (vowel in ("u", "U") and before != "U"):
        return _ON_WAW
    return _HAMZA if before in ("A", "U") else _ON_ALEF


def _sounds(template: str, radicals: Sequence[str]) -> list[str]:
    """The sounds of a template with the radicals put in, after the changes that weak radicals undergo."""
    sounds: list[str] = []
    for char in template:
        if char.isdigit():
            sounds.append(radicals[int(char) - 1])
        elif char == "T":
            infix = _INFIX.get(radicals[0], _TA)
            if radicals[0] in (_WAW, _YA):
                sounds[-1] = _TA
            sounds.append(infix)
        else:
            sounds.append(_CONSONANTS.get(char, char))
    return _contract(sounds)


def _contract(sounds: list[str]) -> list[str]:
    """Two hamzas in a syllable become a long vowel; i+w and u+y before a consonant too (iwlāj → īlāj)."""
    done: list[str] = []
    for index, sound in enumerate(sounds):
        after = sounds[index + 1] if index + 1 < len(sounds) else ""
        before = done[-1] if done else ""
        closed = after not in _VOWELS or after == ""
        if before in _SHORT and before and closed and after != sound:
            if sound == _HAMZA and len(done) > 1 and done[-2] == _HAMZA:
                done[-1] = before.upper()
                continue
            if sound in (_WAW, _YA) and before in "iu" and after != "_":
                done[-1] = before.upper()
                continue
        done.append(sound)
    return done


def _write(template: str, radicals: Sequence[str]) -> str:
    """The unvocalised spelling of a template with radicals. A final short vowel is not heard when hamza is seated."""
    if not _CHANGING.isdisjoint(radicals) or len(set(radicals)) < len(radicals):
        return _spell(template, radicals)
    spelled = _spell_plain(template)
    for place, radical in zip(_PLACES, radicals, strict=False):
        spelled = spelled.replace(place, radical)
    return spelled


@cache
def _spell_plain(template: str) -> str:
    """The spelling of a template whose radicals change nothing, with the places of the radicals left in it."""
    return _spell(template, _PLACES)


def _spell(template: str, radicals: Sequence[str]) -> str:
    """The spelling of a template, sound by sound."""
    sounds = _sounds(template, radicals)
    while sounds and sounds[-1] in _SHORT:
        sounds.pop()
    letters: list[str] = []
    for index, sound in enumerate(sounds):
        before = sounds[index - 1] if index else ""
        after = sounds[index + 1] if index + 1 < len(sounds) else ""
        if sound in _SHORT or (sound == after and sound not in _VOWELS):
            continue
        if sound == _HAMZA:
            letters.append(_seat(before, "a" if after == "h" else after))
        elif sound == "A" and letters and letters[-1] == _ON_ALEF:
            letters[-1] = _MADDA
        elif sound == "Y":
            letters.append(_ALEF if before == _YA else _MAQSURA)
        else:
            letters.append(_LETTERS.get(sound, sound))
    return "".join(letters)


def _spellings(written: str) -> list[str]:
    """The spelling and the other one the press uses: yabdaʾūna is يبدؤون and يبدأون."""
    other = written.replace(_ON_WAW + _WAW, _ON_ALEF + _WAW)
    return [written] if other == written or _ON_WAW + _WAW not in written else [written, other]


class _Verb:
    """One verb's stems and ending classes, ready to be spelled."""

    def __init__(self, root: str, form: str, vowels: str) -> None:
        self.radicals = [letter.translate(_HAMZAS) for letter in root.split()]
        self.form = form
        needed = 4 if form.startswith("Q") else 3
        if form not in SOUND or len(self.radicals) != needed:
            expected = f"expected a root of {needed} letters and a form I to X, QI, QII or QIV"
            raise ValueError(f"{expected}, found {root!r} {form!r}")
        self.type = self._root_type()
        past, present = self._vowels(vowels)
        table = {"doubled": DOUBLED, "hollow": HOLLOW, "defective": DEFECTIVE}.get(self.type, SOUND)
        self.stems = Stems(*(self._vowelled(stem, past, present, place) for place, stem in enumerate(table[form])))
        self.prefix = "u" if form in PREFIX_U else "a"
        self.perfect = "sound"
        self.imperfect = "sound"
        if self.type == "defective":
            last_waw = form == "I" and self.radicals[2] == _WAW
            self.perfect = "i" if form == "I" and past == "i" else ("w" if last_waw else "y")
            self.imperfect = "Y" if form in ("V", "VI") or present == "a" else ("U" if present == "u" else "I")

    def _root_type(self) -> str:
        one, two, three = self.radicals[0], self.radicals[1], self.radicals[2]
        if self.form.startswith("Q"):
            return "sound"
        if three in (_WAW, _YA):
            return "defective"
        if two == three and self.form in DOUBLED:
            return "doubled"
        if two in (_WAW, _YA) and self.form in HOLLOW:
            return "hollow"
        return "assimilated" if one == _WAW and self.form == "I" else "sound"

    def _vowels(self, hint: str) -> tuple[str, str]:
        """Past and present vowel; the hint's, or those that the root's type usually has."""
        if hint:
            return hint[0], hint[-1]
        if self.form != "I":
            return "a", "i"
        weak = self.radicals[1] if self.type == "hollow" else self.radicals[2] if self.type == "defective" else ""
        if weak:
            return "a", "u" if weak == _WAW else "i"
        if _HAMZA in self.radicals[1:]:
            return "a", "a"
        return "a", "i" if self.type == "assimilated" else "u"

    def _vowelled(self, stem: str, past: str, present: str, place: int) -> str:
        if self.form != "I":
            return stem
        if self.type == "hollow":
            # qultu but bi'tu, khiftu: the perfect's short vowel is the root's own, i where the imperfect has a.
            short = ("u" if present == "u" else "i") if place == 1 else present
            passive = "U" if self.radicals[1] == _WAW else "I"
            return stem.replace("L", present.upper()).replace("V", short).replace("M", passive)
        if self.radicals[0] == _WAW and place in (2, 3) and (past, present) != ("i", "a") and stem.startswith("12"):
            stem = stem[1:]  # wasala, yasilu; waqa'a, yaqa'u (Ryding 24.2)
        return stem.replace("V", past if place < 2 else present)

    def finite(self) -> Iterator[tuple[str, str]]:
        """Templates of the finite forms with their features, most usual first."""
        stems = self.stems
        yield from self._perfect("perf", stems.perf, stems.perf_c, self.perfect)
        yield from self._imperfect("impf", stems.impf, stems.impf_c, self.imperfect, self.prefix)
        passive = "i" if self.type == "defective" else "sound"
        yield from self._perfect("perf_pass", stems.perf_pass, stems.perf_pass, passive)
        passive = "Y" if self.type == "defective" else "sound"
        yield from self._imperfect("impf_pass", stems.impf_pass, stems.impf_pass, passive, "u")

    def _perfect(self, feature: str, stem: str, stem_c: str, endings: str) -> Iterator[tuple[str, str]]:
        for person, ending in PERFECT[endings].items():
            if feature == "perf_pass" and person in _NO_PASSIVE:
                continue
            yield (stem_c + ending[1:] if ending[0] == "-" else stem + ending), f"{feature}.{person}"

    def _imperfect(self, feature: str, stem: str, stem_c: str, endings: str, vowel: str) -> Iterator[tuple[str, str]]:
        table = IMPERFECT[endings]
        mood = feature.replace("impf", "{}")
        for person, prefix, number in PERSONS:
            if feature == "impf_pass" and person in _NO_PASSIVE:
                continue
            start = prefix + vowel

            def spell(ending: str, start: str = start) -> str:
                """The stem that an ending wants, with the ending."""
                return start + (stem_c + ending[1:] if ending[:1] == "-" else stem + ending)

            yield spell(table[number]), f"{feature}.{person}"
            if number in ("p", "d"):
                yield spell(table["sub." + number]), f"{mood.format('sub')}.{person}"
            elif number == "" and self.type in ("hollow", "defective"):
                yield spell(table["jus"]), f"{mood.format('jus')}.{person}"


def _participle(stem: str, ending: str) -> Iterator[tuple[str, str]]:
    """Templates of a participle in all genders and numbers; ``ending``: sound, I قاض, Y مصطفى, w مدعو, y منفي."""
    tables = {
        "sound": ("", "A", "ah", "Una", "Ina", "At", "Ani", "ayni", "atAni", "atayni"),
        "I": ("I", "iyA", "iyah", "Una", "Ina", "iyAt", "iyAni", "iyayni", "iyatAni", "iyatayni"),
        "Y": ("Y", "Y", "Ah", "awna", "ayna", "ayAt", "ayAni", "ayayni", "AtAni", "Atayni"),
        "w": ("uww", "uwwA", "uwwah", "uwwUna", "uwwIna", "uwwAt", "uwwAni", "uwwayni", "uwwatAni", "uwwatayni"),
        "y": ("iyy", "iyyA", "iyyah", "iyyUna", "iyyIna", "iyyAt", "iyyAni", "iyyayni", "iyyatAni", "iyyatayni"),
    }
    features = ("ms", "ms.acc", "fs", "mp", "mp", "fp", "md", "md", "fd", "fd")
    for suffix, feature in zip(tables[ending], features, strict=True):
        yield stem + suffix, feature
    if ending == "I":
        yield stem, "ms"


def inflect_verb(
    root: str,
    form: str,
    *,
    vowels: str = "",
    masdar: Sequence[str] = (),
    participles: bool = True,
    masdars: bool = True,
) -> Pairs:
    """(written form, features) of a verb, one pair a spelling; its readings are joined by ``|`` (``perf.3ms|masdar``).

    ``root``: radicals with spaces (``ق و ل``), hamza in any seat. ``form``: I to X, QI, QII, QIV. ``vowels``: past and
    present vowel of form I where the root does not tell (``ia`` for بقي يبقى, ``aa`` for سعى يسعى, وقع يقع, نال ينال).
    ``masdar``: the masdars of form I, and further ones of other forms; those of forms II to X are made by rule.
    Raises ValueError for a root or form that cannot be inflected.
    """
    if root.split() and "".join(root.split()).translate(_HAMZAS) == "رءي" and form == "I":
        pairs = list(_see())
        verb = None
    else:
        verb = _Verb(root, form, vowels)
        pairs = [
            (spelling, feature)
            for template, feature in verb.finite()
            for spelling in _spellings(_write(template, verb.radicals))
        ]
    if masdars:
        pairs.extend(_masdars(verb, masdar))
    if participles and verb is not None:
        pairs.extend(_participles(verb))
    return collect(pairs)


def _see() -> Iterator[tuple[str, str]]:
    """رأى، يرى: the one verb that drops its hamza in the imperfect (Ryding 23.5)."""
    radicals = ["ر", _HAMZA, _YA]
    for person, ending in PERFECT["y"].items():
        yield _write("1a2" + ending, radicals), f"perf.{person}"
    for person, prefix, number in PERSONS:
        yield _write(f"{prefix}a1" + IMPERFECT["Y"][number], radicals), f"impf.{person}"
        if number in ("p", "d"):
            yield _write(f"{prefix}a1" + IMPERFECT["Y"]["sub." + number], radicals), f"sub.{person}"
        elif number == "":
            yield _write(f"{prefix}a1a", radicals), f"jus.{person}"
    yield _write("1u2iya", radicals), "perf_pass.3ms"


def _masdars(verb: _Verb | None, given: Sequence[str]) -> Iterator[tuple[str, str]]:
    words: list[tuple[str, list[str] | None]] = [(word, []) for word in given]
    if verb is not None and verb.stems.masdar:
        template = verb.stems.masdar
        if verb.form == "II" and verb.radicals[2] == _HAMZA:
            template = "ta12i3ah"
        word = _write(template, verb.radicals)
        if not any(fold(word) == fold(known) for known in given):
            words.append((word, None))
    for word, plural in words:
        for spelling, feature in inflect_noun(word, plural=plural):
            yield spelling, "masdar" if feature == "sg" else f"masdar.{feature.removeprefix('sg.')}"
        if verb is not None and verb.type == "defective" and verb.form in ("V", "VI") and plural is None:
            yield word[:-1], "masdar"


def _participles(verb: _Verb) -> Iterator[tuple[str, str]]:
    active = "I" if verb.type == "defective" else "sound"
    passive = "Y" if verb.type == "defective" else "sound"
    if verb.type == "defective" and verb.form == "I":
        passive = "w" if verb.radicals[2] == _WAW else "y"
    for name, stem, ending in (("act_part", verb.stems.act, active), ("pass_part", verb.stems.pas, passive)):
        for template, feature in _participle(stem, ending):
            written = _write(template, verb.radicals)
            yield written, f"{name}.{feature}"
            if not feature.endswith(".acc"):
                yield with_article(written), f"{name}.{feature}.def"
