"""Where settings come from."""

import pickle
from pathlib import Path

import pytest

from mailroute.domain.errors import Misconfigured
from mailroute.domain.policy import Mode, Policy, ReadingLimits, SendingLimits, Service, Trust
from mailroute.settings import Settings, find_config, load_settings, to_policy


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A settings file."""
    path = tmp_path / "etc" / "mailroute.toml"
    path.parent.mkdir()
    path.write_text('[smtp]\nport = 2600\nhost = "::1"\n\n[smarthost]\nusername = "file"\n', encoding="utf-8")
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_no_file_is_needed(here: Path) -> None:
    """Without a file and without variables every setting has its default, and nothing is sent."""
    settings = load_settings(environ={})

    assert Settings() == settings
    assert Mode.OBSERVE is settings.mode


def test_environment_is_stronger_than_the_file(config: Path) -> None:
    """A variable overrides one setting of a section and leaves its neighbours in the file alone."""
    settings = load_settings(config, environ={"MAILROUTE_SMTP__PORT": "2700"})

    assert (settings.smtp.port, settings.smtp.host) == (2700, "::1")


def test_secrets_stand_between_environment_and_file(config: Path, tmp_path: Path) -> None:
    """A secret file overrides the settings file, and a variable overrides the secret file."""
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "smarthost__username").write_text("secret\n")
    (secrets / "smarthost__password").write_text("open sesame\n")
    (secrets / "unrelated").write_text("x")

    by_secret = load_settings(config, environ={"MAILROUTE_SECRETS_DIR": str(secrets)})
    both = {"MAILROUTE_SECRETS_DIR": str(secrets), "MAILROUTE_SMARTHOST__USERNAME": "environment"}
    by_variable = load_settings(config, environ=both)

    assert by_secret.smarthost.password is not None
    assert (
        by_secret.smarthost.username,
        by_secret.smarthost.password.get_secret_value(),
    ) == ("secret", "open sesame")
    assert by_variable.smarthost.username == "environment"


def test_systemd_credentials_are_secrets(config: Path, tmp_path: Path) -> None:
    """What systemd puts into $CREDENTIALS_DIRECTORY counts as a secret file."""
    (tmp_path / "smarthost__password").write_text("open sesame")

    settings = load_settings(config, environ={"CREDENTIALS_DIRECTORY": str(tmp_path)})

    assert settings.smarthost.password is not None
    assert settings.smarthost.password.get_secret_value() == "open sesame"


def test_passwords_are_not_shown(config: Path) -> None:
    """Settings can be printed without telling the password."""
    settings = load_settings(config, environ={"MAILROUTE_SMARTHOST__PASSWORD": "open sesame"})

    assert "open sesame" not in repr(settings)


def test_typo_in_a_variable_is_an_error(here: Path) -> None:
    """A variable that names no setting is refused with its name and the nearest setting."""
    with pytest.raises(Misconfigured) as caught:
        load_settings(environ={"MAILROUTE_SMTP__PROT": "25"})

    assert str(caught.value) == "MAILROUTE_SMTP__PROT: there is no setting smtp.prot; did you mean smtp.port?"


def test_wrong_value_names_its_variable(config: Path) -> None:
    """A wrong value is blamed on the source that gave it, not on the file that it overrides."""
    with pytest.raises(Misconfigured, match=r"^MAILROUTE_SMTP__PORT: smtp\.port: ") as caught:
        load_settings(config, environ={"MAILROUTE_SMTP__PORT": "many"})

    assert len(str(caught.value).splitlines()) == 1


def test_lists_in_the_environment_are_words_between_commas(here: Path) -> None:
    """A list setting can be given by one variable."""
    settings = load_settings(environ={"MAILROUTE_SERVICE__INTERNAL_DOMAINS": "Northwind.example, nw.example"})

    assert settings.service.internal_domains == ("northwind.example", "nw.example")


def test_paths_in_the_file_are_relative_to_it(config: Path) -> None:
    """A path in mailroute.toml means the same from whatever folder the service is started."""
    config.write_text('data_dir = "../data"\n')

    settings = load_settings(config, environ={})

    assert (config.parent / "../data") == settings.data_dir


def test_file_is_found_in_order(here: Path, config: Path) -> None:
    """--config comes before $MAILROUTE_CONFIG, and that before ./mailroute.toml."""
    Path("mailroute.toml").touch()
    Path("other.toml").touch()

    assert config == find_config(config, {"MAILROUTE_CONFIG": "other.toml"})
    assert Path("other.toml") == find_config(None, {"MAILROUTE_CONFIG": "other.toml"})
    assert Path("mailroute.toml") == find_config(None, {})


def test_file_that_was_asked_for_must_exist(here: Path) -> None:
    """A settings file that was named but is missing is an error and never silently replaced by defaults."""
    with pytest.raises(
        Misconfigured, match=r"gone\.toml: there is no such file; \$MAILROUTE_CONFIG names it"
    ):
        find_config(None, {"MAILROUTE_CONFIG": "gone.toml"})


def test_settings_can_be_handed_to_other_processes(config: Path) -> None:
    """Loaded settings survive pickling, as worker processes need."""
    settings = load_settings(config, environ={})

    assert settings == pickle.loads(pickle.dumps(settings))


@pytest.mark.parametrize(
    ("url", "database", "file"),
    [
        ("postgresql://me@db.example/mail", "postgresql+psycopg://me@db.example/mail", None),
        ("sqlite:////var/lib/mail.db", "sqlite:////var/lib/mail.db", Path("/var/lib/mail.db")),
        (None, "sqlite:////srv/data/mailroute.db", Path("/srv/data/mailroute.db")),
    ],
)
def test_database_is_a_url_or_a_file_in_the_data_folder(
    url: str | None, database: str, file: Path | None
) -> None:
    """The database is what database_url says, else a file in data_dir."""
    settings = Settings(data_dir=Path("/srv/data"), database_url=url)

    assert (database, file) == (settings.database, settings.database_file)


def test_defaults_of_settings_are_those_of_the_policy() -> None:
    """What the pure code assumes without settings is what the settings have by default."""
    policy = to_policy(Settings(), b"key")

    assert Policy(secret=b"key") == policy


def test_policy_takes_every_value_from_the_settings(config: Path) -> None:
    """Each value of the policy can be set."""
    config.write_text(
        """
        [service]
        name = "Northwind Projects"
        routing_address = "issues@northwind.example"
        also_accepts = ["help@northwind.example"]
        internal_domains = ["northwind.example"]
        timezone = "Europe/Berlin"
        [trust]
        authserv_ids = ["mx.northwind.example"]
        staff_without_proof = true
        [reading]
        seconds = 3
        [sending]
        per_address_and_hour = 2
        [extraction]
        competitors = ["Quibble GmbH"]
        reference_patterns = ["order=KX=[0-9]{2,6}"]
        """
    )

    policy = to_policy(load_settings(config, environ={}), b"key")

    assert (
        Service(
            name="Northwind Projects",
            routing_address="issues@northwind.example",
            also_accepts=("help@northwind.example",),
            internal_domains=("northwind.example",),
            timezone="Europe/Berlin",
            competitors=("Quibble GmbH",),
            reference_patterns=(("order", "KX=[0-9]{2,6}"),),
        )
        == policy.service
    )
    assert Trust(authserv_ids=("mx.northwind.example",), staff_without_proof=True) == policy.trust
    assert ReadingLimits(seconds=3) == policy.reading
    assert SendingLimits(per_address_and_hour=2) == policy.sending
