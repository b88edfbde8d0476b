"""The kind of a matter: set and taken back by the office, kept where reports are joined and parted, learned from safely."""

import json
from datetime import timedelta

import pytest

from shangliang.foundation.models import Job, LedgerEntry
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal
from shangliang.foundation.viewer import System
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions, tasks
from shangliang.reports.actions.erasing import erase_withdrawn
from shangliang.reports.actions.sorting import sort_matter, unsort_matter
from shangliang.reports.models import Matter, Report
from shangliang.reports.queries.sorting import MOST_OF_ONE_MATTER, has_lost_words, past_kinds
from shangliang.reports.tests.factories import (
    WORDS,
    gathered_matter,
    held_report,
    holder_of,
    report_in,
)
from shangliang.sorting.actions import add_category, retire_category
from shangliang.sorting.actions.training import ask_training
from shangliang.sorting.models import Lesson, TrainedModel
from shangliang.sorting.queries.taken import decisions_of, taken_of
from shangliang.sorting.tests.lessons import TROUBLES, kinds_of, wordings

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=1)


def fresh(matter):
    return Matter.unscoped.get(pk=matter.pk)


def facts(verb):
    rows = LedgerEntry.unscoped.filter(verb=verb).order_by("seq")
    return [json.loads(bytes(one.body))["facts"] for one in rows]


def learned_from(place):
    return past_kinds(System("test", place.committee.pk))


def two_kinds(place):
    kinds = kinds_of(place)
    return kinds["停车"], kinds["噪音"]


def test_the_office_sets_the_kind_of_a_matter():
    place = district()
    parking, _noise = two_kinds(place)
    matter = gathered_matter(place)
    sort_matter(matter, parking, offered=[parking.pk + 100, parking.pk], by=place.clerk, at=LATER)
    assert (fresh(matter).category, fresh(matter).sorted_at) == (parking, LATER)
    noted = facts("matter.sorted")[0]
    assert noted["category"] == "城市管理 / 车辆停放" and noted["before"] == 0
    assert (noted["offered"], noted["rank"]) == (2, 2) and noted["report"] == Report.unscoped.get().code


def test_a_report_that_still_waits_has_a_kind_too_and_keeps_it_when_it_is_raised():
    place = district()
    parking, _noise = two_kinds(place)
    report = report_in(place)
    sort_matter(report.matter, parking, by=place.clerk, at=MORNING)
    matter = actions.raise_matter(report, title="校门口停车", by=place.clerk, at=LATER)
    assert fresh(matter).category == parking


@pytest.mark.parametrize(
    "who", ["member", "admin", "unit", "reviewer", "officer", "authority_clerk", "keeper"]
)
def test_nobody_outside_the_office_sets_a_kind(who):
    place = district()
    parking, _noise = two_kinds(place)
    matter = gathered_matter(place)
    with pytest.raises(NotYours):
        sort_matter(matter, parking, by=getattr(place, who), at=LATER)
    assert fresh(matter).category is None


def test_another_committees_office_sets_no_kind_here_and_another_committees_kind_is_none_of_ours():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    parking, _noise = two_kinds(place)
    theirs, _noise = two_kinds(elsewhere)
    matter = gathered_matter(place)
    with pytest.raises(NotYours):
        sort_matter(matter, parking, by=elsewhere.clerk, at=LATER)
    with pytest.raises(NotYours, match="类别方案"):
        sort_matter(matter, theirs, by=place.clerk, at=LATER)


def test_a_retired_kind_and_the_same_kind_again_are_refused():
    place = district()
    parking, noise = two_kinds(place)
    matter = gathered_matter(place)
    retire_category(noise, by=place.clerk, at=MORNING)
    noise.refresh_from_db()
    with pytest.raises(Refusal, match="已经停用"):
        sort_matter(matter, noise, by=place.clerk, at=LATER)
    sort_matter(matter, parking, by=place.clerk, at=LATER)
    with pytest.raises(AlreadyDone, match="刚才已经"):
        sort_matter(matter, parking, by=place.clerk, at=LATER)


def test_a_matter_of_locked_words_alone_gets_no_kind():
    place = district()
    parking, _noise = two_kinds(place)
    shell = held_report(place).matter
    with pytest.raises(Refusal, match="没有可以看的线索"):
        sort_matter(shell, parking, by=place.clerk, at=LATER)


def test_each_decision_taken_back_uncovers_the_one_before():
    place = district()
    parking, noise = two_kinds(place)
    matter = gathered_matter(place)
    sort_matter(matter, parking, by=place.clerk, at=MORNING)
    sort_matter(matter, noise, by=place.clerk, at=LATER)
    unsort_matter(matter, by=place.clerk, at=LATER)
    assert fresh(matter).category == parking
    unsort_matter(matter, by=place.leader, at=LATER)
    assert fresh(matter).category is None and fresh(matter).sorted_at is None
    assert [one["back_to"] for one in facts("matter.unsorted")] == ["城市管理 / 车辆停放", ""]
    with pytest.raises(AlreadyDone):
        unsort_matter(matter, by=place.clerk, at=LATER)


def test_where_reports_are_joined_the_targets_kind_holds_and_parted_ones_take_it_along():
    place = district()
    parking, noise = two_kinds(place)
    matter = gathered_matter(place, reports=3)
    sort_matter(matter, parking, by=place.clerk, at=MORNING)
    late = report_in(place, "晚上音响太大声。")
    sort_matter(late.matter, noise, by=place.clerk, at=MORNING)
    actions.join(late, matter, by=place.clerk, at=LATER)
    assert fresh(matter).category == parking
    leaving = list(Report.unscoped.filter(matter=matter).order_by("pk")[1:2])
    new = actions.split(fresh(matter), leaving, title="另一件停车", by=place.clerk, at=LATER)
    assert fresh(new).category == parking and fresh(new).sorted_at == MORNING


def test_a_shell_that_gets_its_number_keeps_the_course_of_its_kinds():
    place = district()
    parking, noise = two_kinds(place)
    report = report_in(place)
    sort_matter(report.matter, parking, by=place.clerk, at=MORNING)
    sort_matter(fresh(report.matter), noise, by=place.clerk, at=MORNING)
    matter = actions.raise_matter(report, title="校门口停车", by=place.clerk, at=LATER)
    kept = facts("matter.kind_kept")
    assert kept == [
        {"matter": matter.pk, "category": noise.path, "kind": noise.pk, "from": kept[0]["from"], "before": [0, parking.pk]}
    ]  # fmt: skip
    assert kept[0]["from"] != matter.code
    unsort_matter(fresh(matter), by=place.clerk, at=LATER)
    assert fresh(matter).category == parking
    unsort_matter(fresh(matter), by=place.clerk, at=LATER)
    assert fresh(matter).category is None


def test_what_is_parted_keeps_the_course_of_kinds_of_what_it_left():
    place = district()
    parking, noise = two_kinds(place)
    matter = gathered_matter(place, reports=2)
    sort_matter(matter, parking, by=place.clerk, at=MORNING)
    sort_matter(fresh(matter), noise, by=place.clerk, at=MORNING)
    leaving = list(Report.unscoped.filter(matter=matter).order_by("pk")[1:])
    new = actions.split(fresh(matter), leaving, title="另一件停车", by=place.clerk, at=LATER)
    assert facts("matter.kind_kept")[-1]["from"] == matter.code
    sort_matter(fresh(new), parking, by=place.clerk, at=LATER)
    for kind in (noise, parking, None):
        unsort_matter(fresh(new), by=place.clerk, at=LATER)
        assert fresh(new).category == kind
    assert fresh(matter).category == noise


def test_a_number_without_a_kind_notes_none():
    place = district()
    gathered_matter(place)
    assert facts("matter.kind_kept") == []


def test_the_share_counts_decisions_with_suggestions_and_leaves_out_what_was_taken_back():
    place = district()
    parking, noise = two_kinds(place)
    kinds = [noise.pk, parking.pk]
    first, second, third, fourth = (gathered_matter(place) for _turn in range(4))
    sort_matter(first, noise, offered=kinds, by=place.clerk, at=MORNING)
    sort_matter(second, parking, offered=kinds, by=place.clerk, at=MORNING)
    sort_matter(third, parking, offered=[noise.pk], by=place.clerk, at=MORNING)
    sort_matter(fourth, parking, by=place.clerk, at=MORNING)
    told = taken_of(decisions_of(place.clerk))
    assert (told.decisions, told.first, told.any, told.percent) == (3, 1, 2, 67)
    unsort_matter(third, by=place.clerk, at=LATER)
    sort_matter(third, noise, offered=kinds, by=place.clerk, at=LATER)
    told = taken_of(decisions_of(place.clerk))
    assert (told.decisions, told.first, told.any) == (3, 2, 3) and len(decisions_of(place.clerk)) == 4
    assert decisions_of(place.member) == []


def test_learned_from_are_the_words_of_each_report_under_the_kind_of_its_matter():
    place = district()
    parking, _noise = two_kinds(place)
    matter = gathered_matter(place, reports=2)
    gathered_matter(place)  # without a kind
    sort_matter(matter, parking, by=place.clerk, at=LATER)
    said = learned_from(place)
    assert {one.label for one in said} == {str(parking.pk)} and {one.at for one in said} == {LATER}
    assert sorted(one.text for one in said) == sorted([WORDS, f"{WORDS}第 1 天也这样。"])


def test_a_matter_many_speak_of_is_learned_from_ten_times_and_no_more():
    place = district()
    parking, _noise = two_kinds(place)
    matter = gathered_matter(place, reports=MOST_OF_ONE_MATTER + 2)
    sort_matter(matter, parking, by=place.clerk, at=LATER)
    assert len(learned_from(place)) == MOST_OF_ONE_MATTER


def test_a_retired_kind_is_not_learned_any_more():
    place = district()
    parking, _noise = two_kinds(place)
    sort_matter(gathered_matter(place), parking, by=place.clerk, at=MORNING)
    retire_category(parking, by=place.clerk, at=LATER)
    assert learned_from(place) == []


def test_words_taken_back_are_forgotten_at_the_next_lesson():
    place = district()
    parking, _noise = two_kinds(place)
    matter = gathered_matter(place, reports=2)
    sort_matter(matter, parking, by=place.clerk, at=MORNING)
    gone = Report.unscoped.filter(matter=matter).order_by("pk").last()
    assert not has_lost_words(place.committee.pk, MORNING)
    actions.withdraw(gone, by=holder_of(gone), at=LATER)
    assert [one.text for one in learned_from(place)] == [WORDS]
    assert has_lost_words(place.committee.pk, MORNING) and not has_lost_words(
        place.committee.pk, LATER + timedelta(hours=1)
    )
    erase_withdrawn((LATER + timedelta(days=400)).date(), LATER + timedelta(days=400))
    assert [one.text for one in learned_from(place)] == [WORDS]
    assert has_lost_words(place.committee.pk, LATER + timedelta(days=2))


def test_words_locked_after_a_lesson_are_forgotten_at_the_next():
    place = district()
    parking, _noise = two_kinds(place)
    report = report_in(place)
    sort_matter(report.matter, parking, by=place.clerk, at=MORNING)
    assert not has_lost_words(place.committee.pk, MORNING + timedelta(hours=1))
    actions.hold(report, by=place.clerk, at=LATER)
    assert has_lost_words(place.committee.pk, MORNING + timedelta(hours=1))
    assert not has_lost_words(place.committee.pk, MORNING - timedelta(hours=1))


def test_locked_words_are_never_learned_from():
    """A canary: a locked report whose shell had a kind before it was locked, and one that was turned away."""
    place = district()
    parking, _noise = two_kinds(place)
    report = report_in(place, "金丝雀：楼下车位的事。")
    sort_matter(report.matter, parking, by=place.clerk, at=MORNING)
    assert "金丝雀" in learned_from(place)[0].text
    actions.hold(report, by=place.clerk, at=LATER)
    assert learned_from(place) == []
    actions.turn_away(report, words="请找信访部门。", by=place.officer, at=LATER)
    assert learned_from(place) == []
    Matter.unscoped.filter(pk=held_report(place).matter_id).update(category=parking, sorted_at=MORNING)
    assert learned_from(place) == []


def test_another_committees_decisions_are_not_learned_here():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    parking, _noise = two_kinds(elsewhere)
    sort_matter(gathered_matter(elsewhere), parking, by=elsewhere.clerk, at=MORNING)
    assert learned_from(place) == [] and len(learned_from(elsewhere)) == 1


def test_the_nightly_job_learns_from_what_the_office_decided():
    place = district()
    kinds = kinds_of(place)
    for kind in TROUBLES:
        for text in wordings(kind, 15):
            sort_matter(report_in(place, text).matter, kinds[kind], by=place.clerk, at=MORNING)
    ask_training(committee=place.committee, by=place.clerk, at=MORNING)
    tasks.learn_kinds(LATER.date(), LATER)
    model = TrainedModel.unscoped.get(subject="kind")
    assert model.is_current and model.examples + model.held_out == 60 and model.labels == 4
    lesson = Lesson.unscoped.get(subject="kind")
    assert lesson.asked_at is None and lesson.looked_at == LATER
    body = LedgerEntry.unscoped.filter(verb="model.train").get().body
    assert json.loads(bytes(body))["by"] == {"as": "system", "task": "sorting.learn_kinds"}


def test_the_kind_is_of_the_last_level_that_somebody_chose():
    place = district()
    top = add_category(committee=place.committee, parent=None, name="教育", by=place.clerk, at=MORNING)
    matter = gathered_matter(place)
    sort_matter(matter, top, by=place.clerk, at=LATER)
    assert fresh(matter).category.path == "教育"


def test_kinds_that_are_set_have_the_first_model_learned_soon():
    place = district()
    parking, noise = two_kinds(place)
    sort_matter(gathered_matter(place), parking, by=place.clerk, at=MORNING)
    assert Lesson.unscoped.get().asked_at == MORNING
    assert Job.unscoped.get(name="sorting.learn_kinds").due_at == MORNING
    sort_matter(gathered_matter(place), noise, by=place.clerk, at=MORNING)
    assert Job.unscoped.filter(name="sorting.learn_kinds").count() == 1
