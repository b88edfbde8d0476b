"""From which likeness reports count as the same: kept with each join, moved by what stands and what was taken apart."""

from datetime import timedelta

import pytest

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import AlreadyDone, NotYours
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions, tasks
from shangliang.reports.actions import joining
from shangliang.reports.actions.thresholds import move_thresholds, put_back
from shangliang.reports.models import Apart, Joining, Report, Threshold
from shangliang.reports.queries import similar, thresholds, weights
from shangliang.reports.queries.similar import likeness_with, similar_to
from shangliang.reports.queries.thresholds import STANDARD, bar_for, evidence_of, threshold_of
from shangliang.reports.tests.factories import WORDS, gathered_matter, holder_of, report_in, spoken_report

pytestmark = pytest.mark.django_db
LATER, LATEST = MORNING + timedelta(hours=2), MORNING + timedelta(hours=4)
GATE = "柳岸小学门口放学的时候车停两排，孩子从车缝里钻。"
GATE_TOO = "放学的时候柳岸小学门口全是车，两排都停满，孩子没处走。"
DANCE = "河边广场晚上九点以后音响还很响，吵得睡不着。"


def evidence(place):
    return evidence_of(place.committee.pk)


def joined(place, matter, text=GATE_TOO, at=LATER):
    report = report_in(place, text)
    actions.join(report, matter, by=place.clerk, at=at)
    return report


def undone(place, report, at=LATEST):
    return actions.undo(Report.unscoped.get(pk=report.pk), by=place.clerk, at=at)


def score_of(report):
    return Joining.unscoped.filter(report=report).order_by("-pk").first().score


def bar_at(place, value, joined=3, parted=1):
    Threshold(committee=place.committee, value=value, joined=joined, parted=parted, moved_at=MORNING).save(
        force_insert=True
    )


def signed_in(client, place, who="clerk"):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_each_join_keeps_how_alike_the_report_is_to_the_most_alike_in_the_matter():
    place = district()
    matter = actions.raise_matter(report_in(place, DANCE), title="广场的音响", by=place.clerk, at=LATER)
    far = joined(place, matter, GATE)
    near = joined(place, matter, GATE_TOO)
    assert score_of(far) < 0.3 < score_of(near)
    _matter, rows = actions.bulk_join(
        [report_in(place, GATE), report_in(place, GATE_TOO)], by=place.clerk, at=LATER
    )
    assert not Joining.unscoped.filter(report=rows[0]).exists() and score_of(rows[1]) == pytest.approx(
        score_of(near)
    )


def test_a_report_without_words_is_alike_to_nothing():
    place = district()
    matter = gathered_matter(place)
    report = spoken_report(place)
    actions.join(report, matter, by=place.clerk, at=LATER)
    assert score_of(report) is None and evidence(place).joined == []


def test_only_the_newest_twenty_of_a_matter_are_held_against_it(monkeypatch):
    monkeypatch.setattr(similar, "MOST_HELD_AGAINST", 2)
    place = district()
    matter = actions.raise_matter(report_in(place, GATE), title="校门口", by=place.clerk, at=LATER)
    for number in range(2):
        joined(place, matter, f"{DANCE}第 {number} 晚")
    assert likeness_with(report_in(place, GATE), matter) < 0.3


def check_that_an_undone_join_is_no_join():
    place = district()
    matter = gathered_matter(place)
    stays, goes = joined(place, matter), joined(place, matter, DANCE)
    undone(place, goes)
    assert evidence(place).joined == [score_of(stays)]
    assert evidence(place).parted == [score_of(goes)]


def test_a_join_that_stands_counts_as_joined_and_one_that_was_undone_as_parted():
    check_that_an_undone_join_is_no_join()


def test_counting_an_undone_join_as_standing_is_caught(monkeypatch):
    monkeypatch.setattr(thresholds, "_standing", lambda rows: rows.order_by("-pk"))
    with pytest.raises(AssertionError):
        check_that_an_undone_join_is_no_join()


def test_what_was_undone_by_a_slip_and_joined_again_is_no_parting():
    place = district()
    matter = gathered_matter(place)
    report = joined(place, matter)
    undone(place, report)
    actions.join(Report.unscoped.get(pk=report.pk), matter, by=place.clerk, at=LATEST)
    assert len(evidence(place).joined) == 1 and evidence(place).parted == []


def test_a_split_counts_once_for_each_report_that_left_the_one_it_began_with_too():
    place = district()
    first, second = report_in(place, GATE), report_in(place, GATE_TOO)
    matter = actions.raise_matter(first, title="校门口", by=place.clerk, at=LATER)
    actions.join(second, matter, by=place.clerk, at=LATER)
    joined(place, matter, WORDS)
    before = score_of(second)
    actions.split(matter, [first, second], title="另一件", by=place.clerk, at=LATEST)
    assert Apart.unscoped.filter(matter=matter, undone_at=None).count() == 2
    assert len(evidence(place).parted) == 2 and before in evidence(place).parted
    assert (
        len(evidence(place).joined) == 2
    )  # the one that stayed, and the second that came along with the first


def test_a_join_from_before_scores_were_kept_gets_one_when_it_is_undone():
    place = district()
    report = joined(place, gathered_matter(place))
    kept = score_of(report)
    Joining.unscoped.update(score=None)
    assert evidence(place).joined == []
    undone(place, report)
    assert evidence(place).parted == [pytest.approx(kept)]


def test_scores_of_other_weights_are_not_held_against_todays_bar(monkeypatch):
    place = district()
    matter = gathered_matter(place)
    report = joined(place, matter)
    other = report_in(place, DANCE)
    actions.set_apart(other, matter, by=place.clerk, at=LATER)
    assert len(evidence(place).joined) == len(evidence(place).parted) == 1
    for module in (thresholds, joining):
        monkeypatch.setattr(module, "weights_now", lambda: "others")
    assert evidence(place).joined == evidence(place).parted == []
    Joining.unscoped.update(score=0.123)
    undone(place, report)
    assert [round(one, 3) for one in evidence(place).parted] != [
        0.123
    ]  # it got one of today's when it was undone
    assert Joining.unscoped.get().weights == "others"


def test_the_name_of_the_weights_changes_with_their_files(monkeypatch, tmp_path):
    before = weights.weights_now.__wrapped__()
    assert before == weights.weights_now() and len(before) == weights.LENGTH
    other = tmp_path / "network.npz"
    other.write_bytes(b"other weights")
    monkeypatch.setattr(weights.network, "FILE", other)
    assert weights.weights_now.__wrapped__() != before


def test_what_was_said_apart_counts_until_it_is_taken_back_and_one_pair_counts_once():
    place = district()
    matter = gathered_matter(place)
    report = joined(place, matter)
    undone(place, report)
    row = actions.set_apart(Report.unscoped.get(pk=report.pk), matter, by=place.clerk, at=LATEST)
    assert evidence(place).parted == [pytest.approx(row.score)]
    other = actions.set_apart(report_in(place, DANCE), matter, by=place.clerk, at=LATEST)
    assert len(evidence(place).parted) == 2
    actions.take_back_apart(other, by=place.clerk, at=LATEST)
    assert len(evidence(place).parted) == 1


def test_locked_withdrawn_and_foreign_reports_are_never_counted():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    joined(elsewhere, gathered_matter(elsewhere))
    matter = gathered_matter(place)
    locked = joined(place, matter)
    undone(place, locked)
    actions.hold(Report.unscoped.get(pk=locked.pk), by=place.clerk, at=LATEST)
    gone = joined(place, matter)
    actions.withdraw(Report.unscoped.get(pk=gone.pk), by=holder_of(gone), at=LATEST)
    report, lone = report_in(place, GATE), report_in(place, GATE_TOO)
    actions.set_apart(report, lone.matter, by=place.clerk, at=LATER)
    assert len(evidence(place).parted) == 1
    actions.hold(lone, by=place.clerk, at=LATEST)
    assert (evidence(place).joined, evidence(place).parted) == ([], [])
    assert len(evidence(elsewhere).joined) == 1


def test_the_task_moves_each_committees_bar_by_its_own_acts_and_the_same_acts_move_it_no_further():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    for number in range(8):  # said apart though the machine was sure
        report, other = report_in(place, f"{GATE}{number}"), report_in(place, f"{GATE}{number}")
        actions.set_apart(report, other.matter, by=place.clerk, at=LATER)
    assert move_thresholds(LATEST) == 1
    row = Threshold.unscoped.get()
    assert row.committee_id == place.committee.pk and (row.joined, row.parted) == (0, 8)
    assert STANDARD < row.value < 1 and threshold_of(elsewhere.committee.pk) == STANDARD
    line = LedgerEntry.unscoped.get(verb="threshold.move")
    assert f'"to":{round(row.value * 1000)}' in bytes(line.body).decode()
    assert '"task":"move_thresholds"' in bytes(line.body).decode()
    assert move_thresholds(LATEST + timedelta(days=1)) == 0
    assert Threshold.unscoped.get().moved_at == LATEST


def test_joins_below_the_bar_lower_it_within_bounds():
    place = district()
    matter = actions.raise_matter(report_in(place, DANCE), title="广场的音响", by=place.clerk, at=LATER)
    for number in range(12):
        actions.join(report_in(place, "晚上九点以后河边还在放歌"), matter, by=place.clerk, at=LATER)
        Joining.unscoped.update(score=0.35 + number / 200)
    move_thresholds(LATEST)
    assert similar.WORTH_SHOWING <= threshold_of(place.committee.pk) < STANDARD


def test_a_day_without_any_join_or_parting_writes_nothing():
    place = district()
    report_in(place, GATE)
    assert move_thresholds(LATEST) == 0 and not Threshold.unscoped.exists()
    assert any(job.name == "reports.move_bars" for job in tasks.JOBS)


def test_put_back_to_the_standard_what_was_done_before_counts_no_more_and_it_stands_in_the_ledger():
    place = district()
    for number in range(6):
        report, other = report_in(place, f"{GATE}{number}"), report_in(place, f"{GATE}{number}")
        actions.set_apart(report, other.matter, by=place.clerk, at=LATER)
    move_thresholds(LATER)
    put_back(by=place.clerk, at=LATEST)
    row = Threshold.unscoped.get()
    assert (row.value, row.joined, row.parted, row.counted_from) == (STANDARD, 0, 0, LATEST)
    assert LedgerEntry.unscoped.get(verb="threshold.put_back").subject == "committee:yunchuan"
    assert move_thresholds(LATEST + timedelta(days=1)) == 0
    with pytest.raises(AlreadyDone, match="本来就是标准值"):
        put_back(by=place.clerk, at=LATEST)
    with pytest.raises(NotYours):
        put_back(by=place.member, at=LATEST)


def test_the_bar_decides_what_is_called_sure_on_the_desk_and_says_where_it_comes_from(client):
    place = district()
    report = report_in(place, GATE)
    report_in(place, GATE_TOO)
    (one,) = similar_to(place.clerk, report)
    assert one.is_sure and one.bar.is_standard
    bar_at(place, min(0.99, one.score + 0.001))
    (one,) = similar_to(place.clerk, report)
    assert not one.is_sure and (one.bar.joined, one.bar.parted) == (3, 1)
    page = signed_in(client, place).get(f"/desk/{report.code}/").content.decode()
    assert "拿不准，请细看" in page and "合过 3 回、分开过 1 回" in page


def test_the_preview_of_a_join_leaves_out_what_is_unlike_the_rest_of_a_pile(client):
    place = district()
    rows = [report_in(place, text) for text in (GATE, GATE_TOO, DANCE)]
    where = "/desk/bulk/join/?" + "&".join(f"report={one.code}" for one in rows)
    page = signed_in(client, place).get(where)
    assert page.context["ticked"] == {rows[0].code, rows[1].code}
    assert page.content.decode().count(" checked>") == 2 and "没有打勾" in page.content.decode()
    bar_at(place, 0.99)
    page = client.get(where)
    assert page.context["ticked"] == {
        one.code for one in rows
    }  # a pile of nothing alike: the clerk's word stands
    assert "没有打勾" not in page.content.decode()


def test_the_page_shows_the_bar_what_moved_it_and_the_way_back(client):
    place = district()
    bar_at(place, 0.57, joined=41, parted=6)
    page = signed_in(client, place).get("/desk/alike/").content.decode()
    for words in ("0.57", "0.50", ">41 回<", ">6 回<", "回到标准值"):
        assert words in page
    done = client.post("/desk/alike/", follow=True).content.decode()
    assert "从现在起重新数" in done and bar_for(place.clerk).is_standard
    assert "本来就是标准值" in client.post("/desk/alike/", follow=True).content.decode()
    signed_in(client, place, "admin")
    assert client.get("/desk/alike/").status_code == 200
    assert "/desk/alike/" in client.get("/office/settings/").content.decode()


@pytest.mark.parametrize("who", ["officer", "keeper", "member", "reviewer", "unit", "authority_clerk"])
def test_the_page_of_the_bar_does_not_exist_for_others(client, who):
    place = district()
    bar_at(place, 0.57)
    signed_in(client, place, who)
    assert client.get("/desk/alike/").status_code == client.post("/desk/alike/").status_code == 404
    assert bar_for(place.viewers[who]).is_standard and Threshold.unscoped.get().value == 0.57


def test_another_committees_bar_is_neither_shown_nor_moved(client):
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    bar_at(place, 0.57)
    assert "0.57" not in signed_in(client, elsewhere).get("/desk/alike/").content.decode()
    client.post("/desk/alike/")
    assert Threshold.unscoped.get().value == 0.57
