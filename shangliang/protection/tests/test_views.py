"""The pages: one question at a time, what was typed is kept, and for whoever has no business there they do not exist."""

import pytest
from django.test import Client
from django.urls import reverse

from shangliang.foundation import codes
from shangliang.foundation.refusals import Refusal
from shangliang.people import actions as people
from shangliang.people.tests.factories import MORNING, SETUP, district
from shangliang.protection import actions, queries
from shangliang.protection.models import Exposure, Finding, SafeText
from shangliang.protection.tests.factories import (
    HINT,
    SAFE_WORDS,
    asked_member,
    dispatch_text,
    locked,
    member_of,
    taken_report,
)
from shangliang.reports.models import Matter, Report
from shangliang.reports.tests.factories import WORDS, gathered_matter, report_in, sent

pytestmark = pytest.mark.django_db
PRIVATE = "找张三要电话 13800001234，3栋2单元502室门口堆满了。"


@pytest.fixture
def place(clock):
    clock.set("2026-09-08 10:00")
    return district()


def sign_in(place, key):
    client = Client()
    client.force_login(place.appointments[key].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def clerk(place):
    return sign_in(place, "clerk")


def page_of(report):
    return reverse("protection:texts", args=[report.code])


def step_of(report, name):
    return reverse("protection:step", args=[report.code, name])


def words(answer):
    return answer.content.decode()


def test_the_office_walks_from_the_desk_through_the_three_questions(place, clerk):
    report = report_in(place, PRIVATE)
    assert page_of(report) in words(clerk.get(reverse("reports:desk_report", args=[report.code])))
    first = words(clerk.get(page_of(report)))
    assert "有多少人说得出这件事" in first and "<b>手机号</b>" in first and "13800001234" in first
    second = words(clerk.post(step_of(report, "exposure"), {"households": "many"}, follow=True))
    form = second[second.index('name="text"') : second.index("</textarea>")]
    assert "确认给单位看" in second and "【已遮：手机号】" in form and "13800001234" not in form
    third = words(clerk.post(step_of(report, "dispatch"), {"text": SAFE_WORDS}, follow=True))
    assert "确认给公众看" in third and SAFE_WORDS in third
    done = words(clerk.post(step_of(report, "public"), {"text": "楼道堆物。"}, follow=True))
    assert "回到线索" in done
    assert sorted(SafeText.unscoped.values_list("kind", "text")) == [
        ("dispatch", SAFE_WORDS),
        ("public", "楼道堆物。"),
    ]


def test_a_refused_text_comes_back_as_typed_and_asks_for_the_tick_only_then(place, clerk):
    report = taken_report(place)
    clerk.post(step_of(report, "exposure"), {"households": "many"})
    assert "我看过，这不是个人信息" not in words(clerk.get(page_of(report)))
    typed = "3栋2单元502室是活动室。"
    refused = clerk.post(step_of(report, "dispatch"), {"text": typed})
    assert refused.status_code == 422
    assert typed in words(refused) and "我看过，这不是个人信息" in words(refused)
    clerk.post(step_of(report, "dispatch"), {"text": typed, "is_not_personal": "on"})
    assert SafeText.unscoped.get().passed_names
    number = clerk.post(step_of(report, "dispatch"), {"text": "打 13800001234", "is_not_personal": "on"})
    assert number.status_code == 422 and "手机号：13800001234" in words(number)


def test_a_stale_form_says_so_and_keeps_what_was_typed(place, clerk):
    row = locked(place)
    clerk.get(step_of(row.report, "dispatch"))
    answer = clerk.post(step_of(row.report, "dispatch"), {"text": SAFE_WORDS})
    assert answer.status_code == 422 and SAFE_WORDS in words(answer)
    assert "三条路" in words(answer)


def test_a_lock_offers_three_ways_and_consent_is_asked_and_given_in_one_press(place, clerk):
    got = sent(place)
    actions.answer_exposure(got.report, households="one_or_two", by=place.clerk, at=MORNING)
    page = words(clerk.get(page_of(got.report)))
    for way in ("问反映人同不同意", "再有 4 个别的人", "请一位委员去看"):
        assert way in page
    clerk.post(step_of(got.report, "consent"), {"words": "您同意给单位看吗？"})
    phone = Client()
    phone.post("/receipt/", {"code": codes.as_symbols(got.bits)})
    receipt = words(phone.get(reverse("portal:receipt")))
    assert "您同意给单位看吗？" in receipt and "不同意" in receipt
    assert phone.post(reverse("protection:consent"), {"answer": ""}).status_code == 200
    assert Exposure.unscoped.get().state == "asked", "nothing is nobody's no"
    after = words(phone.post(reverse("protection:consent"), {"answer": "yes"}, follow=True))
    assert "记下了：同意" in after and "改成不同意" in after
    assert Exposure.unscoped.get().state == "consented"
    phone.post(reverse("protection:consent"), {"answer": "no"})
    assert Exposure.unscoped.get().state == "refused"
    assert "没有新的理由，不再问" in words(clerk.get(page_of(got.report)))


def test_the_question_is_in_no_cache_and_nobody_without_a_receipt_reads_it(place):
    answer = Client().get(reverse("protection:consent"))
    assert answer.status_code == 302 and answer["Cache-Control"] == "no-store, private"


def test_a_member_reads_the_hint_alone_writes_and_gets_a_receipt(place, clerk):
    row = locked(place)
    clerk.post(step_of(row.report, "member"), {"hint": HINT, "member": member_of(place).pk})
    one = Finding.unscoped.get()
    member = sign_in(place, "member")
    assert HINT in words(member.get(reverse("protection:findings")))
    page = words(member.get(reverse("protection:finding", args=[one.code])))
    assert HINT in page and WORDS not in page and row.report.code not in page
    key = page.split('name="form_key" value="')[1].split('"')[0]
    done = words(
        member.post(
            reverse("protection:finding", args=[one.code]), {"text": "我看过，停满车。", "form_key": key}
        )
    )
    assert "回执码" in done
    waiting = words(clerk.get(page_of(row.report)))
    assert "我看过，停满车。" in waiting and "合进这件事项" in waiting
    clerk.post(reverse("protection:finding_step", args=[one.code, "take-in"]))
    assert Report.unscoped.get(channel="member").matter_id == row.report.matter_id
    assert "由委员代提" in words(clerk.get(page_of(row.report)))
    own = Report.unscoped.get(channel="member")
    assert row.report.code in words(clerk.get(page_of(own)))


def test_a_member_may_decline_and_another_member_sees_nothing(place):
    one = asked_member(place)
    other = people.appoint(committee=place.committee, login="yunchuan-member2", name="陶然", role="member",
                           by=SETUP, at=MORNING)  # fmt: skip
    stranger = Client()
    stranger.force_login(other.person, backend="django.contrib.auth.backends.ModelBackend")
    for address in ("protection:finding", "protection:decline"):
        assert stranger.post(reverse(address, args=[one.code])).status_code == 404
    sign_in(place, "member").post(reverse("protection:decline", args=[one.code]))
    assert Finding.unscoped.get().state == "declined"


def test_one_radio_answers_for_the_whole_matter_and_texts_make_its_description(place, clerk):
    matter = gathered_matter(place, reports=2)
    url = reverse("protection:matter", args=[matter.code])
    assert url in words(clerk.get(reverse("reports:matters")))
    assert "还有 2 条没问" in words(clerk.get(url))
    assert clerk.post(url, {}).status_code == 422
    clerk.post(url, {"households": "many"})
    assert not queries.reports_unanswered([matter.pk])
    dispatch_text(place, matter.reports.first())
    assert "用这些写成给单位看的说明" in words(clerk.get(url))
    assert SAFE_WORDS in words(clerk.get(f"{url}?from-texts=1"))
    summary = reverse("protection:summary", args=[matter.code])
    refused = clerk.post(summary, {"text": "打 13800001234"})
    assert refused.status_code == 422 and "打 13800001234" in words(refused)
    clerk.post(summary, {"text": SAFE_WORDS})
    assert Matter.unscoped.get(pk=matter.pk).summary == SAFE_WORDS


def test_units_are_named_and_taken_back_on_the_page(place, clerk):
    report = taken_report(place)
    clerk.post(step_of(report, "units"), {"organisation": place.lead_unit.pk})
    assert place.lead_unit.name in words(clerk.get(page_of(report)))
    clerk.post(reverse("protection:unname", args=[report.code]), {"organisation": place.lead_unit.pk})
    assert not queries.implicated_in([report.matter_id])


@pytest.mark.parametrize(
    "key", ["reviewer", "officer", "admin", "keeper", "member", "unit", "authority_clerk"]
)
def test_for_everybody_but_the_office_these_pages_do_not_exist(place, key):
    row, client = locked(place), sign_in(place, key)
    code, matter = row.report.code, row.report.matter.code
    for address in (
        reverse("protection:texts", args=[code]),
        *(
            step_of(row.report, name)
            for name in ("exposure", "dispatch", "public", "consent", "member", "units")
        ),
        reverse("protection:matter", args=[matter]),
    ):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"households": "many"}).status_code in (404, 405), address


def test_another_committee_finds_nothing(place):
    elsewhere = district("beiling", "BL", "北岭区政协")
    row, stranger = locked(place), sign_in(elsewhere, "clerk")
    one = asked_member(place, row)
    assert stranger.get(page_of(row.report)).status_code == 404
    assert stranger.get(reverse("protection:matter", args=[row.report.matter.code])).status_code == 404
    assert stranger.post(reverse("protection:finding_step", args=[one.code, "call-back"])).status_code == 404


def test_an_unknown_step_is_not_a_page(place, clerk):
    report = taken_report(place)
    assert clerk.get(step_of(report, "original")).status_code == 404


def test_whoever_acts_for_a_unit_is_never_let_in_among_the_readers(place):
    said = {
        "committee": place.committee,
        "name": "秦川",
        "login": "yunchuan-unit",
        "by": SETUP,
        "at": MORNING,
    }
    for role in ("clerk", "leader", "officer"):
        with pytest.raises(Refusal):
            people.appoint(role=role, **said)
    with pytest.raises(Refusal, match="一边看原话、一边替单位办事"):
        people.appoint(
            **{**said, "login": "yunchuan-clerk", "name": "程晓岚"}, role="unit", organisation=place.co_unit
        )
    assert people.appoint(role="member", **said)
    people.end_appointment(place.appointments["unit"], by=SETUP, at=MORNING)
    assert people.appoint(role="clerk", **said)
