"""Words added later that accuse somebody: the report is locked in the bank; of a joined one those words alone are."""

from datetime import timedelta

import pytest

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.queries import inbox_of
from shangliang.foundation.refusals import AlreadyDone, NotYours
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Report, ThreadEntry
from shangliang.reports.queries import get_report_for, thread_of
from shangliang.reports.queries.desk import whole_thread_of
from shangliang.reports.queries.readings import locked_words
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import ACCUSING, gathered_matter, holder_of, report_in

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=3)


@pytest.fixture
def place():
    return district()


def taken(place):
    report = gathered_matter(place).reports.get()
    entry = actions.add_words(report, text=ACCUSING, by=holder_of(report), at=LATER)
    return Report.unscoped.select_related("matter").get(pk=report.pk), ThreadEntry.unscoped.get(pk=entry.pk)


def texts(viewer, report):
    return [one.text for one in thread_of(viewer, report)]


def test_an_accusation_added_to_what_lies_in_the_bank_locks_it_away(place):
    report = report_in(place)
    actions.bank(report, words="先留着。", by=place.clerk, at=MORNING)
    actions.add_words(report, text=ACCUSING, by=holder_of(report), at=LATER)
    assert Report.unscoped.get().state == ReportState.HELD
    assert get_report_for(place.clerk, report.code) is None and inbox_of(place.officer).count() == 1
    assert not inbox_of(place.clerk).exists()


def test_of_a_joined_report_those_words_alone_are_locked_and_both_sides_are_told(place):
    report, entry = taken(place)
    assert report.state == ReportState.TAKEN and entry.is_locked
    for viewer in (place.clerk, place.leader):
        assert ACCUSING not in texts(viewer, report)
        assert ACCUSING not in [one.text for one in whole_thread_of(viewer, report)]
        assert any("在专办员那里" in one for one in texts(viewer, report))
    assert ACCUSING in texts(holder_of(report), report)
    assert [one.pk for one in locked_words(place.officer)] == [entry.pk]
    for viewer in (place.clerk, place.leader, place.admin, place.member, holder_of(report)):
        assert not locked_words(viewer).exists()
    assert inbox_of(place.officer).count() == 1 and not inbox_of(place.clerk).exists()
    assert LedgerEntry.unscoped.filter(verb="report.lock_words").count() == 1


def test_the_office_s_pages_never_show_locked_words(client, place, clock):
    report, _entry = taken(place)
    client.force_login(
        place.appointments["clerk"].person, backend="django.contrib.auth.backends.ModelBackend"
    )
    page = client.get(f"/desk/{report.code}/").content.decode()
    assert "赵德贵" not in page and "在专办员那里" in page


def test_an_officer_reads_them_on_the_queue_and_puts_them_back(client, place, clock):
    report, entry = taken(place)
    client.force_login(
        place.appointments["officer"].person, backend="django.contrib.auth.backends.ModelBackend"
    )
    assert "赵德贵" in client.get("/officers/").content.decode()
    assert client.post("/officers/words/release/", {"line": "0"}).status_code == 404
    assert client.post("/officers/words/release/", {"line": "abc"}).status_code == 404
    assert client.post("/officers/words/release/", {"line": str(entry.pk)}).status_code == 302
    assert ACCUSING in texts(place.clerk, report) and inbox_of(place.clerk).count() == 1
    assert "赵德贵" not in client.get("/officers/").content.decode()


def test_nobody_else_puts_them_back_and_only_once(place):
    elsewhere = district("linhe", "LH", "临河区政协")
    _report, entry = taken(place)
    for by in (place.clerk, place.leader, place.admin, place.member, elsewhere.officer):
        with pytest.raises(NotYours):
            actions.release_words(entry, by=by, at=LATER)
    assert not locked_words(elsewhere.officer).exists()
    actions.release_words(entry, by=place.second_officer, at=LATER)
    with pytest.raises(AlreadyDone):
        actions.release_words(entry, by=place.officer, at=LATER)


def test_plain_words_added_to_a_joined_report_tell_the_clerks_that_something_came(place):
    report = gathered_matter(place).reports.get()
    actions.add_words(report, text="晚上也堵", by=holder_of(report), at=LATER)
    told = inbox_of(place.clerk).get()
    assert told.subject == "反映人又补充了" and "晚上也堵" not in told.body and report.code in told.link
    assert not locked_words(place.officer).exists()
