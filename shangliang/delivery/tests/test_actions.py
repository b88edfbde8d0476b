"""What each button does, refuses, notes and tells."""

from datetime import date, timedelta

import pytest

from shangliang.consultations import actions as consultations
from shangliang.consultations.models import Consultation
from shangliang.delivery import actions
from shangliang.delivery.models import Assignment, LookBack, Objection, Progress, Result, UnitLink
from shangliang.delivery.queries import gaps_of_matter, get_link, holder_of_link
from shangliang.delivery.states import A
from shangliang.delivery.tests import factories as make
from shangliang.delivery.tests.factories import BY_PHONE, LATER, MORNING, TODAY
from shangliang.foundation.models import LedgerEntry, Message
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.people.actions import add_organisation, change_setting, set_letters
from shangliang.reports.models import Matter, ThreadEntry
from shangliang.reports.states import MatterState
from shangliang.reports.tests.factories import gathered_matter, picture
from shangliang.sorting.models import Lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make.district()


def ledger(verb, code):
    return LedgerEntry.unscoped.filter(verb=verb, subject__endswith=f":{code}").count()


# --- assigning ---------------------------------------------------------------------------------------------


def test_an_assignment_runs_from_dispatch_in_working_days_and_begins_delivery(place):
    one = make.assigned(place, working_days=20)
    assert one.deadline_on == date(2026, 10, 12)  # over the national holiday, with its make-up days
    assert make.matter_of(one).state == MatterState.DELIVERING
    assert Consultation.unscoped.get(pk=one.suggestion.consultation_id).state == "following"
    assert ledger("assignment.assign", one.code) == 1
    told = Message.unscoped.get(appointment=place.appointments["unit"].pk)
    assert "区政府办公室" in told.body
    assert "2026年10月12日" in told.body
    assert make.WORDS not in told.body


def test_reporters_are_told_who_does_it_and_until_when_in_plain_words(place):
    one = make.assigned(place)
    texts = list(
        ThreadEntry.unscoped.filter(report__matter=make.matter_of(one)).values_list("text", flat=True)
    )
    assert any("区城管局" in text and "2026年10月12日" in text for text in texts)
    assert not any(word in text for text in texts for word in ("交办", "主体", "办结"))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"basis": " "}, "依据和文号"),
        ({"document_no": ""}, "依据和文号"),
        ({"task": " "}, "要办的是什么"),
        ({"source": ""}, "来源"),
        ({"issued_on": TODAY + timedelta(days=1)}, "还没有到"),
        ({"working_days": 0}, "工作日"),
        ({"issued_on": date(2019, 3, 1)}, "2019年"),
    ],
)
def test_an_act_without_its_basis_its_source_or_a_possible_day_is_no_assignment(place, wrong, sentence):
    suggestion = make.adopted_suggestion(place)
    with pytest.raises(Refusal, match=sentence):
        make.assigned(place, suggestion=suggestion, **wrong)
    assert not Assignment.unscoped.exists()


def test_only_an_issuing_authority_assigns(place):
    suggestion = make.adopted_suggestion(place)
    with pytest.raises(Refusal, match="不是交办主体"):
        make.assigned(place, suggestion=suggestion, issuing_authority=place.co_unit)


def test_what_was_not_adopted_cannot_be_assigned(place):
    suggestion = make.submitted_consultation(place).suggestions.get()
    with pytest.raises(WrongState, match="还没有采纳"):
        make.assigned(place, suggestion=suggestion)


def test_the_authority_assigns_by_itself_without_a_source_and_another_unit_never(place):
    suggestion = make.adopted_suggestion(place, matters=(gathered_matter(place),))
    with pytest.raises(NotYours):
        make.assigned(place, suggestion=suggestion, by=place.unit, source="x")
    one = make.assigned(place, suggestion=suggestion, by=place.authority_clerk, source="")
    assert (one.via, one.source) == ("signed_in", "")
    assert make.matter_of(one).state == MatterState.DELIVERING


def test_a_unit_outside_the_authority_is_asked_by_letter(place):
    power = add_organisation(committee=place.committee, kind="company", name="云川供电公司", by_letter=True,
                             by=place.clerk, at=MORNING)  # fmt: skip
    assert make.assigned(place, lead_unit=power).by_letter


# --- the unit's side ---------------------------------------------------------------------------------------


def test_the_lead_unit_accepts_and_another_unit_may_not(place):
    one = make.assigned(place)
    for stranger in (place.other_unit, place.authority_clerk):
        with pytest.raises(NotYours):
            actions.accept(one, by=stranger, at=MORNING)
    actions.accept(one, by=place.unit, at=MORNING)
    assert Lesson.unscoped.get().subject == "unit"  # who took it on is learned from
    assert (one.state, one.accepted_via, one.accepted_on) == (A.ACCEPTED, "signed_in", TODAY)
    with pytest.raises(WrongState):
        actions.accept(one, by=place.unit, at=MORNING)


def test_what_the_office_records_for_a_unit_needs_its_source(place):
    one = make.assigned(place)
    with pytest.raises(Refusal, match="来源"):
        actions.accept(one, by=place.clerk, at=MORNING)
    actions.accept(one, source=BY_PHONE, by=place.clerk, at=MORNING)
    assert (one.accepted_via, one.accepted_source) == ("proxy", BY_PHONE)
    for act in (
        lambda **more: actions.report_progress(one, text="已放线。", by=place.clerk, at=LATER, **more),
        lambda **more: actions.claim_done(one, text="划好了。", real_outcome="done", finished_on=TODAY, by=place.clerk,
                                          at=LATER, **more),
    ):  # fmt: skip
        with pytest.raises(Refusal, match="来源"):
            act()
        assert act(source=BY_PHONE).via == "proxy"


def test_a_unit_objects_once_and_the_clock_goes_on(place):
    one = make.assignment_at(A.OBJECTED, place)
    with pytest.raises(AlreadyDone, match="一次"):
        actions.object_to(one, reason="再说一次。", by=place.unit, at=MORNING)
    deadline = one.deadline_on
    actions.uphold(one, decision="设施归城管局。", by=place.authority_clerk, at=MORNING)
    assert (one.state, one.deadline_on) == (A.ACCEPTED, deadline)
    assert Objection.unscoped.get().decision == "设施归城管局。"


def test_an_objection_after_its_days_is_refused(place):
    one = make.assigned(place)
    with pytest.raises(Refusal, match="5 个工作日"):
        actions.object_to(one, reason="不归我们管。", by=place.unit, at=MORNING + timedelta(days=8))
    change_setting(committee=place.committee, key="objection_days", value=10, by=place.admin, at=MORNING)
    actions.object_to(one, reason="不归我们管。", by=place.unit, at=MORNING + timedelta(days=8))
    assert one.state == A.OBJECTED


def test_only_the_authority_decides_and_the_office_only_from_its_paper(place):
    one = make.assignment_at(A.OBJECTED, place)
    with pytest.raises(NotYours):
        actions.uphold(one, decision="仍由你们办。", by=place.unit, at=MORNING)
    with pytest.raises(Refusal, match="来源"):
        actions.uphold(one, decision="仍由你们办。", by=place.clerk, at=MORNING)
    actions.uphold(one, decision="仍由你们办。", source="云府办函〔2026〕7号", by=place.clerk, at=MORNING)
    assert one.state == A.ACCEPTED


def test_reassigning_makes_a_new_assignment_whose_clock_began_with_the_first(place):
    one = make.assignment_at(A.REASSIGNED, place)
    new = Assignment.unscoped.get(replaces=one)
    assert (new.lead_unit_id, new.issued_on, new.deadline_on) == (
        place.co_unit.pk,
        one.issued_on,
        one.deadline_on,
    )
    assert new.state == A.DISPATCHED
    assert not new.co_units.filter(pk=new.lead_unit_id).exists()


def test_only_the_authority_sets_a_new_day_when_it_reassigns(place):
    one = make.assignment_at(A.OBJECTED, place)
    new = actions.reassign(one, lead_unit=place.co_unit, decision="改派。", deadline_on=date(2026, 11, 13),
                           by=place.authority_clerk, at=MORNING)  # fmt: skip
    assert new.deadline_on == date(2026, 11, 13)


def test_a_co_unit_adds_progress_and_nothing_else(place):
    one = make.assignment_at(A.ACCEPTED, place)
    actions.report_progress(one, text="标志已经换好。", by=place.other_unit, at=LATER)
    assert Progress.unscoped.get().via == "signed_in"
    with pytest.raises(NotYours):
        actions.claim_done(
            one, text="好了。", real_outcome="done", finished_on=TODAY, by=place.other_unit, at=LATER
        )


def test_progress_is_for_work_under_way(place):
    one = make.assigned(place)
    with pytest.raises(WrongState):
        actions.report_progress(one, text="还没接收。", by=place.unit, at=MORNING)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": " "}, "做了什么"),
        ({"real_outcome": "in_progress"}, "记进展"),
        ({"real_outcome": "not_feasible"}, "报做不了"),
        ({"real_outcome": "partly_done"}, "下一步"),
        ({"letter": "C"}, "对不上"),
        ({"finished_on": date(2026, 9, 1)}, "早于交办"),
        ({"finished_on": date(2027, 1, 1)}, "还没有到"),
    ],
)
def test_a_claim_that_hides_what_is_not_done_is_refused(place, wrong, sentence):
    set_letters(committee=place.committee, letters=[("A", "已解决", "done"), ("C", "不可行", "not_feasible")],
                by=place.admin, at=MORNING)  # fmt: skip
    one = make.assignment_at(A.ACCEPTED, place)
    with pytest.raises(Refusal, match=sentence):
        make.claimed(one, place, **wrong)
    assert not Result.unscoped.exists()


def test_a_claim_keeps_its_pictures_and_tells_the_office(place, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    one = make.assignment_at(A.ACCEPTED, place)
    make.claimed(one, place, pictures=actions.draw_pictures([picture(), picture("red")], LATER))
    assert Result.unscoped.get().evidence.count() == 2
    assert (
        Message.unscoped.filter(
            appointment=place.appointments["clerk"].pk, subject__contains="请核实"
        ).count()
        == 1
    )
    assert ledger("assignment.claim", one.code) == 1


# --- one-time links ----------------------------------------------------------------------------------------


def test_a_link_answers_one_step_and_is_then_used_up(place):
    one = make.assigned(place)
    token = actions.make_link(one, by=place.clerk, at=MORNING)
    holder = holder_of_link(get_link(token), MORNING)
    actions.accept(one, by=holder, at=MORNING)
    assert one.accepted_via == "link"
    assert holder_of_link(get_link(token), MORNING) is None
    with pytest.raises(AlreadyDone, match="再要一个"):
        actions.report_progress(one, text="再用一次。", by=holder, at=MORNING)
    assert not Progress.unscoped.exists()


def test_a_link_is_kept_only_as_a_digest_expires_and_gives_way_to_the_next(place):
    one = make.assigned(place)
    first = actions.make_link(one, by=place.clerk, at=MORNING)
    assert not UnitLink.unscoped.filter(token_digest=first).exists()
    holder = holder_of_link(get_link(first), MORNING)
    assert holder_of_link(get_link(first), MORNING + timedelta(days=15)) is None
    with pytest.raises(AlreadyDone):
        actions.accept(one, by=holder, at=MORNING + timedelta(days=15))
    actions.make_link(one, by=place.clerk, at=MORNING)
    with pytest.raises(AlreadyDone):
        actions.accept(one, by=holder, at=MORNING)


def test_a_refused_step_does_not_use_the_link_up(place):
    one = make.assigned(place)
    token = actions.make_link(one, by=place.clerk, at=MORNING)
    holder = holder_of_link(get_link(token), MORNING)
    with pytest.raises(Refusal, match="理由"):
        actions.object_to(one, reason=" ", by=holder, at=MORNING)
    assert holder_of_link(get_link(token), MORNING) == holder


def test_a_link_of_one_assignment_opens_no_other(place):
    one = make.assigned(place)
    other = make.assigned(place)
    holder = holder_of_link(get_link(actions.make_link(one, by=place.clerk, at=MORNING)), MORNING)
    with pytest.raises(NotYours):
        actions.accept(other, by=holder, at=MORNING)


# --- checking ----------------------------------------------------------------------------------------------


def test_verifying_needs_who_looked_and_only_the_office_may(place):
    one = make.assignment_at(A.CLAIMED, place)
    with pytest.raises(NotYours):
        actions.verify(one, verified_by="区城管局", by=place.unit, at=LATER)
    with pytest.raises(Refusal, match="谁去核实"):
        actions.verify(one, verified_by=" ", by=place.clerk, at=LATER)
    actions.verify(one, verified_by="提案委副主任", by=place.clerk, at=LATER)
    assert one.state == A.VERIFIED
    assert ledger("assignment.verify", one.code) == 1


def test_what_does_not_hold_goes_back_and_can_be_claimed_again(place):
    one = make.assignment_at(A.CLAIMED, place)
    deadline = one.deadline_on
    with pytest.raises(Refusal, match="哪里对不上"):
        actions.send_back(one, reason="", verified_by="提案委副主任", by=place.clerk, at=LATER)
    actions.send_back(one, reason="只划了一侧。", verified_by="提案委副主任", by=place.clerk, at=LATER)
    assert (one.state, one.deadline_on) == (A.ACCEPTED, deadline)
    make.claimed(one, place)
    assert list(Result.unscoped.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_cannot_be_done_ends_only_when_it_was_told_to_those_who_raised_it(place):
    one = make.assignment_at(A.CANNOT, place)
    with pytest.raises(Refusal, match="讲给反映人"):
        actions.explain(one, words=" ", verified_by="提案委副主任", by=place.clerk, at=LATER)
    actions.explain(one, words="河边是行洪通道。", verified_by="提案委副主任", by=place.clerk, at=LATER)
    assert ThreadEntry.unscoped.filter(report__matter=make.matter_of(one), text="河边是行洪通道。").exists()
    assert one.state == A.EXPLAINED


# --- the end of the loop (LY-20) ---------------------------------------------------------------------------


def test_nobody_is_asked_to_judge_while_an_adopted_suggestion_has_no_checked_result(place):
    consultation = make.submitted_consultation(place, matters=(gathered_matter(place),), suggestions=4)
    rows = list(consultation.suggestions.order_by("number"))
    for one in rows[:2]:
        make.adopt(one, place)
    consultations.turn_down_suggestion(rows[2], reason="河道不能占。", decided_by="区政府办公室", decided_on=TODAY,
                                       source="云府办〔2026〕31号", by=place.clerk, at=MORNING)  # fmt: skip
    make.claimed(make.assigned(place, suggestion=rows[0]), place)
    with pytest.raises(Refusal) as refused:
        actions.ask_for_verdicts(consultation=consultation, by=place.clerk, at=LATER)
    for missing in ("第 1 条建议（区城管局）还没有核实", "第 2 条建议采纳了，还没有交办", "第 3 条建议没有采纳，理由还没有",
                    "第 4 条建议还没有记下"):  # fmt: skip
        assert missing in str(refused.value)


def test_a_matter_closes_only_after_judging_and_then_a_look_back_is_set(place):
    matter = make.judging_matter(place)
    actions.close_matter_when_done(matter=matter, by=place.clerk, at=LATER)
    closed = Matter.unscoped.get(pk=matter.pk)
    assert (closed.state, closed.look_back_on) == (MatterState.CLOSED, LATER.date() + timedelta(days=90))
    assert LookBack.unscoped.get().due_on == closed.look_back_on
    assert Consultation.unscoped.get().state == "closed"


def test_a_matter_does_not_close_while_a_result_is_unchecked_or_nobody_was_asked(place):
    one = make.assignment_at(A.CLAIMED, place)
    with pytest.raises(Refusal, match="还没有核实过的结果"):
        actions.close_matter_when_done(matter=make.matter_of(one), by=place.clerk, at=LATER)
    actions.verify(one, verified_by="提案委副主任", by=place.clerk, at=LATER)
    with pytest.raises(WrongState, match="评价以后"):
        actions.close_matter_when_done(matter=make.matter_of(one), by=place.clerk, at=LATER)


def test_a_told_cannot_be_done_is_a_legal_end(place):
    one = make.assignment_at(A.EXPLAINED, place)
    assert gaps_of_matter(make.matter_of(one)) == []
    assert actions.ask_for_verdicts(consultation=one.suggestion.consultation, by=place.clerk, at=LATER) == 1


def test_a_topic_from_above_ends_without_a_matter_when_its_loop_is_whole(place):
    suggestion = make.adopted_suggestion(place)
    with pytest.raises(Refusal, match="还没有交办"):
        actions.close_consultation_when_done(consultation=suggestion.consultation, by=place.clerk, at=LATER)
    make.assignment_at(A.VERIFIED, place, suggestion=suggestion)
    row = actions.close_consultation_when_done(consultation=suggestion.consultation, by=place.clerk, at=LATER)
    assert row.state == "closed"


def test_a_look_back_that_finds_the_trouble_again_reopens_our_follow_up(place):
    matter = make.judging_matter(place)
    actions.close_matter_when_done(matter=matter, by=place.clerk, at=LATER)
    row = LookBack.unscoped.get()
    actions.record_look_back(row, finding="又停满了。", came_back=True, by=place.clerk, at=LATER)
    assert Matter.unscoped.get(pk=matter.pk).state == MatterState.DELIVERING
    with pytest.raises(AlreadyDone):
        actions.record_look_back(row, finding="再记一次。", by=place.clerk, at=LATER)
