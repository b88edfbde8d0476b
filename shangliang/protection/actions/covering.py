"""Covering faces and plates: a person looks at every picture before anybody but a screener is shown it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation.business import action
from shangliang.foundation.files import delete_file, read_file, write_picture
from shangliang.foundation.models import StoredFile
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.pictures import Rectangle, cover
from shangliang.foundation.refusals import Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.protection.actions.screeners import appointment_of, locked_report
from shangliang.protection.models import Children, PhotoCover
from shangliang.protection.permissions import MAY_PROTECT
from shangliang.reports.actions.screening import check_reach
from shangliang.reports.models import ReportPhoto

MOST_PLACES = 40
AT_ONCE = 100


def cover_photo(
    photo: ReportPhoto,
    *,
    places: Sequence[Rectangle],
    children: str,
    is_shown: bool,
    by: Viewer,
    at: datetime,
) -> PhotoCover:
    """Decide on one picture and, where it is shown, draw a new one with the places covered. Return the decision.

    Places are in thousandths of width and height; none at all says that nothing had to be covered. Refuses a picture
    shown with a child's face to be seen, a child's face "covered" by no place, and more than forty places. The earlier
    decision is replaced and its file deleted.
    """
    check_role(by, MAY_PROTECT)
    check_reach(by, photo.report)
    _check(places, children, is_shown)
    drawn = write_picture(cover(read_file(photo.file), places), at=at) if is_shown else None
    return _decide(photo, places, children, drawn, by=by, at=at)


def _check(places: Sequence[Rectangle], children: str, is_shown: bool) -> None:
    if len(places) > MOST_PLACES:
        raise Refusal(_("一张照片最多遮 %(most)s 块。遮大一点，块数就少了。") % {"most": MOST_PLACES})
    if is_shown and children == Children.SEEN:
        raise Refusal(_("画面里有孩子，脸还看得见。请先把脸遮住，或者选“这张不给别人看”。"))
    if is_shown and children == Children.COVERED and not places:
        raise Refusal(_("说了孩子的脸都遮住了，可是一块也没有遮。请先遮，再确认。"))


@action
def _decide(
    photo: ReportPhoto,
    places: Sequence[Rectangle],
    children: str,
    drawn: StoredFile | None,
    *,
    by: Viewer,
    at: datetime,
) -> PhotoCover:
    report = locked_report(photo.report, by)
    if not ReportPhoto.unscoped.filter(pk=photo.pk, report=report).exists():
        raise WrongState(_("这张照片已经删掉了。"))
    _replace(photo, at)
    if drawn:
        drawn.save(force_insert=True)
    row = PhotoCover(
        committee_id=report.committee_id, report=report, photo=photo, file=drawn, places=[list(one) for one in places],
        children=children, confirmed_by=appointment_of(by), confirmed_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    facts = {"places": len(places), "children": children, "shown": drawn is not None}
    record_fact(report, "report.cover_photo", by=by, at=at, facts=facts)
    return row


def _replace(photo: ReportPhoto, at: datetime) -> None:
    """Replace the decision that stands; its file is deleted, for it may show what is covered now."""
    before = PhotoCover.unscoped.select_for_update(of=("self",)).filter(photo=photo, replaced_at=None).first()
    if before:
        before.replaced_at = at
        _forget_file(before)


def _forget_file(row: PhotoCover) -> None:
    file, row.file = row.file, None
    row.save(update_fields=["file", "places", "replaced_at"])
    if file:
        delete_file(file)


@action
def forget_covers(at: datetime) -> int:
    """Delete the covered pictures whose original is gone, at most a hundred. Return how many."""
    rows = PhotoCover.unscoped.select_for_update(of=("self",)).filter(photo=None).exclude(file=None)
    batch = list(rows.select_related("file").order_by("pk")[:AT_ONCE])
    for row in batch:
        row.replaced_at = row.replaced_at or at
        row.places = []
        _forget_file(row)
    return len(batch)
