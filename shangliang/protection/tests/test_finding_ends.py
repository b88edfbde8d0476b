"""A member's own finding never leaves the office without a next step."""

from datetime import timedelta

import pytest

from shangliang.foundation.refusals import WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.protection import actions
from shangliang.protection.models import Exposure, Finding
from shangliang.protection.states import ExposureState, FindingState
from shangliang.protection.tests.factories import HINT, asked_member, member_of
from shangliang.reports import actions as reports
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import ACCUSING, gathered_matter

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=2)


@pytest.fixture
def place():
    return district()


@pytest.fixture
def acts(place):
    return {"by": place.clerk, "at": LATER}


def written(place, text="我去看了，放学时两侧停满车。"):
    said = {"text": text, "form_key": "k" * 32, "by": place.member, "at": LATER}
    actions.raise_own(asked_member(place), **said)
    return Finding.unscoped.select_related("exposure__report__matter", "report__matter").get()


def test_words_the_office_joined_and_answered_for_by_itself_are_taken_in_all_the_same(place, acts):
    finding = written(place)
    reports.join(finding.report, finding.exposure.report.matter, **acts)
    actions.answer_exposure(Report.unscoped.get(pk=finding.report_id), households="many", **acts)
    actions.take_in_finding(Finding.unscoped.select_related("exposure__report", "report").get(), **acts)
    assert Finding.unscoped.get().state == FindingState.JOINED
    assert Exposure.unscoped.get(pk=finding.exposure_id).state == ExposureState.BY_MEMBER


def test_words_that_stand_in_another_matter_do_not_silence_the_first_report(place, acts):
    finding = written(place)
    reports.join(finding.report, gathered_matter(place), **acts)
    with pytest.raises(WrongState, match="别的事项"):
        actions.take_in_finding(Finding.unscoped.select_related("exposure__report", "report").get(), **acts)
    assert Exposure.unscoped.get(pk=finding.exposure_id).state == ExposureState.LOCKED


def test_words_that_were_locked_away_can_be_let_go_and_another_member_asked(place, acts):
    finding = written(place, ACCUSING)
    with pytest.raises(WrongState):
        actions.take_in_finding(finding, **acts)
    actions.call_back_finding(finding, **acts)
    first = finding.exposure.report
    assert actions.ask_member(first, member=member_of(place), hint=HINT, **acts).state == FindingState.ASKED
