"""A fair lot: who of those who volunteered sits in the room, under quotas, with chances as equal as they can be.

`choose` makes a lottery over panels, `Lottery.protocol` draws one with a seed, `redo` does a draw again from its record.
`choose` needs numpy and scipy, loads them when it is called, and belongs into a child process or a command; all else is plain
Python. Leximin: Flanigan, Gölz, Gupta, Hennig and Procaccia, "Fair algorithms for selecting citizens' assemblies", Nature 2021;
people with the same features are interchangeable, so the search is over kinds of people and not over persons.
"""

from shangliang.analysis.panel.choosing import Impossible, Lottery, choose
from shangliang.analysis.panel.pool import ALGORITHMS, Cell, Person, Pool, Quota, Unusable, cells_of
from shangliang.analysis.panel.protocol import NotTheSame, fingerprint, probabilities_of, redo
from shangliang.analysis.panel.reading import make_pool, read_people, read_pool, read_quotas

__all__ = [
    "ALGORITHMS", "Cell", "Impossible", "Lottery", "NotTheSame", "Person", "Pool", "Quota", "Unusable", "cells_of", "choose",
    "fingerprint", "make_pool", "probabilities_of", "read_people", "read_pool", "read_quotas", "redo",
]  # fmt: skip
