"""Pure decisions: what a pasted list says, and between which figures a setting may lie."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from shangliang.foundation import roles

LIMITS: dict[str, tuple[int, int]] = {
    "answer_days": (1, 15),  # the first answer never later than 15 days (issue 2, story 3)
    "answer_max_days": (1, 15),
    "reviewers": (1, 3),
    "look_back_days": (7, 730),
    "link_days": (1, 60),
    "objection_days": (1, 20),
    "default_deadline_days": (1, 250),
    "keep_contact_days": (0, 730),
    "keep_audio_days": (7, 180),
    "quiet_point_weeks": (2, 52),
    "ask_wait_days": (1, 60),
    "keep_withdrawn_days": (0, 365),
    "digest_hour": (7, 12),  # there is a job for each of these hours (portal.tasks)
}
LONGEST_NAME = 40
LONGEST_MAIL = 254
MOST_LINES = 2000
ROLE_WORDS: dict[str, str] = {
    "经办人": roles.CLERK, "筛选岗": roles.CLERK, "负责人": roles.LEADER, "办公室负责人": roles.LEADER,
    "审核人": roles.REVIEWER, "专办员": roles.OFFICER, "管理员": roles.ADMIN, "联络人": roles.KEEPER,
    "直报点联络人": roles.KEEPER, "委员": roles.MEMBER, "政协委员": roles.MEMBER, "单位经办人": roles.UNIT,
    "交办主体经办人": roles.AUTHORITY,
}  # fmt: skip
FOR_A_UNIT = (roles.UNIT, roles.AUTHORITY)
KIND_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("school", ("学校", "小学", "中学", "幼儿园", "学院", "大学")),
    ("company", ("公司", "集团", "厂")),
    ("social", ("协会", "商会", "联合会", "基金会", "促进会")),
    ("community", ("居委会", "村委会", "社区", "村")),
    ("street", ("街道", "街道办事处", "街道办", "镇", "乡", "镇政府", "乡政府")),
    ("public_institution", ("医院", "图书馆", "文化馆", "服务中心", "中心")),
    ("authority", ("政府办公室", "政府办", "党委办公室", "区委办", "县委办", "市委办", "督查室")),
)
_HEADINGS = frozenset(
    (
        "街道",
        "乡镇",
        "街道（乡镇）",
        "社区",
        "社区（村）",
        "村",
        "姓名",
        "角色",
        "邮箱",
        "单位",
        "单位名称",
        "类别",
    )
)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_COMMAS = re.compile(r"[、,，;；]+")
_GAPS = re.compile(r"[\s,，;；、]+")


@dataclass(frozen=True)
class Problem:
    """A line that could not be read: its number counted from 1, its text, and a word for why (forms say it)."""

    line: int
    text: str
    why: str


@dataclass(frozen=True)
class PlaceLine:
    """A street, or a community in it (then ``community`` is its name)."""

    line: int
    street: str
    community: str = ""


@dataclass(frozen=True)
class UnitLine:
    """A unit with the kind its name ends in; ``by_letter`` is asked by 函商."""

    line: int
    name: str
    kind: str
    by_letter: bool = False


@dataclass(frozen=True)
class PersonLine:
    """A person and a role; ``organisation`` is a name, asked for where the role is held for a unit."""

    line: int
    name: str
    role: str
    email: str = ""
    organisation: str = ""
    title: str = ""
    login: str = ""


def within_limits(key: str, value: object) -> bool:
    """Tell whether a figure may be set; keys without limits may be anything."""
    if key not in LIMITS:
        return True
    low, high = LIMITS[key]
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.split("\n")[:MOST_LINES], start=1):
        words = [word for word in _GAPS.split(line.strip()) if word]
        if words and not all(word in _HEADINGS for word in words):
            yield number, line


def parse_places(text: str) -> tuple[list[PlaceLine], list[Problem]]:
    """Read streets with communities: indented under the street, "街道：社区、社区", or two columns of a sheet."""
    found: list[PlaceLine] = []
    problems: list[Problem] = []
    street = ""
    for number, line in _lines(text):
        head, tail = _head_and_tail(line)
        street = head or street
        below = [name for name in _COMMAS.split(tail) if name.strip()]
        if not street:
            problems.append(Problem(number, line.strip(), "no_street"))
            continue
        rows = ([PlaceLine(number, street)] if head else []) + [
            PlaceLine(number, street, one.strip()) for one in below
        ]
        _keep(rows, found, problems, number, line)
    return found, problems


def _head_and_tail(line: str) -> tuple[str, str]:
    """Split a line into a street (or nothing) and the communities it names."""
    if line[0] in " \t　":
        return "", line.strip()
    for mark in "：:\t":
        head, found, tail = line.partition(mark)
        if found:
            return head.strip(), tail.strip()
    bare = line.strip()
    return ("", bare) if bare.endswith(("社区", "村", "居委会", "村委会")) else (bare, "")


def _keep(
    rows: list[PlaceLine], found: list[PlaceLine], problems: list[Problem], number: int, line: str
) -> None:
    if any(len(row.street) > LONGEST_NAME or len(row.community) > LONGEST_NAME for row in rows):
        problems.append(Problem(number, line.strip()[:60], "too_long"))
        return
    known = {(row.street, row.community) for row in found}
    found.extend(row for row in rows if (row.street, row.community) not in known)


def place_kind(name: str, is_top: bool) -> str:
    """Return street or town, community or village, by how the name ends."""
    if is_top:
        return "town" if name.endswith(("镇", "乡")) else "street"
    return "village" if name.endswith(("村", "村委会", "屯")) else "community"


def parse_units(text: str) -> tuple[list[UnitLine], list[Problem]]:
    """Read units, one on a line or several with 、 between; "函商" after a name asks it by letter (companies always)."""
    found: list[UnitLine] = []
    problems: list[Problem] = []
    for number, line in _lines(text):
        for part in _COMMAS.split(line.strip()):
            name, *words = part.split() or [""]
            if len(name) > LONGEST_NAME:
                problems.append(Problem(number, name[:60], "too_long"))
            elif name and all(name != one.name for one in found):
                kind = unit_kind(name)
                found.append(UnitLine(number, name, kind, "函商" in words or kind == "company"))
    return found, problems


def unit_kind(name: str) -> str:
    """Guess the kind of a unit by how its name ends; a department when nothing tells."""
    return next((kind for kind, endings in KIND_ENDINGS if name.endswith(endings)), "department")


def parse_people(text: str) -> tuple[list[PersonLine], list[Problem]]:
    """Read "姓名 角色 邮箱": the address may be missing; what is left over is the unit (for handlers) or the post held."""
    found: list[PersonLine] = []
    problems: list[Problem] = []
    for number, line in _lines(text):
        read = _person(number, [word for word in _GAPS.split(line.strip()) if word])
        if isinstance(read, str):
            problems.append(Problem(number, line.strip()[:60], read))
        elif any(
            (read.name, read.role, read.organisation) == (one.name, one.role, one.organisation)
            for one in found
        ):
            problems.append(Problem(number, line.strip()[:60], "twice"))
        else:
            found.append(read)
    return found, problems


def _person(number: int, words: list[str]) -> PersonLine | str:
    name, *others = words
    role = next((ROLE_WORDS[word] for word in others if word in ROLE_WORDS), "")
    email = next((word for word in others if "@" in word), "")
    rest = " ".join(word for word in others if word not in ROLE_WORDS and word != email)
    for wrong, why in ((name in ROLE_WORDS or "@" in name, "no_name"), (not role, "no_role"),
                       (max(len(name), len(rest)) > LONGEST_NAME, "too_long"),
                       (email and (len(email) > LONGEST_MAIL or not _MAIL.fullmatch(email)), "bad_email"),
                       (role in FOR_A_UNIT and not rest, "no_unit")):  # fmt: skip
        if wrong:
            return why
    for_unit = role in FOR_A_UNIT
    return PersonLine(number, name, role, email, rest if for_unit else "", "" if for_unit else rest)
