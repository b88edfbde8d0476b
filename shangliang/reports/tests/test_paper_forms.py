"""Paper forms: the number that is handed in, the receipt on the stub, and that the first never gives the second."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from shangliang.foundation import codes
from shangliang.foundation.codes import ALPHABET, new_form_key
from shangliang.foundation.refusals import AlreadyDone, Refusal
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions, paper_form
from shangliang.reports.models import Report, ReportPhoto
from shangliang.reports.paper_form import blank_form, form_key_of, grouped, parse_number
from shangliang.reports.queries import report_of_receipt
from shangliang.reports.queries.paper import is_entered
from shangliang.reports.tests.factories import picture, point_in, sent

PEPPER = b"a pepper of the tests, long enough"


def test_a_number_reads_back_in_any_grouping_case_and_width():
    number = blank_form(PEPPER).number
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{16}", number)
    wide = "".join(chr(ord(one) + 0xFEE0) for one in number)
    for typed in (number, grouped(number), number.lower(), f"  {number[:8]}-{number[8:]} ", wide):
        assert parse_number(PEPPER, typed) == number


@given(st.integers(0, 15), st.sampled_from(ALPHABET), st.integers(0, 14))
def test_a_wrong_symbol_or_two_exchanged_ones_are_no_number(place, wrong, swapped):
    number = "ABCDEFGHJKLM" + paper_form._check(PEPPER, "ABCDEFGHJKLM")
    mistyped = number[:place] + wrong + number[place + 1 :]
    assert mistyped == number or parse_number(PEPPER, mistyped) == ""
    turned = number[:swapped] + number[swapped + 1] + number[swapped] + number[swapped + 2 :]
    assert turned == number or parse_number(PEPPER, turned) == ""


@pytest.mark.parametrize("typed", ["", "O", "0123456789ABCDEF", "ABCD", "表号", "A" * 17, "\x00" * 16])
def test_what_is_no_number_is_no_number(typed):
    assert parse_number(PEPPER, typed) == ""


def test_another_pepper_prints_other_numbers_and_other_receipts():
    blank = blank_form(PEPPER)
    assert parse_number(b"another pepper, long enough too", blank.number) == ""
    other = form_key_of(b"another pepper, long enough too", blank.number)
    assert other != form_key_of(PEPPER, blank.number)
    assert codes.receipt_bits(PEPPER, form_key_of(PEPPER, blank.number).encode()) == blank.bits


def test_a_receipt_code_is_no_form_number_and_a_form_number_no_receipt_code():
    blank = blank_form(PEPPER)
    assert parse_number(PEPPER, codes.as_symbols(blank.bits)) == ""
    assert codes.parse_receipt(blank.number) is None


def test_ten_thousand_numbers_are_all_different():
    assert len({blank_form(PEPPER).number for _one in range(10_000)}) == 10_000


def entered(place, number, who="clerk", **more):
    said = {"form_key": new_form_key(), "text": "楼道灯坏了半个月。", "channel": "paper", "entry_source": "信封 3",
            "committee": place.committee, "form_number": number, **more}  # fmt: skip
    return actions.enter_report(**said, by=place.viewers[who], at=MORNING)


def blank():
    return blank_form(settings.PEPPER.encode())


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["clerk", "keeper"])
def test_the_report_gets_exactly_the_receipt_on_the_stub(who):
    place, form = district(), blank()
    report = entered(place, grouped(form.number), who).report
    assert report_of_receipt(form.bits) == report and report.channel == "paper"
    assert is_entered(place.viewers[who], form.number)


@pytest.mark.django_db
def test_a_number_used_twice_says_so_and_enters_nothing():
    place, form = district(), blank()
    entered(place, form.number)
    assert entered(place, form.number).is_repeat
    with pytest.raises(AlreadyDone, match="已经录过") as refused:
        entered(place, form.number, text="另一件事。")
    assert Report.unscoped.count() == 1 and not hasattr(refused.value, "bits")


@pytest.mark.django_db
def test_a_mistyped_number_and_a_number_with_another_channel_are_refused():
    place, form = district(), blank()
    with pytest.raises(Refusal, match="表号对不上"):
        entered(place, form.number[:-1] + ("A" if form.number[-1] != "A" else "B"))
    with pytest.raises(Refusal, match="要选纸质"):
        entered(place, form.number, channel="phone")
    assert not Report.unscoped.exists()


@pytest.mark.django_db
def test_who_asks_whether_a_form_was_entered_learns_it_of_the_own_committee_alone():
    place, elsewhere, form = district(), district("linhe", "LH", "临河区政协"), blank()
    entered(place, form.number)
    assert not is_entered(elsewhere.clerk, form.number)
    for viewer in (place.member, place.officer, place.unit):
        assert not is_entered(viewer, form.number)


def receipts_shown(answer):
    found = re.findall(
        r"<span>(\w{4} \w{4})</span><span>(\w{4} \w{4}) <i>(\w)</i></span>", answer.content.decode()
    )
    return {"".join(parts).replace(" ", "") for parts in found}


def by_the_web_form(client, place, number):
    """Send the number as the form key of the web form, with other and with the same words; return the codes shown."""
    point = point_in(place)
    shown = set()
    for text in ("别的话", "楼道灯坏了半个月。"):
        answer = client.post(f"/r/{point.code}", {"form_key": number.ljust(22, "2"), "text": text})
        shown |= receipts_shown(answer) | set(
            re.findall(r"\w{4} \w{4} \w{4} \w{4} \w", answer.content.decode())
        )
    return {one.replace(" ", "") for one in shown}


@pytest.mark.django_db
def test_whoever_holds_the_paper_gets_at_no_receipt_by_the_web_form(client):
    place, form = district(), blank()
    entered(place, form.number)
    shown = by_the_web_form(client, place, form.number)
    assert shown and codes.as_symbols(form.bits) not in shown


@pytest.mark.django_db
def test_were_the_number_itself_the_form_key_the_web_form_would_show_the_receipt(client, monkeypatch):
    """The mutant: the number on the paper is the form key. The keeper who typed it could open the report for ever."""
    monkeypatch.setattr(paper_form, "form_key_of", lambda _pepper, number: number.ljust(22, "2"))
    place, form = district(), blank()
    entered(place, form.number)
    assert codes.as_symbols(form.bits) in by_the_web_form(client, place, form.number)


def sit(client, place, who="clerk"):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
def test_forms_are_printed_by_the_office_each_with_its_own_number_and_nothing_is_kept(client):
    place = district()
    point = point_in(place)
    sit(client, place)
    client.get(f"/points/{point.code}/forms/?n=3")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/points/{point.code}/forms/?n=3")
    shown = answer.content.decode()
    numbers = re.findall(r'<p class="code">(\w{4} \w{4} \w{4} \w{4})</p>', shown)
    assert len(set(numbers)) == 3 == len(receipts_shown(answer)) and shown.count('class="qr"') == 6
    assert all(parse_number(settings.PEPPER.encode(), one) for one in numbers)
    assert not [one["sql"] for one in asked if not one["sql"].startswith("SELECT")]
    assert "no-store" in answer["Cache-Control"] and "style=" not in shown
    first = form_key_of(settings.PEPPER.encode(), numbers[0].replace(" ", ""))
    stub = codes.as_symbols(codes.receipt_bits(settings.PEPPER.encode(), first.encode()))
    assert stub in receipts_shown(answer)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["0", "51", "-1", "x", "", "1e3"])
def test_as_many_as_one_to_fifty(client, asked):
    place = district()
    answer = sit(client, place).get(f"/points/{point_in(place).code}/forms/?n={asked}")
    assert answer.status_code == 422 and "填 1 到 50 之间的数" in answer.content.decode()


ENTRY = {"channel": "paper", "text": "楼道灯坏了半个月。", "happened_on": "2026-09-07", "source": "信封 3"}


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["clerk", "keeper"])
def test_entering_a_form_shows_no_code_and_a_second_time_says_so(client, who):
    place, form = district(), blank()
    sit(client, place, who)
    said = {**ENTRY, "form_key": new_form_key(), "form_number": grouped(form.number)}
    answers = [client.post("/desk/enter/", said) for _press in range(2)]
    for answer in answers:
        shown = answer.content.decode()
        assert answer.status_code == 200 and "撕走的那一截" in shown and grouped(form.number) in shown
        assert not receipts_shown(answer) and codes.as_han(form.bits)[:5] not in shown
        assert "no-store" in answer["Cache-Control"] and "楼道灯" not in shown
    assert "没有录两遍" in answers[1].content.decode()
    other = client.post("/desk/enter/", {**said, "text": "另一件事。"})
    assert (
        other.status_code == 422
        and "已经录过" in other.content.decode()
        and "另一件事。" in other.content.decode()
    )
    assert not receipts_shown(other)
    assert "已经录过" in client.get(f"/desk/enter/?number={form.number}").content.decode()


@pytest.mark.django_db
def test_a_mistyped_number_is_said_at_its_field_and_nothing_typed_is_lost(client):
    place = district()
    said = {**ENTRY, "form_key": new_form_key(), "form_number": "ABCD EFGH JKLM NPQR", "elsewhere": "物业"}
    answer = sit(client, place).post("/desk/enter/", said)
    shown = answer.content.decode()
    assert answer.status_code == 422 and "抄错了一个" in shown
    for typed in ("楼道灯坏了半个月。", "信封 3", "ABCD EFGH JKLM NPQR", "物业"):
        assert typed in shown
    assert not Report.unscoped.exists()


@pytest.mark.django_db
def test_the_square_of_a_form_fills_in_its_number_and_its_point(client):
    place, form = district(), blank()
    point = point_in(place)
    shown = sit(client, place).get(f"/desk/enter/?point={point.code}&number={form.number}").content.decode()
    assert f'value="{grouped(form.number)}"' in shown and f'value="{point.code}" selected' in shown
    assert re.search(r'value="paper"[^>]*checked', shown)


@pytest.mark.django_db
def test_the_scan_is_redrawn_and_only_screeners_see_it(client):
    place, form = district(), blank()
    original = picture(kind="PNG")
    report = entered(place, form.number, "keeper", photos=[original]).report
    kept = ReportPhoto.unscoped.get(report=report).file
    assert kept.content_type == "image/jpeg"
    address = f"/desk/photo/{kept.name}/"
    answer = sit(client, place).get(address)
    assert answer.status_code == 200 and answer.content != original
    for who in ("keeper", "member", "unit", "reviewer"):
        assert sit(client, place, who).get(address).status_code == 404


@pytest.mark.django_db
def test_a_web_receipt_and_a_paper_receipt_open_their_own_reports():
    place, form = district(), blank()
    web = sent(place)
    paper = entered(place, form.number)
    assert report_of_receipt(web.bits) == web.report != paper.report == report_of_receipt(form.bits)
