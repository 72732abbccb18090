"""Marks that only we can make: nothing forged, mangled or foreign opens anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroute.domain.tokens import (
    OwnMessageId,
    ReplyAudience,
    ReplyToken,
    is_own_loop_mark,
    loop_mark,
    new_message_id,
    read_message_id,
    read_reply_address,
    reply_address,
)

SECRET = b"ours"
DESK = "issues@northwind.example"
OWN = frozenset({DESK})
CLIENT = ReplyToken(ReplyAudience.CLIENT, 17)
ADDRESS = reply_address(SECRET, DESK, CLIENT)
LOCAL, DOMAIN = ADDRESS.split("@")
MAC = LOCAL.rpartition(".")[2]
OUR_ID = new_message_id(SECRET, "northwind.example", "ticket-opened", 17, "abc123")
MARK = loop_mark(SECRET, "northwind.example")


@pytest.mark.parametrize("audience", ReplyAudience)
@pytest.mark.parametrize("number", [0, 1, 17, 999_999_999_999_999])
def test_a_reply_address_says_what_was_put_into_it(audience: ReplyAudience, number: int) -> None:
    """Ticket and audience survive the way through an address, for every audience and size of number."""
    token = ReplyToken(audience, number)

    assert token == read_reply_address(SECRET, OWN, reply_address(SECRET, DESK, token))


def test_the_longest_reply_address_fits_into_a_local_part() -> None:
    """RFC 5321 §4.5.3.1.1 gives 64 octets, and the desk's own name needs some of them."""
    longest = reply_address(SECRET, DESK, ReplyToken(ReplyAudience.CLIENT, 10**15 - 1))

    assert len(longest.partition("@")[0]) <= 64


@pytest.mark.parametrize(
    "mangled",
    [
        pytest.param(ADDRESS.upper(), id="upper case"),
        pytest.param(f"{LOCAL.title()}@{DOMAIN}", id="title case"),
        pytest.param(f" {ADDRESS} ", id="white space around it"),
        pytest.param(f"{LOCAL}@{DOMAIN.upper()}", id="upper domain"),
    ],
)
def test_a_reply_address_survives_what_mail_programs_do_to_case(mangled: str) -> None:
    """Case and surrounding space carry no meaning in our addresses."""
    assert CLIENT == read_reply_address(SECRET, OWN, mangled)


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(DESK, id="no token at all"),
        pytest.param(f"issues+c.17@{DOMAIN}", id="number without MAC"),
        pytest.param(f"issues+17@{DOMAIN}", id="number alone"),
        pytest.param(f"issues+c.18.{MAC}@{DOMAIN}", id="another ticket"),
        pytest.param(f"issues+i.17.{MAC}@{DOMAIN}", id="another audience"),
        pytest.param(f"issues+b.17.{MAC}@{DOMAIN}", id="the bounce audience"),
        pytest.param(f"issues+x.17.{MAC}@{DOMAIN}", id="an audience that is none"),
        pytest.param(f"issues+c.017.{MAC}@{DOMAIN}", id="a leading zero"),
        pytest.param(f"issues+c.1٧.{MAC}@{DOMAIN}", id="an Arabic digit"),
        pytest.param(f"issues+c.17.{MAC[:-1]}@{DOMAIN}", id="a shorter MAC"),
        pytest.param(f"issues+c.17.{MAC}a@{DOMAIN}", id="a longer MAC"),
        pytest.param(f"issues+c.17.{MAC[:-1]}{'a' if MAC[-1] != 'a' else 'b'}@{DOMAIN}", id="one letter off"),
        pytest.param(f"{LOCAL}\n@{DOMAIN}", id="a line end in it"),
        pytest.param(f"{LOCAL}+more@{DOMAIN}", id="more after it"),
        pytest.param(f"{LOCAL}@evil.example", id="another domain"),
        pytest.param(f"{LOCAL}@sub.{DOMAIN}", id="a domain below ours"),
        pytest.param(f"{LOCAL}@{DOMAIN}.evil.example", id="our domain in front of another"),
        pytest.param(f"other+c.17.{MAC}@{DOMAIN}", id="another mailbox"),
        pytest.param(f"{LOCAL}@{DOMAIN}@evil.example", id="two @"),
        pytest.param(LOCAL, id="no domain"),
        pytest.param("", id="nothing"),
        pytest.param("\udce9@\udce9", id="half a surrogate pair"),
    ],
)
def test_a_forged_reply_address_opens_nothing(forged: str) -> None:
    """There is one form only, and each departure from it is no token."""
    assert read_reply_address(SECRET, OWN, forged) is None


def test_another_installation_s_key_opens_nothing() -> None:
    """A token that somebody else's mailroute made for the same address means nothing here."""
    assert read_reply_address(b"theirs", OWN, ADDRESS) is None


@given(st.text(max_size=80), st.sampled_from(["c", "i", "b"]), st.integers(0, 10**15 - 1))
def test_no_random_address_opens_anything(mac: str, audience: str, number: int) -> None:
    """Whatever stands in place of the MAC, an address that we did not make is no token."""
    genuine = reply_address(SECRET, DESK, ReplyToken(ReplyAudience(audience), number))
    guess = f"issues+{audience}.{number}.{mac}@{DOMAIN}"

    assert read_reply_address(SECRET, OWN, guess) is None or guess.strip().casefold() == genuine


@given(st.text(max_size=200))
def test_any_text_can_be_asked_for_every_mark(text: str) -> None:
    """Strangers choose addresses, ids and marks: reading them never fails and never succeeds."""
    answers = (
        read_reply_address(SECRET, OWN, text),
        read_message_id(SECRET, text),
        is_own_loop_mark(SECRET, text),
    )

    assert answers == (None, None, False)


@pytest.mark.parametrize("written", [OUR_ID, OUR_ID.strip("<>"), f"  {OUR_ID}\t"])
def test_a_message_id_of_ours_is_known_by_its_mac(written: str) -> None:
    """With or without angle brackets; it tells the kind of mail and the ticket."""
    assert read_message_id(SECRET, written) == OwnMessageId("ticket-opened", 17)


def test_a_message_id_of_ours_is_known_after_a_change_of_domain() -> None:
    """The MAC decides, so that an installation may move."""
    assert read_message_id(SECRET, OUR_ID.replace("northwind", "newname")) == OwnMessageId(
        "ticket-opened", 17
    )


@pytest.mark.parametrize(
    "forged",
    [
        OUR_ID.replace(".17.", ".18."),
        OUR_ID.replace("ticket-opened", "reply"),
        OUR_ID.replace("abc123", "abc124"),
        OUR_ID.replace("<", "<x"),
        OUR_ID.replace("@", "x@"),
        "<20260303.81@mail.borealis.example>",
        "<>",
        "",
    ],
)
def test_a_forged_message_id_is_not_ours(forged: str) -> None:
    """A guessed number in a Message-ID joins nothing."""
    assert read_message_id(SECRET, forged) is None


@pytest.mark.parametrize(
    ("value", "ours"),
    [
        (MARK, True),
        (f"  {MARK} ", True),
        (MARK.replace("northwind", "borealis"), False),
        (loop_mark(b"theirs", "northwind.example"), False),
        ("northwind.example", False),
        ("northwind.example ", False),
        ("northwind.example Prüfsumme", False),
        ("\udce9 \udce9", False),
        ("", False),
    ],
)
def test_only_our_own_loop_mark_counts(value: str, ours: bool) -> None:
    """Anybody else's mark must not make mail vanish, and no bytes in it may break us."""
    assert is_own_loop_mark(SECRET, value) is ours
