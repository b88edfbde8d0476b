"""What the example protects: confirmed texts, how many could have said it, a member's finding, a covered picture."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from shangliang.foundation.viewer import ReceiptHolder
from shangliang.instance.example.clockwork import Strand, later
from shangliang.instance.example.fates import FATES
from shangliang.instance.example.making import leaning_pole, plate_in_thousandths
from shangliang.instance.example.speaking import Told
from shangliang.protection import actions as protection
from shangliang.protection.models import Exposure
from shangliang.reports import actions as reports
from shangliang.reports.models import Report, ReportPhoto

FOR_UNITS = {  # what the clerk confirmed of the first ones before the work was handed out
    "charging": (
        "小区里充电口少，居民从楼上拉线给电动车充电，担心着火。",
        "楼下没有充电的地方，有人把车推进楼道里充。",
    ),
    "canteen": ("食堂只开午饭，独居老人晚上没有着落，希望加一顿或者送到家。",),
}
MANY = (20, "滨河社区", "滨河步道灯杆歪斜", "滨河步道那根灯杆歪得厉害，风一大就晃，我拍了一张。")
ASKED = (10, "桂园社区", "楼上深夜打麻将声响大", "楼上那户半夜打麻将，就我们一家挨着，孩子没法睡。")
AGREED = (16, "石桥社区", "石桥三巷尽头没有路灯", "三巷走到头就我们两户，从来没装过灯，晚上摸黑进门。")
FEW = (12, "桂园社区", "楼房漏水报修没人管", "漏水报修三回了，物业的人说再闹就不给我们这栋派人。")
SENT = 4
HINT = "住宅楼报修以后多久有人上门"
NAMED = "桂园物业公司"


def protected(told: Told) -> list[Strand]:
    """Return the strands in which something is decided about what others may read."""
    return [
        *(_texts(told, theme, words) for theme, words in FOR_UNITS.items()),
        _voice(told, MANY, _open_to_all, photos=[leaning_pole()]),
        _voice(told, ASKED, _ask),
        _voice(told, AGREED, _agree),
        _voice(told, FEW, _leave_to_member),
    ]


def _texts(told: Told, theme: str, words: tuple[str, ...]) -> Strand:
    fate = next(one for one in FATES if one.theme == theme)
    at = told.day(fate.began - fate.over - 3, 15)
    yield at
    for report, text in zip(told.reports[theme], words, strict=False):
        _confirm(told, report, text, at)


def _voice(
    told: Told, said: tuple[int, str, str, str], then: Callable[[Told, Report, datetime], None], **more: Any
) -> Strand:
    """One person says what becomes a matter of its own; a day later the clerk reads it and decides."""
    days, area, title, words = said
    at, clerk = told.day(days, 18), told.cast.viewers["clerk"]
    yield at
    report = told.send(area, words, at, **more)
    at = later(at, 1, 10)
    yield at
    reports.raise_matter(report, title=title, area=told.cast.areas[area], by=clerk, at=at)
    then(told, report, at)


def _open_to_all(told: Told, report: Report, at: datetime) -> None:
    """Many could have said it: both texts are confirmed, and the picture is covered where a number plate shows."""
    clerk = told.cast.viewers["clerk"]
    protection.answer_exposure(report, households="many", by=clerk, at=at)
    _confirm(told, report, "步道上有一根灯杆歪斜，刮风时摇晃，行人担心倒下来。", at)
    protection.confirm_public_text(
        report, text="步道上有一根灯杆歪了。", is_not_personal=True, by=clerk, at=at
    )
    photo = ReportPhoto.unscoped.select_related("file", "report__matter").get(report=report)
    protection.cover_photo(
        photo, places=[plate_in_thousandths()], children="none", is_shown=True, by=clerk, at=at
    )


def _ask(told: Told, report: Report, at: datetime) -> None:
    """One or two could have said it: whoever holds the receipt is asked, and has not answered yet."""
    clerk = told.cast.viewers["clerk"]
    protection.answer_exposure(report, households="one_or_two", by=clerk, at=at)
    protection.ask_consent(report, by=clerk, at=at)


def _agree(told: Told, report: Report, at: datetime) -> None:
    """Whoever holds the receipt says yes: the unit may read what the clerk wrote."""
    _ask(told, report, at)
    answered = later(at, 1, 20)
    exposure = Exposure.unscoped.get(report=report)
    protection.give_consent(exposure, by=ReceiptHolder(report.pk), at=answered)
    _confirm(told, report, "巷子尽头一直没有路灯，晚上出入看不清路。", later(answered, 1, 9))


def _leave_to_member(told: Told, report: Report, at: datetime) -> None:
    """Few could have said it and a unit is complained about: a member is asked to look, the unit is never alone with it."""
    clerk = told.cast.viewers["clerk"]
    protection.name_unit(report, told.cast.units[NAMED], by=clerk, at=at)
    protection.answer_exposure(report, households="few", by=clerk, at=at)
    protection.ask_member(report, member=told.cast.seats["member"], hint=HINT, by=clerk, at=at)


def _confirm(told: Told, report: Report, text: str, at: datetime) -> None:
    clerk = told.cast.viewers["clerk"]
    report = Report.unscoped.select_related("matter").get(pk=report.pk)
    protection.confirm_dispatch_text(report, text=text, is_not_personal=True, by=clerk, at=at)
