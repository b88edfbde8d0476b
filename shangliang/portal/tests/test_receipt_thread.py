"""The receipt page's thread: open questions and their clock, who has read it, contacts, what was locked or erased."""

from datetime import timedelta

import pytest

from shangliang.foundation import clock
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people.tests.factories import MORNING
from shangliang.portal.readers import readers_of
from shangliang.portal.receipts import receipt_page_of
from shangliang.reports import actions
from shangliang.reports.actions.erasing import erase_withdrawn
from shangliang.reports.actions.questions import go_on_without_answers
from shangliang.reports.tests.factories import (
    ACCUSING,
    WORDS,
    asked_report,
    gathered_matter,
    holder_of,
    report_in,
)

pytestmark = pytest.mark.django_db
TODAY = clock.day_of(MORNING)


def page_on(report, days):
    return receipt_page_of(ReceiptHolder(report.pk), TODAY + timedelta(days=days))


def test_the_page_says_how_long_we_have_waited_and_until_when(place):
    report = asked_report(place)
    assert "9月18日" in page_on(report, 0).waiting.note and "已经等了" not in page_on(report, 0).waiting.note
    assert "已经等了 3 天" in page_on(report, 3).waiting.note


def test_all_open_questions_stand_on_the_page_also_when_we_went_on_without_an_answer(place):
    report = asked_report(place, "大概几点？")
    actions.ask(report, words="在哪一侧？", by=place.leader, at=MORNING + timedelta(hours=1))
    assert [one.text for one in page_on(report, 0).questions] == ["大概几点？", "在哪一侧？"]
    go_on_without_answers(TODAY + timedelta(days=10), MORNING + timedelta(days=10))
    assert len(page_on(report, 11).questions) == 2 and page_on(report, 11).may_add
    actions.answer(report, words="已经办好了。", by=place.clerk, at=MORNING + timedelta(days=12))
    assert not page_on(report, 12).questions


def test_who_read_it_stands_there_by_role_and_day_and_never_by_name(place):
    report, other = report_in(place), report_in(place)
    assert not page_on(report, 0).readers
    actions.record_reading(report, by=place.clerk, at=MORNING)
    actions.record_reading(report, by=place.leader, at=MORNING + timedelta(days=2))
    actions.record_reading(report, by=place.unit, at=MORNING + timedelta(days=3))
    office, unit = readers_of(holder_of(report), report)
    assert (office.who, office.on, office.what) == ("政协办公室工作人员", TODAY, "")
    assert unit.who == place.lead_unit.name and "看不到您的原话" in unit.what
    assert not page_on(other, 0).readers
    names = {one.person.name for one in place.appointments.values()}
    assert not [one for one in page_on(report, 3).readers if one.who in names]


def test_the_page_knows_which_contacts_are_left_but_not_what_they_are(place):
    report = report_in(place)
    assert page_on(report, 0).left_contacts == [] and page_on(report, 0).may_leave_contact
    actions.leave_contact(
        report, what="mail", value="a@example.org", has_agreed=True, by=holder_of(report), at=MORNING
    )
    assert page_on(report, 0).left_contacts == ["mail"]
    actions.take_back_consent(report, what="mail", by=holder_of(report), at=MORNING)
    assert page_on(report, 0).left_contacts == []


def test_locked_words_stand_on_the_writer_s_own_page(place):
    report = gathered_matter(place).reports.get()
    actions.add_words(report, text=ACCUSING, by=holder_of(report), at=MORNING)
    shown = [(str(step.title), str(step.words)) for step in page_on(report, 0).steps]
    assert ("您又补充，只给专办员看", ACCUSING) in shown


def test_the_page_of_an_erased_report_says_so(place):
    report = asked_report(place)
    actions.withdraw(report, by=holder_of(report), at=MORNING)
    assert WORDS in str(page_on(report, 1).steps)
    erase_withdrawn(TODAY + timedelta(days=30), MORNING)
    (step,) = page_on(report, 31).steps
    assert "彻底删掉" in str(step.text) and not step.words
