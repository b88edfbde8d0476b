"""With the receipt in hand: answer, add, withdraw. Nobody else may, and nothing of it is a file on a person."""

import pytest

from shangliang.foundation.models import LedgerEntry, Message, VaultItem
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Public
from shangliang.reports.actions import add_words, reply, withdraw
from shangliang.reports.actions.joining import join
from shangliang.reports.actions.screening import answer, bank
from shangliang.reports.models import Report, SimilarGram, ThreadEntry, ThreadKind
from shangliang.reports.queries import photos_of, reports_of, reports_seen_by, thread_of
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import (
    ACCUSING,
    MORNING,
    asked_report,
    district,
    gathered_matter,
    held_report,
    holder_of,
    picture,
    report_in,
)

pytestmark = pytest.mark.django_db


def inbox(viewer):
    return list(Message.unscoped.filter(appointment=viewer.appointment_id).values_list("subject", flat=True))


def test_an_answer_brings_the_report_back_to_the_desk_and_tells_who_asked():
    place = district()
    report = asked_report(place)
    entry = reply(report, text="早上七点半到八点", by=holder_of(report), at=MORNING)
    assert (report.state, entry.kind) == (ReportState.RECEIVED, ThreadKind.ANSWER)
    assert "反映人回话了" in inbox(place.clerk) and not inbox(place.leader)
    told = Message.unscoped.get(appointment=place.clerk.appointment_id)
    assert report.code in told.link and "七点半" not in told.body + told.subject
    line = bytes(LedgerEntry.unscoped.get(verb="report.reply").body).decode()
    assert '"as":"reporter"' in line and "七点半" not in line


def test_an_answer_nobody_asked_for_is_refused():
    report = report_in(district())
    with pytest.raises(WrongState):
        reply(report, text="我再说一句", by=holder_of(report), at=MORNING)
    assert not ThreadEntry.unscoped.exists()


def test_an_empty_answer_is_refused():
    report = asked_report(district())
    with pytest.raises(Refusal, match="还没写"):
        reply(report, text=" \u200b\n".replace("\u200b", ""), by=holder_of(report), at=MORNING)
    assert report.state == ReportState.ASKED


@pytest.mark.parametrize(
    "act",
    [
        lambda report, by: reply(report, text="话", by=by, at=MORNING),
        lambda report, by: add_words(report, text="话", by=by, at=MORNING),
        lambda report, by: withdraw(report, by=by, at=MORNING),
    ],
)
def test_without_this_very_receipt_nothing_can_be_done(act):
    place = district()
    report, other = asked_report(place), report_in(place)
    for by in (holder_of(other), place.clerk, place.leader, place.officer, Public(place.committee.pk)):
        with pytest.raises(NotYours):
            act(report, by)
    assert Report.unscoped.get(pk=report.pk).state == ReportState.ASKED


def test_words_and_pictures_are_added_while_the_report_is_open():
    place = district()
    report = report_in(place)
    add_words(report, text="晚上更堵", photos=[picture()], by=holder_of(report), at=MORNING)
    add_words(report, photos=[picture()], by=holder_of(report), at=MORNING)
    said = [one.text for one in thread_of(holder_of(report), report)]
    assert said == ["晚上更堵", "补了 1 张照片。"]
    assert photos_of(place.clerk, report).count() == 2


def test_adding_goes_on_in_the_bank_in_a_matter_and_in_the_locked_queue():
    place = district()
    kept, held = report_in(place), held_report(place)
    bank(kept, words="先留着", by=place.clerk, at=MORNING)
    matter = gathered_matter(place)
    taken = reports_of(place.clerk, matter).get()
    for report in (kept, taken, held):
        assert (
            add_words(report, text="再说一句", by=holder_of(report), at=MORNING).kind == ThreadKind.ADDITION
        )


def test_nothing_and_a_report_that_has_ended_take_no_addition():
    place = district()
    report = report_in(place)
    with pytest.raises(Refusal, match="还没写"):
        add_words(report, text="  ", by=holder_of(report), at=MORNING)
    with pytest.raises(Refusal, match="不是能打开的照片"):
        add_words(report, text="好的", photos=[b"GIF89a nonsense"], by=holder_of(report), at=MORNING)
    answer(report, words="已经修好了，您看看。", by=place.clerk, at=MORNING)
    with pytest.raises(WrongState, match="已经有了答复"):
        add_words(report, text="还有一句", by=holder_of(report), at=MORNING)


def test_the_same_addition_pressed_twice_stands_once():
    report = report_in(district())
    for _press in range(2):
        add_words(report, text="晚上更堵", by=holder_of(report), at=MORNING)
    assert ThreadEntry.unscoped.filter(kind=ThreadKind.ADDITION).count() == 1


def test_pictures_of_one_report_have_a_limit():
    report = report_in(district(), photos=[picture()] * 4)
    for _more in range(2):
        add_words(report, photos=[picture()] * 4, by=holder_of(report), at=MORNING)
    with pytest.raises(Refusal, match="最多 12 张"):
        add_words(report, photos=[picture()], by=holder_of(report), at=MORNING)


def test_an_accusation_added_later_locks_a_waiting_report_away():
    place = district()
    report = asked_report(place)
    reply(report, text=ACCUSING, by=holder_of(report), at=MORNING)
    report.refresh_from_db()
    assert report.state == ReportState.HELD and not SimilarGram.unscoped.exists()
    assert not reports_seen_by(place.clerk).exists() and reports_seen_by(place.officer).get() == report


def test_withdrawing_deletes_the_contact_at_once_and_takes_the_words_off_the_desk():
    place = district()
    report = report_in(place, contact="13900001111", may_unit_call=True, consent_version="1")
    withdraw(report, by=holder_of(report), at=MORNING)
    kept = Report.unscoped.get()
    assert (kept.state, kept.contact_handle, kept.may_unit_call) == (ReportState.WITHDRAWN, "", False)
    assert not VaultItem.unscoped.exists() and not SimilarGram.unscoped.exists()
    assert not reports_seen_by(place.clerk).exists() and not inbox(place.clerk)
    assert LedgerEntry.unscoped.filter(verb="report.withdraw").count() == 1


def test_withdrawing_from_a_matter_leaves_the_others_and_tells_the_clerks():
    place = district()
    matter, mine = gathered_matter(place), report_in(place)
    join(mine, matter, by=place.clerk, at=MORNING)
    withdraw(mine, by=holder_of(mine), at=MORNING)
    assert [one.matter for one in reports_of(place.clerk, matter)] == [matter]
    assert f"{matter.code} 有一条被撤回" in inbox(place.clerk)


def test_a_locked_report_can_be_withdrawn_and_then_the_officers_see_it_no_more():
    place = district()
    report = held_report(place)
    withdraw(report, by=holder_of(report), at=MORNING)
    assert not reports_seen_by(place.officer).exists()


def test_what_was_answered_or_withdrawn_cannot_be_withdrawn():
    place = district()
    done, gone = report_in(place), report_in(place)
    answer(done, words="已经修好了。", by=place.clerk, at=MORNING)
    withdraw(gone, by=holder_of(gone), at=MORNING)
    for report in (done, gone):
        with pytest.raises(WrongState):
            withdraw(report, by=holder_of(report), at=MORNING)
