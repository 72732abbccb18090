"""KINDS: what people ask a client for. One row a kind, in the file of its sort; to teach another one is to add a row.

English, German and French. A question pattern is looked for in the part of a sentence that wants something
(`questions`); a telling pattern in one sentence of the client.
"""

import re

from mailroute.ledger.kind import Kind
from mailroute.ledger.kinds_matters import MATTERS
from mailroute.ledger.kinds_needs import NEEDS
from mailroute.ledger.kinds_numbers import NUMBERS
from mailroute.ledger.kinds_places import PLACES

KINDS: tuple[Kind, ...] = (*NUMBERS, *PLACES, *MATTERS, *NEEDS)
BY_KEY = {kind.key: kind for kind in KINDS}


def value_told(kind: Kind, sentence: str) -> re.Match[str] | None:
    """Where *sentence* tells something of this kind, the value in group `v`; None when it does not."""
    return next((found for pattern in kind.told if (found := pattern.search(sentence))), None)
