"""Many at once: the preview of a join, one sentence for many declined, and what lay aside put back."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Matter, Report, ThreadEntry
from shangliang.reports.states import MatterState, ReportState
from shangliang.reports.tests.factories import gathered_matter, report_in

pytestmark = pytest.mark.django_db
GATE = "柳岸小学门口放学的时候车停两排，孩子从车缝里钻。"
GATE_TOO = "放学的时候柳岸小学门口全是车，两排都停满，打 13900001111 找我。"
DANCE = "河边广场晚上九点以后音响还很响，吵得睡不着。"


def signed_in(client, place, who="clerk"):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def again(row):
    return type(row).unscoped.get(pk=row.pk)


def ticked(rows, **more):
    return {"report": [one.code for one in rows], **more}


def set_aside(place, text="路灯不亮。"):
    report = report_in(place, text)
    Report.unscoped.filter(pk=report.pk).update(set_aside="flood")
    return report


def test_pressing_join_leads_to_a_preview_that_changes_nothing(client):
    place = district()
    rows = [report_in(place, GATE), report_in(place, GATE_TOO), report_in(place, DANCE)]
    answer = signed_in(client, place).post("/desk/bulk/?channel=qr", ticked(rows, act="join"))
    assert answer.status_code == 302 and "channel=qr" in answer["Location"]
    with CaptureQueriesContext(connection) as asked:
        shown = client.get(answer["Location"]).content.decode()
    assert all(one["sql"].startswith(("SELECT", "DECLARE")) for one in asked) and len(asked) <= 12
    assert "把 3 条合成一件" in shown and "<mark>" in shown and shown.count("和别的都不太像") == 1
    assert "3 位反映人凭回执都会看到" in shown and "13900001111" not in shown
    assert {again(one).state for one in rows} == {ReportState.RECEIVED}


def test_the_preview_joins_what_is_still_ticked_under_the_name_and_words_written_there(client):
    place = district()
    one, other, left_out = report_in(place, GATE), report_in(place, GATE_TOO), report_in(place, DANCE)
    said = ticked([one, other], title="小学门口放学堵车", words="合在一起办了。", matter="")
    answer = signed_in(client, place).post("/desk/bulk/join/?state=waiting", said)
    assert answer["Location"] == "/desk/?state=waiting"
    matter = again(one).matter
    assert (matter.title, matter.state) == ("小学门口放学堵车", MatterState.GATHERED)
    assert again(other).matter_id == matter.pk and again(left_out).state == ReportState.RECEIVED
    assert set(ThreadEntry.unscoped.values_list("text", flat=True)) == {"合在一起办了。"}


def test_several_go_into_a_matter_that_stands(client):
    place = district()
    matter, rows = gathered_matter(place), [report_in(place, GATE), report_in(place, GATE_TOO)]
    signed_in(client, place).post(
        "/desk/bulk/join/", ticked(rows, matter=matter.code, title="", words="合了。")
    )
    assert {again(one).matter_id for one in rows} == {matter.pk}


def test_a_refused_preview_keeps_what_was_typed(client):
    place = district()
    rows = [report_in(place, GATE), report_in(place, GATE_TOO)]
    answer = signed_in(client, place).post(
        "/desk/bulk/join/", ticked(rows, title="长" * 81, words="我写的话")
    )
    assert answer.status_code == 422 and "我写的话" in answer.content.decode()
    assert {again(one).state for one in rows} == {ReportState.RECEIVED}


def test_the_whole_join_is_undone_in_one_press(client):
    place = district()
    rows = [report_in(place, GATE), report_in(place, GATE_TOO)]
    signed_in(client, place).post("/desk/bulk/join/", ticked(rows, title="校门口", words="合了。"))
    token = re.search(r'name="undo" value="([^"]+)"', client.get("/desk/").content.decode())[1]
    client.post("/desk/undo/", {"undo": token})
    assert {again(one).state for one in rows} == {ReportState.RECEIVED}
    assert not Matter.unscoped.filter(state=MatterState.GATHERED).exists()


def test_fewer_than_two_and_reports_of_others_lead_back_with_a_word(client):
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    mine, theirs = report_in(place, GATE), report_in(elsewhere, GATE_TOO)
    answer = signed_in(client, place).get(
        f"/desk/bulk/join/?report={mine.code}&report={theirs.code}", follow=True
    )
    assert "至少要两条" in answer.content.decode() and theirs.code not in answer.content.decode()


def test_many_are_declined_with_one_sentence_each_of_them_reads(client):
    place = district()
    rows = [report_in(place, f"第 {number} 条。") for number in range(3)]
    signed_in(client, place)
    address = client.post("/desk/bulk/", ticked(rows, act="decline"))["Location"]
    assert "3 条不作为议题" in client.get(address).content.decode()
    unfinished = client.get(address).context["form"]["words"].value()
    assert client.post(address, ticked(rows, words=unfinished)).status_code == 422
    client.post(address, ticked(rows, words="这几件归法院管，我们商量不了。"))
    assert {again(one).state for one in rows} == {ReportState.DECLINED}
    told = ThreadEntry.unscoped.filter(text="这几件归法院管，我们商量不了。")
    assert told.count() == 3 == LedgerEntry.unscoped.filter(verb="report.decline").count()


def test_nobody_is_declined_without_a_word_or_by_another_role():
    place = district()
    rows = [report_in(place)]
    with pytest.raises(Refusal, match="写上要对反映人说的话"):
        actions.bulk_decline(rows, words=" ", by=place.clerk, at=MORNING)
    with pytest.raises(NotYours):
        actions.bulk_decline(rows, words="不行。", by=place.viewers["reviewer"], at=MORNING)
    assert again(rows[0]).state == ReportState.RECEIVED


def test_what_lies_aside_is_not_in_the_queue_but_in_its_own_tab_and_its_clock_runs(client):
    place = district()
    aside, plain = set_aside(place, "井盖松了，车一压就响。"), report_in(place, "路灯又不亮了。")
    signed_in(client, place)
    queue = client.get("/desk/").content.decode()
    assert plain.code in queue and aside.code not in queue
    tab = client.get("/desk/?state=aside").content.decode()
    assert aside.code in tab and plain.code not in tab and "一时来得太多" in tab
    assert Report.unscoped.get(pk=aside.pk).answer_due_on == plain.answer_due_on
    client.post("/desk/bulk/?state=aside", ticked([aside], act="queue"))
    assert again(aside).set_aside == "" and aside.code in client.get("/desk/").content.decode()
    assert LedgerEntry.unscoped.filter(verb="report.put_in_queue").count() == 1


@pytest.mark.parametrize("address", ["/desk/bulk/join/", "/desk/bulk/decline/"])
@pytest.mark.parametrize("who", ["officer", "member", "reviewer", "unit", "keeper"])
def test_these_pages_do_not_exist_for_others(client, address, who):
    place = district()
    code = report_in(place).code
    assert signed_in(client, place, who).get(f"{address}?report={code}").status_code == 404
    assert client.post(address, {"report": code, "words": "x"}).status_code == 404
