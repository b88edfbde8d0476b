"""The example's report points: who is in charge, a code that was changed, and two that have long been quiet."""

from datetime import datetime, timedelta

from shangliang.instance.example.clockwork import Strand, later
from shangliang.instance.example.speaking import Told
from shangliang.reports import actions as reports
from shangliang.reports.actions.point_checks import ask_about_quiet_points_of
from shangliang.reports.models import PointCheck

BRIDGE, MARKET = "清河桥头直报点", "滨河早市直报点"
QUIET = ((BRIDGE, "石桥社区", "桥头小卖部外墙"), (MARKET, "滨河社区", "早市入口的柱子"))
PHONE = "0000-5551234"
IN_CHARGE = (("柳岸社区", "keeper"), (MARKET, "keeper"), ("石桥社区", "member"), (BRIDGE, "member"))
OLD_CODE_DAYS = 60  # the old code leads on that long


def open_points(told: Told, at: datetime) -> None:
    """Hang up one code in each community, and two more where nobody will speak."""
    communities = [
        (name, f"{name}直报点", name, f"{name}居委会门口")
        for name, area in told.cast.areas.items()
        if area.parent_id
    ]
    for key, name, area, where in [*communities, *((name, name, area, where) for name, area, where in QUIET)]:
        told.points[key] = reports.open_point(
            committee=told.cast.committee,
            area=told.cast.areas[area],
            name=name,
            where=where,
            phone=PHONE,
            by=told.cast.viewers["leader"],
            at=at,
        )


def look_after(told: Told) -> Strand:
    """Put people in charge, change one code, ask whether the quiet ones still hang; one question is answered."""
    cast, at = told.cast, told.day(75, 10)
    yield at
    for point, key in IN_CHARGE:
        reports.put_in_charge(
            told.points[point], appointment=cast.seats[key], by=cast.viewers["clerk"], at=at
        )
    at = told.day(32, 11)
    yield at
    leads_until = told.today + timedelta(days=OLD_CODE_DAYS)
    reports.rotate_code(told.points["桂园社区"], leads_until=leads_until, by=cast.viewers["clerk"], at=at)
    at = told.day(12, 8)
    yield at
    ask_about_quiet_points_of(cast.committee.pk, at)
    at = later(at, 2, 16)
    yield at
    question = PointCheck.unscoped.select_related("point").get(point=told.points[BRIDGE])
    reports.answer_check(
        question, finding="damaged", note="码还在，右下角淋花了，换一张就好", by=cast.viewers["member"], at=at
    )
