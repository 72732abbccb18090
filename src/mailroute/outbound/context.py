"""What each mail template may say: the contract between whoever drafts a mail and its template.

`MailDraft.context` holds plain dicts, lists, strings, numbers, booleans and None, nothing else. The views in
`outbound.views` name the keys and their meaning; KEYS says which views each mail is given. All keys are always there:
what is unknown is None, "" or []. Besides these, every template sees

* `subject`: the draft's subject without the ticket mark,
* `language`: the language in which it is rendered, "en", "de", "fr",
* `timezone`: IANA name of the zone in which `day` and `moment` show times; None for the zone that they came with,
* `links.client_address`: what is written there reaches the client,
* `links.internal_address`: what is written there reaches rep and PM only,
* `cut_mark`: the line that nothing below travels on from, for mails whose answer goes to the client.

Filters of ours: `person` (name and address of a dict), `day` and `moment` (ISO date and time in the mail's
language), `flat` (on one line), `quoted` (each line behind "> "), `lines` (HTML: line ends become <br>), `label`
("change-request" -> "change request"), `size` (octets).
"""

from collections.abc import Mapping

ALWAYS = frozenset({"subject", "language", "timezone", "links", "cut_mark"})
"""What the renderer adds itself."""

KEYS: Mapping[str, frozenset[str]] = {
    # `known_client`: False for a stranger, whose acknowledgement holds none of the sender's words and no subject
    # `answer_by`: by when a person answers, or None where nothing is promised
    "ticket-opened": frozenset({"service", "ticket", "issue", "known_client", "answer_by"}),
    "ticket-received": frozenset({"service", "ticket", "issue", "message", "routing"}),
    # `brief`: the first time that the PM works for the client, else None
    # `summary`: the sentences that say most
    "ticket-assigned": frozenset(
        {"service", "ticket", "issue", "message", "routing", "brief", "summary", "history", "questions"}
    ),
    "follow-up": frozenset({"service", "ticket", "issue", "message"}),
    "reply": frozenset({"service", "ticket", "message"}),
    "note": frozenset({"service", "ticket", "message"}),
    # `why`: one sentence; `ticket` may be None in these three
    "delivery-failed": frozenset({"service", "ticket", "message", "why", "undelivered", "contacts"}),
    # `in_own_name`: whether the reader is the one it names; `waiting`: None for a message that is not let in
    "held": frozenset({"service", "ticket", "message", "why", "in_own_name", "waiting"}),
    # `to`: the client's name; `fresh`: what is asked besides, and nobody has told
    "already-answered": frozenset({"service", "ticket", "message", "to", "told", "fresh"}),
    # `asked`: the rep's clients who spoke of the theme, each with their newest words
    "theme-done": frozenset({"service", "theme", "rep", "asked"}),
    "nudge-draft": frozenset({"service", "ticket", "offer"}),
    "firm-draft": frozenset({"service", "ticket", "offer"}),
    "nudge": frozenset({"service", "ticket", "message"}),
    "reminder": frozenset({"service", "ticket", "due"}),
    "escalation": frozenset({"service", "ticket", "due"}),
    # `terms`: what was agreed, in the order of `handoffs.terms.TermKind`; `missing`: questions to the rep
    "handoff-offer": frozenset({"service", "ticket", "message", "terms", "missing", "brief"}),
    "handoff-started": frozenset({"service", "ticket", "message", "terms", "missing"}),
    # `introduction`: a draft for the rep to send
    "handoff-accepted": frozenset({"service", "ticket", "message", "introduction"}),
    "handoff-returned": frozenset({"service", "ticket", "message"}),
    "digest": frozenset({"service", "digest"}),
    # `ticket`: on which it was asked for
    "client-brief": frozenset({"service", "ticket", "brief"}),
    # `why`: what is wrong; `saw`: when what was last seen; `todo`: what to do next; one sentence each
    "silence": frozenset({"service", "why", "saw", "todo"}),
    "canary": frozenset({"service"}),
    "command-result": frozenset({"service", "ticket", "results"}),
}
