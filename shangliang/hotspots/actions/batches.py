"""Rows in batches, so that no transaction keeps others waiting."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

One = TypeVar("One")
AT_ONCE = 100


def in_batches(rows: Iterable[One]) -> Iterator[list[One]]:
    """Yield the rows a hundred at a time, in their order."""
    going = iter(rows)
    while batch := list(islice(going, AT_ONCE)):
        yield batch
