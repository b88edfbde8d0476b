"""Erasing for good: what was deleted must not lie on in the write-ahead log either."""

from django.db import connection


def empty_the_log() -> bool:
    """Write the SQLite log back and cut it to nothing; with ``secure_delete`` nothing of what was erased is left.

    Call it after the commit. Return False where somebody still reads an older state (the next job empties it) and where
    it is not ours to do: PostgreSQL keeps old row versions until its own vacuum.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as ask:
        ask.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _pages, _moved = ask.fetchone()
    return not busy
