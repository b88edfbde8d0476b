"""Drafts out of copied chats: kept without names and numbers, changed, joined, taken in once, dropped, swept."""

from datetime import date

import pytest

from shangliang.exchange import actions, queries, tasks
from shangliang.exchange.models import ReportDraft
from shangliang.exchange.tests.factories import days_on, drafts_in
from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.models import Report

pytestmark = pytest.mark.django_db


def test_a_draft_keeps_words_and_day_and_no_telephone():
    place = district()
    said = [("灯不亮，电话13900001234", date(2026, 9, 7)), ("  ", None)]
    (draft,) = actions.keep_drafts(
        said, committee=place.committee, source="群消息", by=place.clerk, at=MORNING
    )
    assert (draft.text, draft.happened_on) == ("灯不亮，电话【已遮：手机号】", date(2026, 9, 7))


@pytest.mark.parametrize(("texts", "says"), [
    ([("", None)], "没有选中"), ([("灯", None)] * 201, "最多留 200 条"), ([("灯", date(2026, 9, 9))], "还没到"),
    ([("灯", None), ("机密★1年", None)], "密级标志"), ([("长" * 10_001, None)], "写得太长"),
])  # fmt: skip
def test_what_cannot_be_kept_is_refused_and_nothing_of_it_stays(texts, says):
    place = district()
    with pytest.raises(Refusal, match=says):
        actions.keep_drafts(texts, committee=place.committee, source="群消息", by=place.clerk, at=MORNING)
    assert not ReportDraft.unscoped.exists()


def test_a_draft_taken_in_is_an_imported_report_of_a_chat_and_the_draft_is_gone():
    place = district()
    (draft,) = drafts_in(place)
    report = actions.take_draft_in(draft, area=place.community, by=place.clerk, at=MORNING)
    assert (report.channel, report.entry_source, report.text) == ("imported", "群消息", "柳岸桥下的灯不亮了")
    assert (report.area, report.entered_by) == (place.community, place.clerk.appointment_id)
    assert LedgerEntry.unscoped.filter(verb="report.receive").exists()
    with pytest.raises(WrongState):
        actions.take_draft_in(draft, by=place.clerk, at=MORNING)
    assert Report.unscoped.count() == 1 and not ReportDraft.unscoped.exists()


def test_a_draft_is_changed_with_private_data_hidden_again():
    place = district()
    (draft,) = drafts_in(place)
    said = {"happened_on": date(2026, 9, 1), "by": place.clerk, "at": MORNING}
    changed = actions.change_draft(draft, text="灯不亮，打13900001234", **said)
    assert (changed.text, changed.happened_on) == ("灯不亮，打【已遮：手机号】", date(2026, 9, 1))
    with pytest.raises(Refusal, match="还没写"):
        actions.change_draft(draft, text=" ", **said)


def test_two_drafts_become_one_in_the_order_they_were_said():
    place = district()
    one, two, three = drafts_in(place, "灯不亮", "夜里没人敢走", "别的事")
    joined = actions.join_drafts([two, one], by=place.clerk, at=MORNING)
    assert joined.text == "灯不亮\n夜里没人敢走"
    assert set(ReportDraft.unscoped.values_list("pk", flat=True)) == {one.pk, three.pk}
    with pytest.raises(Refusal, match="至少要两条"):
        actions.join_drafts([three], by=place.clerk, at=MORNING)


def test_a_draft_is_dropped_and_old_ones_are_swept():
    place = district()
    one, _two = drafts_in(place, "灯不亮", "井盖松")
    actions.drop_draft(one, by=place.clerk, at=MORNING)
    tasks.sweep(MORNING.date(), days_on(29))
    assert ReportDraft.unscoped.count() == 1
    tasks.sweep(MORNING.date(), days_on(31))
    assert not ReportDraft.unscoped.exists()


def test_drafts_are_the_offices_own():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    (draft,) = drafts_in(place)
    assert queries.get_draft_for(place.leader, draft.code) == draft
    for viewer in (
        elsewhere.clerk,
        place.admin,
        place.keeper,
        place.member,
        place.unit,
        place.officer,
        place.reviewer,
    ):
        assert queries.get_draft_for(viewer, draft.code) is None
        with pytest.raises(NotYours):
            actions.take_draft_in(draft, by=viewer, at=MORNING)
