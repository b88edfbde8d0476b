"""Similar reports beside one: who stands there, who never does, in what order and why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Report
from shangliang.reports.queries.similar import similar_to
from shangliang.reports.tests.factories import gathered_matter, holder_of, report_in

pytestmark = pytest.mark.django_db
GATE = "柳岸小学门口放学的时候车停两排，孩子从车缝里钻。"
GATE_TOO = "放学的时候柳岸小学门口全是车，两排都停满，孩子没处走。"
DANCE = "河边广场晚上九点以后音响还很响，吵得睡不着。"


def test_a_report_of_the_same_matter_stands_beside_with_the_words_they_share():
    place = district()
    report, other = report_in(place, GATE), report_in(place, GATE_TOO)
    report_in(place, DANCE)
    beside = similar_to(place.clerk, report)
    assert [one.report.pk for one in beside] == [other.pk]
    assert beside[0].is_sure and not beside[0].is_standing and beside[0].same_area
    assert any("柳岸小学门口" in word for word in beside[0].why.marked)


def test_reports_of_one_matter_are_shown_as_one_with_their_number():
    place = district()
    matter, _joined = actions.bulk_join(
        [report_in(place, GATE), report_in(place, GATE_TOO)], by=place.clerk, at=MORNING
    )
    beside = similar_to(place.clerk, report_in(place, GATE + "真险。"))
    assert [(one.matter.pk, one.reports, one.is_standing) for one in beside] == [(matter.pk, 2, True)]


def test_held_withdrawn_answered_and_foreign_reports_never_stand_beside():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    held, gone, answered = (report_in(place, GATE + str(number)) for number in range(3))
    actions.hold(held, by=place.clerk, at=MORNING)
    actions.withdraw(gone, by=holder_of(gone), at=MORNING)
    actions.answer(answered, words="已办。", by=place.clerk, at=MORNING)
    report_in(elsewhere, GATE)
    assert similar_to(place.clerk, report_in(place, GATE)) == []


@pytest.mark.parametrize("who", ["officer", "keeper", "member", "reviewer", "unit"])
def test_nobody_but_the_office_is_shown_what_is_alike(who):
    place = district()
    report_in(place, GATE_TOO)
    assert similar_to(place.viewers[who], report_in(place, GATE)) == []


def test_at_most_five_matters_are_shown_best_first():
    place = district()
    for number in range(8):
        report_in(place, f"{GATE_TOO}第 {number} 回了。")
    scores = [one.score for one in similar_to(place.clerk, report_in(place, GATE))]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)


def test_what_is_alike_costs_one_query_however_many_there_are():
    place = district()
    report = report_in(place, GATE)
    for number in range(6):
        report_in(place, f"{GATE_TOO}第 {number} 回了。")
    with CaptureQueriesContext(connection) as asked:
        assert similar_to(place.clerk, report)
    assert len(asked) == 1


def test_a_report_of_the_same_matter_is_not_beside_itself():
    place = district()
    matter = gathered_matter(place, reports=2)
    for one in Report.unscoped.filter(matter=matter):
        assert similar_to(place.clerk, one) == []


def test_an_empty_text_has_nothing_beside_it():
    place = district()
    report_in(place, GATE)
    assert similar_to(place.clerk, Report(committee=place.committee, text="？？")) == []
