"""③ Decisions that need no row: the order of steps, who said what on a typed line, counts that cannot be."""

import re
from typing import NamedTuple

ORDER = ("selected", "planned", "researched", "held", "submitted", "following")
MAY_BE_SKIPPED = ("planned", "researched", "submitted")

_SIDES = (
    ("residents", ("居民", "群众", "村民")),
    ("departments", ("部门", "单位")),
    ("experts", ("专家",)),
    ("members", ("政协委员", "委员")),
)
_SEPARATOR = re.compile(r"[｜|：:]")
_BETWEEN = " 　·・-—－、，,（()）"
_ADDRESSED_BY_NAME = re.compile(
    r"[\u4e00-\u9fff](?:先生|女士|小姐|大爷|大妈|大姐|大哥|阿姨|师傅|某)|^[老小][\u4e00-\u9fff]$"
)
_NO_NAMES = ("老人", "老师", "小孩", "小学", "老兵", "小贩", "小区")


class Line(NamedTuple):
    """One thing said: the side, who spoke by role (or, of members and officials, by name), the words."""

    side: str
    speaker: str
    text: str


def step_after(state: str) -> str:
    """Return the step that comes after a state, "" after the last one and after the end."""
    place = ORDER.index(state) + 1 if state in ORDER else len(ORDER)
    return ORDER[place] if place < len(ORDER) else ""


def number_of(step: str) -> int:
    """Return the place of a step among the six, from 1; 6 for the end."""
    return ORDER.index(step) + 1 if step in ORDER else len(ORDER)


def lines_said(typed: str) -> tuple[list[Line], list[int]]:
    """Read lines such as ``居民 家长｜放学时车太多``: return those understood and the numbers of those not (from 1)."""
    understood, wrong = [], []
    for number, line in enumerate(typed.splitlines(), start=1):
        if not line.strip():
            continue
        said = _line_of(line)
        if said is None:
            wrong.append(number)
        else:
            understood.append(said)
    return understood, wrong


def _line_of(line: str) -> Line | None:
    who, *rest = _SEPARATOR.split(line.strip(), maxsplit=1)
    text = rest[0].strip() if rest else ""
    for side, words in _SIDES:
        for word in words:
            if text and who.strip().startswith(word):
                return Line(side, who.strip().removeprefix(word).strip(_BETWEEN), text)
    return None


def names_a_person(speaker: str) -> bool:
    """Tell whether a resident's description looks like a name (李女士, 王某, 老张); a role such as 家长 does not."""
    words = speaker.strip()
    return bool(_ADDRESSED_BY_NAME.search(words)) and not words.startswith(_NO_NAMES)


def exceeds(present: int | None, agree: int, reserve: int) -> bool:
    """Tell whether more people of a side agreed or had reservations than were counted; nothing is known uncounted."""
    return present is not None and agree + reserve > present
