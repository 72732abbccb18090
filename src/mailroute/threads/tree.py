"""How mails hang together by their headers alone: the threads that mail programs show (RFC 5256).

Tickets are not made by this: a subject joins nothing, and who may write on a ticket is asked first (`placement`). It is
the yardstick: tests hold it against the threads of imaptest, and `subjects` against what it needs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mailroute.threads.subjects import is_answer, stripped_subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a thread is told by."""

    number: int
    """Its place among the others; shown in the tree, and decides between equal dates."""
    sent: datetime
    message_id: str | None = None
    references: tuple[str, ...] = ()
    """Oldest first; the first id of In-Reply-To where there are none."""
    subject: str = ""


@dataclass(slots=True, eq=False)
class Node:
    """A mail and its answers; a mail that is only named has no heading."""

    heading: Heading | None = None
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)

    @property
    def first(self) -> Heading | None:
        """The mail itself; of one that is only named, its first answer."""
        return self.heading or next((child.first for child in self.children if child.first), None)

    def is_within(self, other: "Node") -> bool:
        """Whether it is *other*, or an answer below it."""
        node: Node | None = self
        while node is not None and node is not other:
            node = node.parent
        return node is other

    def adopt(self, child: "Node") -> None:
        """Make *child* an answer to this, wherever it was before."""
        if child.parent is not None:
            child.parent.children.remove(child)
        child.parent = self
        self.children.append(child)


def by_references(headings: Iterable[Heading]) -> list[Node]:
    """Threads by the algorithm REFERENCES (RFC 5256 §3): by ids, then by subject where ids are lost."""
    roots = [node for node in _linked(headings) if node.parent is None]
    roots = _in_order(_pruned(roots, top=True))
    return _in_order(_with_subjects_joined(roots))


def by_subject(headings: Iterable[Heading]) -> list[Node]:
    """Threads by the algorithm ORDEREDSUBJECT (RFC 5256 §3): one for each subject, all answers to the first mail."""
    found: dict[str, Node] = {}
    for heading in sorted(headings, key=_age):
        subject = stripped_subject(heading.subject)
        if subject in found:
            found[subject].adopt(Node(heading))
        else:
            found[subject] = Node(heading)
    return list(found.values())


def shown(nodes: Sequence[Node]) -> str:
    """The tree as IMAP writes it: `(1 (2 3)(4))`."""
    return "".join(f"({_shown(node)})" for node in nodes)


def _shown(node: Node) -> str:
    own = str(node.heading.number) if node.heading else ""
    if not node.children:
        return own
    below = _shown(node.children[0]) if len(node.children) == 1 and own else shown(node.children)
    return f"{own} {below}" if own else below


def _age(heading: Heading) -> tuple[datetime, int]:
    return heading.sent, heading.number


def _linked(headings: Iterable[Heading]) -> list[Node]:
    """Step 1: every mail under the one that it answers, mails that are only named among them."""
    known: dict[str, Node] = {}
    nodes = []
    for heading in headings:
        node = known.setdefault(heading.message_id, Node()) if heading.message_id else Node()
        if node.heading is not None:  # the id is used a second time: by another mail
            node = Node()
        node.heading = heading
        nodes.append(node)
        above: Node | None = None
        for message_id in heading.references:
            named = known.setdefault(message_id, Node())
            if above is not None and named.parent is None and not above.is_within(named):
                above.adopt(named)
            above = named
        if node.parent is not None:
            node.parent.children.remove(node)
            node.parent = None
        if above is not None and not above.is_within(node):
            above.adopt(node)
    return list(dict.fromkeys((*known.values(), *nodes)))


def _pruned(nodes: Sequence[Node], *, top: bool) -> list[Node]:
    """Step 3: mails that are only named go, and their answers take their place; a root with several stays."""
    kept: list[Node] = []
    for node in nodes:
        node.children = _pruned(node.children, top=False)
        if node.heading is None and (not node.children or not top or len(node.children) == 1):
            kept.extend(node.children)
        else:
            kept.append(node)
    return kept


def _in_order(nodes: Sequence[Node]) -> list[Node]:
    """Steps 4 and 6: by date, answers among themselves as well."""
    for node in nodes:
        node.children = _in_order(node.children)
    return sorted(nodes, key=_age_of_first)


def _age_of_first(node: Node) -> tuple[datetime, int]:
    first = node.first
    assert first is not None, "a mail that is only named has answers"
    return _age(first)


def _with_subjects_joined(roots: Sequence[Node]) -> list[Node]:
    """Step 5: roots of one subject are one thread."""
    table: dict[str, Node] = {}
    for node in roots:
        subject = _subject(node)
        if subject and (subject not in table or _goes_before(node, table[subject])):
            table[subject] = node
    left = list(roots)
    for node in roots:
        subject = _subject(node)
        there = table.get(subject)
        if not subject or there is None or there is node:
            continue
        left.remove(node)
        if there.heading is None:
            for child in [node] if node.heading else list(node.children):
                child.parent = None
                there.adopt(child)
        elif _is_answer(node) and not _is_answer(there):
            there.adopt(node)
        else:
            both = Node()
            left[left.index(there)] = both
            both.children = [there, node]
            table[subject] = both
    return left


def _goes_before(node: Node, other: Node) -> bool:
    if other.heading is None:
        return False
    return node.heading is None or (_is_answer(other) and not _is_answer(node))


def _subject(node: Node) -> str:
    return stripped_subject(node.first.subject) if node.first else ""


def _is_answer(node: Node) -> bool:
    return node.first is not None and is_answer(node.first.subject)


def flattened(nodes: Iterable[Node]) -> Iterator[Heading]:
    """All mails of the threads, each before its answers."""
    for node in nodes:
        if node.heading is not None:
            yield node.heading
        yield from flattened(node.children)
