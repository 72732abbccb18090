"""The section `[trust]`."""

from pydantic import Field

from mailroute.settings.kinds import Words
from mailroute.settings.section import Section


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
