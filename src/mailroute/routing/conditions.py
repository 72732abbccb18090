"""Whether the conditions of a configured rule hold, and if not, which one fails and why."""

from mailroute.domain.directory import ConfiguredRule
from mailroute.routing.case import Case
from mailroute.routing.fields import RULE_FIELDS


def unmet(rule: ConfiguredRule, case: Case) -> str | None:
    """The first condition of *rule* that does not hold, in words; None when all hold. Case does not count."""
    for path, accepted in rule.when.items():
        field = RULE_FIELDS.get(path)
        if field is None:
            return f"{path} is no field"
        found = [value.casefold() for value in field.read(case)]
        if path == "words":
            if not any(word.casefold() in text for word in accepted for text in found):
                return f"none of {', '.join(accepted)} is in the text"
        elif not any(value.casefold() in found for value in accepted):
            return f"{path} is {', '.join(found) or 'not given'}, not {' or '.join(accepted)}"
    return None
