"""The table of mail kinds hangs together with the templates, the context and the samples."""

import pytest

from mailroute.domain.errors import Misconfigured
from mailroute.domain.outgoing import Reader
from mailroute.domain.tokens import ReplyAudience
from mailroute.outbound.catalogue import MAIL_KINDS, AfterCrash, mail_kind
from mailroute.outbound.context import KEYS
from mailroute.outbound.samples import sample_draft
from mailroute.outbound.templates import templates_dir


def test_every_kind_has_its_folder_and_every_folder_its_kind() -> None:
    """No template lies about unused, and no kind is without one."""
    folders = {path.name for path in (templates_dir() / "mail").iterdir() if path.name[0] not in "_."}

    assert set(MAIL_KINDS) == folders
    assert set(MAIL_KINDS) == set(KEYS)


@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_every_kind_has_the_three_parts(kind: str) -> None:
    """Subject, text and HTML are there for each kind."""
    folder = templates_dir() / "mail" / kind

    assert {"subject.txt", "body.txt", "body.html"} <= {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("kind", MAIL_KINDS)
def test_samples_hold_exactly_the_keys_of_the_contract(kind: str) -> None:
    """What a template may use is what the sample shows."""
    assert set(sample_draft(kind).context) == KEYS[kind]
    assert set(sample_draft(kind, bare=True).context) == KEYS[kind]


def test_an_unknown_kind_is_refused_by_name() -> None:
    """A kind that nobody has written is an error that names the known ones."""
    with pytest.raises(Misconfigured, match=r'no mail kind "tiket-opened"; known: .*ticket-opened'):
        mail_kind("tiket-opened")


def test_only_words_of_people_are_sent_again_after_a_crash() -> None:
    """A machine's mail is held as perhaps sent; a reply, a nudge or a note goes again under the same Message-ID."""
    again = {name for name, kind in MAIL_KINDS.items() if kind.after_crash is AfterCrash.SEND_AGAIN}

    assert again == {"reply", "note", "nudge"}
    assert again == {name for name, kind in MAIL_KINDS.items() if not kind.automatic}


def test_no_answer_of_a_client_can_land_at_an_internal_address() -> None:
    """Whatever a client gets is answered to the client's address."""
    audiences = {kind.answers_go_to for kind in MAIL_KINDS.values() if kind.reader is Reader.CLIENT}

    assert audiences == {ReplyAudience.CLIENT}
