"""Looking up turns, and keeping what was learned."""

from datetime import UTC, datetime

import sqlalchemy as sa

from mailroute.domain.learned import LearnedModel, LearnedPerson
from mailroute.domain.ticket import TicketRef
from mailroute.store import lessons
from mailroute.store.session import Store

MODEL = LearnedModel(
    version="1a2b3c4d",
    trained_at=datetime(2026, 3, 3, tzinfo=UTC),
    given=21,
    temperature=1.5,
    tested=40,
    spoke=20,
    right=19,
    people={"kai": LearnedPerson(mails=30, given=21, words={"größe": 3, "type:billing": 20})},
)


def test_what_was_learned_comes_back_as_it_was(store: Store) -> None:
    """The newest model stands in the place of the one before."""
    with store.write() as connection:
        assert lessons.load_model(connection) is None
        assert lessons.model_version(connection) is None
        lessons.keep_model(connection, MODEL)
        lessons.keep_model(connection, MODEL)

        assert lessons.load_model(connection) == MODEL
        assert "1a2b3c4d" in (lessons.model_version(connection) or "")


def test_nobody_had_a_turn_in_an_empty_store(store: Store) -> None:
    """Nor before the first ticket."""
    with store.read() as connection:
        assert lessons.last_assigned(connection, ["kai"]) == {}
        assert lessons.last_assigned(connection, ["kai"], before=TicketRef(1)) == {}


def test_a_turn_is_looked_up_in_an_index(sqlite_url: str) -> None:
    """So that it costs the same however many tickets there are."""
    opened = Store.open(sqlite_url)
    statement = lessons._NEWEST_OF.compile(dialect=sa.dialects.sqlite.dialect())
    with opened.read() as connection:
        plan = connection.execute(sa.text("EXPLAIN QUERY PLAN " + str(statement).replace("?", "1"))).all()
    opened.dispose()

    assert "ix_ticket_pm_number (pm=? AND number<?)" in str(plan)
