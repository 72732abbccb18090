"""Settings as the pure code knows them."""

from dataclasses import fields, replace
from datetime import timedelta

from mailroute.domain.policy import (
    ClosedTickets,
    Policy,
    ReadingLimits,
    RoutingHabits,
    SendingLimits,
    Trust,
    UrgencyScale,
)
from mailroute.settings.root import Settings


def to_policy(settings: Settings, secret: bytes) -> Policy:
    """The policy that *settings* describe; *secret* is the installation's own key."""
    sending = settings.sending
    return Policy(
        service=replace(
            settings.service.to_domain(),
            competitors=settings.extraction.competitors,
            reference_patterns=tuple(_kind_and_pattern(p) for p in settings.extraction.reference_patterns),
            urgency=UrgencyScale(**settings.urgency.model_dump()),
            public_url=settings.http.public_url,
        ),
        mode=settings.mode,
        reading=ReadingLimits(
            **{field.name: getattr(settings.reading, field.name) for field in fields(ReadingLimits)}
        ),
        trust=Trust(
            authserv_ids=settings.trust.authserv_ids,
            check_dkim=settings.trust.check_dkim,
            arc_sealers=settings.trust.arc_sealers,
            staff_without_proof=settings.trust.staff_without_proof,
            spam_headers=settings.trust.spam_headers,
            drop_spam=settings.trust.spam == "ignore",
        ),
        sending=SendingLimits(
            per_address_and_hour=sending.per_address_and_hour,
            per_organisation_and_hour=sending.per_organisation_and_hour,
            automatic_per_day=sending.automatic_per_day,
            give_up_after=timedelta(days=sending.give_up_after_days),
            ask_once=sending.ask_once,
            hold_stale=timedelta(minutes=sending.hold_stale_minutes),
        ),
        closed=ClosedTickets(
            reopen_within=timedelta(days=settings.closed.reopen_within_days),
            within=settings.closed.within,
            later=settings.closed.later,
        ),
        routing=RoutingHabits(
            learned_threshold=settings.routing.learned_threshold,
            previous_handler=timedelta(days=settings.routing.previous_handler_days),
        ),
        digests=settings.digests.to_domain(),
        followups=settings.followups.to_domain(),
        secret=secret,
    )


def _kind_and_pattern(text: str) -> tuple[str, str]:
    kind, _, pattern = text.partition("=")
    return kind, pattern
