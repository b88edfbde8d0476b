"""What a receipt opens, for how long, and for nobody else."""

import re

import pytest
from django.contrib.messages import get_messages
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from shangliang.foundation import codes
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.reports import receipt_cookie
from shangliang.reports.actions.screening import answer
from shangliang.reports.models import Report, ThreadEntry, ThreadKind
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import (
    ACCUSING,
    MORNING,
    WORDS,
    asked_report,
    district,
    held_report,
    picture,
    report_in,
    sent,
)

pytestmark = pytest.mark.django_db
STATUS = "/receipt/now/"


@pytest.fixture
def place(clock):
    return district()


@pytest.fixture
def received(place):
    return sent(place, form_key="f" * 32)


def show(client, report, long=False):
    """Put the cookie into the browser as the look-up does."""
    response = HttpResponse()
    receipt_cookie.remember(response, report.pk, long)
    client.cookies.update(response.cookies)


def look_up(client, code, **more):
    return client.post("/receipt/", {"code": code, **more})


def without_tokens(page):
    """The page but for what the browser itself sent: the token of its form, what was typed, and its task of proof."""
    return re.sub(r'\s*(?:value|data-proof)="[^"]*"', "", page.content.decode())


def typed_forms(bits):
    symbols, han = codes.as_symbols(bits), codes.as_han(bits)
    yield from (
        symbols,
        symbols.lower(),
        codes.format_symbols(bits),
        "-".join(re.findall("..?", symbols)),
        f"  {symbols} ",
    )
    yield from (han, codes.format_han(bits), han.replace("", " "), symbols.translate(WIDE))


WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def test_either_alphabet_in_any_grouping_opens_the_report(client, received):
    for typed in typed_forms(received.bits):
        client.cookies.clear()
        answered = look_up(client, typed)
        assert (answered.status_code, answered["Location"]) == (303, STATUS), typed
        value = signing.loads(client.cookies["receipt"].value, salt="receipt")
        assert value["report"] == received.report.pk


def test_a_wrong_an_unknown_and_a_misspelt_code_get_the_very_same_answer(client, received):
    symbols = codes.as_symbols(received.bits)
    wrong_check = symbols[:-1] + ("2" if symbols[-1] != "2" else "3")
    unknown = codes.as_symbols(bytes(10))
    pages = [
        look_up(client, typed)
        for typed in (wrong_check, unknown, "什么也不是", "", "A" * 190, "山" * 11, "0O1I")
    ]
    assert {page.status_code for page in pages} == {422}
    assert len({without_tokens(page) for page in pages}) == 1
    assert "receipt" not in client.cookies and "没有查到" in pages[0].content.decode()


def test_the_cookie_holds_no_code_is_closed_to_scripts_and_goes_nowhere_else(client, received):
    look_up(client, codes.as_symbols(received.bits))
    cookie = client.cookies["receipt"]
    assert (
        cookie["httponly"]
        and cookie["samesite"] == "Lax"
        and cookie["path"] == "/receipt/"
        and not cookie["max-age"]
    )
    assert codes.as_symbols(received.bits) not in signing.dumps(signing.loads(cookie.value, salt="receipt"))


def test_a_receipt_is_forgotten_after_half_an_hour_unless_it_was_to_be_remembered(client, received, clock):
    look_up(client, codes.as_symbols(received.bits))
    clock.forward(minutes=29)
    assert client.get(reverse("reports:receipt_add")).status_code == 200
    clock.forward(minutes=2)
    assert client.get(reverse("reports:receipt_add")).status_code == 303
    look_up(client, codes.as_symbols(received.bits), remember="on")
    assert client.cookies["receipt"]["max-age"] == 180 * 86400
    clock.forward(days=179)
    assert client.get(reverse("reports:receipt_add")).status_code == 200
    clock.forward(days=2)
    assert client.get(reverse("reports:receipt_add")).status_code == 303


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        "1:2:3",
        signing.dumps({"report": 1, "until": 9999999999}, salt="other"),
        signing.dumps([1], salt="receipt"),
        signing.dumps({"report": "x", "until": 1}, salt="receipt"),
    ],
    ids=["empty", "letter", "numbers", "other salt", "no object", "words"],
)
def test_a_forged_cookie_opens_nothing(rf, place, forged):
    request = rf.get("/receipt/now/")
    request.COOKIES["receipt"] = forged
    assert receipt_cookie.holder_from(request) is None


def test_an_honest_cookie_opens_one_report(rf, client, received):
    show(client, received.report)
    request = rf.get("/receipt/now/")
    request.COOKIES["receipt"] = client.cookies["receipt"].value
    assert receipt_cookie.holder_from(request) == ReceiptHolder(received.report.pk)


def test_forgetting_takes_the_receipt_out_of_the_browser(client, received):
    look_up(client, codes.as_symbols(received.bits), remember="on")
    assert "还记着一份回执" in client.get("/receipt/").content.decode()
    assert client.post("/receipt/forget/").status_code == 303
    assert (
        not client.cookies["receipt"].value
        and "还记着一份回执" not in client.get("/receipt/").content.decode()
    )
    assert client.get("/receipt/forget/").status_code == 405


@pytest.mark.parametrize("name", ["receipt_reply", "receipt_add", "receipt_withdraw"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_receipt_every_page_leads_to_the_place_where_it_is_typed(client, received, name, method):
    answered = getattr(client, method)(reverse(f"reports:{name}"))
    assert (answered.status_code, answered["Location"]) == (303, "/receipt/")
    assert Report.unscoped.get().state == ReportState.RECEIVED and not ThreadEntry.unscoped.exists()


@pytest.mark.parametrize("name", ["receipt_reply", "receipt_add"])
def test_what_was_written_too_long_after_the_receipt_was_shown_is_given_back(client, received, name):
    answered = client.post(reverse(f"reports:{name}"), {"text": "一直写到了吃晚饭"})
    page = answered.content.decode()
    assert answered.status_code == 403 and "一直写到了吃晚饭" in page and 'href="/receipt/"' in page
    assert "no-store" in answered["Cache-Control"] and not ThreadEntry.unscoped.exists()


def test_answering_what_was_asked(client, place):
    report = asked_report(place, words="大概几点最堵？")
    show(client, report)
    assert "大概几点最堵？" in client.get("/receipt/reply/").content.decode()
    empty = client.post("/receipt/reply/", {"text": "  "})
    assert empty.status_code == 422 and "还没写" in empty.content.decode()
    assert client.post("/receipt/reply/", {"text": "七点半"})["Location"] == STATUS
    assert Report.unscoped.get().state == ReportState.RECEIVED
    stale = client.post("/receipt/reply/", {"text": "又想起一句"})
    assert stale.status_code == 422 and "又想起一句" in stale.content.decode()


def test_adding_words_and_pictures(client, received):
    show(client, received.report)
    assert client.post("/receipt/add/", {"text": ""}).status_code == 422
    refused = client.post("/receipt/add/", {"text": "晚上也堵", "photos": upload(b"nothing")})
    assert refused.status_code == 422 and "晚上也堵" in refused.content.decode()
    assert (
        client.post("/receipt/add/", {"text": "晚上也堵", "photos": upload(picture())})["Location"] == STATUS
    )
    assert received.report.photos.count() == 1
    assert ThreadEntry.unscoped.get().kind == ThreadKind.ADDITION


@pytest.mark.parametrize("text, says", [("楼道里着火了", "119"), (ACCUSING, "12388"), ("晚上也堵", None)])
def test_danger_and_accusation_in_later_words_show_whom_to_call(client, received, text, says):
    show(client, received.report)
    told = [str(one) for one in get_messages(client.post("/receipt/add/", {"text": text}).wsgi_request)]
    assert len(told) == (2 if says else 1) and (says is None or says in told[1])


def upload(data):
    return SimpleUploadedFile("p.png", data, "image/png")


def test_nothing_is_added_to_what_has_been_answered(client, place):
    report = report_in(place)
    answer(report, words="已经修好了。", by=place.clerk, at=MORNING)
    show(client, report)
    page = client.post("/receipt/add/", {"text": "可是还在漏"})
    assert (
        page.status_code == 422
        and "可是还在漏" in page.content.decode()
        and "另写一条" in page.content.decode()
    )


def test_withdrawing_asks_once_more_and_then_does_it(client, place):
    report = report_in(place, contact="13900001111", consent_version="1")
    show(client, report)
    page = client.get("/receipt/withdraw/")
    assert WORDS in page.content.decode() and Report.unscoped.get().state == ReportState.RECEIVED
    assert client.post("/receipt/withdraw/")["Location"] == STATUS
    kept = Report.unscoped.get()
    assert (kept.state, kept.contact_handle) == (ReportState.WITHDRAWN, "")
    assert "不用再撤" in client.get("/receipt/withdraw/").content.decode()
    assert client.post("/receipt/withdraw/").status_code == 303


def test_every_page_of_a_receipt_stays_out_of_caches(client, received):
    show(client, received.report)
    for path in ("/receipt/", "/receipt/add/", "/receipt/reply/", "/receipt/withdraw/"):
        page = client.get(path)
        assert (page.status_code, page["Cache-Control"], page["Referrer-Policy"]) == (
            200,
            "no-store, private",
            "no-referrer",
        )


def test_pictures_open_for_the_desk_that_may_see_the_report_and_for_nobody_else(client, place):
    elsewhere = district("linhe", "LH", "临河区政协")
    report, held = report_in(place, photos=[picture()]), held_report(place, photos=[picture()])
    address = {one: reverse("reports:photo", args=[one.photos.get().file.name]) for one in (report, held)}
    expected = {
        "clerk": (200, 404),
        "leader": (200, 404),
        "officer": (404, 200),
        "member": (404, 404),
        "keeper": (404, 404),
        "unit": (404, 404),
        "reviewer": (404, 404),
        "authority_clerk": (404, 404),
    }
    for who, answers in expected.items():
        client.force_login(
            place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend"
        )
        assert tuple(client.get(address[one]).status_code for one in (report, held)) == answers, who
    client.force_login(
        elsewhere.appointments["clerk"].person, backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.get(address[report]).status_code == 404
    client.logout()
    assert client.get(address[report]).status_code == 302
