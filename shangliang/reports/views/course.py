"""The course of a report as the office sees it: what was received, said, joined and taken back, and what is due."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from shangliang.foundation.viewer import Viewer
from shangliang.reports.queries.desk import joinings_of
from shangliang.reports.states import WAITING
from shangliang.ui.dates import when_day, when_minute
from shangliang.ui.parts import Step


def course_of(viewer: Viewer, report: Any, said: list[Any]) -> list[Step]:
    """Return the steps in order of time, then what is due next. ``said`` is the whole thread; one query where it was joined."""
    moments = [(one.at, _said(one)) for one in said]
    if said and getattr(report, "has_joinings", True):
        moments += [(one.joined_at, _joined(one)) for one in joinings_of(viewer, report)]
    steps = [_received(report), *(step for _at, step in sorted(moments, key=lambda pair: pair[0]))]
    if report.state in WAITING and report.first_answered_at is None:
        due = format_html("{} {}", _("最晚"), when_day(report.answer_due_on))
        steps.append(Step(_("给第一次答复"), when=due, kind="now"))
    return steps


def _received(report: Any) -> Step:
    titles = {
        "imported": _("从别的系统导入"),
        "qr": _("收到，回执已给反映人"),
        "web": _("收到，回执已给反映人"),
    }
    title = titles.get(report.channel, _("代录，回执已交给反映人"))
    source = _("记在：%(where)s") % {"where": report.entry_source} if report.entry_source else ""
    return Step(title, when=when_minute(report.received_at), text=source)


def _said(entry: Any) -> Step:
    return Step(
        entry.get_kind_display(),
        when=when_minute(entry.at),
        words=entry.text,
        chip=_("已撤销") if entry.undone_at else "",
    )


def _joined(joining: Any) -> Step:
    matter = joining.to_matter
    return Step(
        _("合到 %(code)s") % {"code": matter.code},
        when=when_minute(joining.joined_at),
        text=matter.title,
        chip=_("已撤销") if joining.undone_at else "",
    )
