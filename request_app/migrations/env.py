"""Alembic's entry; `request_app.migrations` gives it a connection in a transaction."""

from alembic import context

from request_app.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
