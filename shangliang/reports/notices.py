"""What we say to people: to those who spoke, under their receipt, and to the office, in its inbox.

Written in the site's language whoever acts, because another person reads it. Never a reporter's words.
"""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import ParamSpec

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import dateformat, translation
from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.outbox import hand_over
from shangliang.people.queries import holders
from shangliang.reports.models import Report

P = ParamSpec("P")


def in_site_language(words: Callable[P, str]) -> Callable[P, str]:
    """Make a sentence come out in the site's language, not in that of whoever presses the button."""

    @wraps(words)
    def said(*args: P.args, **kwargs: P.kwargs) -> str:
        with translation.override(settings.LANGUAGE_CODE):
            return words(*args, **kwargs)

    return said


@in_site_language
def being_consulted() -> str:
    """The matter goes into consultation."""
    return _("要坐下来商量这件事了，您说的会带进去。商量出什么，会在这里告诉您。")


@in_site_language
def laid_back() -> str:
    """The matter is laid back."""
    return _("这件事这一轮先不商量，还留在待商量的事里。再排上的时候，会在这里告诉您。")


@in_site_language
def handed_on() -> str:
    """Units set to work."""
    return _("商量出的办法，已经交给有关单位去办。谁来办、哪天办完，在这里随时能看。")


@in_site_language
def asked_for_verdict() -> str:
    """The result was looked at; now those who spoke judge it."""
    return _("有关单位说办完了，我们也去看过。解决没解决，满不满意，请您来评。")


@in_site_language
def taken_up_again() -> str:
    """Not solved: the follow-up starts again."""
    return _("反映这件事的人里，有人说还没解决。我们重新跟着办，有了结果再请您来评。")


@in_site_language
def closed(look_back_on: date) -> str:
    """The matter is closed; we look back on a day."""
    day = dateformat.format(look_back_on, _("Y年n月j日"))
    return _("这件事先办到这里。%(day)s 前后，我们再回头看一次，免得又变回老样子。") % {"day": day}


def to_office_reply(report: Report, entry_id: int, asked_by: int | None, at: datetime) -> None:
    """Tell whoever asked (or else the clerks) that the reporter has answered."""
    told = [asked_by] if asked_by else _holding(report.committee_id, roles.CLERK)
    _hand_over(f"report-reply-{entry_id}", told, _answered(), _answered_body(), _page_of(report), at)


def to_office_withdrawn(report: Report, at: datetime) -> None:
    """Tell the clerks that one of those whose words are in a matter has withdrawn them."""
    told = _holding(report.committee_id, roles.CLERK)
    _hand_over(
        f"report-withdrawn-{report.pk}", told, _withdrawn(report.matter.code), _withdrawn_body(), "", at
    )


def to_officers(report: Report, at: datetime) -> None:
    """Tell the named officers that something waits in the locked queue: neither who nor what."""
    told = _holding(report.committee_id, roles.OFFICER)
    link = _address("reports:officer_queue")
    _hand_over(f"report-held-{report.pk}-{int(at.timestamp())}", told, _held(), _held_body(), link, at)


def to_admins_no_days(committee_id: int, year: int, at: datetime) -> None:
    """Tell those who keep the day table that a year is missing: deadlines are the calendar limit until then."""
    told = _holding(committee_id, roles.ADMIN, roles.LEADER)
    _hand_over(f"no-day-table-{committee_id}-{year}", told, _no_days(year), _no_days_body(), "", at)


@in_site_language
def _answered() -> str:
    return _("反映人回话了")


@in_site_language
def _answered_body() -> str:
    return _("您问的那一句，反映人已经回答，这条又回到筛选台上。")


@in_site_language
def _withdrawn(code: str) -> str:
    return _("%(code)s 有一条被撤回") % {"code": code}


@in_site_language
def _withdrawn_body() -> str:
    return _("一位反映人撤回了自己说的话，联系方式已经删掉。这件事里别人的话都还在。")


@in_site_language
def _held() -> str:
    return _("专办队列里有一条新的")


@in_site_language
def _held_body() -> str:
    return _("只有专办员能打开。请看过以后，放回筛选或告知去处。")


@in_site_language
def _no_days(year: int) -> str:
    return _("%(year)s 年的工作日表还没录") % {"year": year}


@in_site_language
def _no_days_body() -> str:
    return _("录入之前，答复期限只能按最长的自然日算。请把这一年的放假和调休录进去。")


def _holding(committee_id: int, *held: str) -> list[int]:
    return list(holders(committee_id, *held).values_list("pk", flat=True))


def _hand_over(effect: str, told: list[int], subject: str, body: str, link: str, at: datetime) -> None:
    for who in told:
        hand_over(effect=f"{effect}-{who}", appointment=who, subject=subject, body=body, link=link, at=at)


def _page_of(report: Report) -> str:
    return _address("reports:desk_report", report.code)


def _address(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
