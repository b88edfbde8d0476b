"""Copied chats taken apart: whatever they were copied from, words and days stay and names go."""

from datetime import date

import pytest

from shangliang.analysis.chat_messages import NAME_HIDDEN, split_chat

TODAY = date(2026, 9, 8)  # a Tuesday
WECHAT_PC = "王小明 2026/9/7 10:22:31\n柳岸桥下的灯不亮了\n\n清河-李秀兰 2026/9/7 10:25:00\n王小明说得对，@张大妈 家门口也不亮\n第二行\n"
WECHAT_SELECTED = "王小明:\n柳岸桥下的灯不亮了\n\n李秀兰:\n我家门口也是\n\n"
WECHAT_MAIL = (
    "群聊的聊天记录如下:\n\n—————  2026-09-05  —————\n\n王小明  10:07\n\n柳岸桥下的灯不亮了\n\n"
    "李秀兰  10:09\n\n[图片]\n\n—————  2026-09-06  —————\n\n李秀兰  08:00\n\n修了没有\n"
)
QQ = "2026-09-05 10:22:31 王小明(123456789)\n柳岸桥下的灯不亮了\n\n【管理员】李秀兰<lan@example.org>  10:25:00\n收到\n"
DINGTALK = "王小明 9月5日 10:22\n柳岸桥下的灯不亮了\n李秀兰 昨天 下午 3:25\n我家门口也是\n"
INLINE = "王小明：柳岸桥下的灯不亮了\n李秀兰：我家门口也是\n赵四：加一\n"


def said(pasted):
    return [(one.text, one.day and one.day.isoformat()) for one in split_chat(pasted, TODAY).messages]


def test_messages_copied_from_wechat_on_a_computer():
    assert said(WECHAT_PC) == [
        ("柳岸桥下的灯不亮了", "2026-09-07"),
        (f"{NAME_HIDDEN}说得对，@{NAME_HIDDEN} 家门口也不亮\n第二行", "2026-09-07"),
    ]


def test_messages_selected_in_wechat_have_no_day():
    assert said(WECHAT_SELECTED) == [("柳岸桥下的灯不亮了", None), ("我家门口也是", None)]


def test_a_wechat_record_sent_by_mail_takes_the_day_from_its_lines_and_drops_pictures():
    split = split_chat(WECHAT_MAIL, TODAY)
    assert said(WECHAT_MAIL) == [("柳岸桥下的灯不亮了", "2026-09-05"), ("修了没有", "2026-09-06")]
    assert split.senders == ("王小明", "李秀兰") and split.without_words == 2


def test_messages_copied_from_qq_lose_names_and_numbers():
    assert said(QQ) == [("柳岸桥下的灯不亮了", "2026-09-05"), ("收到", "2026-09-05")]
    assert split_chat(QQ, TODAY).senders == ("王小明", "李秀兰")


def test_messages_copied_from_dingtalk_and_days_in_words():
    assert said(DINGTALK) == [("柳岸桥下的灯不亮了", "2026-09-05"), ("我家门口也是", "2026-09-07")]


def test_names_before_a_colon_are_names_only_where_the_whole_paste_looks_so():
    assert said(INLINE) == [("柳岸桥下的灯不亮了", None), ("我家门口也是", None), ("加一", None)]
    assert said("地点：柳岸桥下\n时间：夜里\n灯不亮")[0] == ("地点：柳岸桥下", None)
    assert said("请大家注意：明天停水") == [("请大家注意：明天停水", None)]


def test_plain_paragraphs_are_split_at_blank_lines_or_else_at_line_ends():
    assert said("第一段\n还是第一段\n\n第二段") == [("第一段\n还是第一段", None), ("第二段", None)]
    assert said("第一条\n第二条") == [("第一条", None), ("第二条", None)]
    assert said(" \n ") == []


def test_a_sentence_that_ends_with_an_hour_is_no_sender():
    assert said("我们在大门口等到 10:30") == [("我们在大门口等到 10:30", None)]


@pytest.mark.parametrize(("written", "day"), [
    ("2026年9月1日 9:00", "2026-09-01"), ("9-1 09:00", "2026-09-01"), ("12月30日 09:00", "2025-12-30"),
    ("今天 09:00", "2026-09-08"), ("前天 09:00", "2026-09-06"), ("星期二 09:00", "2026-09-08"),
    ("周三 09:00", "2026-09-02"), ("2027-01-01 09:00", None),
])  # fmt: skip
def test_a_day_is_never_in_the_future(written, day):
    two = f"王小明 {written}\n灯不亮\n李秀兰 {written}\n也是"
    assert [one[1] for one in said(two)] == [day, day]


def test_a_quote_keeps_its_words_and_loses_its_name():
    pasted = "王小明 2026/9/7 10:22\n「李秀兰：灯不亮」\n- - - - - - - - - -\n我也看见了"
    assert said(pasted) == [("「灯不亮」\n我也看见了", "2026-09-07")]


def test_ordinary_words_are_not_hidden_because_somebody_calls_himself_so():
    assert said("物业 2026/9/7 10:22\n物业说明天修") == [("物业说明天修", "2026-09-07")]


@pytest.mark.parametrize(
    "name", ["A", "3栋王小明", "王小明（502）", "小小的太阳🌞", "Li Xiulan", "13900001234"]
)
def test_no_senders_name_is_left_in_any_message(name):
    pasted = f"{name} 2026/9/7 10:22\n灯不亮\n甲乙 2026/9/7 10:23\n同意王小明、{name} 的话"
    left = "".join(text for text, _day in said(pasted))
    assert "王小明" not in left or "王小明" not in name
    assert len(name) < 2 or name.isdigit() or name not in left
