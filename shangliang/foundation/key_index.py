"""An index of texts by their keys, kept in a table: which of very many texts share most with one, in one bounded look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.expressions import RawSQL

MOST_RECORDS = 50
MOST_PER_KEY = 200
COMMON = 5.0  # a key that stands in so many texts says half as much as one that stands in none


@dataclass(frozen=True)
class KeyIndex:
    """A table with a row for each key of each text: its name, and the column that holds the id of the text.

    The columns of ``within`` are numbers or short words that come first in its index, before ``gram`` and the id.
    """

    table: str
    record: str
    within: tuple[str, ...]


def sharing_most(
    index: KeyIndex,
    keys: Sequence[int],
    within: Mapping[str, Sequence[Any]],
    *,
    but: int = 0,
    per_key: int = MOST_PER_KEY,
    most: int = MOST_RECORDS,
) -> RawSQL:
    """Return the ids of the texts that share most with one, the rarest keys counting most; for ``pk__in``.

    ``keys`` are those of the one text (at least one), ``within`` says for each column of ``index.within`` which values
    count (at least one), ``but`` is the id of the text itself. The newest ``per_key`` rows of each key are looked at, so
    that a key everybody uses costs no more than a rare one: a LIMIT for each key, which the ORM cannot write (SQLite
    takes none inside a union but in a subselect). Refuses columns that are not those of the index, and no key or no value
    (ValueError).
    """
    if set(within) != set(index.within) or not keys or not all(within.values()):
        raise ValueError("say for each column of the index which values count, and give a key")
    where = " AND ".join(f"{name} {_among(len(within[name]))}" for name in index.within)
    bounds = [value for name in index.within for value in within[name]]
    lists = " UNION ALL ".join(
        f"SELECT * FROM (SELECT gram, {index.record} AS record FROM {index.table} WHERE {where} AND gram = %s"
        f" ORDER BY {index.record} DESC LIMIT %s) AS key_{number}"
        for number in range(len(keys))
    )
    values = [value for key in keys for value in (*bounds, key, per_key)]
    nearest = (
        f"SELECT record FROM (SELECT record, COUNT(*) OVER (PARTITION BY gram) AS standing FROM ({lists}) AS found)"
        " AS weighed WHERE record <> %s GROUP BY record"
        " ORDER BY SUM(1.0 / (%s + standing)) DESC, record DESC LIMIT %s"
    )
    return RawSQL(
        nearest, [*values, but, COMMON, most]
    )  # table and columns are constants of ours, values are bound


def _among(values: int) -> str:
    """Return a condition that an index serves in the order of its rows where there is one value."""
    return "= %s" if values == 1 else f"IN ({', '.join(['%s'] * values)})"
