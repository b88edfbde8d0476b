"""Making a topic, putting aside, taking back: by the office alone, once, with the rows it was shown."""

from datetime import date, timedelta

import pytest

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.hotspots import queries, tasks
from shangliang.hotspots.actions import make_topic, put_aside, take_back
from shangliang.hotspots.actions.forgetting import forget_taken_back
from shangliang.hotspots.actions.wording import draft_of
from shangliang.hotspots.models import Citation, HotTopic, SeasonMatter
from shangliang.hotspots.rules import LEAST_STRUCK
from shangliang.hotspots.states import HotState
from shangliang.hotspots.tests.factories import (
    GATE,
    LAST_WEEK,
    chosen,
    hot_topic,
    import_often,
    looked,
    said,
    said_often,
    season_matter,
)
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions import bank, hold, join, raise_matter, withdraw
from shangliang.reports.actions.erasing import erase_withdrawn
from shangliang.reports.models import Matter, Report
from shangliang.reports.states import MatterState, ReportState
from shangliang.reports.tests.factories import holder_of
from shangliang.topics.actions import turn_down
from shangliang.topics.models import Topic
from shangliang.topics.queries import matters_of

pytestmark = pytest.mark.django_db
PHONE = "13512340987"


def fresh(one):
    return type(one).unscoped.get(pk=one.pk)


def ledger_verbs():
    return set(LedgerEntry.unscoped.values_list("verb", flat=True))


def make(one, place, **more):
    return make_topic(one, chosen=chosen(place, **more), by=place.clerk, at=MORNING)


def raised(place, reports):
    matter = raise_matter(reports[0], title="小学门口放学时车多人挤", by=place.clerk, at=MORNING)
    for one in reports[1:]:
        join(one, matter, by=place.clerk, at=MORNING)
    return matter


def test_a_topic_takes_the_standing_matter_in_and_the_proposal_says_so(place):
    matter = raised(place, said_often(place))
    hot = looked(place).topics.get()
    topic = make(hot, place, matters=(matter.code,))
    assert list(matters_of(topic)) == [matter]
    assert (fresh(hot).state, fresh(hot).topic) == (HotState.TAKEN, topic)
    assert fresh(hot).decided_by == place.clerk.appointment_id
    assert {"topic.store", "hot.make_topic"} <= ledger_verbs()


def test_open_reports_are_joined_first_when_the_clerk_agreed_to_their_number(place):
    hot = hot_topic(place)
    topic = make(hot, place, joined=4, matter_title="小学门口放学拥堵")
    matter = matters_of(topic).get()
    assert (matter.title, matter.state) == ("小学门口放学拥堵", MatterState.CONSULTING)
    assert {one.state for one in Report.unscoped.filter(text__in=GATE)} == {ReportState.TAKEN}
    assert Report.unscoped.filter(matter=matter).count() == 4


def test_open_reports_come_into_the_chosen_matter_when_there_is_one(place):
    reports = said_often(place)
    matter = raised(place, reports[:2])
    hot = looked(place).topics.get()
    topic = make(hot, place, matters=(matter.code,), joined=2)
    assert list(matters_of(topic)) == [matter]
    assert Report.unscoped.filter(matter=matter).count() == 4


def test_without_the_tick_open_reports_stay_where_they_are(place):
    reports = said_often(place)
    matter = raised(place, reports[:2])
    hot = looked(place).topics.get()
    make(hot, place, matters=(matter.code,))
    assert Report.unscoped.filter(state=ReportState.RECEIVED).count() == 2


def test_a_number_that_is_no_longer_the_one_shown_is_refused_and_nothing_is_kept(place):
    hot = hot_topic(place)
    bank(Report.unscoped.filter(text=GATE[0]).get(), words="先留着。", by=place.clerk, at=MORNING)
    with pytest.raises(WrongState, match="现在还没处理的是 4 条"):
        make(hot, place, joined=3, matter_title="拥堵")
    assert not Topic.unscoped.exists()
    assert fresh(hot).state == HotState.PROPOSED


def test_a_topic_without_any_matter_is_refused(place):
    hot = hot_topic(place)
    with pytest.raises(Refusal, match="还没有事项"):
        make(hot, place)


def test_a_matter_that_went_into_another_topic_meanwhile_is_refused(place):
    matter = raised(place, said_often(place))
    first, second = looked(place).topics.get(), None
    make(first, place, matters=(matter.code,))
    second = looked(place, LAST_WEEK + timedelta(days=7)).topics.get()
    assert second.state == HotState.TAKEN  # remembered from the week before
    with pytest.raises(Refusal, match="刚才进了别的议题"):
        make(second, place, matters=(matter.code,))


def test_made_twice_is_made_once(place):
    reports = said_often(place)
    first, second = raised(place, reports[:2]), raised(place, reports[2:])
    hot = looked(place).topics.order_by("place_in_list").first()
    stale = fresh(hot)
    codes = [
        code
        for code in (first.code, second.code)
        if queries.free_matters_of(place.clerk, hot).filter(code=code)
    ]
    make(hot, place, matters=(codes[0],))
    with pytest.raises(WrongState):
        make(stale, place, joined=None, matters=tuple(codes[1:]) or (codes[0],))
    assert Topic.unscoped.count() == 1


def test_a_list_that_was_replaced_can_only_be_looked_at(place):
    hot = hot_topic(place)
    looked(place)
    for act in (
        lambda: make(hot, place, joined=4),
        lambda: put_aside(hot, because="不用", by=place.clerk, at=MORNING),
    ):
        with pytest.raises(WrongState, match="单子换了新的"):
            act()


def test_the_source_is_online_screening_where_most_were_imported(place):
    import_often(place, ("甲一", "乙二", "丙三"))
    said(place, GATE[3], LAST_WEEK)
    hot = looked(place).topics.get()
    draft = draft_of(place.clerk, hot)
    assert (draft.source, draft.imported, draft.said_here) == ("online_screening", 3, 1)
    topic = make(hot, place, joined=4, source=draft.source, matter_title="拥堵")
    assert topic.source == "online_screening"


def test_the_source_is_residents_where_they_spoke_here(place):
    draft = draft_of(place.clerk, hot_topic(place))
    assert (draft.source, draft.imported, draft.said_here) == ("residents", 0, 4)


def test_the_draft_counts_names_places_and_cites_at_most_five_with_private_data_hidden(place):
    texts = tuple(f"{GATE[0]}我电话{PHONE}，第{at}回说了。" for at in range(7))
    said_often(place, texts, LAST_WEEK - timedelta(days=1))
    hot = looked(place).topics.get()
    draft = draft_of(place.clerk, hot)
    assert PHONE not in draft.background
    assert draft.background.count("【已遮：手机号】") == 5 == len(draft.cited)
    assert f"{hot.people} 人说起" in draft.background
    assert "2026年8月30日到" in draft.background
    assert draft.to_join == 7


def test_the_same_words_are_cited_once(place):
    said_often(place, (GATE[0], GATE[0], GATE[1]))
    draft = draft_of(place.clerk, looked(place).topics.get())
    assert draft.background.count("孩子从车缝里钻过去") == 1
    assert len(draft.cited) == 2


def test_no_words_of_a_locked_or_withdrawn_report_are_cited(place):
    hot = hot_topic(place)
    reports = list(Report.unscoped.filter(text__in=GATE).order_by("pk"))
    hold(reports[0], by=place.clerk, at=MORNING)
    withdraw(reports[1], by=holder_of(reports[1]), at=MORNING)
    draft = draft_of(place.clerk, queries.get_proposed_for(place.clerk, hot.code))
    assert set(draft.cited) == {reports[2].code, reports[3].code}
    assert "车缝" not in draft.background
    assert "危险" not in draft.background
    assert draft.to_join == 2


def test_put_aside_keeps_the_reason_and_is_taken_back(place):
    hot = hot_topic(place)
    put_aside(hot, because="区里已经列进年度实事。", by=place.clerk, at=MORNING)
    assert (fresh(hot).state, fresh(hot).because) == (HotState.ASIDE, "区里已经列进年度实事。")
    take_back(fresh(hot), by=place.leader, at=MORNING)
    row = fresh(hot)
    assert (row.state, row.because, row.decided_by, row.people_then) == (HotState.PROPOSED, "", None, None)
    assert {"hot.put_aside", "hot.take_back"} <= ledger_verbs()
    with pytest.raises(WrongState):
        take_back(row, by=place.leader, at=MORNING)


@pytest.mark.parametrize("reason", ["", "  ", "长" * 121])
def test_without_a_reason_or_with_too_long_a_one_nothing_is_put_aside(place, reason):
    hot = hot_topic(place)
    with pytest.raises(Refusal):
        put_aside(hot, because=reason, by=place.clerk, at=MORNING)
    assert fresh(hot).state == HotState.PROPOSED


@pytest.mark.parametrize(
    "who", ["member", "reviewer", "officer", "admin", "unit", "keeper", "authority_clerk"]
)
def test_nobody_but_the_office_decides(place, who):
    hot, by = hot_topic(place), getattr(place, who)
    for act in (
        lambda: put_aside(hot, because="不用", by=by, at=MORNING),
        lambda: take_back(hot, by=by, at=MORNING),
        lambda: make_topic(hot, chosen=chosen(place, joined=4), by=by, at=MORNING),
    ):
        with pytest.raises(NotYours):
            act()
    assert fresh(hot).state == HotState.PROPOSED


def test_another_committee_decides_nothing_here(place):
    other = district("nanhu", "NH", "南湖区政协")
    hot = hot_topic(place)
    with pytest.raises(NotYours):
        put_aside(hot, because="不用", by=other.clerk, at=MORNING)


def test_the_next_week_remembers_what_was_put_aside(place):
    hot = hot_topic(place)
    put_aside(hot, because="区里在办。", by=place.clerk, at=MORNING)
    later = looked(place, LAST_WEEK + timedelta(days=7), at=MORNING + timedelta(days=7)).topics.get()
    assert (later.state, later.because, later.people_then) == (HotState.ASIDE, "区里在办。", 4)
    assert "hot.still_aside" in ledger_verbs()
    assert take_back(later, by=place.clerk, at=MORNING).state == HotState.PROPOSED


def test_what_was_put_aside_comes_back_when_twice_as_many_speak_of_it(place):
    hot = hot_topic(place)
    put_aside(hot, because="区里在办。", by=place.clerk, at=MORNING)
    said_often(place, tuple(f"{text}又是一天。" for text in GATE), date(2026, 9, 7))
    later = looked(place, date(2026, 9, 7), at=MORNING + timedelta(days=7)).topics.first()
    assert later.people == 8
    assert later.state == HotState.PROPOSED


def test_a_topic_that_fell_away_is_not_remembered(place):
    matter = raised(place, said_often(place))
    hot = looked(place).topics.get()
    topic = make(hot, place, matters=(matter.code,))
    turn_down(topic, because="今年不议", decided_by="主席会议", by=place.clerk, at=MORNING)
    later = looked(place, LAST_WEEK + timedelta(days=7), at=MORNING + timedelta(days=7)).topics.get()
    assert later.state == HotState.PROPOSED
    assert list(queries.free_matters_of(place.clerk, later)) == [matter]


def test_a_matter_of_the_season_becomes_a_topic_like_any_other(place):
    row = season_matter(place)
    draft = draft_of(place.clerk, row)
    assert "2023 年 3 人" in draft.background
    topic = make(row, place, joined=draft.to_join, matter_title="柳岸里供暖", background=draft.background)
    assert (fresh(row).state, fresh(row).topic) == (HotState.TAKEN, topic)
    assert "season.make_topic" in ledger_verbs()


def test_a_matter_of_the_season_is_put_aside_and_taken_back(place):
    row = season_matter(place)
    put_aside(row, because="今年换了管道。", by=place.clerk, at=MORNING)
    assert fresh(row).state == HotState.ASIDE
    assert take_back(fresh(row), by=place.clerk, at=MORNING).state == HotState.PROPOSED


def erase(report, at=MORNING):
    withdraw(report, by=holder_of(report), at=at)
    later = at + timedelta(days=400)
    assert erase_withdrawn(later.date(), later) >= 1
    tasks.forget(later.date(), later)


def test_erased_words_vanish_from_titles_and_places(place):
    texts = (
        "小闸弄的小水泵房漏水，金丝雀淹了。",
        *(f"小闸弄的小水泵房漏水，第{at}天了。" for at in range(3)),
    )
    said_often(place, texts)
    hot = looked(place).topics.get()
    speaker = hot.title_from
    words = hot.title
    erase(speaker)
    left = fresh(hot)
    assert left.title_from != speaker
    assert left.title != words
    assert left.title.split("，")[-1] not in speaker.text
    assert not left.members.filter(report=speaker).exists()
    for one in list(left.members.select_related("report")):
        erase(one.report)
    assert (fresh(hot).title, fresh(hot).title_from, fresh(hot).places) == ("", None, [])


def test_erased_words_vanish_from_the_citations_of_a_topic(place):
    hot = hot_topic(place)
    draft = draft_of(place.clerk, hot)
    first = Report.unscoped.get(text=GATE[0])
    topic = make(
        hot, place, joined=4, matter_title="拥堵", cited=draft.cited,
        background=draft.background.replace("孩子从车缝里钻过去", "孩子从车缝里钻过去真险"),
        why_this_topic="孩子从车缝里钻过去",
    )  # fmt: skip
    assert Citation.unscoped.filter(topic=topic).count() == 4
    Report.unscoped.filter(pk=first.pk).update(state=ReportState.WITHDRAWN, withdrawn_at=MORNING)
    later = MORNING + timedelta(days=400)
    erase_withdrawn(later.date(), later)
    tasks.forget(later.date(), later)
    left = Topic.unscoped.get(pk=topic.pk)
    whole = f"{left.title}{left.background}{left.why_this_topic}"
    own = "孩子从车缝里钻过去。"
    assert not [
        own[at : at + LEAST_STRUCK]
        for at in range(len(own) - LEAST_STRUCK + 1)
        if own[at : at + LEAST_STRUCK] in whole
    ]
    assert "4 人说起" in left.background
    assert not Citation.unscoped.filter(topic=topic, report=first).exists()
    assert "topic.strike_out" in ledger_verbs()


@pytest.mark.parametrize("how", ["withdrawn", "locked"])
def test_cited_words_are_struck_out_once_they_are_withdrawn_or_locked(place, how):
    hot = hot_topic(place)
    draft = draft_of(place.clerk, hot)
    gone, *others = (Report.unscoped.get(text=text) for text in GATE)
    matter = raised(place, others)
    topic = make(hot, place, matters=(matter.code,), cited=draft.cited, background=draft.background)
    assert "孩子从车缝里钻过去" in topic.background
    if how == "locked":
        hold(gone, by=place.clerk, at=MORNING)
    else:
        withdraw(gone, by=holder_of(gone), at=MORNING)
    tasks.forget(MORNING.date(), MORNING)
    assert "孩子从车缝里钻过去" not in fresh(topic).background
    assert not Citation.unscoped.filter(topic=topic, report=gone).exists()


def test_forgetting_twice_changes_nothing_more(place):
    hot = hot_topic(place)
    erase(Report.unscoped.get(text=GATE[0]))
    kept = HotTopic.unscoped.values().get(pk=hot.pk)
    assert forget_taken_back(MORNING) == 0
    assert HotTopic.unscoped.values().get(pk=hot.pk) == kept


def test_a_season_loses_its_words_too(place):
    row = season_matter(place)
    speaker = row.title_from
    erase(speaker)
    left = SeasonMatter.unscoped.get(pk=row.pk)
    assert left.title_from not in (None, speaker)
    assert left.members.count() == 8
    assert left.evidence == row.evidence


def test_matters_are_never_moved_by_a_look(place):
    said_often(place)
    before = list(Matter.unscoped.order_by("pk").values_list("pk", "state"))
    looked(place)
    assert list(Matter.unscoped.order_by("pk").values_list("pk", "state")) == before
