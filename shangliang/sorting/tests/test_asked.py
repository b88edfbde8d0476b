"""The index of what was asked before: what stands in it, what comes out, and that nothing else does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.analysis.same_matter import index_keys
from shangliang.people.tests.factories import district
from shangliang.sorting.actions.asked import Put, forget_asked, index_asked, mend_asked
from shangliang.sorting.models import AskedGram
from shangliang.sorting.queries.asked import already_asked

pytestmark = pytest.mark.django_db
GATE = "缓解柳岸小学门口放学时段拥堵"
GATE_TOO = "柳岸小学门口放学时段停车难"
LAMP = "石桥社区东巷路灯不亮"
TEXTS = {1: (GATE, "放学时车停两排。"), 2: (LAMP, ""), 3: (GATE_TOO, "车一直排到路口。")}


def stored(place, *numbers, kind="topic"):
    for number in numbers:
        index_asked(place.committee, kind, number, *TEXTS[number])


def asked(place, title, text="", *, may_see=TEXTS, kind="topic", **more):
    """Ask as an app does: with a door that lets through only some of what it is given, and with no rows of its own."""
    given = []

    def rows(nearest):
        with connection.cursor() as cursor:
            cursor.execute(nearest.sql, nearest.params)
            given.extend(row[0] for row in cursor.fetchall())
        return [(pk, *TEXTS[pk]) for pk in given if pk in may_see]

    found = already_asked([place.committee.pk], kind, title, text, rows, **more)
    return found, given


def test_what_is_like_it_comes_out_best_first_with_what_they_share():
    place = district()
    stored(place, 1, 2, 3)
    found, _given = asked(place, GATE, "放学时车停两排。")
    assert [one.record_id for one in found] == [1, 3]
    assert found[0].is_sure and found[0].score > found[1].score
    assert any("柳岸小学" in word for word in found[1].marked)


def test_the_open_record_itself_another_kind_and_another_committee_do_not():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    stored(place, 1, 2)
    stored(elsewhere, 3)
    assert [one.record_id for one in asked(place, GATE, but=1)[0]] == []
    assert asked(place, GATE, kind="brief") == ([], [])
    assert asked(place, GATE_TOO)[1] == [1]


def test_what_the_door_of_the_app_does_not_let_through_does_not_come_out():
    place = district()
    stored(place, 1, 3)
    found, given = asked(place, GATE, may_see={3})
    assert set(given) == {1, 3} and [one.record_id for one in found] == [3]


def test_no_committee_or_no_words_asks_nothing_at_all():
    def rows(_nearest):
        raise AssertionError("asked")

    assert already_asked([], "topic", GATE, "", rows) == []
    assert already_asked([1], "topic", "？？", "", rows) == []


def test_private_data_both_have_is_no_shared_word():
    place = district()
    text = "放学时车停两排，联系 13900001111。"
    index_asked(place.committee, "topic", 1, GATE, text)
    (found,) = already_asked([place.committee.pk], "topic", GATE, text, lambda _nearest: [(1, GATE, text)])
    assert found.marked and not any("139" in one or "已遮" in one for one in found.marked)


def test_new_words_take_the_place_of_the_old_and_forgetting_leaves_nothing():
    place = district()
    stored(place, 1)
    index_asked(place.committee, "topic", 1, LAMP, "")
    assert sorted(AskedGram.unscoped.values_list("gram", flat=True)) == sorted(set(index_keys(LAMP)))
    index_asked(place.committee, "brief", 1, LAMP, "")
    forget_asked("topic", 1)
    assert set(AskedGram.unscoped.values_list("kind", flat=True)) == {"brief"}


def test_mending_writes_what_is_missing_wrong_or_left_behind_and_nothing_else():
    place = district()
    own = place.committee.pk
    puts = [Put(own, pk, *TEXTS[pk]) for pk in (1, 2, 3)]
    stored(place, 1, 2)
    stored(place, 1, kind="brief")
    AskedGram.unscoped.filter(kind="topic", record_id=2).first().delete()
    AskedGram(committee_id=own, kind="topic", gram=1, record_id=7).save(force_insert=True)
    assert mend_asked("topic", 0, puts) == 2  # 2 was wrong and 3 was missing; 7 lies behind them
    assert mend_asked("topic", 3, []) == 1
    with CaptureQueriesContext(connection) as queries:
        assert mend_asked("topic", 0, puts) == 0
    assert not [one for one in queries if one["sql"].startswith(("INSERT", "DELETE", "UPDATE"))]
    assert AskedGram.unscoped.filter(kind="brief").count() == len(set(index_keys("\n".join(TEXTS[1]))))


def test_a_record_that_moved_to_another_committee_is_wrong():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    stored(place, 1)
    assert mend_asked("topic", 0, [Put(elsewhere.committee.pk, 1, *TEXTS[1])]) == 1
    assert set(AskedGram.unscoped.values_list("committee_id", flat=True)) == {elsewhere.committee.pk}
