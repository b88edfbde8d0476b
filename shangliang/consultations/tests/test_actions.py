"""Every button of a consultation: what it does, what it refuses, what the ledger and the reporters get."""

import json
from datetime import date, timedelta

import pytest
from django.utils import translation

from shangliang.consultations import actions, queries
from shangliang.consultations.models import (
    Consultation,
    HeadCount,
    Statement,
    StepRecord,
    Suggestion,
    Support,
)
from shangliang.consultations.rules import Line
from shangliang.consultations.states import ConsultationState as C
from shangliang.consultations.states import SuggestionState
from shangliang.consultations.tests.factories import (
    HEADS,
    HELD_ON,
    LOOKED_ON,
    POINT,
    consultation_at,
    looked,
    opened,
    suggested,
    suggestions,
)
from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.models import Matter, ThreadEntry
from shangliang.reports.states import MatterState
from shangliang.topics.models import Topic
from shangliang.topics.queries import matters_of
from shangliang.topics.states import TopicState
from shangliang.topics.tests.factories import topic_at

pytestmark = pytest.mark.django_db
TOMORROW = (MORNING + timedelta(days=1)).date()


@pytest.fixture
def place():
    return district()


@pytest.fixture
def acts(place):
    return {"by": place.clerk, "at": MORNING}


def last_line(verb):
    entry = LedgerEntry.unscoped.filter(verb=verb).order_by("pk").last()
    return json.loads(bytes(entry.body)) if entry else None


def state(row):
    return type(row).unscoped.get(pk=row.pk).state


def told():
    return list(ThreadEntry.unscoped.order_by("pk").values_list("text", flat=True))


def test_opening_takes_the_topic_along_and_records_the_first_step(place):
    row = opened(place)
    assert row.code == "YC-2026-X0001"
    assert Topic.unscoped.get(pk=row.topic_id).state == TopicState.CONSULTED
    step = queries.steps_of(row)[0]
    assert (step.step, step.happened_on, step.owner) == ("selected", MORNING.date(), "清河街道联络组组长")
    assert last_line("consultation.open")["facts"] == {"topic": row.topic.code}


def test_only_a_scheduled_topic_is_consulted_on_and_only_once(place, acts):
    with pytest.raises(WrongState):
        actions.open_consultation(topic=topic_at(TopicState.APPROVED, place), **acts)
    row = opened(place)
    with pytest.raises(WrongState):
        actions.open_consultation(topic=row.topic, **acts)
    assert Consultation.unscoped.count() == 1


def test_a_member_does_not_open_a_consultation(place):
    with pytest.raises(NotYours):
        actions.open_consultation(topic=topic_at(TopicState.SCHEDULED, place), by=place.member, at=MORNING)


def test_a_past_session_is_entered_with_its_own_days_and_its_source(place, acts):
    topic = topic_at(TopicState.SCHEDULED, place)
    row = actions.open_consultation(
        topic=topic, happened_on=date(2025, 11, 3), entry_source="纸质记录", **acts
    )
    actions.plan(row, happened_on=date(2025, 11, 4), **acts)
    actions.record_research(row, happened_on=date(2025, 11, 6), note="看过。", **acts)
    actions.finish_research(row, **acts)
    actions.hold_session(row, held_on=date(2025, 11, 9), **acts)
    assert row.code == "YC-2025-X0001"
    assert [one.happened_on.day for one in queries.steps_of(row)] == [3, 4, 6, 9]
    line = last_line("consultation.hold")
    assert line["happened_on"] == "2025-11-09"
    assert line["recorded_at"].startswith("2026-09-08")
    assert line["facts"]["via"] == "proxy"


def test_the_plan_keeps_place_day_aim_and_who_is_asked(place, acts):
    row = opened(place)
    actions.plan(
        row, place="议事厅", planned_on=HELD_ON, aim="放学不堵", information="现状", heads=HEADS, **acts
    )
    assert (row.place, row.planned_on, row.aim, row.information) == ("议事厅", HELD_ON, "放学不堵", "现状")
    first = next(iter(queries.head_counts_of(row)))
    assert (first.side, first.planned, first.present) == ("residents", 12, None)
    assert queries.heads_total(row) is None
    with pytest.raises(WrongState):
        actions.plan(row, **acts)


@pytest.mark.parametrize("heads", [{"dogs": 2}, {"experts": -1}])
def test_a_plan_with_a_strange_side_or_number_is_refused_whole(place, acts, heads):
    row = opened(place)
    with pytest.raises(Refusal):
        actions.plan(row, heads=heads, **acts)
    assert state(row) == C.SELECTED


def test_no_research_no_session(place, acts):
    row = consultation_at(C.PLANNED, place)
    with pytest.raises(Refusal, match="不调研不协商：先记一次调研，或写明为什么没有做、谁决定的。"):
        actions.finish_research(row, **acts)
    with pytest.raises(WrongState):
        actions.hold_session(row, held_on=HELD_ON, **acts)
    assert state(row) == C.PLANNED
    looked(row, place)
    actions.finish_research(row, **acts)
    step = queries.steps_of(row)[-1]
    assert (step.step, step.happened_on) == ("researched", LOOKED_ON)
    assert last_line("consultation.research")["facts"]["looks"] == 1


def test_research_needs_words_a_day_that_was_and_comes_before_the_session(place, acts):
    row = opened(place)
    with pytest.raises(Refusal, match="三行就够"):
        actions.record_research(row, happened_on=LOOKED_ON, note=" \n", **acts)
    with pytest.raises(Refusal, match="还没有到"):
        actions.record_research(row, happened_on=TOMORROW, note="看过", **acts)
    with pytest.raises(NotYours):
        actions.record_research(row, happened_on=LOOKED_ON, note="看过", by=place.member, at=MORNING)
    with pytest.raises(WrongState):
        looked(consultation_at(C.HELD, place), place)


def test_what_was_not_done_is_kept_with_reason_and_name_and_the_course_goes_on(place, acts):
    row = opened(place)
    actions.skip_step(row, step="planned", because="当天就开", decided_by="罗启文", **acts)
    actions.skip_step(row, step="researched", because="上月刚看过", decided_by="罗启文", **acts)
    assert row.state == C.RESEARCHED
    kept = queries.steps_of(row)[-1]
    assert (kept.happened_on, kept.not_done_because, kept.decided_by) == (None, "上月刚看过", "罗启文")
    line = last_line("consultation.research")
    assert line["facts"]["not_done"] is True
    assert "罗启文" not in json.dumps(line, ensure_ascii=False)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"because": " "}, "为什么没有做"),
        ({"decided_by": ""}, "谁决定"),
        ({"step": "held"}, "没有坐下来商量"),
        ({"step": "selected"}, "没有坐下来商量"),
        ({"step": "submitted"}, "请看过再决定"),
    ],
)
def test_a_step_is_not_skipped_without_reason_and_name_nor_out_of_turn(place, acts, said, sentence):
    row = opened(place)
    with pytest.raises(Refusal, match=sentence):
        actions.skip_step(
            row, **{"step": "planned", "because": "当天就开", "decided_by": "罗启文", **said}, **acts
        )
    assert state(row) == C.SELECTED
    assert StepRecord.unscoped.count() == 1


def test_research_that_was_done_is_not_called_not_done(place, acts):
    row = consultation_at(C.PLANNED, place)
    looked(row, place)
    with pytest.raises(Refusal, match="已经记过调研"):
        actions.skip_step(row, step="researched", because="没空", decided_by="罗启文", **acts)


def test_the_session_keeps_day_place_and_heads_and_those_who_spoke_are_told(place, acts):
    row = consultation_at(C.RESEARCHED, place)
    before = len(told())
    actions.hold_session(row, held_on=HELD_ON, place="学校会议室", heads=HEADS, counted_by="程晓岚", **acts)
    assert (row.held_on, row.place, queries.heads_total(row)) == (HELD_ON, "学校会议室", 27)
    assert told()[before:] == ["9月4日，大家坐下来商量了这件事。商量出了什么，整理好就在这里告诉您。"]
    assert last_line("consultation.count_heads")["facts"] == {"present": HEADS}


def test_reporters_are_told_in_the_sites_language_whoever_presses_the_button(place, acts):
    row = consultation_at(C.RESEARCHED, place)
    with translation.override("en"):
        actions.hold_session(row, held_on=HELD_ON, **acts)
    assert "大家坐下来商量了这件事" in told()[-1]


def test_a_session_to_come_or_with_heads_nobody_counted_is_refused_whole(place, acts):
    row = consultation_at(C.RESEARCHED, place)
    with pytest.raises(Refusal, match="还没有到"):
        actions.hold_session(row, held_on=TOMORROW, **acts)
    with pytest.raises(Refusal, match="谁清点"):
        actions.hold_session(row, held_on=HELD_ON, heads=HEADS, **acts)
    assert state(row) == C.RESEARCHED


def test_heads_are_counted_once_and_a_correction_says_what_stood_before(place, acts):
    row = consultation_at(C.HELD, place)
    actions.count_heads(row, heads={"experts": 3}, counted_by="罗启文", **acts)
    line = last_line("consultation.correct_heads")
    assert line["facts"] == {"present": {"experts": 3}, "before": HEADS}
    assert queries.heads_total(Consultation.unscoped.get(pk=row.pk)) == 28


def test_a_count_below_what_agreed_is_refused(place, acts):
    row = consultation_at(C.HELD, place)
    with pytest.raises(Refusal, match="先改建议里的数"):
        actions.count_heads(row, heads={"residents": 11}, counted_by="罗启文", **acts)
    assert HeadCount.unscoped.get(consultation=row, side="residents").present == 12


@pytest.mark.parametrize(
    "said", [{"heads": {}}, {"heads": {"dogs": 1}}, {"heads": {"experts": -1}}, {"counted_by": " "}]
)
def test_heads_without_numbers_sides_or_who_counted_are_refused(place, acts, said):
    row = consultation_at(C.HELD, place)
    with pytest.raises(Refusal):
        actions.count_heads(row, **{"heads": HEADS, "counted_by": "程晓岚", **said}, **acts)


def test_heads_are_not_counted_before_the_session(place, acts):
    with pytest.raises(WrongState):
        actions.count_heads(consultation_at(C.RESEARCHED, place), heads=HEADS, counted_by="程晓岚", **acts)


def test_statements_keep_side_role_and_order_and_those_from_outside_stand_among_them(place, acts):
    row = consultation_at(C.HELD, place)
    actions.record_statements(
        row, lines=[Line("departments", "区城管局", "能划"), Line("members", "贺知远", "同意")], **acts
    )
    actions.record_statement(row, side="residents", speaker="商户", text="晚上别停", hall="remote", **acts)
    said = list(queries.statements_of(place.clerk, row))
    assert [(one.order, one.side, one.hall) for one in said][1:] == [
        (2, "departments", "hall"),
        (3, "members", "hall"),
        (4, "residents", "remote"),
    ]
    assert last_line("consultation.record_statements")["facts"] == {"statements": 1}


@pytest.mark.parametrize("said", [{"side": "dogs"}, {"text": "  "}, {"hall": "moon"}, {"speaker": "李女士"}])
def test_a_statement_without_side_or_words_or_with_a_residents_name_is_refused(place, acts, said):
    row = consultation_at(C.HELD, place)
    with pytest.raises(Refusal):
        actions.record_statement(
            row, **{"side": "residents", "text": "话", "speaker": "家长", **said}, **acts
        )
    assert Statement.unscoped.count() == 1


def test_an_official_is_named_and_nothing_is_said_before_the_session(place, acts):
    actions.record_statement(
        consultation_at(C.HELD, place), side="departments", speaker="陈师傅", text="能划", **acts
    )
    with pytest.raises(WrongState):
        actions.record_statement(opened(place), side="members", text="话", **acts)


def test_suggestions_are_numbered_within_their_consultation_with_counts_and_units(place):
    row = consultation_at(C.HELD, place)
    first, second = suggestions(row)
    assert (first.code, second.code) == (f"{row.code}-1", f"{row.code}-2")
    assert list(first.concerned_units.all()) == [place.lead_unit]
    assert sorted(first.supports.values_list("side", "agree", "reserve")) == [
        ("members", 7, 0),
        ("residents", 10, 2),
    ]
    body = json.dumps(
        [
            json.loads(bytes(one.body))
            for one in LedgerEntry.unscoped.filter(verb="suggestion.add").order_by("seq")
        ],
        ensure_ascii=False,
    )
    assert '"residents": [10, 2]' in body
    assert POINT not in body


@pytest.mark.parametrize(
    "said",
    [
        {"text": " "},
        {"proposer_side": "dogs"},
        {"proposer_note": "李女士"},
        {"supports": {"residents": (11, 2, "")}},
        {"supports": {"residents": (-1, 0, "")}},
        {"supports": {"dogs": (1, 0, "")}},
    ],
)
def test_a_suggestion_with_more_voices_than_heads_or_without_words_is_refused_whole(place, said):
    row = consultation_at(C.HELD, place)
    with pytest.raises(Refusal):
        suggested(row, place, **said)
    assert Suggestion.unscoped.count() == 2


def test_a_suggestion_does_not_name_a_unit_of_another_committee(place):
    row = consultation_at(C.HELD, place)
    other = district("nanhu", "NH", "南湖区政协")
    with pytest.raises(Refusal, match="本政协的单位"):
        suggested(row, place, concerned_units=[other.lead_unit])


def test_uncounted_heads_do_not_bound_the_voices(place, acts):
    row = consultation_at(C.RESEARCHED, place)
    actions.hold_session(row, held_on=HELD_ON, **acts)
    assert suggested(row, place, supports={"residents": (40, 2, "")}).number == 1


def test_support_is_corrected_while_the_list_is_open_only(place, acts):
    row = consultation_at(C.HELD, place)
    first = suggestions(row)[0]
    actions.record_support(first, side="residents", agree=12, reserve=0, **acts)
    assert Support.unscoped.get(suggestion=first, side="residents").agree == 12
    assert last_line("suggestion.support")["facts"] == {"supports": {"residents": [12, 0]}}
    with pytest.raises(Refusal, match="不能更多"):
        actions.record_support(first, side="experts", agree=3, reserve=0, **acts)
    actions.submit_results(row, submitted_to="区政府办公室", **acts)
    with pytest.raises(WrongState):
        actions.record_support(first, side="residents", agree=1, reserve=0, **acts)
    with pytest.raises(WrongState):
        suggested(row, place)


def test_a_dropped_point_is_kept_and_counts_no_more(place, acts):
    row = consultation_at(C.HELD, place)
    actions.drop_suggestion(suggestions(row)[1], because="学校排不开", **acts)
    with pytest.raises(WrongState):
        actions.record_support(suggestions(row)[1], side="residents", agree=1, reserve=0, **acts)
    with pytest.raises(WrongState):
        actions.drop_suggestion(suggestions(row)[1], **acts)
    before = len(told())
    actions.submit_results(row, submitted_to="区政府办公室", document_no="云协〔2026〕5号", **acts)
    assert told()[before:] == [
        "这件事商量过了，形成 1 条共识，已经送给区政府办公室。采纳不采纳，会在这里告诉您。"
    ]
    assert last_line("consultation.submit")["facts"]["suggestions"] == 1
    assert queries.steps_of(Consultation.unscoped.get(pk=row.pk))[-1].artefact == "云协〔2026〕5号"


def test_results_are_submitted_to_somebody_and_after_the_session(place, acts):
    with pytest.raises(Refusal, match="报送给谁"):
        actions.submit_results(consultation_at(C.HELD, place), submitted_to=" ", **acts)
    with pytest.raises(WrongState):
        actions.submit_results(consultation_at(C.RESEARCHED, place), submitted_to="区委", **acts)


def test_a_session_without_consensus_says_so_honestly(place, acts):
    row = consultation_at(C.HELD, place)
    for one in suggestions(row):
        actions.drop_suggestion(one, **acts)
    actions.submit_results(row, submitted_to="区委", **acts)
    assert told()[-1] == "这件事商量过了，这一次还没有商量出大家都同意的办法。情况已经如实报给区委。"


def test_an_adoption_is_kept_with_who_when_and_source(place, acts):
    row = consultation_at(C.SUBMITTED, place)
    one = suggestions(row)[0]
    actions.adopt_suggestion(
        one, decided_by="区政府办公室", decided_on=MORNING.date(), source="云府办〔2026〕12号", **acts
    )
    assert (one.state, one.decision_source) == (SuggestionState.ADOPTED, "云府办〔2026〕12号")
    assert last_line("suggestion.adopt")["facts"]["via"] == "proxy"
    assert list(queries.suggestions_awaiting_assignment(place.clerk)) == [one]
    with pytest.raises(WrongState):
        actions.turn_down_suggestion(
            one, reason="不行", decided_by="区政府", decided_on=MORNING.date(), source="电话", **acts
        )


def test_the_authority_decides_by_itself_without_proxy(place):
    one = suggestions(consultation_at(C.SUBMITTED, place))[0]
    actions.adopt_suggestion(
        one, decided_by="区政府办公室", decided_on=MORNING.date(), by=place.authority_clerk, at=MORNING
    )
    assert last_line("suggestion.adopt")["facts"]["via"] == "self"


def test_nothing_is_decided_before_the_results_were_submitted_nor_by_a_member(place, acts):
    one = suggestions(consultation_at(C.HELD, place))[0]
    said = {"decided_by": "区政府办公室", "decided_on": MORNING.date()}
    with pytest.raises(WrongState):
        actions.adopt_suggestion(one, **said, **acts)
    with pytest.raises(NotYours):
        actions.adopt_suggestion(one, **said, by=place.member, at=MORNING)


@pytest.mark.parametrize(
    "said", [{"decided_by": " "}, {"decided_on": TOMORROW}, {"reason": ""}, {"source": " "}]
)
def test_a_no_needs_who_when_and_why(place, acts, said):
    one = suggestions(consultation_at(C.SUBMITTED, place))[0]
    full = {
        "reason": "河边是行洪通道", "decided_by": "区政府办公室", "decided_on": MORNING.date(), "source": "书面答复", **said,
    }  # fmt: skip
    with pytest.raises(Refusal):
        actions.turn_down_suggestion(one, **full, **acts)
    assert state(one) == SuggestionState.AGREED


def test_several_decisions_are_recorded_together_or_not_at_all(place, acts):
    row = consultation_at(C.SUBMITTED, place)
    first, second = suggestions(row)
    common = {"decided_by": "区政府办公室", "decided_on": MORNING.date(), **acts}
    with pytest.raises(Refusal, match="理由"):
        actions.record_decisions(
            row, decisions={first.code: (True, ""), second.code: (False, " ")}, source="12号", **common
        )
    assert state(first) == SuggestionState.AGREED
    with pytest.raises(Refusal, match="来源"):
        actions.record_decisions(row, decisions={first.code: (True, "")}, **common)
    with pytest.raises(Refusal, match="选一条"):
        actions.record_decisions(row, decisions={"YC-2026-X0009-1": (True, "")}, source="12号", **common)
    actions.record_decisions(
        row, decisions={first.code: (True, ""), second.code: (False, "学校排不开")}, source="12号", **common
    )
    assert [state(one) for one in (first, second)] == [SuggestionState.ADOPTED, SuggestionState.NOT_ADOPTED]


def test_the_proposers_are_told_once_why_a_point_was_not_adopted(place, acts):
    row = consultation_at(C.SUBMITTED, place)
    one = suggestions(row)[1]
    with pytest.raises(WrongState):
        actions.explain_to_proposer(one, explained_on=MORNING.date(), **acts)
    actions.turn_down_suggestion(
        one, reason="学校排不开", decided_by="区政府", decided_on=MORNING.date(), source="书面答复", **acts
    )
    actions.explain_to_proposer(one, explained_on=MORNING.date(), **acts)
    assert told()[-1] == "商量时提的“三个年级错开放学”，这次没有采纳。原因是：学校排不开"
    with pytest.raises(AlreadyDone):
        actions.explain_to_proposer(one, explained_on=MORNING.date(), **acts)
    with pytest.raises(NotYours):
        actions.explain_to_proposer(one, explained_on=MORNING.date(), by=place.authority_clerk, at=MORNING)


def test_a_consultation_closes_when_every_suggestion_is_decided_and_every_no_was_told(place, acts):
    row = consultation_at(C.SUBMITTED, place)
    actions.follow(row, **acts)
    first, second = suggestions(row)
    with pytest.raises(Refusal, match="还有 2 条"):
        actions.close_consultation(row, **acts)
    said = {"decided_by": "区政府", "decided_on": MORNING.date(), "source": "书面答复", **acts}
    actions.adopt_suggestion(first, **said)
    actions.turn_down_suggestion(second, reason="学校排不开", **said)
    with pytest.raises(Refusal, match="还没有告诉提出人"):
        actions.close_consultation(row, **acts)
    actions.explain_to_proposer(second, explained_on=MORNING.date(), **acts)
    actions.close_consultation(row, **acts)
    assert state(row) == C.CLOSED
    with pytest.raises(WrongState):
        actions.close_consultation(row, **acts)


def test_what_was_adopted_is_not_ended_past_the_delivery_stage(place, acts):
    with pytest.raises(Refusal, match="在“办理”里结束"):
        actions.end_without_adoption(consultation_at(C.FOLLOWING, place), **acts)


def test_where_nothing_was_adopted_the_matter_is_laid_back_at_the_end(place, acts):
    row = consultation_at(C.SUBMITTED, place)
    matter = matters_of(row.topic).get()
    for one in suggestions(row):
        actions.turn_down_suggestion(
            one,
            reason="今年没有预算",
            decided_by="区政府",
            decided_on=MORNING.date(),
            source="书面答复",
            **acts,
        )
        actions.explain_to_proposer(one, explained_on=MORNING.date(), **acts)
    actions.end_without_adoption(row, **acts)
    assert state(row) == C.CLOSED
    assert Matter.unscoped.get(pk=matter.pk).state == MatterState.GATHERED
    assert not matters_of(row.topic)


def test_a_consultation_that_never_met_is_called_off_with_reason_and_name(place, acts):
    row = consultation_at(C.PLANNED, place)
    matter = matters_of(row.topic).get()
    with pytest.raises(Refusal, match="为什么这次不开了"):
        actions.call_off(row, because="", decided_by="罗启文", **acts)
    actions.call_off(row, because="学校搬走了", decided_by="罗启文", **acts)
    assert state(row) == C.CLOSED
    assert Matter.unscoped.get(pk=matter.pk).state == MatterState.GATHERED
    kept = queries.steps_of(Consultation.unscoped.get(pk=row.pk))[-1]
    assert (kept.step, kept.not_done_because) == ("held", "学校搬走了")
    assert "这一次没有开成" in told()[-1]


def test_a_session_that_took_place_cannot_be_called_off(place, acts):
    with pytest.raises(WrongState):
        actions.call_off(consultation_at(C.HELD, place), because="忘了", decided_by="罗启文", **acts)


def test_a_repeated_entry_is_found_by_its_key(place, acts):
    topic = topic_at(TopicState.SCHEDULED, place)
    row = actions.open_consultation(topic=topic, entry_key="k" * 32, **acts)
    assert queries.get_consultation_entered_with(place.clerk, "k" * 32) == row
    assert queries.get_consultation_entered_with(place.clerk, "") is None


@pytest.mark.parametrize("where", C.values)
def test_every_state_is_reached_by_real_actions_and_every_step_is_recorded_once(place, where):
    row = consultation_at(where, place)
    steps = [one.step for one in queries.steps_of(row)]
    assert steps == sorted(set(steps), key=C.values.index)
    assert len(steps) == min(C.values.index(where) + 1, 6)
