"""The dialogue without sockets: total, silent about itself, and complete as a table."""

import re

from hypothesis import given
from hypothesis import strategies as st

from mailroute.intake import replies
from mailroute.intake.dialogue import COMMANDS, Dialogue
from mailroute.intake.envelope_address import read_path
from mailroute.intake.listener_settings import ListenerSettings, WireProtocol

TEXTS = {name: text for name, text in vars(replies).items() if name.isupper()}
words = st.text(st.characters(codec=None, exclude_characters="\r\n"), max_size=40)
arguments = st.one_of(
    words,
    st.builds(
        lambda keyword, path, rest: keyword + path + rest,
        st.sampled_from(["FROM:", "TO:", "from: ", "FROM"]),
        st.one_of(words, words.map(lambda word: f"<{word}@house.example>"), st.just("<a@house.example>")),
        st.one_of(
            st.just(""), words.map(lambda word: " " + word), st.sampled_from([" SIZE=1", " BODY=7BIT"])
        ),
    ),
)


def dialogue(protocol: WireProtocol = WireProtocol.SMTP) -> Dialogue:
    """A session at its beginning."""
    return Dialogue(
        ListenerSettings(protocol=protocol), accepts=lambda _: True, has_room=lambda _: True, tls=False
    )


def test_every_reply_has_its_codes() -> None:
    """All texts of the table carry an enhanced code of the same class (RFC 2034), but for 354."""
    coded = {name: re.match(r"([245])\d\d \1\.\d\.\d [A-Z]", text) for name, text in TEXTS.items()}

    assert {name for name, match in coded.items() if match is None} == {"GO_AHEAD"}
    assert all(text.isascii() and text.isprintable() for text in TEXTS.values())


def test_the_code_for_the_journal() -> None:
    """The journal gets x.y.z, or the three digits of a reply that has none."""
    assert replies.enhanced_code(replies.UNKNOWN_RECIPIENT) == "5.1.1"
    assert replies.enhanced_code(replies.GO_AHEAD) == "354"


@given(
    st.lists(st.tuples(st.one_of(st.sampled_from(sorted(COMMANDS)), words), arguments), max_size=12),
    st.sampled_from(WireProtocol),
)
def test_no_command_breaks_the_dialogue(commands: list[tuple[str, str]], protocol: WireProtocol) -> None:
    """Whatever is said in whatever order, there is one reply, it is a known one, and only greetings echo nothing."""
    session = dialogue(protocol)
    for verb, argument in commands:
        reply = session.answer(verb, argument)

        assert reply in TEXTS.values() or reply.startswith(("250 localhost", "250-localhost"))
    assert len(session.rcpt_to) == len(
        [a for a in session.rcpt_to if "@" in a or a.casefold() == "postmaster"]
    )


@given(words)
def test_an_address_is_taken_as_it_was_sent_or_not_at_all(text: str) -> None:
    """P13: what stands between the brackets is the address, without any rewriting."""
    path = read_path(f"<{text}>")

    assert path is None or path.address in {None, text} or text.startswith("@")
    if path is not None and path.address is not None:
        assert path.address.isprintable()
