"""Periodic work of the portal: one message a day to each seat for which something waits."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import dateformat, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.foundation.business import business
from shangliang.foundation.clock import day_of
from shangliang.foundation.outbox import hand_over
from shangliang.foundation.schedule import Daily
from shangliang.people.models import Appointment
from shangliang.people.queries import all_committees, setting, viewer_from, wanting_digest
from shangliang.portal.pending import Row, work_of

HOURS = range(7, 13)  # those a committee may choose (people.rules.LIMITS)
MOST_LINES = 8
AT_ONCE = 50


def tell_what_waits(hour: int, day: date, at: datetime) -> None:
    """Tell every seat of the committees that chose this hour what waits for it; nothing where nothing does.

    A day that is over is not told of any more: what waited then waits in today's message or was done.
    """
    if day != day_of(at):
        return
    for committee in all_committees():
        if setting(committee.pk, "digest_hour") != hour:
            continue
        seats = list(wanting_digest(committee.pk, day))
        for start in range(0, len(seats), AT_ONCE):
            waiting = [(seat, work_of(viewer_from(seat), day)) for seat in seats[start : start + AT_ONCE]]
            with business():
                for seat, rows in waiting:
                    _tell(seat, rows, day, at)


def _tell(seat: Appointment, rows: list[Row], day: date, at: datetime) -> None:
    if not rows:
        return
    with translation.override(settings.LANGUAGE_CODE):
        hand_over(
            effect=f"digest-{seat.pk}-{day.isoformat()}",
            appointment=seat.pk,
            subject=_("今天等您办的"),
            body=_in_words(rows),
            link=reverse("portal:work"),
            address=seat.person.email,
            at=at,
        )


def _in_words(rows: list[Row]) -> str:
    lines = [_line(row) for row in rows[:MOST_LINES]]
    if len(rows) > MOST_LINES:
        lines.append(_("还有 %(count)s 样，打开“等我办的”看。") % {"count": len(rows) - MOST_LINES})
    return "\n".join(lines)


def _line(row: Row) -> str:
    said = {"label": row.label, "count": row.count}
    if row.oldest is None:
        return _("%(label)s：%(count)s 件") % said
    said["day"] = dateformat.format(row.oldest, _("n月j日"))
    return (
        _("%(label)s：%(count)s 件，最早的 %(day)s 到期") % said
        if row.is_deadline
        else _("%(label)s：%(count)s 件，最早的从 %(day)s 等起") % said
    )


def _at(hour: int) -> Callable[[date, datetime], None]:
    return partial(tell_what_waits, hour)


JOBS = tuple(
    Daily(f"portal.digest_{hour:02}", _at(hour), hour=hour, label=gettext_lazy("告诉各人今天有什么等着办"))
    for hour in HOURS
)
