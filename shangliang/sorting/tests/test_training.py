"""A lesson: too little is said so, a model is stored and used, the older one goes on unless the new one is better."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from shangliang.foundation import files, schedule
from shangliang.foundation.files import path_of, sweep_orphans
from shangliang.foundation.models import Job, LedgerEntry, StoredFile
from shangliang.foundation.refusals import AlreadyDone, NotYours
from shangliang.foundation.viewer import System
from shangliang.people.tests.factories import MORNING, district
from shangliang.sorting import training
from shangliang.sorting.actions import training as actions
from shangliang.sorting.models import Lesson, TrainedModel
from shangliang.sorting.queries.suggesting import lessons_due
from shangliang.sorting.tests.lessons import decisions
from shangliang.sorting.training import Example, Learned, NothingLearned, is_enough, learn, usable

pytestmark = pytest.mark.django_db
FOUR = {"路灯": "1", "停车": "2", "垃圾": "3", "噪音": "4"}
LATER = MORNING + timedelta(days=8)


def taught(place, examples=None, at=MORNING, has_lost=lambda _pk, _since: False):
    by = System("sorting.learn_kinds", place.committee.pk)
    return actions.teach("kind", examples or decisions(FOUR), has_lost=has_lost, by=by, at=at)


def facts(verb):
    return [json.loads(bytes(one.body))["facts"] for one in LedgerEntry.unscoped.filter(verb=verb)]


def measured(top1, *, older, is_better, is_worse=False):
    share = {"rows": 24, "top1": top1, "top3": 1.0, "macro_f1": top1, "calibration": [[0.9, top1, 24]]}
    before = None if older is None else {**share, "top1": older}
    return Learned(b"weights", 96, 4, 24, share, before, is_better, is_worse)


def test_what_is_rare_or_wordless_is_not_learned_from():
    known = [Example("路灯不亮", "1", MORNING)] * 5
    rare = [Example("路面塌了", "2", MORNING)] * 4
    silent = [Example(" \n", "1", MORNING)] * 9
    assert usable([*known, *rare, *silent]) == known
    assert is_enough(50, 2) and not is_enough(49, 2) and not is_enough(500, 1)


def test_the_latest_decisions_are_kept_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(training, "MOST", 40)
    kept = usable(decisions(FOUR))
    assert len(kept) == 40 and kept[0].at > MORNING and kept == sorted(kept, key=lambda one: one.at)


def test_too_few_decisions_are_said_and_nothing_is_trained(monkeypatch):
    monkeypatch.setattr(actions, "learn", lambda *_: pytest.fail("nothing was to be learned"))
    place = district()
    assert taught(place, decisions(FOUR, each=6)) is None
    lesson = Lesson.unscoped.get(committee=place.committee, subject="kind")
    assert (lesson.examples, lesson.labels, lesson.looked_at) == (24, 4, MORNING)
    assert not TrainedModel.unscoped.exists()


def test_a_first_model_is_trained_in_a_child_stored_and_taken():
    place = district()
    row = taught(place)
    assert row.is_current and row.not_taken_because == ""
    assert row.examples + row.held_out == 120 and row.labels == 4
    assert row.figures["top1"] >= 0.8  # four kinds of trouble in plain words
    assert 0 < path_of(row.file.name).stat().st_size == row.file.size <= 30 * 1024 * 1024
    kept = facts("model.train")[0]
    assert kept["taken"] and kept["examples"] == row.examples and kept["subject"] == "kind"


def test_what_is_held_out_are_the_latest_decisions():
    learned = learn(usable(decisions(FOUR)), None)
    assert 15 <= learned.held_out <= 40 and learned.examples + learned.held_out == 120


def test_no_word_of_an_example_stands_in_the_file():
    examples = decisions(FOUR)
    weights = learn(usable(examples), None).weights
    for word in ("路灯", "消防通道", "柳岸社区", "装修垃圾"):
        for code in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb18030"):
            assert word.encode(code) not in weights


def test_the_texts_go_through_a_pipe_and_into_no_file_and_no_argument(monkeypatch):
    seen = {}
    run = subprocess.run

    def watched(order, **how):
        seen["order"], seen["input"] = " ".join(order), how["input"]
        seen["env"] = how["env"]
        done = run(order, **how)
        into = Path(json.loads(how["input"].split(b"\n")[0])["into"])
        seen["files"] = [one.name for one in into.parent.iterdir()]
        return done

    monkeypatch.setattr(training.subprocess, "run", watched)
    learn(usable(decisions(FOUR)), None)
    assert "消防通道" in json.loads(seen["input"].split(b"\n")[2])[0] or b"\\u" in seen["input"]
    assert "消防" not in seen["order"] and set(seen["env"]) == set(training.THREADS)
    assert seen["files"] == ["weights"]


def test_a_child_that_fails_leaves_the_older_model_and_says_so(monkeypatch):
    place = district()
    first = taught(place)

    def broken(*_):
        raise NothingLearned

    monkeypatch.setattr(actions, "learn", broken)
    assert taught(place, at=LATER) is None
    assert TrainedModel.unscoped.get(is_current=True) == first
    assert Lesson.unscoped.get(subject="kind").went_wrong


def test_a_child_out_of_memory_or_time_is_no_model(monkeypatch):
    monkeypatch.setattr(training, "PATIENCE", 0.01)
    with pytest.raises(NothingLearned):
        learn(usable(decisions(FOUR)), None)


def test_a_better_model_takes_over_and_the_older_file_goes(monkeypatch, django_capture_on_commit_callbacks):
    place = district()
    first = taught(place)
    old_file = path_of(first.file.name)
    monkeypatch.setattr(actions, "learn", lambda *_: measured(0.95, older=0.9, is_better=True))
    with django_capture_on_commit_callbacks(execute=True):
        second = taught(place, at=LATER)
    first.refresh_from_db()
    assert second.is_current and not first.is_current and first.file is None
    assert not old_file.exists() and files.read_file(second.file) == b"weights"
    assert TrainedModel.unscoped.filter(is_current=True).count() == 1


def test_one_that_is_no_better_is_written_down_with_the_reason_and_not_taken(monkeypatch):
    place = district()
    first = taught(place)
    monkeypatch.setattr(actions, "learn", lambda *_: measured(0.9, older=0.9, is_better=False))
    second = taught(place, at=LATER)
    assert not second.is_current and second.file is None
    assert (
        second.not_taken_because == "同样的 24 件，新的猜对 22 件，在用的猜对 22 件，没有更好，接着用原来的。"
    )
    assert TrainedModel.unscoped.get(is_current=True) == first
    assert StoredFile.unscoped.count() == 1
    assert facts("model.train")[-1]["taken"] is False


def test_a_first_model_that_guesses_nothing_right_does_not_suggest(monkeypatch):
    place = district()
    monkeypatch.setattr(actions, "learn", lambda *_: measured(0.0, older=None, is_better=False))
    row = taught(place)
    assert not row.is_current and row.file is None
    assert row.not_taken_because == "留出来的 24 件，一件也没有猜对，先不用它。"


@pytest.mark.parametrize(("was_lost", "goes_on"), [(False, True), (True, False)])
def test_a_model_that_read_words_taken_back_stops_where_too_little_is_left_to_learn_anew(was_lost, goes_on):
    place = district()
    first = taught(place)
    few = decisions(FOUR, each=6)
    assert taught(place, few, at=LATER, has_lost=lambda _pk, _since: was_lost) is None
    first.refresh_from_db()
    assert first.is_current == goes_on and bool(first.file) == goes_on
    assert [one["subject"] for one in facts("model.stop")] == ([] if goes_on else ["kind"])


@pytest.mark.parametrize(("is_worse", "is_taken"), [(False, True), (True, False)])
def test_after_words_were_taken_back_an_equal_model_that_never_saw_them_is_taken(
    monkeypatch, is_worse, is_taken
):
    place = district()
    taught(place)
    said = measured(0.9, older=0.9, is_better=False, is_worse=is_worse)
    monkeypatch.setattr(actions, "learn", lambda *_: said)
    assert taught(place, at=LATER, has_lost=lambda _pk, since: since == MORNING).is_current is is_taken


def test_the_same_decisions_again_are_no_better_when_really_measured():
    place = district()
    first = taught(place)
    again = taught(place, at=LATER)
    assert not again.is_current and again.not_taken_because
    assert again.figures["top1"] == first.figures["top1"]


def test_where_another_worker_was_quicker_its_model_stays(monkeypatch):
    place = district()

    def slow(*_):
        TrainedModel(committee=place.committee, subject="kind", trained_at=MORNING, examples=1, labels=1, held_out=1,
                     is_current=True).save(force_insert=True)  # fmt: skip
        return measured(0.99, older=None, is_better=True)

    monkeypatch.setattr(actions, "learn", slow)
    assert taught(place) is None
    assert TrainedModel.unscoped.count() == 1 and not StoredFile.unscoped.exists()


def test_the_sweep_keeps_the_model_in_use_and_takes_what_no_row_knows(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    place = district()
    kept = path_of(taught(place).file.name)
    stray = path_of("ab" + "0" * 30 + ".weights")
    stray.parent.mkdir(parents=True, exist_ok=True)
    stray.write_bytes(b"left by a lesson that was broken off")
    assert sweep_orphans(MORNING + timedelta(days=4000)) == 1
    assert kept.exists() and not stray.exists()


def test_pressing_the_button_brings_both_lessons_into_the_next_round():
    place = district()
    actions.ask_training(committee=place.committee, by=place.clerk, at=MORNING)
    assert Lesson.unscoped.filter(asked_at=MORNING).count() == 2
    jobs = Job.unscoped.filter(name__in=actions.JOB_OF.values(), state="waiting")
    assert jobs.count() == 2 and {one.due_at for one in jobs} == {MORNING}
    assert LedgerEntry.unscoped.filter(verb="model.ask").count() == 1
    with pytest.raises(AlreadyDone, match="已经排上了"):
        actions.ask_training(committee=place.committee, by=place.clerk, at=MORNING)


@pytest.mark.parametrize("who", ["member", "admin", "unit", "reviewer"])
def test_nobody_outside_the_office_asks_for_a_lesson(who):
    place = district()
    with pytest.raises(NotYours):
        actions.ask_training(committee=place.committee, by=getattr(place, who), at=MORNING)


def test_another_committees_lesson_is_not_asked_for():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    with pytest.raises(NotYours):
        actions.ask_training(committee=elsewhere.committee, by=place.clerk, at=MORNING)


def test_a_job_that_was_done_today_runs_again_when_asked():
    day = MORNING.date().isoformat()
    Job(name="sorting.learn_kinds", period=day, state="done", due_at=MORNING, tries=2).save()
    schedule.run_soon("sorting.learn_kinds", LATER - timedelta(days=8))
    row = Job.unscoped.get()
    assert (row.state, row.tries) == ("waiting", 0)


def test_each_committee_is_looked_at_once_a_week_those_who_asked_first():
    one, two, three = district(), district("linhe", "LH", "临河区政协"), district("he", "HE", "河区政协")
    week_ago, yesterday = LATER - timedelta(days=7), LATER - timedelta(days=1)
    Lesson(committee=one.committee, subject="kind", looked_at=week_ago).save()
    Lesson(committee=two.committee, subject="kind", looked_at=yesterday).save()
    asked = Lesson(committee=three.committee, subject="kind", looked_at=yesterday, asked_at=yesterday)
    asked.save()
    assert lessons_due("kind", week_ago) == [three.committee.pk, one.committee.pk]
    asked.delete()
    assert lessons_due("kind", week_ago) == [three.committee.pk, one.committee.pk]


def test_the_job_gathers_for_every_committee_and_writes_down_that_it_looked():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    gathered = []
    looked = actions.teach_all(
        "unit", gather=lambda pk: gathered.append(pk) or [], has_lost=lambda *_: False, at=MORNING
    )
    assert looked == 2 and gathered == [place.committee.pk, elsewhere.committee.pk]
    assert actions.teach_all("unit", gather=lambda pk: [], has_lost=lambda *_: False, at=MORNING) == 0


def test_the_child_is_limited_before_it_reads():
    code = (
        "import resource, sys; sys.path.insert(0, '.'); from shangliang.sorting import model_child as child;"
        "child.limit(); print(resource.getrlimit(resource.RLIMIT_AS)[0] == child.MEMORY,"
        "resource.getrlimit(resource.RLIMIT_CPU)[0] == child.SECONDS_OF_WORK,"
        "resource.getrlimit(resource.RLIMIT_FSIZE)[0] == child.LARGEST_MODEL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "True"]


def waits():
    return Lesson.unscoped.exclude(asked_at=None).count(), Job.unscoped.filter(state="waiting").count()


def test_before_the_first_model_a_decision_has_the_worker_count_once():
    place = district()
    for _turn in range(2):
        actions.learn_soon_at_first(place.committee.pk, "kind", MORNING)
    assert waits() == (1, 1)
    assert Job.unscoped.get().name == "sorting.learn_kinds"


def test_it_is_counted_again_after_a_quarter_of_an_hour_and_not_before():
    place = district()
    Lesson(committee=place.committee, subject="kind", looked_at=MORNING).save()
    actions.learn_soon_at_first(place.committee.pk, "kind", MORNING + timedelta(minutes=14))
    assert waits() == (0, 0)
    actions.learn_soon_at_first(place.committee.pk, "kind", MORNING + timedelta(minutes=16))
    assert waits() == (1, 1)


def test_where_a_model_suggests_a_decision_asks_for_nothing(monkeypatch):
    place = district()
    monkeypatch.setattr(actions, "learn", lambda *_: measured(0.9, older=None, is_better=True))
    assert taught(place).is_current
    actions.learn_soon_at_first(place.committee.pk, "kind", LATER)
    assert waits() == (0, 0)


def test_committees_without_a_model_are_looked_at_each_night(monkeypatch):
    one, two = district(), district("linhe", "LH", "临河区政协")
    monkeypatch.setattr(actions, "learn", lambda *_: measured(0.9, older=None, is_better=True))
    taught(one)
    Lesson(committee=two.committee, subject="kind", looked_at=MORNING).save()
    looked = []
    again = {"gather": lambda pk: looked.append(pk) or [], "has_lost": lambda *_: False}
    assert actions.teach_all("kind", **again, at=MORNING + timedelta(hours=24)) == 1
    assert looked == [two.committee.pk]
