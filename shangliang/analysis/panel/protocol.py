"""The public record of a draw, from which anybody can do it again and see that the rules were kept. Plain Python.

The record names people by their ids alone, with the features the quotas ask for, and households by numbers. Its fingerprint
covers the lottery without the seed: publish it first, let the seed come from outside afterwards, and nobody can have tried seeds.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from shangliang.analysis.panel.drawing import TICKETS, chances, draw
from shangliang.analysis.panel.pool import Cell, Pool

DRAWN = ("seed", "ticket", "panel", "fingerprint", "text")
HOW = """一、这份记录里有 {cells} 种人、{panels} 份合格的名单，共 {tickets} 张签；每份名单有几张签写在后面，按记录里的顺序从 0 号排起。
二、种子是“{seed}”。第 k 个随机数，是“种子/k”这串文字（UTF-8）的 SHA-256 值，当作一个大端整数；k 从 0 数起。要 0 到 n-1 之间的数，\
就取下一个随机数除以 n 的余数；如果它不小于 n 的倍数中不超过 2 的 256 次方的最大一个，就跳过它取再下一个。
三、先取 0 到 {last} 之间的一个数，抽到第 {ticket} 号签，得到一份名单：每种人各有几席。
四、再按种类的顺序、一席一席地抽：这种人里还没抽到的有 n 位，按记录里的顺序从 0 数起，取 0 到 n-1 之间的一个数，抽到那一位。
五、入选的 {size} 人依次是：{people}。
六、名单和签数的指纹（去掉种子和结果，键按字母排序、不留空格的 JSON，UTF-8，SHA-256）是 {fingerprint}。"""


class NotTheSame(ValueError):
    """The record does not agree with itself; the sentence says where."""


def protocol_of(
    pool: Pool, cells: Sequence[Cell], lottery: Sequence[tuple[Sequence[int], int]], ran: str, seed: str
) -> dict[str, Any]:
    """Return the record as plain data for JSON, the draw with ``seed`` (any text) included."""
    record = _rules(pool, cells, ran)
    record["panels"] = [
        {"tickets": count, "seats": {str(cell): taken for cell, taken in enumerate(seats) if taken}}
        for seats, count in lottery
    ]
    record["fingerprint"] = fingerprint(record)
    record["seed"] = seed
    people = [cell.people for cell in cells]
    record["ticket"], record["panel"] = draw(
        [(tuple(seats), count) for seats, count in lottery], people, seed
    )
    record["text"] = text_of(record)
    return record


def _rules(pool: Pool, cells: Sequence[Cell], ran: str) -> dict[str, Any]:
    return {
        "version": 1,
        "algorithm": ran,
        "size": pool.size,
        "tickets": TICKETS,
        "quotas": [
            {"category": q.category, "value": q.value, "min": q.least, "max": q.most} for q in pool.quotas
        ],
        "cells": [_cell(pool, cell) for cell in cells],
    }


def _cell(pool: Pool, cell: Cell) -> dict[str, Any]:
    features = dict(zip(pool.categories, cell.values, strict=True))
    return {"features": features, "household": cell.household, "people": list(cell.people)}


def fingerprint(record: Mapping[str, Any]) -> str:
    """Return SHA-256 (hex) of the record without what the seed decides: JSON, keys sorted, no blanks, UTF-8."""
    kept = {key: value for key, value in record.items() if key not in DRAWN}
    plain = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def text_of(record: Mapping[str, Any]) -> str:
    """Return the record's way of drawing in words."""
    return HOW.format(
        cells=len(record["cells"]), panels=len(record["panels"]), tickets=record["tickets"], seed=record["seed"],
        last=record["tickets"] - 1, ticket=record["ticket"], size=record["size"], people="、".join(record["panel"]),
        fingerprint=record["fingerprint"],
    )  # fmt: skip


def redo(record: Mapping[str, Any]) -> list[str]:
    """Do the draw of a record again and return its panel.

    Raises `NotTheSame` when a panel breaks a quota, the size, a household or has more of a kind than there are; when the tickets
    do not add up; when the fingerprint, the ticket or the people differ from what the record says.
    """
    heads = [len(cell["people"]) for cell in record["cells"]]
    lottery = [(_seats(panel, len(heads)), int(panel["tickets"])) for panel in record["panels"]]
    if sum(count for _, count in lottery) != TICKETS or min(count for _, count in lottery) < 1:
        raise NotTheSame(f"签数加起来不是 {TICKETS} 张。")
    for number, (seats, _) in enumerate(lottery):
        _keeps(record, seats, heads, number)
    if record["fingerprint"] != fingerprint(record):
        raise NotTheSame("名单和签数改动过：指纹对不上。")
    ticket, panel = draw(lottery, [cell["people"] for cell in record["cells"]], str(record["seed"]))
    if ticket != record["ticket"] or panel != list(record["panel"]):
        raise NotTheSame(f"用种子“{record['seed']}”重抽，抽到的是第 {ticket} 号签，结果和记录不同。")
    return panel


def _seats(panel: Mapping[str, Any], cells: int) -> tuple[int, ...]:
    return tuple(int(panel["seats"].get(str(number), 0)) for number in range(cells))


def _keeps(record: Mapping[str, Any], seats: Sequence[int], heads: Sequence[int], number: int) -> None:
    if sum(seats) != record["size"] or any(
        not 0 <= taken <= there for taken, there in zip(seats, heads, strict=True)
    ):
        raise NotTheSame(f"第 {number} 份名单的人数不对。")
    taken = [(cell, count) for cell, count in zip(record["cells"], seats, strict=True) if count]
    for quota in record["quotas"]:
        have = sum(count for cell, count in taken if cell["features"][quota["category"]] == quota["value"])
        if not quota["min"] <= have <= quota["max"]:
            raise NotTheSame(f"第 {number} 份名单里“{quota['value']}”有 {have} 人，不合名额要求。")
    homes = [cell["household"] for cell, count in taken for _ in range(count) if cell["household"]]
    if len(set(homes)) < len(homes):
        raise NotTheSame(f"第 {number} 份名单里有两个人是一户。")


def probabilities_of(record: Mapping[str, Any]) -> dict[str, float]:
    """Return the exact probability of each person of a record, rounded to a float."""
    heads = [len(cell["people"]) for cell in record["cells"]]
    lottery = [(_seats(panel, len(heads)), int(panel["tickets"])) for panel in record["panels"]]
    pairs = zip(record["cells"], chances(lottery, heads), strict=True)
    return {key: float(chance) for cell, chance in pairs for key in cell["people"]}
