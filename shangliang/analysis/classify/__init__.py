"""Which kind, which unit: suggestions learned from a committee's own past decisions. The machine proposes, a person decides.

``train`` needs scipy and scikit-learn (call it in a child process); everything else is numpy.
"""

from shangliang.analysis.classify.figures import Figures, better, evaluate, figures_of
from shangliang.analysis.classify.held_out import split_held_out
from shangliang.analysis.classify.model import Model, Suggestion
from shangliang.analysis.classify.store import load
from shangliang.analysis.classify.tables import Table, read_table, write_table
from shangliang.analysis.classify.train import train

__all__ = [
    "Figures",
    "Model",
    "Suggestion",
    "Table",
    "better",
    "evaluate",
    "figures_of",
    "load",
    "read_table",
    "split_held_out",
    "train",
    "write_table",
]
