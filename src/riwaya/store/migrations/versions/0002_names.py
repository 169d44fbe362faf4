"""The words by which reports call whom no lexicon has, and places; filled from the reports that are kept."""

import sqlalchemy as sa
from alembic import op

from riwaya.store.index import unpack
from riwaya.store.names_told import keep_names, names_of

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None
_PART = 500  # reports read at once


def upgrade() -> None:
    """Make the table, and fill it."""
    op.create_table(
        "names",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("person", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("name"),
    )
    connection = op.get_bind()
    current = "SELECT number, coded FROM revisions WHERE current AND number > :after ORDER BY number LIMIT :many"
    after = 0
    while rows := connection.execute(sa.text(current), {"after": after, "many": _PART}).all():
        keep_names(connection, [each for row in rows for each in names_of(unpack(row.coded))])
        after = rows[-1].number
