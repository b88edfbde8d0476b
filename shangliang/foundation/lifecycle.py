"""A state machine is a table: rows of moves, read by people, pages, documents and tests alike."""

from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Move:
    """One row of a state table: ``name`` is noun.verb, ``label`` the word on the button, ``roles`` who may."""

    name: str
    label: Any
    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True)
class Machine:
    """A state machine: its noun, its states with labels, where it starts and its moves."""

    noun: str
    states: type[models.TextChoices]
    initial: str
    moves: tuple[Move, ...]
