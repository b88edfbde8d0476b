"""The pages of the scheme and the owner table: the whole way in a browser, nothing typed is lost, others find nothing."""

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from shangliang.foundation import clock
from shangliang.people.middleware import ACTING_KEY
from shangliang.people.tests.factories import MORNING, district
from shangliang.sorting import actions, rules
from shangliang.sorting.models import Category, OwnerRow, OwnerTable
from shangliang.sorting.tests.factories import NAMES, NEW_YEAR, kinds_of, owned, scheme_in, table_in
from shangliang.ui.xlsx import Sheet, workbook_bytes

pytestmark = pytest.mark.django_db

BIN, NOISE = "环境卫生 / 垃圾清运 / 垃圾点位", "环境卫生 / 噪声 / 广场音响"
CSV = "一级,二级,三级\n环境卫生,噪声,广场音响\n环境卫生,噪声,=1+1\n,缺上级,x\n"


@pytest.fixture(autouse=True)
def a_day_in_september(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MORNING)


def sit(client, place, key="clerk"):
    """Let one of the cast sit down in a browser."""
    held = place.appointments[key]
    client.force_login(held.person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[ACTING_KEY] = held.pk
    session.save()
    return client


def upload(data, name="kinds.csv"):
    return {"file": SimpleUploadedFile(name, data)}


def headed(text):
    """Return the headings and the rows of a table of commas."""
    lines = [line.split(",") for line in text.strip().split("\n")]
    return lines[0], lines[1:]


def shown(answer):
    return answer.content.decode()


def again(answer):
    """Return what the form of a page would send when it is sent as it stands."""
    form = answer.context["form"]
    return {name: form[name].value() or "" for name in form.fields if name != "file"}


@pytest.mark.parametrize("encode", [
    lambda text: text.encode(), lambda text: b"\xef\xbb\xbf" + text.encode(), lambda text: text.encode("gb18030"),
    lambda text: workbook_bytes([Sheet("表", *headed(text))]),
], ids=["utf-8", "with its mark", "gb18030", "xlsx"])  # fmt: skip
def test_a_scheme_is_looked_at_then_taken_in_whatever_the_encoding(client, encode):
    place = district()
    sit(client, place)
    look = client.post("/sorting/import/", upload(encode(CSV)))
    page = shown(look)
    assert look.status_code == 200 and "会新加 <b>4 个</b>" in page and "停用 <b>0 个</b>" in page
    assert "第 3 行“ | 缺上级 | x”：上一级是空的" in page and not Category.unscoped.exists()
    done = client.post("/sorting/import/", {**again(look), "save": "1"}, follow=True)
    assert "新加 4 个" in shown(done) and Category.unscoped.count() == 4


def test_what_would_be_retired_is_named_before_and_is_only_retired(client):
    place = district()
    scheme_in(place)
    sit(client, place)
    look = client.post("/sorting/import/", upload(CSV.encode()))
    assert "停用 <b>8 个</b>" in shown(look) and "<li>交通出行 / 停车秩序 / 路边停车</li>" in shown(look)
    client.post("/sorting/import/", {**again(look), "save": "1"})
    assert Category.unscoped.filter(is_current=False).count() == 8 and Category.unscoped.count() == 12
    assert "停用的 8 个" in shown(client.get("/sorting/"))


def test_a_scheme_that_moved_meanwhile_is_shown_again_and_nothing_is_lost(client):
    place = district()
    sit(client, place)
    look = client.post("/sorting/import/", upload(CSV.encode()))
    actions.add_category(committee=place.committee, parent=None, name="环境卫生", by=place.leader, at=MORNING)
    stale = client.post("/sorting/import/", {**again(look), "save": "1"})
    assert stale.status_code == 422 and "有人改过了" in shown(stale) and "会新加 <b>3 个</b>" in shown(stale)
    assert "广场音响" in stale.context["form"]["text"].value()
    client.post("/sorting/import/", {**again(stale), "save": "1"})
    assert Category.unscoped.count() == 4


@pytest.mark.parametrize(("data", "why"), [
    (b"", "是空的"), ("甲,乙\n1,2\n".encode(), "表头里没有“一级”这一列"), ("一级\n".encode(), "只有表头"),
    ("一级,二级\n,只有二级\n".encode(), "一行也没有读出来"), (b"\xd0\xcf\x11\xe0old", "旧版的 .xls"),
    ("一级,二级,三级\n".encode() + f"{'长' * 40},{'二' * 40},{'三' * 40}\n".encode() * 4000, "内容太多了"),
    ("一级\n机密★三年\n".encode(), "密级标志"), ("一级\n".encode() + "甲\n".encode() * 5001, "5,000 行"),
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(client, data, why):
    sit(client, district())
    answer = client.post("/sorting/import/", upload(data))
    assert answer.status_code == 422 and why in shown(answer)
    assert client.post("/sorting/import/", {"text": ""}).status_code == 422


def test_the_scheme_goes_out_as_a_workbook_that_comes_back_in_and_runs_nothing(client):
    place = district()
    scheme_in(place, [*NAMES, ("环境卫生", "=HYPERLINK(1)")])
    sit(client, place)
    sent = client.get("/sorting/?format=xlsx").content
    cells = [cell for row in load_workbook(io.BytesIO(sent)).worksheets[0].iter_rows() for cell in row]
    assert "=HYPERLINK(1)" in [cell.value for cell in cells] and not [
        one for one in cells if one.data_type == "f"
    ]
    look = client.post("/sorting/import/", upload(sent, "kinds.xlsx"))
    assert "和现在的方案一样" in shown(look)


def test_one_kind_is_opened_added_renamed_and_stopped(client):
    place = district()
    scheme_in(place)
    sit(client, place)
    assert "改名" in shown(client.get("/sorting/kind/", {"kind": "环境卫生 / 噪声"}))
    assert client.get("/sorting/kind/", {"kind": "没有"}).status_code == 404
    client.post("/sorting/add/?under=环境卫生", {"name": "水体"})
    client.post("/sorting/rename/?kind=环境卫生 / 水体", {"name": "水体气味"})
    assert "环境卫生 / 水体气味" in kinds_of(place)
    kept = client.post("/sorting/add/?under=环境卫生", {"name": "噪声"})
    assert kept.status_code == 422 and "已经有了" in shown(kept) and 'value="噪声"' in shown(kept)
    client.post("/sorting/retire/", {"kind": "环境卫生 / 水体气味"})
    assert not kinds_of(place)["环境卫生 / 水体气味"].is_current
    assert "加回来" in shown(client.get("/sorting/kind/", {"kind": "环境卫生 / 水体气味"}))
    client.post("/sorting/add/?under=环境卫生", {"name": "水体气味"})
    assert kinds_of(place)["环境卫生 / 水体气味"].is_current


def test_who_leads_issues_a_year_and_the_next_begins_as_its_copy(client):
    place = district()
    scheme_in(place)
    sit(client, place, "leader")
    assert "印发第一期" in shown(client.get("/sorting/owners/"))
    said = {
        "year": 2026,
        "title": "主责单位表（2026年）",
        "source": "云府办3号",
        "from_on": "2026-01-08",
        "copy": "empty",
    }
    bad = client.post("/sorting/owners/new/", {**said, "year": 2020})
    assert bad.status_code == 422 and "对不上" in shown(bad) and "云府办3号" in shown(bad)
    assert client.post("/sorting/owners/new/", said)["Location"] == "/sorting/owners/2026-01-08/"
    owned(OwnerTable.unscoped.get(), place, BIN, place.lead_unit)
    form = client.get("/sorting/owners/new/").context["form"]
    assert form["title"].value() == "主责单位表（2027年）" and form["from_on"].value() == date(2027, 1, 1)
    client.post("/sorting/owners/new/", {**again(client.get("/sorting/owners/new/")), "source": "云府办4号"})
    new = OwnerTable.unscoped.get(year=2027)
    assert new.rows.get().unit == place.lead_unit
    assert "2026年12月31日</span>止" in shown(client.get("/sorting/owners/2026-01-08/"))
    assert "还没有开始" in shown(client.get("/sorting/owners/2027-01-01/"))


def test_a_row_is_added_changed_and_ended_and_the_history_says_why(client):
    place = district()
    kinds = scheme_in(place)
    table_in(place)
    sit(client, place)
    root = "/sorting/owners/2026-01-08"
    said = {"category": kinds[BIN].pk, "area": place.community.pk, "unit": place.lead_unit.pk, "from_on": "2026-01-08",
            "because": "年初定的"}  # fmt: skip
    assert client.post(f"{root}/add/", said)["Location"] == f"{root}/"
    where = f"?kind={BIN}&area=清河街道 / 柳岸社区"
    kept = client.post(
        f"{root}/change/{where}", {"unit": place.lead_unit.pk, "from_on": "2026-09-08", "because": "机构合并"}
    )
    assert kept.status_code == 422 and "没有变" in shown(kept) and "机构合并" in shown(kept)
    client.post(
        f"{root}/change/{where}", {"unit": place.co_unit.pk, "from_on": "2026-09-08", "because": "机构合并"}
    )
    client.post(f"{root}/end/{where}", {"from_on": "2026-09-20", "because": "不再管"})
    assert client.get(f"{root}/end/{where}").status_code == 404, "it has ended"
    page = shown(client.get("/sorting/owners/history/"))
    assert (
        "机构合并；不再管" in page
        and "经办人 程晓岚" in page
        and "2026年9月7日</span>止" in page
        and "换主责单位" in page
    )
    for address in (
        f"{root}/nothing/",
        "/sorting/owners/2020-01-01/",
        "/sorting/owners/soon/",
        f"{root}/change/?kind=没有",
    ):
        assert client.get(address).status_code == 404, address


OWNERS = "类别,街道社区,主责单位\n垃圾点位,,区城管局\n噪声,柳岸社区,区交警大队\n没有的类,,区城管局\n噪声,,天边局\n噪声,远方社区,区城管局\n"


def test_owner_rows_come_from_a_file_after_a_look_and_refused_ones_say_why(client):
    place = district()
    scheme_in(place)
    table = table_in(place)
    owned(table, place, BIN, place.school)
    sit(client, place)
    address = "/sorting/owners/2026-01-08/import/"
    said = {"from_on": "2026-09-08", "because": "照文件导入"}
    look = client.post(address, {**upload(OWNERS.encode("gb18030")), **said})
    page = shown(look)
    assert "会新加 <b>1 行</b>，换单位 <b>1 行</b>" in page and "柳岸小学 →" in page
    for row, why in ((3, "类别方案里没有这一类"), (4, "单位名册里没有"), (5, "街道社区里没有这个地方")):
        assert re.search(f"第 {row} 行“[^”]*”：{why}", page), row
    assert OwnerRow.unscoped.count() == 1
    assert again(look)["because"] == "照文件导入"
    actions.change_owner(OwnerRow.unscoped.get(), unit=place.co_unit, from_on=NEW_YEAR, because="改", by=place.leader, at=MORNING)  # fmt: skip
    stale = client.post(address, {**again(look), "save": "1"})
    assert stale.status_code == 422 and "有人改过了" in shown(stale)
    done = client.post(address, {**again(stale), "save": "1"}, follow=True)
    assert "新加 1 行，换单位 1 行" in shown(done)
    late = client.post(address, {"text": OWNERS, "from_on": "2025-01-01", "because": ""})
    assert late.status_code == 422 and "天边局" in shown(late) and "这一项要填" in shown(late)


def test_the_table_is_searched_printed_and_taken_along(client):
    place = district()
    scheme_in(place)
    table = table_in(place, title="=1+1")
    owned(table, place, BIN, place.lead_unit, area=place.community)
    owned(table, place, NOISE, place.co_unit)
    sit(client, place)
    assert "垃圾点位" not in shown(client.get("/sorting/owners/", {"q": "交警"}))
    assert "没有找到" in shown(client.get("/sorting/owners/", {"q": "天边"}))
    assert "清河街道 / 柳岸社区" in shown(client.get("/sorting/owners/2026-01-08/print/"))
    sent = client.get("/sorting/owners/?format=xlsx").content
    rows = list(load_workbook(io.BytesIO(sent)).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert ("环境卫生", "垃圾清运", "垃圾点位", "清河街道 / 柳岸社区", "区城管局") == rows[1][:5]
    look = client.post(
        "/sorting/owners/2026-01-08/import/",
        {**upload(sent, "o.xlsx"), "from_on": "2026-09-08", "because": "对"},
    )
    assert "没变 2 行" in shown(look) and "和现在的表一样" in shown(look)


def test_what_nobody_answers_for_is_listed_with_the_way_to_write_it_down(client):
    place = district()
    scheme_in(place)
    owned(table_in(place), place, "环境卫生", place.lead_unit, area=place.community)
    sit(client, place)
    page = client.get("/sorting/nobody/")
    assert "清河街道 / 石桥社区" in shown(page) and "全区都没有" in shown(page)
    assert len(page.context["lines"]) == 5
    link = re.search(r'href="(/sorting/owners/2026-01-08/add/\?kind=[^"]*area=[^"]*)"', shown(page))[1]
    form = client.get(link.replace("&amp;", "&")).context["form"]
    assert form["area"].value() == place.other_community.pk
    assert (
        "谁都不管" in load_workbook(io.BytesIO(client.get("/sorting/nobody/?format=xlsx").content)).sheetnames
    )


PAGES = ("/sorting/", "/sorting/import/", "/sorting/add/", "/sorting/kind/?kind=环境卫生", "/sorting/owners/", "/sorting/nobody/",
         "/sorting/owners/2026-01-08/", "/sorting/owners/2026-01-08/print/", "/sorting/owners/2026-01-08/import/",
         "/sorting/owners/2026-01-08/add/", "/sorting/owners/history/")  # fmt: skip


def test_pages_open_to_the_own_office_and_who_manages_it_alone(client, django_assert_max_num_queries):
    place, elsewhere = district(), district("beiling", "BL", "北岭区政协")
    scheme_in(place)
    owned(table_in(place), place, BIN, place.lead_unit)
    for key in ("clerk", "leader", "admin"):
        sit(client, place, key)
        for address in PAGES:
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200, (key, address)
    for key in ("member", "unit", "keeper", "reviewer", "officer", "authority_clerk"):
        sit(client, place, key)
        assert {client.get(address).status_code for address in PAGES} == {404}, key
    sit(client, elsewhere)
    assert {
        client.get(address).status_code for address in PAGES if "2026" in address or "kind" in address
    } == {404}
    assert "垃圾点位" not in shown(client.get("/sorting/")) + shown(client.get("/sorting/nobody/"))
    sit(client, place, "clerk")
    assert client.get("/sorting/owners/new/").status_code == 404, (
        "a new year is issued by who leads or manages"
    )


def test_pages_keep_to_their_queries_however_many_rows_there_are(client, django_assert_max_num_queries):
    place = district()
    kinds = scheme_in(place, [(f"大类{n % 9}", f"中类{n % 40}", f"小类{n}") for n in range(200)])
    table = table_in(place)
    lines = [rules.OwnerLine(kind.pk, None, place.school.pk) for kind in kinds.values() if kind.level == 3][:150]  # fmt: skip
    actions.import_owners(table, lines=lines, from_on=NEW_YEAR, because="导入", by=place.clerk, at=MORNING)
    sit(client, place)
    for address in ("/sorting/", "/sorting/owners/", "/sorting/nobody/", "/sorting/owners/history/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200
