"""What every section of mailroute.toml is."""

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """What all sections have in common: unknown names are errors, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, hide_input_in_errors=True)
