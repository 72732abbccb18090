"""`when_expr` of configured rules: the one place that knows the CEL library.

What may stand in an expression is a closed list, so that no expression can hang: no regular expressions (CEL's are
free of backtracking, yet a counted repetition such as `(a{1,50}){1,50}` still takes minutes), no sums of texts, and
loops (`exists`, `all`) over short lists of a mail's values only.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mailroute.routing.case import Case
from mailroute.routing.fields import RULE_FIELDS, RuleField

if TYPE_CHECKING:
    from cel import Program

LONGEST = 1000
"""Characters of an expression."""
MOST_LOOPS = 2
MOST_VALUES = 50
"""Of a list that an expression sees."""
MOST_WORDS = 20_000
"""Characters of the text that an expression sees."""

OPERATIONS = frozenset({
    "_&&_", "_||_", "!_", "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in", "_[_]", "_?_:_", "@not_strictly_false",
    "contains", "startsWith", "endsWith", "size",
})  # fmt: skip
"""The library's names of what may be used; `has` and the loops have none."""

ROOTS = tuple(dict.fromkeys(path.partition(".")[0] for path in RULE_FIELDS))
_TEXT = re.compile(r"""[rRbB]{0,2}("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')""")
_LOOP = re.compile(r"\.\s*(exists|all)\s*\(\s*([A-Za-z_]\w*)\s*,")
_OTHER_LOOP = re.compile(r"\.\s*(map|filter|exists_one|existsOne|matches)\s*\(")
_TABLES = tuple(dict.fromkeys(path.partition(".")[0] for path in RULE_FIELDS if "." in path))
_PATH = re.compile(rf"(?<![\w.])({'|'.join(_TABLES)})\s*\.\s*([A-Za-z_]\w*)\b(?!\s*\()")
_COMPARED = re.compile(r"""([a-z]+\.[a-z]+)\s*[!=]=\s*("[^"\\]*"|'[^'\\]*')""")


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the expression holds, and what to tell of it."""

    holds: bool
    because: str


class UnsoundExpressionError(ValueError):
    """What is wrong with an expression, in words for the person who wrote it."""


@lru_cache(maxsize=256)
def _program(source: str) -> "Program":
    import cel  # takes long to load, and few houses write expressions

    try:
        return cel.compile(source)
    except Exception as error:  # the library's own kinds of errors are many, and each means the same here
        raise UnsoundExpressionError(f"is no expression: {_first_line(error)}") from error


def _worked_out(program: "Program", values: Mapping[str, Any]) -> object:
    try:
        return program.execute(dict(values))
    except Exception as error:  # as above; a rule must never stop mail
        raise UnsoundExpressionError(
            f"cannot be worked out: {_first_line(error).partition('. ')[0]}"
        ) from error


def _first_line(error: Exception) -> str:
    text = str(error).partition("ERROR: <input>:")[2] or str(error)
    return text.splitlines()[0].strip() if text.strip() else type(error).__name__


def judge_expression(source: str, case: Case) -> Answer:
    """Whether *source* is true of *case*. One that cannot be worked out does not hold, and says why."""
    short = source if len(source) <= 80 else f"{source[:80]}..."
    if found := problems(source):
        return Answer(False, f"when_expr {found[0]}")
    try:
        value = _worked_out(_program(source), values_of(case))
    except UnsoundExpressionError as error:
        return Answer(False, f"when_expr {error}")
    if value is True:
        return Answer(True, f"when_expr is true: {short}")
    return Answer(False, f"when_expr is {'false' if value is False else 'neither true nor false'}: {short}")


def values_of(case: Case) -> Mapping[str, Any]:
    """What an expression sees: all fields in lower case, "" for what is not given, lists where there may be several."""

    def value(field: RuleField) -> object:
        found = [text.casefold()[:MOST_WORDS] for text in field.read(case)]
        return found[:MOST_VALUES] if field.many else next(iter(found), "")

    return _nested(value)


def _nested(value: Callable[[RuleField], object]) -> Mapping[str, Any]:
    """`issue.type` becomes `type` in `issue`."""
    values: dict[str, Any] = {}
    for path, field in RULE_FIELDS.items():
        root, _, name = path.partition(".")
        if name:
            values.setdefault(root, {})[name] = value(field)
        else:
            values[root] = value(field)
    return values


@lru_cache(maxsize=256)
def problems(source: str) -> tuple[str, ...]:
    """Everything that is wrong with *source*: grammar, names, values, types."""
    return tuple(_problems(source))


def _problems(source: str) -> Iterator[str]:
    if len(source) > LONGEST:
        yield f"has more than {LONGEST} characters"
        return
    try:
        program = _program(source)
    except UnsoundExpressionError as error:
        yield str(error)
        return
    found = [*_forbidden(source, program), *_unknown(source, program), *_never(source)]
    yield from found
    if not found:
        yield from _wrong_types(program)


def _forbidden(source: str, program: "Program") -> Iterator[str]:
    bare = _TEXT.sub('""', source)
    others = {match[1] for match in _OTHER_LOOP.finditer(bare)}
    used = {name for name in program.functions() if name not in OPERATIONS and name not in others}
    for name in sorted(others | used):
        yield f"uses {name.strip('_@')}, which rules may not; allowed are == != < > in && || ! ?: {_NAMES}"
    if len(_LOOP.findall(bare)) > MOST_LOOPS:
        yield f"has more than {MOST_LOOPS} loops (exists, all)"


_NAMES = "has, size, contains, startsWith, endsWith, exists, all"


def _unknown(source: str, program: "Program") -> Iterator[str]:
    bare = _TEXT.sub('""', source)
    own = {match[2] for match in _LOOP.finditer(bare)}
    for name in program.variables():
        if name not in ROOTS and name not in own and not name.startswith("@"):
            yield f"asks for {name}, which is no field{_nearest(name, ROOTS)}"
    for match in _PATH.finditer(bare):
        path = f"{match[1]}.{match[2]}"
        if path not in RULE_FIELDS:
            yield f"asks for {path}, which is no field{_nearest(path, RULE_FIELDS)}"


def _never(source: str) -> Iterator[str]:
    """Comparisons with a word that the field never is."""
    for match in _COMPARED.finditer(source):
        field, word = RULE_FIELDS.get(match[1]), match[2][1:-1]
        if field is None:
            continue
        if word != word.casefold():
            yield f"compares {match[1]} with {word}; write it in lower case, as expressions see all texts"
        elif field.words is not None and word and word not in set(field.words):
            yield f"compares {match[1]} with {word}, which it never is{_nearest(word, list(field.words))}"


def _wrong_types(program: "Program") -> Iterator[str]:
    """What goes wrong with cases that have everything, or nothing."""
    cases = (
        lambda field: ["x"] if field.many else str(next(iter(field.words or ()), "x")),
        lambda field: [] if field.many else "",
    )
    for value in cases:
        try:
            answer = _worked_out(program, _nested(value))
        except UnsoundExpressionError as error:
            yield str(error)
            return
        if not isinstance(answer, bool):
            yield f"is no question: it gives {type(answer).__name__}, not true or false"
            return


def _nearest(word: str, known: Iterable[object]) -> str:
    close = get_close_matches(word, [str(one) for one in known], n=1, cutoff=0.6)
    return f"; did you mean {close[0]}?" if close else ""
