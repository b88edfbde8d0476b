"""The owner table: issued each year, changed within it, asked as of a day, nobody's kinds found; everything kept."""

import json
from datetime import date, timedelta

import pytest

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import System
from shangliang.people import actions as people
from shangliang.people.tests.factories import MORNING, SETUP, district
from shangliang.sorting import actions, queries, rules
from shangliang.sorting.models import OwnerRow, OwnerTable
from shangliang.sorting.tests.factories import NEW_YEAR, owned, scheme_in, table_in

pytestmark = pytest.mark.django_db

TODAY = MORNING.date()
NOISE, BIN, PARKING = (
    "环境卫生 / 噪声 / 广场音响",
    "环境卫生 / 垃圾清运 / 垃圾点位",
    "交通出行 / 停车秩序 / 路边停车",
)


@pytest.fixture
def place():
    made = district()
    made.kinds = scheme_in(made)
    return made


def owner(place, path, area=None, on=TODAY, viewer=None):
    return queries.owner_of(viewer or place.clerk, place.kinds[path], area, on)


def test_the_deeper_kind_decides_before_the_nearer_place(place):
    table = table_in(place)
    owned(table, place, "环境卫生", place.lead_unit)
    owned(table, place, "环境卫生", place.school, area=place.community)
    owned(table, place, "环境卫生 / 噪声", place.co_unit)
    assert owner(place, NOISE, place.community) == place.co_unit
    assert owner(place, BIN, place.community) == place.school
    assert owner(place, BIN, place.other_community) == place.lead_unit
    assert owner(place, PARKING, place.community) is None
    owned(table, place, "环境卫生 / 噪声", place.school, area=place.street)
    assert owner(place, NOISE, place.community) == place.school, "a street's row holds for its communities"


def test_a_new_issue_ends_the_one_in_force_the_day_before_and_each_day_has_its_own_answer(place):
    old = table_in(place, date(2025, 1, 10))
    owned(old, place, "环境卫生", place.lead_unit)
    new = table_in(place, NEW_YEAR, copy_from=old)
    actions.change_owner(new.rows.get(), unit=place.co_unit, from_on=NEW_YEAR, because="分工调整", by=place.clerk, at=MORNING)  # fmt: skip
    old.refresh_from_db()
    assert old.until_on == date(2026, 1, 7) and new.until_on is None
    assert owner(place, BIN, on=date(2025, 1, 9)) is None
    assert owner(place, BIN, on=date(2026, 1, 7)) == place.lead_unit
    assert owner(place, BIN, on=NEW_YEAR) == place.co_unit
    entry = LedgerEntry.unscoped.filter(verb="owners.issue").latest("pk")
    assert entry.subject == "ownertable:2026-01-08"
    body = json.loads(bytes(entry.body))
    assert body["facts"] == {"year": 2026, "from_on": "2026-01-08", "copied": 1}
    assert body["happened_on"] == "2026-01-08"


def test_a_copy_leaves_out_what_has_ended_and_retired_kinds(place):
    old = table_in(place, date(2025, 1, 10))
    owned(old, place, BIN, place.lead_unit)
    gone = owned(old, place, NOISE, place.co_unit)
    owned(old, place, PARKING, place.school)
    actions.end_owner(gone, from_on=date(2025, 6, 1), because="不再管", by=place.clerk, at=MORNING)
    actions.retire_category(place.kinds[PARKING], by=place.clerk, at=MORNING)
    new = table_in(place, NEW_YEAR, copy_from=old)
    assert [row.category.path for row in new.rows.all()] == [BIN]


@pytest.mark.parametrize(("more", "why"), [
    ({"year": 1999}, "年份"), ({"year": 2024}, "年份"), ({"title": " "}, "标题"), ({"source": ""}, "依据的文件"),
    ({"title": "长" * 81}, "标题"), ({"from_on": date(2028, 1, 1), "year": 2028}, "最多早定一年"),
])  # fmt: skip
def test_an_issue_that_cannot_be_is_refused_in_a_sentence(place, more, why):
    with pytest.raises(Refusal, match=why):
        table_in(place, **{"from_on": NEW_YEAR, **more})
    assert not OwnerTable.unscoped.exists()


def test_an_issue_cannot_begin_before_one_already_in_force_but_replaces_one_not_begun(place):
    table_in(place)
    for day in (NEW_YEAR, date(2025, 12, 1)):
        with pytest.raises(Refusal, match="要从它之后的日子开始"):
            table_in(place, day, year=2026)
    ahead = table_in(place, date(2027, 1, 1))
    sooner = table_in(place, date(2026, 12, 1), year=2027)
    ahead.refresh_from_db()
    assert ahead.until_on < ahead.from_on and sooner.until_on is None
    assert queries.table_on(place.clerk, date(2027, 2, 1)) == sooner
    assert queries.table_on(place.clerk, TODAY).from_on == NEW_YEAR


def test_who_leads_or_manages_issues_a_year_and_the_office_changes_rows(place):
    said = {
        "committee": place.committee,
        "year": 2026,
        "title": "表",
        "source": "某文件",
        "from_on": NEW_YEAR,
    }
    for key in ("clerk", "member", "unit", "reviewer", "authority_clerk"):
        with pytest.raises(NotYours):
            actions.issue_table(**said, by=place.viewers[key], at=MORNING)
    table = actions.issue_table(**said, by=place.admin, at=MORNING)
    row = owned(table, place, BIN, place.lead_unit)
    for key in ("member", "unit", "keeper", "officer", "authority_clerk"):
        with pytest.raises(NotYours):
            actions.end_owner(row, from_on=TODAY, because="不管了", by=place.viewers[key], at=MORNING)
    elsewhere = district("beiling", "BL", "北岭区政协")
    with pytest.raises(NotYours):
        actions.end_owner(row, from_on=TODAY, because="不管了", by=elsewhere.clerk, at=MORNING)


def test_a_changed_row_ends_and_its_successor_says_why(place):
    table = table_in(place)
    row = owned(table, place, BIN, place.lead_unit)
    new = actions.change_owner(
        row, unit=place.co_unit, from_on=TODAY, because="机构合并", by=place.clerk, at=MORNING
    )
    row.refresh_from_db()
    assert row.until_on == TODAY - timedelta(days=1) and new.from_on == TODAY and new.because == "机构合并"
    facts = json.loads(bytes(LedgerEntry.unscoped.latest("pk").body))["facts"]
    assert facts == {"began": [new.pk], "ended": [row.pk]}
    assert owner(place, BIN, on=TODAY - timedelta(days=1)) == place.lead_unit
    ended = actions.end_owner(
        new, from_on=TODAY + timedelta(days=9), because="不再管", by=place.clerk, at=MORNING
    )
    assert ended.because == "机构合并；不再管"
    assert owner(place, BIN, on=TODAY + timedelta(days=9)) is None


def test_a_row_put_right_on_its_first_day_never_held(place):
    table = table_in(place)
    row = owned(table, place, BIN, place.lead_unit)
    actions.change_owner(
        row, unit=place.co_unit, from_on=NEW_YEAR, because="写错了", by=place.clerk, at=MORNING
    )
    assert owner(place, BIN, on=NEW_YEAR) == place.co_unit
    (issue,) = queries.acts_of(place.clerk, list(queries.tables_of(place.clerk)))
    assert [one.never_held for one in queries.changes_of(place.clerk, issue)] == [False, True]


def test_what_cannot_be_written_is_refused_in_a_sentence(place):
    table = table_in(place)
    row = owned(table, place, BIN, place.lead_unit)
    ok = {"unit": place.co_unit, "from_on": TODAY, "because": "分工", "by": place.clerk, "at": MORNING}
    with pytest.raises(Refusal, match="没有变"):
        actions.change_owner(row, **{**ok, "unit": place.lead_unit})
    with pytest.raises(Refusal, match="不在这一期"):
        actions.change_owner(row, **{**ok, "from_on": date(2025, 12, 31)})
    for because in ("", "长" * 56):
        with pytest.raises(Refusal, match="为什么"):
            actions.change_owner(row, **{**ok, "because": because})
    with pytest.raises(Refusal, match="最多早定一年"):
        actions.change_owner(row, **{**ok, "from_on": date(2029, 1, 1)})
    with pytest.raises(Refusal, match="已经写了归谁"):
        actions.add_owner(table, category=place.kinds[BIN], area=None, **ok)
    elsewhere = district("beiling", "BL", "北岭区政协")
    with pytest.raises(Refusal, match="本政协的"):
        actions.change_owner(row, **{**ok, "unit": elsewhere.lead_unit})
    with pytest.raises(Refusal, match="本政协的"):
        actions.add_owner(table, category=place.kinds[NOISE], area=elsewhere.street, **ok)
    actions.retire_category(place.kinds[PARKING], by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="已经停用"):
        actions.add_owner(table, category=place.kinds[PARKING], area=None, **ok)


def test_a_stale_page_cannot_change_a_row_twice(place):
    table = table_in(place)
    row = owned(table, place, BIN, place.lead_unit)
    stale = OwnerRow.unscoped.select_related("table").get(pk=row.pk)
    actions.end_owner(row, from_on=TODAY, because="不管了", by=place.clerk, at=MORNING)
    with pytest.raises(WrongState, match="有人改过或停了"):
        actions.change_owner(
            stale, unit=place.co_unit, from_on=TODAY, because="换", by=place.clerk, at=MORNING
        )
    with pytest.raises(Refusal, match="更晚的日子"):
        owned(table, place, BIN, place.co_unit, from_on=TODAY - timedelta(days=3))
    again = owned(table, place, BIN, place.co_unit, from_on=TODAY)
    with pytest.raises(Refusal, match="不能更早"):
        actions.change_owner(again, unit=place.school, from_on=TODAY - timedelta(days=3), because="换", by=place.clerk, at=MORNING)  # fmt: skip


def lines_of(place, *said):
    return [
        rules.OwnerLine(place.kinds[kind].pk, area.pk if area else None, unit.pk) for kind, area, unit in said
    ]


def test_a_file_adds_rows_changes_units_and_leaves_the_rest(place):
    table = table_in(place)
    owned(table, place, BIN, place.lead_unit)
    owned(table, place, PARKING, place.co_unit)
    lines = lines_of(place, (BIN, None, place.school), (NOISE, place.street, place.lead_unit))
    plan = queries.owner_plan(place.clerk, table, lines)
    ok = {"from_on": TODAY, "because": "照文件导入", "by": place.clerk, "at": MORNING}
    done = actions.import_owners(table, lines=lines, expected=plan.mark, **ok)
    assert (len(done.new), len(done.changed), done.same) == (1, 1, 0)
    assert owner(place, BIN) == place.school and owner(place, PARKING) == place.co_unit
    assert owner(place, BIN, on=TODAY - timedelta(days=1)) == place.lead_unit
    assert owner(place, NOISE, place.community) == place.lead_unit
    with pytest.raises(WrongState, match="有人改过"):
        actions.import_owners(table, lines=lines, expected=plan.mark, **ok)


def test_rows_of_a_file_that_are_not_ours_are_refused_whole(place):
    elsewhere = district("beiling", "BL", "北岭区政协")
    table = table_in(place)
    ok = {"from_on": TODAY, "because": "照文件导入", "by": place.clerk, "at": MORNING}
    for lines in ([], lines_of(place, (BIN, None, elsewhere.lead_unit)), lines_of(place, (BIN, elsewhere.street, place.school))):  # fmt: skip
        with pytest.raises(Refusal, match="本政协在用的"):
            actions.import_owners(table, lines=lines, **ok)
    row = owned(table, place, BIN, place.lead_unit, from_on=TODAY)
    with pytest.raises(Refusal, match="不能更早"):
        actions.import_owners(
            table, lines=lines_of(place, (BIN, None, place.school)), **{**ok, "from_on": NEW_YEAR}
        )
    actions.end_owner(row, from_on=TODAY + timedelta(days=5), because="不管了", by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="更晚的日子"):
        actions.import_owners(table, lines=lines_of(place, (BIN, None, place.school)), **ok)
    assert OwnerRow.unscoped.count() == 1


def test_the_bulk_answer_needs_the_same_queries_for_one_and_for_many(place, django_assert_num_queries):
    table = table_in(place)
    owned(table, place, "环境卫生", place.lead_unit)
    pairs = [
        (kind.pk, area)
        for kind in place.kinds.values()
        for area in (None, place.street.pk, place.community.pk)
    ]
    with django_assert_num_queries(4):
        found = queries.owners_of(place.clerk, pairs, TODAY)
    assert len(found) == 33 and sum(1 for one in found.values() if one == place.lead_unit) == 18
    with django_assert_num_queries(4):
        book = queries.owner_book(place.clerk, TODAY)
        assert book.owned_pairs([*pairs, (None, None)]) == {pair for pair, unit in found.items() if unit}


def test_the_table_answers_the_office_the_authority_and_tasks_and_nobody_else(place):
    table = table_in(place)
    owned(table, place, BIN, place.lead_unit)
    elsewhere = district("beiling", "BL", "北岭区政协")
    for viewer in (
        place.clerk,
        place.leader,
        place.admin,
        place.authority_clerk,
        System("training", place.committee.pk),
    ):
        assert owner(place, BIN, viewer=viewer) == place.lead_unit
    for viewer in (
        place.member,
        place.unit,
        place.reviewer,
        elsewhere.clerk,
        System("training", elsewhere.committee.pk),
    ):
        assert owner(place, BIN, viewer=viewer) is None
        assert not queries.tables_of(viewer).exists() and not queries.rows_of(viewer, table, TODAY).exists()


def test_the_words_name_the_year_and_say_so_where_nobody_owns_it(place):
    kind = place.kinds[BIN]
    assert queries.owner_book(place.clerk, TODAY).words(kind.pk, None).startswith("还没有主责单位表")
    owned(table_in(place), place, "环境卫生", place.lead_unit)
    book = queries.owner_book(place.clerk, TODAY)
    assert book.words(kind.pk, None) == "主责单位表：第 2026 年，“环境卫生”归区城管局。"
    assert "没有写这类事在这里归谁" in book.words(place.kinds[PARKING].pk, None)
    assert book.words(None, None) == "" and "还没有归类" in book.advice(None, None)
    assert book.advice(kind.pk, None).endswith("归区城管局。由您来定。")


def test_kinds_nobody_owns_are_named_with_the_places_where_nobody_does(place, django_assert_max_num_queries):
    far = people.add_area(committee=place.committee, kind="street", name="桂园街道", by=SETUP, at=MORNING)
    assert len(queries.kinds_without_owner(place.clerk, TODAY)) == 5, "before the first issue every one"
    table = table_in(place)
    owned(table, place, "环境卫生", place.lead_unit)
    owned(table, place, PARKING, place.co_unit, area=place.community)
    actions.retire_category(place.kinds["环境卫生 / 噪声"], by=place.clerk, at=MORNING)
    with django_assert_max_num_queries(6):
        found = {one.category.path: one for one in queries.kinds_without_owner(place.clerk, TODAY)}
    assert set(found) == {PARKING, "交通出行 / 道路路口 / 过街斑马线"}
    assert found[PARKING].areas == (place.other_community, far) and not found[PARKING].is_everywhere
    crossing = found["交通出行 / 道路路口 / 过街斑马线"]
    assert crossing.is_everywhere and crossing.areas == (place.street, far)
    assert queries.kinds_without_owner(place.member, TODAY) == []


def test_the_history_names_who_changed_what_when(place, django_assert_max_num_queries):
    table = table_in(place)
    row = owned(table, place, BIN, place.lead_unit)
    actions.change_owner(row, unit=place.co_unit, from_on=TODAY, because="合并", by=place.leader, at=MORNING)
    with django_assert_max_num_queries(2):
        (issue,) = queries.acts_of(place.clerk, [table])
    assert [act.verb for act in issue.acts] == ["owners.issue", "owners.add", "owners.change"]
    new, old = queries.changes_of(place.clerk, issue)
    assert new.began.who == "办公室负责人 罗启文" and new.row.because == "合并" and new.began.at == MORNING
    assert old.began.who == "经办人 程晓岚" and old.ended.who == "办公室负责人 罗启文"
