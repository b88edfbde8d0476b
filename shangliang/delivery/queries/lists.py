"""The three lists (LY-18, LY-19): suggestions, responsibilities, results, all from the same rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.consultations.models import Consultation, Suggestion
from shangliang.consultations.queries import consultations_seen_by
from shangliang.consultations.states import SuggestionState
from shangliang.delivery import rules
from shangliang.delivery.models import Assignment, LookBack, Result
from shangliang.delivery.permissions import SEES_LISTS, rows_of_assignments
from shangliang.delivery.queries.loops import matters_of_consultation
from shangliang.delivery.queries.verdicts import COUNTED_FOR, counts_for, verdict_counts_of
from shangliang.delivery.states import A
from shangliang.foundation import roles
from shangliang.foundation.queries import day_table
from shangliang.foundation.viewer import Viewer
from shangliang.foundation.working_days import NoDayTable

SUGGESTION_COLUMNS = (
    gettext_lazy("序号"), gettext_lazy("议题／编号"), gettext_lazy("建议内容"), gettext_lazy("提出人（身份）"),
    gettext_lazy("支持／保留情况"), gettext_lazy("涉及单位"), gettext_lazy("依据／可行性"), gettext_lazy("采纳意见"),
    gettext_lazy("备注"),
)  # fmt: skip
RESPONSIBILITY_COLUMNS = (
    gettext_lazy("序号"), gettext_lazy("对应建议"), gettext_lazy("工作任务"), gettext_lazy("牵头单位"),
    gettext_lazy("配合单位"), gettext_lazy("责任领导／责任人／电话"), gettext_lazy("完成时限"),
    gettext_lazy("交办主体与文号"), gettext_lazy("进度"), gettext_lazy("备注"),
)  # fmt: skip
RESULT_COLUMNS = (
    gettext_lazy("序号"), gettext_lazy("对应建议／任务"), gettext_lazy("办理情况"), gettext_lazy("办理结果类别"),
    gettext_lazy("完成时间"), gettext_lazy("佐证材料"), gettext_lazy("群众评价"), gettext_lazy("未办结原因及下步"),
    gettext_lazy("回头看日期／结论"), gettext_lazy("核实人"),
)  # fmt: skip


@dataclass
class OneList:
    """One of the three lists: its title, the line above, the columns and the rows as they are shown and exported.

    ``shared`` names the columns that say the same of every row: a paper shows them once, a workbook in each row.
    """

    key: str
    title: Any
    caption: str
    columns: tuple[Any, ...]
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    shared: tuple[int, ...] = ()


def full_day(day: date | None) -> str:
    """Return a day as it stands on a paper: 2026年9月8日."""
    return (
        _("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month, "day": day.day}
        if day
        else ""
    )


def consultations_with_lists(viewer: Viewer) -> QuerySet[Consultation]:
    """Return the consultations whose lists a viewer may open: office and members theirs, an authority what it issued."""
    if viewer.role == roles.AUTHORITY:
        mine = Assignment.unscoped.filter(rows_of_assignments(viewer)).values("suggestion__consultation_id")
        return Consultation.unscoped.filter(pk__in=mine).select_related("topic", "committee").order_by("-pk")
    if viewer.role not in SEES_LISTS:
        return Consultation.unscoped.none()
    return consultations_seen_by(viewer).select_related("topic", "committee").order_by("-pk")


def get_lists_for(viewer: Viewer, code: str) -> Consultation | None:
    """Return one consultation whose lists the viewer may open, or None."""
    return consultations_with_lists(viewer).filter(code=code).first()


def lists_of(viewer: Viewer, consultation: Consultation) -> list[OneList]:
    """Return the three lists of a consultation the viewer was given; none for roles that have no lists."""
    if viewer.role not in SEES_LISTS:
        return []
    suggestions = _suggestions(consultation)
    assignments = _assignments(consultation)
    return [
        _suggestion_list(consultation, suggestions),
        _responsibility_list(assignments),
        _result_list(viewer, consultation, assignments),
    ]


def _suggestions(consultation: Consultation) -> list[Suggestion]:
    rows = Suggestion.unscoped.filter(consultation=consultation).exclude(state=SuggestionState.DROPPED)
    return list(rows.prefetch_related("supports", "concerned_units").order_by("number"))


def _assignments(consultation: Consultation) -> list[Assignment]:
    rows = Assignment.unscoped.filter(suggestion__consultation=consultation)
    rows = rows.select_related("suggestion", "lead_unit", "issuing_authority", "committee")
    with_results = rows.prefetch_related("co_units", "results__evidence", "results__verification")
    return list(with_results.order_by("suggestion__number", "pk"))


def _suggestion_list(consultation: Consultation, suggestions: Iterable[Suggestion]) -> OneList:
    topic = f"{consultation.topic.title}（{consultation.topic.code}）"
    rows = [
        (one.number, topic, one.text, _proposer(one), _support(one), _names(one.concerned_units.all()), one.basis,
         _adoption(one), _lines(one.remark, one.explained_on and _("理由已于%(day)s告诉提出人")
                                % {"day": full_day(one.explained_on)}))
        for one in suggestions
    ]  # fmt: skip
    caption = _("议题：%(topic)s") % {"topic": topic}
    return OneList("suggestions", _("协商建议清单"), caption, SUGGESTION_COLUMNS, rows, shared=(1,))


def _proposer(one: Suggestion) -> str:
    side = one.get_proposer_side_display()
    return f"{side}（{one.proposer_note}）" if one.proposer_note else str(side)


def _support(one: Suggestion) -> str:
    counts = [(str(row.get_side_display()), row.agree, row.reserve) for row in one.supports.all()]
    if not counts:
        return _("没有记录")
    reserved = "、".join(side for side, _agree, reserve in counts if reserve)
    agree, reserve = sum(row[1] for row in counts), sum(row[2] for row in counts)
    line = _("支持 %(agree)s 人，保留 %(reserve)s 人") % {"agree": agree, "reserve": reserve}
    return f"{line}（{reserved}）" if reserved else line


def _adoption(one: Suggestion) -> str:
    said = one.get_state_display()
    return _lines(f"{one.decided_by} {full_day(one.decided_on)}".strip(), str(said), one.decision_reason)


def _names(units: Iterable[Any]) -> str:
    return "、".join(unit.name for unit in units)


def _lines(*parts: Any) -> str:
    return "\n".join(str(part) for part in parts if part)


def _responsibility_list(assignments: Iterable[Assignment]) -> OneList:
    rows = [
        (number, one.suggestion.number, one.task, one.lead_unit.name, _names(one.co_units.all()),
         _lines(one.responsible, one.phone),
         _lines(full_day(one.deadline_on), _("%(days)s 个工作日") % {"days": one.working_days}),
         _lines(one.issuing_authority.name, one.document_no, one.by_letter and _("函商")), _progress(one),
         _lines(one.remark, _("代录：%(source)s") % {"source": one.source} if one.source else ""))
        for number, one in enumerate(assignments, 1)
    ]  # fmt: skip
    papers = dict.fromkeys((one.issuing_authority.name, one.document_no) for one in assignments)
    caption = "；".join(
        _("交办主体：%(name)s　文号：%(number)s") % {"name": name, "number": number}
        for name, number in papers
    )
    return OneList("responsibilities", _("责任落实清单"), caption, RESPONSIBILITY_COLUMNS, rows)


def _progress(one: Assignment) -> str:
    result = _latest(one)
    if one.state not in (A.VERIFIED, A.CLAIMED) or result is None:
        return str(one.get_state_display())
    try:
        late = rules.days_late(one.deadline_on, result.finished_on, day_table())
    except NoDayTable:
        late = 0 if result.finished_on <= one.deadline_on else (result.finished_on - one.deadline_on).days
    in_time = _("按期") if not late else _("逾期 %(days)s 个工作日") % {"days": late}
    return f"{one.get_state_display()}，{in_time}"


def _latest(one: Assignment) -> Result | None:
    return max(one.results.all(), key=lambda row: row.number, default=None)


def _result_list(viewer: Viewer, consultation: Consultation, assignments: Iterable[Assignment]) -> OneList:
    matters = list(matters_of_consultation(consultation))
    facts, judged = _verdict_words(viewer, matters)
    looks = _look_backs(matters)
    standing = [(number, one) for number, one in enumerate(assignments, 1) if one.state != A.REASSIGNED]
    rows = [_result_row(number, one, _latest(one), judged, looks) for number, one in standing]
    caption = _("群众评价：%(words)s") % {"words": facts}
    return OneList("results", _("结果反馈清单"), caption, RESULT_COLUMNS, rows, shared=(6, 8))


def _result_row(
    number: int, one: Assignment, result: Result | None, judged: str, looks: str
) -> tuple[Any, ...]:
    of = f"{one.suggestion.number}／{number}"
    if result is None:
        return (number, of, str(one.get_state_display()), _("还没有结果"), "", "", judged, "", looks, "")
    kind = _lines(
        result.get_real_outcome_display(), result.letter and _("%(letter)s 类") % {"letter": result.letter}
    )
    return (number, of, result.text, kind, full_day(result.finished_on), _evidence(result), judged,
            result.next_step, looks, _checked(result))  # fmt: skip


def _checked(result: Result) -> str:
    looked = getattr(result, "verification", None)
    if looked is None:
        return _("还没有核实")
    said = "" if looked.is_confirmed else _("不符，已退回继续办")
    return _lines(looked.verified_by, full_day(looked.verified_on), said)


def _evidence(result: Result) -> str:
    pictures = len(result.evidence.all())
    return _lines(pictures and _("照片 %(count)s 张") % {"count": pictures}, result.evidence_note)


def _verdict_words(viewer: Viewer, matters: list[Any]) -> tuple[str, str]:
    """Return the line above the list and the cell: always the denominator, and how it fell where that may be shown."""
    if not matters:
        return _("这个议题不是从反映来的，没有要评的人"), "—"
    if viewer.role not in COUNTED_FOR:
        return _("反映的人怎么评，公布以后大家一起看。"), _("还没公布")
    counts = counts_for(viewer, verdict_counts_of(matters))
    said = {name: _said(viewer, number) for name, number in counts.items()}
    facts = _("应评 %(reports)s 份，实评 %(answered)s 份，未评 %(silent)s 份；未评不算满意") % said
    asked = _("应评 %(reports)s 份\n实评 %(answered)s 份\n未评 %(silent)s 份") % said
    if not counts["answered"]:
        few = "" if counts["answered"] == 0 else _("评的人不到 5 位，不公布分布")
        return facts, _lines(asked, few)
    solved = _("解决 %(solved_yes)s 份\n部分解决 %(solved_partly)s 份\n没解决 %(solved_no)s 份") % said
    fell = (
        _("满意 %(satisfied_yes)s 份\n基本满意 %(satisfied_basically)s 份\n不满意 %(satisfied_no)s 份") % said
    )
    return facts, _lines(asked, solved, fell)


def _said(viewer: Viewer, number: int | None) -> str:
    """Return a count in words: exact for the office, for others steps of five."""
    if number is None:
        return _("不到 5")
    return (
        str(number)
        if viewer.role in roles.OFFICE or number == 0
        else _("%(number)s 以上") % {"number": number}
    )


def _look_backs(matters: list[Any]) -> str:
    rows = LookBack.unscoped.filter(matter__in=matters).order_by("due_on", "pk")
    return _lines(*(f"{full_day(row.done_on or row.due_on)} {row.finding or _('还没到')}" for row in rows))
