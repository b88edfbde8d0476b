"""What a trust test asks of the instance it started: run inside the instance's own environment.

    python -m tests.trust.inside QUESTION [WORD …]      prints one line of JSON
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import django


def lay_out_notices(count: str) -> dict[str, int]:
    """Write that many notices, each to its own address, in actions of a hundred."""
    from django.db import transaction  # noqa: PLC0415 - Django must be set up first

    from shangliang.foundation import clock, outbox  # noqa: PLC0415

    wanted = int(count)
    for start in range(0, wanted, 100):
        with transaction.atomic():
            for number in range(start, min(start + 100, wanted)):
                outbox.hand_over(effect=f"trust/{number}", appointment=1, subject=f"第 {number} 条", body="请上来看看。",
                                 at=clock.now(), address=f"p{number}@example.org")
    return {"laid_out": wanted}


def outbox_states() -> dict[str, Any]:
    """Return how many mails stand in each state, and how many effects stand twice."""
    from shangliang.foundation.models import Message  # noqa: PLC0415

    rows = list(Message.unscoped.filter(channel="mail").values_list("effect", "state"))
    return {"states": Counter(state for _effect, state in rows), "effects": len({effect for effect, _state in rows}),
            "rows": len(rows)}


QUESTIONS: dict[str, Callable[..., Any]] = {
    "lay_out_notices": lay_out_notices,
    "outbox_states": outbox_states,
}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(QUESTIONS[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False))
