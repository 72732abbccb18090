"""What is left of a subject without the marks of programs."""

import pytest

from mailroute.threads.subjects import base_subject


@pytest.mark.parametrize(
    ("subject", "base"),
    [
        ("Lift 2", "lift 2"),
        ("Re: Lift 2", "lift 2"),
        ("AW: WG: Lift 2", "lift 2"),
        ("Re[2]: FWD: lift  2 (fwd)", "lift 2"),
        ("[harbour-staff] Re: [MR-17] Lift 2", "lift 2"),
        ("re: [fwd: [fwd: re: Lift 2]]", "lift 2"),
        ("TR : Lift 2", "lift 2"),
        ("答复：Lift 2", "lift 2"),
        ("Reminder: Lift 2", "reminder lift 2"),
        ("[urgent]", "urgent"),
        ("Re:", ""),
        ("", ""),
    ],
)
def test_marks_of_answers_forwards_and_lists_do_not_count(subject: str, base: str) -> None:
    """In any language; words of the writer's own stay."""
    assert base == base_subject(subject)
