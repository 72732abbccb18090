"""Durable jobs: Procrastinate on SQLite and PostgreSQL."""
