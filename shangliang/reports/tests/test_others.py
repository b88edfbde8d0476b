"""Others said this too: published words alone, one press, a claim the screener looks at, and nothing that stands in the way."""

import logging
import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shangliang.analysis.same_matter import rare_grams
from shangliang.foundation import publishing
from shangliang.foundation.codes import new_form_key
from shangliang.foundation.models import LedgerEntry, Publication, PublicationGram
from shangliang.foundation.states import PublicationState
from shangliang.reports.actions.points import close_point
from shangliang.reports.models import Matter, Report
from shangliang.reports.queries.others import GRAMS_TYPED, LONGEST_LIST, grams_of_page, others_said
from shangliang.reports.tests.factories import MORNING, TITLE, WORDS, district, gathered_matter, point_in

pytestmark = pytest.mark.django_db
TYPED = "校门口放学时车多，孩子过不去"


@pytest.fixture
def place(clock):
    return district()


@pytest.fixture
def point(place):
    return point_in(place)


def page_of(place, matter, *, title=None, area="清河街道 · 柳岸社区", number=1, lists=()):
    """A published page of a matter, through every act of publication."""
    content = {
        "area": area, "chip": "正在办", "gathered": "", "note": "", "steps": [], "facts": [],
        "lists": [{"suggestion": one} for one in lists],
    }  # fmt: skip
    row = publishing.prepare(
        committee_id=matter.committee_id, subject=f"matter:{matter.code}", part=f"page-{number}",
        title=title or matter.title, content=content, happened_on=MORNING.date(), named_units=[],
        reviewers_needed=1, by=place.clerk, at=MORNING,
    )  # fmt: skip
    publishing.review(row, by=place.reviewer, at=MORNING)
    grams = grams_of_page(row.title, row.content)
    return publishing.publish(row, by=place.clerk, at=MORNING, grams=grams)


def ask(client, point, text=TYPED):
    return client.post(f"/r/{point.code}/others/", {"text": text})


def send(client, point, **said):
    return client.post(f"/r/{point.code}", {"form_key": new_form_key(), "text": WORDS, **said})


def sign_in(client, place, who="clerk"):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.content.decode()))


# --- while typing


def test_a_published_matter_like_what_is_typed_is_shown_with_the_shared_words_marked(client, place, point):
    matter = gathered_matter(place)
    page_of(place, matter)
    page = ask(client, point)
    html = page.content.decode()
    assert (
        page.status_code == 200
        and f'data-claim="{matter.code}"' in html
        and "<mark>门口放学时车多</mark>" in html
    )
    assert "我说的也是这件" in words_of(page) and page["Cache-Control"] == "no-store, private"
    assert "<html" not in html and "style=" not in html and "<script" not in html


@pytest.mark.parametrize(
    "typed", ["", "车", "楼道里的灯坏了三个月没人修", "清河街道柳岸社区", "……？？？", "\x00\ud83d"]
)
def test_nothing_like_it_shows_nothing(client, place, point, typed):
    page_of(place, gathered_matter(place))
    page = ask(client, point, typed.encode("utf-8", "ignore").decode())
    assert page.status_code == 200 and not page.content.strip()


def test_what_is_not_public_is_never_shown(client, place, point):
    gathered_matter(place)
    assert not ask(client, point).content.strip()
    other = gathered_matter(place)
    row = publishing.prepare(
        committee_id=place.committee.pk, subject=f"matter:{other.code}", part="page-1", title=TITLE,
        content={"area": "", "lists": []}, happened_on=MORNING.date(), named_units=[], reviewers_needed=1,
        by=place.clerk, at=MORNING,
    )  # fmt: skip
    publishing.index_words(row, rare_grams(TITLE))  # even if the index said so
    assert not ask(client, point).content.strip()


def test_what_was_taken_down_or_replaced_leaves_the_index(client, place, point):
    matter = gathered_matter(place)
    first = page_of(place, matter)
    page_of(place, matter, title="校门外接送改了地方", number=2)
    assert not PublicationGram.unscoped.filter(publication=first).exists()
    assert "小学门口放学时车多人挤" not in words_of(ask(client, point))
    second = Publication.unscoped.get(part="page-2")
    publishing.withdraw(second, reason="写错了", by=place.clerk, at=MORNING)
    assert not PublicationGram.unscoped.exists() and not ask(client, point, "校门外接送").content.strip()


def test_a_matter_of_another_committee_is_not_shown(client, place, point):
    elsewhere = district("beiling", "BL", "北岭区政协")
    page_of(elsewhere, gathered_matter(elsewhere))
    assert not ask(client, point).content.strip()


def test_at_most_three_are_shown_the_nearest_first(client, place, point):
    for number in range(4):
        page_of(
            place, gathered_matter(place), title=f"小学门口放学时车多 {number}", area="桂园街道 · 滨河社区"
        )
    here = gathered_matter(place)
    page_of(place, here, title="小学门口放学时车多")
    codes = re.findall(r'data-claim="([^"]+)"', ask(client, point).content.decode())
    assert len(codes) == 3 and codes[0] == here.code


def test_a_suggestion_of_the_page_is_found_as_well_as_its_title(client, place, point):
    matter = gathered_matter(place)
    page_of(place, matter, title="柳岸里晾晒难", lists=["在楼顶装晾衣架，每单元两排"])
    assert matter.code in ask(client, point, "想要个晾衣架").content.decode()


def test_common_words_cost_no_more_than_rare_ones(place):
    base = page_of(place, gathered_matter(place))
    grams = rare_grams(TYPED, GRAMS_TYPED)
    copies = [Publication(code=f"P{n}", committee_id=place.committee.pk, subject=f"matter:X-{n}", part="page-1", title=base.title,
                          content=base.content, happened_on=base.happened_on, state=PublicationState.PUBLISHED,
                          prepared_at=MORNING, published_at=MORNING) for n in range(300)]  # fmt: skip
    rows = Publication.unscoped.bulk_create(copies)
    index = [
        PublicationGram(committee_id=place.committee.pk, gram=gram, publication=row)
        for row in rows
        for gram in grams
    ]
    PublicationGram.unscoped.bulk_create(index)
    with CaptureQueriesContext(connection) as asked:
        assert len(others_said(place.committee.pk, TYPED)) == 3
    assert len(asked) == 2 and asked.captured_queries[0]["sql"].count(f"LIMIT {LONGEST_LIST}") >= len(grams)


def test_typing_writes_nothing_and_the_words_stand_in_no_log(client, place, point, caplog):
    page_of(place, gathered_matter(place))
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as asked:
        ask(client, point)
    assert all(one["sql"].startswith("SELECT") for one in asked) and TYPED not in caplog.text
    assert client.get(f"/r/{point.code}/others/?text={TYPED}").status_code == 405


def test_a_page_of_another_site_gets_no_answer(place, point):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/r/{point.code}/others/", {"text": TYPED}).status_code == 403


def test_a_closed_or_unknown_point_says_nothing(client, place, point):
    page_of(place, gathered_matter(place))
    close_point(point, by=place.clerk, at=MORNING)
    assert not ask(client, point).content and client.post("/r/NEVERWAS/others/").status_code == 404


def test_published_words_are_text_everywhere(client, place, point):
    page_of(place, gathered_matter(place), title='小学门口放学时"><script>alert(1)</script>')
    html = ask(client, point).content.decode()
    assert "<script" not in html and 'data-title="小学门口放学时&quot;&gt;' in html


# --- the press


def test_a_claim_keeps_ones_own_words_and_receipt_and_joins_nothing(client, place, point):
    matter = gathered_matter(place)
    page_of(place, matter)
    page = send(client, point, claims_matter=matter.code)
    report = Report.unscoped.latest("pk")
    assert (report.claims_matter, report.text) == (matter, WORDS) and report.matter_id != matter.pk
    assert f"您说也是“{TITLE}”这件" in words_of(page) and 'name="code"' in page.content.decode()
    assert matter.reports.count() == 1


@pytest.mark.parametrize("said", ["", "YC-2026-9999", "x" * 500, "<script>", "not public", "elsewhere"])
def test_a_claim_that_is_none_never_stands_in_the_way(client, place, point, said):
    if said == "not public":
        said = gathered_matter(place).code
    elif said == "elsewhere":
        elsewhere = district("beiling", "BL", "北岭区政协")
        other = gathered_matter(elsewhere)
        page_of(elsewhere, other)
        said = other.code
    page = send(client, point, claims_matter=said)
    assert page.status_code == 200 and Report.unscoped.latest("pk").claims_matter is None
    assert "您说也是" not in words_of(page)


def test_a_claim_survives_a_refusal_of_the_form(client, place, point):
    matter = gathered_matter(place)
    page_of(place, matter)
    page = send(client, point, text="", claims_matter=matter.code)
    assert page.status_code == 422 and f'value="{matter.code}"' in page.content.decode()
    assert f"<b data-claimed-title>{TITLE}</b>" in page.content.decode()


def test_the_claim_is_part_of_what_was_sent(client, place, point):
    matter, key = gathered_matter(place), new_form_key()
    page_of(place, matter)
    assert send(client, point, form_key=key).status_code == 200
    assert send(client, point, form_key=key, claims_matter=matter.code).status_code == 409


def test_the_form_without_scripts_is_as_it_was(client, place, point):
    page_of(place, gathered_matter(place))
    html = client.get(f"/r/{point.code}/").content.decode()
    assert re.search(r"<div[^>]*data-others[^>]*hidden></div>", html) and re.search(
        r"<p[^>]*data-claimed[^>]*hidden>", html
    )


def test_the_screener_sees_the_claim_first_and_joins_with_one_press(client, place, point):
    matter = gathered_matter(place)
    page_of(place, matter)
    send(client, point, text="楼道灯坏了。", claims_matter=matter.code)
    report = Report.unscoped.latest("pk")
    sign_in(client, place)
    html = client.get(f"/desk/{report.code}/").content.decode()
    assert html.index("反映人自己说也是这件") < html.index('id="beside_title"')
    assert f'<input type="hidden" name="matter" value="{matter.code}">' in html
    client.post(f"/desk/{report.code}/beside/", {"matter": matter.code})
    report.refresh_from_db()
    assert report.matter_id == matter.pk
    assert "反映人自己说也是这件" not in client.get(f"/desk/{report.code}/").content.decode()


def test_a_claim_of_a_matter_that_ended_says_so(client, place, point):
    matter = gathered_matter(place)
    page_of(place, matter)
    send(client, point, claims_matter=matter.code)
    Matter.unscoped.filter(pk=matter.pk).update(**{"state": "closed"})
    sign_in(client, place)
    page = client.get(f"/desk/{Report.unscoped.latest('pk').code}/")
    assert "这件现在不能再合" in words_of(page)


# --- the index


def test_publishing_at_the_desk_fills_the_index_and_so_does_the_command(client, place, point):
    matter = gathered_matter(place)
    row = page_of(place, matter)
    PublicationGram.unscoped.all().delete()
    call_command("rebuild_published_index", verbosity=0)
    assert PublicationGram.unscoped.filter(publication=row).count() == len(
        grams_of_page(row.title, row.content)
    )
    call_command("rebuild_published_index", verbosity=0)
    assert PublicationGram.unscoped.count() == len(grams_of_page(row.title, row.content))
    assert matter.code in ask(client, point).content.decode()


def test_the_button_of_the_desk_of_words_indexes(client, place, point):
    matter = gathered_matter(place)
    row = publishing.prepare(
        committee_id=place.committee.pk, subject=f"matter:{matter.code}", part="page-1", title=TITLE,
        content={"area": "", "chip": "", "gathered": "", "note": "", "steps": [], "facts": [], "lists": []},
        happened_on=MORNING.date(), named_units=[], reviewers_needed=1, by=place.clerk, at=MORNING,
    )  # fmt: skip
    publishing.review(row, by=place.reviewer, at=MORNING)
    sign_in(client, place)
    client.post(f"/publications/{row.code}/publish/")
    assert Publication.unscoped.get().state == PublicationState.PUBLISHED
    assert matter.code in ask(client, point).content.decode()
    assert TYPED.encode() not in b"".join(bytes(one.body) for one in LedgerEntry.unscoped.all())
