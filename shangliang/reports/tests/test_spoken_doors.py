"""Words of a recording, once written down, meet the same doors as typed ones, wherever the report lies by then."""

from datetime import timedelta

import pytest

from shangliang.foundation import clock
from shangliang.reports import actions, rules
from shangliang.reports.actions.joining import raise_matter
from shangliang.reports.actions.recordings import forget_old_recordings, write_down
from shangliang.reports.models import Recording, Report, SimilarGram, ThreadEntry
from shangliang.reports.queries import thread_of
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import ACCUSING, MORNING, WORDS, district, holder_of, spoken_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return district()


def written(report, place, text):
    said = {"text": text, "has_listened": True, "by": place.clerk, "at": MORNING}
    return write_down(Report.unscoped.select_related("matter").get(pk=report.pk), **said)


def test_an_accusation_in_what_lies_in_the_bank_is_locked_away(place):
    report = spoken_report(place)
    actions.bank(report, words="先留着。", by=place.clerk, at=MORNING)
    assert written(report, place, ACCUSING).state == ReportState.HELD
    assert not SimilarGram.unscoped.filter(report_id=report.pk).exists()


def test_an_accusation_in_what_is_joined_already_is_locked_alone(place):
    report = spoken_report(place, WORDS)
    raise_matter(report, title="校门口的车", by=place.clerk, at=MORNING)
    kept = written(report, place, ACCUSING)
    kept.refresh_from_db()
    assert (kept.state, kept.text) == (ReportState.TAKEN, WORDS) and not Recording.unscoped.exists()
    line = ThreadEntry.unscoped.get(is_locked=True)
    assert ACCUSING in line.text and line not in thread_of(place.clerk, kept)
    assert line in thread_of(holder_of(kept), kept)


def test_danger_in_what_was_set_aside_puts_it_into_the_queue(place):
    quiet, urgent = (spoken_report(place, doubt=rules.UNPROVEN) for _each in range(2))
    assert urgent.set_aside == rules.UNPROVEN
    written(quiet, place, WORDS)
    written(urgent, place, "楼道里着火了，有人受伤")
    left = dict(Report.unscoped.values_list("pk", "set_aside"))
    assert left == {quiet.pk: rules.UNPROVEN, urgent.pk: ""}


def test_what_was_answered_meanwhile_does_not_come_back_into_the_index(place):
    report = spoken_report(place)
    actions.answer(report, words="看过了，今天就补。", by=place.clerk, at=MORNING)
    written(report, place, WORDS)
    assert not SimilarGram.unscoped.filter(report_id=report.pk).exists()


def test_whoever_spoke_is_told_when_a_recording_went_unheard(place):
    report = spoken_report(place)
    assert forget_old_recordings(clock.day_of(MORNING) + timedelta(days=30), MORNING) == 1
    told = thread_of(holder_of(report), report)
    assert [one.kind for one in told] == ["notice"] and "再补一句" in told[0].text
