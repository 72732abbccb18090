"""Actions on what was read from the mail: each field of the card can be put right, and stays as people say it is."""

import re
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from mailroute.tickets import actions_people
from mailroute.tickets.actions import Action, Done, LetterKind, NotDone, Scene, Told, changed
from mailroute.tickets.card import ALSO_CALLED, CARD, corrected
from mailroute.tickets.commands_arguments import day_named

PUT_RIGHT = "corrected"
"""Name of the event."""
WRITTEN = re.compile(r"\s*([\w-]+)[\s=:]*(.*)", re.DOTALL)


def correct(scene: Scene, argument: str) -> Done | NotDone:
    """Puts any field right: `asks=...`, `type billing`."""
    name, value = (match[1], match[2]) if (match := WRITTEN.match(argument)) else ("", "")
    field = ALSO_CALLED.get(name.casefold(), name.casefold())
    if field in ELSEWHERE:
        return ELSEWHERE[field](scene, value.strip())
    if field not in CARD:
        known = ", ".join((*CARD, *ELSEWHERE))
        return NotDone(f"“{name}” cannot be put right; these can: {known}" if name else f"say what: {known}")
    return put_right(field)(scene, value)


def put_right(field: str) -> Action:
    """The action that puts *field* of the card right."""

    def action(scene: Scene, argument: str) -> Done | NotDone:
        before = scene.ticket
        if not argument.strip():
            return NotDone(f"say what is right: /{field} VALUE")
        try:
            issue = CARD[field].said(before.issue, argument, lambda text: _day(scene, text))
        except ValueError as why:
            return NotDone(f"{field}: {why}")
        old, new = CARD[field].read(before.issue), CARD[field].read(issue)
        title = issue.title if field == "title" else before.title
        if old == new and title == before.title:
            return NotDone(f"{field} is {_shown(field, new)} already")
        after = replace(before, title=title, issue=corrected(issue, field))
        done = changed(scene, PUT_RIGHT, f"{field} is {_shown(field, new)} now", after)
        return replace(done, told=_told(scene, field, new))

    return action


def _told(scene: Scene, field: str, new: str) -> tuple[Told, ...]:
    """The PM hears of a changed urgency; the rest stands on the ticket."""
    pm = scene.ticket.pm
    if field != "urgency" or pm is None or pm == scene.actor.id:
        return ()
    words = f"{scene.actor.name} says that the urgency is {new}."
    return (Told(scene.ticket.ref, pm, LetterKind.WORD, words, news=True),)


def _shown(field: str, text: str) -> str:
    shown = CARD[field].shown(text)
    return shown if len(shown) <= 200 else f"{shown[:199]}…"


def _day(scene: Scene, text: str) -> date | None:
    return day_named(text, scene.now.astimezone(ZoneInfo(scene.policy.service.timezone)).date())


ELSEWHERE: dict[str, Action] = {
    "project": actions_people.project,
    "requester": actions_people.requester,
    "rep": actions_people.rep,
}
"""What belongs to the ticket, not to its card, and has a command of its own."""
