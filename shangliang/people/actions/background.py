"""Messages read, and what got stuck taken up again."""

from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import outbox, roles, schedule
from shangliang.foundation.business import action, note
from shangliang.foundation.ledger import Note
from shangliang.foundation.moves import check_role
from shangliang.foundation.queries import inbox_of
from shangliang.foundation.refusals import AlreadyDone
from shangliang.foundation.viewer import Viewer
from shangliang.people.permissions import MAY_MANAGE
from shangliang.people.queries import parked_messages

MAY_RETRY = (*MAY_MANAGE, roles.CLERK)


@action
def read_messages(*, pks: list[int], by: Viewer, at: datetime) -> int:
    """Mark messages of one's own inbox as read; an empty list means all. Return how many were unread."""
    rows = inbox_of(by).filter(read_at=None)
    return int((rows.filter(pk__in=pks) if pks else rows).order_by().update(read_at=at))


@action
def retry_message(*, pk: int, by: Viewer, at: datetime) -> None:
    """Send a parked message of one's own committees again. Refuses one that is not parked any more."""
    check_role(by, MAY_RETRY)
    if not parked_messages(by).filter(pk=pk).exists() or not outbox.try_again(pk):
        raise AlreadyDone(_("这一条已经不在停下的里面了。"))
    note(Note(by.committee_id, "message.retry", f"message:{pk}", by, at))  # type: ignore[attr-defined]


@action
def retry_job(*, pk: int, by: Viewer, at: datetime) -> None:
    """Run a parked job again. Refuses one that is not parked any more."""
    check_role(by, MAY_RETRY)
    if not schedule.try_again(pk):
        raise AlreadyDone(_("这一件已经不在停下的里面了。"))
    note(Note(by.committee_id, "job.retry", f"job:{pk}", by, at))  # type: ignore[attr-defined]
