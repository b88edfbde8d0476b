"""Pictures of a report: drawn again and on disk before the transaction begins, their rows inside it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation.files import draw_pictures
from shangliang.foundation.models import StoredFile
from shangliang.foundation.refusals import Refusal
from shangliang.reports import rules
from shangliang.reports.models import Report, ReportPhoto


def draw_photos(photos: Sequence[bytes], at: datetime) -> list[StoredFile]:
    """Redraw pictures and write them, fsynced, under random names. Return their rows, not yet saved.

    Call it outside a transaction: drawing is slow, and a lock held meanwhile would keep everybody else waiting.
    Refuses more than four, and what is no picture, a bomb or more than 12 MB. A file whose row never commits is swept.
    """
    if len(photos) > rules.MOST_PHOTOS:
        raise Refusal(
            _("照片一次最多 %(most)s 张。您写的字还在，少选几张再交。") % {"most": rules.MOST_PHOTOS}
        )
    return draw_pictures(photos, at=at)


def attach_photos(report: Report, files: Sequence[StoredFile]) -> None:
    """Save the rows of drawn pictures and tie them to a report. Call it inside an action."""
    if files:
        StoredFile.unscoped.bulk_create(files)
        ReportPhoto.unscoped.bulk_create([ReportPhoto(report=report, file=one) for one in files])
