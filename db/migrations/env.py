"""What Alembic runs. The transaction is opened, checked and closed by db.schema, never here."""  # noqa: INP001 — Alembic loads it by path

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
