"""Comparing what came of a rehearsal with its `then.toml`. Only what is listed there is compared."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from mailroute.domain.errors import Misconfigured
from mailroute.domain.words import plain_words

View = Mapping[str, Any]
Wanted: TypeAlias = Any  # what TOML holds there: a word, a list of words, a list of lists

KNOWN = frozenset({"story", "tickets", "ticket", "sent", "sent_any", "never_sent", "set_aside"})


def check(folder: Path, result: View) -> list[str]:
    """Each difference in one line; empty when everything is as `then.toml` says, or there is none."""
    path = folder / "then.toml"
    if not path.is_file():
        return []
    try:
        then = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path}: {error}") from error
    if unknown := sorted(set(then) - KNOWN):
        raise Misconfigured(f"{path}: unknown key {unknown[0]}; known are {', '.join(sorted(KNOWN))}")
    for table, keys in ROWS.items():
        for row in then.get(table, []):
            if unknown := sorted(set(row) - set(keys)):
                raise Misconfigured(
                    f"{path}: unknown key {unknown[0]} in [[{table}]]; known are {', '.join(keys)}"
                )
    return list(_differences(then, result))


def _differences(then: View, result: View) -> Iterator[str]:
    if "tickets" in then and then["tickets"] != len(result["tickets"]):
        yield f"tickets: expected {then['tickets']}, got {len(result['tickets'])}"
    for wanted in then.get("ticket", []):
        yield from _ticket(wanted, result["tickets"])
    mails = list(_mails(result["outgoing"]))
    if "sent" in then:
        yield from _sent(then["sent"], mails, more_may_be=bool(then.get("sent_any")))
    for wanted in then.get("never_sent", []):
        for mail in mails:
            if _fits(wanted, mail):
                yield f"never sent: {_line(mail)} was sent"
    if "set_aside" in then:
        yield from _set_aside(then["set_aside"], result["set_aside"])


def _number(source: str | None) -> str:
    return "".join(c for c in (source or "").partition("-")[0] if c.isdigit())


def _mails(outgoing: Iterable[View]) -> Iterator[dict[str, str]]:
    """One for each recipient, To or Cc."""
    for mail in outgoing:
        for address in (*mail["to"], *mail["cc"]):
            yield {"kind": mail["kind"], "to": str(address).casefold(), "after": _number(mail["after"])}


def _fits(wanted: View, mail: Mapping[str, str]) -> bool:
    return all(mail[key] == str(value).casefold() for key, value in wanted.items())


def _line(mail: View) -> str:
    after = f" after {mail['after']}" if mail.get("after") else ""
    return f"{mail.get('kind', 'any mail')} to {mail.get('to', 'anybody')}{after}"


def _sent(wanted: Iterable[View], mails: list[dict[str, str]], *, more_may_be: bool) -> Iterator[str]:
    left = list(mails)
    for line in sorted(wanted, key=len, reverse=True):  # who says most chooses first
        found = next((mail for mail in left if _fits(line, mail)), None)
        if found is None:
            yield f"sent: {_line(line)} is missing"
        else:
            left.remove(found)
    if not more_may_be:
        for mail in left:
            yield f"sent: {_line(mail)} was not expected"


def _set_aside(wanted: Iterable[View], got: Iterable[View]) -> Iterator[str]:
    found = Counter((_number(one["source"]), one["action"]) for one in got)
    expected = Counter((str(one["source"]), str(one["action"])) for one in wanted)
    for source, action in expected - found:
        yield f"set aside: {source} as {action} is missing"
    for source, action in found - expected:
        yield f"set aside: {source} as {action} was not expected"


def _ticket(wanted: View, tickets: list[View]) -> Iterator[str]:
    """The differences from the ticket that holds most of the messages, or else has the fewest differences."""
    if not tickets:
        yield f"ticket: none was opened, expected one of {wanted.get('requester', 'somebody')}"
        return
    held = set(wanted.get("messages", []))

    def distance(ticket: View) -> tuple[int, int]:
        numbers = {_number(m["source"]) for m in ticket["messages"]}
        return -len(numbers & held), len(list(_of_ticket(wanted, ticket)))

    yield from _of_ticket(wanted, min(tickets, key=distance))


def _of_ticket(wanted: View, ticket: View) -> Iterator[str]:
    for key, value in wanted.items():
        got = CHECKS[key](value, ticket)
        if got is not None:
            yield f"{ticket['ref']} {key}: expected {_said(value)}, got {got}"


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _plain(*keys: str) -> Callable[[Any, View], str | None]:
    """A value that must be the same, in any case."""

    def differs(value: Wanted, ticket: View) -> str | None:
        got: Any = ticket
        for key in keys:
            got = got[key]
        return None if str(got).casefold() == str(value).casefold() else str(got)

    return differs


def _one_of(*keys: str) -> Callable[[Any, View], str | None]:
    def differs(values: Wanted, ticket: View) -> str | None:
        got: Any = ticket
        for key in keys:
            got = got[key]
        return None if got in values else str(got)

    return differs


def _messages(values: Wanted, ticket: View) -> str | None:
    got = {_number(message["source"]) for message in ticket["messages"]}
    return None if got == set(values) else ", ".join(sorted(got))


def _title_has(groups: Wanted, ticket: View) -> str | None:
    title = ticket["title"].casefold()
    return (
        None if all(any(word.casefold() in title for word in group) for group in groups) else ticket["title"]
    )


def _deadline(value: Wanted, ticket: View) -> str | None:
    dates = [deadline["date"] for deadline in ticket["issue"]["deadlines"]]
    return None if value in dates else ", ".join(dates) or "none"


def _references(values: Wanted, ticket: View) -> str | None:
    got = [reference["value"] for reference in ticket["issue"]["references"]]
    plain = {plain_words(value) for value in got}
    return None if all(plain_words(value) in plain for value in values) else ", ".join(got) or "none"


def _asks_has(groups: Wanted, ticket: View) -> str | None:
    asks = [ask["text"].casefold() for ask in ticket["issue"]["asks"]]
    met = all(any(all(word.casefold() in ask for word in group) for ask in asks) for group in groups)
    return None if met else " | ".join(asks) or "none"


def _facts_has(values: Wanted, ticket: View) -> str | None:
    issue = ticket["issue"]
    kept = [one["value"] for key in ("facts", "references") for one in issue[key]]
    kept += [product["text"] for product in issue["products"]]
    kept += [str(text) for person in issue["people"] for text in person.values() if text]
    found = f" {' '.join(plain_words(value) for value in kept)} "
    return None if all(plain_words(value) in found for value in values) else "; ".join(kept) or "none"


CHECKS: Mapping[str, Callable[[Any, View], str | None]] = {
    "messages": _messages,
    "requester": _plain("requester", "address"),
    "organisation": _plain("organisation"),
    "project": _plain("project"),
    "pm": _plain("pm"),
    "rep": _plain("rep"),
    "type": _one_of("issue", "type", "value"),
    "urgency": _one_of("issue", "urgency", "value"),
    "title_has": _title_has,
    "deadline": _deadline,
    "references": _references,
    "asks_has": _asks_has,
    "facts_has": _facts_has,
    "whose_move": _plain("whose_move"),
    "status": _plain("status"),
}
"""Every key of a [[ticket]]: what differs, or None."""

ROWS: Mapping[str, Iterable[str]] = {
    "ticket": CHECKS,
    "sent": ("kind", "to", "after"),
    "never_sent": ("kind", "to", "after"),
    "set_aside": ("source", "action"),
}
"""Every table of rows, and the keys of each."""
