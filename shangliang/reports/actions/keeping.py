"""Keeping personal data no longer than needed (PIPL Art. 19): contacts, and the aliases of imported authors."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from shangliang.foundation.business import action
from shangliang.foundation.moves import record_fact
from shangliang.foundation.viewer import System
from shangliang.people.queries import all_committees, setting
from shangliang.reports.actions.contact import destroy_contacts
from shangliang.reports.actions.reissue import drop_stale
from shangliang.reports.actions.two_people import MAY_WAIT
from shangliang.reports.models import ConsentEnd, Report, ThreadEntry, Unmasking
from shangliang.reports.states import MatterState, ReportState

ENDED = (ReportState.ANSWERED, ReportState.REFERRED, ReportState.DECLINED, ReportState.TURNED_AWAY)
LYING = (ReportState.RECEIVED, ReportState.ASKED, ReportState.HELD, ReportState.BANKED)
AT_ONCE = 100
ALIAS_DAYS = 30  # an import is counted by distinct people in this time, if at all (design.md §1)


def destroy_old_contacts(today: date, at: datetime) -> int:
    """Destroy contact data whose time is over, committee by committee, at most 100 in a transaction. Return how many."""
    gone = 0
    for committee in all_committees():
        last = today - timedelta(days=setting(committee.pk, "keep_contact_days"))
        while batch := _destroy_some(committee.pk, last, at):
            gone += batch
    return gone


def drop_old_aliases(at: datetime) -> int:
    """Forget which imported reports were of one author, 30 days after the import; at most 100 rows at once. Return how many."""
    gone = 0
    while batch := _drop_some(at - timedelta(days=ALIAS_DAYS)):
        gone += batch
    return gone


@action
def drop_stale_askings(at: datetime) -> int:
    """Forget askings for contact or for a new receipt that nobody agreed to within a week. Return how many."""
    old = Unmasking.unscoped.filter(approved_at=None, asked_at__lt=at - MAY_WAIT)
    return int(old.delete()[0]) + drop_stale(at)


@action
def _drop_some(before: datetime) -> int:
    rows = Report.unscoped.exclude(import_alias="").filter(received_at__lt=before).order_by("pk")
    batch = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    return int(Report.unscoped.filter(pk__in=batch).update(import_alias="")) if batch else 0


@action
def _destroy_some(committee_id: int, last: date, at: datetime) -> int:
    rows = (
        Report.unscoped.select_for_update(of=("self",))
        .filter(_over(last), committee_id=committee_id)
        .exclude(contact_handle="", mail_handle="")
    )
    batch = list(rows.order_by("pk")[:AT_ONCE])
    for report in batch:
        destroy_contacts(report, ConsentEnd.TIME_OVER, at)
        record_fact(report, "report.forget_contact", by=System("forget_contacts", committee_id), at=at)
    return len(batch)


def _over(last: date) -> Q:
    """Reports whose matter closed on ``last`` or before, that were answered without one, or in which nothing has
    happened since: nobody's number lies on because a report was forgotten in the bank or on the desk.
    """
    closed = Q(matter__state__in=(MatterState.CLOSED, MatterState.ENDED), matter__closed_on__lte=last)
    answered = Q(state__in=ENDED, first_answered_at__date__lte=last)
    lying = Q(state__in=LYING) | Q(
        state=ReportState.TAKEN, matter__state__in=(MatterState.UNSCREENED, MatterState.GATHERED)
    )
    since = ThreadEntry.unscoped.filter(report=OuterRef("pk"), at__date__gt=last)
    return closed | answered | (lying & Q(received_at__date__lte=last) & Q(~Exists(since)))
