"""Places that look like persons: `عين عيسى`, `ميس الجبل`, and the last of `محاور تل الورد ومريم بيك`."""

from __future__ import annotations

from riwaya.reading.actor_candidates import Candidate
from riwaya.text.letters import AND, ARTICLE
from riwaya.text.text import Text

_COMMAS = "\u060c,"
_LIST_WORDS = 16  # words of a list before a name
_OTHER = frozenset({"cue", "trigger", "function", "time", "number", "count", "actor", "actor_cue", "actor_head"})
_ENDS = ".:;\n!?\u061f\u061b"


def inside_places(text: Text) -> set[int]:
    """Tokens within the name of a place (`عين عيسى`) after which no other name stands (`الشيخ سليمان أبو كذا`)."""
    names = {match.first for match in text.of("actor_given")}
    places = [place for place in text.of("place") if place.last not in names]
    return {at for place in places for at in range(place.first + 1, place.last)}


def titled_places(text: Text) -> set[int]:
    """The titles that begin the name of a known place (`الشيخ زويد`) after which no surname or other name stands."""
    names = {match.first for match in text.of("actor_given") if not match.features}
    return {
        place.first
        for place in text.of("place")
        if place.features == "sure"
        and place.last - place.first > 1
        and place.last not in names
        and not (text.gaps[place.last] == " " and text.forms[place.last].startswith(ARTICLE))
    }


def goes_on_from_cue(text: Text, first: int) -> bool:
    """Whether a name goes on with a list that a generic word opens (`قرى الفوار، وأبو كرنة`): only names between."""
    if not (text.forms[first].startswith(AND[0]) or any(mark in _COMMAS for mark in text.gaps[first])):
        return False
    openers = {cue.last for cue in text.of("place_cue") if cue.entry[0] == "cue"}
    at = first
    while openers and first - at < _LIST_WORDS:
        if at in openers:
            return True
        if at == 0 or any(mark in _ENDS for mark in text.gaps[at]):
            return False
        at -= 1
        if not text.words[at].layers.isdisjoint(_OTHER):
            return False
    return False


def is_place(text: Text, person: Candidate) -> bool:
    """Whether what looks like a name is a known place's, or goes on with a list of places that a generic word opens."""
    places = {place.last: place for place in text.of("place") if place.features == "sure"}
    whole = places.get(person.last)
    if whole is not None and whole.first == person.first and person.last - person.first > 1:
        return True
    if not person.skip and text.gaps[person.first] == " ":
        return False
    openers = {cue.last for cue in text.of("place_cue") if cue.entry[0] == "cue" and cue.entry[2]}
    at = person.first
    while at in places and at not in openers:
        at = places[at].first
    return at in openers and at != person.first
