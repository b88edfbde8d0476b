"""Leaving a contact later, changing it, taking the consent back: sealed, consented to, never shown, gone at once."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse

from shangliang.foundation import vault
from shangliang.foundation.models import LedgerEntry, VaultItem
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Public
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import receipt_cookie, rules
from shangliang.reports.actions import answer, leave_contact, take_back_consent, withdraw
from shangliang.reports.actions.contact import SENTENCES, sentence_of
from shangliang.reports.models import Consent, Report
from shangliang.reports.queries import consents_of
from shangliang.reports.tests.factories import holder_of, report_in

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=3)
PHONE, MAIL = "139 0000 1111", "mei.lin@example.org"
PAGE = "/receipt/contact/"


def left(report, what="phone", value=PHONE, at=MORNING, **more):
    said = {"has_agreed": True, **more}
    return leave_contact(report, what=what, value=value, by=holder_of(report), at=at, **said)


def standing(report):
    return [(one.what, one.version) for one in consents_of(holder_of(report)) if one.ended_at is None]


def line_of(verb):
    return bytes(LedgerEntry.unscoped.get(verb=verb).body).decode()


@pytest.mark.parametrize(
    "what, value, name", [("phone", PHONE, "contact_handle"), ("mail", MAIL, "mail_handle")]
)
def test_a_contact_is_left_later_sealed_with_its_consent_and_the_ledger_names_the_version(what, value, name):
    report = report_in(district())
    left(report, what, value)
    kept = Report.unscoped.get()
    assert vault.unseal(getattr(kept, name)) == value
    assert value.encode() not in bytes(VaultItem.unscoped.get().sealed)
    assert standing(report) == [(what, rules.CONSENT_VERSION)]
    said = line_of("report.leave_contact")
    assert rules.CONSENT_VERSION in said and f'"what":"{what}"' in said and value not in said


def test_changing_it_destroys_the_one_before_and_both_consents_are_kept_with_their_days():
    report = report_in(district(), contact="000-0000-0001", consent_version="2026-11")
    left(report, value="000-0000-0002", at=LATER, may_unit_call=True)
    kept = Report.unscoped.get()
    assert VaultItem.unscoped.count() == 1 and vault.unseal(kept.contact_handle) == "000-0000-0002"
    assert kept.may_unit_call
    rows = list(consents_of(holder_of(report)).values_list("given_at", "ended_at", "ended_because"))
    assert rows == [(MORNING, LATER, "replaced"), (LATER, None, "")]


def test_taking_the_consent_back_destroys_the_data_at_once_and_leaves_the_other_alone():
    report = report_in(district())
    left(report, may_unit_call=True)
    left(report, "mail", MAIL)
    take_back_consent(report, what="phone", by=holder_of(report), at=LATER)
    kept = Report.unscoped.get()
    assert (kept.contact_handle, kept.may_unit_call) == ("", False)
    assert vault.unseal(kept.mail_handle) == MAIL and VaultItem.unscoped.count() == 1
    assert standing(report) == [("mail", rules.CONSENT_VERSION)]
    assert '"what":"phone"' in line_of("report.take_back_consent")
    with pytest.raises(AlreadyDone, match="没有留着"):
        take_back_consent(report, what="phone", by=holder_of(report), at=LATER)


def test_withdrawing_destroys_both_and_says_why_the_consents_ended():
    report = report_in(district())
    left(report)
    left(report, "mail", MAIL)
    withdraw(Report.unscoped.select_related("matter").get(), by=holder_of(report), at=LATER)
    assert not VaultItem.unscoped.exists()
    assert set(Consent.unscoped.values_list("ended_because", flat=True)) == {"withdrawn"}
    kept = Report.unscoped.get()
    assert (kept.contact_handle, kept.mail_handle, kept.withdrawn_at) == ("", "", LATER)


@pytest.mark.parametrize("what, value, says", [
    ("phone", "12345", "不全"), ("phone", "没有数字", "不全"), ("phone", "1" * 61, "不全"), ("mail", "mei.lin", "邮箱"),
    ("mail", "a@b", "邮箱"), ("mail", "", "邮箱"),
])  # fmt: skip
def test_what_is_no_number_and_no_address_is_refused(what, value, says):
    report = report_in(district())
    with pytest.raises(Refusal, match=says):
        left(report, what, value)
    assert not VaultItem.unscoped.exists() and not Consent.unscoped.exists()


def test_nothing_is_kept_without_consent():
    report = report_in(district())
    with pytest.raises(Refusal, match="打个勾"):
        left(report, has_agreed=False)
    assert not VaultItem.unscoped.exists()


def test_where_no_mail_is_sent_nobody_is_asked_for_an_address(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    with pytest.raises(Refusal, match="没接通邮件"):
        left(report_in(district()), "mail", MAIL)


def test_nobody_else_leaves_or_deletes_a_contact():
    place = district()
    report, other = report_in(place), report_in(place)
    left(report)
    for by in (
        holder_of(other),
        place.clerk,
        place.leader,
        place.officer,
        place.unit,
        Public(place.committee.pk),
    ):
        with pytest.raises(NotYours):
            leave_contact(report, what="phone", value=PHONE, has_agreed=True, by=by, at=MORNING)
        with pytest.raises(NotYours):
            take_back_consent(report, what="phone", by=by, at=MORNING)
        assert not isinstance(by, type(place.clerk)) or not consents_of(by).exists()
    assert standing(report)


def test_what_has_ended_takes_no_contact_any_more_but_one_left_before_can_be_deleted():
    place = district()
    report = report_in(place)
    left(report)
    answer(report, words="已经修好了。", by=place.clerk, at=LATER)
    with pytest.raises(WrongState, match="不用再留"):
        left(report)
    take_back_consent(report, what="phone", by=holder_of(report), at=LATER)
    assert not VaultItem.unscoped.exists()


def test_every_kind_has_the_sentence_of_the_version_that_holds():
    for what in ("phone", "mail"):
        assert str(sentence_of(what)) == str(SENTENCES[what, rules.CONSENT_VERSION])


def show(client, report):
    response = HttpResponse()
    receipt_cookie.remember(response, report.pk, long=False)
    client.cookies.update(response.cookies)
    return client


def test_the_page_leaves_shows_that_one_is_left_but_never_which_and_deletes(client, clock):
    report = report_in(district())
    page = show(client, report).get(PAGE).content.decode()
    assert str(sentence_of("mail")) in page and str(sentence_of("phone")) in page
    sent = client.post(PAGE, {"what": "mail", "value": MAIL, "has_agreed": "on"})
    assert (sent.status_code, sent["Location"]) == (303, PAGE)
    page = client.get(PAGE).content.decode()
    assert "留过一个" in page and MAIL not in page and "您同意过的" in page and "2026-11 版" in page
    assert client.post(reverse("reports:receipt_contact_forget"), {"what": "mail"}).status_code == 303
    assert not VaultItem.unscoped.exists() and "您不再同意" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("said, says", [
    ({"what": "mail", "value": "mei.lin", "has_agreed": "on"}, "看着不对"),
    ({"what": "phone", "value": "000-0000-0001"}, "打个勾"),
    ({"what": "phone", "has_agreed": "on"}, "还没写电话"),
    ({"what": "nonsense", "value": "12", "has_agreed": "on"}, "不全"),
])  # fmt: skip
def test_a_refused_form_keeps_what_was_typed(client, clock, said, says):
    page = show(client, report_in(district())).post(PAGE, said)
    assert page.status_code == 422 and says in page.content.decode()
    assert said.get("value", "") in page.content.decode() and not VaultItem.unscoped.exists()


def test_the_page_opens_with_the_receipt_alone_and_stays_out_of_caches(client, clock):
    assert client.get(PAGE)["Location"] == "/receipt/"
    assert "no-store" in show(client, report_in(district())).get(PAGE)["Cache-Control"]
    assert client.get(reverse("reports:receipt_contact_forget")).status_code == 405
