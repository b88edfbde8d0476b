"""What the desk shows of a report that was spoken, not written, and of one that says which matter it is."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shangliang.foundation.moves import may
from shangliang.reports.queries.others import published_title
from shangliang.reports.queries.recordings import recording_of, seconds_said
from shangliang.reports.queries.similar import STANDING
from shangliang.reports.states import JOIN


def spoken_lines(request: HttpRequest, reports: Iterable[Any]) -> dict[int, str]:
    """Return what stands for the words of reports that have none yet, by id; one query, none where all have words."""
    said = seconds_said(request.viewer, reports)  # type: ignore[attr-defined]
    return {
        pk: _("（语音 %(seconds)s 秒，等人写下来）") % {"seconds": seconds} for pk, seconds in said.items()
    }


def no_words_yet(report: Any) -> str:
    """Return what stands where the words of a report would: nothing but for one without any."""
    return "" if report.text or report.title else _("（只有语音，等人写下来）")


def came_along(request: HttpRequest, report: Any) -> dict[str, Any]:
    """Return what the page of a report shows beside its words: the recording, and the matter it is said to be."""
    viewer = request.viewer  # type: ignore[attr-defined]
    return {
        "recording": recording_of(viewer, report) if getattr(report, "has_recording", True) else None,
        "may_write_down": True,
        "claim": _claim_of(viewer, report) if report.claims_matter_id and may(viewer, report, JOIN) else None,
    }


def _claim_of(viewer: Any, report: Any) -> dict[str, Any]:
    matter = report.claims_matter
    title = published_title(report.committee_id, matter.code) or matter.title
    return {
        "matter": matter,
        "title": title,
        "may_join": matter.state in STANDING and matter.pk != report.matter_id,
    }
