"""Failures, named by what to do next. Outcomes of a decision are values, never one of these."""


class MailrouteError(Exception):
    """Base of all of ours; its text is fit to be shown to the person at the keyboard."""


class TryLater(MailrouteError):
    """The same step may work later: a busy database, a full disk, a lost connection. Nothing was done."""


class StorageFull(TryLater):
    """There is no room to keep the message (SMTP 452)."""


class Misconfigured(MailrouteError):
    """The settings, the directory or a template must be mended first; says where and how."""


class Unreadable(MailrouteError):
    """A message could not be read within its limits; it goes to quarantine with this reason."""

    def __init__(self, code: str, evidence: str) -> None:
        super().__init__(f"{code}: {evidence}")
        self.code = code
        self.evidence = evidence
