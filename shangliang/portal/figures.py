"""The four facts of a matter, each with its own denominator, never one score; none where it could point at a person."""

from typing import Any

from django.utils.translation import gettext as _

from shangliang.portal import wording
from shangliang.portal.queries import Course, Voices
from shangliang.portal.told import Told


def of_matter(course: Course, voices: Voices, told: Told) -> list[dict[str, Any]]:
    """Return the facts 回复了吗, 按期了吗, 解决了吗, 满意吗; number None where it is not told or not known yet."""
    return [_answered(voices, told), _in_time(course), _solved(told), _satisfied(told)]


def _fact(key: str, label: str, number: int | None, of: int, unit: str, detail: str) -> dict[str, Any]:
    return {"key": key, "label": label, "number": number, "of": of, "unit": unit, "detail": detail}


def _answered(voices: Voices, told: Told) -> dict[str, Any]:
    label, unit = _("回复了吗"), _("条线索")
    every = voices.answered == voices.reports
    if every and voices.in_time == voices.reports:
        detail = _("都在答应的日子以前答复")
    else:
        detail = _("都答复了，有的晚了") if every else _("还有没答复的")
    if not told.reports:
        return _fact(
            "answered", label, None, 0, unit, _("线索不到 5 条，不说几条。%(detail)s。") % {"detail": detail}
        )
    return _fact("answered", label, told.replied, told.reports, unit, detail)


def _in_time(course: Course) -> dict[str, Any]:
    label, unit, total = _("按期了吗"), _("项任务"), len(course.assignments)
    if not total:
        return _fact("in_time", label, None, 0, unit, _("还没有交给单位办"))
    over = [one for one in course.assignments if wording.is_over(one)]
    late = sorted(wording.days_late(one) for one in over if wording.days_late(one))
    parts = []
    if late:
        parts.append(
            _("%(number)s 项晚了，最多晚 %(days)s 个工作日") % {"number": len(late), "days": late[-1]}
        )
    if len(over) < total:
        parts.append(_("%(number)s 项还没办完") % {"number": total - len(over)})
    return _fact("in_time", label, len(over) - len(late), total, unit, "；".join(parts))


def _solved(told: Told) -> dict[str, Any]:
    words = (("solved_partly", _("%(number)s 份说部分解决")), ("solved_no", _("%(number)s 份说没解决")))
    return _verdicts(_("解决了吗"), told, "solved", words)


def _satisfied(told: Told) -> dict[str, Any]:
    words = (("satisfied_basically", _("%(number)s 份基本满意")), ("satisfied_no", _("%(number)s 份不满意")))
    return _verdicts(_("满意吗"), told, "satisfied", words)


def _verdicts(label: str, told: Told, part: str, words: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    key, unit, of = f"{part}_yes", _("份评价"), told.judged(part)
    if not of:
        return _fact(key, label, None, 0, unit, _("评的人不到 5 位，不公布分布"))
    number, named = told.verdicts(part, key), [(told.verdicts(part, name), said) for name, said in words]
    detail = [said % {"number": count} for count, said in named if count]
    if number is None:
        detail = [_("有的回答不到 5 份，怎么分的不公布")]
    elif any(count is None for count, _said in named):
        rest = of - number - sum(count or 0 for count, _said in named)
        detail.append(_("其余 %(number)s 份不是这样说，不分开公布") % {"number": rest})
    silent = [_("%(number)s 份回执没评") % {"number": told.silent}] if told.silent else []
    return _fact(key, label, number, of, unit, "；".join(["，".join(detail), *silent] if detail else silent))
