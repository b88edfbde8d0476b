"""What was taken back leaves no word behind in what protection keeps, and asks its reporter nothing any more."""

from datetime import timedelta

import pytest

from shangliang.foundation import clock
from shangliang.people.tests.factories import MORNING, district
from shangliang.protection import actions, queries
from shangliang.protection.actions.forgetting import forget_erased
from shangliang.protection.models import Against, ConsentAsk, SafeText
from shangliang.protection.tests.factories import dispatch_text, locked, taken_report
from shangliang.reports import actions as reports
from shangliang.reports.actions.erasing import erase_withdrawn
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import holder_of

pytestmark = pytest.mark.django_db
CANARY = "金丝雀对面那棵歪脖子树"
MUCH_LATER = MORNING + timedelta(days=60)


@pytest.fixture
def place():
    return district()


def taken_back(report):
    reports.withdraw(Report.unscoped.get(pk=report.pk), by=holder_of(report), at=MORNING)


def test_texts_and_questions_of_an_erased_report_are_emptied_and_no_others(place):
    kept, gone = taken_report(place), taken_report(place)
    for report in (kept, gone):
        actions.answer_exposure(report, households="many", by=place.clerk, at=MORNING)
        dispatch_text(place, report, f"{CANARY}旁边路灯不亮。")
        dispatch_text(place, report, f"{CANARY}旁边路灯不亮，改过。")
    asked = locked(place)
    ask = actions.ask_consent(asked.report, words=f"您说的{CANARY}，给单位看吗？", by=place.clerk, at=MORNING)
    actions.name_unit(gone, place.lead_unit, by=place.clerk, at=MORNING)
    taken_back(gone)
    taken_back(asked.report)
    assert forget_erased() == 0, "withdrawn, not erased yet"
    assert erase_withdrawn(clock.day_of(MUCH_LATER), MUCH_LATER) == 2
    assert forget_erased() == 3 and forget_erased() == 0
    assert set(SafeText.unscoped.filter(report=gone).values_list("text", "text_salt")) == {("", "")}
    assert SafeText.unscoped.filter(report=kept, text__contains=CANARY).count() == 2
    assert ConsentAsk.unscoped.get(pk=ask.pk).words == ""
    assert Against.unscoped.filter(report=gone, unnamed_at=None).exists(), "a member's finding carries it on"


def test_whoever_took_it_back_is_asked_nothing_any_more(place):
    row = locked(place)
    actions.ask_consent(row.report, by=place.clerk, at=MORNING)
    assert queries.consent_question(holder_of(row.report)) is not None
    taken_back(row.report)
    assert queries.consent_question(holder_of(row.report)) is None
