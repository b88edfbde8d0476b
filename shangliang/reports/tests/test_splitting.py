"""Taking apart what was wrongly joined: who moves, who is told, what can still be undone and when no more."""

from datetime import timedelta

import pytest

from shangliang.foundation import ledger
from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Joining, Matter, Report, ThreadEntry
from shangliang.reports.states import MatterState, ReportState
from shangliang.reports.tests.factories import gathered_matter, matter_at, report_in

pytestmark = pytest.mark.django_db
LATER, LATEST = MORNING + timedelta(hours=3), MORNING + timedelta(hours=4)


def inside(matter):
    return list(Report.unscoped.filter(matter=matter).order_by("pk"))


def signed_in(client, place, who="clerk"):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_ticked_reports_become_a_matter_of_their_own_and_their_reporters_are_told():
    place = district()
    matter = gathered_matter(place, reports=4)
    founder, *joined = inside(matter)
    new = actions.split(matter, joined[1:], title="桥下没灯", by=place.clerk, at=LATER)
    assert (new.code, new.title, new.state) == ("YC-2026-0002", "桥下没灯", MatterState.GATHERED)
    assert inside(matter) == [founder, joined[0]] and inside(new) == joined[1:]
    told = ThreadEntry.unscoped.filter(kind="notice", at=LATER)
    assert {one.report_id for one in told} == {one.pk for one in joined[1:]}
    assert "不是同一件事" in told[0].text
    assert {one.state for one in inside(new)} == {ReportState.TAKEN}


def test_the_split_stands_in_the_ledger_at_both_matters_and_each_report():
    place = district()
    matter = gathered_matter(place, reports=3)
    moved = inside(matter)[1:]
    new = actions.split(matter, moved, title="另一件", by=place.clerk, at=LATER)
    assert LedgerEntry.unscoped.get(verb="matter.split").subject == f"matter:{matter.code}"
    established = LedgerEntry.unscoped.get(verb="matter.establish", subject=f"matter:{new.code}")
    assert matter.code.encode() in bytes(established.body)
    assert LedgerEntry.unscoped.filter(verb="report.split_off").count() == 2
    assert ledger.verify(ledger.chain_of(place.committee.pk))[1] == ""


def test_each_joining_stays_reversible_after_a_split():
    place = district()
    matter = gathered_matter(place, reports=4)
    first, second = inside(matter)[2:]
    shells = {one.report_id: one.from_matter_id for one in Joining.unscoped.all()}
    new = actions.split(matter, [first, second], title="另一件", by=place.clerk, at=LATER)
    actions.undo(Report.unscoped.get(pk=second.pk), by=place.clerk, at=LATEST)
    kept = Report.unscoped.get(pk=second.pk)
    assert (kept.matter_id, kept.state) == (shells[second.pk], ReportState.RECEIVED)
    actions.undo(Report.unscoped.get(pk=first.pk), by=place.clerk, at=LATEST)
    assert Matter.unscoped.get(pk=new.pk).state == MatterState.UNSCREENED
    assert Report.unscoped.get(pk=first.pk).matter_id == new.pk == shells[first.pk]


def test_the_one_the_matter_was_raised_from_can_leave_too_and_come_back_to_the_desk():
    place = district()
    matter = gathered_matter(place, reports=3)
    founder, other, stays = inside(matter)
    new = actions.split(matter, [founder, other], title="另一件", by=place.clerk, at=LATER)
    assert inside(matter) == [stays] and inside(new) == [founder, other]
    for one in (other, founder):
        actions.undo(Report.unscoped.get(pk=one.pk), by=place.clerk, at=LATEST)
    assert Report.unscoped.filter(state=ReportState.RECEIVED).count() == 2
    assert Matter.unscoped.get(pk=matter.pk).state == MatterState.GATHERED


@pytest.mark.parametrize("state", [MatterState.JUDGING, MatterState.CLOSED])
def test_nothing_is_split_once_verdicts_were_asked_for(state):
    place = district()
    matter = matter_at(place, state, reports=2)
    with pytest.raises(Refusal, match="不能再拆开"):
        actions.split(matter, inside(matter)[1:], title="另一件", by=place.clerk, at=LATER)


@pytest.mark.parametrize("state", [MatterState.CONSULTING, MatterState.DELIVERING])
def test_a_matter_under_way_can_still_be_taken_apart(state):
    place = district()
    matter = matter_at(place, state, reports=2)
    new = actions.split(matter, inside(matter)[1:], title="另一件", by=place.clerk, at=LATER)
    assert new.state == MatterState.GATHERED and Matter.unscoped.get(pk=matter.pk).state == state


def test_refusals_of_a_split_change_nothing():
    place = district()
    matter, stranger = gathered_matter(place, reports=3), report_in(place)
    rows = inside(matter)
    for wrong, words in (([], "打勾"), (rows, "至少留一条"), ([rows[1], stranger], "已经不在")):
        with pytest.raises(Refusal, match=words):
            actions.split(matter, wrong, title="另一件", by=place.clerk, at=LATER)
    with pytest.raises(Refusal, match="起个名字"):
        actions.split(matter, rows[1:], title=" ", by=place.clerk, at=LATER)
    assert inside(matter) == rows and not LedgerEntry.unscoped.filter(verb="matter.split").exists()


@pytest.mark.parametrize("who", ["reviewer", "officer", "keeper", "member", "unit"])
def test_only_the_office_of_the_committee_splits(who):
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    matter = gathered_matter(place, reports=2)
    for by in (place.viewers[who], elsewhere.clerk):
        with pytest.raises(NotYours):
            actions.split(matter, inside(matter)[1:], title="另一件", by=by, at=LATER)


def test_the_page_of_a_matter_lists_its_reports_splits_ticked_ones_and_keeps_a_refused_title(client):
    place = district()
    matter = gathered_matter(place, reports=3)
    rows = inside(matter)
    signed_in(client, place)
    address = f"/matters/{matter.code}/reports/"
    shown = client.get(address).content.decode()
    assert all(one.code in shown for one in rows) and "等办公室列为议题" in shown
    wrong = client.post(
        address, {"act": "split", "report": [rows[1].code], "title": "", "words": "写了很久。"}
    )
    assert wrong.status_code == 422 and "写了很久。" in wrong.content.decode()
    assert f'value="{rows[1].code}" checked' in wrong.content.decode()
    client.post(address, {"act": "split", "report": [rows[1].code], "title": "另一件", "words": "拆开了。"})
    assert len(inside(matter)) == 2 and Matter.unscoped.filter(title="另一件").exists()


def test_the_page_takes_reports_back_to_the_desk_until_verdicts_are_asked_for(client):
    place = district()
    matter = gathered_matter(place, reports=3)
    rows = inside(matter)
    signed_in(client, place)
    address = f"/matters/{matter.code}/reports/"
    client.post(address, {"act": "back", "report": [rows[2].code]})
    assert Report.unscoped.get(pk=rows[2].pk).state == ReportState.RECEIVED
    for step in (actions.begin_consulting, actions.begin_delivering, actions.ask_for_verdicts):
        step(Matter.unscoped.get(pk=matter.pk), by=place.clerk, at=LATER)
    shown = client.get(address).content.decode()
    assert "不能再拆开" in shown and 'type="checkbox"' not in shown
    client.post(address, {"act": "back", "report": [rows[1].code]})
    assert Report.unscoped.get(pk=rows[1].pk).matter_id == matter.pk


@pytest.mark.parametrize("who", ["officer", "member", "reviewer", "unit", "keeper"])
def test_the_page_does_not_exist_for_others(client, who):
    place = district()
    matter = gathered_matter(place, reports=2)
    for part in ("reports", "history"):
        assert signed_in(client, place, who).get(f"/matters/{matter.code}/{part}/").status_code == 404
