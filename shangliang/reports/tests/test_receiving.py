"""Taking in a report: once per form key, the right door, one commit, and nothing that should not be kept."""

from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shangliang.analysis.same_matter import index_keys
from shangliang.foundation import codes, ledger, vault
from shangliang.foundation.files import read_file
from shangliang.foundation.models import LedgerEntry, Message, StoredFile, VaultItem
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.people.actions import change_setting
from shangliang.reports import rules
from shangliang.reports.actions import OtherBody, submit_report
from shangliang.reports.actions.points import close_point
from shangliang.reports.models import Matter, Report, ReportPhoto, SimilarGram
from shangliang.reports.queries import report_of_receipt
from shangliang.reports.states import MatterState, ReportState
from shangliang.reports.tests.factories import (
    ACCUSING,
    MARKED,
    MORNING,
    WORDS,
    district,
    picture,
    point_in,
    report_in,
    sent,
)

pytestmark = pytest.mark.django_db
KEY = "k" * 32


def moment(*parts):
    return timezone.make_aware(datetime(*parts))


def test_a_sentence_becomes_a_report_with_a_matter_of_its_own_and_a_receipt():
    place = district()
    received = sent(place, form_key=KEY, place="小学正门一带")
    report = Report.unscoped.select_related("matter").get()
    assert (report.state, report.matter.state) == (ReportState.RECEIVED, MatterState.UNSCREENED)
    assert (report.text, report.place, report.matter.title) == (WORDS, "小学正门一带", "")
    assert (
        received.bits == codes.receipt_bits(settings.PEPPER.encode(), KEY.encode()) and not received.is_repeat
    )
    assert report_of_receipt(received.bits) == report


def test_neither_the_form_key_nor_the_receipt_stands_in_the_database():
    place = district()
    received = sent(place, form_key=KEY)
    kept = repr(Report.unscoped.values().get()) + repr(LedgerEntry.unscoped.values_list("body").last())
    for secret in (KEY, codes.as_symbols(received.bits), codes.as_han(received.bits), received.bits.hex()):
        assert secret not in kept


def test_the_same_form_sent_again_gives_the_same_report_and_receipt():
    place = district()
    first = sent(place, form_key=KEY, photos=[picture()], contact="13900001111", consent_version="1")
    again = sent(place, form_key=KEY, photos=[picture()], contact="13900001111", consent_version="1")
    assert (again.report, again.bits, again.is_repeat) == (first.report, first.bits, True)
    assert Report.unscoped.count() == Matter.unscoped.count() == ReportPhoto.unscoped.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"text": "别的话"},
        {"place": "河边"},
        {"contact": "1", "consent_version": "1"},
        {"photos": [picture("red")]},
    ],
)
def test_the_same_form_with_another_body_is_refused_and_says_which_receipt_it_had(other):
    place = district()
    first = sent(place, form_key=KEY)
    with pytest.raises(OtherBody) as refused:
        sent(place, **{"form_key": KEY, "text": WORDS, **other})
    assert refused.value.bits == first.bits and "不一样" in str(refused.value)
    assert Report.unscoped.count() == 1


def test_the_ledger_keeps_a_commitment_and_not_a_word():
    report = report_in(district())
    line = LedgerEntry.unscoped.get(verb="report.receive")
    body = bytes(line.body).decode()
    assert line.subject == f"report:{report.code}" and '"as":"public"' in body
    assert ledger.commitment(WORDS, report.text_salt) in body and WORDS[:6] not in body


def test_taking_in_a_report_costs_few_statements():
    place = district()
    report_in(place)
    with CaptureQueriesContext(connection) as asked:
        report_in(place)
    assert len(asked) <= 10, [one["sql"][:60] for one in asked]


def test_the_first_answer_is_due_after_five_working_days():
    assert report_in(district(), at=moment(2026, 9, 8, 9)).answer_due_on == date(2026, 9, 15)


def test_the_first_answer_is_never_due_later_than_fifteen_days():
    place = district()
    change_setting(committee=place.committee, key="answer_days", value=15, by=place.admin, at=MORNING)
    assert report_in(place, at=moment(2026, 9, 8, 9)).answer_due_on == date(2026, 9, 23)


def test_a_year_without_a_day_table_turns_nobody_away_and_the_admin_is_told_once():
    place = district()
    reports = [report_in(place, at=moment(2028, 3, 1, 9)) for _ in range(2)]
    assert {one.answer_due_on for one in reports} == {date(2028, 3, 16)}
    told = Message.unscoped.filter(appointment=place.admin.appointment_id)
    assert [one.subject for one in told] == ["2028 年的工作日表还没录"]


def test_a_day_it_happened_on_may_differ_from_the_day_it_came():
    report = report_in(
        district(), happened_on=date(2026, 9, 1), entered_by=7, entry_source="窗口登记本第 3 页"
    )
    assert (report.happened_on, report.entered_by) == (date(2026, 9, 1), 7)
    assert report.received_at == MORNING


def test_contact_lies_sealed_in_the_vault_with_its_consent():
    report = report_in(district(), contact="139 0000 1111", may_unit_call=True, consent_version="2026-11")
    assert vault.unseal(report.contact_handle) == "139 0000 1111"
    assert b"0000" not in bytes(VaultItem.unscoped.get().sealed)
    assert report.may_unit_call and report.consent_version == "2026-11"


def test_contact_without_consent_is_refused_and_nothing_is_kept():
    with pytest.raises(Refusal, match="同意"):
        report_in(district(), contact="13900001111")
    assert not VaultItem.unscoped.exists() and not Report.unscoped.exists()


def test_nobody_may_call_who_left_no_number():
    report = report_in(district(), may_unit_call=True, consent_version="2026-11")
    assert not report.may_unit_call and not report.contact_handle and not report.consent_version


def test_pictures_are_redrawn_and_on_disk():
    report = report_in(district(), photos=[picture(), picture("red")])
    files = [one.file for one in report.photos.select_related("file")]
    assert len(files) == 2 and all(read_file(one).startswith(b"\xff\xd8\xff") for one in files)


@pytest.mark.parametrize(
    "photos, says",
    [
        ([b"no picture at all"], "不是能打开的照片"),
        ([b"\xff\xd8\xff" + bytes(12 * 1024 * 1024)], "12 MB"),
        ([picture()] * 5, "最多 4 张"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence_and_nothing_is_kept(photos, says):
    with pytest.raises(Refusal, match=says):
        report_in(district(), photos=photos)
    assert not Report.unscoped.exists() and not StoredFile.unscoped.exists() and not Matter.unscoped.exists()


@pytest.mark.parametrize("text, says", [("", "还没写"), (" \n\t", "还没写"), ("字" * 10_001, "多了 1 个字")])
def test_nothing_and_too_much_are_refused(text, says):
    with pytest.raises(Refusal, match=says):
        report_in(district(), text)


@pytest.mark.parametrize(
    "text", ["字" * 10_000, "\x00\x0b灯\x1b不亮", "🚧路断了👷‍♀️", "\u202e倒着写\u200f", "a\ud800b"]
)
def test_odd_texts_are_kept_as_text(text):
    report = report_in(district(), text)
    kept = Report.unscoped.get(pk=report.pk).text
    assert kept and not any(ord(one) < 32 for one in kept) and kept.encode()


def test_a_short_form_key_is_refused():
    with pytest.raises(Refusal, match="再点一次"):
        report_in(district(), form_key="k" * 21)


def test_a_closed_point_and_a_point_of_another_committee_take_nothing():
    place, other = district(), district("linhe", "LH", "临河区政协")
    point = point_in(place)
    with pytest.raises(Refusal, match="停用"):
        sent(other, point=point)
    close_point(point, by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="停用"):
        sent(place, point=point)


@pytest.mark.parametrize("who", ["admin", "unit", "reviewer", "authority_clerk", "officer"])
def test_only_residents_the_office_and_those_who_enter_for_somebody_send(who):
    place = district()
    with pytest.raises(NotYours):
        submit_report(
            committee=place.committee,
            form_key=KEY,
            text=WORDS,
            channel="qr",
            by=place.viewers[who],
            at=MORNING,
        )


def test_a_report_is_indexed_for_likeness_by_title_and_text():
    report = report_in(district(), title="校门口太挤")
    kept = SimilarGram.unscoped.filter(report_id=report.pk, committee_id=report.committee_id)
    assert sorted(kept.values_list("gram", flat=True)) == sorted(index_keys(f"校门口太挤\n{report.text}"))


@pytest.mark.parametrize("text, because", [(ACCUSING, rules.ACCUSATION), (MARKED, rules.MARKING)])
def test_an_accusation_and_a_marking_are_taken_in_and_locked_away(text, because):
    place = district()
    received = sent(place, text)
    report = Report.unscoped.get()
    assert (report.state, report.held_because) == (ReportState.HELD, because)
    assert not SimilarGram.unscoped.exists() and report_of_receipt(received.bits) == report
    told = Message.unscoped.values_list("appointment", flat=True)
    assert set(told) == {place.officer.appointment_id, place.second_officer.appointment_id}
    assert b'"task":"report_doors"' in bytes(LedgerEntry.unscoped.get(verb="report.hold").body)


def test_an_accusation_in_the_place_or_title_is_seen_too():
    assert report_in(district(), "请看标题", title=ACCUSING).state == ReportState.HELD


def test_ordinary_words_of_secrecy_and_danger_hold_nothing_up():
    place = district()
    for text in ("小区内部道路坑洼，秘密装了地锁", "厂里说这是商业机密", "楼道着火了，有人受伤"):
        assert report_in(place, text).state == ReportState.RECEIVED


def test_due_days_are_the_earlier_of_two_limits():
    day = date(2026, 9, 8)
    assert rules.answer_due(day, day + timedelta(days=7), 15) == day + timedelta(days=7)
    assert rules.answer_due(day, day + timedelta(days=20), 15) == day + timedelta(days=15)
    assert rules.answer_due(day, None, 15) == day + timedelta(days=15)


def test_danger_words_give_the_numbers_to_call():
    assert rules.danger_of("楼道着火了").numbers == ("119",)
    assert "12356" in rules.danger_of("我不想活了").numbers
    assert rules.danger_of("路灯不亮") is None
