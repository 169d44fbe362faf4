"""Places that no gazetteer names: unknown toponyms after a generic word, and words that stand for a place."""

from __future__ import annotations

from riwaya.knowledge.place_words import PlaceCue
from riwaya.knowledge.places import PlaceTable
from riwaya.model import Level, Place, PlaceMention
from riwaya.reading.place_choice import Scene
from riwaya.reading.place_spots import Around
from riwaya.text.text import Text

_ORDINARY_LAYERS = frozenset(
    {"function", "trigger", "time", "number", "count", "cue", "actor", "place_cue", "actor_gentilic"}
)
_ARTICLE = "\u0627\u0644"
_FEMININE = "\u0647"
_SHARE = 0.5
_MARK = '"'
_QUOTED_WORDS = 4  # words of a quoted name, at most
_WITHIN = frozenset({Level.NEIGHBOURHOOD, Level.FACILITY})
_TOWNS = frozenset({Level.CITY, Level.TOWN})
_BESIDE = frozenset({Level.CITY, Level.TOWN, Level.VILLAGE, Level.ADMIN2})
_RIGHT_AFTER = 4  # words after an unknown village within which the place it belongs to stands
_SHORT_NAME = 4  # letters up to which a name without its generic word is not trusted
_AFTER_FIRST = 6  # words by which a town before is farther than one after


def find_unknown(
    text: Text, table: PlaceTable, around: Around, scene: Scene, found: list[PlaceMention], flags: bytearray
) -> list[PlaceMention]:
    """Mentions of places known only by the generic word before them (`بلدة كذا`), without coordinates.

    One that the text puts in or beside a town takes the town's point (rule ``cue.within``). Its country is the one of
    which the report speaks most, empty where it speaks of none. Tokens whose flag is set belong to something else;
    those of the new mentions are set.
    """
    unknown: list[PlaceMention] = []
    country = scene.foremost() or ""
    for at in sorted(around.cues):
        first, cue, proclitic = around.cues[at]
        if cue.unknown == "no" or at >= len(text) or flags[at] or flags[first]:
            continue
        last = _name_end(text, table, cue, at, flags)
        if last is None:
            continue
        begin, skip = (first, len(proclitic)) if cue.inside else (at, 0)
        start, end = text.span(begin, last, skip)
        direction = around.before.get(first)
        side = direction[1] if direction else None
        place, rule = _place_unknown(text, table, cue, country, found, begin, at, last)
        if rule == "cue.unknown" and cue.unknown == "tail":
            continue
        unknown.append(PlaceMention(start, end, text.raw[start:end], place, rule, begin, last, side))
        for index in range(begin, last):
            flags[index] = 1
    return [*unknown, *_repeats(text, unknown, flags)]


def _place_unknown(
    text: Text,
    table: PlaceTable,
    cue: PlaceCue,
    country: str,
    found: list[PlaceMention],
    begin: int,
    at: int,
    last: int,
) -> tuple[Place, str]:
    """The place of an unknown name and the rule that made it."""
    level, name = cue.levels[0], table.words.romanise(text.slice(at, last))
    town = _town_beside(text, found, level, begin, last)
    if town is None:
        return Place(f"unknown/{country}/{name}", name, country, None, None, level), "cue.unknown"
    ident = f"unknown/{town.country}/{town.name}/{name}"
    return Place(ident, name, town.country, town.lat, town.lon, level, (), town.admin1), "cue.within"


def _repeats(text: Text, unknown: list[PlaceMention], flags: bytearray) -> list[PlaceMention]:
    """The later mentions of names that the report has once given a generic word (`قرية كذا` … `كذا`)."""
    named: dict[str, PlaceMention] = {}
    for mention in unknown:
        form = text.forms[mention.last - 1]
        if mention.place.level not in _WITHIN and len(form) > _SHORT_NAME:
            known = named.get(form)
            if known is None or known.place.lat is None:
                named[form] = mention
    repeats: list[PlaceMention] = []
    for form, mention in named.items():
        at = mention.last
        while form in text.forms[at:]:
            at = text.forms.index(form, at)
            if not flags[at]:
                start, end = text.span(at, at + 1)
                flags[at] = 1
                repeats.append(PlaceMention(start, end, text.raw[start:end], mention.place, "cue.repeat", at, at + 1))
            at += 1
    return repeats


def _town_beside(text: Text, found: list[PlaceMention], level: Level, first: int, last: int) -> Place | None:
    """The place at whose point an unknown one is put, None where the text puts it at none.

    For a quarter or building a town of the sentence, rather one after it; for others a place named right after.
    """
    number = text.sentence_of[first]
    within = level in _WITHIN
    near = [
        (mention.first - last if mention.first >= last else first - mention.last + _AFTER_FIRST, mention.place)
        for mention in found
        if text.sentence_of[mention.first] == number
        and (mention.place.level in _TOWNS if within else mention.place.level in _BESIDE)
        and (within or 0 <= mention.first - last < _RIGHT_AFTER)
    ]
    return min(near, key=lambda item: item[0])[1] if near else None


def _name_end(text: Text, table: PlaceTable, cue: PlaceCue, at: int, flags: bytearray) -> int | None:
    """The token after an unknown name that begins at ``at``, None where no name does."""
    words, forms = table.words, text.forms
    form = forms[at]
    if text.gaps[at] not in (" ", ' "') or len(form) < 3 or form[0].isdigit() or form.isascii():
        return None
    if cue.unknown == "quoted" or (text.gaps[at] == ' "' and cue.levels[0] in _WITHIN):
        return _quote_end(text, at)
    if cue.unknown == "tail":
        return at + 1 if form in cue.tails else None
    if words.has("first_part", form):
        last = at + 2
        if last > len(text) or text.gaps[at + 1] != " " or flags[at + 1] or words.has("ordinary", forms[at + 1]):
            return None
        return last
    definite = form.startswith(_ARTICLE)
    if cue.unknown == "definite" and not definite:
        return None
    if words.has("ordinary", form) or words.has("before_place", form):
        return None
    if not definite and form.endswith(_FEMININE):
        return None  # `بلدة محاصرة`: an adjective rather than a name
    if not text.words[at].layers.isdisjoint(_ORDINARY_LAYERS):
        return None
    return at + 1


def _quote_end(text: Text, at: int) -> int | None:
    """The token after the quoted name that begins at ``at`` (`مسجد "سعادة"`), None where no short quotation does."""
    if _MARK not in text.gaps[at]:
        return None
    for last in range(at + 1, min(at + _QUOTED_WORDS, len(text)) + 1):
        if text.gaps[last].startswith(_MARK):
            return last
    return None


def find_shorts(
    text: Text, table: PlaceTable, around: Around, scene: Scene, found: list[PlaceMention], flags: bytearray
) -> list[PlaceMention]:
    """Mentions of `العاصمة` (with a gentilic or alone) and `القطاع`, where they stand for a place."""
    shorts: list[PlaceMention] = []
    begins = {mention.first for mention in found}
    for match in around.capital:
        last, country = match.last, _capital_meant(table, scene, found, match.first)
        people = around.people.get(last)
        if people is not None and last < len(text) and text.gaps[last] == " ":
            last, country = people
        if flags[match.first] or country not in table.capitals:
            continue
        if match.first and flags[match.first - 1] and text.gaps[match.first] == " ":
            continue  # `عدن العاصمة`
        after = last < len(text) and text.gaps[last] in (" ", ' "', " (", "، ")
        if after and (last in begins or (text.gaps[last] == " " and _goes_on(text, last, flags))):
            continue
        shorts.append(_short(text, table, table.capitals[country], match.first, last, match.proclitic, "capital"))
    for match in around.short:
        number = table.shorts.get(match.entry[1])
        if number is None or flags[match.first] or scene.share(table.countries[number]) < _SHARE:
            continue
        if match.last < len(text) and text.gaps[match.last] == " " and text.forms[match.last].startswith(_ARTICLE):
            continue
        shorts.append(_short(text, table, number, match.first, match.last, match.proclitic, "short"))
    return shorts


def _goes_on(text: Text, token: int, flags: bytearray) -> bool:
    """Whether a word goes on with a name or an adjective (`العاصمة المؤقتة`)."""
    return bool(flags[token]) or text.forms[token].startswith(_ARTICLE)


def _capital_meant(table: PlaceTable, scene: Scene, found: list[PlaceMention], first: int) -> str | None:
    """The country of the capital last named before a token, else the one of which the report speaks most."""
    before = [mention.place for mention in found if mention.first < first and mention.place.id in table.seats]
    return before[-1].country if before else scene.foremost()


def _short(
    text: Text, table: PlaceTable, number: int, first: int, last: int, proclitic: str, rule: str
) -> PlaceMention:
    start, end = text.span(first, last, len(proclitic))
    place = table.place(number)
    return PlaceMention(start, end, text.raw[start:end], place, rule, first, last)
