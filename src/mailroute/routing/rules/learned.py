"""What people's reassignments have taught: mail like this ended with this PM, whoever had it first."""

from mailroute.domain.reasons import Reason
from mailroute.routing.case import Assign, Case, Pass
from mailroute.routing.learning import LEAST_GIVEN, marks, suggest


def learned(case: Case) -> Assign | Pass:
    """The PM whom the model suggests, if it is sure enough and has seen enough."""
    model = case.learned
    if model is None:
        return Pass("nothing has been learned yet (`mailroute train`)")
    if model.given < LEAST_GIVEN:
        return Pass(f"people have reassigned {model.given} tickets; {LEAST_GIVEN} are needed to learn from")
    known = marks(
        case.words,
        organisation=case.organisation.id if case.organisation else None,
        project=case.named.project.key if case.named else None,
        kind=str(case.issue.type.value),
    )
    found = suggest(model, known)
    if found is None:
        return Pass("too little of this mail has been seen before")
    if found.staff not in case.directory.staff_by_id:
        return Pass(f"{found.staff}, who had such mail, is no longer in the directory")
    said = f"{found.sure:.2f} sure, by {', '.join(found.words)}"
    if found.sure < case.learned_threshold:
        return Pass(f"{found.staff} is likeliest but only {said}; {case.learned_threshold:.2f} is needed")
    why = Reason("learned", f"people gave such mail to them: {said} (model {model.version})")
    return Assign(found.staff, why, round(found.sure, 3))
