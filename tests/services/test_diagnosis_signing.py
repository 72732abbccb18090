"""`doctor` and `check` on the key that signs: each fault is told with what to do next."""

import base64
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from mailroute.services.diagnosis_signing import signing
from mailroute.services.finding import Level
from mailroute.settings import Settings


def key(bits: int) -> rsa.RSAPrivateKey:
    """A private key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


KEY, OTHER, SMALL = key(2048), key(2048), key(1024)


def record(of: rsa.RSAPrivateKey) -> bytes:
    """What belongs into the DNS."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return b"v=DKIM1; k=rsa; p=" + base64.b64encode(
        of.public_key().public_bytes(serialization.Encoding.DER, form)
    )


def settings(folder: Path, of: rsa.RSAPrivateKey | None = KEY) -> Settings:
    """A house that signs with the key, or with a file that is none."""
    pem = (
        b"no key"
        if of is None
        else of.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    file = folder / "dkim.pem"
    file.write_bytes(pem)
    return Settings(
        service={"routing_address": "issues@northwind.example"},
        dkim={"selector": "s1", "key_file": file},
    )


def offline(_name: str) -> bytes | None:
    """No server answers."""
    raise TimeoutError


@pytest.mark.parametrize(
    ("ask", "level", "words"),
    [
        (lambda name: record(KEY), Level.OK, "fits the key"),
        (lambda name: record(OTHER), Level.ERROR, "the key of another one"),
        (lambda name: b"v=DKIM1; p=", Level.ERROR, "no key, or a withdrawn one"),
        (lambda name: None, Level.ERROR, "there is no s1._domainkey.northwind.example"),
        (offline, Level.WARNING, "offline"),
    ],
)
def test_the_record_is_compared_with_the_key(
    tmp_path: Path, ask: Callable[[str], bytes | None], level: Level, words: str
) -> None:
    """Right, another's, withdrawn, missing, or not to be asked: each is told apart."""
    [finding] = signing(settings(tmp_path), ask)

    assert level == finding.level
    assert words in finding.saw
    assert (level is not Level.OK) == bool(finding.next)


def test_a_small_key_is_a_warning(tmp_path: Path) -> None:
    """1024 bits still sign, and the operator is told (RFC 8301)."""
    findings = list(signing(settings(tmp_path, SMALL), lambda name: record(SMALL)))

    assert [Level.WARNING, Level.OK] == [one.level for one in findings]


def test_a_file_without_a_key_is_an_error(tmp_path: Path) -> None:
    """And nobody is asked."""
    [finding] = signing(settings(tmp_path, None), offline)

    assert (Level.ERROR, True) == (finding.level, "no RSA or Ed25519 private key" in finding.saw)


def test_without_a_key_all_is_well() -> None:
    """The smarthost may sign."""
    [finding] = signing(Settings(), offline)

    assert Level.OK == finding.level


def test_check_reads_the_key(tmp_path: Path) -> None:
    """`mailroute check` says which key signs, or that there is none in the file."""
    config = tmp_path / "mailroute.toml"
    settings(tmp_path)
    config.write_text(
        f'data_dir = "{tmp_path}"\n[service]\nrouting_address = "issues@northwind.example"\n'
        f'[dkim]\nselector = "s1"\nkey_file = "{tmp_path}/dkim.pem"\n'
    )
    command = [sys.executable, "-m", "mailroute", "check", "--config", str(config)]
    good = subprocess.run(command, check=False, capture_output=True, text=True)
    (tmp_path / "dkim.pem").write_text("no key")
    bad = subprocess.run(command, check=False, capture_output=True, text=True)

    assert "rsa-sha256, 2048 bits, s1._domainkey.northwind.example" in good.stderr
    assert 0 == good.returncode
    assert "no RSA or Ed25519 private key" in bad.stdout
    assert 1 == bad.returncode


@pytest.mark.parametrize(
    "wrong",
    [{"selector": "s1"}, {"domain": "northwind.example"}, {"selector": "s 1"}, {"key_file": "/no/such/file"}],
)
def test_half_a_section_is_an_error(wrong: dict[str, str]) -> None:
    """Selector and key need each other."""
    with pytest.raises(ValueError, match="dkim"):
        Settings(dkim=wrong)


def test_another_domain_is_an_error(tmp_path: Path) -> None:
    """A signature of a domain that is not above ours would prove nothing (DMARC alignment)."""
    settings(tmp_path)
    with pytest.raises(ValueError, match="or one above it"):
        Settings(
            service={"routing_address": "issues@northwind.example"},
            dkim={"domain": "elsewhere.example", "selector": "s1", "key_file": tmp_path / "dkim.pem"},
        )
