"""The clerk says of two that look alike that they are not the same, and the desk's bar moves as it does each night."""

from shangliang.instance.example.clockwork import moment
from shangliang.instance.example.speaking import Told
from shangliang.reports import actions as reports
from shangliang.reports.actions.thresholds import move_threshold_of
from shangliang.reports.models import Report
from shangliang.reports.queries.similar import Likeness, similar_to
from shangliang.reports.states import WAITING


def part_and_move_the_bar(told: Told) -> None:
    """Set the least sure of the proposals on the desk apart, then let the joins and partings so far move the bar."""
    clerk = told.cast.viewers["clerk"]
    waiting = Report.unscoped.filter(committee=told.cast.committee, state__in=WAITING, set_aside="")
    proposed: list[tuple[float, Report, Likeness]] = [
        (near.score, one, near)
        for one in waiting.select_related("committee").order_by("pk")
        for near in similar_to(clerk, one)
    ]
    unlike = min(proposed, key=lambda found: (found[0], found[1].pk), default=None)
    if unlike:
        reports.set_apart(unlike[1], unlike[2].matter, by=clerk, at=moment(told.today, 9, 10))
    move_threshold_of(told.cast.committee.pk, moment(told.today, 9, 20))
