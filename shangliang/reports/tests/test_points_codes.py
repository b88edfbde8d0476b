"""Another code for a point: the old one leads on for some days or stops at once, and is never given out again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.actions import points
from shangliang.reports.actions.points import close_point, revoke_code, rotate_code, stop_old_code
from shangliang.reports.models import ReportPoint, RetiredCode
from shangliang.reports.queries.doors import code_on_wall, open_points_beside, point_at
from shangliang.reports.queries.points import codes_of, get_point_for, get_point_once_at, retired_codes_of
from shangliang.reports.tests.factories import point_in

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()


def rotated(place, days=7, **more):
    point = point_in(place, **more)
    old = point.code
    until = None if days is None else TODAY + timedelta(days=days)
    return rotate_code(point, leads_until=until, by=place.clerk, at=MORNING), old


def test_a_rotated_point_has_a_new_code_and_the_old_one_is_kept_as_retired():
    place = district()
    point, old = rotated(place)
    kept = RetiredCode.unscoped.get()
    assert point.code != old and ReportPoint.unscoped.get().code == point.code
    assert (kept.code, kept.leads_until, kept.appointment) == (
        old,
        TODAY + timedelta(days=7),
        place.clerk.appointment_id,
    )
    assert LedgerEntry.unscoped.filter(verb="point.rotate", subject=f"reportpoint:{point.code}").count() == 1
    assert codes_of(point) == [point.code, old]


def test_the_old_code_leads_to_the_form_up_to_and_with_its_last_day():
    place = district()
    point, old = rotated(place)
    on_last, after = (code_on_wall(old, TODAY + timedelta(days=days)) for days in (7, 8))
    assert on_last.point == point and not on_last.was_changed
    assert after.was_changed and not after.was_revoked and after.point == point
    assert code_on_wall(point.code, TODAY).was_changed is False
    assert point_at(old) == point and code_on_wall("NEVERWAS", TODAY) is None


def test_a_revoked_code_stops_at_once():
    place = district()
    point = point_in(place)
    old = point.code
    revoke_code(point, by=place.leader, at=MORNING)
    found = code_on_wall(old, TODAY)
    assert found.was_changed and found.was_revoked
    assert LedgerEntry.unscoped.filter(verb="point.revoke").count() == 1


def test_an_old_code_is_stopped_before_its_day_and_only_once():
    place = district()
    _point, old = rotated(place)
    kept = RetiredCode.unscoped.get()
    stop_old_code(kept, by=place.clerk, at=MORNING)
    assert code_on_wall(old, TODAY).was_revoked
    assert LedgerEntry.unscoped.filter(verb="point.stop_old_code").count() == 1
    with pytest.raises(WrongState, match="已经停用"):
        stop_old_code(kept, by=place.clerk, at=MORNING)


@pytest.mark.parametrize("days", [-1, 400])
def test_a_last_day_that_is_over_or_far_away_is_refused(days):
    place = district()
    with pytest.raises(Refusal, match="一年以内"):
        rotated(place, days)
    assert not RetiredCode.unscoped.exists()


def test_two_presses_change_the_code_once():
    place = district()
    point = point_in(place)
    stale = ReportPoint.unscoped.get(pk=point.pk)
    revoke_code(point, by=place.clerk, at=MORNING)
    with pytest.raises(WrongState, match="已经换过码"):
        revoke_code(stale, by=place.leader, at=MORNING)
    assert RetiredCode.unscoped.count() == 1


@pytest.mark.parametrize("who", ["keeper", "member", "officer", "admin", "reviewer", "unit"])
def test_only_the_office_changes_codes(who):
    place = district()
    point, _old = rotated(place)
    viewer, kept = place.viewers[who], RetiredCode.unscoped.get()
    for act in (
        lambda: rotate_code(point, leads_until=None, by=viewer, at=MORNING),
        lambda: revoke_code(point, by=viewer, at=MORNING),
        lambda: stop_old_code(kept, by=viewer, at=MORNING),
    ):
        with pytest.raises(NotYours):
            act()


def test_another_committees_clerk_changes_no_code_here():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    point, old = rotated(place)
    for act in (
        lambda: revoke_code(point, by=elsewhere.clerk, at=MORNING),
        lambda: stop_old_code(RetiredCode.unscoped.get(), by=elsewhere.clerk, at=MORNING),
    ):
        with pytest.raises(NotYours):
            act()
    assert get_point_once_at(elsewhere.clerk, old) is None
    assert not retired_codes_of(elsewhere.clerk, point)
    assert not retired_codes_of(place.keeper, point)


def given(monkeypatch, *codes):
    left = iter(codes)
    monkeypatch.setattr(points, "short_code", lambda _length: next(left))


def test_a_retired_code_is_never_given_out_again(monkeypatch):
    place = district()
    point, old = rotated(place)
    given(monkeypatch, old, point.code, "NEWCODE2")
    assert point_in(place, name="另一个").code == "NEWCODE2"


def test_without_the_look_at_retired_codes_an_old_poster_would_lead_to_a_strangers_point(monkeypatch):
    """The mutant: only codes in use are looked at. The walls then disagree with the list."""
    place = district()
    _point, old = rotated(place)
    monkeypatch.setattr(
        points, "_was_given_out", lambda code: ReportPoint.unscoped.filter(code=code).exists()
    )
    given(monkeypatch, old)
    stranger = point_in(place, name="另一个")
    assert code_on_wall(old, TODAY).point == stranger


def test_the_database_keeps_one_retired_row_per_code():
    place = district()
    point, old = rotated(place)
    with pytest.raises(IntegrityError), transaction.atomic():
        RetiredCode(point=point, code=old, retired_at=MORNING).save(force_insert=True)


def test_the_nearest_points_come_first_and_the_point_itself_only_when_asked():
    place = district()
    far = point_in(place, name="A 远的", area=None)
    street = point_in(place, name="B 同街道", area=place.other_community)
    same = point_in(place, name="C 同社区")
    here = point_in(place, name="D 这里")
    closed = point_in(place, name="E 停用")
    close_point(closed, by=place.clerk, at=MORNING)
    assert list(open_points_beside(here)) == [same, street, far]
    assert list(open_points_beside(here, with_itself=True)) == [here, same, street, far]


def page(client, code):
    return client.get(f"/r/{code}/").content.decode()


def test_a_scan_of_an_old_code_shows_the_form_and_later_where_else_to_go(client, monkeypatch):
    place = district()
    point, old = rotated(place)
    near = point_in(place, name="同社区的另一个点")
    monkeypatch.setattr("shangliang.foundation.clock.today", lambda: TODAY)
    shown = page(client, old)
    assert "<textarea" in shown and f'action="/r/{point.code}"' in shown
    monkeypatch.setattr("shangliang.foundation.clock.today", lambda: TODAY + timedelta(days=8))
    shown = page(client, old)
    assert "这张码换过了" in shown and "<textarea" not in shown and point.phone in shown
    assert f"/r/{near.code}/" in shown and f"/r/{point.code}/" in shown


def test_a_revoked_code_does_not_lead_on_to_the_new_one_and_keeps_what_was_typed(client):
    place = district()
    point = point_in(place)
    old = point.code
    actions.points.revoke_code(point, by=place.clerk, at=MORNING)
    shown = page(client, old)
    assert "这张码换过了" in shown and point.code not in shown
    answer = client.post(f"/r/{old}", {"text": "路灯坏了三天"})
    assert answer.status_code == 409 and "路灯坏了三天" in answer.content.decode()


def test_a_closed_point_says_closed_whatever_its_code(client):
    place = district()
    point, old = rotated(place)
    close_point(point, by=place.clerk, at=MORNING)
    for code in (old, point.code):
        assert "这个直报点停用了" in page(client, code)
    assert get_point_for(place.clerk, old) is None and get_point_once_at(place.clerk, old) == point
