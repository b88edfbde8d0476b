"""A lost receipt: only against a contact in the vault, by two people, at most three wrong tries, the old one dead."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.http import HttpResponse

from shangliang.foundation import codes, outbox
from shangliang.foundation.models import LedgerEntry, Message, VaultItem
from shangliang.foundation.queries import inbox_of
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import receipt_cookie
from shangliang.reports.actions import (
    answer,
    approve_reissue,
    ask_reissue,
    hold,
    leave_contact,
    submit_report,
    withdraw,
)
from shangliang.reports.models import Reissue, Report, ThreadEntry
from shangliang.reports.queries import report_of_receipt
from shangliang.reports.tests.factories import WORDS, holder_of, point_in, report_in, sent
from tests.trust.traces import database_text

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=3)
PHONE, MAIL = "139-0000-1111", "Mei.Lin@example.org"


@pytest.fixture
def place():
    return district()


def reachable(place, **more):
    return sent(place, contact=PHONE, consent_version="2026-11", **more)


def asked(place, report, contact=PHONE, at=MORNING):
    return ask_reissue(report, contact=contact, by=place.clerk, at=at)


def verbs(report):
    rows = LedgerEntry.unscoped.filter(subject=f"report:{report.code}").order_by("seq")
    return list(rows.values_list("verb", flat=True))


@pytest.mark.parametrize(
    "named", [PHONE, "13900001111", "+86 139 0000 1111", "１３９００００１１１１", "86-13900001111"]
)
def test_the_same_number_however_written_gives_a_new_receipt_and_the_old_one_is_dead(place, named):
    received = reachable(place)
    report = received.report
    row = asked(place, report, named)
    assert inbox_of(place.leader).count() == 1 and not inbox_of(place.clerk).exists()
    done = approve_reissue(row, by=place.leader, at=LATER)
    assert (
        done.is_matched
        and report_of_receipt(done.bits) == report
        and report_of_receipt(received.bits) is None
    )
    assert verbs(report)[-2:] == ["report.ask_reissue", "report.reissue"]
    assert "旧的回执码不能用" in ThreadEntry.unscoped.get(report=report).text
    assert VaultItem.unscoped.count() == 1, "what was named is gone, what was left stays"


def test_cookies_of_the_old_receipt_die_with_it(place, rf, clock):
    report = reachable(place).report

    def shown():
        response = HttpResponse()
        receipt_cookie.remember(response, report.pk, long=True)
        return response.cookies["receipt"].value

    def holder(value):
        request = rf.get("/receipt/now/")
        request.COOKIES["receipt"] = value
        return receipt_cookie.holder_from(request)

    before = shown()
    assert holder(before) == holder_of(report)
    approve_reissue(asked(place, report), by=place.leader, at=LATER)
    assert holder(before) is None and holder(shown()) == holder_of(report)


def test_the_form_that_was_sent_once_does_not_show_a_dead_receipt_again(place):
    key = codes.new_form_key()
    received = reachable(place, form_key=key)
    approve_reissue(asked(place, received.report), by=place.leader, at=LATER)
    with pytest.raises(Refusal, match="补发过新的"):
        submit_report(committee=place.committee, text=WORDS, by=place.clerk, at=LATER, channel="qr", form_key=key,
                      area=place.community, contact=PHONE, consent_version="2026-11")  # fmt: skip


def test_another_contact_is_refused_in_one_sentence_counted_and_told_to_the_reporter(place):
    received = reachable(place)
    done = approve_reissue(asked(place, received.report, "139-0000-2222"), by=place.leader, at=LATER)
    assert (done.is_matched, done.bits, done.is_mailed) == (False, None, False)
    assert report_of_receipt(received.bits) == received.report
    assert verbs(received.report)[-1] == "report.reissue_refused"
    assert "没有补" in ThreadEntry.unscoped.get().text and VaultItem.unscoped.count() == 1


def test_three_wrong_tries_are_all_there_ever_are(place):
    report = reachable(place).report
    for number in range(3):
        row = asked(place, report, f"139-0000-222{number}", at=MORNING + timedelta(days=100 * number))
        approve_reissue(row, by=place.leader, at=MORNING + timedelta(days=100 * number))
    with pytest.raises(Refusal, match="3 次"):
        asked(place, report, PHONE, at=MORNING + timedelta(days=1000))


@pytest.mark.parametrize("named", ["", "  ", "1", "139", "@"])
def test_scraps_match_nothing(place, named):
    report = reachable(place).report
    if not named.strip():
        with pytest.raises(Refusal, match="写上"):
            asked(place, report, named)
    else:
        assert not approve_reissue(asked(place, report, named), by=place.leader, at=LATER).is_matched


def test_a_report_without_contact_has_no_way_back(place):
    with pytest.raises(Refusal, match="没有留联系方式"):
        asked(place, report_in(place))


def test_a_mail_address_gets_the_new_code_and_nobody_of_the_office_sees_it(place):
    report = sent(place).report
    leave_contact(report, what="mail", value=MAIL, has_agreed=True, by=holder_of(report), at=MORNING)
    done = approve_reissue(asked(place, report, "mei.lin@EXAMPLE.org"), by=place.leader, at=LATER)
    assert done.is_matched and done.is_mailed and done.bits is None
    outbox.send_waiting(LATER)
    letter = next(one for one in mail.outbox if "新的回执码" in one.body)
    code = next(line for line in letter.body.splitlines() if codes.parse_receipt(line))
    assert letter.to == ["mei.lin@EXAMPLE.org"] and report_of_receipt(codes.parse_receipt(code)) == report
    assert code not in database_text() and VaultItem.unscoped.count() == 1
    assert not Message.unscoped.exclude(vault_handle="").exists()


def test_the_code_lies_sealed_until_it_is_mailed(place):
    report = sent(place).report
    leave_contact(report, what="mail", value=MAIL, has_agreed=True, by=holder_of(report), at=MORNING)
    approve_reissue(asked(place, report, MAIL), by=place.leader, at=LATER)
    said = database_text()
    assert MAIL not in said and Message.unscoped.filter(effect__endswith="/once").count() == 1
    report.refresh_from_db()
    assert "新的回执码" in said and report.receipt_digest in said


def test_who_asked_cannot_agree_nor_can_anybody_outside_the_office(place):
    row = asked(place, reachable(place).report)
    seat = type(place.clerk)(**{**place.clerk.__dict__, "appointment_id": place.leader.appointment_id,
                                "held_role": "leader"})  # fmt: skip
    for by in (
        place.clerk,
        seat,
        place.officer,
        place.admin,
        place.keeper,
        place.member,
        place.unit,
        place.reviewer,
    ):
        with pytest.raises(NotYours):
            approve_reissue(row, by=by, at=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reissue.unscoped.filter(pk=row.pk).update(approved_by=row.asked_by)
    assert Reissue.unscoped.get().approved_at is None


def test_an_asking_is_used_once_waits_a_week_and_stands_alone(place):
    report = reachable(place).report
    row = asked(place, report)
    with pytest.raises(AlreadyDone, match="已经有人申请"):
        asked(place, report)
    with pytest.raises(Refusal, match="7 天"):
        approve_reissue(row, by=place.leader, at=MORNING + timedelta(days=7, seconds=1))
    again = asked(place, report, at=MORNING + timedelta(days=8))
    approve_reissue(again, by=place.leader, at=MORNING + timedelta(days=8))
    with pytest.raises(AlreadyDone):
        approve_reissue(again, by=place.leader, at=MORNING + timedelta(days=8))


def test_what_left_the_desk_meanwhile_is_not_reissued(place):
    held, gone = reachable(place).report, reachable(place).report
    rows = asked(place, held), asked(place, gone)
    hold(held, by=place.clerk, at=LATER)
    withdraw(gone, by=holder_of(gone), at=LATER)
    for row in rows:
        with pytest.raises(WrongState):
            approve_reissue(row, by=place.leader, at=LATER)


def test_an_answered_report_can_still_get_a_new_receipt(place):
    report = reachable(place).report
    answer(report, words="明天就修。", by=place.clerk, at=MORNING)
    assert approve_reissue(asked(place, report), by=place.leader, at=LATER).bits


def client_of(client, place, who):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_ask_wait_and_show_the_new_slip_on_one_answer_only(client, place, clock):
    report = reachable(place).report
    address = f"/desk/{report.code}/reissue/"
    client_of(client, place, "clerk").post(address, {"contact": PHONE})
    page = client.get(address).content.decode()
    assert "另一位同事" in page and PHONE not in page and "同意，比一比" not in page
    client_of(client, place, "leader")
    page = client.get(address).content.decode()
    assert "同意，比一比" in page and PHONE not in page
    slip = client.post(f"{address}approve/")
    assert (
        slip.status_code == 200
        and "新回执码" in slip.content.decode()
        and "no-store" in slip["Cache-Control"]
    )
    assert PHONE not in slip.content.decode()
    assert client.post(f"{address}approve/").status_code == 302
    assert f"{address}" in client.get(f"/desk/{report.code}/").content.decode()


def test_a_wrong_contact_is_answered_with_one_sentence_on_the_page(client, place, clock):
    report = reachable(place).report
    address = f"/desk/{report.code}/reissue/"
    assert client_of(client, place, "clerk").post(address, {"contact": " "}).status_code == 422
    client.post(address, {"contact": "000-0000-0009"})
    client_of(client, place, "leader")
    page = client.post(f"{address}approve/", follow=True).content.decode()
    assert "对不上，没有补发" in page and "000-0000-0009" not in page


def test_pages_of_the_reissue_are_the_offices_alone(client, place, clock):
    code = reachable(place).report.code
    for who in ("officer", "admin", "keeper", "member", "unit", "reviewer", "authority_clerk"):
        client_of(client, place, who)
        assert client.get(f"/desk/{code}/reissue/").status_code == 404
        assert client.post(f"/desk/{code}/reissue/approve/").status_code == 404
    assert Report.unscoped.get().code == code


def test_a_form_sent_again_with_other_words_shows_no_receipt_that_opens_nothing(place, client):
    point, key = point_in(place), codes.new_form_key()
    said = {"contact": PHONE, "consent_version": "2026-11", "form_key": key, "point": point}
    first = sent(place, **said)
    again = {"text": "换了一句话。", "form_key": key}
    page = client.post(f"/r/{point.code}/", again).content.decode()
    assert codes.format_symbols(first.bits)[:4] in page
    row = asked(place, first.report)
    approve_reissue(row, by=place.leader, at=MORNING)
    answered = client.post(f"/r/{point.code}/", again)
    assert answered.status_code == 409 and "换了一句话。" in answered.content.decode()
    assert "刚才那一份的回执码" not in answered.content.decode()


def test_what_somebody_named_goes_with_the_report_that_is_taken_back(place):
    report = reachable(place).report
    asked(place, report)
    withdraw(report, by=holder_of(report), at=MORNING)
    assert not Reissue.unscoped.exists() and not VaultItem.unscoped.exists()
