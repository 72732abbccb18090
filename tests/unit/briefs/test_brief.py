"""What a PM reads about a client is only what was said, with its source."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mailroute.briefs import brief_of
from mailroute.briefs.people import name_key, people_of
from mailroute.briefs.wording import WORDS, said
from mailroute.domain.account import AccountLine, LineKind
from mailroute.domain.address import Mailbox
from mailroute.domain.brief import Brief, BriefNote, ClientBook, Section, Seen, Verdict
from mailroute.domain.directory import Client, Directory, Organisation, Project, Staff, StaffRole
from mailroute.domain.ticket import Audience, Role, TicketMessage, TicketRef, Via

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
ANN = Mailbox("Ann Lee", "ann@borealis.example")
JO = Mailbox("Jo Hart", "jo@borealis.example")
BOREALIS = Organisation(id="borealis", name="Borealis Pumps", domains=("borealis.example",), pm="ines")
HOUSE = Directory(
    staff=(Staff(id="ines", name="Ines Costa", role=StaffRole.PM, emails=("ines@northwind.example",)),),
    organisations=(BOREALIS,),
    clients=(Client(name="Ann Lee", emails=("ann@borealis.example",), organisation="borealis"),),
    projects=(Project(key="P4", name="Hall 4", organisation="borealis", pm="ines"),),
)


def line(kind: LineKind, words: str, *, days_ago: int = 1, **more: Any) -> AccountLine:
    """Something that Ann said, unless *more* says otherwise."""
    usual = AccountLine(
        kind=kind,
        words=words,
        ticket=TicketRef(7),
        organisation="borealis",
        author=ANN,
        role=Role.CLIENT,
        at=NOW - timedelta(days=days_ago),
    )
    return replace(usual, **more)


def book(*lines: AccountLine, **more: Any) -> ClientBook:
    """The client's history of these lines."""
    return ClientBook(
        organisation=BOREALIS, directory=HOUSE, timezone="Europe/Berlin", now=NOW, lines=lines, **more
    )


def texts(brief: Brief, section: Section) -> list[str]:
    """The lines of a section as people read them."""
    return [said(one, "en") for one in brief.of(section)]


def test_who_reports_to_whom_is_a_tree() -> None:
    """The manager stands first, the one who named her below, with the sentence that says so."""
    known = book(
        line(LineKind.MOOD, "Good morning to you all.", author=JO, value="neutral"),
        line(LineKind.PERSON, "Managing director", author=JO, key="role", value="Jo Hart"),
        line(LineKind.MOOD, "The pump leaks again.", value="frustrated"),
        line(LineKind.ASK, "Please tell my manager Jo Hart when it will be done."),
    )

    who = [one for one in brief_of(known).of(Section.WHO) if one.code == "person"]

    assert [("Jo Hart", 0), ("Ann Lee", 1)] == [(one.values["name"], one.depth) for one in who]
    assert "Please tell my manager Jo Hart when it will be done." == who[1].words


def test_two_managers_of_each_other_are_no_ring() -> None:
    """Whatever people write, the tree stays a tree and nobody is lost."""
    known = book(
        line(LineKind.MOOD, "My boss Jo Hart agrees.", value="neutral"),
        line(LineKind.MOOD, "My boss Ann Lee agrees.", author=JO, value="neutral"),
    )

    who = [one.values["name"] for one in brief_of(known).of(Section.WHO) if one.code == "person"]

    assert ["Ann Lee", "Jo Hart"] == sorted(who)


def test_people_of_other_firms_and_our_own_are_left_out() -> None:
    """A name in the text becomes one of the client's people only with a role, and never if it is one of us."""
    known = book(
        line(LineKind.PERSON, "Project manager", key="role", value="Ines Costa"),
        line(LineKind.PERSON, "Ben Okoro", key="named", value="Ben Okoro"),
        line(LineKind.PERSON, "ben@elsewhere.example", key="email", value="Ben Okoro"),
    )

    assert {"ann lee"} == set(people_of(known))


def test_names_are_one_person_however_they_are_written() -> None:
    """Title, order and case make no second person."""
    assert name_key("Ann Lee") == name_key("LEE, Ann") == name_key("Dr. Ann Lee")


def test_a_kept_promise_stands_with_its_evidence() -> None:
    """The day on which it was kept, whether that was late, and the words that show it."""
    made = line(
        LineKind.PROMISE,
        "You will have the drawing by 13 March.",
        role=Role.PM,
        staff="ines",
        due=date(2026, 3, 13),
    )
    sent = replace(
        line(LineKind.DONE, "The drawing went out today.", role=Role.PM, staff="ines"), id=900, at=NOW
    )
    kept = replace(made, id=899, settled_at=NOW, settled_by=900)
    day = NOW.date().isoformat()

    [one] = brief_of(book(kept, sent)).of(Section.PROMISES)

    assert f"we, Ines Costa, by 2026-03-13: kept late, on {day} (“The drawing went out today.”)" == said(
        one, "en"
    )
    assert not one.late


def test_promises_of_both_sides_stand_with_their_day() -> None:
    """What is past its day is late; what was settled by nothing that is here is gone."""
    ours = line(
        LineKind.PROMISE,
        "You will have the drawing by 13 March.",
        role=Role.PM,
        staff="ines",
        due=date(2026, 3, 13),
        days_ago=9,
    )
    theirs = line(LineKind.PROMISE, "I will send the photos next week.", due=date(2026, 3, 27))
    kept = line(LineKind.PROMISE, "I will call you.", settled_at=NOW)

    promises = brief_of(book(ours, theirs, kept)).of(Section.PROMISES)

    assert [("we, Ines Costa, by 2026-03-13", True), ("they, Ann Lee, by 2026-03-27", False)] == [
        (said(one, "en"), one.late) for one in promises
    ]


def test_what_does_not_fit_together_is_shown() -> None:
    """Two titles of one person are not settled by us; both stand there with their dates."""
    known = book(
        line(LineKind.PERSON, "Plant manager", key="role", value="Ann Lee", days_ago=40),
        line(LineKind.PERSON, "Head of maintenance", key="role", value="Ann Lee", days_ago=2),
    )

    assert ["Ann Lee: Plant manager (2026-02-08) / Head of maintenance (2026-03-18)"] == texts(
        brief_of(known), Section.CONFLICTS
    )


def test_what_is_new_since_the_last_brief_is_marked() -> None:
    """The next time a reader sees at once what has come since."""
    known = book(
        line(LineKind.REMARK, "The last seal held nine years.", key="quality", id=1, days_ago=30),
        line(LineKind.REMARK, "Your prices have gone up twice.", key="price", id=2, days_ago=2),
    )

    opinions = brief_of(known, since=Seen(NOW - timedelta(days=7), 1)).of(Section.OPINIONS)

    assert [("price", True), ("quality", False)] == [(one.values["category"], one.fresh) for one in opinions]


def test_peoples_word_on_a_line_holds() -> None:
    """A wrong line goes, one with other words keeps them, a confirmed one says by whom."""
    known = book(line(LineKind.MOOD, "Hello.", value="neutral"))
    wrong = BriefNote(key="person:ann-lee", verdict=Verdict.WRONG, by="ines", at=NOW)
    instead = replace(wrong, instead="Ann Lee, who has left the firm")

    assert [] == texts(brief_of(replace(known, notes=(wrong,))), Section.WHO)
    assert ["Ann Lee, who has left the firm"] == texts(
        brief_of(replace(known, notes=(wrong, instead))), Section.WHO
    )


def test_habits_need_more_than_two_mails() -> None:
    """How they write is told from three mails on; before that it would be a guess."""
    mail = TicketMessage(
        entry=None,
        source=None,
        author=ANN,
        role=Role.CLIENT,
        via=Via.DIRECT,
        audience=Audience.PUBLIC,
        at=datetime(2026, 3, 2, 7, 30, tzinfo=UTC),
        message_id=None,
        text="Hi Sam, the pump is down again. Cheers",
    )

    assert [] == texts(brief_of(book(messages=(mail, mail))), Section.WRITING)
    assert ["short mails", "relaxed in address and ending", "mostly between 8:00 and 9:00 our time"] == texts(
        brief_of(book(messages=(mail, mail, mail))), Section.WRITING
    )


def test_every_line_has_its_words_in_both_languages() -> None:
    """No reader meets an untranslated line."""
    assert [] == [code for code, words in WORDS.items() if {"en", "de"} - set(words)]
