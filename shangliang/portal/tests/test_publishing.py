"""From a draft to the public page: nothing before, exactly the reviewed words after, nothing once withdrawn."""

import json

import pytest
from django.urls import reverse

from shangliang.foundation import publishing
from shangliang.foundation.models import LedgerEntry, Preview, Publication
from shangliang.foundation.refusals import Refusal
from shangliang.people.tests.factories import MORNING, district
from shangliang.portal.queries import latest_pages
from shangliang.portal.tests import factories as made
from shangliang.statistics.tests import factories as rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def matter(place):
    return made.whole_matter(place)


@pytest.fixture
def subject(matter):
    return f"matter:{matter.code}"


@pytest.fixture
def address(place, matter):
    return reverse("portal:matter", args=[place.committee.slug, matter.code])


def typed(draft_page, **changes):
    """Return what a browser would send of the form as it was shown."""
    form = draft_page.context["form"]
    data = {bound.html_name: bound.value() for bound in form}
    return {name: value for name, value in {**data, **changes}.items() if value not in (None, False)}


def text(answer):
    return answer.content.decode()


def test_nothing_is_public_before_it_is_published(client, place, subject, address):
    row = made.reviewed(place, subject)
    assert client.get(address).status_code == 404
    assert made.TITLE not in text(client.get(reverse("portal:home", args=["yunchuan"])))
    publishing.publish(row, by=place.clerk, at=MORNING)
    assert made.TITLE in text(client.get(address))
    assert made.TITLE in text(client.get(reverse("portal:home", args=["yunchuan"])))


def test_a_record_that_moves_changes_no_public_word(client, place, matter, subject, address):
    made.published(place, subject)
    before = text(client.get(address))
    matter.title = "换了的题目"
    matter.save()
    rows.verdict(place, matter, solved="no", satisfied="no", may_show=True)
    assert text(client.get(address)) == before


def test_published_words_are_the_reviewed_words_byte_for_byte(client, sit, place, subject):
    page = sit("clerk").get(reverse("portal:prepare"), {"subject": subject})
    written = "夜里走了一遍，<b>两处</b> “看不清”台阶 & 一处积水"
    data = typed(page, **{"steps-research-text": written, "title": "步道的灯"})
    sent = sit("clerk").post(f"{reverse('portal:prepare')}?subject={subject}", data)
    assert sent.status_code == 302
    row = Publication.unscoped.get(subject=subject)
    seen = json.dumps(row.content, sort_keys=True)
    for unit, _name in row.named_units:
        publishing.answer_preview(
            publishing.show_to_unit(row, unit=unit, how="当面", by=place.clerk, at=MORNING),
            correction="",
            how="盖章回函",
            by=place.clerk,
            at=MORNING,
        )
    read = sit("reviewer").get(reverse("portal:publication", args=[row.code]))
    sit("reviewer").post(reverse("portal:review", args=[row.code]))
    sit("leader").post(reverse("portal:publish", args=[row.code]))
    row.refresh_from_db()
    assert row.state == "published" and json.dumps(row.content, sort_keys=True) == seen
    public = client.get(reverse("portal:matter", args=["yunchuan", subject.partition(":")[2]]))
    assert public.context["shown"] == read.context["shown"]
    assert next(one.text for one in public.context["shown"]["steps"] if "调研" in one.title) == written
    assert "&lt;b&gt;两处&lt;/b&gt;" in text(public)


def test_a_step_without_its_tick_is_left_out_and_figures_cannot_be_typed(sit, place, subject):
    page = sit("clerk").get(reverse("portal:prepare"), {"subject": subject})
    data = typed(page, **{"steps-research-keep": None, "facts-0-number": "99"})
    sit("clerk").post(f"{reverse('portal:prepare')}?subject={subject}", data)
    content = Publication.unscoped.get(subject=subject).content
    assert "research" not in [one["key"] for one in content["steps"]]
    assert content["facts"][0]["number"] == 7


def test_a_refused_form_keeps_what_was_typed(sit, place, subject):
    page = sit("clerk").get(reverse("portal:prepare"), {"subject": subject})
    data = typed(page, **{"steps-research-text": "打 13812345678 找他", "steps-session-title": ""})
    answer = sit("clerk").post(f"{reverse('portal:prepare')}?subject={subject}", data)
    assert answer.status_code == 422 and "手机号" in text(answer) and "打 13812345678 找他" in text(answer)
    assert not Publication.unscoped.filter(subject=subject).exists()


def test_what_people_say_of_the_result_cannot_be_written_by_an_office(sit, place):
    subject = f"matter:{made.whole_matter(place, verdicts=('no',) * 5, may_show=True).code}"
    url = f"{reverse('portal:prepare')}?subject={subject}"
    page = sit("clerk").get(url)
    assert "反映的人说：没解决。" in text(page)
    refused = sit("clerk").post(url, typed(page, **{"steps-verified-text": "反映的人说：解决了。"}))
    assert refused.status_code == 422 and "不能自己写" in text(refused)
    sit("clerk").post(url, typed(page, **{"steps-judged-text": "反映的人说：解决了。"}))
    content = Publication.unscoped.get(subject=subject).content
    assert next(one["text"] for one in content["steps"] if one["key"] == "judged") == "反映的人说：没解决。"


def test_a_classification_marking_is_refused(sit, place, subject):
    page = sit("clerk").get(reverse("portal:prepare"), {"subject": subject})
    answer = sit("clerk").post(
        f"{reverse('portal:prepare')}?subject={subject}",
        typed(page, **{"steps-research-text": "机密★1年\n关于步道的情况"}),
    )
    assert answer.status_code == 422 and "密级标志" in text(answer)


def test_a_stale_form_says_so_and_keeps_what_was_typed(sit, place, subject):
    page = sit("clerk").get(reverse("portal:prepare"), {"subject": subject})
    made.prepared(place, subject)
    answer = sit("clerk").post(
        f"{reverse('portal:prepare')}?subject={subject}", typed(page, title="我改的题目")
    )
    assert answer.status_code == 422 and "已经有一份" in text(answer) and "我改的题目" in text(answer)


def test_who_prepared_cannot_review_and_another_can(sit, place, subject):
    place.viewers["second"] = place.leader
    row = publishing.prepare(
        committee_id=place.committee.pk,
        subject=subject,
        part="page-1",
        title="题目",
        content=made.draft_for(place.leader, subject).content | {"note": ""},
        happened_on=rows.DAY,
        named_units=[],
        reviewers_needed=1,
        by=place.leader,
        at=MORNING,
    )
    page = sit("leader").get(reverse("portal:publication", args=[row.code]))
    assert "审核通过" not in text(page) and "另一位来审核" in text(page)
    answer = sit("leader").post(reverse("portal:review", args=[row.code]), follow=True)
    assert "不能审核自己拟的" in text(answer)
    assert "审核通过" in text(sit("reviewer").get(reverse("portal:publication", args=[row.code])))
    sit("reviewer").post(reverse("portal:review", args=[row.code]))
    row.refresh_from_db()
    assert row.state == "reviewed"


def test_two_reviewers_are_two_people(sit, place, subject):
    row = made.prepared(place, subject, reviewers=2)
    for _again in range(2):
        sit("reviewer").post(reverse("portal:review", args=[row.code]))
    row.refresh_from_db()
    assert row.state == "prepared"
    sit("second_reviewer").post(reverse("portal:review", args=[row.code]))
    row.refresh_from_db()
    assert row.state == "reviewed"


def test_a_named_unit_sees_the_words_first(sit, place, subject):
    row = made.prepared(place, subject)
    publishing.review(row, by=place.reviewer, at=MORNING)
    answer = sit("clerk").post(reverse("portal:publish", args=[row.code]), follow=True)
    assert "先请写到的单位看过" in text(answer) and "区城管局" in text(answer)
    row.refresh_from_db()
    assert row.state == "reviewed"


def test_a_unit_corrects_a_fact_in_its_own_pages_and_has_no_veto(sit, place, subject):
    row = made.prepared(place, subject)
    assert sit("unit").get(reverse("portal:preview", args=[row.code])).status_code == 404
    show = reverse("portal:show", args=[row.code, place.lead_unit.pk])
    sit("clerk").post(show, {"how": "发在系统里"})
    assert made.TITLE in text(sit("unit").get(reverse("portal:previews")))
    assert made.TITLE not in text(sit("other_unit").get(reverse("portal:previews")))
    sit("unit").post(reverse("portal:preview", args=[row.code]), {"correction": "灯是十三盏。"})
    assert "灯是十三盏" in text(sit("clerk").get(reverse("portal:publication", args=[row.code])))
    assert place.lead_unit.name not in publishing.units_still_to_see(row, rows.DAY)


def test_a_unit_is_shown_no_verdict_beforehand(sit, place):
    matter = made.whole_matter(place, verdicts=("no",) * 5, may_show=True)
    row = made.prepared(place, f"matter:{matter.code}")
    publishing.show_to_unit(row, unit=place.lead_unit.pk, how="当面", by=place.clerk, at=MORNING)
    page = text(sit("unit").get(reverse("portal:preview", args=[row.code])))
    assert "装好了十二盏灯" in page and "按期了吗" in page
    for words in ("解决了吗", "满意吗", "没解决", "份评价"):
        assert words not in page


def test_a_unit_that_has_nothing_to_correct_says_so(sit, place, subject):
    row = made.prepared(place, subject)
    publishing.show_to_unit(row, unit=place.lead_unit.pk, how="当面", by=place.clerk, at=MORNING)
    answer = sit("unit").post(reverse("portal:preview", args=[row.code]), {"correction": ""}, follow=True)
    assert "没有不对的" in text(answer)
    assert Preview.unscoped.get(publication=row).answered_at is not None


def test_a_clerk_records_the_units_word_with_its_source(sit, place, subject):
    row = made.prepared(place, subject)
    publishing.show_to_unit(row, unit=place.lead_unit.pk, how="传真", by=place.clerk, at=MORNING)
    address = reverse("portal:answer", args=[row.code, place.lead_unit.pk])
    refused = sit("clerk").post(address, {"correction": "灯是十三盏。"})
    assert refused.status_code == 422 and "灯是十三盏" in text(refused)
    sit("clerk").post(address, {"correction": "灯是十三盏。", "how": "电话"})
    kept = Preview.unscoped.get(publication=row)
    assert kept.correction == "灯是十三盏。" and kept.how == "传真；代录：电话"
    line = LedgerEntry.unscoped.filter(verb="publication.unit_answer").get()
    assert "灯" not in bytes(line.body).decode()


def test_a_unit_that_is_not_named_cannot_be_shown_the_words(sit, place, subject):
    row = made.prepared(place, subject)
    answer = sit("clerk").post(reverse("portal:show", args=[row.code, place.school.pk]), {"how": "当面"})
    assert answer.status_code == 422 and not Preview.unscoped.exists()


def test_a_withdrawn_page_gives_its_reason_and_none_of_its_words(client, sit, place, subject, address):
    row = made.published(place, subject)
    withdraw = reverse("portal:withdraw", args=[row.code])
    assert sit("clerk").post(withdraw, {"reason": ""}).status_code == 422
    sit("clerk").post(withdraw, {"reason": "灯的数目写错了"})
    answer = client.get(address)
    assert answer.status_code == 410 and "灯的数目写错了" in text(answer)
    assert "装好了十二盏灯" not in text(answer) and made.TITLE not in text(answer)
    assert made.TITLE not in text(client.get(reverse("portal:home", args=["yunchuan"])))
    assert made.TITLE not in text(client.get(reverse("portal:home", args=["yunchuan"]), {"q": "步道"}))


def test_a_draft_that_was_taken_back_was_never_there_for_the_public(client, place, subject, address):
    publishing.withdraw(made.prepared(place, subject), reason="重写", by=place.clerk, at=MORNING)
    assert client.get(address).status_code == 404


def test_the_words_of_a_draft_taken_back_are_not_lost(sit, place, subject):
    page = sit("clerk").get(reverse("portal:prepare"), {"subject": subject})
    url = f"{reverse('portal:prepare')}?subject={subject}"
    sit("clerk").post(url, typed(page, **{"steps-research-text": "改得很用心的一句"}))
    row = Publication.unscoped.get(subject=subject)
    publishing.withdraw(row, reason="单位更正", by=place.clerk, at=MORNING)
    again = sit("clerk").get(url)
    assert "改得很用心的一句" in text(again)
    sit("clerk").post(url, typed(again))
    assert Publication.unscoped.get(subject=subject, state="prepared").part == "page-2"


def test_a_new_version_takes_the_place_of_the_old_one_which_stays_readable(client, place, subject, address):
    first = made.published(place, subject, title="第一版")
    second = made.published(place, subject, part="page-2", title="第二版", at=rows.days_later(3))
    page = text(client.get(address))
    assert "<h1>第二版</h1>" in page and first.code in page and second.code in page
    old = text(client.get(address, {"version": first.code}))
    assert "<h1>第一版</h1>" in old and "旧版本" in old
    assert list(latest_pages(place.committee.pk).values_list("title", flat=True)) == ["第二版"]


def test_when_the_latest_version_is_taken_down_the_old_one_does_not_come_up(client, place, subject, address):
    made.published(place, subject, title="第一版")
    second = made.published(place, subject, part="page-2", title="第二版", at=rows.days_later(3))
    publishing.withdraw(second, reason="写错了", by=place.clerk, at=rows.days_later(4))
    assert client.get(address).status_code == 410
    assert not latest_pages(place.committee.pk).exists()


def test_a_page_in_hand_is_opened_instead_of_a_second_draft(sit, place, subject):
    row = made.prepared(place, subject)
    answer = sit("clerk").get(reverse("portal:prepare"), {"subject": subject})
    assert answer.url == reverse("portal:publication", args=[row.code])


def test_another_committee_has_no_hand_in_it(sit, place, subject):
    row, other = made.prepared(place, subject), district("qingshan", "QS", "青山区政协")
    for key in ("clerk", "leader", "reviewer"):
        assert sit(key, other).get(reverse("portal:publication", args=[row.code])).status_code == 404
    assert sit("reviewer", other).post(reverse("portal:review", args=[row.code])).status_code == 404
    assert (
        sit("clerk", other).post(reverse("portal:withdraw", args=[row.code]), {"reason": "不"}).status_code
        == 404
    )
    assert sit("clerk", other).get(reverse("portal:prepare"), {"subject": subject}).status_code == 404


def test_a_topic_has_its_page_too(client, place):
    topic = rows.topic(place, source="member")
    made.published(place, f"topic:{topic.code}")
    answer = client.get(reverse("portal:topic", args=["yunchuan", topic.code]))
    assert "委员荐题" in text(answer) and "河边步道的灯怎么装" in text(answer)


def test_words_are_not_published_twice(place, subject):
    row = made.published(place, subject)
    with pytest.raises(Refusal):
        publishing.publish(row, by=place.clerk, at=MORNING)


def test_words_taken_down_are_not_read_in_an_earlier_version_that_says_the_same(
    client, place, subject, address
):
    first = made.published(place, subject, title="第一版")
    second = made.published(place, subject, part="page-2", title="第二版", at=rows.days_later(3))
    publishing.withdraw(second, reason="写到了不该写的", by=place.clerk, at=rows.days_later(4))
    for code in (first.code, second.code):
        answer = client.get(address, {"version": code})
        assert answer.status_code == 410 and "写到了不该写的" in text(answer) and "第一版" not in text(answer)
    made.published(place, subject, part="page-3", title="第三版", at=rows.days_later(5))
    assert "第一版" in text(client.get(address, {"version": first.code}))


def test_what_a_unit_said_of_the_words_is_not_written_over_by_a_second_post(sit, place, subject):
    row = made.prepared(place, subject)
    publishing.show_to_unit(row, unit=place.lead_unit.pk, how="发在系统里", by=place.clerk, at=MORNING)
    sit("unit").post(reverse("portal:preview", args=[row.code]), {"correction": "是十一盏"})
    again = sit("clerk").post(
        reverse("portal:answer", args=[row.code, place.lead_unit.pk]), {"correction": "", "how": "电话"}
    )
    assert again.status_code == 422 and "已经回过话" in text(again)
    assert Preview.unscoped.get(unit=place.lead_unit.pk).correction == "是十一盏"


def test_a_marking_in_public_words_is_refused(sit, place, subject):
    url = f"{reverse('portal:prepare')}?subject={subject}"
    page = sit("clerk").get(reverse("portal:prepare"), {"subject": subject})
    answer = sit("clerk").post(url, typed(page, note="秘密★3年"))
    assert answer.status_code == 422 and "密级标志“秘密★”" in text(answer)
    assert not Publication.unscoped.exists()
