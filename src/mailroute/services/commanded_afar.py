"""Commands for tickets that the mail itself is not on: answers to a digest, and lines such as `MR-17 /close`. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mailroute.domain.decisions import Action, Facts, Outcome, Placement
from mailroute.domain.digest import Frequency
from mailroute.domain.directory import Staff
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.reasons import Reason
from mailroute.domain.ticket import TicketRef
from mailroute.domain.tokens import read_message_id
from mailroute.services.commanded import refused, scene_of
from mailroute.tickets.actions_letters import command_result, letters_of
from mailroute.tickets.commands import CommandLine, Result, carry_out, read_commands

DIGEST = "digest"
"""The mail kind, and the command that says how often it comes."""
UNSUBSCRIBE = "digest off"
"""Subject of the mail that List-Unsubscribe asks for."""
MOST = 50
"""Lines of one mail; a digest has no more worth an answer."""
_ADDRESSED = re.compile(
    r"\s*[-!*•]?\s*\[?MR-(?P<number>\d{1,15})\]?\s*[:,.]?\s*(?P<command>/[A-Za-z].*)", re.IGNORECASE
)
_NAMES_TICKET = re.compile(r"\bMR-(\d{1,15})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Afar:
    """A command for another ticket; for none where it is about the digest itself."""

    ref: TicketRef | None
    line: CommandLine


@dataclass(frozen=True, slots=True)
class Errand:
    """What one of us wants done to tickets that the mail is not on."""

    author: Staff
    lines: tuple[Afar, ...]
    answers_digest: bool

    @property
    def refs(self) -> tuple[TicketRef, ...]:
        """The tickets, once each."""
        return tuple(dict.fromkeys(one.ref for one in self.lines if one.ref is not None))


def errand_of(facts: Facts) -> Errand | None:
    """The errand of a mail of ours that is on no ticket; None when it is something else."""
    author = facts.directory.staff_by_id.get(facts.identity.staff or "")
    if author is None or facts.tokens or facts.identity.on_behalf_of is not None:
        return None
    parsed = facts.reading.parsed
    answers_digest = _answers_digest(facts, parsed)
    lines = tuple(_lines(parsed, answers_digest=answers_digest))[:MOST] or _unsubscribed(parsed)
    if not lines and not answers_digest:
        return None
    return Errand(author, lines, answers_digest)


def _unsubscribed(parsed: ParsedMail) -> tuple[Afar, ...]:
    """What a mail program writes for its user at the press of "unsubscribe": not all of them write the body, too."""
    wanted = " ".join(parsed.subject.split()).casefold()
    command = _command(f"/{UNSUBSCRIBE}") if wanted == UNSUBSCRIBE else None
    return (Afar(None, command),) if command is not None else ()


def _answers_digest(facts: Facts, parsed: ParsedMail) -> bool:
    own = (read_message_id(facts.policy.secret, one) for one in (*parsed.in_reply_to, *parsed.references))
    return any(one is not None and one.kind == DIGEST for one in own)


def _lines(parsed: ParsedMail, *, answers_digest: bool) -> Iterator[Afar]:
    """Addressed commands that lead the mail; in an answer to a digest also those below the line they are about."""
    above: TicketRef | None = None
    for text in (parsed.body.full if answers_digest else parsed.body.fresh).splitlines():
        bare = text.strip()
        addressed = _ADDRESSED.fullmatch(bare)
        if addressed is not None:
            if command := _command(addressed["command"]):
                yield Afar(TicketRef(int(addressed["number"])), command)
        elif bare.startswith("/"):
            command = _command(bare)
            if command is not None and command.name == DIGEST:
                yield Afar(None, command)
            elif command is not None and answers_digest and above is not None:
                yield Afar(above, command)
            elif not answers_digest:
                return
        elif answers_digest:
            found = _NAMES_TICKET.search(bare)
            above = TicketRef(int(found[1])) if found else above
        elif bare:
            return  # only what leads the mail is a command


def _command(text: str) -> CommandLine | None:
    found, _ = read_commands(text)
    return found[0] if found else None


def run_errand(facts: Facts, errand: Errand) -> Outcome:
    """What the commands do, and the mail back that says so. The message opens no ticket."""
    reason = Reason("commands-for-tickets", ", ".join(map(str, errand.refs)) or DIGEST)
    outcome = Outcome(identity=facts.identity, placement=Placement(action=Action.IGNORE, reasons=(reason,)))
    if not facts.identity.proved:
        why = "nothing proves that this mail is yours: your mail server must sign it (DKIM, DMARC)"
        told = refused([one.line for one in errand.lines], why)
        return replace(outcome, drafts=(command_result(facts, errand.author, told, None),))
    outcome = replace(outcome, digest_choice=_choice(errand))
    results = [_result_of_choice(one.line) for one in errand.lines if one.ref is None]
    for ref in errand.refs:
        lines = [one.line for one in errand.lines if one.ref == ref]
        ticket = facts.ticket(ref)
        if ticket is None:
            results += [
                Result(f"{ref} {line}", done=False, words=f"there is no ticket {ref}") for line in lines
            ]
            continue
        scene = scene_of(facts, errand.author, ticket, marked=errand.answers_digest)
        carried = carry_out(scene, lines)
        letters = letters_of(carried, scene, facts.said.get(ref, ()), occasion=f"entry-{facts.entry.id}")
        results += [replace(one, command=f"{ref} {one.command}") for one in carried.results]
        outcome = replace(
            outcome,
            also=(*outcome.also, *carried.changes),
            drafts=(*outcome.drafts, *letters),
            projects=(*outcome.projects, *carried.projects),
        )
    if not errand.lines:
        results.append(
            Result("", done=False, words="I found no command: write /close below a line, or MR-17 /close")
        )
    return replace(outcome, drafts=(*outcome.drafts, command_result(facts, errand.author, results, None)))


def _choice(errand: Errand) -> Frequency | None:
    """The last word on how often the digest comes."""
    said = [found for one in errand.lines if one.ref is None and (found := _chosen(one.line))]
    return said[-1] if said else None


def _chosen(line: CommandLine) -> Frequency | None:
    wanted = line.argument.strip().casefold()
    return Frequency(wanted) if wanted in set(Frequency) else None


def _result_of_choice(line: CommandLine) -> Result:
    chosen = _chosen(line)
    if chosen is None:
        return Result(str(line), done=False, words="write /digest daily, /digest weekly or /digest off")
    words = "no more digests" if chosen is Frequency.OFF else f"your digest comes {chosen} from now on"
    return Result(str(line), done=True, words=words)
