"""The four facts of a matter, each with its own denominator, never one score; none where it could point at a person."""

from typing import Any

from django.utils.translation import gettext as _

from shangliang.portal import rules, wording
from shangliang.portal.queries import Course, Voices


def of_matter(course: Course, voices: Voices) -> list[dict[str, Any]]:
    """Return the facts 回复了吗, 按期了吗, 解决了吗, 满意吗; number None where it is not told or not known yet."""
    return [_answered(voices), _in_time(course), _solved(voices), _satisfied(voices)]


def _fact(key: str, label: str, number: int | None, of: int, unit: str, detail: str) -> dict[str, Any]:
    return {"key": key, "label": label, "number": number, "of": of, "unit": unit, "detail": detail}


def _answered(voices: Voices) -> dict[str, Any]:
    label, unit = _("回复了吗"), _("条线索")
    every = voices.answered == voices.reports
    in_time = every and voices.in_time == voices.reports
    if in_time:
        detail = _("都在答应的日子以前答复")
    elif every:
        detail = _("都答复了，有的晚了")
    else:
        detail = _("还有没答复的")
    if not rules.may_tell(voices.reports):
        return _fact(
            "answered", label, None, 0, unit, _("线索不到 5 条，不说几条。%(detail)s。") % {"detail": detail}
        )
    return _fact("answered", label, voices.answered, voices.reports, unit, detail)


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


def _solved(voices: Voices) -> dict[str, Any]:
    words = (("solved_partly", _("%(number)s 份说部分解决")), ("solved_no", _("%(number)s 份说没解决")))
    return _verdicts(_("解决了吗"), voices.counts, "solved_yes", words)


def _satisfied(voices: Voices) -> dict[str, Any]:
    words = (("satisfied_basically", _("%(number)s 份基本满意")), ("satisfied_no", _("%(number)s 份不满意")))
    return _verdicts(_("满意吗"), voices.counts, "satisfied_yes", words)


def _verdicts(
    label: str, counts: dict[str, int], key: str, words: tuple[tuple[str, str], ...]
) -> dict[str, Any]:
    unit = _("份评价")
    if not rules.may_tell(counts["answered"]):
        return _fact(key, label, None, 0, unit, _("评价不足 5 份，先不公布数字"))
    detail = "，".join(said % {"number": counts[name]} for name, said in words if counts[name])
    silent = _("%(number)s 份回执没评") % {"number": counts["silent"]} if counts["silent"] else ""
    return _fact(
        key,
        label,
        counts[key],
        counts["answered"],
        unit,
        "；".join(part for part in (detail, silent) if part),
    )
