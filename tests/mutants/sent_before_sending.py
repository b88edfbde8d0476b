"""A worker that ticks a message off before it has been handed to the mail server."""

from datetime import datetime
from typing import Any

from shangliang.foundation import outbox


def apply() -> None:
    """Put the wrong order in place of the right one."""
    honest = outbox._post

    def post(message: Any) -> None:
        outbox._mark_sent(message, datetime.now().astimezone())
        honest(message)

    outbox._post = post
