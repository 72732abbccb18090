"""Mail that names a project, by order number or by name, goes to the PM who looks after it."""

from mailroute.routing.case import Assign, Case, Pass


def named_project(case: Case) -> Assign | Pass:
    """The PM of the project that the client's words point to."""
    if case.named is None:
        return Pass("names no project of this organisation")
    if case.named.project.pm is None:
        return Pass(f"{case.named.project.key} has no PM")
    return Assign(case.named.project.pm, case.named.because, case.named.sure)
