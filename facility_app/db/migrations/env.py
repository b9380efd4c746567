"""Alembic's environment: it runs on the connection that db/migrate.py hands over, no other."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,  # one transaction for all steps: the schema moves wholly or not at all
    render_as_batch=True,
)
context.run_migrations()
