"""Entering for somebody: who may, what is kept of it, and that the same form gives the same receipt."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shangliang.foundation import clock
from shangliang.foundation.codes import new_form_key
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.actions.point_duties import put_in_charge
from shangliang.reports.models import Report
from shangliang.reports.queries import get_report_for
from shangliang.reports.tests.factories import picture, point_in

pytestmark = pytest.mark.django_db


def entered(place, who="clerk", **more):
    said = {"form_key": new_form_key(), "text": "楼道灯坏了半个月。", "channel": "phone", "entry_source": "来电登记第 3 页",
            "committee": place.committee, "area": place.community, **more}  # fmt: skip
    return actions.enter_report(**said, by=place.viewers[who], at=MORNING)


@pytest.mark.parametrize("channel", ["phone", "counter", "paper", "member"])
def test_a_clerk_enters_and_is_noted_with_the_source(channel):
    place = district()
    kept = Report.unscoped.get(pk=entered(place, channel=channel).report.pk)
    assert (kept.channel, kept.entry_source) == (channel, "来电登记第 3 页")
    assert kept.entered_by == place.clerk.appointment_id


def test_a_keeper_enters_and_never_sees_it_again():
    place = district()
    report = entered(place, "keeper", point=point_in(place)).report
    assert get_report_for(place.keeper, report.code) is None
    assert get_report_for(place.clerk, report.code) is not None


def test_the_same_form_gives_the_same_report_and_receipt():
    place = district()
    form_key = new_form_key()
    one, two = entered(place, form_key=form_key), entered(place, form_key=form_key)
    assert one.bits == two.bits and two.is_repeat
    assert Report.unscoped.count() == 1


@pytest.mark.parametrize("who", ["reviewer", "officer", "admin", "unit", "authority_clerk"])
def test_others_may_not_enter(who):
    place = district()
    with pytest.raises(NotYours):
        entered(place, who)


def test_a_channel_that_needs_no_clerk_and_another_committee_are_refused():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    with pytest.raises(Refusal, match="电话、当面还是纸质"):
        entered(place, channel="qr")
    with pytest.raises(Refusal, match="所在的政协"):
        entered(place, committee=elsewhere.committee)


def test_a_telephone_number_needs_consent_and_is_kept_sealed():
    place = district()
    with pytest.raises(Refusal, match="同意"):
        entered(place, contact="000-0000-0001")
    report = entered(place, contact="000-0000-0001", has_consented=True).report
    assert report.contact_handle and "0001" not in report.contact_handle


@pytest.mark.parametrize("source", ["", " \n"])
def test_what_is_entered_for_somebody_says_where_it_was_noted(source):
    with pytest.raises(Refusal, match="写明记在哪里"):
        entered(district(), entry_source=source)
    assert not Report.unscoped.exists()


def test_a_member_enters_what_was_said_on_a_visit_and_never_sees_it_again():
    place = district()
    report = entered(place, "member", channel="member", entry_source="走访本第 3 页").report
    assert (report.channel, report.entered_by) == ("member", place.member.appointment_id)
    assert get_report_for(place.member, report.code) is None
    assert get_report_for(place.clerk, report.code) is not None


@pytest.mark.parametrize(
    ("who", "channel"),
    [("member", "phone"), ("member", "paper"), ("member", "counter"), ("keeper", "member")],
)
def test_each_role_has_its_own_channels(who, channel):
    with pytest.raises(Refusal, match="怎么说来的"):
        entered(district(), who, channel=channel)
    assert not Report.unscoped.exists()


def test_the_day_it_was_said_is_kept_apart_from_the_day_it_came_in():
    place = district()
    earlier = entered(place, happened_on=MORNING.date() - timedelta(days=3)).report
    assert earlier.happened_on == MORNING.date() - timedelta(days=3)
    assert clock.day_of(earlier.submitted_at) == earlier.happened_on
    assert earlier.received_at == MORNING
    assert earlier.answer_due_on > MORNING.date()
    today = entered(place, happened_on=MORNING.date()).report
    assert today.submitted_at == today.received_at == MORNING


def test_that_somebody_was_elsewhere_already_is_kept_with_the_number_over_there():
    report = entered(district(), elsewhere=" 12345 ", elsewhere_number="2026-0099").report
    kept = Report.unscoped.get(pk=report.pk)
    assert (kept.elsewhere, kept.elsewhere_number) == ("12345", "2026-0099")


def sit(client, place, who):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


VISIT = {"text": "老人说楼道灯坏了半个月。", "happened_on": "2026-09-07", "source": "走访本第 3 页"}


def test_a_member_has_one_channel_and_gets_the_slip_without_the_words(client):
    place = district()
    shown = sit(client, place, "member").get("/desk/enter/").content.decode()
    assert 'type="hidden" name="channel" value="member"' in shown and "表号" not in shown
    assert "不再给您看" in shown
    said = {**VISIT, "channel": "member", "form_key": new_form_key()}
    answer = client.post("/desk/enter/", said)
    assert answer.status_code == 200 and "回执码" in answer.content.decode()
    assert "楼道灯" not in answer.content.decode() and "no-store" in answer["Cache-Control"]
    report = Report.unscoped.get()
    for address in (f"/desk/{report.code}/", "/desk/"):
        assert client.get(address).status_code == 404
    assert client.post("/desk/enter/", {**said, "channel": "phone"}).status_code == 422


def test_a_number_over_there_needs_where_and_the_folded_part_stands_open(client):
    place = district()
    said = {**VISIT, "channel": "phone", "form_key": new_form_key(), "elsewhere_number": "2026-0099"}
    answer = sit(client, place, "clerk").post("/desk/enter/", said)
    shown = answer.content.decode()
    assert answer.status_code == 422 and "也写是哪里" in shown and "2026-0099" in shown
    assert re.search(r"<details[^>]* open", shown)
    assert client.post("/desk/enter/", {**said, "elsewhere": "12345"}).status_code == 200
    assert not re.search(r"<details[^>]* open", client.get("/desk/enter/").content.decode())


def test_a_picture_of_the_paper_is_lost_with_a_refused_form_and_the_page_says_so(client):
    place = district()
    photo = SimpleUploadedFile("paper.png", picture(), "image/png")
    said = {**VISIT, "source": "", "channel": "paper", "form_key": new_form_key(), "photos": photo}
    answer = sit(client, place, "keeper").post("/desk/enter/", said)
    assert answer.status_code == 422 and "照片要再选一次" in answer.content.decode()


def test_a_member_chooses_among_the_own_points_alone(client):
    place = district()
    mine, other = point_in(place), point_in(place, name="别的点")
    put_in_charge(mine, appointment=place.appointments["member"], by=place.clerk, at=MORNING)
    shown = sit(client, place, "member").get("/desk/enter/").content.decode()
    assert mine.code in shown and other.code not in shown
    said = {**VISIT, "channel": "member", "form_key": new_form_key(), "point": other.code}
    assert client.post("/desk/enter/", said).status_code == 422
