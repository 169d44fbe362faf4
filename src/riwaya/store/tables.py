"""The tables. Reports, revisions, changes, judgements and corrections are only ever appended to.

``events`` and what hangs on it, ``incidents`` and ``links`` are an index made from them: they can be dropped and
made again. Times are UTC, ISO 8601 text; days are inclusive ISO text; coordinates WGS 84 degrees; spans raw code
points, half-open.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()
LINKED = "incidents linked"  # change of the log that names the incidents which linking made and took away


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True, autoincrement=True)


def _of_event() -> Column[int]:
    return Column("event", Integer, ForeignKey("events.number", ondelete="CASCADE"), nullable=False, index=True)


# A report as such. ``copy_of``: the report whose text this one reprints. ``withdrawn``: number of the tombstone.
reports = Table(
    "reports",
    metadata,
    _number(),
    Column("id", Text, nullable=False, unique=True),
    Column("url", Text, index=True),
    Column("copy_of", Integer, index=True),
    Column("withdrawn", Integer),
    Column("added", Text, nullable=False),
)

# What was received and what the reader made of it. ``coded`` is the coded report as zlib-packed JSON.
revisions = Table(
    "revisions",
    metadata,
    _number(),
    Column("report", Integer, ForeignKey("reports.number"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("reason", Text, nullable=False),  # added | changed | recoded
    Column("sha256", Text, nullable=False, index=True),
    Column("version", Text, nullable=False),
    Column("outlet", Text),
    Column("title", Text),
    Column("published", Text),
    Column("day", Text, index=True),
    Column("origin", Text),
    Column("language", Text),
    Column("coded", LargeBinary, nullable=False),
    Column("added", Text, nullable=False),
    UniqueConstraint("report", "revision"),
)

# The log that `riwaya changes` lists: kind of change, what it is about, details as JSON.
changes = Table(
    "changes",
    metadata,
    _number(),
    Column("at", Text, nullable=False, index=True),
    Column("change", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("coder", Text),
    Column("reason", Text),
    Column("detail", Text, nullable=False),
)

# Hashes of shingles, by which reprints are found.
shingles = Table(
    "shingles",
    metadata,
    Column("hash", BigInteger, primary_key=True),
    Column("report", Integer, ForeignKey("reports.number"), primary_key=True),
)

events = Table(
    "events",
    metadata,
    _number(),
    Column("report", Integer, ForeignKey("reports.number"), nullable=False),
    Column("revision", Integer, ForeignKey("revisions.number"), nullable=False),
    Column("event", Text, nullable=False),
    Column("kind", Text, nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("from_day", Text, index=True),
    Column("to_day", Text),
    Column("ordinal", Integer),
    Column("line", Text, nullable=False),
    Column("trigger_text", Text, nullable=False),
    Column("trigger_start", Integer),
    Column("trigger_end", Integer),
    Column("rule", Text, nullable=False),
    Column("reviewed", Boolean, nullable=False),
    Column("incident", Text, index=True),
    UniqueConstraint("report", "event"),
)

event_places = Table(
    "event_places",
    metadata,
    _number(),
    _of_event(),
    Column("place", Text),
    Column("name", Text, nullable=False, index=True),
    Column("country", Text, index=True),
    Column("admin1", Text, index=True),
    Column("level", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("role", Text, nullable=False),
    Column("direction", Text),
)

event_actors = Table(
    "event_actors",
    metadata,
    _number(),
    _of_event(),
    Column("actor", Text, index=True),
    Column("name", Text, nullable=False, index=True),
    Column("kind", Text),
    Column("role", Text, nullable=False),  # agent | target | mediator
    Column("organisation", Text, index=True),
)

event_claims = Table(
    "event_claims",
    metadata,
    _number(),
    _of_event(),
    Column("claim", Integer, nullable=False),  # place in the event's list of claims, from 0
    Column("source", Text, index=True),
    Column("name", Text, nullable=False, index=True),
    Column("organisation", Text, index=True),
    Column("person", Boolean, nullable=False),
    Column("source_kind", Text, nullable=False),
    Column("stance", Text, nullable=False, index=True),
    Column("via", Text),
)

event_counts = Table(
    "event_counts",
    metadata,
    _number(),
    _of_event(),
    Column("what", Text, nullable=False),
    Column("who", Text),
    Column("low", Integer),
    Column("high", Integer),
    Column("claim", Integer),  # the claim that gives it, None where the whole event has it
)

# Statements that someone holds a place (the coded report's `control`).
holdings = Table(
    "holdings",
    metadata,
    _number(),
    Column("report", Integer, ForeignKey("reports.number"), nullable=False, index=True),
    Column("place", Text, nullable=False, index=True),
    Column("country", Text),
    Column("admin1", Text),
    Column("coded", Text, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False, index=True),
    Column("from_day", Text, index=True),
    Column("to_day", Text),
    Column("accounts", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("disputed", Integer, nullable=False, index=True),  # how many fields are
    Column("fields", Text, nullable=False),  # names of the disputed ones, joined by spaces
    Column("weight", Float, nullable=False, index=True),  # how much dispute there is: sides and voices
    Column("first_said", Text, index=True),
    Column("last_said", Text),
)

# Pairs of accounts that fit together, and why: what holds incidents together.
links = Table(
    "links",
    metadata,
    Column("a_report", Text, primary_key=True),
    Column("a_event", Text, primary_key=True),
    Column("b_report", Text, primary_key=True),
    Column("b_event", Text, primary_key=True),
    Column("score", Float, nullable=False),
    Column("terms", Text, nullable=False),
    Index("ix_links_a", "a_report"),
    Index("ix_links_b", "b_report"),
)

# A person's word on two accounts. ``undoes``: number of an earlier judgement that this one takes back.
judgements = Table(
    "judgements",
    metadata,
    _number(),
    Column("at", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("verdict", Text, nullable=False),  # positive | negative | unsure | undo
    Column("a_report", Text, nullable=False),
    Column("a_event", Text, nullable=False),
    Column("b_report", Text, nullable=False),
    Column("b_event", Text, nullable=False),
    Column("a_mark", Text, nullable=False),  # kind, trigger and span: finds the event after re-coding
    Column("b_mark", Text, nullable=False),
    Column("reason", Text),
    Column("undoes", Integer),
)

# A person's word on a report's events. ``mark`` finds the event again after re-coding.
corrections = Table(
    "corrections",
    metadata,
    _number(),
    Column("at", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("report", Text, nullable=False, index=True),
    Column("event", Text),
    Column("mark", Text, nullable=False),
    Column("action", Text, nullable=False),  # accept | reject | change | add | flag | undo
    Column("field", Text),
    Column("value", Text, nullable=False),  # JSON
    Column("before", Text, nullable=False),  # JSON: what stood there
    Column("reason", Text),
    Column("undoes", Integer),
)

# How reports call the actors that no lexicon has, and places: the name of the reader, the words of the first report.
names = Table(
    "names",
    metadata,
    _number(),
    Column("name", Text, nullable=False, unique=True),
    Column("words", Text, nullable=False),
    Column("person", Boolean, nullable=False),
)

# Which linking of which events is stored: a run that was killed leaves reports listed here.
unlinked = Table(
    "unlinked",
    metadata,
    Column("report", Integer, ForeignKey("reports.number"), primary_key=True),
)
