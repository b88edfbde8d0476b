"""Drafts: what is collected from the stages, what is hidden, and that no word of a person who spoke gets in."""

import json

import pytest

from shangliang.delivery.queries import verdict_counts
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people.tests.factories import district
from shangliang.portal.drafts import draft_matter_page, draft_topic_page
from shangliang.portal.tests.factories import published, whole_matter
from shangliang.reports import states as reporting
from shangliang.reports.actions import withdraw
from shangliang.reports.models import Report
from shangliang.statistics.tests import factories as rows
from shangliang.topics.models import Topic

pytestmark = pytest.mark.django_db


def words_of(draft):
    return json.dumps(draft.content, ensure_ascii=False)


def step(draft, key):
    return next(one for one in draft.content["steps"] if one["key"] == key)


def fact(draft, number):
    return draft.content["facts"][number]


def test_the_whole_course_stands_in_order(place):
    draft = draft_matter_page(place.clerk, whole_matter(place))
    keys = [one["key"] for one in draft.content["steps"]]
    assert keys == [
        "first",
        "gathered",
        "approved",
        "research",
        "session",
        "assigned",
        "done",
        "verified",
        "judged",
        "look-back",
    ]
    assert draft.content["steps"][0]["title"] == "第一句话" and draft.content["steps"][-1]["kind"] == "next"
    assert step(draft, "first")["text"] == "河边步道夜里没有灯"
    assert (
        "云委发〔2026〕9号" in step(draft, "approved")["text"]
        and "群众出题" in step(draft, "approved")["text"]
    )
    assert "1 次" in step(draft, "research")["title"] and "看不清台阶" in step(draft, "research")["text"]
    assert step(draft, "session")["who"] == "14 人"
    assert (
        "居民 6 人" in step(draft, "session")["text"]
        and "2 条共识，其中 1 条有人保留" in step(draft, "session")["text"]
    )


def test_who_does_what_by_when_and_what_came_of_it(place):
    draft = draft_matter_page(place.clerk, whole_matter(place))
    first, second = draft.content["lists"]
    assert first["who"] == "区城管局牵头，区交警大队配合" and first["deadline"] == "2026-10-13"
    assert first["chip"] == "晚 3 个工作日" and first["late"] and first["result"] == "装好了十二盏灯。"
    assert first["held"] == "居民 2 人保留：怕灯太亮照进窗户"
    assert second["chip"] == "没有采纳，已说明" and "汛期" in second["result"]
    assert {name for _pk, name in draft.units_named_in(draft.title, {**draft.content, "note": ""})} == {
        "区城管局",
        "区交警大队",
    }


def test_every_verdict_has_its_denominator(place):
    said = ("yes",) * 7 + ("partly",) * 5
    draft = draft_matter_page(place.clerk, whole_matter(place, reports=17, verdicts=said))
    assert (fact(draft, 0)["number"], fact(draft, 0)["of"]) == (17, 17)
    assert (fact(draft, 1)["number"], fact(draft, 1)["of"]) == (0, 1)
    assert "3 个工作日" in fact(draft, 1)["detail"]
    assert (fact(draft, 2)["number"], fact(draft, 2)["of"]) == (7, 12)
    assert fact(draft, 2)["detail"] == "5 份说部分解决；5 份回执没评"
    assert fact(draft, 3)["of"] == 12


def test_few_who_said_no_are_hidden_among_others(place):
    said = ("yes",) * 8 + ("partly",) * 5 + ("no",) * 2
    draft = draft_matter_page(place.clerk, whole_matter(place, reports=15, verdicts=said))
    assert (fact(draft, 2)["number"], fact(draft, 2)["of"]) == (8, 15)
    assert fact(draft, 2)["detail"] == "其余 7 份不是这样说，不分开公布"
    lone = ("yes",) * 8 + ("no",) * 2
    draft = draft_matter_page(place.clerk, whole_matter(place, reports=10, verdicts=lone))
    assert (
        fact(draft, 2)["number"] is None and "2 份" not in words_of(draft) and "8 份" not in words_of(draft)
    )


def test_a_few_who_were_silent_hide_how_the_others_judged(place):
    draft = draft_matter_page(place.clerk, whole_matter(place, reports=9, verdicts=("yes",) * 7))
    assert fact(draft, 2)["number"] is None and "7 份" not in words_of(draft)


def test_fewer_than_five_verdicts_give_no_number(place):
    draft = draft_matter_page(place.clerk, whole_matter(place, verdicts=("yes",) * 4))
    assert fact(draft, 2)["number"] is None and fact(draft, 2)["detail"] == "评的人不到 5 位，不公布分布"
    assert step(draft, "judged")["who"] == "" and "不到 5 位" in step(draft, "judged")["text"]


def test_a_later_page_keeps_the_count_that_was_published_until_it_differs_by_five(place):
    matter = whole_matter(place, reports=12, verdicts=())
    first = draft_matter_page(place.clerk, matter)
    assert "12 条" in first.content["gathered"]
    published(place, f"matter:{matter.code}")
    Report.unscoped.filter(pk=Report.unscoped.filter(matter=matter).first().pk).update(state="withdrawn")
    again = draft_matter_page(place.clerk, matter)
    assert "12 条" in again.content["gathered"] and "11 条" not in words_of(again)
    some = list(Report.unscoped.filter(matter=matter, state="taken").values_list("pk", flat=True)[:4])
    Report.unscoped.filter(pk__in=some).update(state="withdrawn")
    assert "7 条" in draft_matter_page(place.clerk, matter).content["gathered"]


def test_fewer_than_five_reports_are_not_counted_out(place):
    draft = draft_matter_page(place.clerk, whole_matter(place, reports=4, verdicts=()))
    assert draft.content["gathered"] == "不到 5 条线索" and fact(draft, 0)["number"] is None
    assert "4 条" not in words_of(draft) and "4 份" not in words_of(draft)


def test_what_somebody_says_is_quoted_only_where_they_allowed_it(place):
    silent = draft_matter_page(place.clerk, whole_matter(place))
    assert "反映的人说" not in words_of(silent)
    spoken = draft_matter_page(place.clerk, whole_matter(place, verdicts=("no",) * 5, may_show=True))
    assert step(spoken, "judged")["text"] == "反映的人说：没解决。" and step(spoken, "judged")["words"]


def test_no_word_of_a_person_who_spoke_enters_a_draft(place):
    matter = whole_matter(place)
    Report.unscoped.filter(matter=matter).update(
        text="金丝雀原话", place="金丝雀地点", title="金丝雀题目", contact_handle="金丝雀电话"
    )
    assert "金丝雀" not in words_of(draft_matter_page(place.clerk, matter))
    assert "金丝雀" not in words_of(
        draft_topic_page(place.clerk, Topic.unscoped.get(topic_matters__matter=matter))
    )


def test_an_unfinished_course_says_what_is_still_open(place):
    matter = rows.matter(place, reporting.ESTABLISH, reporting.CONSULT, reports=1)
    home = rows.consultation(place, rows.topic(place, matter))
    rows.assignment(place, rows.suggestion(place, home, rows.consulting.ADOPT))
    draft = draft_matter_page(place.clerk, matter)
    assert step(draft, "open")["kind"] == "next" and step(draft, "open")["who"] == "区城管局"
    assert draft.content["lists"][0]["chip"] == "正在办" and not draft.content["lists"][0]["late"]


def test_only_the_committees_own_office_has_drafts(place):
    matter, other = whole_matter(place), district("qingshan", "QS", "青山区政协")
    for viewer in (
        place.unit,
        place.member,
        place.authority_clerk,
        place.keeper,
        other.clerk,
        other.reviewer,
    ):
        assert draft_matter_page(viewer, matter) is None
    assert draft_matter_page(place.reviewer, matter) is not None


def test_a_draft_costs_the_same_however_many_spoke(place, django_assert_max_num_queries):
    few, many = whole_matter(place, reports=5), whole_matter(place, reports=60)
    for matter in (few, many):
        with django_assert_max_num_queries(30):
            draft_matter_page(place.clerk, matter)


def test_who_withdraws_is_no_longer_counted_nor_quoted_after_having_judged(place):
    matter = whole_matter(place, reports=6, verdicts=("no", *("yes",) * 5), may_show=True)
    judge = Report.unscoped.filter(matter=matter).order_by("pk").first()
    withdraw(judge, by=ReceiptHolder(judge.pk), at=rows.days_later(42))
    counts = verdict_counts(matter)
    assert (counts["reports"], counts["answered"], counts["silent"], counts["solved_no"]) == (5, 5, 0, 0)
    assert step(draft_matter_page(place.clerk, matter), "judged")["text"] == "反映的人说：解决了。"
