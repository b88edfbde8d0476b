"""The smallest changes that make quotas possible. Imports numpy and scipy.

One integer program: the sum of what the minima are lowered and the maxima are raised is as small as it can be, and among
equals the fewest quotas are touched.
"""

from dataclasses import replace

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from shangliang.analysis.panel.pool import Cell, Pool, Quota
from shangliang.analysis.panel.room import Room

A_TOUCH = 1e-3


def eased(pool: Pool, cells: tuple[Cell, ...]) -> list[tuple[Quota, Quota]] | None:
    """Return (as it is, as it would have to be) of the quotas to change; None if no change of quotas helps."""
    room, count, width = Room(pool, cells), len(pool.quotas), len(cells)
    span = float(max(pool.size, *(quota.least for quota in pool.quotas)))
    goal = np.concatenate([np.zeros(width), np.ones(2 * count), np.full(count, A_TOUCH)])
    found = milp(
        goal,
        constraints=_constraints(room, count, span),
        bounds=Bounds(0, np.concatenate([room.heads, np.full(2 * count, span), np.ones(count)])),
        integrality=np.ones(len(goal)),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        return None
    down, up, _ = np.split(np.round(found.x[width:]).astype(int), 3)
    changes = zip(pool.quotas, down.tolist(), up.tolist(), strict=True)
    return [
        (q, replace(q, least=q.least - less, most=q.most + more)) for q, less, more in changes if less or more
    ]


def _constraints(room: Room, count: int, span: float) -> list[LinearConstraint]:
    """Rows as in the room, with the quotas eased; a quota that is eased is touched."""
    others = room.rows.shape[0] - count
    ease = sparse.vstack([sparse.eye_array(count), sparse.csr_array((others, count))])
    none = sparse.csr_array((room.rows.shape[0], count))
    away = sparse.csr_array((count, room.rows.shape[1]))
    one = sparse.eye_array(count)
    infinite = np.full(room.rows.shape[0], np.inf)
    return [
        LinearConstraint(
            sparse.csr_array(sparse.hstack([room.rows, ease, none, none])), room.whole.low, infinite
        ),
        LinearConstraint(
            sparse.csr_array(sparse.hstack([room.rows, none, -ease, none])), -infinite, room.whole.high
        ),
        LinearConstraint(sparse.csr_array(sparse.hstack([away, one, one, -2 * span * one])), -np.inf, 0.0),
    ]
