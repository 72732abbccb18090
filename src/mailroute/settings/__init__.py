"""Settings: `mailroute.toml`, the environment and secret files, checked and typed.

`root.py` names the sections, `sections.py` and its neighbours hold them: name, type, default, unit and help of each
setting in one place. The checks, the
complaints with their nearest known names and docs/settings.md are made from it; to add a setting, add a field there.
"""

from mailroute.settings.complaints import complain_about_section
from mailroute.settings.describe import SettingRow, describe, to_markdown
from mailroute.settings.doors import Http, Lmtp, Smtp
from mailroute.settings.loading import find_config, load_settings
from mailroute.settings.policy import to_policy
from mailroute.settings.root import Settings
from mailroute.settings.sections import (
    Directory,
    Engine,
    Extraction,
    Log,
    Reading,
    Routing,
    Security,
    ServiceSection,
    Smarthost,
    Templates,
)
from mailroute.settings.sending import Sending
from mailroute.settings.toml_lines import TomlFile, read_toml
from mailroute.settings.trust import Trust

__all__ = [
    "Directory",
    "Engine",
    "Extraction",
    "Http",
    "Lmtp",
    "Log",
    "Reading",
    "Routing",
    "Security",
    "Sending",
    "ServiceSection",
    "SettingRow",
    "Settings",
    "Smarthost",
    "Smtp",
    "Templates",
    "TomlFile",
    "Trust",
    "complain_about_section",
    "describe",
    "find_config",
    "load_settings",
    "read_toml",
    "to_markdown",
    "to_policy",
]
