"""The pages of consultations, walked as a clerk walks them."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from shangliang.consultations import actions, queries
from shangliang.consultations.models import Consultation, Suggestion
from shangliang.consultations.states import ConsultationState as C
from shangliang.consultations.tests.factories import POINT, consultation_at, looked, opened, suggestions
from shangliang.people.tests.factories import MORNING, district
from shangliang.protection.tests.factories import said_how_many
from shangliang.topics.queries import matters_of
from shangliang.topics.states import TopicState
from shangliang.topics.tests.factories import sign_in, topic_at

pytestmark = pytest.mark.django_db
DAY = "2026-11-23"  # the day the tests' clock stands at


@pytest.fixture
def place():
    return district()


@pytest.fixture
def clerk(client, place, clock):
    return sign_in(client, place, "clerk")


def state(row):
    return type(row).unscoped.get(pk=row.pk).state


def text(response):
    return response.content.decode()


def test_an_empty_list_says_where_consultations_come_from(clerk):
    assert "还没有协商" in text(clerk.get("/consultations/"))


def test_the_list_shows_how_far_each_has_come_and_what_waits_to_begin(clerk, place):
    row = consultation_at(C.HELD, place)
    waiting = topic_at(TopicState.SCHEDULED, place, title="河边广场音响")
    page = text(clerk.get("/consultations/"))
    assert row.code in page
    assert "4 / 6" in page
    assert "27 人" in page
    assert f"/consultations/open/{waiting.code}/" in page
    assert "这一步上没有协商" in text(clerk.get("/consultations/?state=closed"))


def test_the_workbook_holds_the_rows_of_the_list(clerk, place):
    row = consultation_at(C.HELD, place)
    opened(place)
    rows = list(
        load_workbook(BytesIO(clerk.get("/consultations/table.xlsx?state=held").content)).active.values
    )
    assert len(rows) == 2
    assert rows[1][0] == row.code
    assert (rows[1][9], rows[1][10]) == (27, 2)


def test_list_and_page_ask_few_questions_of_the_database(clerk, place, django_assert_max_num_queries):
    rows = [consultation_at(C.SUBMITTED, place) for _ in range(4)]
    with django_assert_max_num_queries(12):
        clerk.get("/consultations/")
    with django_assert_max_num_queries(14):
        clerk.get(f"/consultations/{rows[0].code}/")


def test_a_clerk_walks_all_six_steps_by_clicking(clerk, place):
    topic = topic_at(TopicState.SCHEDULED, place)
    clerk.post(f"/consultations/open/{topic.code}/", {"title": "放学不堵", "happened_on": "2026-11-02"})
    row = Consultation.unscoped.get()
    at = f"/consultations/{row.code}/"
    clerk.post(
        at + "plan/",
        {
            "place": "议事厅",
            "planned_on": "2026-11-20",
            "happened_on": "2026-11-03",
            "heads_residents": "10",
            "heads_members": "5",
        },
    )
    refused = clerk.post(at + "research-done/", follow=True)
    assert "不调研不协商" in text(refused)
    clerk.post(at + "research/", {"happened_on": "2026-11-10", "note": "看了三天。"})
    clerk.post(at + "research-done/")
    clerk.post(
        at + "session/",
        {
            "held_on": "2026-11-20",
            "place": "议事厅",
            "heads_residents": "9",
            "heads_experts": "0",
            "counted_by": "程晓岚",
        },
    )
    clerk.post(
        at + "statements/",
        {
            "lines": "居民 家长｜车太多\n部门 区城管局｜能划",
            "hall": "hall",
            "side": "members",
            "speaker": "贺知远",
            "text": "都同意",
        },
    )
    clerk.post(
        at + "suggest/",
        {
            "text": POINT,
            "proposer_side": "residents",
            "concerned_units": [place.lead_unit.pk],
            "agree__residents": "8",
            "reserve__residents": "1",
            "reservation__residents": "怕吵",
        },
    )
    sending = {"submitted_to": "区政府办公室", "happened_on": "2026-11-21"}
    unasked = clerk.post(at + "submit/", sending)
    assert "有多少人说得出这件事" in text(unasked) and "写给单位和公众看的" in text(unasked)
    said_how_many(place, *matters_of(topic))
    clerk.post(at + "submit/", sending)
    code = Suggestion.unscoped.get().code
    clerk.post(
        at + "decide/",
        {
            "word__1": "yes",
            "reason__1": "",
            "decided_by": "区政府办公室",
            "decided_on": DAY,
            "source": "云府办〔2026〕31号",
        },
    )
    clerk.post(at + "follow/")
    assert state(row) == C.FOLLOWING
    page = text(clerk.get(at))
    for words in (
        POINT,
        "支持 8 人",
        "怕吵",
        "云府办〔2026〕31号",
        "区城管局",
        "都同意",
        "看了三天。",
        "到场 9 人。",
    ):
        assert words in page
    assert queries.get_suggestion_for(place.clerk, code).state == "adopted"
    assert clerk.get(at + "end/").status_code == 404


def test_a_step_that_was_not_done_is_shown_as_such(clerk, place):
    row = opened(place)
    at = f"/consultations/{row.code}/"
    assert "没有做：制订方案" in text(clerk.get(at + "skip/"))
    clerk.post(at + "skip/", {"step": "planned", "because": "当天就开", "decided_by": "罗启文"})
    page = text(clerk.get(at))
    assert "没有做：当天就开" in page
    assert "罗启文决定" in page


def test_a_stale_page_never_skips_the_step_after(clerk, place):
    row = opened(place)
    actions.plan(row, by=place.clerk, at=MORNING)
    page = clerk.post(
        f"/consultations/{row.code}/skip/", {"step": "planned", "because": "当天就开", "decided_by": "罗启文"}
    )
    assert page.status_code == 422
    assert "当天就开" in text(page)
    assert state(row) == C.PLANNED


@pytest.mark.parametrize("where", C.values)
def test_the_page_opens_in_every_state_and_each_form_it_offers_opens(clerk, place, where):
    row = consultation_at(where, place)
    page = clerk.get(f"/consultations/{row.code}/")
    assert page.status_code == 200
    assert bool(page.context["buttons"]) is (where != C.CLOSED)
    assert sum(button.is_main for button in page.context["buttons"]) == (where != C.CLOSED)
    for button in page.context["buttons"]:
        if button.needs_form:
            assert clerk.get(button.url).status_code == 200, button.url


def test_after_a_look_the_main_button_says_that_research_is_done(clerk, place):
    row = consultation_at(C.PLANNED, place)
    assert clerk.get(f"/consultations/{row.code}/").context["buttons"][0].url.endswith("/research/")
    looked(row, place)
    assert clerk.get(f"/consultations/{row.code}/").context["buttons"][0].url.endswith("/research-done/")


def test_lines_not_understood_are_named_and_nothing_is_lost(clerk, place):
    row = consultation_at(C.HELD, place)
    page = clerk.post(
        f"/consultations/{row.code}/statements/", {"lines": "居民｜好\n随便说说", "hall": "hall"}
    )
    assert page.status_code == 422
    assert "第 2 行没看懂" in text(page)
    assert "随便说说" in text(page)
    assert queries.statements_of(place.clerk, row).count() == 1


def test_counts_beyond_the_heads_are_refused_on_the_page_and_what_was_typed_stays(clerk, place):
    row = consultation_at(C.HELD, place)
    page = clerk.post(
        f"/consultations/{row.code}/suggest/",
        {"text": "晚上也停", "proposer_side": "residents", "agree__experts": "3"},
    )
    assert page.status_code == 422
    assert "支持和保留加起来不能更多" in text(page)
    assert "晚上也停" in text(page)


def test_a_no_without_reason_is_refused_beside_its_line_and_nothing_is_decided(clerk, place):
    row = consultation_at(C.SUBMITTED, place)
    page = clerk.post(
        f"/consultations/{row.code}/decide/",
        {
            "word__1": "yes",
            "word__2": "no",
            "reason__2": "",
            "decided_by": "区政府",
            "decided_on": DAY,
            "source": "12号",
        },
    )
    assert page.status_code == 422
    assert "写明为什么没有采纳" in text(page)
    assert [one.state for one in suggestions(row)] == ["agreed", "agreed"]


def test_a_suggestion_is_corrected_dropped_and_explained_on_its_pages(clerk, place):
    row = consultation_at(C.HELD, place)
    first, second = suggestions(row)
    clerk.post(
        f"/consultations/suggestions/{first.code}/support/",
        {"agree__residents": "12", "reserve__residents": "0"},
    )
    clerk.post(f"/consultations/suggestions/{second.code}/drop/", {"because": "排不开"})
    assert first.supports.get(side="residents").agree == 12
    assert state(second) == "dropped"
    actions.submit_results(row, submitted_to="区政府", by=place.clerk, at=MORNING)
    actions.turn_down_suggestion(
        first, reason="地下有管线", decided_by="区政府", decided_on=MORNING.date(), source="电话", by=place.clerk, at=MORNING
    )  # fmt: skip
    address = f"/consultations/suggestions/{first.code}/explain/"
    assert "地下有管线" in text(clerk.get(address))
    clerk.post(address, {"explained_on": DAY, "words": "地下有管线，划不了。"})
    assert "已告诉提出的人" in text(clerk.get(f"/consultations/{row.code}/"))


def test_the_minutes_hold_day_place_heads_words_by_side_and_reservations(clerk, place):
    row = consultation_at(C.HELD, place)
    page = text(clerk.get(f"/consultations/{row.code}/minutes/"))
    for words in (
        "2026年9月4日",
        "柳岸社区议事厅",
        "清河街道联络组组长",
        "12 人",
        "27 人",
        "群众提",
        "孩子只能走马路中间。",
        POINT,
        "居民 2 人：担心老人买菜远了",
    ):
        assert words in page
    assert clerk.get(f"/consultations/{consultation_at(C.PLANNED, place).code}/minutes/").status_code == 404


def test_what_somebody_typed_is_text_and_never_markup(clerk, place):
    row = consultation_at(C.HELD, place)
    clerk.post(
        f"/consultations/{row.code}/statements/", {"lines": "专家｜<script>alert(1)</script>", "hall": "hall"}
    )
    for address in (f"/consultations/{row.code}/", f"/consultations/{row.code}/minutes/"):
        assert "<script>alert" not in text(clerk.get(address))
        assert "&lt;script&gt;alert" in text(clerk.get(address))


def test_members_read_without_buttons(client, place, clock):
    row = consultation_at(C.HELD, place)
    member = sign_in(client, place, "member")
    page = member.get(f"/consultations/{row.code}/")
    assert page.status_code == 200
    assert not page.context["buttons"]
    assert "孩子只能走马路中间。" in text(page)
    assert member.get(f"/consultations/{row.code}/minutes/").status_code == 200
    assert member.post(f"/consultations/{row.code}/follow/").status_code == 404
    assert member.get(f"/consultations/{row.code}/suggest/").status_code == 404


def test_the_authority_sees_what_was_submitted_and_decides_and_reads_no_statement(client, place, clock):
    early, row = consultation_at(C.HELD, place), consultation_at(C.SUBMITTED, place)
    authority = sign_in(client, place, "authority_clerk")
    assert authority.get(f"/consultations/{early.code}/").status_code == 404
    page = authority.get(f"/consultations/{row.code}/")
    assert POINT in text(page)
    assert "孩子只能走马路中间。" not in text(page)
    assert [button.url.split("/")[-2] for button in page.context["buttons"]] == ["decide"]
    authority.post(
        f"/consultations/{row.code}/decide/",
        {"word__1": "yes", "word__2": "later", "decided_by": "区政府办公室", "decided_on": DAY},
    )
    assert [one.state for one in suggestions(row)] == ["adopted", "agreed"]
    assert authority.get(f"/consultations/{row.code}/minutes/").status_code == 404
    assert authority.post(f"/consultations/{row.code}/follow/").status_code == 404


@pytest.mark.parametrize("who", ["keeper", "unit", "officer", "reviewer", "admin"])
def test_consultations_are_not_there_for_others(client, place, who, clock):
    row = consultation_at(C.SUBMITTED, place)
    other = sign_in(client, place, who)
    for address in (
        "/consultations/",
        "/consultations/table.xlsx",
        f"/consultations/{row.code}/",
        f"/consultations/{row.code}/minutes/",
        f"/consultations/{row.code}/decide/",
        f"/consultations/suggestions/{row.code}-1/explain/",
        f"/consultations/open/{row.topic.code}/",
    ):
        assert other.get(address).status_code == 404, address


def test_a_consultation_of_another_committee_is_not_there(client, place, clock):
    row = consultation_at(C.SUBMITTED, place)
    other = sign_in(client, district("nanhu", "NH", "南湖区政协"), "clerk")
    assert other.get(f"/consultations/{row.code}/").status_code == 404
    assert other.post(f"/consultations/{row.code}/follow/").status_code == 404
    assert other.post(f"/consultations/suggestions/{row.code}-1/drop/", {}).status_code == 404
    assert state(row) == C.SUBMITTED


def test_a_stranger_is_asked_to_sign_in(client, place):
    assert client.get("/consultations/").status_code == 302
