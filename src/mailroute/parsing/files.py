"""The bytes of the files in a message, for passing them on; `parse` tells only what there is."""

from collections.abc import Iterator, Mapping

from mailroute.domain.parsed import ParsedMail
from mailroute.domain.policy import ReadingLimits
from mailroute.parsing.letter import Part
from mailroute.parsing.mime import attachment_of, open_letter
from mailroute.parsing.prescan import bound

_LIMITS = ReadingLimits()


def files_in(raw: bytes, mail: ParsedMail, *, limits: ReadingLimits = _LIMITS) -> Mapping[str, bytes]:
    """By SHA-256 the bytes of each file that *mail* lists, messages inside included; *mail* is `parse(raw)`.

    Files that only a container held (winmail.dat, uuencode) are not among them: the container is.
    """
    if not mail.attachments:
        return {}
    wanted = {attachment.sha256 for attachment in mail.attachments}
    found = _parts(open_letter(bound(raw, limits).raw).root)
    by_hash = {attachment_of(part).sha256: part.data for part in found}
    return {sha256: data for sha256, data in by_hash.items() if sha256 in wanted}


def _parts(root: Part) -> Iterator[Part]:
    for part in root.walk():
        yield part
        if part.letter is not None:
            yield from _parts(part.letter.root)
