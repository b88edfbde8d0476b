"""The index of similar texts holds what may be shown beside a report, and can be mended at any time."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.analysis.same_matter import index_keys
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Report, SimilarGram
from shangliang.reports.queries import similar
from shangliang.reports.queries.similar import similar_to
from shangliang.reports.tests.factories import gathered_matter, held_report, holder_of, report_in

pytestmark = pytest.mark.django_db
GATE = "柳岸小学门口放学的时候车停两排，孩子从车缝里钻。"
GATE_TOO = "放学的时候柳岸小学门口全是车，两排都停满，孩子没处走。"


def held_keys():
    rows = SimilarGram.unscoped.order_by("report_id", "gram").values_list("report_id", "gram", "committee_id")
    return sorted(rows)


def rebuilt(**more):
    out = StringIO()
    call_command("rebuild_similar_index", stdout=out, stderr=StringIO(), **more)
    return json.loads(out.getvalue())


def test_what_can_no_longer_be_joined_leaves_the_index_and_an_undo_brings_it_back():
    place = district()
    for step in (lambda one: actions.answer(one, words="办了。", by=place.clerk, at=MORNING),
                 lambda one: actions.decline(one, words="法院在办。", by=place.clerk, at=MORNING),
                 lambda one: actions.refer(one, channel="物业", number="", words="转了。", by=place.clerk, at=MORNING)):  # fmt: skip
        report = report_in(place, GATE)
        before = set(SimilarGram.unscoped.filter(report_id=report.pk).values_list("gram", flat=True))
        assert before == set(index_keys(GATE))
        step(report)
        assert not SimilarGram.unscoped.filter(report_id=report.pk).exists()
        actions.undo(Report.unscoped.get(pk=report.pk), by=place.clerk, at=MORNING + timedelta(hours=1))
        after = set(SimilarGram.unscoped.filter(report_id=report.pk).values_list("gram", flat=True))
        assert after == before


def test_rebuilding_finds_nothing_to_mend_in_an_index_kept_by_the_actions():
    place = district()
    gathered_matter(place, reports=3)
    held_report(place)
    actions.answer(report_in(place, GATE), words="办了。", by=place.clerk, at=MORNING)
    actions.bank(report_in(place, GATE_TOO), words="留着。", by=place.clerk, at=MORNING)
    gone = report_in(place, "撤回的。")
    actions.withdraw(gone, by=holder_of(gone), at=MORNING)
    before = held_keys()
    told = rebuilt()
    assert told["mended"] == 0 and told["reports"] == Report.unscoped.count() and held_keys() == before


def test_rebuilding_mends_what_is_missing_too_much_wrong_or_left_behind_and_goes_on_where_it_stopped():
    place = district()
    rows = [report_in(place, f"{GATE}第 {number} 回") for number in range(4)]
    right = held_keys()
    own = place.committee.pk
    SimilarGram.unscoped.filter(report_id=rows[0].pk).delete()
    SimilarGram(committee_id=own, gram=1, report_id=rows[1].pk).save(force_insert=True)
    SimilarGram(committee_id=own, gram=1, report_id=rows[3].pk + 50).save(force_insert=True)
    assert rebuilt(after=rows[0].pk)["reports"] == 3
    assert not SimilarGram.unscoped.filter(report_id=rows[0].pk).exists()
    assert rebuilt()["mended"] == 1
    assert held_keys() == right and rebuilt()["mended"] == 0


def test_a_batch_that_is_right_writes_nothing():
    place = district()
    report_in(place, GATE)
    with CaptureQueriesContext(connection) as asked:
        rebuilt()
    assert not [one for one in asked if one["sql"].startswith(("INSERT", "DELETE", "UPDATE"))]


def test_the_newest_of_a_key_everybody_uses_are_looked_at_and_no_more(monkeypatch):
    monkeypatch.setattr(similar, "MOST_PER_KEY", 3)
    place = district()
    rows = [report_in(place, f"{GATE_TOO}第 {number} 回了。") for number in range(6)]
    beside = similar_to(place.clerk, report_in(place, GATE))
    assert {one.report.pk for one in beside} <= {one.pk for one in rows[3:]} and beside


def test_a_rare_key_counts_more_than_several_everybody_uses(monkeypatch):
    monkeypatch.setattr(similar, "MOST_CANDIDATES", 1)
    place = district()
    rare = report_in(place, "枫桥巷那口锅炉房的汽笛，柳岸小学门口都听得见。")
    for number in range(8):
        report_in(place, f"柳岸小学门口放学的时候全是车，第 {number} 回。")
    beside = similar_to(place.clerk, report_in(place, "枫桥巷锅炉房汽笛吵，柳岸小学门口的孩子怕。"))
    assert [one.report.pk for one in beside] == [rare.pk]
