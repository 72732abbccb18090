"""The section `[sending]`."""

from pydantic import Field

from mailroute.domain.policy import SendingLimits
from mailroute.settings.kinds import Count, Days
from mailroute.settings.section import Section

_SENDING = SendingLimits()


class Sending(Section):
    """How much automatic mail may leave."""

    per_address_and_hour: Count = Field(
        default=_SENDING.per_address_and_hour, description="Automatic mails to one address in an hour."
    )
    per_organisation_and_hour: Count = Field(
        default=_SENDING.per_organisation_and_hour,
        description="Automatic mails in an hour to all addresses of one client company.",
    )
    automatic_per_day: Count = Field(
        default=_SENDING.automatic_per_day, description="Automatic mails in a day."
    )
    give_up_after_days: Days = Field(
        default=_SENDING.give_up_after.days,
        description="How long delivery is tried (RFC 5321 §4.5.4.1: at least 4 to 5).",
        ge=1,
    )
    ask_once: bool = Field(
        default=_SENDING.ask_once,
        description="Whether a reply that asks for what the client has told waits until its author says send or drop.",
    )
    hold_stale_minutes: int = Field(
        default=int(_SENDING.hold_stale.total_seconds()) // 60,
        description="How long a reply to a client waits for its author's word when others have added to the ticket "
        "since the mail that it answers; 0: it goes at once.",
        ge=0,
        le=24 * 60,
    )
