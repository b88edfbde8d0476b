"""Copied chats: cleaned messages kept as drafts, each taken in as a report, joined with another, changed or dropped."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.analysis.doors import classification_marking
from shangliang.analysis.redact import hide_private
from shangliang.exchange import rules
from shangliang.exchange.models import ReportDraft
from shangliang.foundation import clock, codes, roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.models import Area, Committee
from shangliang.reports.actions.receiving import submit_report
from shangliang.reports.models import Channel, Report
from shangliang.ui.clean import for_storage


@action
def keep_drafts(
    texts: Iterable[tuple[str, date | None]], *, committee: Committee, source: str, by: Viewer, at: datetime
) -> list[ReportDraft]:
    """Keep messages as drafts, private data in them hidden. Return them.

    Refuses more than 200 at once, a day that has not come, too long a text, and a classification marking in any of
    them: then nothing is kept.
    """
    held = _person(by, committee.pk)
    wanted = [(_fit(text), day) for text, day in texts if text.strip()]
    if not wanted:
        raise Refusal(_("没有选中一条。在要留的前面打勾。"))
    if len(wanted) > rules.MOST_DRAFTS:
        raise Refusal(_("一次最多留 200 条，请分几次贴。"))
    for _text, day in wanted:
        _refuse_future(day, at)
    drafts = [
        ReportDraft(committee=committee, code=codes.short_code(10), text=text, happened_on=day,
                    source=source[: rules.LONGEST_SOURCE], appointment=held.appointment_id, kept_at=at)
        for text, day in wanted
    ]  # fmt: skip
    return ReportDraft.unscoped.bulk_create(drafts)


@action
def change_draft(
    draft: ReportDraft, *, text: str, happened_on: date | None, by: Viewer, at: datetime
) -> ReportDraft:
    """Change the words or the day of a draft; private data in them is hidden again. Refuses empty words."""
    locked = _locked(draft, by)
    _refuse_future(happened_on, at)
    if not text.strip():
        raise Refusal(_("还没写呢。不要这条，就按“不要了”。"))
    locked.text, locked.happened_on = _fit(text), happened_on
    locked.save(update_fields=["text", "happened_on"])
    return locked


@action
def join_drafts(drafts: Iterable[ReportDraft], *, by: Viewer, at: datetime) -> ReportDraft:
    """Make two or more drafts one, in the order they were said, with the first one's day. Refuses fewer than two."""
    wanted = sorted({one.pk for one in drafts})
    rows = list(ReportDraft.unscoped.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if len(rows) < 2:
        raise Refusal(_("至少要两条才能合成一条。"))
    for one in rows:
        _person(by, one.committee_id)
    first, *others = rows
    first.text = _fit("\n".join(one.text for one in rows))
    first.happened_on = next((one.happened_on for one in rows if one.happened_on), None)
    first.save(update_fields=["text", "happened_on"])
    ReportDraft.unscoped.filter(pk__in=[one.pk for one in others]).delete()
    return first


@action
def take_draft_in(draft: ReportDraft, *, by: Viewer, at: datetime, area: Area | None = None) -> Report:
    """Make a draft a report: channel imported, noted who took it in and that it comes from a chat. The draft is gone.

    Refuses a draft that was taken in meanwhile, and whatever ``submit_report`` refuses.
    """
    locked = _locked(draft, by)
    received = submit_report(
        committee=locked.committee,
        form_key=codes.new_form_key(),  # nobody holds its receipt: who wrote it is not known
        text=locked.text,
        channel=Channel.IMPORTED,
        by=by,
        at=at,
        area=area,
        happened_on=locked.happened_on,
        entered_by=_person(by, locked.committee_id).appointment_id,
        entry_source=locked.source,
    )
    locked.delete()
    return received.report


@action
def drop_draft(draft: ReportDraft, *, by: Viewer, at: datetime) -> None:
    """Throw a draft away for good."""
    _locked(draft, by).delete()


def _locked(draft: ReportDraft, by: Viewer) -> ReportDraft:
    _person(by, draft.committee_id)
    rows = ReportDraft.unscoped.select_for_update(of=("self",)).select_related("committee")
    row = rows.filter(pk=draft.pk).first()
    if row is None:
        raise WrongState(_("这条刚才已经收下、合并或去掉了。"))
    return row


def _fit(text: str) -> str:
    kept = hide_private(for_storage(text).strip())[0]
    marking = classification_marking(kept)
    if marking:
        raise Refusal(
            _("这里有密级标志“%(marking)s”，不能放到网上，没有存。请删掉再交；涉密的文件，交回发文件的单位。")
            % {"marking": marking}
        )
    if len(kept) > rules.LONGEST_DRAFT:
        raise Refusal(_("写得太长了，最多 10000 个字。您写的还在，删一删再交。"))
    return kept


def _refuse_future(day: date | None, at: datetime) -> None:
    if day and day > clock.day_of(at):
        raise Refusal(_("这一天还没到，请看看日期。"))


def _person(by: Viewer, committee_id: int) -> Appointed:
    check_role(by, roles.OFFICE)
    if not isinstance(by, Appointed) or by.committee_id != committee_id:
        raise NotYours(_("只能替自己所在的政协收下。"))
    return by
