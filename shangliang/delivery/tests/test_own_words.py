"""What a clerk writes for units is no second door to somebody's own words."""

import pytest

from shangliang.delivery.queries import tasks_shown_to_unit, words_shown_to_unit
from shangliang.delivery.tests.factories import assigned, matter_of
from shangliang.foundation.refusals import Refusal
from shangliang.people.tests.factories import MORNING, district
from shangliang.protection import actions
from shangliang.protection.models import Exposure
from shangliang.protection.tests.factories import SAFE_WORDS, dispatch_text, locked
from shangliang.reports.actions import add_words
from shangliang.reports.models import Matter, Report
from shangliang.reports.tests.factories import WORDS, holder_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return district()


def summary_of(viewer, one):
    return [summary for _code, _title, summary in tasks_shown_to_unit(viewer, one)]


def test_a_unit_complained_about_reads_no_summary_that_repeats_somebody_s_words(place):
    one = assigned(place)
    matter = matter_of(one)
    actions.write_summary(matter, text=f"有人说：{WORDS}", by=place.clerk, at=MORNING)
    assert WORDS in summary_of(place.unit, one)[0]
    report = Report.unscoped.filter(matter=matter).first()
    actions.name_unit(report, place.lead_unit, by=place.clerk, at=MORNING)
    assert summary_of(place.unit, one) == [""] and WORDS not in summary_of(place.clerk, one)[0]
    actions.write_summary(matter, text=SAFE_WORDS, by=place.clerk, at=MORNING)
    assert summary_of(place.unit, one) == [SAFE_WORDS]


def test_a_summary_never_repeats_the_words_of_a_locked_report(place):
    row = locked(place)
    matter = Matter.unscoped.get(pk=row.report.matter_id)
    with pytest.raises(Refusal, match="还锁着"):
        actions.write_summary(matter, text=f"有人说：{WORDS}", by=place.clerk, at=MORNING)
    actions.write_summary(matter, text=SAFE_WORDS, by=place.clerk, at=MORNING)
    actions.answer_exposure(row.report, households="many", by=place.clerk, at=MORNING)
    actions.write_summary(matter, text=f"有人说：{WORDS}", by=place.clerk, at=MORNING)


def test_a_summary_is_left_out_when_what_it_repeats_is_locked_later(place):
    one = assigned(place)
    report = Report.unscoped.filter(matter=matter_of(one)).first()
    actions.write_summary(matter_of(one), text=f"有人说：{WORDS}", by=place.clerk, at=MORNING)
    assert summary_of(place.unit, one) != [""]
    Exposure.unscoped.filter(report=report).delete()
    actions.answer_exposure(report, households="few", by=place.clerk, at=MORNING)
    assert summary_of(place.unit, one) == [""]


def test_words_added_later_are_the_reporter_s_own_too(place):
    one = assigned(place)
    report = Report.unscoped.filter(matter=matter_of(one)).first()
    added = "昨天我家小孩书包又被三轮车刮了一道口子"
    add_words(report, text=added, by=holder_of(report), at=MORNING)
    actions.name_unit(report, place.lead_unit, by=place.clerk, at=MORNING)
    dispatch_text(place, report, f"有人补充说：{added}。")
    assert words_shown_to_unit(place.unit, one) == []
    dispatch_text(place, report, SAFE_WORDS)
    assert [each.text for each in words_shown_to_unit(place.unit, one)] == [SAFE_WORDS]
