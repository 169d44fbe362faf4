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


def find_unknown(text: Text, table: PlaceTable, around: Around, scene: Scene, flags: bytearray) -> list[PlaceMention]:
    """Mentions of places known only by the generic word before them (`بلدة كذا`), without coordinates.

    Tokens whose flag is set belong to something else; those of the new mentions are set.
    """
    found: list[PlaceMention] = []
    country = scene.foremost()
    if country is None:
        return found
    for at in sorted(around.cues):
        first, cue, proclitic = around.cues[at]
        if cue.unknown == "no" or at >= len(text) or flags[at] or flags[first]:
            continue
        last = _name_end(text, table, cue, at, flags)
        if last is None:
            continue
        begin, skip = (first, len(proclitic)) if cue.inside else (at, 0)
        start, end = text.span(begin, last, skip)
        level = cue.levels[0]
        name = table.words.romanise(text.slice(at, last))
        place = Place(f"unknown/{country}/{name}", name, country, None, None, level)
        direction = around.before.get(first)
        side = direction[1] if direction else None
        found.append(PlaceMention(start, end, text.raw[start:end], place, "cue.unknown", begin, last, side))
        for index in range(begin, last):
            flags[index] = 1
    return found


def _name_end(text: Text, table: PlaceTable, cue: PlaceCue, at: int, flags: bytearray) -> int | None:
    """The token after an unknown name that begins at ``at``, None where no name does."""
    words, forms = table.words, text.forms
    form = forms[at]
    if text.gaps[at] not in (" ", ' "') or len(form) < 3 or form[0].isdigit() or form.isascii():
        return None
    if words.has("first_part", form):
        last = at + 2
        if last > len(text) or text.gaps[at + 1] != " " or flags[at + 1]:
            return None
        return last if forms[at + 1] not in words.lists["ordinary"] else None
    definite = form.startswith(_ARTICLE)
    if cue.unknown == "definite" and not definite:
        return None
    if form in words.lists["ordinary"] or form in words.lists["before_place"]:
        return None
    if not definite and form.endswith(_FEMININE):
        return None  # `بلدة محاصرة`: an adjective rather than a name
    if any(hit[0] in _ORDINARY_LAYERS for hit in text.words[at].single):
        return None
    return at + 1


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
        after = last < len(text) and text.gaps[last] in (" ", ' "', " (")
        if after and (last in begins or flags[last] or text.forms[last].startswith(_ARTICLE)):
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


def _capital_meant(table: PlaceTable, scene: Scene, found: list[PlaceMention], first: int) -> str | None:
    """The country of the capital last named before a token, else the one of which the report speaks most."""
    seats = {table.ids[number]: country for country, number in table.capitals.items()}
    before = [mention.place for mention in found if mention.first < first and mention.place.id in seats]
    return before[-1].country if before else scene.foremost()


def _short(
    text: Text, table: PlaceTable, number: int, first: int, last: int, proclitic: str, rule: str
) -> PlaceMention:
    start, end = text.span(first, last, len(proclitic))
    place = table.place(number)
    return PlaceMention(start, end, text.raw[start:end], place, rule, first, last)


def is_wide(level: Level) -> bool:
    """Whether a level names an area rather than a point."""
    return level in (Level.COUNTRY, Level.ADMIN1, Level.ADMIN2, Level.REGION, Level.NATURAL)
