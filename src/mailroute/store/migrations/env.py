"""Where Alembic starts: `store.migrate` hands over a connection inside its transaction."""

from alembic import context

from mailroute.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
