"""T05: outside the office nobody is found by a small count, by what changed between two looks, or by a minute."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from shangliang.analysis import small_counts
from shangliang.analysis.small_counts import in_steps, may_say, number_in, released, sums_in, total_of
from shangliang.portal.queries import Voices
from shangliang.portal.told import SATISFIED, SOLVED, told_of
from shangliang.reports.models import Report, ThreadEntry
from tests.trust.doors_table import DOORS
from tests.trust.doorway import knock
from tests.trust.sizes import size
from tests.trust.world import World

POPULATIONS = size(150, 1_000)
VERSIONS = 6
PROMISE = "No count or difference of one to four people is published, and no minute of a report leaves the screening"
RECEIVED = datetime(2026, 8, 30, 19, 17, 43, tzinfo=UTC)
MINUTE = re.compile(rb"19:17|0?3:17(?!\d)|19%3A17|1917Z|T191743")
OUTSIDE = (
    "anonymous",
    "reviewer",
    "keeper",
    "member",
    "unit",
    "other_unit",
    "authority",
    "receipt",
    "other_receipt",
)
# Pages of the office, of an officer, or of something that is no report: there a minute may stand.
MINUTES_SHOWN = {
    "delivery/link_over.html",
    "exchange/draft.html",
    "exchange/imports.html",
    "exchange/of_report.html",
    "hotspots/look.html",
    "hotspots/week.html",
    "people/background.html",
    "people/inbox.html",
    "people/ledger.html",
    "reports/bar.html",
    "reports/desk/move.html",
    "reports/desk/officer_report.html",
    "reports/desk/officers.html",
    "reports/desk/report.html",
    "reports/desk/write_down.html",
    "reports/history.html",
    "sorting/models.html",
    "sorting/models_taken.html",
    "sorting/owners_history.html",
}


def lives(random):
    """Yield the counts of one matter over time: people come, are answered, judge, withdraw and change their mind."""
    reports = random.choice((random.randint(0, 9), random.randint(5, 40), random.randint(20, 200)))
    for _version in range(VERSIONS):
        reports = max(0, reports + random.choice((0, 0, 1, 1, 2, 3, 5, 9, -1, -2)))
        answered = random.randint(0, reports) if random.random() < 0.7 else reports
        given = random.choice((0, reports, random.randint(0, reports)))
        counts = {"reports": reports, "answered": given, "silent": reports - given}
        for names in (SOLVED, SATISFIED):
            counts.update(zip(names, split(random, given), strict=True))
        yield Voices(first_on=None, reports=reports, answered=answered, in_time=answered, counts=counts)


def split(random, number):
    """Return a number as a sum of three, often lopsided."""
    first = random.choice((number, random.randint(0, number), max(0, number - random.randint(0, 4))))
    second = random.randint(0, number - first)
    return first, second, number - first - second


def published(random):
    """Yield what is told of one matter at each version of its page, each beside everything told before."""
    history = []
    for voices in lives(random):
        told = told_of(voices, history)
        history.append({"counts": {name: [[list(cells), number] for cells, number in table]
                                   for name, table in told.release.items()}})  # fmt: skip
        yield told.release


def readable(release):
    """Return everything that can be computed from one page: sums within each table, and what its totals leave over."""
    found = {}
    for name, table in release.items():
        found.update({(name, names): number for names, number in sums_in(table).items()})
    voices, judged = total_of(release.get("voices")), total_of(release.get("judged"))
    answered = number_in(release.get("judged"), "answered")
    for part in ("solved", "satisfied"):
        total = total_of(release.get(part))
        for whole, what in ((voices, "reports"), (judged, "asked"), (answered, "answered")):
            if total is not None and whole is not None:
                found[(part, frozenset((what, "less")))] = abs(whole - total)
    return found


def faults(many, seed=1):
    """Return every number of one to four that can be read from a page or from the difference of two."""
    random, found, told = Random(seed), [], 0
    for population in range(many):
        pages = [readable(one) for one in published(random)]
        told += sum(len(one) for one in pages)
        for number, page in enumerate(pages):
            found += [(population, what, count) for what, count in page.items() if not may_say(count)]
            for earlier in pages[:number]:
                both = page.keys() & earlier.keys()
                found += [(population, what) for what in both if not may_say(abs(page[what] - earlier[what]))]
    assert told > many  # a page that says nothing at all would pass
    return found


@pytest.mark.promise("T05", PROMISE)
def test_no_cell_and_no_difference_of_two_pages_is_one_to_four(measured):
    assert faults(POPULATIONS) == []
    measured.figures.update(
        populations=POPULATIONS, pages=POPULATIONS * VERSIONS, cells_in_1_to_4=0, differences_in_1_to_4=0
    )


@pytest.mark.promise("T05", PROMISE)
def test_a_living_page_never_differs_by_one_to_four(measured):
    random = Random(2)
    for _population in range(POPULATIONS):
        seen = [in_steps(random.randint(0, 60)) for _look in range(12)]
        known = [one for one in seen if one is not None]
        assert all(may_say(one) for one in known)
        assert all(may_say(abs(one - other)) for one in known for other in known)
    measured.figures.update(living_pages=POPULATIONS)


@pytest.mark.promise("T05", PROMISE)
def test_pages_that_suppress_nothing_are_caught(monkeypatch, measured):
    whole = lambda cells: tuple(((name,), number) for name, number in cells.items())  # noqa: E731
    monkeypatch.setattr(small_counts, "tabled", whole)
    found = faults(100)
    assert found
    measured.caught("nothing-suppressed", f"{len(found)} small numbers on the pages of 100 matters")


@pytest.mark.promise("T05", PROMISE)
def test_hiding_only_the_small_cell_itself_is_caught(monkeypatch, measured):
    monkeypatch.setattr(small_counts, "_is_safe", lambda numbers: True)
    found = faults(100)
    assert found
    measured.caught("no-second-cell", f"{len(found)} small numbers left over by totals of 100 matters")


@pytest.mark.promise("T05", PROMISE)
def test_pages_that_forget_what_was_published_are_caught(monkeypatch, measured):
    monkeypatch.setattr("shangliang.portal.told.released", lambda counted, _history=(): released(counted))
    found = faults(100)
    assert found
    measured.caught("release-forgotten", f"{len(found)} small differences between pages of 100 matters")


def test_a_minute_stands_only_in_templates_of_the_office():
    templates = Path(settings.BASE) / "shangliang"
    found = {
        str(path).partition("/templates/")[2]
        for path in templates.rglob("templates/**/*.html")
        if re.search(r"when_minute|H:i", path.read_text(encoding="utf-8"))
    }
    assert found <= MINUTES_SHOWN, found - MINUTES_SHOWN


@pytest.mark.promise("T05", PROMISE)
@pytest.mark.django_db
def test_no_minute_of_a_report_is_handed_to_anybody_outside_the_screening(measured):
    world, pages = World(), 0
    Report.unscoped.update(received_at=RECEIVED, submitted_at=RECEIVED - timedelta(seconds=2))
    ThreadEntry.unscoped.filter(kind__in=("answer", "addition")).update(at=RECEIVED)
    for door in DOORS:
        for viewer in OUTSIDE:
            if viewer not in door.get:
                continue
            answer = knock(world.clients[viewer], "GET", door.address(world.own), {})
            body = b"".join(answer) if answer.streaming else answer.content
            pages += 1
            assert not MINUTE.search(body), f"{viewer} reads the minute at {door}"
            assert not MINUTE.search(repr(answer.headers).encode()), f"{viewer} at {door}"
    assert pages > 100
    shown = world.clients["clerk"].get(f"/desk/?report={world.own['waiting']}").content
    assert MINUTE.search(shown) or MINUTE.search(
        world.clients["clerk"].get(f"/desk/report/{world.own['waiting']}/").content
    )  # the screeners do read it: the search finds what there is to find
    measured.figures.update(pages_outside=pages, minutes_found=0)
