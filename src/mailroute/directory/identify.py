"""Who is behind a message and whose problem it is about.

`From:` is never identity (reference: FreeScout CVE-2026-47123): one of us speaks for a client only when the
author's domain is proved, or when the installation says that it may go unproved.
"""

from dataclasses import replace

from mailroute.directory.forms import is_named_form, visitor
from mailroute.directory.invitations import is_personal_invitation
from mailroute.directory.lookup import (
    answered_level,
    client_level,
    client_of,
    completed,
    is_ours,
    leads_here,
    name_key,
    organisation_of,
    staff_of,
)
from mailroute.domain.address import Mailbox
from mailroute.domain.decisions import Identity
from mailroute.domain.directory import Directory, Organisation, Staff, StaffRole
from mailroute.domain.parsed import ParsedMail
from mailroute.domain.policy import Policy, Service
from mailroute.domain.reasons import Reason
from mailroute.domain.received import Verdict
from mailroute.domain.ticket import Role, Via

STAFF_ROLES = {StaffRole.REP: Role.REP, StaffRole.PM: Role.PM, StaffRole.LEAD: Role.LEAD}
NOBODY = Mailbox(None, None)


def identify(
    parsed: ParsedMail, directory: Directory, policy: Policy, *, vouched: Verdict | None, is_reply: bool
) -> Identity:
    """Tell who wrote *parsed* and for whom.

    Args:
        parsed: the message.
        directory: who is who at this moment.
        policy: the installation.
        vouched: what the channel itself knows of the author's authentication; None leaves it to the headers.
        is_reply: whether the message came to a genuine reply address of ours.
    """
    verdict = parsed.authentication.verdict if vouched is None else vouched
    author = parsed.sender or NOBODY
    via = _via(parsed, policy.service, is_reply=is_reply)
    if found := _visitor(parsed, directory, policy.service, via, verdict):
        return found
    if parsed.automatic is not None and not is_personal_invitation(parsed):
        why = Reason(f"automatic-{parsed.automatic.kind}", parsed.automatic.evidence)
        return _outsider(author, directory, via, verdict, Role.MACHINE, (why,))
    if author.address is None or not parsed.sender_is_sole:
        why = Reason("no-sole-author", "From: does not name exactly one mailbox (RFC 5322 §3.6.2)")
        return _outsider(author, directory, via, verdict, Role.STRANGER, (why,))
    staff = staff_of(author, directory)
    if staff is None:
        return _identify_outsider(author, directory, via, verdict)
    if verdict is Verdict.PASS or (verdict is Verdict.NONE and policy.trust.staff_without_proof):
        return _identify_staff(parsed, staff, directory, policy.service, via, proved=verdict is Verdict.PASS)
    code = "staff-refuted" if verdict is Verdict.FAIL else "staff-unproved"
    why = Reason(code, f"From: names {staff.name}; authentication: {verdict}")
    return _outsider(author, directory, via, verdict, Role.STRANGER, (why,))


def _visitor(
    parsed: ParsedMail, directory: Directory, service: Service, via: Via, verdict: Verdict
) -> Identity | None:
    """Somebody who filled in a form; nothing proves them, whatever proves the form."""
    author = parsed.sender
    if author is None or not parsed.sender_is_sole or verdict is Verdict.FAIL:
        return None
    if staff_of(author, directory) is not None:
        return None
    named = visitor(parsed, directory, service)
    if named is None:
        return None
    proved = verdict is Verdict.PASS and is_named_form(author, service)
    code = "proved-form" if proved else "form"
    why = Reason(code, f"{author.address} wrote for {named} (Reply-To)")
    found = _identify_outsider(completed(named, directory), directory, via, Verdict.NONE)
    return replace(found, reasons=(why, *found.reasons))


def _via(parsed: ParsedMail, service: Service, *, is_reply: bool) -> Via:
    if is_reply:
        return Via.REPLY
    if any(leads_here(m, service) for m in parsed.to):
        return Via.DIRECT
    return Via.CC if parsed.to or parsed.cc else Via.DIRECT


def _identify_outsider(author: Mailbox, directory: Directory, via: Via, verdict: Verdict) -> Identity:
    if client := client_of(author, directory):
        why = Reason("known-client", f"{client.name}, {client.organisation}")
        return _outsider(author, directory, via, verdict, Role.CLIENT, (why,))
    if organisation := organisation_of(author, directory):
        why = Reason("known-domain", f"{author.address} belongs to {organisation.name}")
        return _outsider(author, directory, via, verdict, Role.CLIENT, (why,))
    why = Reason("unknown-sender", "neither the address nor its domain is in the directory")
    return _outsider(author, directory, via, verdict, Role.STRANGER, (why,))


def _outsider(
    author: Mailbox,
    directory: Directory,
    via: Via,
    verdict: Verdict,
    role: Role,
    reasons: tuple[Reason, ...],
) -> Identity:
    client = client_of(author, directory)
    organisation = None if role is Role.STRANGER else organisation_of(author, directory)
    if verdict is Verdict.FAIL:
        reasons = (*reasons, Reason("author-refuted", "the checks of the author's domain failed"))
    return Identity(
        role=role,
        author=author,
        requester=author,
        via=via,
        client=client.name if client and role is not Role.STRANGER else None,
        organisation=organisation.id if organisation else None,
        rep=organisation.rep if organisation else None,
        proved=verdict is Verdict.PASS,
        reasons=reasons,
    )


def _identify_staff(
    parsed: ParsedMail, staff: Staff, directory: Directory, service: Service, via: Via, *, proved: bool
) -> Identity:
    known = Reason("known-staff", f"{staff.name}, {staff.role}")
    found = _spoken_for(parsed, directory, service, via)
    requester, via, why = found if found else (parsed.sender or NOBODY, via, known)
    organisation = organisation_of(requester, directory) if found else None
    client = client_of(requester, directory) if found else None
    return Identity(
        role=STAFF_ROLES[staff.role],
        author=parsed.sender or NOBODY,
        requester=requester,
        via=via,
        client=client.name if client else None,
        organisation=organisation.id if organisation else None,
        rep=_rep(staff, organisation),
        staff=staff.id,
        on_behalf_of=requester if found else None,
        proved=proved,
        reasons=(known,) if why is known else (known, why),
    )


def _rep(staff: Staff, organisation: Organisation | None) -> str | None:
    if staff.role is StaffRole.REP:
        return staff.id
    return organisation.rep if organisation else None


def _spoken_for(
    parsed: ParsedMail, directory: Directory, service: Service, via: Via
) -> tuple[Mailbox, Via, Reason] | None:
    """For whom one of us writes: the client in the forward, or the client answered with us in copy."""
    if via is Via.REPLY:  # a reply to a ticket is the author's own word, whatever it quotes
        return None
    if level := client_level(parsed.forwarded, directory, service):
        requester = completed(level.sender, directory)
        return requester, Via.FORWARDED, Reason("forwarded-for", f"{level.by} forward from {requester}")
    outside = [m for m in parsed.to if m.address and not is_ours(m, directory, service)]
    if not outside:
        return None
    requester = _answered_client(parsed, outside, directory, service)
    return requester, Via.CC, Reason("answered-client", f"written to {requester}, with us in copy")


def _answered_client(
    parsed: ParsedMail, outside: list[Mailbox], directory: Directory, service: Service
) -> Mailbox:
    """Whose words are quoted under our answer; where the quote does not tell, the first to whom it is written."""
    level = answered_level(parsed.answered, directory, service)
    author = completed(level.sender, directory) if level else NOBODY
    if author.address is not None:
        return author
    namesakes = [m for m in outside if author.name and m.name and name_key(m.name) == name_key(author.name)]
    return completed((namesakes or outside)[0], directory)
