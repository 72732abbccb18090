"""Settings -> how mail leaves: the smarthost as the transport needs it, and the key that signs."""

from mailroute.domain.address import domain_of
from mailroute.domain.errors import Misconfigured
from mailroute.outbound.dkim_sign import Signer, read_signer
from mailroute.outbound.smarthost import Smarthost, Tls
from mailroute.settings import Security, Settings


def smarthost_of(settings: Settings) -> Smarthost:
    """The mail server that takes our mail, as the transport needs it."""
    ours = settings.smarthost
    tls = {Security.NONE: Tls.NONE, Security.STARTTLS: Tls.STARTTLS, Security.TLS: Tls.IMPLICIT}
    return Smarthost(
        host=ours.host or "localhost",
        port=ours.actual_port,
        tls=tls[ours.security],
        ca_file=str(ours.certificate_authority) if ours.certificate_authority else None,
        username=ours.username,
        password=ours.password.get_secret_value() if ours.password else None,
        local_hostname=ours.hostname,
        timeout=ours.command_seconds,
        dot_timeout=ours.dot_seconds,
        mails_per_connection=ours.mails_per_connection,
    )


def signer_of(settings: Settings) -> Signer | None:
    """The key of `[dkim]`; None where mail is not signed here.

    Raises:
        Misconfigured: the key cannot be read, or is no key.
    """
    ours = settings.dkim
    if ours.key_file is None or ours.selector is None:
        return None
    domain = ours.domain or domain_of(settings.service.routing_address)
    try:
        key = ours.key_file.read_bytes()
    except OSError as error:
        raise Misconfigured(f"dkim.key_file: {ours.key_file} cannot be read: {error.strerror}") from error
    return read_signer(domain, ours.selector, key)
