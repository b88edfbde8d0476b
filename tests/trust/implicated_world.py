"""The ground T04 plays on: one matter on its way to units, three units with somebody signed in, words that betray."""

import re
from collections import deque
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile, is_zipfile

from django.test import Client

from shangliang.delivery.models import Assignment
from shangliang.delivery.tests.factories import adopt, submitted_consultation
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people import actions as people
from shangliang.people.middleware import ACTING_KEY
from shangliang.people.models import Appointment, Organisation
from shangliang.people.tests.factories import MORNING, SETUP, District, district
from shangliang.protection.tests.factories import said_how_many
from shangliang.reports import actions as reports
from shangliang.reports.models import Matter, Report
from shangliang.reports.tests.factories import picture, point_in, sent

BY_NIGHT = MORNING - timedelta(hours=5, minutes=43)  # 03:17, a minute nothing else happens at
MINUTE = "03:17"
POINT_NAME = "暗号直报点"
SUGGESTIONS = 3
MOST_PAGES = 40
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)"')
AWAY = re.compile(r"^/(?:static|sign-out|language|elder|gallery|act-as|password)\b")


class Ground:
    """A district in which a matter was consulted on and its suggestions adopted; nobody has been given anything yet."""

    def __init__(self) -> None:
        self.place: District = district()
        people.appoint(
            committee=self.place.committee, login="yunchuan-school", name="方校长", role="unit",
            organisation=self.place.school, by=SETUP, at=MORNING,
        )  # fmt: skip
        self.units: list[Organisation] = [self.place.lead_unit, self.place.co_unit, self.place.school]
        self.point = point_in(self.place, name=POINT_NAME)
        self.first, self.other = self.raised("甲"), self.raised("乙")
        held = submitted_consultation(self.place, matters=(self.first,), suggestions=SUGGESTIONS)
        self.suggestions = [adopt(one, self.place) for one in held.suggestions.order_by("number")]

    def raised(self, name: str) -> Matter:
        """Return a matter raised from one report, of which it was said how many could have said it."""
        report = self.spoken(name)
        matter = reports.raise_matter(report, title="校门口停车", by=self.place.clerk, at=MORNING)
        said_how_many(self.place, matter)
        return matter

    def spoken(self, name: str) -> Report:
        """Return a report whose words, picture, minute, point and thread would betray it."""
        report = sent(
            self.place, f"我在暗号{name}窗口看见的，{betraying(name)}。", at=BY_NIGHT, point=self.point,
            photos=[picture()],
        ).report  # fmt: skip
        holder = ReceiptHolder(report.pk)
        reports.add_words(report, text=f"再补一句，{in_thread(name)}。", by=holder, at=BY_NIGHT)
        return Report.unscoped.get(pk=report.pk)


def betraying(name: str) -> str:
    """Return the words of a report nobody else would say so."""
    return f"暗号原话{name}只有我家的狗冲着三轮车叫"


def in_thread(name: str) -> str:
    """Return the words somebody added under the receipt."""
    return f"暗号补充{name}那天我正好请假"


def accounts_of(units: list[int]) -> list[Appointment]:
    """Return every standing appointment of everybody who acts for one of these units: one person, one memory."""
    theirs = Appointment.unscoped.filter(organisation_id__in=units, role="unit", until_on=None)
    rows = Appointment.unscoped.filter(person_id__in=theirs.values("person_id"), until_on=None)
    return list(rows.select_related("person").order_by("pk"))


def sitting_as(held: Appointment) -> Client:
    """Return a browser in which somebody acts in one appointment."""
    client = Client(raise_request_exception=False)
    client.force_login(held.person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[ACTING_KEY] = held.pk
    session.save()
    return client


def handed_to(client: Client, starts: list[str], most: int = MOST_PAGES, within: str = "/") -> str:
    """Return what a browser is handed from some addresses on, links followed for ``most`` pages. Workbooks are unpacked."""
    waiting, seen, kept = deque(starts), set(starts), list[str]()
    while waiting and len(kept) < most:
        answer = client.get(waiting.popleft(), follow=True)
        body = b"" if answer.status_code != 200 else b"".join(answer) if answer.streaming else answer.content
        words = unpacked(body)
        kept.append(words)
        fresh = {one.replace("&amp;", "&") for one in LINK.findall(words)} - seen
        seen |= fresh
        waiting.extend(sorted(one for one in fresh if one.startswith(within) and not AWAY.match(one)))
    return "\n".join(kept)


def unpacked(body: bytes) -> str:
    """Return the words in an answer, those inside a workbook too."""
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as inside:
            return "\n".join(inside.read(name).decode("utf-8", "replace") for name in inside.namelist())
    return body.decode("utf-8", "replace")


def doors_of(report: Report) -> list[str]:
    """Return the addresses somebody who knew a report's code would try."""
    names = [one.file.name for one in report.photos.select_related("file")]
    here = [f"/desk/{report.code}/", f"/protect/{report.code}/", f"/protect/matter/{report.matter.code}/",
            f"/desk/{report.code}/?plain=1", f"/matters/{report.matter.code}/"]  # fmt: skip
    return here + [f"/desk/photo/{name}/" for name in names] + [f"/files/{name}" for name in names]


def traces_of(report: Report, name: str) -> dict[str, str]:
    """Return what must never reach a unit but the words themselves: picture, minute, point and thread."""
    pictures = {f"picture {n}": one.file.name for n, one in enumerate(report.photos.select_related("file"))}
    return {"minute": MINUTE, "point": POINT_NAME, "point code": report.point.code, "thread": in_thread(name),
            "report code": report.code, **pictures}  # fmt: skip


def standing_assignments() -> list[Assignment]:
    """Return the assignments somebody is at work on."""
    rows = Assignment.unscoped.exclude(state__in=("reassigned", "verified", "explained"))
    return list(rows.select_related("lead_unit").prefetch_related("co_units").order_by("pk"))


def link_address(token: str) -> str:
    """Return the address of a one-time link."""
    return f"/u/{token}/"
