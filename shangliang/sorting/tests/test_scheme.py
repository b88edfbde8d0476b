"""The scheme: files come in, nothing is ever deleted, single kinds are added, renamed and retired."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.sorting import actions, queries, rules
from shangliang.sorting.models import Category
from shangliang.sorting.tests.factories import NAMES, kinds_of, scheme_in

pytestmark = pytest.mark.django_db


def last_fact():
    entry = LedgerEntry.unscoped.order_by("-pk").first()
    return entry.verb, json.loads(bytes(entry.body)).get("facts")


def test_a_scheme_comes_in_with_those_above_and_the_ledger_counts_it():
    place = district()
    kinds = scheme_in(place)
    assert len(kinds) == 11 and kinds["环境卫生 / 噪声"].parent == kinds["环境卫生"]
    assert {one.level for one in kinds.values()} == {1, 2, 3}
    assert last_fact() == ("category.import", {"new": 11, "kept": 0, "revived": 0, "retired": 0})
    assert queries.scheme_names(place.clerk) == sorted(NAMES)


def test_what_a_later_file_lacks_is_retired_and_comes_back_as_the_same_kind():
    place = district()
    before = scheme_in(place)
    after = scheme_in(place, NAMES[:3])
    assert len(after) == 11 and not after["交通出行 / 停车秩序"].is_current
    assert last_fact()[1] == {"new": 0, "kept": 6, "revived": 0, "retired": 5}
    again = scheme_in(place)
    assert {path: one.pk for path, one in again.items()} == {path: one.pk for path, one in before.items()}
    assert all(one.is_current for one in again.values())


def test_a_plan_that_moved_since_it_was_looked_at_is_refused():
    place = district()
    scheme_in(place)
    seen = rules.plan_scheme(dict(Category.unscoped.values_list("path", "is_current")), NAMES[:3])
    actions.add_category(committee=place.committee, parent=None, name="公共服务", by=place.clerk, at=MORNING)
    with pytest.raises(WrongState, match="有人改过"):
        actions.import_scheme(
            committee=place.committee, names=NAMES[:3], expected=seen.mark, by=place.clerk, at=MORNING
        )
    assert Category.unscoped.filter(is_current=False).count() == 0


def test_five_hundred_kinds_come_in_with_few_statements_of_at_most_a_hundred_rows():
    place = district()
    names = [(f"大类{n % 15}", f"中类{n % 103}", f"小类{n}") for n in range(500)]
    with CaptureQueriesContext(connection) as kept:
        scheme_in(place, names)
    assert len(kept.captured_queries) < 40
    inserts = [
        one["sql"] for one in kept.captured_queries if one["sql"].startswith('INSERT INTO "sorting_category"')
    ]
    assert inserts and max(sql.count("), (") for sql in inserts) < 100


def test_only_the_own_office_and_who_manages_it_change_the_scheme():
    place, elsewhere = district(), district("beiling", "BL", "北岭区政协")
    for key in ("member", "unit", "keeper", "reviewer", "officer", "authority_clerk"):
        with pytest.raises(NotYours):
            actions.import_scheme(committee=place.committee, names=NAMES, by=place.viewers[key], at=MORNING)
    with pytest.raises(NotYours, match="不是您所在政协的"):
        actions.import_scheme(committee=place.committee, names=NAMES, by=elsewhere.clerk, at=MORNING)
    for key in ("clerk", "leader", "admin"):
        actions.import_scheme(committee=place.committee, names=NAMES, by=place.viewers[key], at=MORNING)


def test_one_kind_is_added_below_another_and_never_on_a_fourth_level():
    place = district()
    kinds = scheme_in(place)
    row = actions.add_category(committee=place.committee, parent=kinds["环境卫生"], name=" 水体\n气味 ", by=place.clerk, at=MORNING)  # fmt: skip
    assert row.path == "环境卫生 / 水体 气味" and row.level == 2 and last_fact()[0] == "category.add"
    deepest = kinds["环境卫生 / 噪声 / 广场音响"]
    with pytest.raises(Refusal, match="最多三级"):
        actions.add_category(
            committee=place.committee, parent=deepest, name="更细", by=place.clerk, at=MORNING
        )
    for name, why in (("噪声", "已经有了"), ("", "写上"), ("长" * 41, "40 个字"), ("水 / 电", "斜线")):
        with pytest.raises(Refusal, match=why):
            actions.add_category(committee=place.committee, parent=kinds["环境卫生"], name=name, by=place.clerk, at=MORNING)  # fmt: skip


def test_a_renamed_kind_stays_the_same_and_paths_below_follow():
    place = district()
    kinds = scheme_in(place)
    actions.rename_category(kinds["环境卫生"], name="市容环境", by=place.clerk, at=MORNING)
    after = kinds_of(place)
    assert after["市容环境 / 噪声 / 广场音响"].pk == kinds["环境卫生 / 噪声 / 广场音响"].pk
    assert not [path for path in after if path.startswith("环境卫生")]
    assert last_fact() == ("category.rename", {"below": 5})
    for name, why in (("市容环境", "没有变"), ("交通出行", "已经有了")):
        with pytest.raises(Refusal, match=why):
            actions.rename_category(after["市容环境"], name=name, by=place.clerk, at=MORNING)


def test_a_retired_kind_takes_those_below_along_and_is_added_back_from_the_top():
    place = district()
    kinds = scheme_in(place)
    assert actions.retire_category(kinds["环境卫生"], by=place.clerk, at=MORNING) == 6
    assert last_fact() == ("category.retire", {"retired": 6})
    with pytest.raises(WrongState, match="已经停用"):
        actions.retire_category(kinds["环境卫生"], by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="上面那一类已经停用"):
        actions.add_category(committee=place.committee, parent=kinds["环境卫生"], name="噪声", by=place.clerk, at=MORNING)  # fmt: skip
    row = actions.add_category(
        committee=place.committee, parent=None, name="环境卫生", by=place.clerk, at=MORNING
    )
    assert row.pk == kinds["环境卫生"].pk and row.is_current


def test_kinds_are_seen_by_the_own_office_alone():
    place, elsewhere = district(), district("beiling", "BL", "北岭区政协")
    kinds = scheme_in(place)
    row = kinds["环境卫生 / 噪声"]
    for key in ("clerk", "leader", "admin", "authority_clerk"):
        assert queries.category_at(place.viewers[key], row.path) == row
    for viewer in (place.member, place.unit, place.keeper, elsewhere.clerk):
        assert (
            queries.category_at(viewer, row.path) is None and not queries.current_categories(viewer).exists()
        )
        assert queries.get_category_for(viewer, row.pk) is None and queries.scheme_tree(viewer) == []


def test_choices_are_grouped_by_the_first_level_with_one_query(django_assert_num_queries):
    place = district()
    scheme_in(place)
    with django_assert_num_queries(1):
        choices = queries.category_choices(place.clerk)
    assert [group for group, _rows in choices] == ["交通出行", "环境卫生"]
    assert choices[1][1][0][1] == "环境卫生"
