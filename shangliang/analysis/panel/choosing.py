"""The door of the library: a pool in, a lottery with its figures out. Plain Python; the solver is loaded when it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from importlib import import_module
from typing import Any

from shangliang.analysis.panel.clock import Clock
from shangliang.analysis.panel.drawing import Seats, chances, tickets
from shangliang.analysis.panel.figures import geometric_mean, gini, levels
from shangliang.analysis.panel.pool import ALGORITHMS, Cell, Pool, Progress, Quota, Unusable, cells_of
from shangliang.analysis.panel.protocol import protocol_of

SAME = 2e-6  # a smallest probability within this of the bound is as large as can be


class Impossible(Exception):
    """No panel meets the quotas. ``changes``: the smallest changes that help, as (quota now, quota as it would have to be)."""

    def __init__(self, changes: Sequence[tuple[Quota, Quota]], one_per_household: bool) -> None:
        """Say it in a sentence."""
        self.changes = list(changes)
        words = "；".join(_change(old, new) for old, new in self.changes)
        if self.changes:
            super().__init__(
                f"按现在的名额要求选不出名单。改动最小的办法：{words}。改不改、怎么改，由你们定。"
            )
        else:
            reason = "每户最多一人，报名的户数不够" if one_per_household else "报名的人数不够"
            super().__init__(f"选不出名单，放宽名额也没有用：{reason}。请减少人数，或者再请人报名。")


def _change(old: Quota, new: Quota) -> str:
    less = f"最少 {old.least} 人降到 {new.least} 人" if new.least < old.least else ""
    more = f"最多 {old.most} 人升到 {new.most} 人" if new.most > old.most else ""
    return f"“{old.category}”的“{old.value}”从" + "、从".join(filter(None, (less, more)))


@dataclass(frozen=True)
class Lottery:
    """Panels with their tickets, and what is known of them.

    ``algorithm``: what really ran, ``asked``: what was asked for. ``bound``: proven upper bound of the smallest probability under
    any lottery, None for the simple lot; ``witnesses``: cell → weight (sum 1), the proof: no panel gives the witnesses' people
    more than ``bound`` on weighted average, which one integer program checks (empty: from linear programs with split seats).
    ``rounds``: how often the search was tightened; ``searched``: panels of the simple lot that needed the integer program.
    """

    pool: Pool
    cells: tuple[Cell, ...]
    panels: tuple[tuple[Seats, int], ...]
    asked: str
    algorithm: str
    one_per_household: bool
    bound: float | None
    witnesses: dict[int, float]
    rounds: int
    searched: int
    seconds: float

    @cached_property
    def chances(self) -> dict[str, Fraction]:
        """The exact probability of every person, in the order of the pool."""
        values = chances(self.panels, [len(cell.people) for cell in self.cells])
        of = {key: value for cell, value in zip(self.cells, values, strict=True) for key in cell.people}
        return {person.key: of[person.key] for person in self.pool.people}

    @property
    def proven(self) -> bool:
        """Whether the smallest probability is proved to be as large as any lottery can make it."""
        return self.bound is not None and float(min(self.chances.values())) >= self.bound - SAME

    def figures(self) -> dict[str, Any]:
        """Return the figures as plain data for JSON, without the draw."""
        return {**self._ran(), **self._chance_figures()}

    def _ran(self) -> dict[str, Any]:
        return {
            "algorithm": self.algorithm,
            "asked": self.asked,
            "over": "persons" if self.one_per_household else "types",
            "types": len(self.cells),
            "people": len(self.pool.people),
            "panels": len(self.panels),
            "rounds": self.rounds,
            "searched": self.searched,
            "seconds": round(self.seconds, 2),
            "note": self.note(),
        }

    def _chance_figures(self) -> dict[str, Any]:
        values = list(self.chances.values())
        return {
            "min_probability": float(min(values)),
            "upper_bound": self.bound,
            "proven": self.proven,
            "max_probability": float(max(values)),
            "gini": float(gini(values)),
            "geometric_mean": geometric_mean(values),
            "levels": levels(self.chances),
            "no_chance": [key for key, value in self.chances.items() if not value],
            "certificate": [{"cell": cell, "weight": weight} for cell, weight in self.witnesses.items()],
        }

    def note(self) -> str:
        """Return in a sentence which algorithm ran, over whom, and what is proved."""
        over = (
            "每户最多一人，所以按一个一个的人来算"
            if self.one_per_household
            else "条件相同的人机会相同，所以按种类来算"
        )
        words = {"leximin": "逐层公平（leximin）", "maximin": "最小机会最大（maximin）", "lot": "简单抽签"}
        ran = f"用的是{words[self.algorithm]}；{over}。"
        if self.algorithm != self.asked:
            ran = f"要的是{words[self.asked]}，没有算完；{ran}"
        if self.bound is None:
            return ran + (f"有 {self.searched} 份名单要靠计算才凑得齐。" if self.searched else "")
        low = float(min(self.chances.values()))
        end = "" if self.proven else "离这个上限还有多远没有算到头。"
        return f"{ran}机会最小的人有 {low:.3%}，任何办法都不会超过 {self.bound:.3%}。{end}"

    def protocol(self, seed: str) -> dict[str, Any]:
        """Draw one panel with ``seed`` (any text) and return the public record; ``["panel"]`` are the ids drawn."""
        return protocol_of(self.pool, self.cells, self.panels, self.algorithm, seed)


def choose(
    pool: Pool, algorithm: str = "leximin", *, one_per_household: bool = False, time_limit: float | None = 600.0,
    lot_seed: str = "", progress: Progress | None = None,
) -> Lottery:  # fmt: skip
    """Return the lottery of ``algorithm``: "leximin", "maximin" or "lot" (the simple lot, whose panels come from ``lot_seed``).

    ``time_limit`` in seconds, None: no end; when it ends leximin early, the lottery says "maximin". ``progress``: called with the
    part done (0 to 1) and words. Raises `Unusable` for an unknown algorithm and `Impossible` when no panel meets the quotas.
    """
    if algorithm not in ALGORITHMS:
        raise Unusable(f"没有“{algorithm}”这种办法，可用的有：{'、'.join(ALGORITHMS)}。")
    clock = Clock(time_limit, progress)
    cells = cells_of(pool, one_per_household=one_per_household)
    facts = (
        _lot(pool, cells, lot_seed, clock) if algorithm == "lot" else _solved(pool, cells, algorithm, clock)
    )
    if facts is None:
        raise Impossible(_eased(pool, cells), one_per_household)
    clock.say(1.0, "算好了")
    return Lottery(
        pool, cells, asked=algorithm, one_per_household=one_per_household, seconds=clock.spent(), **facts
    )


def _solved(pool: Pool, cells: tuple[Cell, ...], algorithm: str, clock: Clock) -> dict[str, Any] | None:
    found = import_module("shangliang.analysis.panel.solving").solve(pool, cells, algorithm, clock)
    if found is None:
        return None
    return {
        "panels": tickets(
            [_seats(panel) for panel in found.panels], [float(weight) for weight in found.weights]
        ),
        "algorithm": found.algorithm,
        "bound": max(0.0, float(found.bound)),
        "witnesses": {cell: float(weight) for cell, weight in enumerate(found.witnesses) if weight > 0},
        "rounds": found.rounds,
        "searched": 0,
    }


def _lot(pool: Pool, cells: tuple[Cell, ...], seed: str, clock: Clock) -> dict[str, Any] | None:
    lot = import_module("shangliang.analysis.panel.lot").Lot(pool, cells, seed, clock)
    panels = lot.panels()
    if panels is None:
        return None
    shared = tickets([_seats(panel) for panel in panels], [1.0] * len(panels))
    return {
        "panels": shared,
        "algorithm": "lot",
        "bound": None,
        "witnesses": {},
        "rounds": 1,
        "searched": lot.searched,
    }


def _eased(pool: Pool, cells: tuple[Cell, ...]) -> list[tuple[Quota, Quota]]:
    changes: list[tuple[Quota, Quota]] | None = import_module("shangliang.analysis.panel.easing").eased(
        pool, cells
    )
    return changes or []


def _seats(panel: Any) -> Seats:
    return tuple(int(seats) for seats in panel)
