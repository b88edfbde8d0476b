"""以前议过没有: shown before a topic is stored and on its page, with what became of each; nothing of another's."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.tests.factories import gathered_matter, matter_at
from shangliang.sorting.models import AskedGram
from shangliang.topics import actions, queries
from shangliang.topics.models import Topic
from shangliang.topics.states import TopicState
from shangliang.topics.tests.factories import TITLE, sign_in, stored_topic, topic_at

pytestmark = pytest.mark.django_db
LIKE_IT = "缓解小学门口放学时段停车拥堵"
FORM = {"source": "residents", "domain": "livelihood", "form": "micro"}


@pytest.fixture
def place():
    return district()


@pytest.fixture
def clerk(client, place, clock):
    return sign_in(client, place, "clerk")


def before(viewer, title=TITLE, background="", but=0):
    return [one.topic for one in queries.topics_asked_before(viewer, title, background, but)]


def text(response):
    return response.content.decode()


def test_a_stored_topic_is_found_by_the_next_one_and_never_by_itself(place):
    topic = stored_topic(place, background="放学时车停两排。")
    assert before(place.clerk, LIKE_IT) == [topic]
    assert before(place.clerk, topic.title, topic.background, topic.pk) == []
    assert before(place.clerk, "河边广场夜里太吵") == []


def test_members_are_shown_what_they_may_see_and_others_nothing(place):
    topic = stored_topic(place)
    assert before(place.member, LIKE_IT) == [topic]
    for who in ("keeper", "unit", "officer", "authority_clerk", "reviewer", "admin"):
        assert before(place.viewers[who], LIKE_IT) == []


def test_a_topic_of_another_committee_never_comes_out(client, place, clock):
    stored_topic(place)
    elsewhere = district("nanhu", "NH", "南湖区政协")
    assert before(elsewhere.clerk, TITLE) == []
    other = sign_in(client, elsewhere, "clerk")
    page = other.post("/topics/new/", {**FORM, "title": TITLE})
    assert page.status_code == 302 and Topic.unscoped.filter(committee=elsewhere.committee).count() == 1
    own = Topic.unscoped.get(committee=elsewhere.committee)
    assert "以前议过的" not in text(other.get(f"/topics/{own.code}/"))


def test_asking_for_a_topic_whose_rows_in_the_index_belong_elsewhere_finds_nothing_that_may_not_be_seen(
    place,
):
    elsewhere = district("nanhu", "NH", "南湖区政协")
    stored_topic(elsewhere)
    AskedGram.unscoped.update(committee_id=place.committee.pk)  # a wrong index opens no door
    assert before(place.clerk, TITLE) == []


def test_what_became_of_it_is_told_with_day_who_and_why(clerk, place):
    turned_down = topic_at(TopicState.NOT_TAKEN, place, matters=())
    consulted = topic_at(TopicState.CONSULTED, place, matters=())
    waiting = topic_at(TopicState.SUBMITTED, place, matters=())
    page = text(clerk.get(f"/topics/{stored_topic(place, matters=(), title=LIKE_IT).code}/"))
    assert "以前议过的" in page
    for one in (turned_down, consulted, waiting):
        assert f'href="/topics/{one.code}/"' in page
    for words in ("区委：不采用。请再调研。", "区委：同意", "坐下来商量了", "还没有答复", "2026年7月10日"):
        assert words in page, words


def test_what_was_turned_down_later_says_why_and_by_whom(clerk, place):
    topic = stored_topic(place, matters=())
    actions.turn_down(topic, because="今年已由街道整治", decided_by="罗启文", by=place.clerk, at=MORNING)
    page = text(clerk.get(f"/topics/{stored_topic(place, matters=(), title=LIKE_IT).code}/"))
    assert "今年已由街道整治（罗启文定）" in page


def test_the_matters_it_spoke_of_are_named_with_where_they_stand(clerk, place):
    matter = gathered_matter(place)
    stored_topic(place, matters=(matter,))
    page = text(clerk.get(f"/topics/{stored_topic(place, matters=(), title=LIKE_IT).code}/"))
    assert matter.code in page and "协商中" in page and "看它后来怎样" in page


def test_a_member_is_not_given_a_way_into_the_offices_pages(client, place, clock):
    stored_topic(place)
    new = stored_topic(place, matters=(), title=LIKE_IT)
    page = text(sign_in(client, place, "member").get(f"/topics/{new.code}/"))
    assert "以前议过的" in page and "看它后来怎样" not in page


def test_one_that_is_surely_the_same_is_shown_before_anything_is_stored_and_the_second_press_stores(
    clerk, place
):
    old = stored_topic(place, matters=())
    typed = {**FORM, "title": LIKE_IT, "background": "车停两排。"}
    page = clerk.post("/topics/new/", typed)
    assert page.status_code == 200 and Topic.unscoped.count() == 1
    for words in ("还没有存", "看过了，还是存进题库", "车停两排。", f'name="seen" value="{old.code}"'):
        assert words in text(page)
    assert clerk.post("/topics/new/", {**typed, "seen": [old.code]}).status_code == 302
    assert Topic.unscoped.count() == 2


def test_one_stored_by_somebody_else_meanwhile_is_shown_first(clerk, place):
    seen = stored_topic(place, matters=())
    meanwhile = stored_topic(place, matters=(), title=LIKE_IT)
    page = clerk.post("/topics/new/", {**FORM, "title": LIKE_IT, "seen": [seen.code]})
    assert page.status_code == 200 and meanwhile.code in text(page) and Topic.unscoped.count() == 2


def test_a_form_that_begins_with_a_matter_shows_them_at_once(clerk, place):
    old = stored_topic(place, matters=())
    matter = gathered_matter(place, title=LIKE_IT)
    page = text(clerk.get(f"/topics/new/?matter={matter.code}"))
    assert f'name="seen" value="{old.code}"' in page and "还没有存" not in page


def test_a_form_that_is_not_full_says_what_is_missing_and_not_that_it_waits(clerk, place):
    stored_topic(place, matters=())
    page = clerk.post("/topics/new/", {"title": LIKE_IT, "background": "车停两排。"})
    assert page.status_code == 422 and "还没有存" not in text(page) and "车停两排。" in text(page)


def test_nothing_alike_is_stored_at_once(clerk, place):
    stored_topic(place, matters=())
    assert clerk.post("/topics/new/", {**FORM, "title": "河边广场夜里太吵"}).status_code == 302


def test_the_page_of_a_topic_asks_few_questions_however_many_there_were(
    clerk, place, django_assert_max_num_queries
):
    for number in range(6):
        stored_topic(place, title=f"{TITLE}第 {number} 回")
    topic = stored_topic(place, title=LIKE_IT)
    clerk.get(f"/topics/{topic.code}/")
    with django_assert_max_num_queries(12):
        page = clerk.get(f"/topics/{topic.code}/")
    assert len(page.context["before"]) == 5


def test_the_index_of_an_instance_that_has_none_is_built_by_one_command_and_mended_when_run_again(place):
    topic = stored_topic(place, stored_on=date(2026, 7, 2))
    right = sorted(AskedGram.unscoped.values_list("record_id", "gram"))
    AskedGram.unscoped.all().delete()
    AskedGram(committee_id=place.committee.pk, kind="topic", gram=1, record_id=topic.pk + 9).save(
        force_insert=True
    )
    for mended in (2, 0):
        out = StringIO()
        call_command("rebuild_asked_index", stdout=out)
        assert json.loads(out.getvalue()) == {"topics": 1, "mended": mended}
    assert sorted(AskedGram.unscoped.values_list("record_id", "gram")) == right


def test_a_refused_topic_leaves_nothing_in_the_index(clerk, place):
    taken = matter_at(place, "delivering")
    with pytest.raises(Exception, match="刚才已经有人做过"):
        stored_topic(place, matters=(taken,))
    assert not AskedGram.unscoped.exists() and not Topic.unscoped.exists()
