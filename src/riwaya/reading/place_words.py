"""Places that no gazetteer names: unknown toponyms after a generic word or in a list, and words that stand for one."""

from __future__ import annotations

from collections.abc import Sequence

from riwaya.knowledge.place_words import PlaceCue
from riwaya.knowledge.places import PlaceTable
from riwaya.model import Level, Place, PlaceMention
from riwaya.reading.place_choice import TWINS, Scene
from riwaya.reading.place_lists import Item, Names
from riwaya.reading.place_spots import Around, list_cue
from riwaya.text.letters import ARTICLE, BA, HA, LAM, TA, WA, YA
from riwaya.text.text import Text

_BEFORE_NAMES = (WA, BA, LAM)  # clitics with which a name is named again
_DUAL = TA + YA  # of feminine nouns in the construct state: `قريتي`
_SHARE = 0.5
_QUOTES = '"\u201c\u201d\u00ab\u00bb'
_WITHIN = frozenset({Level.NEIGHBOURHOOD, Level.FACILITY})
_TOWNS = frozenset({Level.CITY, Level.TOWN})
_PEOPLED = frozenset({Level.CITY, Level.TOWN, Level.VILLAGE})
_BESIDE = frozenset({Level.CITY, Level.TOWN, Level.VILLAGE, Level.ADMIN2})
_SMALL = frozenset({Level.TOWN, Level.VILLAGE, Level.NEIGHBOURHOOD, Level.CAMP, Level.NATURAL, Level.FACILITY})
_RIGHT_AFTER = 4  # words after an unknown village within which the place it belongs to stands
_SHORT_NAME = 4  # letters up to which a name without its generic word is not trusted
_AFTER_FIRST = 6  # words by which a town before is farther than one after
_LEAST = 2  # names of a list


def find_unknown(
    names: Names, table: PlaceTable, around: Around, scene: Scene, found: list[PlaceMention]
) -> list[PlaceMention]:
    """Mentions of places known only by the generic word before them (`بلدة كذا`), without coordinates.

    One that the text puts in or beside a town takes the town's point (rule ``cue.within``). Its country is that of
    the nearest known place of its sentence, else the one of which the report speaks most, empty where it speaks of
    none. Tokens whose flag is set belong to something else; those of the new mentions are set.
    """
    unknown: list[PlaceMention] = []
    text, flags = names.text, names.flags
    for at in sorted(around.cues):
        first, cue, proclitic = around.cues[at]
        if cue.unknown == "no" or cue.listed or at >= len(text) or flags[at] or flags[first]:
            continue
        last = _name_end(names, cue, at)
        if last is None:
            continue
        begin, skip = (first, len(proclitic)) if cue.inside else (at, 0)
        start, end = _with_mark(text, *text.span(begin, last, skip))
        direction = around.before.get(first)
        side = direction[1] if direction else None
        country = country_beside(text, scene, found, begin)
        place, rule = _place_unknown(text, table, cue, country, found, begin, at, last)
        if rule == "cue.unknown" and cue.unknown == "tail":
            continue
        unknown.append(PlaceMention(start, end, text.raw[start:end], place, rule, begin, last, side))
        for index in range(begin, last):
            flags[index] = 1
    return unknown


def country_beside(text: Text, scene: Scene, found: Sequence[PlaceMention], first: int) -> str:
    """The country of the nearest place of the sentence before or after a token, else the report's foremost."""
    number = text.sentence_of[first]
    near = [
        (abs(mention.first - first), mention.place.country)
        for mention in found
        if text.sentence_of[mention.first] == number and scene.share(mention.place.country) > 0
    ]
    return min(near)[1] if near else scene.foremost() or ""


def find_listed(
    names: Names, table: PlaceTable, around: Around, scene: Scene, found: list[PlaceMention]
) -> list[PlaceMention]:
    """Mentions of unknown names in lists of places (rule ``cue.list``), without coordinates.

    A list is opened by a generic word in the plural (`بلدات`, `محاور`), or is one that holds small places known on
    both sides of the unknown name. Tokens whose flag is set belong to something else; those of new mentions are set.
    """
    text, flags = names.text, names.flags
    by_first = {mention.first: mention for mention in found}
    known = {first: mention.last for first, mention in by_first.items()}
    starts: dict[int, PlaceCue | None] = {
        mention.first: None for mention in found if mention.place.level in _SMALL and not mention.rule.startswith("cap")
    }
    starts |= {at: cue for at, (_, cue, _) in around.cues.items() if cue.listed and at < len(text)}
    starts |= _opened_lists(names, around)
    listed: list[PlaceMention] = []
    for at in sorted(starts):
        cue = starts[at]
        dual = cue is not None and text.forms[at - 1].endswith(_DUAL)
        settled = cue is not None and cue.levels[0] in _PEOPLED
        items = list(names.read_list(at, known, dual=dual, settled=settled))
        level = cue.levels[0] if cue is not None else None
        for item in _trusted(around, cue, items, by_first):
            neighbours = [by_first[other.first].place for other in items if other.known]
            country = neighbours[0].country if neighbours else country_beside(text, scene, found, item.first)
            beside = level or next((place.level for place in neighbours if place.level in _SMALL), Level.VILLAGE)
            mention = _listed_mention(text, table, item, beside, country)
            listed.append(mention)
            known[item.first], by_first[item.first] = item.last, mention
            for index in range(item.first, item.last):
                flags[index] = 1
    return listed


def _opened_lists(names: Names, around: Around) -> dict[int, PlaceCue]:
    """The first tokens of the lists that a colon opens, and their generic words."""
    text = names.text
    opened: dict[int, PlaceCue] = {}
    for at, gap in enumerate(text.gaps[: len(text)]):
        cue = list_cue(text, names.words, around, at) if ":" in gap else None
        if cue is not None:
            opened[at] = cue
    return opened


def _listed_mention(text: Text, table: PlaceTable, item: Item, level: Level, country: str) -> PlaceMention:
    start, end = text.span(item.first, item.last, item.skip)
    name = table.words.romanise(text.raw[start:end])
    place = Place(f"unknown/{country}/{name}", name, country, None, None, level)
    return PlaceMention(start, end, text.raw[start:end], place, "cue.list", item.first, item.last)


def _trusted(
    around: Around, cue: PlaceCue | None, items: list[Item], by_first: dict[int, PlaceMention]
) -> list[Item]:
    """The unknown names of a list that are surely places."""
    unknown = [item for item in items if not item.known]
    known = [number for number, item in enumerate(items) if item.known]
    if not unknown or len(items) < _LEAST:
        return []
    if cue is None:  # between small places of the same list
        last = known[-1]
        small = by_first[items[last].first].place.level in _SMALL
        return [item for number, item in enumerate(items) if not item.known and number < last and small]
    if known or cue.unknown != "no":
        return unknown
    end = items[-1].last
    goes_on = end in by_first or end in around.people or any(first == end for first, _, _ in around.before.values())
    return unknown if goes_on else []


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


def find_repeats(text: Text, unknown: Sequence[PlaceMention], flags: bytearray) -> list[PlaceMention]:
    """The later mentions of names that the report has once given a generic word (`قرية كذا` … `كذا`)."""
    named: dict[str, PlaceMention] = {}
    for mention in unknown:
        at = mention.last - 1
        form = text.forms[at][max(mention.start - text.starts[at], 0) :]
        if mention.place.level not in _WITHIN and len(form) > _SHORT_NAME:
            known = named.get(form)
            if known is None or known.place.lat is None:
                named[form] = mention
    spelt = {clitic + form: len(clitic) for form in named for clitic in ("", *_BEFORE_NAMES)}
    repeats: list[PlaceMention] = []
    for at, form in enumerate(text.forms):
        skip = spelt.get(form)
        if skip is None or flags[at] or at < named[form[skip:]].last:
            continue
        start, end = text.span(at, at + 1, skip)
        flags[at] = 1
        place = named[form[skip:]].place
        repeats.append(PlaceMention(start, end, text.raw[start:end], place, "cue.repeat", at, at + 1))
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


def _name_end(names: Names, cue: PlaceCue, at: int) -> int | None:
    """The token after an unknown name that begins at ``at``, None where no name does."""
    text, form = names.text, names.text.forms[at]
    if cue.unknown == "tail":
        return at + 1 if text.gaps[at] == " " and form in cue.tails else None
    marked = names.marked_end(at, trusted=cue.unknown == "quoted" or cue.levels[0] in _SMALL)
    if marked is not None:
        return marked
    if text.gaps[at] != " ":
        return None
    following = at + 1
    if following < len(text) and text.gaps[following] == " " and text.forms[following] in cue.tails:
        return at + 2 if names.is_name(at) else None  # `قاعدة كذا الجوية`
    if cue.unknown == "quoted" or (cue.unknown == "foreign" and form.startswith(ARTICLE)):
        return None
    if not (names.words.has("first_part", form) or form.startswith(ARTICLE)):
        feminine, settled = text.forms[at - 1].endswith(HA), cue.levels[0] in _PEOPLED
        if cue.unknown == "definite" or not names.is_foreign(at, feminine=feminine, settled=settled):
            return None
    return names.end(at)


def _with_mark(text: Text, start: int, end: int) -> tuple[int, int]:
    """A span with the mark that closes one opened within it: `مسجد "سعادة"`."""
    inside, after = text.raw[start:end], text.raw[end : end + 1]
    opened = inside.count("(") > inside.count(")") and after == ")"
    quoted = any(mark in inside for mark in _QUOTES) and after in _QUOTES and bool(after)
    return start, end + (opened or quoted)


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
        if after and (last in begins or (text.gaps[last] == " " and _goes_on(text, table, last, flags))):
            continue
        shorts.append(_short(text, table, table.capitals[country], match.first, last, match.proclitic, "capital"))
    for match in around.short:
        number = table.shorts.get(match.entry[1])
        if number is None or flags[match.first]:
            continue
        country = table.countries[number]
        if max(scene.share(country), scene.share(TWINS.get(country, ""))) < _SHARE:
            continue
        form = text.forms[match.last] if match.last < len(text) and text.gaps[match.last] == " " else ""
        if form.startswith(ARTICLE) and not table.words.has("epithet", form):
            continue  # `القطاع الصحي`, but `القطاع المحاصر`
        shorts.append(_short(text, table, number, match.first, match.last, match.proclitic, "short"))
    return shorts


def _goes_on(text: Text, table: PlaceTable, token: int, flags: bytearray) -> bool:
    """Whether a word goes on with a name or an adjective (`العاصمة المؤقتة`), not with `إلى` or `التي`."""
    form, words = text.forms[token], table.words
    if flags[token]:
        return True
    return form.startswith(ARTICLE) and not words.has("before_place", form) and not words.has("relative", form)


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
