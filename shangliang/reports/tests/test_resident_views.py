"""The page behind a code on a wall, as a phone sees it: form, refusals that keep what was typed, and the receipt."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.foundation import codes
from shangliang.foundation.models import LedgerEntry
from shangliang.people.models import Committee
from shangliang.reports.actions.points import close_point
from shangliang.reports.models import Report
from shangliang.reports.queries import report_of_receipt
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import ACCUSING, MARKED, MORNING, WORDS, district, picture, point_in

pytestmark = pytest.mark.django_db
PHONE = "139-0000-1111"


@pytest.fixture
def place(clock):
    return district()


@pytest.fixture
def point(place):
    return point_in(place)


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.content.decode()))


def form_key_in(page):
    return re.search(r'name="form_key" value="([^"]+)"', page.content.decode())[1]


def typed_in(page, name="text"):
    return re.search(rf'<textarea name="{name}"[^>]*>\s*(.*?)</textarea>', page.content.decode(), re.S)[
        1
    ].strip()


def send(client, point, **said):
    key = form_key_in(client.get(reverse("reports:report_form", args=[point.code])))
    return client.post(f"/r/{point.code}/", {"form_key": key, "text": WORDS, **said})


def photo(data=None, name="p.png"):
    return SimpleUploadedFile(name, picture() if data is None else data, "image/png")


def test_the_form_opens_without_an_account_and_says_first_what_it_is_for(client, point):
    page = client.get(f"/r/{point.code}/")
    words = words_of(page)
    assert page.status_code == 200 and point.name in words
    assert words.index("12345") < words.index("看看该去哪里说") < words.index("说清楚在哪里")
    assert not client.cookies.get("sessionid") and page["Cache-Control"] == "private, no-cache"


def test_the_form_is_small_needs_no_script_and_has_nothing_inline(client, point):
    page = client.get(f"/r/{point.code}/").content.decode()
    assert len(page.encode()) < 12_000
    assert (
        "style=" not in page
        and not re.search(r"<script(?![^>]*src=)", page)
        and not re.search(r"\son\w+=", page)
    )


def test_opening_the_form_reads_little_and_writes_nothing(client, point):
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/r/{point.code}/")
    assert len(asked) <= 3 and all(one["sql"].startswith("SELECT") for one in asked)


@pytest.mark.parametrize("written", ["{}", "{}/", "small"])
def test_the_code_may_be_typed_as_people_type(client, point, written):
    code = point.code.lower() + "/" if written == "small" else written.format(point.code)
    assert client.get(f"/r/{code}").status_code == 200


def test_the_form_is_sent_to_another_address_than_its_own_so_that_going_back_finds_it_again(client, point):
    page = client.get(f"/r/{point.code}/").content.decode()
    assert f'action="/r/{point.code}"' in page


def test_an_unknown_code_has_no_page(client, place):
    assert client.get("/r/ABCDEFGH/").status_code == client.get("/r/0000/").status_code == 404


def test_a_sentence_is_answered_with_a_receipt_in_two_alphabets_and_a_square(client, point):
    page = send(client, point, place="小学正门")
    report, html, words = Report.unscoped.get(), page.content.decode(), words_of(page)
    symbols = re.search(r"((?:[2-9A-HJ-NP-Z]{4} +){4}[2-9A-HJ-NP-Z])(?= )", words)[1]
    bits = codes.parse_receipt(symbols)
    assert page.status_code == 200 and report_of_receipt(bits) == report
    han = re.sub(r"<[^>]*>", "", re.search(r'code-han"[^>]*>(.*?)</p>', html)[1])
    assert codes.parse_receipt(han) == bits and 'class="qr"' in html and WORDS in words
    assert "最晚 11月30日（周一）" in words


def test_the_receipt_stays_out_of_caches_referrers_and_addresses(client, point):
    page = send(client, point)
    assert page["Cache-Control"] == "no-store, private" and page["Referrer-Policy"] == "no-referrer"
    symbols = re.search(r'name="code" value="(\w{17})"', page.content.decode())[1]
    assert page.request["PATH_INFO"] == f"/r/{point.code}/"
    assert not re.search(rf'(href|src|action)="[^"]*{symbols}', page.content.decode())


def test_pressing_twice_gives_the_same_receipt_and_says_so(client, point):
    key = form_key_in(client.get(f"/r/{point.code}/"))
    first, again = (client.post(f"/r/{point.code}/", {"form_key": key, "text": WORDS}) for _press in range(2))
    code = re.compile(r'name="code" value="(\w{17})"')
    assert code.search(first.content.decode())[1] == code.search(again.content.decode())[1]
    assert "没有收两次" in words_of(again) and Report.unscoped.count() == 1


def test_other_words_in_the_same_form_keep_what_was_typed_and_show_the_first_receipt(client, point):
    key = form_key_in(client.get(f"/r/{point.code}/"))
    first = client.post(f"/r/{point.code}/", {"form_key": key, "text": WORDS})
    symbols = re.search(r'name="code" value="(\w{17})"', first.content.decode())[1]
    page = client.post(f"/r/{point.code}/", {"form_key": key, "text": "改过的话"})
    assert page.status_code == 409 and typed_in(page) == "改过的话" and Report.unscoped.count() == 1
    assert symbols in re.sub(r"\s", "", words_of(page)) and form_key_in(page) != key
    assert (
        client.post(f"/r/{point.code}/", {"form_key": form_key_in(page), "text": "改过的话"}).status_code
        == 200
    )
    assert Report.unscoped.count() == 2


@pytest.mark.parametrize("said, says", [
    ({"text": ""}, "还没写呢"),
    ({"text": "字" * 10_003}, "多了 3 个字"),
    ({"contact": PHONE}, "打个勾"),
    ({"place": "街" * 130}, "多了 10 个字"),
])  # fmt: skip
def test_what_cannot_be_taken_is_said_in_a_sentence_and_nothing_typed_is_lost(client, point, said, says):
    before = client.get(f"/r/{point.code}/")
    page = client.post(f"/r/{point.code}/", {"form_key": form_key_in(before), "text": WORDS, **said})
    assert page.status_code == 422 and says in words_of(page) and not Report.unscoped.exists()
    assert typed_in(page) == said.get("text", WORDS) and form_key_in(page) == form_key_in(before)
    for value in said.values():
        assert value in page.content.decode()


@pytest.mark.parametrize(
    "data, says",
    [
        (b"%PDF-1.7 no picture", "不是能打开的照片"),
        (bytes(30 * 1024 * 1024), "12 MB"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "不是能打开的照片"),
    ],
)
def test_a_file_that_is_no_picture_is_refused_and_the_text_kept(client, point, data, says):
    page = send(client, point, photos=photo(data))
    assert page.status_code == 422 and says in words_of(page) and "要重新选一次" in words_of(page)
    assert typed_in(page) == WORDS and not Report.unscoped.exists()


def test_a_bomb_is_refused_by_its_header(client, point):
    bomb = picture(size=(9000, 9000))
    assert len(bomb) < 1_000_000
    page = send(client, point, photos=photo(bomb))
    assert page.status_code == 422 and "尺寸太大" in words_of(page)


def test_four_pictures_go_in_and_five_do_not(client, point):
    assert send(client, point, photos=[photo() for _one in range(5)]).status_code == 422
    assert "4 张照片" in words_of(send(client, point, photos=[photo() for _one in range(4)]))
    assert Report.unscoped.get().photos.count() == 4


def test_contact_is_kept_with_its_consent_and_units_may_not_call_unless_asked(client, point):
    send(client, point, contact=PHONE, agrees="on")
    report = Report.unscoped.get()
    assert report.contact_handle and report.consent_version and not report.may_unit_call
    assert PHONE not in repr(Report.unscoped.values().get())


def test_a_form_without_its_key_gets_a_new_one_and_is_taken_in(client, point):
    assert client.post(f"/r/{point.code}/", {"text": WORDS}).status_code == 200
    assert Report.unscoped.count() == 1


@pytest.mark.parametrize(
    "text",
    ["🚧路断了👷‍♀️", "\u202e倒过来\u202c", "\x00\x0b灯\x1b不亮", "<script>alert(1)</script>", "字" * 10_000],
)
def test_odd_texts_are_kept_and_shown_as_text(client, point, text):
    page = send(client, point, text=text)
    assert page.status_code == 200 and "<script>alert" not in page.content.decode()
    kept = Report.unscoped.get().text
    assert "\x00" not in kept and "\u202e" not in kept and kept


def test_danger_shows_whom_to_call_at_once_and_the_report_still_goes_in(client, point):
    page = send(client, point, text="楼道里着火了，有人受伤")
    html = page.content.decode()
    assert 'href="tel:119"' in html and 'href="tel:120"' in html
    assert (
        html.index("tel:119") < html.index("回执码") and Report.unscoped.get().state == ReportState.RECEIVED
    )
    assert "心里难受" in words_of(send(client, point, text="我不想活了"))
    assert 'role="alert"' not in send(client, point).content.decode()


def test_an_accusation_is_locked_away_and_the_page_says_where_to_turn(client, point):
    page = send(client, point, text=ACCUSING)
    assert page.status_code == 200 and Report.unscoped.get().state == ReportState.HELD
    for number in ("12388", "12337", "12368", "12309"):
        assert f"tel:{number}" in page.content.decode()
    assert "专办员" in words_of(page) and 'name="code"' in page.content.decode()


def test_a_marked_text_is_taken_in_and_locked_away(client, point):
    page = send(client, point, text=MARKED)
    assert page.status_code == 200 and "密级字样" in words_of(page)


def test_somebody_of_the_office_with_a_phone_is_written_down_as_anybody_else(client, place, point):
    client.force_login(
        place.appointments["member"].person, backend="django.contrib.auth.backends.ModelBackend"
    )
    send(client, point)
    line = bytes(LedgerEntry.unscoped.get(verb="report.receive").body).decode()
    assert '"by":{"as":"public"}' in line and Report.unscoped.get().entered_by is None


def test_large_letters_ask_fewer_things(client, point):
    client.cookies["elder"] = "1"
    page = client.get(f"/r/{point.code}/").content.decode()
    assert 'class="elder"' in page and "说完以后" not in page and "<details>" in page
    assert page.index("提交") < page.index('name="photos"') and point.phone in page
    assert send(client, point, place="河边").status_code == 200


def test_a_closed_point_says_so_and_where_else_and_keeps_what_was_typed(client, place, point):
    other = point_in(place, name="石桥社区直报点")
    key = form_key_in(client.get(f"/r/{point.code}/"))
    close_point(point, by=place.clerk, at=MORNING)
    page = client.get(f"/r/{point.code}/")
    assert (
        page.status_code == 200 and "停用" in words_of(page) and f"/r/{other.code}/" in page.content.decode()
    )
    late = client.post(f"/r/{point.code}/", {"form_key": key, "text": WORDS})
    assert late.status_code == 409 and WORDS in words_of(late) and not Report.unscoped.exists()


def test_the_pages_that_explain_open_and_lead_back(client, point):
    for name in ("where", "how_protected"):
        page = client.get(reverse(f"reports:{name}"), {"point": point.code})
        assert page.status_code == 200 and f"/r/{point.code}/" in page.content.decode()
        assert client.get(reverse(f"reports:{name}")).status_code == 200
    assert "12388" in words_of(client.get("/r/where/"))


def test_the_example_says_that_nobody_will_do_anything(client, place, point):
    Committee.unscoped.filter(pk=place.committee.pk).update(is_example=True)
    assert "示例" in words_of(client.get(f"/r/{point.code}/"))


def test_a_form_of_another_site_is_refused(point):
    strict = Client(enforce_csrf_checks=True)
    assert (
        strict.post(f"/r/{point.code}/", {"text": WORDS}).status_code == 403 and not Report.unscoped.exists()
    )
