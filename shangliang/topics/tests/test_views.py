"""The pages of the topic bank, walked as a clerk walks them."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from shangliang.people import actions as people
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.tests.factories import gathered_matter
from shangliang.topics import queries
from shangliang.topics.models import Topic
from shangliang.topics.states import TopicState
from shangliang.topics.tests.factories import TITLE, sign_in, stored_topic, topic_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return district()


@pytest.fixture
def clerk(client, place, clock):
    return sign_in(client, place, "clerk")


def state(topic):
    return Topic.unscoped.get(pk=topic.pk).state


def text(response):
    return response.content.decode()


def test_an_empty_bank_says_what_to_do(clerk):
    page = clerk.get("/topics/")
    assert page.status_code == 200
    assert "题库里还没有议题" in text(page)
    assert 'href="/topics/new/"' in text(page)


def test_the_bank_counts_by_state_and_narrows_by_source_and_domain(clerk, place):
    topic_at(TopicState.SHORTLISTED, place, title="路灯不亮")
    stored_topic(place, matters=(), title="河边广场", source="member", domain="governance")
    page = clerk.get("/topics/?source=member&domain=governance")
    assert "河边广场" in text(page)
    assert "路灯不亮" not in text(page)
    counts = {tab[0]: tab[3] for tab in clerk.get("/topics/").context["tabs"]}
    assert (counts["选题"], counts["储题"], counts["全部"]) == (1, 1, 2)
    assert "这样筛下来没有议题" in text(clerk.get("/topics/?state=noticed"))
    assert clerk.get("/topics/?state=nonsense&page=x").status_code == 200


def test_the_local_word_for_a_source_is_shown(clerk, place):
    people.change_setting(
        committee=place.committee,
        key="source_labels",
        value={"residents": "居民说事"},
        by=place.leader,
        at=MORNING,
    )
    topic = stored_topic(place)
    assert "居民说事" in text(clerk.get("/topics/"))
    assert "居民说事" in text(clerk.get(f"/topics/{topic.code}/"))


def test_the_workbook_holds_what_the_page_shows_and_a_formula_stays_text(clerk, place):
    stored_topic(place, title="=1+1")
    stored_topic(place, matters=(), title="河边广场", source="member")
    answer = clerk.get("/topics/table.xlsx?source=residents")
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert [row[1] for row in rows] == ["议题", "=1+1"]
    assert rows[1][2] == "群众出题"


def test_the_bank_asks_few_questions_of_the_database(clerk, place, django_assert_max_num_queries):
    for number in range(12):
        stored_topic(place, matters=(), title=f"议题 {number}")
    with django_assert_max_num_queries(12):
        clerk.get("/topics/")


def test_a_topic_from_a_matter_begins_with_its_words(clerk, place):
    matter = gathered_matter(place)
    page = clerk.get(f"/topics/new/?matter={matter.code}")
    assert matter.title in text(page)
    answer = clerk.post(
        "/topics/new/",
        {
            "title": TITLE,
            "source": "residents",
            "domain": "livelihood",
            "form": "micro",
            "area": place.community.pk,
            "matters": [matter.code],
        },
    )
    topic = Topic.unscoped.get()
    assert answer.status_code == 302
    assert list(queries.matters_of(topic)) == [matter]
    assert topic.form.name == "微协商"


def test_a_form_that_is_not_full_keeps_what_was_typed(clerk):
    page = clerk.post(
        "/topics/new/",
        {"title": "河边广场", "background": "音响太响", "source": "", "domain": "", "form": ""},
    )
    assert page.status_code == 422
    assert "音响太响" in text(page)
    assert not Topic.unscoped.exists()


def test_a_matter_that_was_taken_meanwhile_is_said_and_nothing_is_lost(clerk, place):
    matter = gathered_matter(place)
    stored_topic(place, matters=(matter,))
    page = clerk.post(
        "/topics/new/",
        {
            "title": "又一个",
            "source": "residents",
            "domain": "livelihood",
            "form": "micro",
            "matters": [matter.code],
        },
    )
    assert page.status_code == 422
    assert "这个选项没有了" in text(page)
    assert "又一个" in text(page)
    assert Topic.unscoped.count() == 1


def test_a_clerk_walks_a_topic_from_the_bank_to_its_day(clerk, place, clock):
    topic = stored_topic(place, form="thematic")
    at = f"/topics/{topic.code}/"
    clerk.post(at + "shortlist/")
    clerk.post(at + "submit/", {"submitted_to": "区委", "submitted_on": "2026-11-20"})
    assert "区委的答复" in text(clerk.get(at))
    clerk.post(
        at + "decision/",
        {
            "decision": "approved",
            "decided_by": "区委",
            "decided_on": "2026-11-23",
            "document_no": "云委〔2026〕31号",
        },
    )
    assert "云委〔2026〕31号" in text(clerk.get(at))
    clerk.post(at + "notice/", {"from_on": "2026-11-23"})
    early = clerk.post(at + "schedule/", {"scheduled_on": "2026-12-05"})
    assert early.status_code == 422
    assert "还没有满" in text(early)
    clock.forward(days=7)
    sign_in(clerk, place, "clerk")
    clerk.post(at + "notice-outcome/", {"outcome": "没有收到不同意见。"})
    clerk.post(at + "schedule/", {"scheduled_on": "2026-12-05"})
    assert state(topic) == TopicState.SCHEDULED
    page = text(clerk.get(at))
    assert "没有收到不同意见。" in page
    assert "12月5日" in page


@pytest.mark.parametrize("where", [one for one in TopicState.values])
def test_the_page_opens_in_every_state_and_never_offers_what_is_refused(clerk, place, where):
    form = "thematic" if where == "noticed" else "micro"
    topic = topic_at(where, place, form=form)
    page = clerk.get(f"/topics/{topic.code}/")
    assert page.status_code == 200
    for button in page.context["buttons"]:
        if button.needs_form:
            assert clerk.get(button.url).status_code == 200


def test_a_stale_form_says_so_and_keeps_what_was_typed(clerk, place):
    topic = topic_at(TopicState.APPROVED, place)
    page = clerk.post(
        f"/topics/{topic.code}/decision/",
        {"decision": "returned", "decided_by": "区委", "decided_on": "2026-11-23", "opinion": "请补充数字", "source": "电话"},
    )  # fmt: skip
    assert page.status_code == 422
    assert "现在没有在等答复" in text(page)
    assert "请补充数字" in text(page)


def test_a_button_pressed_twice_says_that_it_was_done(clerk, place):
    topic = stored_topic(place)
    clerk.post(f"/topics/{topic.code}/shortlist/")
    page = clerk.post(f"/topics/{topic.code}/shortlist/", follow=True)
    assert "刚才已经有人做过" in text(page)


def test_a_get_changes_nothing(clerk, place):
    topic = stored_topic(place)
    assert clerk.get(f"/topics/{topic.code}/shortlist/").status_code == 404
    assert state(topic) == TopicState.STORED


def test_members_read_and_have_no_button(client, place, clock):
    topic = stored_topic(place)
    member = sign_in(client, place, "member")
    page = member.get(f"/topics/{topic.code}/")
    assert page.status_code == 200
    assert not page.context["buttons"]
    assert 'href="/topics/new/"' not in text(member.get("/topics/"))
    assert member.post(f"/topics/{topic.code}/shortlist/").status_code == 404
    assert member.get("/topics/new/").status_code == 404


@pytest.mark.parametrize("who", ["keeper", "unit", "officer", "authority_clerk", "reviewer"])
def test_the_bank_is_not_there_for_others(client, place, who, clock):
    topic = stored_topic(place)
    other = sign_in(client, place, who)
    for address in (
        "/topics/",
        "/topics/table.xlsx",
        "/topics/new/",
        f"/topics/{topic.code}/",
        f"/topics/{topic.code}/submit/",
    ):
        assert other.get(address).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, place):
    assert client.get("/topics/").status_code == 302


def test_a_topic_of_another_committee_is_not_there(client, place, clock):
    topic = stored_topic(place)
    other = sign_in(client, district("nanhu", "NH", "南湖区政协"), "clerk")
    assert other.get(f"/topics/{topic.code}/").status_code == 404
    assert other.post(f"/topics/{topic.code}/shortlist/").status_code == 404
    assert state(topic) == TopicState.STORED


def test_the_forms_are_made_and_changed_on_their_page(clerk, place):
    assert "还没有协商形式" in text(clerk.get("/topics/forms/"))
    clerk.post("/topics/forms/")
    assert "院坝协商" in text(clerk.get("/topics/forms/"))
    wrong = clerk.post("/topics/forms/micro/", {"name": "微协商", "approver": "", "notice_days": 200})
    assert wrong.status_code == 422
    clerk.post("/topics/forms/micro/", {"name": "微协商", "approver": "清河街道党工委", "notice_days": 5})
    assert "清河街道党工委" in text(clerk.get("/topics/forms/"))
    assert clerk.get("/topics/forms/unknown/").status_code == 404
