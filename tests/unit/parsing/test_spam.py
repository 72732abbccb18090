"""What filters on the way write, read as they write it."""

import pytest

from mailroute.domain.parsed import SPAM_HEADERS, SpamVerdict
from mailroute.domain.policy import Trust
from mailroute.parsing import parse
from mailroute.parsing.spam import FILTERS

REST = b"From: Ann <ann@borealis.example>\r\nSubject: Pump\r\n\r\nIt leaks.\r\n"


def test_settings_and_reading_know_the_same_fields() -> None:
    """Each field that can be named is read, and the other way round."""
    assert SPAM_HEADERS == tuple(FILTERS)


@pytest.mark.parametrize(
    ("field", "spam"),
    [
        ("X-Spam-Flag: YES", True),
        ("X-Spam-Flag: NO", False),
        ("X-Spam-Status: Yes, score=7.1 required=5.0 tests=BAYES_99\r\n\tautolearn=no", True),
        ("X-Spam-Status: No, score=4.9 required=5.0", False),
        ("X-Spam-Level: *****", True),
        ("X-Spam-Level: ****", False),
        ("X-Spam-Level:", False),
        ("X-Spam: Yes", True),
        ("X-Spamd-Result: default: True [15.20 / 15.00];\r\n\tBAYES_SPAM(5.10)[100.00%]", True),
        ("X-Spamd-Result: default: False [-0.90 / 15.00]; X(0.00)[True]", False),
        ("X-Rspamd-Action: reject", True),
        ("X-Rspamd-Action: add header", True),
        ("X-Rspamd-Action: greylist", False),
        ("X-Rspamd-Action: no action", False),
        ("X-MS-Exchange-Organization-SCL: 5", True),
        ("X-MS-Exchange-Organization-SCL: 9", True),
        ("X-MS-Exchange-Organization-SCL: 1", False),
        ("X-MS-Exchange-Organization-SCL: -1", False),
        ("X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:6;SFV:NSPM;CAT:NONE;", True),
        ("X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:1;SFV:NSPM;CAT:NONE;", False),
        ("X-Forefront-Antispam-Report: CIP:192.0.2.1;\r\n\tSFV:SPM;DIR:INB;", True),
        ("X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:1;CAT:HPHSH;", True),
        ("X-Forefront-Antispam-Report: SCL:-1;SFV:SKN;CAT:NONE", False),
        ("X-Gm-Spam: 1", True),
        ("X-Gm-Spam: 0", False),
        ("X-Gm-Phishy: 1", True),
    ],
)
def test_each_filter_is_understood(field: str, spam: bool) -> None:
    """Folded or not, each field says what its makers say it says."""
    mail = parse(field.encode() + b"\r\n" + REST)

    assert ([field.partition(":")[0]] if spam else []) == [one.header for one in mail.spam]


def test_the_topmost_field_speaks() -> None:
    """Our border writes on top; what a server before it wrote does not count."""
    mail = parse(b"X-Spam-Flag: NO\r\nX-Spam-Flag: YES\r\n" + REST)

    assert () == mail.spam


@pytest.mark.parametrize(
    ("server", "result", "spam"),
    [
        ("mx.here.example", "dmarc=fail action=quarantine header.from=borealis.example", True),
        ("mx.here.example", "dmarc=fail action=oreject header.from=borealis.example", True),
        ("mx.here.example", "dmarc=fail action=none header.from=borealis.example", False),
        ("mx.here.example", "dmarc=pass action=none header.from=borealis.example", False),
        ("mx.elsewhere.example", "dmarc=fail action=quarantine header.from=borealis.example", False),
    ],
)
def test_a_trusted_border_says_what_to_do_with_forgeries(server: str, result: str, spam: bool) -> None:
    """An action of DMARC in the results of our own border counts; anybody else's does not."""
    raw = f"Authentication-Results: {server}; {result}\r\n".encode() + REST
    mail = parse(raw, trust=Trust(authserv_ids=("mx.here.example",)))
    action = result.split("action=")[1].split()[0]

    assert (
        (SpamVerdict("Authentication-Results", f"dmarc=fail action={action}"),) if spam else ()
    ) == mail.spam
