"""B1: how many residents' reports are accepted in a second, beside a bare one-row INSERT on the same server."""

import json
import re
import secrets
from collections.abc import Callable
from typing import Any

from shangliang.instance.bench.clients import Answer, Load, Walk, get, once, post, press
from shangliang.instance.bench.instances import Instance
from shangliang.instance.bench.machine import middle, percentile

CLIENTS = 16
APPLICATION = "shangliang.instance.bench.wsgi:application"
SIGNALEN_PER_SECOND = 26.0  # the closest relative on such a machine: shared/reference/performance.md
_HIDDEN = re.compile(rb'<input type="hidden" name="(\w+)" value="([^"]*)"')
_WORDS = (
    "路灯不亮，晚上走路看不清",
    "井盖松了，车一压就响",
    "放学时校门口堵得走不动",
    "楼道里堆满旧家具",
    "公交站没有雨棚",
)
_PLACES = ("东门", "三号楼下", "菜场对面", "桥头", "小学旁边", "车棚里", "巷子口")


def insert_walk(load: Load) -> Walk:
    """Write one bare row after the other."""
    request = get("/_bench/insert/")
    while True:
        answer = yield request
        _count(load, answer.status == 200, answer)


def report_walk(point: str, with_form: bool) -> Callable[[Load], Walk]:
    """Return the walk of a resident: open the form, send it, see the receipt, again and again.

    Without the form the walk opens it once and then sends with form keys of its own: the POST alone is counted.
    """

    def walk(load: Load) -> Walk:
        answer = yield get(f"/r/{point}/")
        cookie = answer.cookie("csrftoken")
        while True:
            fields = hidden_fields(answer)
            if not with_form:
                fields["form_key"] = secrets.token_urlsafe(24)
            sent = yield post(f"/r/{point}/", {**fields, "text": words()}, Cookie=f"csrftoken={cookie}")
            if sent.status in (302, 303):
                sent = yield get(sent.header("Location"), Cookie=f"csrftoken={cookie}")
            _count(load, sent.status == 200 and b"form_key" not in sent.body, sent)
            if with_form:
                answer = yield get(f"/r/{point}/", Cookie=f"csrftoken={cookie}")

    return walk


def _count(load: Load, as_wished: bool, answer: Answer) -> None:
    if as_wished:
        load.done += 1
    else:
        load.wrong.append(answer.status)


def hidden_fields(answer: Answer) -> dict[str, str]:
    """Return the hidden fields of the form on a page."""
    return {name.decode(): value.decode() for name, value in _HIDDEN.findall(answer.body)}


def words() -> str:
    """Return one sentence as a resident would write it; few are alike to the letter."""
    return f"{secrets.choice(_PLACES)}{secrets.choice(_WORDS)}，第{secrets.randbelow(100_000)}天了。"


def measure(instance: Instance, port: int, point: str, rounds: int, seconds: float) -> dict[str, Any]:
    """Press in interleaved rounds: bare INSERT, the POST alone, form and POST. Return medians and ratios."""
    walks = {
        "insert": insert_walk,
        "post": report_walk(point, False),
        "form_and_post": report_walk(point, True),
    }
    for walk in walks.values():
        press(port, walk, CLIENTS, min(1.0, seconds))
    before, rates = workers(port), {name: list[float]() for name in walks}
    wrong: list[int] = []
    accepted = 0
    for _round in range(rounds):
        for name, walk in walks.items():
            load = press(port, walk, CLIENTS, seconds)
            rates[name].append(load.per_second)
            wrong += load.wrong
            accepted += load.done if name != "insert" else 0
    return _told(rates, wrong, accepted, _difference(before, workers(port)))


def _told(
    rates: dict[str, list[float]], wrong: list[int], accepted: int, heads: dict[str, float]
) -> dict[str, Any]:
    rate = {name: middle(values) for name, values in rates.items()}
    pairs = [post / bare for post, bare in zip(rates["post"], rates["insert"], strict=True) if bare]
    return {
        "insert_per_second": round(rate["insert"]),
        "reports_per_second": round(rate["post"], 1),
        "with_the_form_per_second": round(rate["form_and_post"], 1),
        "ratio_to_insert": round(middle(pairs), 3),
        "ratio_lowest": round(min(pairs), 3),
        "ratio_highest": round(percentile(pairs, 1), 3),
        "times_signalen": round(rate["post"] / SIGNALEN_PER_SECOND, 1),
        "accepted": accepted,
        "not_accepted": len(wrong),
        "rounds": len(pairs),
        "ledger_head_ms_per_report": round(1000 * heads["head_seconds"] / max(heads["heads"], 1), 2),
    }


def workers(port: int) -> dict[str, dict[str, float]]:
    """Return what each worker process says of itself, by its process id."""
    found: dict[str, dict[str, float]] = {}
    for _turn in range(60):
        told = json.loads(once(port, get("/_bench/figures/")).body)
        found[str(told.pop("pid"))] = told
    return found


def _difference(before: dict[str, dict[str, float]], after: dict[str, dict[str, float]]) -> dict[str, float]:
    return {
        name: sum(one[name] for one in after.values()) - sum(one[name] for one in before.values())
        for name in ("head_seconds", "heads")
    }
