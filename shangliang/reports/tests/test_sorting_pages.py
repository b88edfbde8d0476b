"""The pages of kinds: the panel beside a report, the whole scheme, and the queue of what nobody answers for."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.actions.sorting import sort_matter
from shangliang.reports.models import Matter
from shangliang.reports.tests.factories import gathered_matter, held_report, holder_of, matter_at, report_in
from shangliang.sorting.actions import add_owner, issue_table, retire_category
from shangliang.sorting.models import Lesson
from shangliang.sorting.queries import suggesting
from shangliang.sorting.tests.lessons import DARK, DARK_AND_LOUD, kinds_of, taught

pytestmark = pytest.mark.django_db
PART = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "kind"}


def client_of(client, place, who="clerk"):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client, address, **more):
    answer = client.get(address, **more)
    assert answer.status_code == 200
    return answer.content.decode()


def owned(place, kind, unit, area=None):
    acts = {"by": place.leader, "at": MORNING}
    table = issue_table(committee=place.committee, year=2026, title="主责单位表", source="云府办〔2026〕1号",
                        from_on=MORNING.date(), **acts)  # fmt: skip
    add_owner(table, category=kind, area=area, unit=unit, from_on=MORNING.date(), because="年初印发", **acts)
    return table


def test_the_desk_leads_to_the_kinds_with_and_without_a_script(client):
    place = district()
    report = report_in(place)
    shown = page(client_of(client, place), f"/desk/{report.code}/")
    assert f'hx-get="/desk/{report.code}/kind/"' in shown
    assert f'<a class="tap" href="/desk/{report.code}/kind/">定类别' in shown


def test_the_panel_shows_three_kinds_how_sure_why_and_whose_they_are(client):
    place = district()
    kinds = kinds_of(place)
    taught(place, kinds)
    owned(place, kinds["噪音"], place.lead_unit)
    report = report_in(place, DARK_AND_LOUD)
    part = page(client_of(client, place), f"/desk/{report.code}/kind/", **PART)
    assert "<html" not in part
    assert len(re.findall(r'name="category" value="\d+"', part)) == 3
    first = part.index(f'value="{kinds["噪音"].pk}"')
    assert part.index("城市管理 / 噪声") < first and part.index("主责单位表：归区城管局") < first
    assert "看的是这些字" in part and re.search(r"十拿九稳|多半是|拿不准", part) and "也可能" in part
    assert re.search(r"\d+%", part) and "条里，对了" in part and "主责单位表没写归谁" in part


def test_where_nothing_is_likely_the_panel_says_that_it_cannot_tell(client, monkeypatch):
    place = district()
    taught(place, kinds_of(place))
    monkeypatch.setattr(suggesting, "WORTH_READING", 1.01)
    part = page(client_of(client, place), f"/desk/{report_in(place, DARK).code}/kind/", **PART)
    assert "看不出是哪一类" in part and "选一类" in part and 'name="category"' not in part


@pytest.mark.parametrize("ends", ["locked", "withdrawn", "released"])
def test_decisions_on_words_that_left_the_desk_are_neither_shown_nor_counted(client, ends):
    place = district()
    kinds = kinds_of(place)
    report, other = report_in(place, DARK), report_in(place, "菜场后门垃圾堆了几天。")
    for one, kind in ((report, kinds["路灯"]), (other, kinds["垃圾"])):
        sort_matter(one.matter, kind, offered=[kind.pk], by=place.clerk, at=MORNING)
    if ends == "withdrawn":
        actions.withdraw(report, by=holder_of(report), at=MORNING)
    else:
        actions.hold(report, by=place.clerk, at=MORNING)
    if ends == "released":
        actions.release(report, by=place.officer, at=MORNING)
    shown = page(client_of(client, place), "/sorting/models/taken/")
    assert (report.code in shown) == (ends == "released") and other.code in shown
    counted = 2 if ends == "released" else 1
    assert f"最近 {counted} 次定类别里，{counted} 次用了" in page(client, "/sorting/models/")
    book = load_workbook(io.BytesIO(client.get("/sorting/models/taken/?format=xlsx").content))
    assert book.active.max_row == 1 + counted


def test_one_press_takes_a_suggestion_and_one_takes_it_back(client):
    place = district()
    kinds = kinds_of(place)
    taught(place, kinds)
    report = report_in(place, DARK)
    client_of(client, place)
    address = f"/desk/{report.code}/kind/"
    answer = client.post(address, {"category": kinds["路灯"].pk}, follow=True)
    assert (
        answer.redirect_chain[-1][0] == f"/desk/{report.code}/"
        and "定为“城市管理 / 照明”" in answer.content.decode()
    )
    assert Matter.unscoped.get().category == kinds["路灯"]
    assert "1 次用了它猜的（100%）" in page(client, "/sorting/models/")
    assert "撤销这次定的" in page(client, address, **PART)
    answer = client.post(address, {"act": "undo"}, follow=True)
    assert "撤销了" in answer.content.decode() and Matter.unscoped.get().category is None


def test_a_reason_that_was_hidden_as_private_is_not_shown(client):
    place = district()
    kinds = kinds_of(place)
    taught(place, kinds)
    report = report_in(place, "路灯坏了请打 13900001111 找我。")
    assert "1390000" not in page(client_of(client, place), f"/desk/{report.code}/kind/", **PART)


def test_without_a_model_the_page_says_what_is_missing_and_the_scheme_is_there_all_the_same(client):
    place = district()
    kinds = kinds_of(place)
    report = report_in(place, DARK)
    client_of(client, place)
    shown = page(client, f"/desk/{report.code}/kind/")
    assert "至少要 50 条" in shown and "城市管理 / 照明" in shown
    Lesson(committee=place.committee, subject="kind", looked_at=MORNING, examples=17, labels=2).save()
    assert "现在能用的有 17 条" in page(client, f"/desk/{report.code}/kind/", **PART)
    client.post(f"/desk/{report.code}/kind/", {"category": kinds["停车"].pk})
    assert Matter.unscoped.get().category == kinds["停车"]


def test_a_committee_without_a_scheme_is_led_to_making_one(client):
    place = district()
    report = report_in(place)
    shown = page(client_of(client, place), f"/desk/{report.code}/kind/")
    assert "还没有类别方案" in shown and 'href="/sorting/"' in shown


def test_the_scheme_is_searched_by_words_in_the_address(client):
    place = district()
    kinds_of(place)
    report = report_in(place)
    shown = page(client_of(client, place), f"/desk/{report.code}/kind/?q=城市 照明")
    assert "城市管理 / 照明" in shown and "城市管理 / 清运" not in shown
    assert "没有含这些字的类别" in page(client, f"/desk/{report.code}/kind/?q=没有这一类")


@pytest.mark.parametrize("said", ["", "abc", "999999", "99999999999999999999999", "²"])
def test_a_kind_that_is_none_is_not_found(client, said):
    place = district()
    report = report_in(place)
    assert client_of(client, place).post(f"/desk/{report.code}/kind/", {"category": said}).status_code == 404


def test_a_kind_retired_meanwhile_is_refused_in_a_sentence(client):
    place = district()
    kinds = kinds_of(place)
    report = report_in(place)
    retire_category(kinds["停车"], by=place.clerk, at=MORNING)
    answer = client_of(client, place).post(
        f"/desk/{report.code}/kind/", {"category": kinds["停车"].pk}, follow=True
    )
    assert "已经停用" in answer.content.decode() and Matter.unscoped.get().category is None


@pytest.mark.parametrize(
    "who", ["officer", "admin", "keeper", "member", "reviewer", "unit", "authority_clerk"]
)
def test_the_pages_of_kinds_do_not_exist_for_others(client, who):
    place = district()
    kinds = kinds_of(place)
    report, matter = report_in(place), gathered_matter(place)
    client_of(client, place, who)
    for address in (
        f"/desk/{report.code}/kind/",
        f"/matters/{matter.code}/kind/",
        "/matters/unowned/",
        "/sorting/models/",
        "/sorting/models/taken/",
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"category": kinds["停车"].pk}).status_code in (404, 405)
    assert not Matter.unscoped.exclude(category=None).exists()


def test_another_committees_report_and_a_locked_one_have_no_page_of_kinds(client):
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    theirs, locked, matter = report_in(elsewhere), held_report(place), gathered_matter(elsewhere)
    client_of(client, place)
    for address in (
        f"/desk/{theirs.code}/kind/",
        f"/desk/{locked.code}/kind/",
        f"/matters/{matter.code}/kind/",
    ):
        assert client.get(address).status_code == 404 and client.post(address).status_code == 404


def test_the_matters_own_page_sets_the_kind_too(client):
    place = district()
    kinds = kinds_of(place)
    taught(place, kinds)
    matter = actions.raise_matter(report_in(place, DARK), title="路灯", by=place.clerk, at=MORNING)
    client_of(client, place)
    assert f'hx-get="/matters/{matter.code}/kind/"' in page(client, f"/matters/{matter.code}/reports/")
    assert "城市管理 / 照明" in page(client, f"/matters/{matter.code}/kind/", **PART)
    answer = client.post(f"/matters/{matter.code}/kind/", {"category": kinds["路灯"].pk})
    assert answer.url == f"/matters/{matter.code}/reports/"
    assert "城市管理 / 照明" in page(client, f"/matters/{matter.code}/reports/")
    assert "城市管理 / 照明" in page(client, "/matters/")
    assert "定类别" in page(client, f"/matters/{matter.code}/history/")


def test_the_panel_and_the_pages_ask_few_questions_of_the_database(client):
    place = district()
    kinds = kinds_of(place)
    taught(place, kinds)
    taught(place, {"路灯": f"o:{place.lead_unit.pk}", "停车": f"o:{place.co_unit.pk}"}, "unit")
    table = owned(place, kinds["路灯"], place.lead_unit)
    add_owner(table, category=kinds["停车"], area=None, unit=place.co_unit, from_on=MORNING.date(), because="年初印发",
              by=place.leader, at=MORNING)  # fmt: skip
    report = report_in(place, DARK)
    matter = gathered_matter(place)
    client_of(client, place)
    for address, how in (
        (f"/desk/{report.code}/kind/", PART),
        (f"/desk/{report.code}/kind/", {}),
        (f"/matters/{matter.code}/kind/", {}),
        ("/matters/unowned/", {}),
        (f"/matters/unowned/?why=kind&area={place.street.pk}", {}),
        ("/sorting/models/", {}),
        ("/sorting/models/taken/", {}),
    ):
        client.get(address, **how)
        with CaptureQueriesContext(connection) as asked:
            page(client, address, **how)
        most = (
            13 if address == f"/matters/{matter.code}/kind/" else 12
        )  # it also reads what several people said
        assert len(asked) <= most, (address, len(asked))
        assert all(re.match("SELECT", one["sql"]) for one in asked)


def test_what_nobody_answers_for_stands_oldest_first_with_what_to_do(client):
    place = district()
    kinds = kinds_of(place)
    owned(place, kinds["路灯"], place.lead_unit)
    later = MORNING + timedelta(days=3)
    bare = gathered_matter(place, title="还没有类别的一件", at=later)
    parking = gathered_matter(place, title="停车没人管")
    lamps = gathered_matter(place, title="路灯有人管")
    under_way = matter_at(place, "delivering")
    sort_matter(parking, kinds["停车"], by=place.clerk, at=MORNING)
    sort_matter(lamps, kinds["路灯"], by=place.clerk, at=MORNING)
    shown = page(client_of(client, place), "/matters/unowned/")
    assert shown.index("停车没人管") < shown.index("还没有类别的一件")
    assert "路灯有人管" not in shown and under_way.code not in shown
    assert f'href="/matters/{bare.code}/kind/">定类别' in shown and "补主责单位表" in shown
    only = page(client, "/matters/unowned/?why=owner")
    assert "停车没人管" in only and "还没有类别的一件" not in only
    assert 'href="/matters/unowned/"' in page(client, "/matters/")


def test_the_table_is_asked_for_kind_and_place(client):
    place = district()
    kinds = kinds_of(place)
    owned(place, kinds["停车"], place.lead_unit, area=place.community)
    here = gathered_matter(place, title="柳岸的停车")
    there = actions.raise_matter(report_in(place, DARK), title="石桥的停车", area=place.other_community,
                                 by=place.clerk, at=MORNING)  # fmt: skip
    for matter in (here, there):
        sort_matter(matter, kinds["停车"], by=place.clerk, at=MORNING)
    shown = page(client_of(client, place), "/matters/unowned/")
    assert "石桥的停车" in shown and "柳岸的停车" not in shown
    assert "石桥的停车" not in page(client, f"/matters/unowned/?area={place.community.pk}")
    assert "石桥的停车" in page(client, f"/matters/unowned/?area={place.street.pk}")


@pytest.mark.parametrize("query", ["why=x&area=abc&page=99", "area=99999999999999999999", "area=²"])
def test_an_address_that_makes_no_sense_breaks_nothing(client, query):
    place = district()
    gathered_matter(place)
    assert client_of(client, place).get(f"/matters/unowned/?{query}").status_code == 200


def test_the_queue_is_taken_along_as_a_workbook(client):
    place = district()
    kinds = kinds_of(place)
    matter = gathered_matter(place, title="停车没人管")
    sort_matter(matter, kinds["停车"], by=place.clerk, at=MORNING)
    gathered_matter(place, title="=1+1")
    client_of(client, place)
    book = load_workbook(io.BytesIO(client.get("/matters/unowned/?format=xlsx").content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [row[3] for row in rows[1:]] == ["城市管理 / 车辆停放", None]
    assert rows[1][6] == "补主责单位表，或请发文单位定" and "=1+1" in str(rows[2])


def test_everything_with_a_home_is_said(client):
    place = district()
    assert "每件都有归处" in page(client_of(client, place), "/matters/unowned/")


def test_what_waits_for_a_kind_stands_in_the_pending_work_where_there_is_a_scheme(client):
    place = district()
    gathered_matter(place)
    client_of(client, place)
    assert "事项还没有定类别" not in page(client, "/work/")
    kinds_of(place)
    assert "事项还没有定类别" in page(client, "/work/")
