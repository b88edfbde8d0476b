"""From yes to a day in the calendar: public notice, schedule, and the beginning of the consultation."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.foundation import clock
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.refusals import AlreadyDone, Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.topics.actions.guards import day_words, happened, written
from shangliang.topics.models import PublicNotice, Topic
from shangliang.topics.rules import has_run, last_notice_day
from shangliang.topics.states import BEGIN, NOTICE, SCHEDULE


@action
def begin_notice(topic: Topic, *, from_on: date, by: Viewer, at: datetime) -> PublicNotice:
    """Show a topic to the public for the days its form asks for (calendar days, the first counted).

    Refuses where the form asks for no notice, and a day to come.
    """
    days = topic.form.notice_days if topic.form else 0
    if not days:
        raise Refusal(_("这种形式不用公示，可以直接排期。"))
    day = happened(from_on, at)
    move(topic, NOTICE, by=by, at=at, happened_on=day, facts={"days": days})
    row = PublicNotice(topic=topic, from_on=day, until_on=last_notice_day(day, days))
    row.save(force_insert=True)
    return row


@action
def end_notice(topic: Topic, *, outcome: str, by: Viewer, at: datetime) -> PublicNotice:
    """Keep what a notice brought. Refuses before its days are over, without words, and a second time."""
    check_role(by, NOTICE.roles)
    row = PublicNotice.unscoped.select_for_update().filter(topic=topic).first()
    if row is None:
        raise WrongState(_("这个议题还没有公示。"))
    _check_over(row, at)
    if row.outcome:
        raise AlreadyDone(_("公示的结果已经记过了。"))
    row.outcome = written(outcome, _("写一句公示的结果，例如：没有收到不同意见。"), 300)
    row.save(update_fields=["outcome"])
    record_fact(topic, "topic.end_notice", by=by, at=at, happened_on=row.until_on)
    return row


@action
def schedule(topic: Topic, *, scheduled_on: date, by: Viewer, at: datetime) -> Topic:
    """Give a topic its day. Refuses while its form asks for a notice that has not run its days or has no outcome."""
    notice = PublicNotice.unscoped.filter(topic=topic).first()
    days = topic.form.notice_days if topic.form else 0
    if days and notice is None:
        raise Refusal(_("这种形式要先公示 %(days)d 天，公示完了再排期。") % {"days": days})
    if notice is not None:
        _check_over(notice, at)
        if not notice.outcome:
            raise Refusal(_("公示期满了，先记下公示的结果，再排期。"))
    return move(
        topic, SCHEDULE, by=by, at=at, scheduled_on=scheduled_on, facts={"scheduled_on": scheduled_on}
    )


def _check_over(notice: PublicNotice, at: datetime) -> None:
    if not has_run(notice.until_on, clock.day_of(at)):
        raise Refusal(_("公示到%(day)s，还没有满，过了这天再来。") % {"day": day_words(notice.until_on)})


@action
def begin_topic(topic: Topic, *, by: Viewer, at: datetime, happened_on: date | None = None) -> Topic:
    """Let the consultation on a scheduled topic begin; called when a consultation is opened."""
    return move(topic, BEGIN, by=by, at=at, happened_on=happened(happened_on, at))
