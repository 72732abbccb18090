"""`mailroute sign-in`: a person signs in to a mailbox at Microsoft 365."""

import os
from typing import Annotated

import typer

from mailroute.cli.options import ConfigOption
from mailroute.cli.output import tell
from mailroute.domain.errors import Misconfigured
from mailroute.intake.oauth import DeviceTokens
from mailroute.services.mailboxes import tokens_of
from mailroute.settings import load_settings


def command(
    account: Annotated[str, typer.Argument(metavar="NAME", help="The mailbox: [imap.NAME] in the settings.")],
    *,
    config: ConfigOption = None,
) -> int | None:
    """Sign in to a mailbox at Microsoft 365 by a code on a page; the tokens are kept in data_dir/tokens.

    Sign in as the user of the mailbox. `mailroute serve` takes the tokens up by itself.
    """
    settings = load_settings(config, environ=os.environ)
    if account not in settings.imap:
        raise Misconfigured(f"there is no mailbox [imap.{account}] in the settings")
    tokens = tokens_of(settings, account)
    if not isinstance(tokens, DeviceTokens):
        raise Misconfigured(
            f"imap.{account} needs no sign-in: set oauth2 with provider microsoft and client_id, "
            "without refresh_token and client_secret"
        )
    tokens.sign_in(tell)
    tell(f"signed in; the tokens are in {tokens.file.path}")
    return None
