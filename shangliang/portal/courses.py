"""What the office sees beside the course of a matter: where its stages are kept, what is public, every ledger line."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.lifecycle import all_machines
from shangliang.foundation.queries import ledger_of
from shangliang.foundation.viewer import Viewer
from shangliang.portal.drafts import Draft
from shangliang.portal.queries import Course, own_publications
from shangliang.portal.showing import shown, version_of
from shangliang.reports.models import Matter

MOST_LINES = 100


def course_context(viewer: Viewer, matter: Matter, draft: Draft) -> dict[str, Any]:
    """Return what the page of one matter shows."""
    return {
        "matter": matter,
        "shown": shown({**draft.content, "note": ""}),
        "subject": draft.subject,
        "may_prepare": viewer.role in roles.OFFICE,
        "links": _links(draft.course),
        "versions": [
            (version_of(one), one)
            for one in own_publications(viewer).filter(subject=draft.subject).defer("content")
        ],
        "lines": _lines(viewer, matter),
    }


def _links(course: Course) -> list[tuple[str, str]]:
    wanted = []
    if course.topic:
        wanted.append((_("议题 %(code)s") % {"code": course.topic.code}, "topics:one", course.topic.code))
    if course.consultation:
        code = course.consultation.code
        wanted.append((_("协商 %(code)s") % {"code": code}, "consultations:one", code))
        wanted.append((_("三项清单"), "delivery:lists_of", code))
    return [(label, address) for label, name, code in wanted if (address := _address(name, code))]


def _address(name: str, code: str) -> str:
    try:
        return reverse(name, args=[code])
    except NoReverseMatch:
        return ""


def _lines(viewer: Viewer, matter: Matter) -> list[dict[str, Any]]:
    labels = {move.name: move.label for machine in all_machines() for move in machine.moves}
    rows = ledger_of(viewer, matter.committee_id, f"matter:{matter.code}")[:MOST_LINES]
    return [{"seq": one.seq, "label": labels.get(one.verb, one.verb), "at": one.recorded_at} for one in rows]
