"""What a trust test asks of the instance it started and killed."""

from collections import Counter
from typing import Any

from django.db import transaction

from shangliang.foundation import clock, outbox
from shangliang.foundation.models import Message


def lay_out_notices(count: str) -> dict[str, int]:
    """Write that many notices, each to its own address, a hundred at a time."""
    wanted = int(count)
    for start in range(0, wanted, 100):
        with transaction.atomic():
            for number in range(start, min(start + 100, wanted)):
                outbox.hand_over(effect=f"trust/{number}", appointment=1, subject=f"第 {number} 条", body="请上来看看。",
                                 at=clock.now(), address=f"p{number}@example.org")
    return {"laid_out": wanted}


def outbox_states() -> dict[str, Any]:
    """Return how many mails stand in each state, and how many effects stand twice."""
    rows = list(Message.unscoped.filter(channel="mail").values_list("effect", "state"))
    return {"states": Counter(state for _effect, state in rows), "effects": len({effect for effect, _state in rows}),
            "rows": len(rows)}
