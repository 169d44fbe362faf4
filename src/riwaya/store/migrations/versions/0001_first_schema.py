"""The first schema: tables, and the search index in the database's own way."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, each after those it points to, and the search index."""
    _make_changes()
    _make_corrections()
    _make_incidents()
    _make_judgements()
    _make_links()
    _make_reports()
    _make_holdings()
    _make_revisions()
    _make_shingles()
    _make_unlinked()
    _make_events()
    _make_event_actors()
    _make_event_claims()
    _make_event_counts()
    _make_event_places()
    _make_search()


def _make_changes() -> None:
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_changes_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_changes_subject"), ["subject"], unique=False)


def _make_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=True),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corrections_report"), ["report"], unique=False)


def _make_incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("from_day", sa.Text(), nullable=True),
        sa.Column("to_day", sa.Text(), nullable=True),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("disputed", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("first_said", sa.Text(), nullable=True),
        sa.Column("last_said", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("incidents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incidents_disputed"), ["disputed"], unique=False)
        batch_op.create_index(batch_op.f("ix_incidents_first_said"), ["first_said"], unique=False)
        batch_op.create_index(batch_op.f("ix_incidents_from_day"), ["from_day"], unique=False)
        batch_op.create_index(batch_op.f("ix_incidents_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_incidents_weight"), ["weight"], unique=False)


def _make_judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("a_report", sa.Text(), nullable=False),
        sa.Column("a_event", sa.Text(), nullable=False),
        sa.Column("b_report", sa.Text(), nullable=False),
        sa.Column("b_event", sa.Text(), nullable=False),
        sa.Column("a_mark", sa.Text(), nullable=False),
        sa.Column("b_mark", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )


def _make_links() -> None:
    op.create_table(
        "links",
        sa.Column("a_report", sa.Text(), nullable=False),
        sa.Column("a_event", sa.Text(), nullable=False),
        sa.Column("b_report", sa.Text(), nullable=False),
        sa.Column("b_event", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("a_report", "a_event", "b_report", "b_event"),
    )
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.create_index("ix_links_a", ["a_report"], unique=False)
        batch_op.create_index("ix_links_b", ["b_report"], unique=False)


def _make_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("copy_of", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Integer(), nullable=True),
        sa.Column("added", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_copy_of"), ["copy_of"], unique=False)
        batch_op.create_index(batch_op.f("ix_reports_url"), ["url"], unique=False)


def _make_holdings() -> None:
    op.create_table(
        "holdings",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("coded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.number"],
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    with op.batch_alter_table("holdings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holdings_place"), ["place"], unique=False)
        batch_op.create_index(batch_op.f("ix_holdings_report"), ["report"], unique=False)


def _make_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("coded", sa.LargeBinary(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.number"],
        ),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("report", "revision"),
    )
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revisions_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_revisions_sha256"), ["sha256"], unique=False)


def _make_shingles() -> None:
    op.create_table(
        "shingles",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.number"],
        ),
        sa.PrimaryKeyConstraint("hash", "report"),
    )


def _make_unlinked() -> None:
    op.create_table(
        "unlinked",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.number"],
        ),
        sa.PrimaryKeyConstraint("report"),
    )


def _make_events() -> None:
    op.create_table(
        "events",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("from_day", sa.Text(), nullable=True),
        sa.Column("to_day", sa.Text(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("trigger_text", sa.Text(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=True),
        sa.Column("trigger_end", sa.Integer(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reviewed", sa.Boolean(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"],
            ["reports.number"],
        ),
        sa.ForeignKeyConstraint(
            ["revision"],
            ["revisions.number"],
        ),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("report", "event"),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_from_day"), ["from_day"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_incident"), ["incident"], unique=False)
        batch_op.create_index(batch_op.f("ix_events_kind"), ["kind"], unique=False)


def _make_event_actors() -> None:
    op.create_table(
        "event_actors",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["event"], ["events.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
    )
    with op.batch_alter_table("event_actors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_actors_actor"), ["actor"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_actors_event"), ["event"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_actors_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_actors_organisation"), ["organisation"], unique=False)


def _make_event_claims() -> None:
    op.create_table(
        "event_claims",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("person", sa.Boolean(), nullable=False),
        sa.Column("source_kind", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["event"], ["events.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
    )
    with op.batch_alter_table("event_claims", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_claims_event"), ["event"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_claims_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_claims_organisation"), ["organisation"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_claims_source"), ["source"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_claims_stance"), ["stance"], unique=False)


def _make_event_counts() -> None:
    op.create_table(
        "event_counts",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("low", sa.Integer(), nullable=True),
        sa.Column("high", sa.Integer(), nullable=True),
        sa.Column("claim", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["event"], ["events.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
    )
    with op.batch_alter_table("event_counts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_counts_event"), ["event"], unique=False)


def _make_event_places() -> None:
    op.create_table(
        "event_places",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["event"], ["events.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
    )
    with op.batch_alter_table("event_places", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_places_admin1"), ["admin1"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_places_country"), ["country"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_places_event"), ["event"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_places_name"), ["name"], unique=False)


def _make_search() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TABLE search (report INTEGER PRIMARY KEY, words TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX ix_search_words ON search USING GIN (words)")
    else:
        op.execute("CREATE VIRTUAL TABLE search USING fts5(words, more, tokenize = 'unicode61 remove_diacritics 0')")
