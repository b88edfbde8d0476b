"""The fair lot against the truth: every panel of small pools written down, and the proofs it hands out checked."""

import dataclasses
import itertools
import random
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from scipy.optimize import linprog

from shangliang.analysis import panel
from shangliang.analysis.panel import Person, Pool, Quota
from shangliang.analysis.panel.clock import Clock
from shangliang.analysis.panel.drawing import TICKETS
from shangliang.analysis.panel.lot import Lot

NEAR = 1e-5


def pool_of(
    seed: int, *, people: int, size: int, widths: list[int], play: tuple[int, ...], homes: bool = False
) -> Pool:
    """A skewed pool whose quotas fit one random panel, each side widened by a draw from ``play``."""
    rng = random.Random(seed)
    skew = [[rng.uniform(0.2, 2) for _ in range(width)] for width in widths]
    values = [tuple(f"值{rng.choices(range(len(s)), s)[0]}" for s in skew) for _ in range(people)]
    persons = [
        Person(f"p{n}", v, f"户{rng.randrange(people)}" if homes else "") for n, v in enumerate(values)
    ]
    sample = rng.sample(values, size)
    quotas = []
    for place, width in enumerate(widths):
        for value in range(width):
            have = sum(one[place] == f"值{value}" for one in sample)
            least, most = max(0, have - rng.choice(play)), have + rng.choice(play)
            quotas.append(Quota(f"类{place}", f"值{value}", least, most))
    return panel.make_pool(quotas, persons, size)


def small_pool(seed: int) -> tuple[Pool, bool]:
    """A pool small enough to write every panel down; every fourth with households."""
    rng = random.Random(seed)
    widths = [rng.choice((2, 3)) for _ in range(rng.choice((2, 3, 4)))]
    play = [(0,), (0, 0, 1), (0, 1)][seed % 3]
    people, size = rng.choice((8, 10, 12)), rng.choice((3, 4, 5))
    homes = seed % 4 == 0
    return pool_of(seed, people=people, size=size, widths=widths, play=play, homes=homes), homes


def allowed(pool: Pool, chosen: tuple[int, ...], homes: bool) -> bool:
    """Whether these people (places in the pool) may be a panel, by counting."""
    people = [pool.people[place] for place in chosen]
    have = Counter(pair for one in people for pair in zip(pool.categories, one.values, strict=True))
    living = Counter(one.household for one in people if one.household)
    fits = all(quota.least <= have[quota.category, quota.value] <= quota.most for quota in pool.quotas)
    return fits and not (homes and any(count > 1 for count in living.values()))


def every_panel(pool: Pool, homes: bool) -> np.ndarray:
    """All panels, people × panels, as 0 and 1."""
    chosen = itertools.combinations(range(len(pool.people)), pool.size)
    panels = [one for one in chosen if allowed(pool, one, homes)]
    table = np.zeros((len(pool.people), len(panels)))
    for column, one in enumerate(panels):
        table[list(one), column] = 1
    return table


def leximin_of(table: np.ndarray) -> np.ndarray:
    """Leximin by its definition: raise the smallest, see one by one who cannot rise further, hold these, go on."""
    people, panels = table.shape
    held = np.full(people, np.nan)
    mixture = {"A_eq": np.ones((1, panels)), "b_eq": [1]}
    while np.isnan(held).any():
        free = np.isnan(held)
        rows = np.column_stack([-table, free.astype(float)])
        raised = linprog(
            np.append(np.zeros(panels), -1),
            A_ub=rows,
            b_ub=np.where(free, 0, -np.nan_to_num(held) + 1e-9),
            A_eq=np.append(np.ones(panels), 0)[None],
            b_eq=[1],
        )
        level = raised.x[-1]
        floor = np.where(free, level, np.nan_to_num(held)) - 1e-9
        tops = {
            one: -linprog(-table[one], A_ub=-table, b_ub=-floor, **mixture).fun
            for one in np.flatnonzero(free)
        }
        for one, top in tops.items():
            if top < level + 1e-6:
                held[one] = level
    return held


@pytest.mark.parametrize("seed", range(24))
def test_leximin_is_what_all_panels_written_down_give(seed):
    pool, homes = small_pool(seed)
    table = every_panel(pool, homes)
    if not table.shape[1]:
        with pytest.raises(panel.Impossible):
            panel.choose(pool, one_per_household=homes)
        return
    lottery = panel.choose(pool, one_per_household=homes)
    truth = leximin_of(table)
    assert lottery.algorithm == "leximin"
    assert [float(lottery.chances[one.key]) for one in pool.people] == pytest.approx(truth, abs=NEAR)
    assert lottery.proven


def test_a_pool_where_split_seats_promise_too_much_still_gets_the_true_leximin():
    tightened = 0
    for seed in range(60):
        pool, homes = small_pool(seed)
        try:
            lottery = panel.choose(pool, one_per_household=homes)
        except panel.Impossible:
            continue
        if lottery.rounds > 1:
            tightened += 1
            truth = leximin_of(every_panel(pool, homes))
            assert [float(lottery.chances[one.key]) for one in pool.people] == pytest.approx(truth, abs=NEAR)
    assert tightened >= 2


@pytest.mark.parametrize("algorithm", ["leximin", "maximin"])
@pytest.mark.parametrize("seed", [1, 2, 5, 8])
def test_the_witnesses_prove_that_no_lottery_does_better(algorithm, seed):
    pool, homes = small_pool(seed)
    lottery = panel.choose(pool, algorithm, one_per_household=homes)
    table = every_panel(pool, homes)
    place = {one.key: number for number, one in enumerate(pool.people)}
    weight = np.zeros(len(place))
    for cell, share in lottery.witnesses.items():
        people = lottery.cells[cell].people
        weight[[place[key] for key in people]] = share / len(people)
    assert weight.sum() == pytest.approx(1)
    assert (weight @ table).max() <= lottery.bound + 1e-6
    assert float(min(lottery.chances.values())) == pytest.approx(lottery.bound, abs=2e-6)


def test_a_pool_of_a_few_hundred_is_solved_with_proof_and_every_panel_keeps_the_quotas():
    pool = pool_of(3, people=300, size=24, widths=[2, 4, 5, 3, 2], play=(1, 2))
    lottery = panel.choose(pool)
    assert (lottery.algorithm, lottery.proven) == ("leximin", True)
    assert len(lottery.cells) > 100
    assert sum(count for _, count in lottery.panels) == TICKETS
    assert float(sum(lottery.chances.values())) == pytest.approx(24)
    assert panel.redo(lottery.protocol("云川区 2031")) == lottery.protocol("云川区 2031")["panel"]


def test_leximin_raises_those_whom_maximin_may_leave_low():
    quotas = [
        Quota("类", "少", 1, 1),
        Quota("类", "中", 1, 2),
        Quota("类", "多", 1, 2),
        Quota("户", "a", 0, 4),
    ]
    people = [Person(f"p{n}", ("少" if n < 8 else "中" if n < 10 else "多", "a")) for n in range(13)]
    lottery = panel.choose(panel.make_pool(quotas, people, 4))
    chances = lottery.chances
    assert float(chances["p0"]) == pytest.approx(1 / 8, abs=NEAR)
    assert float(chances["p8"]) == float(chances["p9"]) == pytest.approx(0.6, abs=NEAR)
    assert float(chances["p8"]) == pytest.approx(float(chances["p12"]), abs=NEAR)


def test_the_published_shape_of_two_hundred_gives_ten_percent_to_everybody():
    kinds = [("甲", "丙")] * 99 + [("甲", "丁")] * 1 + [("乙", "丁")] * 100
    quotas = [Quota("一", v, 9, 20) for v in "甲乙"] + [Quota("二", v, 9, 20) for v in "丙丁"]
    figures = panel.choose(
        panel.make_pool(quotas, [Person(str(n), k) for n, k in enumerate(kinds)], 20)
    ).figures()
    assert figures["min_probability"] == pytest.approx(0.1, abs=1e-7)
    assert figures["gini"] == pytest.approx(0, abs=1e-6)
    assert figures["geometric_mean"] == pytest.approx(0.1, abs=1e-7)


def test_when_time_runs_out_it_says_maximin_and_gives_a_bound_that_holds():
    pool = pool_of(3, people=120, size=12, widths=[2, 4, 5, 3], play=(1, 2))
    hasty, patient = panel.choose(pool, time_limit=0.0), panel.choose(pool)
    assert (hasty.asked, hasty.algorithm, hasty.proven) == ("leximin", "maximin", False)
    assert hasty.bound >= float(min(patient.chances.values())) - 1e-6
    assert "没有算完" in hasty.note()
    assert "没有算完" not in patient.note()


def test_progress_rises_to_one():
    told: list[float] = []
    pool = pool_of(3, people=60, size=8, widths=[2, 3, 4], play=(1,))
    panel.choose(pool, progress=lambda part, words: told.append(part) if words else None)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 10


def test_the_simple_lot_keeps_every_rule_and_differs_by_seed():
    pool = pool_of(4, people=80, size=10, widths=[2, 3, 4], play=(1, 2), homes=True)
    one, again, other = (
        panel.choose(pool, "lot", one_per_household=True, lot_seed=seed) for seed in ("a", "a", "b")
    )
    assert one.panels == again.panels != other.panels
    assert (one.algorithm, one.bound, one.proven) == ("lot", None, False)
    panel.redo(one.protocol("a"))
    assert float(sum(one.chances.values())) == pytest.approx(10)


def test_the_simple_lot_computes_panels_where_trying_fails_and_they_keep_the_quotas():
    pool = pool_of(3, people=40, size=20, widths=[4] * 6, play=(0,))
    cells = panel.cells_of(pool)
    lot = Lot(pool, cells, "c", Clock())
    panels = lot.panels(12)
    assert lot.searched > 0
    for seats in panels:
        have = Counter()
        for cell, taken in zip(cells, seats, strict=True):
            assert 0 <= taken <= len(cell.people)
            have.update({pair: int(taken) for pair in zip(pool.categories, cell.values, strict=True)})
        assert all(quota.least <= have[quota.category, quota.value] <= quota.most for quota in pool.quotas)


def test_the_note_tells_of_panels_the_simple_lot_had_to_compute():
    lottery = panel.choose(small_pool(1)[0], "lot")
    assert "靠计算" not in dataclasses.replace(lottery, searched=0).note()
    assert "有 5 份名单要靠计算" in dataclasses.replace(lottery, searched=5).note()


def test_impossible_quotas_name_the_smallest_change():
    people = [Person(str(n), ("女" if n < 3 else "男", "老" if n % 2 else "少")) for n in range(20)]
    quotas = [
        Quota("性别", "女", 5, 5),
        Quota("性别", "男", 5, 5),
        Quota("年纪", "老", 0, 10),
        Quota("年纪", "少", 0, 10),
    ]
    with pytest.raises(panel.Impossible) as refusal:
        panel.choose(panel.make_pool(quotas, people, 10))
    changes = {(old.value, new.least, new.most) for old, new in refusal.value.changes}
    assert changes == {("女", 3, 5), ("男", 5, 7)}
    assert "“性别”的“女”从最少 5 人降到 3 人" in str(refusal.value)


def test_a_minimum_beyond_the_whole_panel_is_lowered_to_what_fits():
    people = [Person(str(n), ("甲" if n < 6 else "乙",)) for n in range(12)]
    with pytest.raises(panel.Impossible) as refusal:
        panel.choose(panel.make_pool([Quota("一", "甲", 300, 400), Quota("一", "乙", 0, 9)], people, 4))
    assert [(old.value, new.least, new.most) for old, new in refusal.value.changes] == [("甲", 4, 400)]


@pytest.mark.parametrize("seed", range(8))
def test_after_the_changes_a_panel_exists_and_no_smaller_sum_of_changes_helps(seed):
    rng = random.Random(seed)
    people = [Person(str(n), (rng.choice("甲乙"), rng.choice("丙丁戊"))) for n in range(9)]
    quotas = [Quota("一", v, rng.randint(2, 4), 4) for v in "甲乙"] + [
        Quota("二", v, 2, rng.randint(2, 3)) for v in "丙丁戊"
    ]
    pool = panel.make_pool(quotas, people, 5)
    with pytest.raises(panel.Impossible) as refusal:
        panel.choose(pool)
    changed = {old: new for old, new in refusal.value.changes}
    eased = panel.make_pool([changed.get(quota, quota) for quota in quotas], people, 5)
    assert panel.choose(eased).panels
    told = sum(old.least - new.least + new.most - old.most for old, new in refusal.value.changes)
    assert told == least_change(pool)


def least_change(pool: Pool) -> int:
    """The smallest sum of changes by trying every panel."""
    costs = []
    for chosen in itertools.combinations(pool.people, pool.size):
        have = Counter(pair for one in chosen for pair in zip(pool.categories, one.values, strict=True))
        counts = [(quota, have[quota.category, quota.value]) for quota in pool.quotas]
        costs.append(sum(max(0, quota.least - n) + max(0, n - quota.most) for quota, n in counts))
    return min(costs)


def test_too_few_households_cannot_be_mended_by_quotas_and_it_says_so():
    people = [Person(str(n), ("甲",), f"户{n % 3}") for n in range(9)]
    pool = panel.make_pool([Quota("一", "甲", 0, 9)], people, 4)
    assert panel.choose(pool).algorithm == "leximin"
    with pytest.raises(panel.Impossible, match="户数不够") as refusal:
        panel.choose(pool, one_per_household=True)
    assert refusal.value.changes == []


def test_importing_the_library_loads_neither_numpy_nor_scipy():
    asked = "import sys, shangliang.analysis.panel; print({'numpy', 'scipy', 'django'} & set(sys.modules))"
    out = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, timeout=60
    )
    assert out.stdout.strip() == "set()"
