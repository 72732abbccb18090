"""What the signs of automatic mail look at."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mailroute.domain.address import local_part
from mailroute.domain.parsed import Automatic, ParsedMail
from mailroute.parsing.letter import Letter, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the signs look at."""

    mail: ParsedMail
    letter: Letter
    sender: str
    """Address of the author, folded; empty without one."""

    @property
    def local(self) -> str:
        """Local part of the author's address."""
        return local_part(self.sender)

    def part(self, *types: str) -> Part | None:
        """The first part of one of these types."""
        return next((p for p in self.letter.root.walk() if p.content_type in types), None)


Sign = Callable[[Evidence], Automatic | None]
"""What the evidence shows, or None where this sign does not speak."""

# Local parts of addresses from which machines write.
NO_REPLY = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply\w*|donotreply|notifications?|newsletter|news"
    r"|mailings?|marketing|updates?|info-?mail)\b"
)
