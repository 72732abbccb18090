"""Who is named, with role, company and number."""

from collections.abc import Callable

from mailroute.domain.issue import Issue


def test_writer_by_sign_off(card: Callable[..., Issue]) -> None:
    """The lines under a mail give the writer's role, company and number."""
    writer = card(
        "The press is down.\n\nKind regards\nAnn Lee\nPlant manager\nBorealis Foods\n01632 960214"
    ).people[0]

    assert "Ann Lee" == writer.name
    assert "Plant manager" == writer.role
    assert "Borealis Foods" == writer.organisation
    assert "01632 960214" == writer.phone
    assert "ann.lee@borealis.example" == writer.email


def test_writer_in_one_line(card: Callable[..., Issue]) -> None:
    """A sign-off at the end of the only line is read as well."""
    writer = card("The gate is stuck. Ann Lee, warehouse manager, 038 555 2140").people[0]

    assert ("Ann Lee", "warehouse manager", "038 555 2140") == (writer.name, writer.role, writer.phone)


def test_colleague_with_a_role(card: Callable[..., Issue]) -> None:
    """Somebody introduced by a role is kept with it."""
    people = card("Our new receptionist Tamara Oduya cannot log in. Please help.").people

    assert ("Tamara Oduya", "receptionist") in [(p.name, p.role) for p in people]


def test_title_and_surname(card: Callable[..., Issue]) -> None:
    """A title with a surname is a person; the one who is greeted is ours and is not."""
    people = card("Dear Mr Hall,\n\nplease call Mrs Abernathy about the keys.").people

    assert ["Ann Lee", "Mrs Abernathy"] == [p.name for p in people]


def test_german_role(card: Callable[..., Issue]) -> None:
    """A German role before the name is understood."""
    people = card(
        "Guten Tag, bitte legen Sie unseren Disponenten Stefan Moser an, er beginnt am Montag."
    ).people

    assert "Stefan Moser" in [p.name for p in people]
