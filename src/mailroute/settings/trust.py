"""The section `[trust]`."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from mailroute.domain.parsed import SPAM_HEADERS
from mailroute.settings.kinds import Words
from mailroute.settings.section import Section

_BY_NAME = {name.casefold(): name for name in SPAM_HEADERS}


def _check_spam_headers(names: tuple[str, ...]) -> tuple[str, ...]:
    if unknown := [name for name in names if name.casefold() not in _BY_NAME]:
        raise ValueError(f"{unknown[0]} is not known; known: {', '.join(SPAM_HEADERS)}")
    return tuple(_BY_NAME[name.casefold()] for name in names)


SpamHeaders = Annotated[Words, AfterValidator(_check_spam_headers)]


class Trust(Section):
    """Whose word counts."""

    authserv_ids: Words = Field(
        default=(),
        description="authserv-id of your own border server (RFC 8601 §2.5); with none, no such result is trusted.",
    )
    check_dkim: bool = Field(
        default=False,
        description="Whether DKIM signatures are checked where no trusted result is found; this asks the DNS.",
    )
    arc_sealers: Words = Field(
        default=(),
        description="Domains whose ARC seals count, with `check_dkim`: forwarders and lists that you know.",
    )
    staff_without_proof: bool = Field(
        default=False,
        description="Whether mail From: staff counts as theirs when nothing proves or refutes it. Unsafe.",
    )
    spam_headers: SpamHeaders = Field(
        default=(),
        description="Fields in which your border's filter says spam; your border must remove them from outside mail.",
    )
    spam: Literal["hold", "ignore"] = Field(
        default="hold",
        description="hold: a person may release spam; ignore: it is put aside. Never ticketed, never answered.",
    )
