"""Entering a report for somebody who said it by telephone, at the counter, on paper or to a member on a visit (代录)."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import AlreadyDone, Refusal
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.models import Area, Committee
from shangliang.reports import paper_form, rules
from shangliang.reports.actions.receiving import OtherBody, Received, submit_report
from shangliang.reports.models import Channel, ReportPoint
from shangliang.ui.clean import on_one_line

CHANNELS_OF = {
    roles.CLERK: (Channel.PHONE, Channel.COUNTER, Channel.PAPER, Channel.MEMBER),
    roles.LEADER: (Channel.PHONE, Channel.COUNTER, Channel.PAPER, Channel.MEMBER),
    roles.KEEPER: (Channel.PHONE, Channel.COUNTER, Channel.PAPER),
    roles.MEMBER: (Channel.MEMBER,),
}
MIDDAY = time(12)


class NotPrintedByUs(Refusal):
    """The number of a paper form is mistyped, or was never printed."""


def enter_report(*, committee: Committee, form_key: str, text: str, channel: str, entry_source: str, by: Viewer,
                 at: datetime, point: ReportPoint | None = None, area: Area | None = None, place: str = "",
                 contact: str = "", has_consented: bool = False, may_unit_call: bool = False,
                 happened_on: date | None = None, form_number: str = "", photos: Sequence[bytes] = (),
                 elsewhere: str = "", elsewhere_number: str = "") -> Received:  # fmt: skip
    """Take in what somebody said to a clerk, a keeper or a member, who is noted with the source. Return it with its receipt.

    ``happened_on`` is the day it was said or handed in; the clock of the first answer runs from now. ``form_number`` is
    that of a printed paper form: the report then has exactly the receipt on its stub. Refuses a channel that is not the
    role's, a committee other than the viewer's own, an entry without its source, a number that was never printed or was
    entered before, and whatever ``submit_report`` refuses; the same form key gives the same report and receipt.
    """
    _check(committee, channel, entry_source, by)
    day = happened_on or clock.day_of(at)
    said = {
        "committee": committee, "text": text, "channel": channel, "by": by, "at": at, "point": point, "area": area,
        "place": place, "contact": contact, "may_unit_call": may_unit_call, "happened_on": day, "photos": photos,
        "consent_version": rules.CONSENT_VERSION if has_consented else "", "entered_by": by.appointment_id,  # type: ignore[attr-defined]
        "entry_source": on_one_line(entry_source)[:120], "submitted_at": said_at(day, at),
        "elsewhere": on_one_line(elsewhere)[:80], "elsewhere_number": on_one_line(elsewhere_number)[:60],
    }  # fmt: skip
    if not form_number:
        return submit_report(form_key=form_key, **said)  # type: ignore[arg-type]
    return _enter_paper(form_number, said)


def said_at(day: date, at: datetime) -> datetime:
    """Return when something was said or handed in: now, or the middle of an earlier day, since no minute is known of it."""
    return at if day == clock.day_of(at) else timezone.make_aware(datetime.combine(day, MIDDAY))


def _enter_paper(form_number: str, said: dict) -> Received:  # type: ignore[type-arg]
    if said["channel"] != Channel.PAPER:
        raise Refusal(_("写了表号，“怎么说来的”要选纸质；不是印好的表，把表号删掉。"))
    pepper = settings.PEPPER.encode()
    number = paper_form.parse_number(pepper, form_number)
    if not number:
        raise NotPrintedByUs(not_printed())
    try:
        return submit_report(form_key=paper_form.form_key_of(pepper, number), **said)
    except OtherBody as sent:
        # without the receipt bits of that refusal: they are the stub's, and nobody here may see them
        raise AlreadyDone(already_entered()) from sent


def not_printed() -> str:
    """Return the sentence for a number that is mistyped."""
    return _("表号对不上，多半是抄错了一个。请对着表再看一遍，16 个符号，里面没有 0、1、I、O。您写的都还在。")


def already_entered() -> str:
    """Return the sentence for a number that was entered before."""
    return _("这张表已经录过了，没有再录一遍。是另一张表的话，请看看表号。您写的都还在。")


def _check(committee: Committee, channel: str, entry_source: str, by: Viewer) -> None:
    check_role(by, tuple(CHANNELS_OF))
    if not isinstance(by, Appointed) or committee.pk != by.committee_id:
        raise Refusal(_("只能替自己所在的政协代录。"))
    if channel not in CHANNELS_OF[by.role]:
        raise Refusal(_("选一下是怎么说来的：电话、当面还是纸质。委员录的是走访时听到的。"))
    if not on_one_line(entry_source):
        raise Refusal(_("代录要写明记在哪里，例如接待登记本的哪一页。"))
