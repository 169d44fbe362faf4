"""The codebook's nouns as frozen records, and the project's errors. Imports only the standard library.

Coordinates everywhere: ``start``/``end`` are Unicode code points into the report's text exactly as received,
half-open. ``first``/``last`` are token indices into :class:`riwaya.text.text.Text`, half-open; they serve the
reading steps and are not written out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RiwayaError(Exception):
    """Any error that this project raises on purpose."""


class KnowledgeError(RiwayaError):
    """A knowledge file is not as it must be; the message names file, line, key, what was expected and what found."""


class DocumentError(RiwayaError):
    """A document could not be read; the message names the file, the line where there is one, and the reason."""


class StoreError(RiwayaError):
    """The store could not be opened, read or written."""


class Kind(StrEnum):
    """Event kinds of the codebook."""

    CLASH = "clash"
    AIR_STRIKE = "air_strike"
    SHELLING = "shelling"
    BOMBING = "bombing"
    ATTACK = "attack"
    KILLING = "killing"
    OFFENSIVE = "offensive"
    CAPTURE = "capture"
    SIEGE = "siege"
    DEPLOYMENT = "deployment"
    INTERCEPTION = "interception"
    EVACUATION = "evacuation"
    WITHDRAWAL = "withdrawal"
    SURRENDER = "surrender"
    AGREEMENT = "agreement"
    CEASEFIRE = "ceasefire"
    CEASEFIRE_VIOLATION = "ceasefire_violation"
    NEGOTIATION = "negotiation"
    RELEASE = "release"
    AID = "aid"
    ARREST = "arrest"
    ABDUCTION = "abduction"
    DISPLACEMENT = "displacement"
    PROPERTY_DESTRUCTION = "property_destruction"
    PROTEST = "protest"
    THREAT = "threat"
    ACCUSATION = "accusation"
    APPEAL = "appeal"


class Status(StrEnum):
    """How real the report makes the happening."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    NOT_OCCURRED = "not_occurred"


class Stance(StrEnum):
    """What a source does with a statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    UNCONFIRMED = "unconfirmed"
    CLAIMS_RESPONSIBILITY = "claims_responsibility"


class SourceKind(StrEnum):
    """What sort of source speaks."""

    MONITOR = "monitor"
    OFFICIAL = "official"
    MILITARY = "military"
    ARMED_GROUP = "armed_group"
    STATE_MEDIA = "state_media"
    NEWS_MEDIA = "news_media"
    SOCIAL_MEDIA = "social_media"
    IGO = "igo"
    NGO = "ngo"
    MEDICAL = "medical"
    LOCAL = "local"
    UNNAMED = "unnamed"
    POLITICAL = "political"
    OUTLET = "outlet"


class ActorKind(StrEnum):
    """What sort of actor is named."""

    STATE = "state"
    MILITARY = "military"
    POLICE = "police"
    ARMED_GROUP = "armed_group"
    COALITION = "coalition"
    IGO = "igo"
    NGO = "ngo"
    MONITOR = "monitor"
    MEDIA = "media"
    POLITICAL = "political"
    PERSON = "person"
    CIVILIANS = "civilians"
    OTHER = "other"


class Level(StrEnum):
    """What sort of place is named."""

    COUNTRY = "country"
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    NEIGHBOURHOOD = "neighbourhood"
    CAMP = "camp"
    FACILITY = "facility"
    REGION = "region"
    NATURAL = "natural"


class What(StrEnum):
    """What a count counts."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CASUALTIES = "casualties"
    MISSING = "missing"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    DISPLACED = "displaced"
    EVACUATED = "evacuated"
    RELEASED = "released"
    SURRENDERED = "surrendered"
    BESIEGED = "besieged"
    VEHICLES = "vehicles"
    STRIKES = "strikes"
    MUNITIONS = "munitions"
    HOUSEHOLDS = "households"
    OTHER = "other"


FAMILIES: dict[str, tuple[Kind, ...]] = {
    "battle": (Kind.CLASH, Kind.ATTACK, Kind.OFFENSIVE, Kind.CAPTURE, Kind.DEPLOYMENT),
    "remote": (Kind.AIR_STRIKE, Kind.SHELLING, Kind.BOMBING, Kind.INTERCEPTION),
    "harm": (Kind.KILLING, Kind.ARREST, Kind.ABDUCTION, Kind.SIEGE, Kind.DISPLACEMENT, Kind.PROPERTY_DESTRUCTION),
    "de-escalation": (
        Kind.EVACUATION,
        Kind.WITHDRAWAL,
        Kind.SURRENDER,
        Kind.AGREEMENT,
        Kind.CEASEFIRE,
        Kind.NEGOTIATION,
        Kind.RELEASE,
        Kind.AID,
    ),
    "dispute": (Kind.CEASEFIRE_VIOLATION, Kind.THREAT, Kind.ACCUSATION, Kind.APPEAL, Kind.PROTEST),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the report: raw code points, half-open, and the text they hold."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as resolved: canonical English name, other accepted names, and what it belongs to."""

    id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    source_kind: SourceKind | None = None
    interaction: int | None = None
    organisation: Actor | None = None
    known: bool = True  # False: built by a pattern, not in the lexicon


@dataclass(frozen=True, slots=True)
class Place:
    """A place as resolved; coordinates in WGS 84 degrees, None where not known."""

    id: str
    name: str
    country: str
    lat: float | None
    lon: float | None
    level: Level
    aliases: tuple[str, ...] = ()
    admin1: str | None = None


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression; ``from_``/``to`` are inclusive ISO days, None where it names no interval."""

    start: int
    end: int
    text: str
    from_: str | None
    to: str | None
    edtf: str | None
    rule: str
    first: int = 0
    last: int = 0
    note: str = ""  # why an interval is missing, e.g. "no publication date"
    future: bool = False


@dataclass(frozen=True, slots=True)
class Considered:
    """A reading that was weighed and dropped, with the reason, for ``riwaya explain``."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A toponym in the text with the place chosen for it."""

    start: int
    end: int
    text: str
    place: Place
    rule: str
    first: int = 0
    last: int = 0
    direction: str | None = None  # north … northwest, centre: words beside the name that are not part of it
    considered: tuple[Considered, ...] = ()


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor named in the text."""

    start: int
    end: int
    text: str
    actor: Actor
    rule: str
    first: int = 0
    last: int = 0
    considered: tuple[Considered, ...] = ()


@dataclass(frozen=True, slots=True)
class CountMention:
    """A number of people or things; ``max`` None = open above, ``min`` None = open below."""

    start: int
    end: int
    text: str
    what: What
    who: str | None
    min: int | None
    max: int | None
    rule: str
    approx: bool = False
    part_of: int | None = None  # index, in the report's counts, of the total that this one is a part of
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks. ``actor`` names the speaker (with the body spoken for as its organisation)."""

    actor: Actor
    kind: SourceKind
    mention: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of the report and whose word it is.

    ``scope`` lists raw code-point ranges, half-open, that the source answers for.
    """

    cue: Evidence
    source: Source
    stance: Stance
    scope: tuple[tuple[int, int], ...]
    rule: str
    via: tuple[Actor, ...] = ()
    quoted: bool = False
    first: int = 0  # token range of the cue
    last: int = 0


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a role of an event, with the words that name it there."""

    actor: Actor
    evidence: Evidence | None
    rule: str


@dataclass(frozen=True, slots=True)
class EventPlace:
    """A place of an event: its role (at, from, to), direction, and the words."""

    place: Place
    role: str
    direction: str | None
    evidence: Evidence
    rule: str


@dataclass(frozen=True, slots=True)
class EventTime:
    """The days of an event, inclusive, with the words they come from."""

    from_: str | None
    to: str | None
    edtf: str | None
    evidence: Evidence | None
    rule: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One source's word on an event."""

    source: Source
    stance: Stance
    via: tuple[Actor, ...]
    evidence: tuple[Evidence, ...]
    rule: str
    counts: tuple[CountMention, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One named term of the score that made a decision."""

    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class Decision:
    """A weighed decision: what was decided about which value, its score, and the terms that made it."""

    about: str
    outcome: str
    score: float
    terms: tuple[Term, ...]
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One happening of a report, reported once however often it is mentioned."""

    id: str
    kind: Kind
    trigger: Evidence
    status: Status
    background: bool
    agents: tuple[Party, ...]
    targets: tuple[Party, ...]
    mediators: tuple[Party, ...]
    places: tuple[EventPlace, ...]
    when: EventTime
    counts: tuple[CountMention, ...]
    claims: tuple[Claim, ...]
    ordinal: int | None = None
    rule: str = ""
    mentions: tuple[Evidence, ...] = ()  # the other words that name the same happening
    decisions: tuple[Decision, ...] = ()  # filled only when explanations were asked for


@dataclass(frozen=True, slots=True)
class ControlStatement:
    """A static statement that an actor holds a place; not an event."""

    start: int
    end: int
    text: str
    holder: Actor
    place: Place
    rule: str
    source: Source | None = None
    stance: Stance = Stance.ASSERTS


@dataclass(frozen=True, slots=True)
class Document:
    """A report as received, before it is read. ``published`` is an ISO date or date-time, None when unknown."""

    id: str
    text: str
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    origin: str | None = None  # file (and line) or URL it came from
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A coded report: the document and everything read in it."""

    document: Document
    language: str
    sha256: str
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    counts: tuple[CountMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    control: tuple[ControlStatement, ...] = ()
    notes: tuple[str, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read: where, and why. Written beside the reports so that nothing is lost."""

    origin: str
    reason: str
    line: int | None = None
