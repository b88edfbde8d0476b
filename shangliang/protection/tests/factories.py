"""What protection asks before anything reaches a unit, answered by the real actions in the fictitious district."""

from datetime import datetime
from typing import Any

from shangliang.people.models import Appointment
from shangliang.people.tests.factories import MORNING, District
from shangliang.protection import actions
from shangliang.protection.models import Exposure, Finding, PhotoCover, SafeText
from shangliang.reports.models import Matter, Report, ReportPhoto
from shangliang.reports.tests.factories import gathered_matter, picture, sent

SAFE_WORDS = "校门口放学时段停车占道，学生只能在车流里穿行。"
HINT = "学校周边放学时的秩序"


def said_how_many(
    place: District, *matters: Matter, households: str = "many", at: datetime = MORNING
) -> None:
    """Say of every report in some matters how many could have said it."""
    for matter in matters:
        actions.answer_exposure_of_matter(matter, households=households, by=place.clerk, at=at)


def taken_report(place: District, **more: Any) -> Report:
    """Return a report that is in an established matter."""
    return Report.unscoped.select_related("matter").get(matter=gathered_matter(place, **more))


def locked(place: District, households: str = "one_or_two") -> Exposure:
    """Return the locked exposure of a report in a matter of one voice."""
    return actions.answer_exposure(taken_report(place), households=households, by=place.clerk, at=MORNING)


def dispatch_text(place: District, report: Report, text: str = SAFE_WORDS, **more: Any) -> SafeText:
    """Confirm what a unit reads of a report."""
    said = {"text": text, "by": place.clerk, "at": MORNING, **more}
    return actions.confirm_dispatch_text(report, **said)


def member_of(place: District) -> Appointment:
    """Return the appointment of the member in the cast."""
    return place.appointments["member"]


def asked_member(place: District, exposure: Exposure | None = None) -> Finding:
    """Return a finding a member was asked for."""
    row = exposure or locked(place)
    return actions.ask_member(row.report, member=member_of(place), hint=HINT, by=place.clerk, at=MORNING)


def photographed(place: District, **more: Any) -> ReportPhoto:
    """Return the picture of a report that waits for screening."""
    report = sent(place, photos=[picture(**more)]).report
    return ReportPhoto.unscoped.select_related("file", "report__matter").get(report=report)


def covered(place: District, photo: ReportPhoto, **more: Any) -> PhotoCover:
    """Confirm what others are shown of a picture: a place in its middle covered."""
    said = {"places": [(400, 400, 200, 200)], "children": "none", "is_shown": True, **more}
    return actions.cover_photo(photo, **said, by=place.clerk, at=MORNING)
