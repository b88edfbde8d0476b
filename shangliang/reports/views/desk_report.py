"""What the desk shows of the report that is open: its words, its course, whose turn it is, what is like it, its buttons."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shangliang.analysis.redact import hide_private
from shangliang.foundation import clock
from shangliang.foundation.moves import may, moves_open_to
from shangliang.people.queries import setting
from shangliang.reports.queries import photos_of
from shangliang.reports.queries.aparts import aparts_of
from shangliang.reports.queries.desk import days_left, unmasking_waiting, whole_thread_of
from shangliang.reports.queries.similar import Likeness, similar_to
from shangliang.reports.queries.sorting import may_sort
from shangliang.reports.states import HOLD, JOIN, REPORT, UNDO, ReportState
from shangliang.reports.views.course import course_of
from shangliang.reports.views.desk_address import address
from shangliang.reports.views.likeness import bar_words, sure_words
from shangliang.reports.views.spoken import came_along
from shangliang.reports.views.turns import turn_of, turn_shown
from shangliang.ui.parts import Button

HIDDEN = "【已遮："


def about(request: HttpRequest, report: Any) -> dict[str, Any]:
    """Return everything the page shows of one report; what the queue knows not to be there is not asked for again."""
    hidden, _kinds = hide_private(report.text)
    has_photos = getattr(report, "has_photos", True)
    may_join = may(request.viewer, report, JOIN)
    alike = similar_to(request.viewer, report) if may_join else []
    is_plain = request.GET.get("plain") == "1"
    said = list(whole_thread_of(request.viewer, report))
    return {
        "report": report,
        "words": report.text if is_plain else hidden,
        "title": report.title if is_plain else hide_private(report.title)[0],
        "is_plain": is_plain,
        "hidden": hidden.count(HIDDEN),
        "photos": photos_of(request.viewer, report) if has_photos else (),
        "course": course_of(request.viewer, report, said),
        "turn": _turn(report, said),
        "may_join": may_join,
        **_beside(request, report, alike, may_join),
        "left": days_left(report, clock.today()),
        "buttons": _buttons(request, report),
        "asked": _asked(request, report),
        "kind_url": _kind_url(request, report),
        **came_along(request, report),
    }


def _beside(request: HttpRequest, report: Any, alike: list[Likeness], may_join: bool) -> dict[str, Any]:
    """Return what stands beside it with how sure that is, what is marked in its own words, and what was said apart."""
    telling = [one for one in alike if one.is_sure] or alike[:1]
    said = may_join and getattr(report, "has_aparts", True)
    return {
        "alike": [(one, sure_words(one.score, one.bar.value)) for one in alike],
        "joins_first": next((one for one in alike if not one.is_closed), None),
        "bar": bar_words(alike[0].bar) if alike else "",
        "shared": [word for one in telling for word in one.why.marked],
        "apart": aparts_of(request.viewer, report) if said else (),
    }


def _turn(report: Any, said: list[Any]) -> dict[str, Any] | None:
    asked = [one.at for one in said if one.kind == "question" and not one.undone_at]
    asked_on = clock.day_of(asked[-1]) if asked else None
    wait = setting(report.committee_id, "ask_wait_days") if report.state == ReportState.ASKED else 0
    return turn_shown(turn_of(report, asked_on, wait), clock.today())


def _kind_url(request: HttpRequest, report: Any) -> str:
    own = may_sort(request.viewer, report.committee_id)
    return address("reports:desk_kind", request, report.code) if own else ""


def _asked(request: HttpRequest, report: Any) -> dict[str, Any] | None:
    """Return the asking for contact data that waits, and whether this viewer is the one who asked."""
    may_wait = report.contact_handle and getattr(report, "is_asked", True)
    waiting = unmasking_waiting(request.viewer, report) if may_wait else None
    return (
        {"reason": waiting.reason, "is_mine": waiting.asked_by == request.viewer.person_id}
        if waiting
        else None
    )


def _buttons(request: HttpRequest, report: Any) -> list[Button]:
    made = []
    for one in moves_open_to(request.viewer, report, REPORT):
        verb = one.name.partition(".")[2]
        label, key = (_("合到别的事项"), "") if one == JOIN else (str(one.label), one.key)
        confirm = _("交给专办员以后，这里就看不到了。确定吗？") if one == HOLD else ""
        made.append(
            Button(
                label,
                address("reports:desk_move", request, report.code, verb),
                key,
                needs_form=one not in (HOLD, UNDO),
                confirm=confirm,
            )
        )
    return made
