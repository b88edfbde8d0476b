"""The page behind a receipt: whom one waits for, the own words, and never a word of anybody else."""

from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from shangliang.foundation.codes import as_symbols
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people.tests.factories import MORNING
from shangliang.portal.receipts import receipt_page_of
from shangliang.portal.tests import factories as made
from shangliang.reports import actions
from shangliang.reports import states as reporting
from shangliang.reports.receipt_cookie import NAME, remember
from shangliang.reports.tests.factories import WORDS, asked_report, held_report, picture, report_in, sent
from shangliang.statistics.tests import factories as rows

pytestmark = pytest.mark.django_db

NOW = reverse("portal:receipt")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Let it be the afternoon of the cast's first day, or whatever a test says."""
    monkeypatch.setattr("shangliang.foundation.clock.now", lambda: MORNING + timedelta(hours=6))
    monkeypatch.setattr("shangliang.foundation.clock.today", lambda: MORNING.date())


def holding(report):
    """Return a browser that showed the receipt of a report."""
    client, answer = Client(), HttpResponse()
    remember(answer, report.pk, long=False)
    client.cookies[NAME] = answer.cookies[NAME].value
    return client


def text(answer):
    return answer.content.decode()


def page_of(report):
    return receipt_page_of(ReceiptHolder(report.pk), MORNING.date())


def test_without_a_receipt_the_code_is_asked_for(client, place):
    assert client.get(NOW).url == "/receipt/"
    client.cookies[NAME] = "made:up"
    assert client.get(NOW).url == "/receipt/"


def test_the_page_stays_out_of_caches_and_referrers(place):
    answer = holding(report_in(place)).get(NOW)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"] and answer["Referrer-Policy"] == "no-referrer"


def test_the_code_of_a_receipt_is_in_no_address_and_not_on_the_page(place):
    received = sent(place)
    assert as_symbols(received.bits)[:8] not in text(holding(received.report).get(NOW))


def test_a_fresh_report_waits_for_the_first_answer_by_a_day(place):
    page = page_of(report_in(place))
    assert page.waiting.due == date(2026, 9, 15) and page.left == 5
    answer = text(holding(page.report).get(NOW))
    assert '还有 <b class="big">5</b> 个工作日' in answer and WORDS in answer


def test_a_question_stands_with_its_form_and_is_gone_when_answered(place):
    report = asked_report(place)
    page = text(holding(report).get(NOW))
    assert "大概是几点到几点" in page and f'action="{reverse("reports:receipt_reply")}"' in page
    actions.reply(report, text="四点半。", by=ReceiptHolder(report.pk), at=MORNING)
    page = text(holding(report).get(NOW))
    assert f'action="{reverse("reports:receipt_reply")}"' not in page and "四点半" in page


def test_an_assignment_is_waited_for_with_its_unit_and_its_day(place):
    matter = rows.matter(place, reporting.ESTABLISH, reporting.CONSULT, reports=6)
    home = rows.consultation(place, rows.topic(place, matter))
    rows.assignment(place, rows.suggestion(place, home, rows.consulting.ADOPT))
    rows.moved(matter, place, MORNING, reporting.DELIVER)
    page = page_of(matter.reports.first())
    assert page.waiting.title == "区城管局：步道每隔二十米装一盏灯" and page.waiting.due == date(2026, 10, 13)
    shown = text(holding(page.report).get(NOW))
    assert "现在有 5 条以上" in shown and "0 项已办，1 项还在办" in shown and "再请您来评" in shown


@pytest.mark.parametrize(("steps", "words"), [
    ((reporting.ESTABLISH,), "排进要商量的事里"),
    ((reporting.ESTABLISH, reporting.CONSULT), "定下由谁来办"),
    ((reporting.ESTABLISH, reporting.CONSULT, reporting.DELIVER), "我们再核一遍"),
    ((reporting.ESTABLISH, reporting.CONSULT, reporting.DELIVER, reporting.JUDGE), "请您来评"),
])  # fmt: skip
def test_each_stage_says_who_acts_next(place, steps, words):
    matter = rows.matter(place, *steps)
    if len(steps) > 1:
        rows.consultation(place, rows.topic(place, matter))
    assert words in page_of(matter.reports.get()).waiting.title


def test_few_who_said_the_same_are_not_counted_out(place):
    matter = rows.matter(place, reporting.ESTABLISH, reports=3)
    page = text(holding(matter.reports.first()).get(NOW))
    assert "也有别人说了同一件事" in page and "3 条" not in page


def test_the_verdict_is_asked_once_and_then_shown(place):
    matter = made.whole_matter(place, verdicts=())
    report = matter.reports.first()
    page = text(holding(report).get(NOW))
    assert reverse("delivery:verdict") in page and "装好了十二盏灯" in page
    rows.verdict(place, matter, by=report, solved="partly", satisfied="basically", at=rows.days_later(41))
    page = text(holding(report).get(NOW))
    assert reverse("delivery:verdict") not in page and "部分解决，基本满意" in page


def test_a_locked_report_is_told_where_to_turn(place):
    report = held_report(place)
    page = text(holding(report).get(NOW))
    assert "只有两位专办员看得到" in page and reverse("reports:where") in page


def test_a_withdrawn_report_offers_nothing_more(place):
    report = report_in(place)
    actions.withdraw(report, by=ReceiptHolder(report.pk), at=MORNING)
    page = text(holding(report).get(NOW))
    assert reverse("reports:receipt_withdraw") not in page and "还有 <b" not in page


def test_nobody_elses_words_are_on_a_receipt(place):
    matter = made.whole_matter(place, reports=6, verdicts=("no",) * 5, may_show=True)
    first, *others = matter.reports.order_by("pk")
    for other in others:
        other.text, other.place, other.title = "金丝雀原话", "金丝雀地点", "金丝雀题目"
        other.save()
        actions.add_words(other, text="金丝雀补充", by=ReceiptHolder(other.pk), at=MORNING)
    page = text(holding(first).get(NOW))
    assert "金丝雀" not in page and "没解决" in page  # the own verdict is there


def test_notes_of_the_office_stay_off_a_receipt(place):
    matter = made.whole_matter(place)
    page = text(holding(matter.reports.first()).get(NOW))
    assert "调研 1 次" in page and "两处看不清台阶" not in page


def test_a_report_that_was_taken_out_of_its_matter_shows_nothing_of_it(place):
    matter = made.whole_matter(place)
    report = matter.reports.first()
    rows.moved(report, place, MORNING, reporting.UNDO)
    page = text(holding(report).get(NOW))
    assert made.TITLE not in page and "装好了十二盏灯" not in page


def test_a_receipt_costs_the_same_however_many_spoke(place, django_assert_max_num_queries):
    few, many = made.whole_matter(place, reports=5), made.whole_matter(place, reports=60)
    for matter in (few, many):
        browser = holding(matter.reports.first())
        with django_assert_max_num_queries(26):
            browser.get(NOW)


def test_own_pictures_open_with_the_receipt_and_for_the_office_alone(sit, place):
    report, other = sent(place, photos=[picture()]).report, report_in(place, "别的一件事，路边井盖松了。")
    name = report.photos.get().file.name
    mine = holding(report).get(reverse("portal:receipt_file", args=[name]))
    assert mine.status_code == 200 and mine["Content-Type"] == "image/jpeg"
    assert mine["X-Content-Type-Options"] == "nosniff" and mine["Content-Security-Policy"] == "sandbox"
    assert mine["Cache-Control"] == "no-store, private" and mine["Content-Disposition"] == "inline"
    assert name in text(holding(report).get(NOW))
    address = reverse("portal:file", args=[name])
    assert holding(other).get(reverse("portal:receipt_file", args=[name])).status_code == 404
    assert Client().get(address).status_code == 404
    opened = {key: sit(key).get(address).status_code for key in place.viewers}
    assert opened.pop("clerk") == opened.pop("leader") == 200
    assert set(opened.values()) == {404}


def test_an_unknown_file_is_not_there(client, place):
    assert client.get(reverse("portal:file", args=["nothing.jpg"])).status_code == 404
