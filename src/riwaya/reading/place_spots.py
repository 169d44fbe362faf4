"""Where toponyms stand: the matched names with the generic words, directions and prepositions around them.

Token ranges are half-open indices into the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from riwaya.knowledge.lexicon import Match
from riwaya.knowledge.place_words import PlaceCue, PlaceWords
from riwaya.knowledge.places import PlaceTable
from riwaya.model import Level
from riwaya.text.letters import ARTICLE, BA, KAF, LAM, SIN, TANWIN, WA
from riwaya.text.text import Text

_OPEN_GAPS = (" ", ' "', " (", "_", " #")  # what may stand between a generic word and the name
_LIST_MARKS = "،,/"
_SETTLED = (Level.CITY, Level.TOWN, Level.VILLAGE)
_LABEL = (":", ".")
_VERBAL = "سف"  # proclitics that seldom stand before a place: the future, `ف` of main clauses
_HAMZAS = "\u0623\u0625"  # on and under alef
_PLAIN = frozenset({"place", "actor_given", "actor_short"})  # layers of a word that may be a name of a list
_LIST_REACH = 14  # words between a generic word and the list that a colon opens
_SHORTEST = 3  # letters of a name that may carry a clitic


@dataclass(slots=True)
class Around:
    """What the words around toponyms say, by the token at which they end or begin."""

    cues: dict[int, tuple[int, PlaceCue, str]] = field(default_factory=dict)  # end -> first, cue, proclitic
    before: dict[int, tuple[int, str, str]] = field(default_factory=dict)  # end -> first, direction, proclitic
    after: dict[int, tuple[int, str]] = field(default_factory=dict)  # first -> end, direction
    people: dict[int, tuple[int, str]] = field(default_factory=dict)  # first -> end, country
    given: set[int] = field(default_factory=set)  # ends of given names
    countryside: dict[int, tuple[int, str]] = field(default_factory=dict)  # end -> first, proclitic
    capital: list[Match] = field(default_factory=list)
    short: list[Match] = field(default_factory=list)


@dataclass(slots=True)
class Spot:
    """A matched name: its tokens, the candidates, and the words around it that count."""

    first: int
    last: int
    proclitic: str
    numbers: tuple[int, ...]
    caution: str
    begin: int  # first token of the generic words before it
    cue: PlaceCue | None = None
    cue_first: int = 0  # first token of the generic word
    cue_proclitic: str = ""
    country_from: int | None = None  # first token of `ريف` before it
    country_proclitic: str = ""
    direction: str | None = None
    preposition: bool = False
    listed: bool = False
    joined: bool = False  # follows the name before it with `و` or a comma
    taken: bool = False


def read_around(text: Text, words: PlaceWords) -> Around:
    """The words around toponyms; of several that end or begin at a token, the longest."""
    around = Around()
    for match in text.of("place_cue"):
        kind = match.entry[0]
        if match.proclitic[-1:] == KAF:
            continue  # `كتلة` is not ك + تلة
        if kind == "cue":
            if not _spelt_so(words.cues[match.entry[1]], text.slice(match.first, match.last)):
                continue
            known = around.cues.get(match.last)
            if known is None or match.first < known[0]:
                around.cues[match.last] = (match.first, words.cues[match.entry[1]], match.proclitic)
        elif kind == "before":
            longest = around.before.get(match.last)
            if longest is None or match.first < longest[0]:
                around.before[match.last] = (match.first, match.entry[1], match.proclitic)
        elif kind == "after":
            if match.first not in around.after or around.after[match.first][0] < match.last:
                around.after[match.first] = (match.last, match.entry[1])
        elif kind == "countryside":
            around.countryside[match.last] = (match.first, match.proclitic)
        elif kind == "capital":
            around.capital.append(match)
        else:
            around.short.append(match)
    for match in text.of("actor_gentilic"):
        if match.first not in around.people or around.people[match.first][0] < match.last:
            around.people[match.first] = (match.last, match.entry)
    for match in text.of("actor_given"):
        if match.proclitic in ("", WA) and not words.has("before_place", text.forms[match.first]):
            around.given.add(match.last)
    return around


def _spelt_so(cue: PlaceCue, written: str) -> bool:
    """Whether a generic word has the hamza as written: `وأدى` is a verb, not `وادي`, `إحياء` are no quarters."""
    return all(hamza not in written or any(hamza in word for word in cue.words) for hamza in _HAMZAS)


def taken_tokens(text: Text, taken: Sequence[tuple[int, int]]) -> bytearray:
    """One byte a token, 1 where it lies in a taken stretch (raw code points, half-open)."""
    flags = bytearray(len(text))
    for start, end in taken:
        low, high = bisect_right(text.ends, start), bisect_left(text.starts, end)
        for index in range(low, high):
            flags[index] = 1
    return flags


def find_spots(text: Text, table: PlaceTable, around: Around, flags: bytearray) -> list[Spot]:
    """The names of the text, the longest at each place, without overlaps, with the words around them."""
    spots: list[Spot] = []
    end = 0
    words = table.words
    whole = words.lists["whole"]
    matches = text.of("place")
    for index, match in enumerate(matches):
        if match.features == "cue" and match.first not in around.cues and _is_within(matches[index + 1 :], match):
            continue
        if match.first < end or (match.proclitic and _is_word(text, whole, match)):
            continue
        if match.last - match.first == 1 and _is_common(text, words, match):
            continue
        if match.last - match.first > 1 and _opens_within(text, match):
            continue
        spot = Spot(match.first, match.last, match.proclitic, match.entry, match.features, match.first)
        _trim(table, spot, around)
        spot.taken = _is_taken(flags, spot)
        if not spot.taken:
            _look_back(text, words, around, spot)
            if spots and spot.begin == spot.first and spots[-1].last == spot.first:
                _join_list(text, table, spots[-1], spot)
        spots.append(spot)
        end = match.last
    return spots


def _is_within(following: Sequence[Match], match: Match) -> bool:
    """Whether a name that needs its generic word begins with another that needs none: `دمشق وريفها`."""
    return bool(following) and following[0].first == match.first and following[0].features == "sure"


def _trim(table: PlaceTable, spot: Spot, around: Around) -> None:
    """Leave out `بلدة`, `قرية`, `ناحية`, and `مدينة` of a city, where they stand in the name as we have it."""
    generic = around.cues.get(spot.first + 1)
    if generic is None or spot.last - spot.first < 2 or generic[1].inside:
        return
    settled = all(table.level(number) in _SETTLED for number in spot.numbers)
    if generic[1].levels[0] in _SETTLED and settled:
        spot.first += 1
        spot.begin, spot.proclitic = spot.first, ""


def _is_taken(flags: bytearray, spot: Spot) -> bool:
    """Whether a name lies in a taken stretch; one that holds the stretch within itself does not (`بحيرة تشاد`)."""
    inside = flags[spot.first : spot.last]
    if not any(inside):
        return False
    goes_on = spot.last < len(flags) and flags[spot.last] and inside[-1]
    return bool(inside[0]) or bool(goes_on)


def _is_word(text: Text, whole: frozenset[str], match: Match) -> bool:
    """Whether what looks like a clitic and a name is one word: `بلاد`, `فان`, or a verb with `س`."""
    form = text.forms[match.first]
    if match.proclitic[-1] == KAF and form[len(match.proclitic) :][:2] != ARTICLE:
        return True
    if match.proclitic[-1] == SIN:
        return True  # `سابلين`
    if (match.proclitic[-1] in _VERBAL and match.features != "sure") or (
        match.last - match.first == 1 and form in whole
    ):
        return True
    return match.last - match.first == 1 and len(form) - len(match.proclitic) < _SHORTEST


def _is_common(text: Text, words: PlaceWords, match: Match) -> bool:
    """Whether a name of one word is an indefinite noun (`صيدا` in `صيداً`), or the first part of a longer name."""
    last = match.last
    if TANWIN in text.raw[text.starts[match.first] : text.ends[match.first]]:
        return True
    follows = last < len(text) and text.gaps[last] == " "
    if follows and words.has("not_name", f"{text.forms[match.first][len(match.proclitic) :]} {text.forms[last]}"):
        return True
    return follows and words.has("first_part", text.forms[match.first]) and match.features != "sure"


def _opens_within(text: Text, match: Match) -> bool:
    """Whether quotation marks open within a name and close after it (`منطقة "كرم القواديس"`): it is another name."""
    marks = "".join(text.gaps[match.first + 1 : match.last]).count('"')
    return marks % 2 == 1 and text.gaps[match.last] == " " and '"' not in text.gaps[match.first]


def list_cue(text: Text, words: PlaceWords, around: Around, at: int) -> PlaceCue | None:
    """The generic word of a list that a colon opens before a token, else None.

    So `أربع قرى، وهي: كذا`, `القرى الأربع هي: كذا`, `بلدات: كذا`.
    """
    if at == 0 or text.gaps[at].strip(' "') != ":":
        return None
    reach = _LIST_REACH if words.has("list_opener", text.forms[at - 1]) else 0
    for end in range(at, max(at - reach, text.sentence(at).first) - 1, -1):
        found = around.cues.get(end)
        if found is not None and found[1].listed:
            return found[1]
        form = text.forms[end - 1]
        definite = words.plurals.get(form[len(ARTICLE) :]) if reach and form.startswith(ARTICLE) else None
        if definite is not None:
            return definite
    return None


def _cue_before(text: Text, around: Around, first: int) -> PlaceCue | None:
    """The generic word of the list to which a name after `و` belongs: `قرى كذا وحلب`, nothing known between."""
    for at in range(first - 1, max(first - _LIST_REACH, 0), -1):
        found = around.cues.get(at)
        if found is not None and found[1].listed and at < first - 1:
            return found[1]
        if text.gaps[at].strip() not in ("", "،", ",") or not text.words[at].layers <= _PLAIN:
            return None
        if not (text.forms[at].startswith(WA) or text.gaps[at].strip() or at in around.cues):
            return None
    return None


def _look_back(text: Text, words: PlaceWords, around: Around, spot: Spot) -> None:
    """Fill in the generic words, the direction and the preposition before a name."""
    at = spot.first
    if not spot.proclitic:
        at = _read_chain(text, around, spot)
    spot.begin = at
    opened = list_cue(text, words, around, at) if spot.cue is None and at == spot.first else None
    if opened is None and spot.proclitic == WA:
        opened = _cue_before(text, around, spot.first)
    if opened is not None:
        spot.cue, spot.listed, spot.preposition = opened, True, True
        return
    if at == spot.first and spot.proclitic:
        spot.preposition = spot.proclitic[-1] in "بل"
        return
    direction = around.before.get(at)
    if direction is not None and text.gaps[at] == " ":
        spot.direction = direction[1]
        spot.preposition = True
        return
    if text.gaps[spot.last][:1] in _LABEL and text.sentence(at).first == at:
        spot.preposition = True  # `مالي: مقتل جنود`
        return
    proclitic = spot.cue_proclitic or spot.country_proclitic
    spot.preposition = proclitic[-1:] in (BA, LAM) or (
        at > 0 and text.gaps[at] == " " and _is_preposition(words, text.forms[at - 1])
    )


def _is_preposition(words: PlaceWords, form: str) -> bool:
    """Whether a place stands after a word, `و` before it or not: `في`, `وفي`."""
    return words.has("before_place", form) or (form.startswith(WA) and words.has("before_place", form[1:]))


def _read_chain(text: Text, around: Around, spot: Spot) -> int:
    """Read the generic words before a name from the nearest outwards; the token at which they begin."""
    at = spot.first
    for _ in range(3):
        if text.gaps[at] not in _OPEN_GAPS:
            break
        rural = around.countryside.get(at)
        if rural is not None:
            spot.country_from, spot.country_proclitic = rural
            return rural[0]
        found = around.cues.get(at)
        if found is None:
            break
        first, cue, proclitic = found
        if spot.cue is None or (cue.inside and cue.derive and not spot.cue.inside):
            spot.cue, spot.cue_first, spot.cue_proclitic = cue, first, proclitic
        at = first
        if proclitic:
            break
    return at


def _join_list(text: Text, table: PlaceTable, previous: Spot, spot: Spot) -> None:
    """Carry on what stood before the first of a list: `بلدات سرمين وبنش، وتفتناز`, `بين لبنان وسورية`.

    A country that follows a country is one: `مع بوركينا فاسو ومالي`.
    """
    gap = text.gaps[spot.first]
    if text.sentence_of[previous.first] != text.sentence_of[spot.first]:
        return
    if spot.proclitic != WA and not any(mark in gap for mark in _LIST_MARKS):
        return
    spot.joined = True
    if previous.cue is not None and previous.cue.listed:
        spot.cue, spot.listed, spot.direction = previous.cue, True, previous.direction
    countries = all(table.level(number) is Level.COUNTRY for number in (previous.numbers[0], spot.numbers[0]))
    spot.preposition = previous.preposition or previous.cue is not None or countries
