"""Entering a report for somebody who said it by telephone, at the counter or on paper (代录)."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.models import Area, Committee
from shangliang.reports import rules
from shangliang.reports.actions.receiving import Received, submit_report
from shangliang.reports.models import Channel, ReportPoint
from shangliang.ui.clean import on_one_line

BY_HAND = (Channel.PHONE, Channel.COUNTER, Channel.PAPER)


def enter_report(*, committee: Committee, form_key: str, text: str, channel: str, entry_source: str, by: Viewer,
                 at: datetime, point: ReportPoint | None = None, area: Area | None = None, place: str = "",
                 contact: str = "", has_consented: bool = False, may_unit_call: bool = False,
                 happened_on: date | None = None) -> Received:  # fmt: skip
    """Take in what somebody said to a clerk or a keeper, who is noted with the source. Return it with its receipt.

    Refuses other channels than telephone, counter and paper, a committee other than the viewer's own, an entry without
    its source, and whatever ``submit_report`` refuses; the same form key gives the same report and receipt.
    """
    check_role(by, (*roles.OFFICE, roles.KEEPER))
    if not isinstance(by, Appointed) or committee.pk != by.committee_id:
        raise Refusal(_("只能替自己所在的政协代录。"))
    if channel not in BY_HAND:
        raise Refusal(_("选一下是怎么说来的：电话、当面还是纸质。"))
    if not on_one_line(entry_source):
        raise Refusal(_("代录要写明记在哪里，例如接待登记本的哪一页。"))
    return submit_report(
        committee=committee,
        form_key=form_key,
        text=text,
        channel=channel,
        by=by,
        at=at,
        point=point,
        area=area,
        place=place,
        contact=contact,
        may_unit_call=may_unit_call,
        happened_on=happened_on,
        consent_version=rules.CONSENT_VERSION if has_consented else "",
        entered_by=by.appointment_id,
        entry_source=on_one_line(entry_source)[:120],
    )
