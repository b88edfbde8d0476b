"""Entering for somebody: who may, what is kept of it, and that the same form gives the same receipt."""

import pytest

from shangliang.foundation.codes import new_form_key
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Report
from shangliang.reports.queries import get_report_for
from shangliang.reports.tests.factories import point_in

pytestmark = pytest.mark.django_db


def entered(place, who="clerk", **more):
    said = {"form_key": new_form_key(), "text": "楼道灯坏了半个月。", "channel": "phone", "entry_source": "来电登记第 3 页",
            "committee": place.committee, "area": place.community, **more}  # fmt: skip
    return actions.enter_report(**said, by=place.viewers[who], at=MORNING)


@pytest.mark.parametrize("channel", ["phone", "counter", "paper"])
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


@pytest.mark.parametrize("who", ["member", "reviewer", "officer", "admin", "unit"])
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
