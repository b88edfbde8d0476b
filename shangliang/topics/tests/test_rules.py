"""Pure decisions of the topic bank."""

from datetime import date

import pytest

from shangliang.topics.rules import FORMS_TO_BEGIN_WITH, has_run, last_notice_day, what_a_decision_lacks


def test_a_notice_of_seven_days_counts_its_first_day():
    assert last_notice_day(date(2026, 9, 22), 7) == date(2026, 9, 28)


def test_a_notice_has_run_only_when_its_last_day_is_over():
    assert not has_run(date(2026, 9, 28), date(2026, 9, 28))
    assert has_run(date(2026, 9, 28), date(2026, 9, 29))


@pytest.mark.parametrize(
    ("decision", "who", "number", "source", "opinion", "lacks"),
    [
        ("approved", "", "9号", "", "", "who"),
        ("approved", "区委", "", "  ", "好", "document"),
        ("approved", "区委", "9号", "", "", ""),
        ("approved", "区委", "", "电话答复", "", ""),
        ("returned", "区委", "9号", "", " ", "opinion"),
        ("returned", "区委", "", "", "请补充数字", "document"),
        ("not_taken", "区委", "", "", "来年再议", "document"),
        ("not_taken", "区委", "", "区委办电话", "来年再议", ""),
    ],
)
def test_a_decision_says_who_and_on_what_paper(decision, who, number, source, opinion, lacks):
    assert what_a_decision_lacks(decision, who, number, source, opinion) == lacks


def test_only_the_thematic_form_begins_with_a_notice_and_only_the_micro_one_is_micro():
    assert [one.key for one in FORMS_TO_BEGIN_WITH if one.notice_days] == ["thematic"]
    assert [one.key for one in FORMS_TO_BEGIN_WITH if one.is_micro] == ["micro"]
