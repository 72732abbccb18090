"""A quarter of believable mail, made up and played through the real service: `mailroute demo --quarter`.

Each client and each of us is an actor: they read what mailroute writes to them and decide, by a fixed seed, what to
answer and when. `people` are the house, `words_*` the sentences, `opening` how matters begin, `clients` and `ours` what
people do with a mail (ON: one row a kind), `play` the clock that moves through thirteen weeks.
"""

from mailroute.testing.quarter.play import WEEKS, Plan, Tick, play

__all__ = ["WEEKS", "Plan", "Tick", "play"]
