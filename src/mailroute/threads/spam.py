"""Mail that our border took for spam: no ticket, no acknowledgement, whatever else it is."""

from mailroute.domain.decisions import Action, Facts, Placement
from mailroute.domain.parsed import SpamVerdict
from mailroute.domain.reasons import Reason


def believed(facts: Facts) -> SpamVerdict | None:
    """The first verdict of a filter that the settings name; of a border that we trust, without being named."""
    trust = facts.policy.trust
    counts = {*trust.spam_headers, "Authentication-Results"}
    return next((one for one in facts.reading.parsed.spam if one.header in counts), None)


def taken_for_spam(facts: Facts) -> Placement | None:
    """Spam waits for a person, or is put aside; not what a person has let in, or laid into a folder for us."""
    entry = facts.entry
    of_a_person = entry.folder is not None and entry.folder.of_a_person
    verdict = None if entry.released or of_a_person else believed(facts)
    if verdict is None:
        return None
    reason = Reason("spam-by-border", f"{verdict.header}: {verdict.said}")
    action = Action.IGNORE if facts.policy.trust.drop_spam else Action.HOLD
    return Placement(action=action, reasons=(reason,))
