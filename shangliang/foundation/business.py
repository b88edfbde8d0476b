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
    """Open the business transaction, or a part of the one that is open. A failure takes back what its part did."""
    outer = _buffer.get()
    if outer is not None:
        with _part_of(outer):
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


@contextmanager
def _part_of(notes: list[ledger.Note]) -> Iterator[None]:
    """A savepoint: a caller that lives on after a refusal must not keep half of what was refused, rows or notes."""
    before = len(notes)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del notes[before:]
        raise


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
