"""One sheet, one press: six steps, three lists, once."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from shangliang.consultations.models import Consultation
from shangliang.consultations.queries import head_counts_of, steps_of
from shangliang.delivery import actions
from shangliang.delivery.models import Assignment
from shangliang.delivery.queries import lists_of
from shangliang.delivery.tests import factories as make
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.reports.models import Matter
from shangliang.reports.states import MatterState
from shangliang.reports.tests.factories import gathered_matter
from shangliang.topics.models import Topic

HELD = date(2026, 5, 20)


def sheet(place, **more):
    agreed = [actions.Agreed("两栋楼之间装一盏路灯。", place.lead_unit, date(2026, 6, 30), "区城管局市政科"),
              actions.Agreed("清理楼道杂物。", place.co_unit, date(2026, 6, 12), "社区书记", "members")]  # fmt: skip
    said = {"title": "楼间夜里太黑", "source": "residents", "domain": "livelihood", "place": "石桥社区活动室", "held_on": HELD,
            "heads": {"residents": 9, "departments": 2, "experts": 0, "members": 3}, "counted_by": "毛秀兰",
            "research": [(date(2026, 5, 12), "晚上看了两次，三盏灯不亮。"), (date(2026, 5, 14), "问了物业，线路是通的。")],
            "agreed": agreed, "approver": "街道党工委", "approval_document": "街道党工委会议记录第 8 号",
            "issuing_authority": place.authority, "document_no": "云府办交〔2026〕12号",
            "entry_source": "现场记录，毛秀兰手写"}  # fmt: skip
    return actions.MicroSheet(**{**said, **more})


def record(place, key="k" * 32, **more):
    return actions.record_micro(committee=place.committee, sheet=sheet(place, **more), entry_key=key, by=place.clerk,
                                at=make.MORNING)  # fmt: skip


@pytest.mark.django_db
def test_one_sheet_of_a_past_session_fills_six_steps_and_three_lists():
    place = make.district()
    matter = gathered_matter(place)
    row = record(place, matters=[matter], households="many")
    steps = {one.step: one.happened_on for one in steps_of(row)}
    assert steps == {"selected": date(2026, 5, 12), "planned": date(2026, 5, 12), "researched": date(2026, 5, 14),
                     "held": HELD, "submitted": HELD, "following": HELD}  # fmt: skip
    assert {one.side: (one.present, one.counted_by) for one in head_counts_of(row)}["residents"] == (
        9,
        "毛秀兰",
    )
    assert [len(one.rows) for one in lists_of(place.clerk, row)] == [2, 2, 2]
    assert row.entry_source == "现场记录，毛秀兰手写"
    assert Matter.unscoped.get(pk=matter.pk).state == MatterState.DELIVERING
    first = Assignment.unscoped.order_by("pk").first()
    assert (first.issued_on, first.deadline_on, first.via) == (HELD, date(2026, 6, 30), "proxy")


@pytest.mark.django_db
def test_the_same_sheet_pressed_twice_is_one_consultation():
    place = make.district()
    assert record(place).pk == record(place).pk
    assert (Consultation.unscoped.count(), Topic.unscoped.count()) == (1, 1)
    record(place, key="m" * 32)
    assert Consultation.unscoped.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_sheet_sent_by_four_at_once_is_one_consultation(monkeypatch):
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 60)
    place, got, gate = make.district(), [], threading.Barrier(4)

    def press():
        gate.wait()
        try:
            got.append(record(place).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 4
    assert len(set(got)) == 1
    assert Consultation.unscoped.count() == Topic.unscoped.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"research": []}, "不调研不协商"),
        ({"research": [(date(2026, 5, 21), "会后才看的。")]}, "调研在开会以后"),
        ({"agreed": []}, "至少写一条"),
        ({"issued_on": date(2026, 5, 1)}, "交办早于开会"),
        ({"held_on": date(2026, 9, 20), "issued_on": date(2026, 9, 21)}, "还没有"),
        ({"document_no": " "}, "文号"),
        ({"entry_source": ""}, "来源"),
        ({"counted_by": ""}, "清点"),
    ],
)
def test_a_refused_sheet_leaves_nothing_behind(wrong, sentence):
    place = make.district()
    with pytest.raises(Refusal, match=sentence):
        record(place, **wrong)
    assert not Topic.unscoped.exists()
    assert not Consultation.unscoped.exists()


@pytest.mark.django_db
def test_only_the_office_records_a_micro_consultation():
    place = make.district()
    with pytest.raises(NotYours):
        actions.record_micro(committee=place.committee, sheet=sheet(place), entry_key="k" * 32, by=place.member,
                             at=make.MORNING)  # fmt: skip


def typed(place, page):
    key = page.split('name="entry_key" value="')[1].split('"')[0]
    return {"entry_key": key, "title": "楼间夜里太黑", "source": "residents", "domain": "livelihood", "place": "石桥社区活动室",
            "held_on": "2026-09-07", "heads_residents": 9, "heads_departments": 2, "heads_experts": 0, "heads_members": 3,
            "counted_by": "毛秀兰", "research_1_on": "2026-09-02", "research_1_note": "三盏灯不亮。",
            "agreed_1_text": "装一盏路灯。", "agreed_1_unit": place.lead_unit.pk, "agreed_1_until": "2026-10-30",
            "agreed_1_by": "市政科", "agreed_1_side": "residents", "approver": "街道党工委", "approval_document": "会议记录",
            "issuing_authority": place.authority.pk, "document_no": "12号", "entry_source": "现场记录"}  # fmt: skip


@pytest.mark.django_db
def test_the_screen_takes_it_in_one_press_and_twice_is_once(client, clock):
    clock.set("2026-09-08 10:00")
    place = make.district()
    make.sign_in(client, place, "clerk")
    url = reverse("delivery:micro")
    data = typed(place, client.get(url).content.decode())
    first, second = client.post(url, data), client.post(url, data)
    row = Consultation.unscoped.get()
    assert first.url == second.url == reverse("delivery:lists_of", args=[row.code])
    assert client.get(first.url).status_code == 200


@pytest.mark.django_db
def test_a_line_half_filled_says_which_field_is_missing_and_keeps_the_rest(client, clock):
    clock.set("2026-09-08 10:00")
    place = make.district()
    make.sign_in(client, place, "clerk")
    url = reverse("delivery:micro")
    data = typed(place, client.get(url).content.decode()) | {"agreed_2_text": "清理楼道杂物。"}
    answer = client.post(url, data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "写了一半" in page
    assert "清理楼道杂物。" in page
    assert data["entry_key"] in page
    assert not Consultation.unscoped.exists()


@pytest.mark.django_db
def test_what_can_be_known_already_stands_on_the_sheet_and_a_matter_says_the_rest(client, clock):
    clock.set("2026-09-08 10:00")
    place = make.district()
    matter = gathered_matter(place)
    make.sign_in(client, place, "clerk")
    url = reverse("delivery:micro")
    page = client.get(url, {"matter": matter.code}).content.decode()
    for known in (
        'value="2026-09-08"',
        'value="街道党工委"',
        'value="2026-10-12"',
        f'value="{matter.pk}" selected',
    ):
        assert known in page, known
    data = typed(place, page) | {"matter": matter.pk, "title": "", "source": ""}
    unasked = client.post(url, data)
    assert unasked.status_code == 422
    assert "这件事说的人少，先答这一句。" in unasked.content.decode()
    client.post(url, data | {"households": "few"})
    topic = Topic.unscoped.get()
    assert (topic.title, topic.source) == (matter.title, "residents")


@pytest.mark.django_db
def test_without_a_matter_the_sheet_must_say_what_it_was_about(client, clock):
    clock.set("2026-09-08 10:00")
    place = make.district()
    make.sign_in(client, place, "clerk")
    url = reverse("delivery:micro")
    data = typed(place, client.get(url).content.decode()) | {"title": "", "source": ""}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert answer.content.decode().count("这一项要填。") >= 2
