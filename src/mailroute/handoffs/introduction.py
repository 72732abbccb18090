"""Words with which a rep presents the PM to the client: a draft, for the rep to send or to change."""

from collections.abc import Mapping

from mailroute.domain.directory import Staff

_WORDS: Mapping[str, str] = {
    "en": (
        "Hello{contact},\n\n"
        "as we are starting on {project}, I would like you to meet {pm}, who looks after it from now on. {first} knows"
        " everything that we have agreed, so you need not explain anything again; just write to {address}.\n\n"
        "I stay your contact for everything else.\n\n"
        "Kind regards\n{rep}"
    ),
    "de": (
        "Guten Tag{contact},\n\n"
        "{project} beginnt, und ich möchte Ihnen {pm} vorstellen: Von nun an kümmert sich {first} darum und weiß alles,"
        " was wir vereinbart haben. Sie müssen nichts noch einmal erklären; schreiben Sie einfach an {address}.\n\n"
        "Für alles andere bleibe ich Ihr Ansprechpartner.\n\n"
        "Freundliche Grüße\n{rep}"
    ),
    "fr": (
        "Bonjour{contact},\n\n"
        "{project} commence, et je souhaite vous présenter {pm}, qui s'en occupe désormais et sait tout ce que nous"
        " avons convenu. Vous n'avez rien à réexpliquer ; écrivez simplement à {address}.\n\n"
        "Je reste votre contact pour tout le reste.\n\n"
        "Cordialement\n{rep}"
    ),
}


def introduction(
    *, contact: str | None, project: str, pm: Staff | None, rep: Staff | None, language: str
) -> str:
    """The draft in the client's language, else in English."""
    return _WORDS.get(language, _WORDS["en"]).format(
        contact=f" {contact}" if contact else "",
        project=project,
        pm=pm.name if pm else "our project manager",
        first=pm.name.split()[0] if pm else "",
        address=pm.email if pm else "",
        rep=rep.name if rep else "",
    )
