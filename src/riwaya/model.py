"""The codebook's nouns as frozen records, and the project's errors. Imports only the standard library.

Coordinates everywhere: ``start``/``end`` are Unicode code points into the report's text exactly as received,
half-open. ``first``/``last`` are token indices into :class:`riwaya.text.text.Text`, half-open; they serve the
reading steps and are not written out.
"""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.vocabulary import FAMILIES as FAMILIES
from riwaya.vocabulary import ActorKind as ActorKind
from riwaya.vocabulary import Kind as Kind
from riwaya.vocabulary import Level as Level
from riwaya.vocabulary import SourceKind as SourceKind
from riwaya.vocabulary import Stance as Stance
from riwaya.vocabulary import Status as Status
from riwaya.vocabulary import What as What


class RiwayaError(Exception):
    """Any error that this project raises on purpose."""


class KnowledgeError(RiwayaError):
    """A knowledge file is not as it must be; the message names file, line, key, what was expected and what found."""


class DocumentError(RiwayaError):
    """A document could not be read; the message names the file, the line where there is one, and the reason."""


class StoreError(RiwayaError):
    """The store could not be opened, read or written."""


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
