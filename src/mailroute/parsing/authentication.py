"""Step 4: whether the author's domain is proved, by the word of our own border (RFC 8601 §5) or by a signature."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mailroute.domain.address import domain_of, is_within
from mailroute.domain.parsed import Authentication, ParsedMail
from mailroute.domain.received import Verdict
from mailroute.parsing.dkim_check import check_signatures, sealed_results
from mailroute.parsing.letter import Lookup, Reading

_LONGEST = 16_000
_MOST_RESULTS = 60
_TOKEN = re.compile(r"\s+|\"((?:[^\"\\]|\\.){0,1000})\"|([;=/])|([^\s;=\"/()]{1,500})")


@dataclass(frozen=True, slots=True)
class Result:
    """One method's result, such as "dkim=pass header.d=acme.example"."""

    method: str
    value: str
    properties: dict[str, str] = field(default_factory=dict)


def judge_authentication(mail: ParsedMail, reading: Reading) -> ParsedMail:
    """The verdict of the topmost Authentication-Results with a name that we trust; else of our own check."""
    trusted = {name.casefold() for name in reading.trust.authserv_ids}
    for value in reading.letter.all("authentication-results") if trusted else ():
        parsed = parse_results(value)
        if parsed is not None and parsed[0] in trusted:
            return replace(mail, authentication=_verdict(mail, parsed[1]))
    if reading.lookup is None or not reading.raw:
        return mail
    return replace(mail, authentication=_own_check(mail, reading, reading.lookup))


def _own_check(mail: ParsedMail, reading: Reading, lookup: Lookup) -> Authentication:
    """An aligned signature proves the author; a broken one nothing (RFC 6376 §6.1), so a named sealer is asked then."""
    domain = domain_of((mail.sender.address if mail.sender else None) or "")
    if not domain or not mail.sender_is_sole:
        return Authentication(Verdict.NONE, ("From names no single author",))
    checked = check_signatures(reading.raw, domain, lookup)
    if checked.signer is not None:
        return Authentication(Verdict.PASS, checked.evidence)
    sealed = sealed_results(reading.raw, reading.trust.arc_sealers, lookup)
    results = None if sealed is None else parse_results(sealed[1])
    if sealed is None or results is None:
        return Authentication(Verdict.NONE, checked.evidence)
    told = _verdict(mail, results[1])
    return Authentication(
        told.verdict, (*checked.evidence, f"arc=pass, sealed by {sealed[0]}", *told.evidence)
    )


def _verdict(mail: ParsedMail, results: tuple[Result, ...]) -> Authentication:
    address = mail.sender.address if mail.sender else None
    domain = domain_of(address) if address else ""
    if not domain or not mail.sender_is_sole:
        return Authentication(Verdict.NONE, ("From names no single author",))
    dmarc = [r for r in results if r.method == "dmarc"]
    about = [r for r in dmarc if _is_about(r, domain)]
    if dmarc and not about:
        return Authentication(Verdict.NONE, tuple(f"dmarc={r.value} for another domain" for r in dmarc))
    for wanted, verdict in (("fail temperror permerror", Verdict.FAIL), ("pass", Verdict.PASS)):
        if said := next((r for r in about if r.value in wanted.split()), None):
            return Authentication(verdict, (f"dmarc={said.value} header.from={domain} (RFC 8601)",))
    for result in results:
        signer = result.properties.get("header.d") or domain_of(result.properties.get("header.i", ""))
        if (
            result.method == "dkim"
            and result.value == "pass"
            and signer
            and is_within(domain, signer)
            and "." in signer
        ):
            return Authentication(Verdict.PASS, (f"dkim=pass header.d={signer} (RFC 8601)",))
    return Authentication(Verdict.NONE, tuple(f"{r.method}={r.value}" for r in results[:10]))


def _is_about(result: Result, domain: str) -> bool:
    named = result.properties.get("header.from")
    return named is None or domain_of(named) == domain or named.casefold() == domain


def parse_results(value: str) -> tuple[str, tuple[Result, ...]] | None:
    """authserv-id and results of one field (RFC 8601 §2.2); None when it breaks the grammar."""
    bare = _without_comments(value[:_LONGEST])
    if bare is None or len(value) > _LONGEST:
        return None
    tokens = list(_tokens(bare))
    if not tokens or tokens[0] in (";", "=", "/") or tokens[-1] is None:
        return None
    sections: list[list[str]] = [[]]
    for lexeme in tokens:
        if lexeme is None:
            return None
        if lexeme == ";":
            sections.append([])
        else:
            sections[-1].append(lexeme)
    head = sections[0]
    if len(head) > 2 or (len(head) == 2 and not head[1].isdigit()):
        return None
    results = [
        _result(section)
        for section in sections[1 : _MOST_RESULTS + 1]
        if section and [s.lower() for s in section] != ["none"]
    ]
    if any(result is None for result in results):
        return None
    return head[0].casefold(), tuple(r for r in results if r is not None)


def _without_comments(value: str) -> str | None:
    """*value* with its comments, which may nest, as spaces; None when one does not end."""
    depth, quoted, escaped = 0, False, False
    kept: list[str] = []
    for c in value:
        if escaped:
            escaped = False
        elif c == "\\" and (quoted or depth):
            escaped = True
        elif quoted:
            quoted = c != '"'
        elif c == "(":
            depth += 1
            kept.append(" ")
            continue
        elif c == ")" and depth:
            depth -= 1
            continue
        elif c == '"' and not depth:
            quoted = True
        if not depth:
            kept.append(c)
    return None if depth or quoted else "".join(kept)


def _tokens(text: str) -> Iterator[str | None]:
    """Words and marks; None where the grammar ends."""
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            yield None
            return
        at = found.end()
        if found[2] or found[3]:
            yield found[2] or found[3]
        elif found[1] is not None:
            yield re.sub(r"\\(.)", r"\1", found[1])


def _result(section: list[str]) -> Result | None:
    """method[/version]=value, then reason and ptype.property=value pairs."""
    if len(section) > 4 and section[1] == "/":
        section = [section[0], *section[3:]]
    if len(section) < 3 or section[1] != "=":
        return None
    properties: dict[str, str] = {}
    i = 3
    while i < len(section):
        if i + 2 >= len(section) or section[i + 1] != "=":
            return None
        name, parts, i = section[i].casefold(), [section[i + 2]], i + 3
        while i < len(section) and (section[i] in ("/", "=") or parts[-1] in ("/", "=")):
            parts.append(section[i])
            i += 1
        properties.setdefault(name, "".join(parts).casefold())
    return Result(section[0].casefold(), section[2].casefold(), properties)
