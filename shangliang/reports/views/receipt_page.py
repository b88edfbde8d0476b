"""The receipt as an answer to a sent form: never at an address of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from shangliang.foundation import clock
from shangliang.foundation.queries import day_table
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.reports import rules
from shangliang.reports.actions import Received
from shangliang.reports.forms.resident import ReceiptForm
from shangliang.reports.queries import seconds_of_receipt
from shangliang.reports.queries.others import claimed_title
from shangliang.reports.receipt_slip import slip_of
from shangliang.reports.states import ReportState
from shangliang.ui.dates import when_day
from shangliang.ui.parts import Step


def receipt_page(request: HttpRequest, received: Received) -> HttpResponse:
    """Show a receipt once: the code in two alphabets, its square, the words, and what happens by when."""
    report, slip = received.report, slip_of(request, received.bits)
    is_held = report.state == ReportState.HELD
    context = {
        "report": report, "slip": slip, "is_repeat": received.is_repeat, "form": ReceiptForm({"code": slip.symbols}),
        "danger": rules.danger_of(report.title, report.text),
        "held": report.held_because if is_held else "",
        "steps": _steps_of_held(report) if is_held else _steps(report), "is_provisional": _is_provisional(report),
        "photos": report.photos.count(), "seconds": seconds_of_receipt(ReceiptHolder(report.pk)),
        "claimed": claimed_title(report),
    }  # fmt: skip
    return render(request, "reports/receipt.html", context)


def _steps(report: Any) -> list[Step]:
    office = report.committee.name
    return [
        Step(_("已送到%(office)s办公室") % {"office": office}, when_day(report.received_at), kind="now"),
        Step(_("给您第一次答复"), _by(report), text=_("怎么办、为什么，都会说清楚。"), kind="next"),
        Step(
            _("结果也告诉您"),
            _("如果大家商量这件事"),
            text=_("和别人说的是一回事，就合在一起办。"),
            kind="next",
        ),
        Step(_("请您来评"), _("办完以后"), text=_("解决没解决，满不满意。"), kind="next"),
    ]


def _steps_of_held(report: Any) -> list[Step]:
    return [
        Step(
            _("只给两位专办员看"),
            when_day(report.received_at),
            text=_("别的工作人员和单位都打不开。"),
            kind="now",
        ),
        Step(_("专办员回话"), _by(report), text=_("凭回执码来看：该去哪里说，或者接着商量。"), kind="next"),
    ]


def _by(report: Any) -> str:
    return format_html(_("最晚 {}"), when_day(report.answer_due_on, "weekday"))


def _is_provisional(report: Any) -> bool:
    """Whether the deadline counts days of a year whose official table is not out, or was never entered."""
    first, last = clock.day_of(report.received_at), report.answer_due_on
    table = day_table()
    return any(year not in table.years or year in table.provisional_years for year in {first.year, last.year})
