"""Expressions of configured rules: what they see, what is found wrong with them, and that none can hang."""

import time
from collections.abc import Callable

import pytest

from mailroute.domain.issue import (
    Issue,
    IssueType,
    Product,
    Reference,
    ReferenceKind,
    TypeFinding,
    Urgency,
    UrgencyFinding,
)
from mailroute.routing.case import Case
from mailroute.routing.expressions import MOST_VALUES, judge_expression, problems

Make = Callable[..., Case]

CARD = Issue(
    type=TypeFinding(IssueType.BILLING, 0.9),
    urgency=UrgencyFinding(Urgency.HIGH),
    products=(Product("Boiler Pump", 0, 6),),
    references=(Reference(ReferenceKind.ORDER, "PO-1", 6, 9),),
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('issue.type == "billing"', True),
        ('issue.type == "billing" && organisation.tier == "silver"', False),
        ('issue.urgency in ["high", "critical"] || words.contains("zzz")', True),
        ('"boiler pump" in issue.product', True),
        ('issue.reference.exists(r, r.startsWith("po-"))', True),
        ("issue.reference.all(r, size(r) > 9)", False),
        ('words.contains("invoice")', True),
        ('issue.language == ""', True),
        ('project.key == "" ? organisation.id == "borealis" : false', True),
        ("!(size(issue.product) > 1)", True),
        ('issue["type"] == "billing"', True),
    ],
)
def test_expressions_see_the_fields_of_the_tables(make_case: Make, source: str, expected: bool) -> None:
    """In lower case; what is not given is empty; what may be several is a list."""
    case = make_case(issue=CARD, words="A wrong INVOICE, sorry.")

    assert () == problems(source)
    assert expected is judge_expression(source, case).holds


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("issue.type =", "is no expression"),
        ("", "is no expression"),
        ('isue.type == "billing"', "did you mean issue?"),
        ('issue.typ == "billing" || true', "did you mean issue.type?"),
        ('issue.type == "biling"', "did you mean billing?"),
        ('organisation.tier == "Gold"', "lower case"),
        ("size(words)", "no question"),
        ("issue.type > 3", "cannot be worked out"),
        ('words.matches("(a+)+$")', "uses matches"),
        ('words + words == ""', "uses +"),
        ("issue.product.map(p, p) == []", "uses map"),
        ('timestamp("2026-01-01T00:00:00Z") > timestamp("2025-01-01T00:00:00Z")', "uses timestamp"),
        ("issue.product.all(a, issue.product.all(b, issue.product.all(c, a == c)))", "more than 2 loops"),
        ("true " + "|| true " * 200, "more than 1000 characters"),
        ("(" * 400 + "true" + ")" * 400, "is no expression"),
    ],
)
def test_what_is_wrong_is_said_before_any_mail_comes(source: str, said: str) -> None:
    """Grammar, names, values, types, and whatever could take long."""
    assert said in "; ".join(problems(source))


def test_an_unsound_expression_holds_for_no_mail(make_case: Make) -> None:
    """And tells why, so that the mail goes on to the next rule."""
    answer = judge_expression("issue.typ == 3", make_case())

    assert not answer.holds
    assert "issue.typ, which is no field" in answer.because


def test_a_letter_s_text_in_an_expression_is_no_code(make_case: Make) -> None:
    """What stands in quotes is not taken for a name or a function."""
    assert problems("""words.contains("issue.foo matches('x') x.map(y)")""") == ()


def test_the_worst_expression_allowed_is_quick_on_the_worst_mail(make_case: Make) -> None:
    """Two loops over every value of a mail that has thousands, with a search in a long text in each turn."""
    many = tuple(Product("a" * 90 + str(n), 0, 1) for n in range(5000))
    case = make_case(issue=Issue(products=many), words="a" * 500_000)
    loops = "issue.product.all(a, issue.product.all(b, !words.contains(a) || a == b))"
    judge_expression(loops, case)
    begun = time.perf_counter()
    judge_expression(loops, case)

    assert time.perf_counter() - begun < 2
    assert MOST_VALUES == 50
