"""Whose move it is, told from the history."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mailroute.domain.issue import Ask, Issue
from mailroute.domain.policy import AfterClose, ClosedTickets
from mailroute.domain.ticket import Move, Status, Ticket, TicketEvent
from mailroute.tickets.move import ending, question, whose_move
from mailroute.tickets.reopening import after_close

ANN = "ann.lee@borealis.example"
STEPS: dict[str, tuple[str, str, dict[str, str]]] = {
    "opened": ("opened", ANN, {}),
    "client": ("client-wrote", ANN, {}),
    "asked": ("staff-replied", "ines", {"asks": "Which pump?"}),
    "answered": ("staff-replied", "ines", {}),
    "ended": ("staff-replied", "ines", {"ends": "I am closing this ticket."}),
    "ask-rep": ("noted", "ines", {"asks": "Sam, have they paid?", "role": "pm"}),
    "ask-pm": ("noted", "sam", {"asks": "Ines, when?", "role": "rep"}),
    "rep-says": ("noted", "sam", {"role": "rep"}),
    "pm-says": ("noted", "ines", {"role": "pm"}),
    "closed": ("closed", "ines", {"to.whose_move": "nobody", "to.status": "closed"}),
    "reopened": ("reopened", "ines", {"to.whose_move": "pm", "to.status": "open"}),
    "waits": ("waiting", "ines", {"to.whose_move": "client", "to.status": "waiting-for-client"}),
    "bounced": ("bounce", "mailroute", {}),
}


@pytest.mark.parametrize(
    ("history", "move", "because"),
    [
        ("", Move.NOBODY, "nothing-happened"),
        ("opened", Move.PM, "client-waits"),
        ("opened asked", Move.CLIENT, "client-was-asked"),
        ("opened asked client", Move.PM, "client-waits"),
        ("opened answered", Move.PM, "client-waits"),
        ("opened asked answered", Move.CLIENT, "client-was-asked"),
        ("opened ended", Move.NOBODY, "matter-ended-in-words"),
        ("opened ended client", Move.PM, "client-waits"),
        ("opened ask-rep", Move.REP, "rep-was-asked"),
        ("opened ask-rep rep-says", Move.PM, "rep-answered"),
        ("opened ask-rep ask-pm", Move.PM, "rep-answered"),
        ("opened ask-rep pm-says", Move.REP, "rep-was-asked"),
        ("opened ask-rep client", Move.PM, "client-waits"),
        ("opened asked ask-rep", Move.REP, "rep-was-asked"),
        ("opened asked ask-rep rep-says", Move.CLIENT, "rep-answered"),
        ("opened asked rep-says", Move.CLIENT, "client-was-asked"),
        ("opened rep-says", Move.PM, "client-waits"),
        ("opened closed", Move.NOBODY, "said-so"),
        ("opened closed reopened", Move.PM, "said-so"),
        ("opened closed client", Move.PM, "client-waits"),
        ("opened waits", Move.CLIENT, "said-so"),
        ("opened waits client asked", Move.CLIENT, "client-was-asked"),
        ("opened asked bounced", Move.CLIENT, "client-was-asked"),
    ],
)
def test_the_last_open_ask_decides(
    make_ticket: Callable[..., Ticket], now: datetime, history: str, move: Move, because: str
) -> None:
    """Of the client, the PM or the rep; with its reason."""
    events = [
        TicketEvent(at=now, event=name, by=by, details=details)
        for name, by, details in (STEPS[step] for step in history.split())
    ]
    turn = whose_move(make_ticket(), events)

    assert (move, because) == (turn.move, turn.because.code)


def test_without_a_pm_it_is_nobody_s(make_ticket: Callable[..., Ticket], now: datetime) -> None:
    """Until somebody gives it to one."""
    opened = TicketEvent(at=now, event="opened", by=ANN)

    assert Move.NOBODY is whose_move(make_ticket(pm=None), [opened]).move


@pytest.mark.parametrize("pm", ["sam", "ines"])
def test_a_ticket_with_one_owner_asks_nobody_inside(
    make_ticket: Callable[..., Ticket], now: datetime, pm: str
) -> None:
    """Nobody asks himself: without a rep, or where both are one person, notes turn nothing."""
    rep = "sam" if pm == "sam" else None
    name, by, details = STEPS["ask-rep"]
    events = [
        TicketEvent(at=now, event="opened", by=ANN),
        TicketEvent(at=now, event=name, by=by, details=details),
    ]

    assert Move.PM is whose_move(make_ticket(pm=pm, rep=rep), events).move


@pytest.mark.parametrize(
    "text",
    [
        "All done. I am closing this ticket now.",
        "We consider this matter closed.".replace("this matter", "this"),
        "This ticket is now resolved.",
        "Damit ist die Sache erledigt.",
        "Wir schließen das Ticket.",
        "Nous fermons ce dossier.",
    ],
)
def test_words_that_end_a_matter(text: str) -> None:
    """Said outright, in English, German or French."""
    assert ending(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "The parts have come.",
        "Shall I close this ticket?",
        "If you agree, I will close this ticket.",
        "Once this ticket is resolved you get a report.",
        "The valve is closed.",
        "Sobald das Ticket erledigt ist, melde ich mich.",
    ],
)
def test_words_that_end_nothing(text: str) -> None:
    """An answer, a question, a condition and a valve."""
    assert ending(text) is None


def _card(*texts: str) -> Issue:
    return Issue(asks=tuple(Ask(text, 0, len(text), 0.9) for text in texts))


@pytest.mark.parametrize(
    ("asks", "text", "found"),
    [
        (["Which pump is it?"], "Hello. Which pump is it?", "Which pump is it?"),
        (["Please send the serial."], "Please send the serial. Ines", "Please send the serial."),
        (["Please don't promise her anything."], "Please don't promise her anything.", None),
        (["I printed one to be sure."], "I printed one to be sure.", None),
        (["Please come on Friday."], "We come on Friday.", None),  # the client's ask, quoted below our answer
        ([], "Hello Sam. Did they pay? Thanks", "Did they pay?"),
        ([], "They paid.", None),
    ],
)
def test_what_one_of_us_asks(asks: list[str], text: str, found: str | None) -> None:
    """Questions and requests; not what is forbidden, and no mere statement."""
    assert found == question(_card(*asks), text)


@pytest.mark.parametrize(
    ("days", "policy", "what", "code"),
    [
        (1, ClosedTickets(), AfterClose.REOPEN, "closed-lately"),
        (30, ClosedTickets(), AfterClose.REOPEN, "closed-lately"),
        (31, ClosedTickets(), AfterClose.NEW_TICKET, "closed-long-ago"),
        (1, ClosedTickets(within=AfterClose.REFUSE), AfterClose.REFUSE, "closed-lately"),
        (31, ClosedTickets(later=AfterClose.REOPEN), AfterClose.REOPEN, "closed-long-ago"),
    ],
)
def test_closed_tickets_by_age_and_policy(
    make_ticket: Callable[..., Ticket],
    now: datetime,
    days: int,
    policy: ClosedTickets,
    what: AfterClose,
    code: str,
) -> None:
    """Counted from closing, not from the last word."""
    ticket = make_ticket(status=Status.CLOSED, ended_at=now - timedelta(days=days))
    found, why = after_close(ticket, policy, now)

    assert (what, code) == (found, why.code if why else None)


@pytest.mark.parametrize("status", set(Status) - {Status.CLOSED})
def test_no_rule_is_asked_while_a_ticket_is_not_closed(
    make_ticket: Callable[..., Ticket], now: datetime, status: Status
) -> None:
    """Resolved ones come back at any age."""
    old = make_ticket(status=status, ended_at=now - timedelta(days=400))

    assert (AfterClose.REOPEN, None) == after_close(old, ClosedTickets(), now)
