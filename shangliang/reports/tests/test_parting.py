"""Not the same: said of a report and what stands beside it, not proposed again, taken back; and why each stands there."""

from datetime import timedelta

import pytest

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Apart, Matter, Report, ThreadEntry
from shangliang.reports.queries.aparts import aparts_of
from shangliang.reports.queries.similar import similar_to
from shangliang.reports.states import MatterState
from shangliang.reports.tests.factories import gathered_matter, holder_of, matter_at, point_in, report_in

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=2)
GATE = "柳岸小学门口放学的时候车停两排，孩子从车缝里钻。"
GATE_TOO = "放学的时候柳岸小学门口全是车，两排都停满，孩子没处走。"


def beside(place, report):
    return [one.matter.pk for one in similar_to(place.clerk, Report.unscoped.get(pk=report.pk))]


def apart(place, report, matter, at=LATER):
    return actions.set_apart(report, matter, by=place.clerk, at=at)


def signed_in(client, place, who="clerk"):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_what_was_said_apart_is_proposed_to_neither_of_the_two_and_stands_in_the_ledger_without_a_word():
    place = district()
    report, other = report_in(place, GATE), report_in(place, GATE_TOO)
    row = apart(place, report, other.matter)
    assert beside(place, report) == beside(place, other) == []
    assert 0 < row.score < 1 and row.appointment == place.appointments["clerk"].pk
    line = LedgerEntry.unscoped.get(verb="report.set_apart")
    assert line.subject == f"report:{report.code}" and "柳岸" not in bytes(line.body).decode()
    assert not ThreadEntry.unscoped.filter(report=report).exists()


def test_taking_it_back_puts_them_beside_each_other_again_whichever_was_open():
    place = district()
    report, other = report_in(place, GATE), report_in(place, GATE_TOO)
    for opened in (report, other):
        apart(place, report, other.matter)
        (said,) = aparts_of(place.clerk, opened)
        actions.take_back_apart(said.apart, by=place.clerk, at=LATER)
        assert beside(place, report) == [other.matter_id] and aparts_of(place.clerk, opened) == []
    assert Apart.unscoped.filter(undone_at=LATER).count() == 2


def test_another_report_of_the_same_trouble_is_still_proposed():
    place = district()
    report, other, third = (report_in(place, text) for text in (GATE, GATE_TOO, GATE_TOO + "天天这样。"))
    apart(place, report, other.matter)
    assert beside(place, report) == [third.matter_id]


def test_it_is_not_proposed_again_under_the_number_of_the_matter_the_other_was_joined_to():
    place = district()
    report, other = report_in(place, GATE), report_in(place, GATE_TOO)
    apart(place, report, other.matter)
    matter = actions.raise_matter(
        report_in(place, "河边的灯不亮。"), title="河边的灯", by=place.clerk, at=LATER
    )
    actions.join(other, matter, by=place.clerk, at=LATER)
    assert beside(place, report) == []
    assert [one.words for one in aparts_of(place.clerk, report)] == [GATE_TOO]


def test_joining_the_two_after_all_takes_it_back_whichever_way_round():
    place = district()
    for first in (True, False):
        report, other = report_in(place, GATE), report_in(place, GATE_TOO)
        row = apart(place, report, other.matter)
        rows = [other, report] if first else [report, other]
        matter = actions.raise_matter(rows[0], title="校门口的车", by=place.clerk, at=LATER)
        actions.join(rows[1], matter, by=place.clerk, at=LATER)
        assert Apart.unscoped.get(pk=row.pk).undone_at == LATER


def test_what_cannot_be_said_is_refused_with_a_sentence():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    report, other, answered = report_in(place, GATE), report_in(place, GATE_TOO), report_in(place, GATE)
    empty = other.matter
    matter = gathered_matter(place)
    actions.answer(answered, words="办了。", by=place.clerk, at=MORNING)
    with pytest.raises(WrongState, match="刚才有人动过"):
        apart(place, answered, matter)
    with pytest.raises(Refusal, match="就是这件事项里"):
        apart(place, report, report.matter)
    with pytest.raises(NotYours, match="别的政协"):
        apart(place, report, gathered_matter(elsewhere))
    with pytest.raises(NotYours):
        actions.set_apart(report, matter, by=elsewhere.clerk, at=LATER)
    with pytest.raises(NotYours):
        actions.set_apart(report, matter, by=place.member, at=LATER)
    actions.join(other, matter, by=place.clerk, at=LATER)
    with pytest.raises(Refusal, match="没有可以比的"):
        apart(place, report, empty)
    row = apart(place, report, matter)
    with pytest.raises(AlreadyDone, match="已经说过"):
        apart(place, report, matter)
    with pytest.raises(NotYours):
        actions.take_back_apart(row, by=elsewhere.clerk, at=LATER)
    actions.take_back_apart(row, by=place.clerk, at=LATER)
    with pytest.raises(AlreadyDone, match="已经收回"):
        actions.take_back_apart(row, by=place.clerk, at=LATER)


def test_a_report_that_was_locked_since_is_named_nowhere():
    place = district()
    report, other = report_in(place, GATE), report_in(place, GATE_TOO)
    apart(place, report, other.matter)
    actions.hold(other, by=place.clerk, at=LATER)
    assert aparts_of(place.clerk, report) == []


@pytest.mark.parametrize("who", ["officer", "keeper", "member", "reviewer", "unit", "admin"])
def test_nobody_but_the_office_reads_or_says_it(client, who):
    place = district()
    report, other = report_in(place, GATE), report_in(place, GATE_TOO)
    signed_in(client, place, who)
    sent = {"report": other.code}
    assert client.post(f"/desk/{report.code}/apart/", sent).status_code == 404
    apart(place, report, other.matter)
    assert client.post(f"/desk/{report.code}/apart/back/", {"other": other.matter.code}).status_code == 404
    assert aparts_of(place.viewers[who], report) == []
    assert Apart.unscoped.get().undone_at is None


def test_another_committee_can_neither_say_nor_take_back(client):
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    report, other, foreign = report_in(place, GATE), report_in(place, GATE_TOO), report_in(elsewhere, GATE)
    apart(place, report, other.matter)
    signed_in(client, elsewhere)
    assert client.post(f"/desk/{report.code}/apart/", {"report": foreign.code}).status_code == 404
    assert client.post(f"/desk/{foreign.code}/apart/", {"report": report.code}).status_code == 404
    taken = {"other": other.matter.code}
    assert client.post(f"/desk/{foreign.code}/apart/back/", taken).status_code == 404
    assert Apart.unscoped.get().undone_at is None


def test_the_desk_offers_it_says_that_it_was_done_and_takes_it_back(client):
    place = district()
    report, other = report_in(place, GATE), report_in(place, GATE_TOO)
    matter = gathered_matter(place, title="校门口放学车多")
    signed_in(client, place)
    here = f"/desk/{report.code}/"
    page = client.get(here).content.decode()
    assert page.count("不是一件事</button>") == 2
    done = client.post(here + "apart/?state=all", {"report": other.code}, follow=True)
    assert done.redirect_chain == [(f"{here}?state=all", 302)]
    assert "记下了：不是一件事" in done.content.decode()
    page = client.post(here + "apart/", {"matter": matter.code}, follow=True).content.decode()
    assert "说过不是一件事的" in page and "校门口放学车多" in page and other.matter.code in page
    again = client.post(here + "apart/", {"matter": matter.code}, follow=True).content.decode()
    assert "刚才已经说过不是一件事" in again
    page = client.post(here + "apart/back/", {"other": matter.code}, follow=True).content.decode()
    assert "收回了" in page and page.count("不是一件事</button>") == 1
    assert client.post(here + "apart/back/", {"other": matter.code}).status_code == 404
    assert client.get(here + "apart/").status_code == 405


def test_a_closed_matter_that_seems_to_have_come_back_can_be_said_to_be_another(client):
    place = district()
    matter = matter_at(place, MatterState.CLOSED)
    report = report_in(place, "放学那会儿校门口车停了两排，又来了。")
    assert [one.is_closed for one in similar_to(place.clerk, report)] == [True]
    page = signed_in(client, place).get(f"/desk/{report.code}/").content.decode()
    assert "以前办结了" in page
    client.post(f"/desk/{report.code}/apart/", {"matter": matter.code})
    assert beside(place, report) == [] and Matter.unscoped.get(pk=matter.pk).state == MatterState.CLOSED


def test_the_page_says_why_each_stands_there_in_words_with_the_figure_and_marks_both_texts(client):
    place = district()
    point = point_in(place)
    report = report_in(place, GATE, point=point, place="柳岸小学门口")
    report_in(place, GATE_TOO, point=point, place="柳岸小学门口")
    elsewhere = report_in(place, GATE_TOO + "也停到路口了。", area=place.other_community)
    page = signed_in(client, place).get(f"/desk/{report.code}/").content.decode()
    likeness = {one.matter.pk: one for one in similar_to(place.clerk, report)}
    for words in ("同一地点：", "同一社区：", "同一个直报点：", "同一街道：清河街道", "标准值"):
        assert words in page
    assert f"（{likeness[elsewhere.matter_id].score:.2f}）" in page
    own, rest = page.split('id="beside_title"')
    assert "<mark>" in own and "<mark>" in rest


def test_nothing_private_is_among_the_shared_words_and_in_the_panel(client):
    place = district()
    private = "打我电话13900001111。"
    report, other = report_in(place, GATE + private), report_in(place, GATE_TOO + private)
    (one,) = similar_to(place.clerk, report)
    assert one.report.pk == other.pk
    assert not any("139" in word or "已遮" in word or "手机" in word for word in one.why.marked)
    page = signed_in(client, place).get(f"/desk/{report.code}/").content.decode()
    assert "13900001111" not in page


def test_what_stands_beside_still_costs_no_more_than_twelve_queries(client, django_assert_max_num_queries):
    place = district()
    report = report_in(place, GATE)
    others = [report_in(place, f"{GATE_TOO}第 {number} 回了。") for number in range(6)]
    for one in others[:3]:
        apart(place, report, one.matter)
    signed_in(client, place).get(f"/desk/{report.code}/")
    with django_assert_max_num_queries(12):
        page = client.get(f"/desk/{report.code}/").content.decode()
    assert page.count("收回，再放在一起看") == 3


def test_a_withdrawn_report_counts_as_nobody_speaking():
    place = district()
    report, other = report_in(place, GATE), report_in(place, GATE_TOO)
    apart(place, report, other.matter)
    actions.withdraw(other, by=holder_of(other), at=LATER)
    assert aparts_of(place.clerk, report) == []
