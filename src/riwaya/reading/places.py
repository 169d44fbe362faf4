"""Find the places that a text names, and which places they are (codebook, Mentions, Conventions).

A name is found by the longest match; the generic word before it joins it where it is part of the name
(`محافظة درعا`, `مخيم اليرموك`, `ريف حلب الشمالي`) and stays out where it is not (`مدينة حمص`); direction words stay out
and give the mention its direction. Rules: ``name`` (the name alone), ``cue`` (with a generic word), ``cue.derived``
(a thing at a town), ``cue.unknown`` (a generic word before a name that no gazetteer has), ``cue.within`` (the same of
a quarter or building, at its town's point), ``cue.list`` (an unknown name in a list of places), ``cue.repeat`` (one
named again), ``countryside``, ``capital`` and ``short`` (`العاصمة`, `القطاع`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from riwaya.knowledge.places import PlaceTable
from riwaya.model import Considered, Level, Place, PlaceMention
from riwaya.reading.place_choice import TWINS, Scene, choose, is_far, is_near, read_scene
from riwaya.reading.place_lists import Names
from riwaya.reading.place_spots import Around, Spot, find_spots, read_around, taken_tokens
from riwaya.reading.place_words import find_listed, find_repeats, find_shorts, find_unknown
from riwaya.text.letters import BA
from riwaya.text.text import Text

if TYPE_CHECKING:
    from riwaya.knowledge.knowledge import Knowledge

_KNOWN_PEOPLE = 100_000  # people of a place that is named without context
_GREAT_PEOPLE = 500_000  # the same of one that has nothing before it, in a report of other countries
_BASES = (Level.CITY, Level.TOWN, Level.VILLAGE, Level.ADMIN1, Level.ADMIN2, Level.NEIGHBOURHOOD)
_NAMESAKES = (Level.NEIGHBOURHOOD, Level.VILLAGE, Level.TOWN)
_SMALL = (Level.TOWN, Level.FACILITY, Level.NEIGHBOURHOOD, Level.CAMP, Level.VILLAGE)
_BORDER_KM = 100.0  # from a sure place, up to which a place of another country is meant
_QUARTER_KM, _VILLAGE_KM = 60.0, 120.0  # from all sure places, beyond which a namesake may be meant
_NAMED_AFTER = frozenset({"street", "bridge", "junction", "checkpoint", "gate"})  # often named after places elsewhere
_SHORT_WORD = 4  # letters of a word that may well be another
_ANCHORS = 3  # sure places of a report from which its villages are told by them
_TOWN_PEOPLE = 20_000
_HOME_SHARE = 0.5  # share of a report's words from which a country is one of its own


def find_places(text: Text, knowledge: Knowledge, taken: Sequence[tuple[int, int]] = ()) -> list[PlaceMention]:
    """The places named in a text, in order; no mention overlaps another or a taken stretch.

    ``taken`` are the raw stretches (code points, half-open) of actors: a toponym in an actor's name is no place.
    A place that no gazetteer has is given without coordinates.
    """
    table = knowledge.places
    around = read_around(text, table.words)
    flags = taken_tokens(text, taken)
    spots = find_spots(text, table, around, flags)
    scene = read_scene(text, knowledge, around, spots)
    found: list[PlaceMention] = []
    for spot in spots:
        if not spot.taken:
            mention = _read_spot(text, table, around, scene, spot, found[-1] if found else None)
            if mention is not None:
                found.append(mention)
    for mention in found:
        for index in range(mention.first, mention.last):
            flags[index] = 1
    names = Names(text, table.words, knowledge.functions, flags)
    unknown = find_unknown(names, table, around, scene, found)
    unknown += find_listed(names, table, around, scene, [*found, *unknown])
    found.extend([*unknown, *find_repeats(text, unknown, flags)])
    found.extend(find_shorts(text, table, around, scene, found, flags))
    found.sort(key=lambda mention: mention.start)
    return found


def _read_spot(
    text: Text, table: PlaceTable, around: Around, scene: Scene, spot: Spot, before: PlaceMention | None
) -> PlaceMention | None:
    """The mention at a matched name, None where the name is no place there."""
    _drop_cue(table, spot)
    if not _continues(table, spot, before) and not _may_be_place(text, table, around, scene, spot):
        return None
    number, _, considered = choose(table, scene, spot)
    if number is None:
        return None
    if _is_doubtful(text, table, scene, spot, number) or _is_told_apart(text, table, scene, spot, number):
        scene.refused.update(spot.numbers if spot.cue is not None else ())
        return None
    scene.named[number] = None
    place = table.place(number)
    if spot.country_from is not None:
        return _read_countryside(text, around, spot, place, considered)
    side = _farther_side(text, around, spot)
    if side is not None:
        return _read_farther(text, spot, place, side, considered)
    cue = spot.cue
    rule, first, skip = "name", spot.first, len(spot.proclitic)
    last = spot.last
    if cue is not None:
        rule = "cue"
        if cue.inside and not spot.listed:
            first, skip = spot.cue_first, len(spot.cue_proclitic)
            if place.level not in cue.levels and place.level not in cue.also:
                rule, place = "cue.derived", _derive(place, cue.id, cue.english, cue.levels[0])
        while last < len(text) and text.forms[last] in cue.tails and text.gaps[last] in (" ", '" '):
            last += 1
    direction = spot.direction or _named_side(around, spot)
    start, end = text.span(first, last, skip)
    return PlaceMention(start, end, text.raw[start:end], place, rule, first, last, direction, considered)


def _named_side(around: Around, spot: Spot) -> str | None:
    """The direction within the name of a countryside that we have whole (`ريف حلب الشمالي`), None for other names."""
    if spot.first + 1 not in around.countryside:
        return None
    sides = (around.after.get(first) for first in (spot.last - 2, spot.last - 1))
    return next((side for side in sides if side is not None and side[0] == spot.last), (0, None))[1]


def _farther_side(text: Text, around: Around, spot: Spot) -> tuple[int, str] | None:
    """The end and direction of a countryside that goes on after the name we have.

    So `ريف إدلب الشمالي` + `الشرقي`, `ريف السويداء` + `الغربي`.
    """
    if spot.first + 1 not in around.countryside:
        return None
    side = around.after.get(spot.last - 1)
    if side is None and text.gaps[spot.last] == " ":
        side = around.after.get(spot.last)
    return side if side is not None and side[0] > spot.last else None


def _read_farther(
    text: Text, spot: Spot, place: Place, side: tuple[int, str], considered: tuple[Considered, ...]
) -> PlaceMention:
    """The part of a countryside that a further direction word names, at the point of what the name before it names."""
    last, direction = side
    words = [f"{direction}ern" if word.endswith("ern") else word for word in place.name.split()]
    name = " ".join(words) if words != place.name.split() else f"{direction.capitalize()} {place.name}"
    part = replace(place, id=f"{place.id}/{direction}", name=name, aliases=())
    start, end = text.span(spot.first, last, len(spot.proclitic))
    return PlaceMention(start, end, text.raw[start:end], part, "countryside", spot.first, last, direction, considered)


def _continues(table: PlaceTable, spot: Spot, before: PlaceMention | None) -> bool:
    """Whether a name follows another of its country in a list: `جوبر والتضامن`."""
    if not spot.joined or before is None or before.last != spot.first:
        return False
    if spot.caution == "cue" and spot.cue is None and not spot.proclitic:
        return False  # `في سوريا، معربا عن`
    return any(table.countries[number] == before.place.country for number in spot.numbers)


def _drop_cue(table: PlaceTable, spot: Spot) -> None:
    """Forget a generic word that cannot belong to the name: `طريق حمص` is Homs, where no road has that name."""
    cue = spot.cue
    if cue is None or not cue.inside:
        return
    wanted = (*cue.levels, *cue.also)
    if cue.derive:
        wanted = (*wanted, *_BASES)
    if not any(table.level(number) in wanted for number in spot.numbers):
        spot.cue, spot.preposition = None, True


def _may_be_place(text: Text, table: PlaceTable, around: Around, scene: Scene, spot: Spot) -> bool:
    """Whether a name that is also an everyday word, or that follows a given name, may be read as a place."""
    if _is_code_name(text, spot):
        return False
    if spot.cue is not None or spot.country_from is not None or spot.direction is not None:
        return True
    if spot.caution == "cue" and not any(number in scene.named for number in spot.numbers):
        return False
    if spot.caution == "preposition" and not (spot.preposition and _at_home(table, scene, spot)):
        return False
    single = spot.last - spot.first == 1
    if single and spot.first > 0 and text.gaps[spot.first] == " " and not spot.proclitic:
        return spot.first not in around.given and not table.words.has("name_part", text.forms[spot.first - 1])
    return True


def _at_home(table: PlaceTable, scene: Scene, spot: Spot) -> bool:
    """Whether one of the candidates is a country or lies in one that the report speaks of."""
    return any(
        table.level(number) is Level.COUNTRY or scene.share(table.countries[number]) > 0 for number in spot.numbers
    )


def _is_doubtful(text: Text, table: PlaceTable, scene: Scene, spot: Spot, number: int) -> bool:
    """Whether a small place stands too bare, or in a report that speaks of other countries."""
    level, share = table.level(number), scene.share(table.countries[number])
    if level is Level.COUNTRY:
        return False
    elsewhere = scene.is_elsewhere(table.countries[number], number)
    if elsewhere and spot.cue is not None and level not in (*spot.cue.levels, *spot.cue.also):
        common = spot.cue.id in _NAMED_AFTER or Level.NATURAL in spot.cue.levels
        return common or not spot.cue.derive or table.people[number] < _KNOWN_PEOPLE  # `قرية عسير`, `شارع فلسطين`
    if level in _NAMESAKES and _is_other(table, scene, spot, number):
        return True
    if table.own[number]:
        everyday = spot.caution != "sure" or level in _SMALL
        near = spot.caution == "sure" and is_near(table, scene, number, _BORDER_KM)
        known = table.people[number] >= _KNOWN_PEOPLE or near
        bare = not spot.preposition and spot.cue is None and table.people[number] < _GREAT_PEOPLE
        if elsewhere and bare and len(text.forms[spot.first]) <= _SHORT_WORD and spot.last - spot.first == 1:
            return True  # `سرت الهدنة`
        return everyday and elsewhere and not known
    if table.people[number] >= _KNOWN_PEOPLE:
        return elsewhere and not spot.preposition and spot.cue is None and table.people[number] < _GREAT_PEOPLE
    if spot.cue is not None or spot.country_from is not None:
        return (share == 0 or elsewhere) and (spot.cue is None or spot.cue.inside or scene.is_set())
    return share < _HOME_SHARE and (not spot.preposition or share == 0)


def _is_told_apart(text: Text, table: PlaceTable, scene: Scene, spot: Spot, number: int) -> bool:
    """Whether the report says that a place of this name lies in another country than the one we know.

    It says so right behind the name (`بلدة ديري في مالي`), or where the name stood with its generic word before.
    """
    country = table.countries[number]
    if scene.share(country) > 0:
        return False
    if number in scene.refused:
        return scene.is_elsewhere(country, number)
    if table.own[number] or table.people[number] >= _KNOWN_PEOPLE:
        return False  # `العيون جنوب المغرب`
    if spot.cue is None or spot.last + 1 >= len(text) or text.gaps[spot.last] != " ":
        return False
    word, home = text.forms[spot.last], scene.states.get(spot.last + 1)
    if home is None and word.startswith(BA):
        home = scene.states.get(spot.last)
    elif not table.words.has("inside", word) and word not in table.words.sides:
        return False
    return home is not None and home not in (country, TWINS.get(country))


def _is_other(table: PlaceTable, scene: Scene, spot: Spot, number: int) -> bool:
    """Whether a quarter or village is far from all that the report surely names, so that a namesake may be meant."""
    level = table.level(number)
    if level is Level.NEIGHBOURHOOD:
        if spot.cue is not None and spot.cue.listed and spot.cue.levels[0] is Level.VILLAGE:
            return True  # `قرى الخالدية وكذا`: no quarter of a city
        common = spot.caution == "cue" or (spot.cue is not None and level not in spot.cue.levels)
        return common and is_far(table, scene, number, _QUARTER_KM)
    village = spot.cue is not None and spot.cue.levels[0] is Level.VILLAGE and len(scene.anchors) >= _ANCHORS
    small = table.people[number] < _TOWN_PEOPLE or table.countries[number] != scene.foremost()
    return village and small and is_far(table, scene, number, _VILLAGE_KM)


def _is_code_name(text: Text, spot: Spot) -> bool:
    """Whether a name is the name of an operation: quoted with a year (`"سيناء 2018"`)."""
    if spot.last >= len(text) or not text.forms[spot.last].isdigit() or '"' not in text.gaps[spot.first]:
        return False
    return '"' in text.gaps[spot.last + 1]


def _derive(base: Place, kind: str, english: str, level: Level) -> Place:
    """A thing at a town, at the town's point: `مطار حماة` is Hama Airport."""
    return replace(base, id=f"{base.id}/{kind}", name=f"{base.name} {english}".strip(), level=level, aliases=())


def _read_countryside(
    text: Text, around: Around, spot: Spot, base: Place, considered: tuple[Considered, ...]
) -> PlaceMention:
    """The country round a town: `ريف حلب الشمالي`, the direction in the words and as the mention's direction."""
    first = spot.country_from if spot.country_from is not None else spot.first
    last, direction = spot.last, spot.direction
    name = f"{base.name.removesuffix(' Governorate')} countryside"
    after = around.after.get(last)
    if after is not None and text.gaps[last] == " ":
        last, direction = after
        name = f"{direction.capitalize()} {name}"
    place = replace(base, id=f"{base.id}/countryside", name=name, level=Level.REGION, aliases=())
    start, end = text.span(first, last, len(spot.country_proclitic))
    return PlaceMention(start, end, text.raw[start:end], place, "countryside", first, last, direction, considered)
