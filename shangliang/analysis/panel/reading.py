"""Quotas and volunteers from CSV files. Plain Python; every refusal is an `Unusable` that names the file, the row and the column.

Rows are counted as a spreadsheet shows them: the header is row 1.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from shangliang.analysis.panel.pool import Person, Pool, Quota, Unusable

ENCODINGS = ("utf-8-sig", "gb18030")
VALUE_COLUMNS = ("feature", "name", "value")
LARGEST = 1_000_000
Row = tuple[int, dict[str, str]]


def read_pool(categories: Path, respondents: Path, size: int, *, household: str = "") -> Pool:
    """Read both files. ``household``: the column that names the household ('': households do not count)."""
    quotas = read_quotas(categories)
    return make_pool(quotas, read_people(respondents, quotas, household=household), size)


def make_pool(quotas: Iterable[Quota], people: Iterable[Person], size: int) -> Pool:
    """Put a pool together. Refuses no quotas, fewer people than seats, less than one seat, an id that stands twice."""
    pool = Pool(tuple(quotas), tuple(people), size)
    if not pool.quotas:
        raise Unusable("还没有写名额要求：至少要有一类，每类写明最少、最多几人。")
    if size < 1:
        raise Unusable(f"要选的人数应当是 1 以上的整数，现在是 {size}。")
    if size > len(pool.people):
        raise Unusable(f"报名的只有 {len(pool.people)} 人，选不出 {size} 人。请减少人数，或者再请人报名。")
    key, times = Counter(person.key for person in pool.people).most_common(1)[0]
    if times > 1:
        raise Unusable(f"编号“{key}”出现了 {times} 次，每个人的编号应当不同。")
    return pool


def read_quotas(path: Path) -> tuple[Quota, ...]:
    """Read columns category, feature (or name, or value), min, max; or feature, value, min, max."""
    header, rows = _table(path, "名额文件")
    first, second = _names(header)
    quotas: dict[tuple[str, str], Quota] = {}
    for line, row in rows:
        quota = _quota(line, row, first, second)
        if (quota.category, quota.value) in quotas:
            raise Unusable(f"名额文件第 {line} 行：“{quota.category}”的“{quota.value}”前面已经写过。")
        quotas[quota.category, quota.value] = quota
    return tuple(quotas.values())


def _names(header: Sequence[str]) -> tuple[str, str]:
    category = "category" if "category" in header else "feature"
    value = next((name for name in VALUE_COLUMNS if name in header and name != category), "feature")
    missing = [name for name in (category, value, "min", "max") if name not in header]
    if missing or category == value:
        wanted = "category、feature、min、max"
        raise Unusable(f"名额文件缺少列：{'、'.join(missing) or 'category'}。第 1 行应当有 {wanted} 这几列。")
    return category, value


def _quota(line: int, row: dict[str, str], first: str, second: str) -> Quota:
    for column in (first, second):
        if not row[column]:
            raise Unusable(f"名额文件第 {line} 行“{column}”列是空的。")
    least, most = (_whole(line, column, row[column]) for column in ("min", "max"))
    if least > most:
        raise Unusable(f"名额文件第 {line} 行：最少 {least} 人比最多 {most} 人还多。")
    return Quota(row[first], row[second], least, most)


def _whole(line: int, column: str, word: str) -> int:
    try:
        number = float(word)
    except ValueError:
        number = -1.0
    if number < 0 or number != number // 1 or number > LARGEST:
        raise Unusable(f"名额文件第 {line} 行“{column}”列应当是 0 以上的整数，现在是“{word[:20]}”。")
    return int(number)


def read_people(path: Path, quotas: Sequence[Quota], *, household: str = "") -> tuple[Person, ...]:
    """Read column ``id`` (else the number of the row of people, from 1), one column a category; others are ignored."""
    header, rows = _table(path, "名单文件")
    known: dict[str, set[str]] = {}
    for quota in quotas:
        known.setdefault(quota.category, set()).add(quota.value)
    missing = [name for name in (*known, *([household] if household else [])) if name not in header]
    if missing:
        raise Unusable(f"名单文件缺少列：{'、'.join(missing)}。")
    return tuple(_person(number, row, known, household) for number, row in enumerate(rows, 1))


def _person(number: int, numbered: Row, known: dict[str, set[str]], household: str) -> Person:
    line, row = numbered
    key = row.get("id", str(number))
    if not key:
        raise Unusable(f"名单文件第 {line} 行“id”列是空的。")
    for category, values in known.items():
        if row[category] not in values:
            what = f"“{row[category][:20]}”不在名额文件里" if row[category] else "是空的"
            raise Unusable(
                f"名单文件第 {line} 行“{category}”列{what}。可用的有：{'、'.join(sorted(values)[:20])}。"
            )
    return Person(key, tuple(row[category] for category in known), row.get(household, ""))


def _table(path: Path, what: str) -> tuple[list[str], list[Row]]:
    lines = _lines(path, what)
    filled = [
        (number, [cell.strip() for cell in line])
        for number, line in enumerate(lines, 1)
        if any(map(str.strip, line))
    ]
    if not filled:
        raise Unusable(f"{what}是空的：{path}")
    (_, header), *rows = filled
    twice = [name for name, times in Counter(header).items() if name and times > 1]
    if twice:
        raise Unusable(f"{what}第 1 行里“{twice[0]}”这一列出现了两次。")
    if not rows:
        raise Unusable(f"{what}只有第 1 行的列名，没有内容：{path}")
    for number, cells in rows:
        if len(cells) != len(header):
            raise Unusable(
                f"{what}第 {number} 行有 {len(cells)} 格，第 1 行有 {len(header)} 格，应当一样多。"
            )
    return header, [(number, dict(zip(header, cells, strict=True))) for number, cells in rows]


def _lines(path: Path, what: str) -> list[list[str]]:
    if not path.is_file():
        raise Unusable(f"没有这个文件：{path}")
    data = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding), newline=""), strict=True))
        except UnicodeDecodeError:
            continue
        except csv.Error as failure:
            raise Unusable(f"{what}不是完好的 CSV 表格：{path}（{failure}）") from failure
    raise Unusable(f"{what}的文字编码认不出来，请另存为 UTF-8 编码的 CSV：{path}")
