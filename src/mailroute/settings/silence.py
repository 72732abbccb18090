"""The section `[silence]`."""

from pydantic import Field

from mailroute.settings.kinds import Address, Seconds
from mailroute.settings.section import Section


class Silence(Section):
    """When it is shouted that no mail comes."""

    look_seconds: Seconds = Field(
        default=900.0, description="Age of the last good look into a mailbox above which the lead is told."
    )
    mail_seconds: Seconds | None = Field(
        default=None,
        description="The same for the last mail by each open door, in seconds; never when not set.",
    )
    canary_seconds: Seconds | None = Field(
        default=None,
        description="How often, in seconds, a mail goes to the routing address by the smarthost; never when not set.",
        ge=60,
    )
    canary_patience_seconds: Seconds = Field(
        default=900.0, description="How long that mail may take to come back."
    )
    tell: Address | None = Field(
        default=None, description="Who is told, best in a mailbox elsewhere; the lead when not set."
    )
