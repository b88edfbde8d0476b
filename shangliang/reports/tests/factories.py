"""Points, reports and matters in the fictitious district, brought to a state by the real actions."""

import wave
from array import array
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from shangliang.foundation.codes import new_form_key
from shangliang.foundation.viewer import Public, ReceiptHolder
from shangliang.people.tests.factories import MORNING, District, district
from shangliang.reports import actions
from shangliang.reports.actions.joining import join, raise_matter
from shangliang.reports.actions.points import open_point
from shangliang.reports.actions.screening import ask
from shangliang.reports.models import Matter, Report, ReportPoint
from shangliang.reports.states import MatterState

WORDS = "放学那会儿校门口车停了两排，孩子从车缝里钻过去。"
TITLE = "小学门口放学时车多人挤"
ACCUSING = "举报柳岸社区主任赵德贵，他收了施工队的红包，把低保名额给了亲戚。"
MARKED = "机密★1年\n关于清河街道的情况"


def point_in(place: District, /, **more: Any) -> ReportPoint:
    """Return an open report point of the district's first community."""
    said = {
        "area": place.community,
        "name": "柳岸社区直报点",
        "where": "社区门口公告栏",
        "phone": "0000-555 1234",
        **more,
    }
    return open_point(committee=place.committee, by=place.clerk, at=MORNING, **said)


def sent(place: District, /, text: str = WORDS, *, at: datetime = MORNING, **more: Any) -> actions.Received:
    """Send a report as a resident with a phone does; return it with its receipt."""
    said = {"channel": "qr", "form_key": new_form_key(), "area": place.community, **more}
    return actions.submit_report(
        committee=place.committee, text=text, by=Public(place.committee.pk), at=at, **said
    )


def report_in(place: District, /, text: str = WORDS, **more: Any) -> Report:
    """Return a report that waits for screening (or is held, by its words)."""
    return sent(place, text, **more).report


def holder_of(report: Report) -> ReceiptHolder:
    """Return whoever has the report's receipt in hand."""
    return ReceiptHolder(report.pk)


def asked_report(place: District, words: str = "大概是几点到几点？", at: datetime = MORNING) -> Report:
    """Return a report whose reporter was asked a question."""
    return ask(report_in(place), words=words, by=place.clerk, at=at)


def held_report(place: District, /, **more: Any) -> Report:
    """Return a report that lies in the locked queue because it accuses somebody by name."""
    return report_in(place, ACCUSING, **more)


def gathered_matter(
    place: District, *, reports: int = 1, title: str = TITLE, at: datetime = MORNING
) -> Matter:
    """Return an established matter with one or more reports joined in it."""
    matter = raise_matter(report_in(place, at=at), title=title, by=place.clerk, at=at)
    for number in range(1, reports):
        joined = report_in(place, f"{WORDS}第 {number} 天也这样。", at=at)
        join(joined, matter, by=place.clerk, at=at)
    return matter


def matter_at(place: District, state: str, *, reports: int = 1, at: datetime = MORNING) -> Matter:
    """Return a matter in a state after ``unscreened``, walked there by the office."""
    matter = gathered_matter(place, reports=reports, at=at)
    by, steps = (
        place.clerk,
        (MatterState.CONSULTING, MatterState.DELIVERING, MatterState.JUDGING, MatterState.CLOSED),
    )
    walk = (
        lambda: actions.begin_consulting(matter, by=by, at=at),
        lambda: actions.begin_delivering(matter, by=by, at=at),
        lambda: actions.ask_for_verdicts(matter, by=by, at=at),
        lambda: actions.close_matter(matter, look_back_on=look_back_day(at), by=by, at=at),
    )
    for step, go in zip(steps, walk, strict=True):
        if matter.state == state:
            break
        go()
        assert matter.state == step
    return matter


def look_back_day(at: datetime) -> date:
    """Return a day three months on."""
    return at.date() + timedelta(days=90)


def sound(seconds: float = 2, *, pitch: int = 40) -> bytes:
    """Return the bytes of a small real recording: a WAV file with a tone."""
    out, rate = BytesIO(), 8000
    wave_length = [9000 if at % pitch < pitch // 2 else -9000 for at in range(int(rate * seconds))]
    with wave.open(out, "wb") as sheet:
        sheet.setparams((1, 2, rate, 0, "NONE", ""))
        sheet.writeframes(array("h", wave_length).tobytes())
    return out.getvalue()


def spoken_report(place: District, /, text: str = "", *, seconds: float = 2, **more: Any) -> Report:
    """Return a report somebody spoke instead of writing (or wrote as well), waiting to be written down."""
    return report_in(place, text, alongside=actions.Alongside(recording=sound(seconds)), **more)


def picture(colour: str = "steelblue", size: tuple[int, int] = (40, 30), kind: str = "PNG") -> bytes:
    """Return the bytes of a small real picture."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, kind)
    return out.getvalue()


__all__ = ["MORNING", "District", "district"]
