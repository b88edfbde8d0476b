"""Handing reports to another system and taking back what it says: one course, nothing lost, no contact on any sheet."""

from datetime import date

import pytest

from shangliang.exchange import actions, queries, tasks
from shangliang.exchange.actions.answering import Line
from shangliang.exchange.models import OtherSystem, Transfer
from shangliang.exchange.queries import TransferFilter
from shangliang.exchange.sheet_files import cells_of
from shangliang.exchange.tests.factories import days_on, referred_out, sheet_with, system_in, with_them
from shangliang.foundation.ledger import chain_of, verify
from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.queries import inbox_of
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Public
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions import refer, undo, withdraw
from shangliang.reports.actions.wording import OTHER_CHANNELS, channels_of
from shangliang.reports.models import Report, ThreadEntry
from shangliang.reports.tests.factories import holder_of, report_in
from shangliang.sorting.models import Lesson

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()


def fresh(row):
    return type(row).unscoped.get(pk=row.pk)


def words_to(report):
    return list(ThreadEntry.unscoped.filter(report=report).order_by("pk").values_list("kind", "text"))


def test_a_committees_own_systems_extend_the_closed_list_and_the_old_ones_stay():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    system_in(place, "区数字城管")
    assert channels_of(place.committee.pk) == (*OTHER_CHANNELS[:-1], "区数字城管", "其他")
    assert channels_of(elsewhere.committee.pk) == OTHER_CHANNELS
    refer(report_in(place), channel="区数字城管", number="", words="转过去了。", by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="选一个转去的地方"):
        refer(
            report_in(elsewhere),
            channel="区数字城管",
            number="",
            words="转。",
            by=elsewhere.clerk,
            at=MORNING,
        )


def test_a_system_no_longer_used_is_not_offered():
    place = district()
    system = system_in(place, "区数字城管")
    said = {"committee": place.committee, "name": system.name, "sheet_kind": "csv", "columns": [("内容", "words", "")],
            "number_format": "", "answer_days": 3, "by": place.leader, "at": MORNING}  # fmt: skip
    actions.describe_system(system, **said, is_used=False)
    assert "区数字城管" not in channels_of(place.committee.pk)
    with pytest.raises(Refusal, match="选一个转去的地方"):
        referred_out(place, fresh(system))


@pytest.mark.parametrize("changed", [
    {"name": " "}, {"name": "12345 热线"}, {"columns": []}, {"columns": [("列", "没有的", "")]},
    {"answer_days": 0}, {"answer_days": 91}, {"sheet_kind": "fax"},
])  # fmt: skip
def test_a_system_that_makes_no_sense_is_refused(changed):
    place = district()
    system_in(place)
    with pytest.raises(Refusal):
        system_in(place, **{"name": "别的", **changed})


def test_referring_out_refers_the_report_and_begins_a_transfer_with_private_data_hidden():
    place = district()
    transfer = referred_out(place)
    assert fresh(transfer.report).state == "referred" and fresh(transfer.report).referred_to == "12345 热线"
    assert transfer.words == "井盖松了，电话【已遮：手机号】。" and transfer.confirmed_at is None
    assert LedgerEntry.unscoped.filter(verb="transfer.draft").count() == 1


def test_what_the_desk_referred_waits_to_be_listed_and_many_stand_on_one_sheet():
    place = district()
    system = system_in(place)
    by_hand = report_in(place, "路灯不亮。")
    refer(by_hand, channel=system.name, number="", words="转过去了。", by=place.clerk, at=MORNING)
    numbered = report_in(place, "有编号的。")
    refer(numbered, channel=system.name, number="ZX-1", words="转过去了。", by=place.clerk, at=MORNING)
    transfer = referred_out(place, system)
    assert set(queries.reports_to_list(place.clerk, system)) == {by_hand, transfer.report}
    sheet = actions.make_sheet(system, [by_hand, transfer.report], by=place.clerk, at=MORNING)
    assert sheet.code == "YC-2026-Z0001" and queries.transfers_on(place.clerk, sheet).count() == 2
    assert not queries.reports_to_list(place.clerk, system).exists()
    with pytest.raises(Refusal, match="已经在别的转办单上"):
        actions.make_sheet(system, [by_hand], by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="选 1 到 100 条"):
        actions.make_sheet(system, [], by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="不在转出的里面"):
        actions.make_sheet(system, [report_in(place)], by=place.clerk, at=MORNING)


def test_nothing_goes_out_before_a_person_has_looked():
    place = district()
    sheet = sheet_with(place, looked=False)
    with pytest.raises(Refusal, match="没核对过文字"):
        actions.hand_sheet_over(sheet, on=TODAY, by=place.clerk, at=MORNING)
    (one,) = queries.transfers_on(place.clerk, sheet)
    looked = actions.confirm_words(
        one, words="井盖松了，打13700001234。", place="3栋402室旁", by=place.clerk, at=MORNING
    )
    assert looked.words == "井盖松了，打【已遮：手机号】。" and "402" not in looked.place
    assert actions.hand_sheet_over(sheet, on=TODAY, by=place.clerk, at=MORNING) == 1
    with pytest.raises(Refusal, match="不能再改"):
        actions.confirm_words(one, words="别的", place="", by=place.clerk, at=MORNING)


@pytest.mark.parametrize(
    ("words", "says"), [(" ", "写上要转出去的话"), ("长" * 4001, "不超过 4000"), ("秘密★\n井盖", "密级标志")]
)
def test_words_that_may_not_go_out_are_refused(words, says):
    place = district()
    with pytest.raises(Refusal, match=says):
        actions.confirm_words(referred_out(place), words=words, place="", by=place.clerk, at=MORNING)


def test_handing_over_starts_the_other_sides_clock():
    place = district()
    (transfer,) = with_them(place)
    assert (transfer.state, transfer.handed_on, transfer.due_on) == ("handed_over", TODAY, date(2026, 9, 15))
    entry = LedgerEntry.unscoped.get(verb="transfer.hand_over")
    assert b"due_on" in bytes(entry.body)
    with pytest.raises(Refusal, match="没有等着转出"):
        actions.hand_sheet_over(transfer.sheet, on=TODAY, by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="还没到"):
        actions.hand_sheet_over(sheet_with(place), on=date(2026, 9, 9), by=place.clerk, at=MORNING)


def test_a_sheet_holds_their_columns_and_never_contact_or_original_words():
    place = district()
    columns = [("编号", "code", ""), ("标题", "title", ""), ("内容", "words", ""), ("在哪", "place", ""), ("社区", "area", ""),
               ("发生", "happened_on", ""), ("收到", "received_on", ""), ("转出", "handed_on", ""), ("期限", "answer_by", ""),
               ("单位", "from", ""), ("联系", "contact", ""), ("类别", "fixed", "民生"), ("结果", "blank", "")]  # fmt: skip
    system = system_in(place, columns=columns)
    secret = {"contact": "13911112222", "consent_version": "1", "may_unit_call": True}
    agreed = referred_out(place, system, "井盖松了，我叫电话13900001234。", **secret)
    silent = referred_out(place, system, "路灯不亮。", contact="13911112222", consent_version="1")
    sheet = sheet_with(place, agreed, silent)
    cells = cells_of(sheet, queries.transfers_on(place.clerk, sheet), TODAY)
    assert cells[0][4:10] == [
        "清河街道 柳岸社区",
        "2026-09-08",
        "2026-09-08",
        "2026-09-08",
        "2026-09-15",
        "云川区政协",
    ]
    assert [line[10:] for line in cells] == [
        ["反映人同意联系，请向转出单位要", "民生", ""],
        ["不联系反映人", "民生", ""],
    ]
    assert not any("139" in cell for line in cells for cell in line)


def test_the_number_that_comes_back_is_kept_and_shown():
    place = district()
    system_in(place, number_format="ZX########")
    (transfer,) = with_them(place)
    with pytest.raises(Refusal, match="不像12345 热线的"):
        actions.record_number(transfer, number="X1", by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="写上那边的编号"):
        actions.record_number(transfer, number=" ", by=place.clerk, at=MORNING)
    done = actions.record_number(transfer, number="ZX20260001", by=place.clerk, at=MORNING)
    assert Lesson.unscoped.get(subject="unit").asked_at == MORNING  # who took it on is learned from
    assert (done.state, fresh(done.report).referred_number) == ("numbered", "ZX20260001")
    (shown,) = queries.transfers_of_receipt(holder_of(transfer.report))
    assert (shown.kind, shown.system, shown.number, shown.due_on) == (
        "there",
        "12345 热线",
        "ZX20260001",
        date(2026, 9, 15),
    )


def test_an_answer_stands_in_the_thread_and_changes_no_older_fact():
    place = district()
    (transfer,) = with_them(place)
    before = fresh(transfer.report)
    done = actions.take_answer(
        transfer, answer="井盖换了新的。", on=date(2026, 9, 10), by=place.clerk, at=days_on(3)
    )
    after = fresh(transfer.report)
    assert (done.state, done.answered_on, after.state) == ("answered", date(2026, 9, 10), "referred")
    assert (after.first_answered_at, after.answer_due_on) == (before.first_answered_at, before.answer_due_on)
    assert words_to(after)[-1] == ("reply", "12345 热线 9月10日答复：\n井盖换了新的。")
    (shown,) = queries.transfers_of_receipt(holder_of(after))
    assert (shown.kind, shown.answer, shown.answered_on) == ("answered", "井盖换了新的。", date(2026, 9, 10))
    with pytest.raises(WrongState):
        actions.take_answer(transfer, answer="再答一次。", on=TODAY, by=place.clerk, at=days_on(3))
    assert verify(chain_of(place.committee.pk))[1] == ""


@pytest.mark.parametrize(("answer", "on", "says"), [
    (" ", date(2026, 9, 10), "写上要对反映人说的话"), ("好", date(2026, 9, 12), "不晚于今天"), ("好", date(2026, 9, 7), "转出以后"),
    ("机密★1年\n好", date(2026, 9, 10), "密级标志"), ("长" * 1900, date(2026, 9, 10), "最多 1800"),
])  # fmt: skip
def test_an_answer_that_makes_no_sense_is_refused_and_nothing_written(answer, on, says):
    place = district()
    (transfer,) = with_them(place)
    before = words_to(transfer.report)
    with pytest.raises(Refusal, match=says):
        actions.take_answer(transfer, answer=answer, on=on, by=place.clerk, at=days_on(3))
    assert fresh(transfer).state == "handed_over" and words_to(transfer.report) == before


def test_what_the_other_system_returns_waits_on_the_desk_again_with_its_facts():
    place = district()
    (transfer,) = with_them(place)
    before = fresh(transfer.report)
    actions.take_return(transfer, because="不属于受理范围", by=place.clerk, at=days_on(2))
    report = fresh(transfer.report)
    assert (report.state, report.referred_to, report.first_answered_at) == (
        "received",
        "",
        before.first_answered_at,
    )
    assert words_to(report)[-1][0] == "notice" and "退回来了" in words_to(report)[-1][1]
    assert [one.kind for one in queries.transfers_of_receipt(holder_of(report))] == ["returned"]
    verbs = list(LedgerEntry.unscoped.order_by("seq").values_list("verb", flat=True))
    assert {"transfer.return", "report.come_back"} <= set(verbs)
    again = actions.refer_out(
        report, system=transfer.system, words="再转一次。", by=place.clerk, at=days_on(2)
    )
    assert again.state == "drafted" and Transfer.unscoped.filter(report=report).count() == 2


def test_a_transfer_taken_back_puts_its_report_on_the_desk():
    place = district()
    transfer = referred_out(place)
    actions.take_back(transfer, by=place.clerk, at=MORNING)
    assert fresh(transfer.report).state == "received"
    assert queries.transfers_of_receipt(holder_of(transfer.report)) == []


def test_a_report_undone_on_the_desk_does_not_go_out_with_its_sheet():
    place = district()
    one, two = referred_out(place), referred_out(place)
    sheet = sheet_with(place, one, two)
    undo(one.report, by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="撤回筛选台"):
        actions.hand_sheet_over(sheet, on=TODAY, by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="上一次的转办还没有收回"):
        actions.refer_out(fresh(one.report), system=one.system, words="再转。", by=place.clerk, at=MORNING)
    actions.take_back(one, by=place.clerk, at=MORNING)
    assert fresh(one.report).state == "received"
    assert actions.hand_sheet_over(sheet, on=TODAY, by=place.clerk, at=MORNING) == 1


def test_many_lines_are_taken_in_and_refused_ones_are_listed_and_change_nothing():
    place = district()
    system = system_in(place, number_format="ZX##")
    one, two, three = with_them(place, *(referred_out(place, system, f"第 {at} 件。") for at in range(3)))
    known = queries.transfers_by_key(place.clerk, system, [one.code.lower(), two.code, three.code, "没有"])
    assert known == {one.code.lower(): (one,), two.code: (two,), three.code: (three,)}
    lines = [Line(1, (one,), "ZX01"), Line(2, (two,), "错的"), Line(3, (three,), "ZX01")]
    refused = actions.take_lines(lines, are_answers=False, by=place.clerk, at=MORNING)
    assert [(line.number, "不像" in why) for line, why in refused] == [(2, True)]
    assert [fresh(row).number for row in (one, two, three)] == ["ZX01", "", "ZX01"]
    both = queries.transfers_by_key(place.clerk, system, ["ZX01"])["ZX01"]
    assert (
        actions.take_lines([Line(1, both, "修好了。", TODAY)], are_answers=True, by=place.clerk, at=MORNING)
        == []
    )
    assert [fresh(row).state for row in (one, two, three)] == ["answered", "handed_over", "answered"]
    assert queries.transfers_by_key(place.clerk, system, ["ZX01"]) == {}


def test_what_is_overdue_is_listed_told_once_and_reminded_of():
    place = district()
    (transfer,) = with_them(place)
    on_the_day, after = date(2026, 9, 15), date(2026, 9, 16)
    assert not queries.transfers_overdue(place.clerk, on_the_day).exists()
    assert list(queries.transfers_overdue(place.clerk, after)) == [transfer]
    assert list(queries.transfers_seen_by(place.clerk, TransferFilter("overdue"), after)) == [transfer]
    for _turn in range(2):
        tasks.tell_overdue(after, days_on(8))
    (notice,) = inbox_of(place.clerk)
    assert "12345 热线" in notice.subject and "井盖" not in notice.body and "state=overdue" in notice.link
    actions.nudge(transfer, how="打了承办窗口的电话", by=place.clerk, at=days_on(8))
    (nudge,) = queries.nudges_of(place.clerk, transfer)
    assert (nudge.nudged_on, nudge.how) == (after, "打了承办窗口的电话")
    with pytest.raises(Refusal, match="怎么催"):
        actions.nudge(transfer, how=" ", by=place.clerk, at=days_on(8))
    actions.take_answer(transfer, answer="修好了。", on=after, by=place.clerk, at=days_on(8))
    assert not queries.transfers_overdue(place.clerk, after).exists()
    with pytest.raises(WrongState):
        actions.nudge(transfer, how="再催", by=place.clerk, at=days_on(8))


def test_already_with_another_system_is_noted_and_seen_under_the_receipt():
    place = district()
    report = report_in(place)
    actions.record_elsewhere(report, system="12345 热线", number="ZX-9", by=place.clerk, at=MORNING)
    kept = fresh(report)
    assert (kept.elsewhere, kept.elsewhere_number, kept.state) == ("12345 热线", "ZX-9", "received")
    (shown,) = queries.transfers_of_receipt(holder_of(report))
    assert (shown.kind, shown.system, shown.number) == ("own", "12345 热线", "ZX-9")
    assert b"ZX-9" not in b"".join(bytes(one.body) for one in LedgerEntry.unscoped.all())
    with pytest.raises(Refusal, match="已经找过哪里"):
        actions.record_elsewhere(report, system="", number="", by=place.clerk, at=MORNING)


def test_a_withdrawn_report_takes_no_answer_and_leaves_the_lists():
    place = district()
    (transfer,) = with_them(place)
    actions.take_return(transfer, because="不属于", by=place.clerk, at=MORNING)
    withdraw(fresh(transfer.report), by=holder_of(transfer.report), at=MORNING)
    assert queries.get_transfer_for(place.clerk, transfer.code) is None
    with pytest.raises(WrongState, match="撤回了这一条"):
        actions.record_number(transfer, number="1", by=place.clerk, at=MORNING)


def test_nothing_of_an_erased_report_is_left_in_its_transfer():
    place = district()
    (transfer,) = with_them(place)
    actions.take_answer(transfer, answer="修好了。", on=TODAY, by=place.clerk, at=MORNING)
    Report.unscoped.filter(pk=transfer.report_id).update(erased_at=MORNING)
    tasks.sweep(TODAY, MORNING)
    left = fresh(transfer)
    assert (left.words, left.place, left.answer, left.number) == ("", "", "", "") and left.state == "answered"


def test_each_transfer_is_the_offices_own_and_a_receipt_opens_its_own_course_alone():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    (transfer,) = with_them(place)
    other = report_in(place, "别人的。")
    assert queries.get_transfer_for(place.leader, transfer.code) == transfer
    strangers = (elsewhere.clerk, place.admin, place.keeper, place.member, place.unit, place.officer, place.reviewer,
                 place.authority_clerk, Public(place.committee.pk), holder_of(transfer.report))  # fmt: skip
    for viewer in strangers:
        assert queries.get_transfer_for(viewer, transfer.code) is None, viewer
        assert queries.get_sheet_for(viewer, transfer.sheet.code) is None, viewer
    assert queries.transfers_of_receipt(holder_of(other)) == [] == queries.transfers_of_receipt(place.clerk)
    for by in strangers[:-2]:
        with pytest.raises(NotYours):
            actions.record_number(transfer, number="1", by=by, at=MORNING)
        with pytest.raises(NotYours):
            actions.hand_sheet_over(transfer.sheet, on=TODAY, by=by, at=MORNING)
    assert OtherSystem.unscoped.count() == 1


def test_a_clerk_may_not_change_the_systems():
    place = district()
    with pytest.raises(NotYours):
        actions.describe_system(None, committee=place.committee, name="别的", sheet_kind="csv", columns=[("内容", "words", "")],
                                number_format="", answer_days=5, by=place.clerk, at=MORNING)  # fmt: skip
