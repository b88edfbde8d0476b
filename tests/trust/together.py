"""Thirty-two people pressing the same button at the same moment, each with a connection of their own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

AT_ONCE = 32


def all_at_once(act: Callable[[], Any], people: int = AT_ONCE) -> tuple[list[Any], list[Exception]]:
    """Run ``act`` in that many threads, released at one moment. Return what they got and what they met."""
    gate, got, met = threading.Barrier(people), [], []

    def one() -> None:
        try:
            connection.ensure_connection()
            gate.wait(timeout=60)
            got.append(act())
        except Exception as failure:
            met.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return got, met


@contextmanager
def without_constraint(model: type[models.Model], name: str) -> Iterator[None]:
    """Drop a constraint from its table, and put it back once the rows that broke it are gone.

    The model forgets it meanwhile: SQLite makes the whole table anew from the model.
    """
    kept = model._meta.constraints
    constraint = next(one for one in kept if one.name == name)
    model._meta.constraints = [one for one in kept if one is not constraint]
    try:
        with connection.schema_editor() as change:
            change.remove_constraint(model, constraint)
        yield
    finally:
        model._base_manager.all().delete()
        model._meta.constraints = kept
        with connection.schema_editor() as change:
            change.add_constraint(model, constraint)


@contextmanager
def without_unique(model: type[models.Model], *names: str) -> Iterator[None]:
    """Make unique columns of a table ordinary ones; empty the table and make them unique again at the end."""
    for name in names:
        _set_unique(model, name, False)
    try:
        yield
    finally:
        model._base_manager.all().delete()
        for name in names:
            _set_unique(model, name, True)


def _set_unique(model: type[models.Model], name: str, wished: bool) -> None:
    """Change one column. The model's own field is changed too: SQLite makes the whole table anew from the model."""
    field: Any = model._meta.get_field(name)
    before = field.clone()
    before.set_attributes_from_name(name)
    before.model = model
    field._unique = wished
    field.__dict__.pop("unique", None)
    with connection.schema_editor() as change:
        change.alter_field(model, before, field)
