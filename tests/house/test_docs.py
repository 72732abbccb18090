"""The documents say what the code does."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
SOURCES = sorted((TOP / "src" / "mailroute").rglob("*.py"))


def codes_in_source() -> Iterator[str]:
    """First arguments of Reason(...), with what is filled in replaced by a star."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason" and node.args:
                yield from literal(node.args[0])


def literal(node: ast.expr) -> Iterator[str]:
    """The text of a string literal; of an f-string with stars."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(v.value) if isinstance(v, ast.Constant) else "*" for v in node.values)


def is_documented(code: str, documented: set[str]) -> bool:
    """Whether the list has the code, or its family."""
    pattern = re.escape(code).replace(r"\*", ".+")
    return any(re.fullmatch(pattern, known) or known == code for known in documented)


DOCUMENTED = set(re.findall(r"`([a-z:*-]+)`", (TOP / "docs" / "reasons.md").read_text(encoding="utf-8")))
DECIDING = {"followups", "directory", "threads", "routing", "tickets", "services"}


@pytest.mark.parametrize("code", sorted(set(codes_in_source())))
def test_every_reason_is_documented(code: str) -> None:
    """Each code that a decision may carry stands in docs/reasons.md."""
    assert is_documented(code, DOCUMENTED), f"{code} is not in docs/reasons.md"


def test_every_documented_reason_is_used() -> None:
    """No code in docs/reasons.md is orphaned."""
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in SOURCES
        if DECIDING & set(path.relative_to(TOP).parts) or path.name == "bootstrap.py"
    )
    families = {"automatic-*", "*-failed", "pm-of-ticket", "rep-of-ticket", "out-of-office", "auto-reply"}
    orphans = {code for code in DOCUMENTED - families if "-" in code and f'"{code}"' not in text}

    assert set() == orphans


@pytest.mark.parametrize(
    "path", [*sorted((TOP / "docs").glob("*.md")), TOP / "README.md"], ids=lambda p: p.name
)
def test_links_lead_somewhere(path: Path) -> None:
    """Each relative link in a document leads to a file that exists."""
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))

    assert [] == [link for link in links if not (path.parent / link).exists()]
