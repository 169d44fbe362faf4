"""Runs migrations on the connection that :mod:`riwaya.store.migrate` hands over."""

from alembic import context

from riwaya.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,  # the caller's transaction holds everything
)
context.run_migrations()
