"""Durable jobs: Procrastinate on PostgreSQL as it comes, on SQLite through a connector of our own.

A job carries the number of a row and nothing else; the row says what is still to be done. So a job may be
lost, repeated or thawed hours later without harm, and a sweep each minute gives jobs to rows without one.

    jobs.py               what there is to do, and how to ask for it inside the caller's transaction
    app.py                jobs -> handlers; who tries again, who goes to a person
    worker.py             one worker: takes jobs, shows that it lives, takes over from dead ones
    supervisor.py         several worker processes, kept alive and ended together
    schema.py             the tables
    location.py           what a database URL means to the two drivers
    sqlite_connector.py   Procrastinate's door to SQLite; its queries: sqlite_queries.py, sqlite_workers.py,
                          sqlite_listings.py
"""
