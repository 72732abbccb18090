"""Why something was decided. Every decision carries these; people read them under "why"."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of a decision."""

    code: str
    """Stable, kebab-case: counted, tested, listed in docs/reasons.md."""
    evidence: str
    """The very words, header or fact that convinced us."""

    def __str__(self) -> str:
        return f"{self.code}: {self.evidence}" if self.evidence else self.code
