"""A state machine is a table: rows of moves, read by people, pages, documents and tests alike."""

import importlib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.apps import apps
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


def all_machines() -> Iterator[Machine]:
    """Yield the state machines of every installed app (the ``MACHINES`` of its ``states``), in the order of the process."""
    for module in _states():
        yield from getattr(module, "MACHINES", ())


def verb_labels() -> dict[str, Any]:
    """Return what the verbs of the ledger mean: the button of each move, and the ``FACTS`` of each app's ``states``."""
    labels = {step.name: step.label for machine in all_machines() for step in machine.moves}
    for module in _states():
        labels.update(getattr(module, "FACTS", {}))
    return labels


def _states() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        name = f"{config.name}.states"
        if config.name.startswith("shangliang.") and importlib.util.find_spec(name):
            yield importlib.import_module(name)
