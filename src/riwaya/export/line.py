"""What happened, in one short line of English made from an event's own values. Nothing is added to them."""

from __future__ import annotations

from collections.abc import Sequence

from riwaya.model import CountMention, Event, EventPlace, Kind, Party, Status, What

# Kind -> what happened, the word before its agents, the word before its targets.
_WORDS: dict[Kind, tuple[str, str, str]] = {
    Kind.CLASH: ("clash", "between", "with"),
    Kind.AIR_STRIKE: ("air strike", "by", "on"),
    Kind.SHELLING: ("shelling", "by", "of"),
    Kind.BOMBING: ("bombing", "by", "against"),
    Kind.ATTACK: ("attack", "by", "on"),
    Kind.KILLING: ("killing", "by", "of"),
    Kind.OFFENSIVE: ("military operation", "by", "against"),
    Kind.CAPTURE: ("capture", "by", "from"),
    Kind.SIEGE: ("siege", "by", "of"),
    Kind.DEPLOYMENT: ("deployment", "of", "against"),
    Kind.INTERCEPTION: ("interception", "by", "of"),
    Kind.EVACUATION: ("evacuation", "of", "with"),
    Kind.WITHDRAWAL: ("withdrawal", "of", "before"),
    Kind.SURRENDER: ("surrender", "of", "to"),
    Kind.AGREEMENT: ("agreement", "between", "on"),
    Kind.CEASEFIRE: ("ceasefire", "between", "with"),
    Kind.CEASEFIRE_VIOLATION: ("ceasefire violation", "by", "against"),
    Kind.NEGOTIATION: ("talks", "between", "with"),
    Kind.RELEASE: ("release", "by", "of"),
    Kind.AID: ("aid", "by", "for"),
    Kind.ARREST: ("arrest", "by", "of"),
    Kind.ABDUCTION: ("abduction", "by", "of"),
    Kind.DISPLACEMENT: ("displacement", "by", "of"),
    Kind.PROPERTY_DESTRUCTION: ("property destruction", "by", "against"),
    Kind.PROTEST: ("protest", "by", "against"),
    Kind.THREAT: ("threat", "by", "against"),
    Kind.ACCUSATION: ("accusation", "by", "against"),
    Kind.APPEAL: ("appeal", "by", "to"),
}
_COUNT_WORDS = {What.OTHER: "counted", What.CASUALTIES: "killed or wounded"}
_ONE = {
    "people": "person",
    "civilians": "civilian",
    "fighters": "fighter",
    "soldiers": "soldier",
    "police": "police officer",
    "children": "child",
    "women": "woman",
    "journalists": "journalist",
    "medics": "medic",
}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_SHOWN = 3  # names listed before "and n more"


def ordinal_word(number: int) -> str:
    """`2nd`, `11th`: an English ordinal."""
    ending = "th" if 10 <= number % 100 <= 20 else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def count_figure(count: CountMention) -> str:
    """The figure as it was given: `9`, `9 or more`, `up to 9`, `20 to 99`, `about 400`."""
    low, high = count.min, count.max
    if low is None and high is None:
        return "an unknown number"
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"{low} or more"
    figure = str(low) if low == high else f"{low} to {high}"
    return f"about {figure}" if count.approx else figure


def count_phrase(count: CountMention) -> str:
    """The count in English: `9 or more civilians killed`."""
    who = count.who or ""
    if count.min == count.max == 1:
        who = _ONE.get(who, who)
    words = (count_figure(count), who, _COUNT_WORDS.get(count.what, count.what.value))
    return " ".join(word for word in words if word)


def place_phrase(places: Sequence[EventPlace]) -> str:
    """The places with role and direction: `in Damascus (south) and Douma`, `from Homs to Idlib`."""
    words: list[str] = []
    for role, word in (("at", "in"), ("from", "from"), ("to", "to")):
        names = [place_name(place) for place in places if place.role == role]
        if names:
            words.append(f"{word} {_listing(names)}")
    return " ".join(words)


def place_name(place: EventPlace) -> str:
    """The place's name with its direction: `Damascus (south)`."""
    return place.place.name + (f" ({place.direction})" if place.direction else "")


def event_line(event: Event, with_status: bool = True) -> str:
    """The line: `2nd evacuation of Islamic State from Damascus (south) to Syrian Desert`.

    A status other than occurred stands after it in brackets, unless ``with_status`` is false.
    """
    name, by, to = _WORDS[event.kind]
    words = [ordinal_word(event.ordinal)] if event.ordinal else []
    words.append(name)
    if event.agents:
        between = "by" if by == "between" and len(event.agents) == 1 and not event.targets else by
        words.append(f"{between} {_names(event.agents)}")
    if event.targets:
        joined = by == "between" and len(event.agents) == 1
        words.append(f"{'and' if joined else to} {_names(event.targets)}")
    if event.places:
        words.append(place_phrase(event.places))
    if event.mediators:
        words.append(f"under {_names(event.mediators)}")
    line = " ".join(words)
    totals = [count_phrase(count) for count in event.counts if count.part_of is None]
    if totals:
        line += ": " + ", ".join(totals)
    if with_status and event.status is not Status.OCCURRED:
        line += f" ({event.status.value.replace('_', ' ')})"
    return line[:1].upper() + line[1:]


def _names(parties: Sequence[Party]) -> str:
    return _listing(list(dict.fromkeys(party.actor.name for party in parties)))


def _listing(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`, `A, B, C and 2 more`."""
    if len(names) > _SHOWN:
        names = [*names[:_SHOWN], f"{len(names) - _SHOWN} more"]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
