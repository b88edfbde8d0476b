"""The pages of hot topics and of the season, walked as a clerk walks them."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from shangliang.hotspots import queries
from shangliang.hotspots.actions import make_topic
from shangliang.hotspots.models import HotTopic, Look
from shangliang.hotspots.states import HotState
from shangliang.hotspots.tests.factories import (
    GATE,
    LAMP,
    LAST_WEEK,
    chosen,
    hot_topic,
    import_often,
    looked,
    said_often,
    season_matter,
    sign_in,
)
from shangliang.people.tests.factories import MORNING
from shangliang.reports.actions import hold, join, raise_matter, withdraw
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import holder_of
from shangliang.topics.actions import store_topic
from shangliang.topics.models import Topic
from shangliang.topics.tests.factories import form_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client, place, clock):
    clock.set("2026-09-08 09:00")
    return sign_in(client, place)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def fields(page, **more):
    form = page.context["form"]
    filled = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    filled["shown"] = page.context["to_join"]
    return {**filled, "domain": "livelihood", "form": "micro", "area": "", **more}


def test_before_the_first_look_the_page_says_what_will_happen(clerk):
    page = text(clerk.get("/hotspots/"))
    assert "还没有看过" in page
    assert "现在就看一遍" in page


def test_the_list_shows_rank_words_heat_with_its_parts_weeks_and_numbers(clerk, place):
    hot = hot_topic(place)
    page = text(clerk.get("/hotspots/"))
    assert hot.title in page
    assert "4 人说起，4 条" in page
    assert f"热度 {hot.heat:.2f} = 4 人 ×（1 + 0.0000 + 0.2000）" in page
    assert "点赞不算" in page
    assert "上周不在单子里" in page
    assert 'role="img"' in page
    assert "最多的一周 4 人，最后一周 4 人" in page
    assert "<style" not in page
    assert " style=" not in page


def test_the_numbers_open_into_their_rows_with_links_to_the_desk_and_private_data_hidden(clerk, place):
    said_often(place, tuple(f"{GATE[0]}电话13512340987，第{at}回。" for at in range(3)))
    hot = looked(place).topics.get()
    page = text(clerk.get(f"/hotspots/{hot.code}/"))
    assert "这 3 条线索" in page
    assert "13512340987" not in page
    for one in Report.unscoped.all():
        assert f'href="/desk/{one.code}/"' in page or f"{one.code}/" in page


def test_a_title_is_not_shown_once_whoever_said_it_took_it_back(clerk, place):
    hot = hot_topic(place)
    speaker = hot.title_from
    withdraw(speaker, by=holder_of(speaker), at=MORNING)
    for address in ("", f"{hot.code}/", "print/"):
        page = text(clerk.get(f"/hotspots/{address}"))
        assert hot.title not in page
        assert "原话已撤回的一件事" in page
    assert "另有 1 条后来撤回了" in text(clerk.get(f"/hotspots/{hot.code}/"))


def test_a_report_locked_later_is_gone_from_the_rows_and_the_places(clerk, place):
    hot = hot_topic(place)
    HotTopic.unscoped.filter(pk=hot.pk).update(places=["鹭岛里"])
    assert "鹭岛里" in text(clerk.get("/hotspots/"))
    report = Report.unscoped.get(text=GATE[1])
    hold(report, by=place.clerk, at=MORNING)
    assert "鹭岛里" not in text(clerk.get("/hotspots/"))
    page = text(clerk.get(f"/hotspots/{hot.code}/"))
    assert report.code not in page
    assert "这 3 条线索" in page


def test_a_week_is_chosen_in_the_address_and_a_foolish_one_shows_the_latest(clerk, place):
    said_often(place)
    looked(place)
    looked(place, LAST_WEEK + timedelta(days=7))
    assert clerk.get("/hotspots/?week=2026-09-02").context["week"].week_on == LAST_WEEK
    for asked in ("nonsense", "0001-01-01", "9999-12-31", "2020-01-01"):
        latest = clerk.get(f"/hotspots/?week={asked}&page=x&state=y")
        assert latest.context["week"].week_on == LAST_WEEK + timedelta(days=7)


def test_a_workbook_of_a_week_that_was_never_looked_at_is_missing(clerk, place):
    assert clerk.get("/hotspots/table.xlsx").status_code == 404
    assert clerk.get("/hotspots/NOSUCH/").status_code == 404


def test_the_workbook_holds_the_list_and_a_formula_stays_text(clerk, place):
    hot = hot_topic(place)
    HotTopic.unscoped.filter(pk=hot.pk).update(title="=1+1")
    answer = clerk.get("/hotspots/table.xlsx?week=2026-09-01")
    rows = [row for row in load_workbook(BytesIO(answer.content)).active.values if row[0] == 1]
    assert rows[0][3] == "=1+1"
    assert rows[0][4:7] == (hot.heat, 4, 1)


def test_the_button_asks_the_worker_and_computes_nothing(clerk, place, monkeypatch):
    monkeypatch.setattr("shangliang.hotspots.looking.look", lambda *_a, **_k: 1 / 0)
    page = clerk.post("/hotspots/look/", follow=True)
    assert "后台这就看" in text(page)
    assert Look.unscoped.get().begun_at is None
    assert "已经排上了" in text(page)
    assert "后台正在看" not in text(page)


def test_a_look_that_failed_is_said_above_the_list_that_stands(clerk, place):
    hot = hot_topic(place)
    Look(
        committee=place.committee, week_on=LAST_WEEK, asked_at=MORNING, ended_at=MORNING, trouble="memory"
    ).save(force_insert=True)
    page = text(clerk.get("/hotspots/"))
    assert "那一遍没有看完：内存不够" in page
    assert "还是上一次看完的单子" in page
    assert hot.title in page


def test_what_is_a_matter_or_a_topic_already_is_said(clerk, place):
    reports = said_often(place)
    matter = raise_matter(reports[0], title="小学门口拥堵", by=place.clerk, at=MORNING)
    for one in reports[1:]:
        join(one, matter, by=place.clerk, at=MORNING)
    hot = looked(place).topics.get()
    assert "已经立项" in text(clerk.get("/hotspots/"))
    topic = make_topic(hot, chosen=chosen(place, matters=(matter.code,)), by=place.clerk, at=MORNING)
    page = text(clerk.get("/hotspots/"))
    assert "已经在议题里" in page
    assert f"/topics/{topic.code}/" in page
    assert "已成议题" in page


def test_a_clerk_makes_a_topic_and_is_told_how_many_are_joined(clerk, place):
    hot = hot_topic(place)
    page = clerk.get(f"/hotspots/{hot.code}/topic/")
    assert "还有 4 条没处理" in text(page)
    assert "0 条是导入的，4 条是在这里说的" in text(page)
    answer = clerk.post(f"/hotspots/{hot.code}/topic/", fields(page, joined="on", title="放学时段拥堵"))
    topic = Topic.unscoped.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/topics/{topic.code}/")
    assert (topic.source, topic.title) == ("residents", "放学时段拥堵")
    assert "孩子从车缝里钻" in topic.background


def test_imported_reports_are_drafted_as_online_screening(clerk, place):
    import_often(place, ("甲一", "乙二", "丙三", "丁四"))
    hot = looked(place).topics.get()
    page = clerk.get(f"/hotspots/{hot.code}/topic/")
    assert page.context["form"]["source"].value() == "online_screening"
    assert "反映人没有我们的回执" not in page.context["form"]["background"].value()
    clerk.post(f"/hotspots/{hot.code}/topic/", fields(page, joined="on"))
    assert Topic.unscoped.get().source == "online_screening"


def test_a_stale_form_keeps_what_was_typed_and_shows_the_new_number(clerk, place):
    hot = hot_topic(place)
    page = clerk.get(f"/hotspots/{hot.code}/topic/")
    hold(Report.unscoped.get(text=GATE[0]), by=place.clerk, at=MORNING)
    typed = fields(page, joined="on", title="我想了半天的名字", background="我写的背景")
    answer = clerk.post(f"/hotspots/{hot.code}/topic/", typed)
    assert answer.status_code == 422
    assert "现在还没处理的是 3 条" in text(answer)
    assert "我想了半天的名字" in text(answer)
    assert "我写的背景" in text(answer)
    assert 'name="shown" value="3"' in text(answer)
    assert not Topic.unscoped.exists()


def test_a_form_about_a_replaced_list_keeps_what_was_typed(clerk, place):
    hot = hot_topic(place)
    page = clerk.get(f"/hotspots/{hot.code}/topic/")
    looked(place)
    answer = clerk.post(f"/hotspots/{hot.code}/topic/", fields(page, joined="on", title="我想了半天的名字"))
    assert answer.status_code == 422
    assert "单子换了新的" in text(answer)
    assert "我想了半天的名字" in text(answer)


def test_an_empty_form_says_what_is_missing(clerk, place):
    hot = hot_topic(place)
    answer = clerk.post(f"/hotspots/{hot.code}/topic/", {"background": "我写的", "shown": "4"})
    assert answer.status_code == 422
    assert "我写的" in text(answer)


def test_put_aside_with_a_reason_and_back_again(clerk, place):
    hot = hot_topic(place)
    refused = clerk.post(f"/hotspots/{hot.code}/aside/", {"because": ""})
    assert refused.status_code == 422
    clerk.post(f"/hotspots/{hot.code}/aside/", {"because": "区里在办，年底完工。"})
    assert "区里在办，年底完工。" in text(clerk.get("/hotspots/?state=aside"))
    assert hot.title not in text(clerk.get("/hotspots/?state=proposed"))
    clerk.post(f"/hotspots/{hot.code}/back/")
    assert HotTopic.unscoped.get(pk=hot.pk).state == HotState.PROPOSED
    clerk.post(f"/hotspots/{hot.code}/aside/", {"because": "区里在办。"})
    stale = clerk.post(f"/hotspots/{hot.code}/aside/", {"because": "我又写了一遍理由"})
    assert stale.status_code == 422
    assert "我又写了一遍理由" in text(stale)


def test_the_season_shows_the_evidence_of_each_year_and_prints(clerk, place):
    row = season_matter(place)
    for address in ("season/", "season/print/", f"{row.code}/"):
        page = text(clerk.get(f"/hotspots/{address}"))
        assert row.title in page
        for year in row.evidence["years"]:
            assert str(year["year"]) in page
        assert f"只该有 {row.evidence['expected']:.1f} 人" in page
    assert "这 9 条线索" in text(clerk.get(f"/hotspots/{row.code}/"))


def test_a_season_that_is_over_lies_behind_its_own_link(clerk, place, clock):
    row = season_matter(place)
    clock.forward(days=200)
    sign_in(clerk, place)
    assert "往后六周，没有年年这时候来的事" in text(clerk.get("/hotspots/season/"))
    assert row.title in text(clerk.get("/hotspots/season/?past=1"))


def test_a_season_becomes_a_topic_from_its_page(clerk, place):
    row = season_matter(place)
    page = clerk.get(f"/hotspots/{row.code}/topic/")
    answer = clerk.post(f"/hotspots/{row.code}/topic/", fields(page, joined="on", title="提前检修供暖"))
    assert answer.status_code == 302
    assert Topic.unscoped.get().title == "提前检修供暖"


@pytest.mark.parametrize(
    "address", ["", "{hot}/", "{hot}/topic/", "{hot}/aside/", "print/", "season/", "{season}/"]
)
def test_pages_ask_few_questions_however_much_there_is(clerk, place, address):
    row = season_matter(place)
    for texts in (GATE, LAMP):
        reports = said_often(place, texts)
        matter = raise_matter(reports[0], title="一件事", by=place.clerk, at=MORNING)
        for one in reports[1:]:
            join(one, matter, by=place.clerk, at=MORNING)
        store_topic(
            committee=place.committee, title="议", source="residents", domain="livelihood", form=form_in(place),
            matters=[matter], by=place.clerk, at=MORNING,
        )  # fmt: skip
    hot = looked(place).topics.get(members__report=reports[0])
    path = f"/hotspots/{address.format(hot=hot.code, season=row.code)}"
    clerk.get(path)
    assert queries.already(place.clerk, [hot])[hot.pk].topics
    with CaptureQueriesContext(connection) as asked:
        assert clerk.get(path).status_code == 200
    own = [one["sql"] for one in asked.captured_queries if "django_session" not in one["sql"]]
    most = 20 if address.endswith("topic/") else 12
    assert len(own) <= most, "\n".join(own)


def test_the_office_finds_the_page_in_its_navigation_and_others_do_not(client, place, clerk):
    assert 'href="/hotspots/"' in text(clerk.get("/topics/"))
    sign_in(client, place, "member")
    assert 'href="/hotspots/"' not in text(client.get("/topics/"))


def test_what_is_in_a_topic_already_does_not_invite_to_make_another(clerk, place):
    reports = said_often(place)
    matter = raise_matter(reports[0], title="小学门口拥堵", by=place.clerk, at=MORNING)
    store_topic(
        committee=place.committee, title="小学门口的车", source="residents", domain="livelihood", form=form_in(place),
        matters=[matter], area=None, background="", why_this_topic="", by=place.clerk, at=MORNING,
    )  # fmt: skip
    hot = looked(place).topics.get()
    for address in ("/hotspots/", f"/hotspots/{hot.code}/"):
        page = text(clerk.get(address))
        assert "已经在议题里" in page and "还要另立一个议题" in page
        assert ">立为议题</a>" not in page and "btn-main" not in page.split("<main", 1)[1]
