"""One action, one transaction: the outermost action opens it, writes the ledger just before commit, and commits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from shangliang.foundation import ledger

P = ParamSpec("P")
R = TypeVar("R")

_buffer: ContextVar[list[ledger.Note] | None] = ContextVar("ledger_buffer", default=None)


@contextmanager
def business() -> Iterator[None]:
    """Open the business transaction, or join the one that is open. A failure rolls everything back."""
    if _buffer.get() is not None:
        yield
        return
    notes: list[ledger.Note] = []
    token = _buffer.set(notes)
    try:
        with transaction.atomic():
            yield
            ledger.write(notes)
    finally:
        _buffer.reset(token)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function one button: its writes, its ledger entries and its messages commit together or not at all."""

    @wraps(function)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        with business():
            return function(*args, **kwargs)

    inside.is_action = True  # type: ignore[attr-defined]
    return inside


def note(entry: ledger.Note) -> None:
    """Hand one fact to the ledger of the running action. Refuses outside an action (RuntimeError)."""
    notes = _buffer.get()
    if notes is None:
        raise RuntimeError("a ledger note outside an action: decorate the function with @action")
    notes.append(entry)
