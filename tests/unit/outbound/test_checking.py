"""`mailroute check` finds what is wrong with templates before a mail needs them."""

from pathlib import Path

import pytest

from mailroute.outbound.checking import check_templates


def put(folder: Path, name: str, text: str | bytes) -> None:
    """A file of the user's own."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def test_the_shipped_templates_are_sound() -> None:
    """Every kind renders with all and with the least that may be known, in each language."""
    assert check_templates() == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A mistyped path does not quietly mean "no templates of my own"."""
    (problem,) = check_templates(tmp_path / "nowhere")

    assert "no such folder" in problem.message


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("ticket-opend/body.txt", "ticket-opened/body.txt"),
        ("ticket-opened/Body.txt", "ticket-opened/body.txt"),
        ("ticket-opened/it/body.txt", "ticket-opened/"),
    ],
)
def test_a_file_that_no_mail_uses_is_told_with_the_nearest_name(tmp_path: Path, name: str, near: str) -> None:
    """A typo in a folder or file name is found."""
    put(tmp_path, name, "Hello\n")

    (problem,) = check_templates(tmp_path)

    assert problem.file == str(tmp_path / name)
    assert f"did you mean {near}" in problem.message


def test_parts_to_include_are_no_problem(tmp_path: Path) -> None:
    """Folders that begin with an underscore are the user's own affair."""
    put(tmp_path, "_mine/footer.txt", "Bye")

    assert check_templates(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Hello\n{{ tikcet.ref }}\n", 2, "did you mean ticket?"),
        (
            "Hello\n{% if known_client %}{% else %}{{ secret }}{% endif %}\n",
            2,
            '"secret" is not in the context',
        ),
        ("Hello\n\n{{ ticket.pm.name }}\n", 3, "None' has no attribute 'name'"),
        ("Hello\n{% if ticket %}\n", 2, "Unexpected end of template"),
        ("{{ issue.deadline }}", 1, "no attribute 'deadline'"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    """Unknown names, values that may be missing, and broken syntax are found where they stand."""
    put(tmp_path, "ticket-opened/body.txt", text)

    found = [
        (problem.file, problem.line) for problem in check_templates(tmp_path) if message in problem.message
    ]

    assert found == [(str(tmp_path / "ticket-opened/body.txt"), line)]


def test_a_file_in_another_charset_is_told(tmp_path: Path) -> None:
    """Templates are UTF-8."""
    put(tmp_path, "reply/body.txt", "Grüße".encode("latin-1"))

    assert any("utf-8" in problem.message for problem in check_templates(tmp_path))


def test_an_empty_subject_is_told(tmp_path: Path) -> None:
    """A mail needs a subject."""
    put(tmp_path, "reply/subject.txt", "\n")

    assert any("empty subject" in problem.message for problem in check_templates(tmp_path))
