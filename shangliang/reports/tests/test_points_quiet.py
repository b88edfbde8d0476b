"""Is it still up? Asked when a point has long been quiet, once, answered by anybody in charge, asked again much later."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shangliang.foundation.models import LedgerEntry, Message
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.people.actions import change_setting
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import tasks
from shangliang.reports.actions import point_checks
from shangliang.reports.actions.point_checks import answer_check, ask_about_quiet_points
from shangliang.reports.actions.point_duties import put_in_charge
from shangliang.reports.actions.points import close_point, reopen_point, rotate_code
from shangliang.reports.models import PointCheck
from shangliang.reports.queries import quiet_points
from shangliang.reports.queries.points import points_with_counts
from shangliang.reports.tests.factories import ACCUSING, held_report, point_in, report_in

pytestmark = pytest.mark.django_db
EIGHT_WEEKS = MORNING + timedelta(weeks=8)


def asked_after(place, weeks=8, **more):
    point = point_in(place, **more)
    ask_about_quiet_points(MORNING + timedelta(weeks=weeks))
    return PointCheck.unscoped.filter(point=point).first()


def test_a_quiet_point_is_asked_about_once_with_a_notice_to_the_office_and_whoever_is_in_charge():
    place = district()
    point = point_in(place)
    put_in_charge(point, appointment=place.appointments["member"], by=place.clerk, at=MORNING)
    assert ask_about_quiet_points(EIGHT_WEEKS) == 1
    assert ask_about_quiet_points(EIGHT_WEEKS + timedelta(days=3)) == 0
    check = PointCheck.unscoped.get()
    assert check.asked_on == EIGHT_WEEKS.date() and check.answered_on is None
    told = Message.unscoped.filter(link=f"/points/{point.code}/check/")
    assert {one.appointment for one in told} == {place.appointments[who].pk for who in ("clerk", "member")}
    assert "8 个星期" in told[0].body and "不用专门跑" in told[0].body
    assert LedgerEntry.unscoped.filter(verb="point.ask").count() == 1
    assert points_with_counts(place.clerk, EIGHT_WEEKS.date()).get().asked_on == check.asked_on


def test_the_daily_job_asks_by_what_is_known_now_even_for_a_day_caught_up_late():
    place = district()
    report_in(place, point=point_in(place), at=EIGHT_WEEKS)
    assert any(job.name == "reports.ask_quiet_points" for job in tasks.JOBS)
    tasks.ask_quiet_points(EIGHT_WEEKS.date() - timedelta(days=1), EIGHT_WEEKS)
    assert not PointCheck.unscoped.exists()
    tasks.ask_quiet_points(EIGHT_WEEKS.date(), EIGHT_WEEKS + timedelta(weeks=8))
    assert PointCheck.unscoped.count() == 1


def test_a_day_too_early_and_a_point_that_was_heard_are_not_asked_about():
    place = district()
    assert asked_after(place, weeks=7) is None
    point = point_in(place, name="另一个")
    report_in(place, point=point, at=MORNING + timedelta(days=1))
    ask_about_quiet_points(EIGHT_WEEKS)
    assert not PointCheck.unscoped.filter(point=point).exists()
    ask_about_quiet_points(EIGHT_WEEKS + timedelta(days=1))
    assert PointCheck.unscoped.filter(point=point).exists()


def test_the_number_of_weeks_is_the_committees_own():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    change_setting(committee=place.committee, key="quiet_point_weeks", value=3, by=place.leader, at=MORNING)
    here, there = point_in(place), point_in(elsewhere)
    ask_about_quiet_points(MORNING + timedelta(weeks=3))
    assert [one.point for one in PointCheck.unscoped.select_related("point")] == [here] != [there]


def test_a_locked_report_keeps_no_question_away():
    """Otherwise a point that shows no report and is never asked about would betray one."""
    place = district()
    point = point_in(place)
    held_report(place, point=point, at=EIGHT_WEEKS)
    assert ask_about_quiet_points(EIGHT_WEEKS) == 1


def test_were_locked_reports_counted_the_silence_would_betray_one(monkeypatch):
    """The mutant: every report counts."""
    place = district()
    point = point_in(place)
    report_in(place, ACCUSING, point=point, at=EIGHT_WEEKS)
    monkeypatch.setattr(quiet_points, "NOT_ON_THE_DESK", ())
    assert ask_about_quiet_points(EIGHT_WEEKS) == 0


def test_closed_reopened_and_newly_coded_points_are_not_asked_about():
    place = district()
    closed, again, fresh = (point_in(place, name=name) for name in ("停用", "重开", "换码"))
    for point in (closed, again):
        close_point(point, by=place.clerk, at=MORNING)
    reopen_point(again, by=place.clerk, at=EIGHT_WEEKS - timedelta(days=2))
    rotate_code(fresh, leads_until=None, by=place.clerk, at=EIGHT_WEEKS - timedelta(days=2))
    assert ask_about_quiet_points(EIGHT_WEEKS) == 0
    assert ask_about_quiet_points(EIGHT_WEEKS + timedelta(weeks=8)) == 2
    assert set(PointCheck.unscoped.values_list("point__name", flat=True)) == {"重开", "换码"}


@pytest.mark.parametrize(("who", "finding"), [("clerk", "up"), ("leader", "gone"), ("member", "damaged")])
def test_an_answer_closes_the_question_and_the_notices(who, finding):
    place = district()
    check = asked_after(place)
    put_in_charge(check.point, appointment=place.appointments["member"], by=place.clerk, at=MORNING)
    answer_check(check, finding=finding, note=" 被新公告盖住 ", by=place.viewers[who], at=EIGHT_WEEKS)
    kept = PointCheck.unscoped.get()
    assert (kept.finding, kept.note, kept.answered_on) == (finding, "被新公告盖住", EIGHT_WEEKS.date())
    assert kept.appointment == place.viewers[who].appointment_id
    line = LedgerEntry.unscoped.get(verb="point.check")
    assert "盖住" not in bytes(line.body).decode()
    link = f"/points/{check.point.code}/check/"
    assert not Message.unscoped.filter(link=link, read_at=None).exists()
    reported = Message.unscoped.filter(link=f"/points/{check.point.code}/")
    assert reported.exists() is (who == "member")


def test_after_an_answer_nobody_is_asked_for_the_same_number_of_weeks():
    place = district()
    check = asked_after(place)
    answer_check(check, finding="up", note="", by=place.clerk, at=EIGHT_WEEKS)
    assert ask_about_quiet_points(EIGHT_WEEKS + timedelta(days=55)) == 0
    assert ask_about_quiet_points(EIGHT_WEEKS + timedelta(days=56)) == 1


def test_were_answers_forgotten_the_office_would_be_asked_every_day(monkeypatch):
    """The mutant: an answered question no longer counts."""
    place = district()
    check = asked_after(place)
    answer_check(check, finding="up", note="", by=place.clerk, at=EIGHT_WEEKS)
    monkeypatch.setattr(quiet_points, "_seen_to_after", lambda _since: PointCheck.unscoped.none())
    assert ask_about_quiet_points(EIGHT_WEEKS + timedelta(days=1)) == 1


def test_the_database_keeps_one_open_question_per_point():
    place = district()
    check = asked_after(place)
    with pytest.raises(IntegrityError), transaction.atomic():
        PointCheck(point=check.point, asked_on=MORNING.date()).save(force_insert=True)


def test_a_second_answer_another_word_and_a_stranger_are_refused():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    check = asked_after(place)
    said = {"note": "", "at": EIGHT_WEEKS}
    with pytest.raises(Refusal, match="选一下"):
        answer_check(check, finding="perhaps", by=place.clerk, **said)
    for viewer in (place.member, place.keeper, place.officer, place.unit, place.admin, elsewhere.clerk):
        with pytest.raises(NotYours):
            answer_check(check, finding="up", by=viewer, **said)
    stale = PointCheck.unscoped.get()
    answer_check(check, finding="up", by=place.clerk, **said)
    with pytest.raises(WrongState, match="已经有人"):
        answer_check(stale, finding="gone", by=place.clerk, **said)
    assert PointCheck.unscoped.get().finding == "up"


def test_closing_the_point_takes_the_question_back():
    place = district()
    check = asked_after(place)
    close_point(check.point, by=place.clerk, at=EIGHT_WEEKS)
    kept = PointCheck.unscoped.get()
    assert kept.answered_on and kept.finding == ""
    assert not Message.unscoped.filter(link__endswith="/check/", read_at=None).exists()


def test_what_was_heard_while_the_job_ran_is_seen_under_the_lock(monkeypatch):
    place = district()
    point = point_in(place)
    seen = [[point]]
    real = point_checks.quiet_points
    monkeypatch.setattr(
        point_checks, "quiet_points", lambda *said: seen.pop() if len(said) == 2 else real(*said)
    )
    report_in(place, point=point, at=EIGHT_WEEKS)
    assert ask_about_quiet_points(EIGHT_WEEKS) == 0


def sit(client, place, who):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_office_answers_on_the_page_and_is_offered_another_print_or_code(client):
    place = district()
    point = asked_after(place).point
    sit(client, place, "clerk")
    address = f"/points/{point.code}/check/"
    assert address in client.get("/points/").content.decode()
    assert client.post(address, {"finding": "", "note": "雨淋坏了"}).status_code == 422
    assert client.post(address, {"finding": "damaged", "note": "雨淋坏了"})["Location"] == address
    shown = client.get(address).content.decode()
    assert "再印一张" in shown and f"/points/{point.code}/code/" in shown and "雨淋坏了" in shown
    late = client.post(address, {"finding": "up", "note": "我看还在"})
    assert late.status_code == 422
    assert "已经有人看过" in late.content.decode() and "我看还在" in late.content.decode()


def test_whoever_is_in_charge_answers_and_is_offered_no_office_work(client):
    place = district()
    point = asked_after(place).point
    address = f"/points/{point.code}/check/"
    assert sit(client, place, "member").get(address).status_code == 404
    put_in_charge(point, appointment=place.appointments["member"], by=place.clerk, at=MORNING)
    assert address in client.get("/points/mine/").content.decode()
    client.post(address, {"finding": "gone"})
    shown = client.get(address).content.decode()
    assert "已经告诉办公室" in shown and "换码" not in shown and "/poster/" not in shown


def test_a_point_nobody_asked_about_has_a_page_that_says_so(client):
    place = district()
    point = point_in(place)
    old = point.code
    rotate_code(point, leads_until=None, by=place.clerk, at=MORNING)
    sit(client, place, "clerk")
    shown = client.post(f"/points/{old}/check/", {"finding": "up"}, follow=True).content.decode()
    assert "现在没有要问的" in shown and "不用答" in shown
