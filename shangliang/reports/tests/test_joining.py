"""Raising a matter, joining reports in it, and taking either back."""

from datetime import timedelta

import pytest

from shangliang.foundation import publishing
from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Joining, Matter, Report, ThreadEntry
from shangliang.reports.states import MatterState, ReportState
from shangliang.reports.tests.factories import gathered_matter, held_report, matter_at, report_in

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=3)
LATEST = MORNING + timedelta(hours=4)


def again(row):
    return type(row).unscoped.get(pk=row.pk)


def test_raising_gives_the_reports_own_matter_a_number_of_the_year_and_tells_the_reporter():
    place = district()
    report = report_in(place)
    matter = actions.raise_matter(
        report, title="校门口的车", summary="每天四点半。", by=place.clerk, at=LATER
    )
    kept = again(matter)
    assert (kept.pk, kept.code, kept.state) == (report.matter_id, "YC-2026-0001", MatterState.GATHERED)
    assert (kept.title, kept.summary, kept.area) == ("校门口的车", "每天四点半。", place.community)
    assert again(report).state == ReportState.TAKEN
    assert ThreadEntry.unscoped.get(report=report).kind == "reply"
    assert LedgerEntry.unscoped.get(verb="matter.establish").subject == "matter:YC-2026-0001"


@pytest.mark.parametrize("title", ["", "  ", "长" * 81])
def test_a_matter_needs_a_name_of_at_most_eighty_characters(title):
    place = district()
    with pytest.raises(Refusal, match="起个名字"):
        actions.raise_matter(report_in(place), title=title, by=place.clerk, at=LATER)


def test_joining_moves_the_report_keeps_its_text_and_its_old_matter_and_tells_the_reporter():
    place = district()
    matter, report = gathered_matter(place), report_in(place, "校门口又堵了。")
    own = report.matter
    actions.join(report, matter, by=place.clerk, at=LATER)
    kept = again(report)
    assert (kept.matter_id, kept.state, kept.text) == (matter.pk, ReportState.TAKEN, "校门口又堵了。")
    assert again(own).state == MatterState.UNSCREENED
    joining = Joining.unscoped.get(report=report)
    assert (joining.from_matter_id, joining.to_matter_id) == (own.pk, matter.pk)
    assert "合成一件" in ThreadEntry.unscoped.get(report=report).text


@pytest.mark.parametrize("state", [MatterState.GATHERED, MatterState.CONSULTING, MatterState.DELIVERING,
                                   MatterState.JUDGING])  # fmt: skip
def test_a_standing_matter_takes_another_report(state):
    place = district()
    matter = matter_at(place, state)
    assert actions.join(report_in(place), matter, by=place.clerk, at=LATER).matter_id == matter.pk


def test_a_closed_or_unscreened_matter_takes_none():
    place = district()
    for matter in (matter_at(place, MatterState.CLOSED), report_in(place).matter):
        with pytest.raises(Refusal, match="不能再合进来"):
            actions.join(report_in(place), matter, by=place.clerk, at=LATER)


def test_a_held_report_is_never_joined():
    place = district()
    with pytest.raises(WrongState):
        actions.join(held_report(place), gathered_matter(place), by=place.clerk, at=LATER)
    assert not Joining.unscoped.exists()


def test_a_matter_of_another_committee_takes_none():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    with pytest.raises(NotYours, match="别的政协"):
        actions.join(report_in(place), gathered_matter(elsewhere), by=place.clerk, at=LATER)


def test_undoing_a_join_restores_everything_and_marks_the_words_undone():
    place = district()
    matter, report = gathered_matter(place), report_in(place)
    own = report.matter_id
    actions.join(report, matter, by=place.clerk, at=LATER)
    actions.undo(again(report), by=place.leader, at=LATEST)
    kept = again(report)
    assert (kept.matter_id, kept.state, kept.first_answered_at) == (own, ReportState.RECEIVED, None)
    assert ThreadEntry.unscoped.get(report=report).undone_at == LATEST
    assert Joining.unscoped.get(report=report).undone_at == LATEST


def test_after_an_undo_the_report_can_be_joined_elsewhere():
    place = district()
    first, second, report = gathered_matter(place), gathered_matter(place), report_in(place)
    actions.join(report, first, by=place.clerk, at=LATER)
    actions.undo(again(report), by=place.clerk, at=LATER)
    assert actions.join(again(report), second, by=place.clerk, at=LATEST).matter_id == second.pk


def test_undoing_a_raise_dissolves_the_matter_and_its_number_comes_back_with_it():
    place = district()
    report = report_in(place)
    matter = actions.raise_matter(report, title="校门口的车", by=place.clerk, at=LATER)
    actions.undo(again(report), by=place.clerk, at=LATEST)
    assert (again(matter).state, again(matter).established_on) == (MatterState.UNSCREENED, None)
    raised = actions.raise_matter(again(report), title="校门口的车", by=place.clerk, at=LATEST)
    assert raised.code == "YC-2026-0001"


def test_a_raise_is_not_undone_while_others_are_joined_to_its_matter():
    place = district()
    matter = gathered_matter(place, reports=2)
    first = Report.unscoped.filter(matter=matter).order_by("pk").first()
    with pytest.raises(Refusal, match="还有别人说的 1 条"):
        actions.undo(first, by=place.clerk, at=LATER)
    assert again(matter).state == MatterState.GATHERED


def test_a_raise_is_not_undone_while_public_words_about_it_stand():
    place = district()
    matter = gathered_matter(place)
    publishing.prepare(committee_id=place.committee.pk, subject=f"matter:{matter.code}", part="page-1", title="一件事",
                       content={}, happened_on=MORNING.date(), named_units=[], reviewers_needed=1, by=place.clerk,
                       at=MORNING)  # fmt: skip
    with pytest.raises(Refusal, match="先撤下公开文字"):
        actions.undo(Report.unscoped.get(matter=matter), by=place.clerk, at=LATER)


def test_a_report_is_not_split_off_once_reporters_are_asked_for_their_verdict():
    place = district()
    matter = matter_at(place, MatterState.JUDGING, reports=2)
    joined = Report.unscoped.filter(matter=matter).order_by("pk").last()
    with pytest.raises(Refusal, match="不能再拆开"):
        actions.undo(joined, by=place.clerk, at=LATER)
    assert again(joined).matter_id == matter.pk


def test_undoing_an_answer_gives_the_clock_back_and_a_referral_forgets_where_to():
    place = district()
    report = report_in(place)
    actions.refer(report, channel="社区", number="9", words="转给社区了。", by=place.clerk, at=LATER)
    actions.undo(again(report), by=place.clerk, at=LATEST)
    kept = again(report)
    assert (kept.first_answered_at, kept.referred_to, kept.referred_number) == (None, "", "")


def test_an_earlier_answer_that_still_stands_stays_the_first_one():
    place = district()
    report = report_in(place)
    actions.bank(report, words="先留着。", by=place.clerk, at=LATER)
    actions.join(again(report), gathered_matter(place), by=place.clerk, at=LATEST)
    actions.undo(again(report), by=place.clerk, at=LATEST)
    assert again(report).first_answered_at == LATER


@pytest.mark.parametrize("who", ["reviewer", "officer", "keeper", "member", "unit"])
def test_only_the_office_joins_raises_and_undoes(who):
    place = district()
    viewer, matter = place.viewers[who], gathered_matter(place)
    for act in (lambda: actions.join(report_in(place), matter, by=viewer, at=LATER),
                lambda: actions.raise_matter(report_in(place), title="事", by=viewer, at=LATER),
                lambda: actions.undo(Report.unscoped.get(matter=matter), by=viewer, at=LATER)):  # fmt: skip
        with pytest.raises(NotYours):
            act()


def test_a_report_is_not_taken_out_of_a_matter_that_was_judged_and_taken_up_again():
    place = district()
    matter, report = gathered_matter(place, reports=2), None
    report = Report.unscoped.filter(matter=matter).latest("pk")
    for act in (
        actions.begin_consulting,
        actions.begin_delivering,
        actions.ask_for_verdicts,
        actions.reopen_matter,
    ):
        act(matter, by=place.clerk, at=LATER)
    with pytest.raises(Refusal, match="不能再拆开"):
        actions.undo(report, by=place.clerk, at=LATEST)


def test_a_clerk_of_elsewhere_cannot_undo():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    matter = gathered_matter(place)
    with pytest.raises(NotYours):
        actions.undo(Report.unscoped.get(matter=matter), by=elsewhere.clerk, at=LATER)


def test_many_become_one_new_matter_and_come_apart_again():
    place = district()
    rows = [report_in(place, f"桥下第 {number} 盏灯不亮。夜里怕。") for number in range(3)]
    matter, joined = actions.bulk_join(rows, by=place.clerk, at=LATER)
    assert len(joined) == 3
    assert Report.unscoped.filter(matter=matter, state=ReportState.TAKEN).count() == 3
    undone = actions.undo_many(rows, by=place.clerk, at=LATEST)
    assert len(undone) == 3
    assert again(matter).state == MatterState.UNSCREENED
    assert Report.unscoped.filter(state=ReportState.RECEIVED).values("matter").distinct().count() == 3


def test_a_matter_joined_with_one_press_is_called_by_what_several_said_and_in_nobodys_own_words():
    place = district()
    said = ["东门那盏路灯坏了，我妈昨晚摔了一跤，住 3 栋 201", "东门路灯坏了半个月，13800001111 打给我"]
    matter, _joined = actions.bulk_join([report_in(place, one) for one in said], by=place.clerk, at=LATER)
    assert matter.title.startswith(f"{place.community.name}：") and "东门" in matter.title
    for one in said:
        assert not [one[at : at + 6] for at in range(len(one) - 5) if one[at : at + 6] in matter.title]
    alike = actions.bulk_join(
        [report_in(place, "路不平"), report_in(place, "水太脏")], by=place.clerk, at=LATER
    )
    assert alike[0].title == f"{place.community.name}：居民说的同一件事"


def test_one_report_alone_does_not_become_a_joined_matter():
    place = district()
    with pytest.raises(Refusal, match="至少要两条"):
        actions.bulk_join([report_in(place)], by=place.clerk, at=LATER)
    assert not Matter.unscoped.exclude(state=MatterState.UNSCREENED).exists()
