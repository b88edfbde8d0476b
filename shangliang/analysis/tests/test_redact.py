"""Hiding private data: what goes, and what stays readable. All numbers are invented."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.analysis.doors import hide_private
from shangliang.analysis.redact import find_private, is_card_number, is_id_number


@pytest.mark.parametrize(
    ("text", "secret", "kind"),
    [
        ("联系我13900001234谢谢", "13900001234", "手机号"),
        ("电话139-0000-1234", "139-0000-1234", "手机号"),
        ("电话＋86 139 0000 1234", "139 0000 1234", "手机号"),
        ("手机１３９００００１２３４", "１３９００００１２３４", "手机号"),
        ("座机0571-87654321", "0571-87654321", "座机号"),
        ("办公室电话：87654321", "87654321", "座机号"),
        ("号码11010519491231002X在此", "11010519491231002X", "身份证号"),
        ("身份证号：110105194912310021", "110105194912310021", "身份证号"),
        ("卡号6222 0000 0000 0000 004", "6222 0000 0000 0000 004", "银行卡号"),
        ("车牌浙A·12345占了通道", "浙A·12345", "车牌号"),
        ("车牌浙AD12345占了通道", "浙AD12345", "车牌号"),
        ("发到li.si@example.com", "li.si@example.com", "邮箱"),
        ("加我微信号：lisi_2020", "lisi_2020", "微信号"),
        ("QQ号：100200300", "100200300", "QQ号"),
        ("家住3栋2单元502室", "2单元502", "门牌号"),
        ("荷塘苑12栋1203漏水", "1203", "门牌号"),
        ("楼上402室吵闹", "402室", "门牌号"),
        ("我住青禾路18号", "18号", "门牌号"),
    ],
)
def test_private_data_is_hidden_and_named(text, secret, kind):
    hidden, kinds = hide_private(text)
    assert secret not in hidden and kinds == [kind] and f"【已遮：{kind}】" in hidden


@pytest.mark.parametrize(
    "text",
    [
        "拨打12345没有人接",
        "地铁2号线太挤",
        "2026年3月18日发生",
        "面积120平方米，每平方米12000元",
        "编号110105194912310020没有查到",
        "订单1234567890123456",
        "小区3栋的电梯坏了",
        "18号楼前面积水",
        "下午3点到5点堵车",
    ],
)
def test_ordinary_numbers_stay(text):
    assert hide_private(text) == (text, [])


def test_several_kinds_are_told_in_order_once():
    hidden, kinds = hide_private("找13900001234或13900005678，邮箱a@example.com")
    assert kinds == ["手机号", "邮箱"] and hidden.count("【已遮：手机号】") == 2


def test_check_digits():
    assert is_id_number("11010519491231002X") and not is_id_number("110105194912310021")
    assert is_card_number("4111 1111 1111 1111") and not is_card_number("4111 1111 1111 1112")


@given(st.text(max_size=300))
def test_hiding_twice_changes_nothing_more(text):
    hidden, _ = hide_private(text)
    assert hide_private(hidden)[0] == hidden


@pytest.mark.parametrize(
    ("text", "secret", "kind"),
    [
        ("我叫陆文秀，楼道没灯", "陆文秀", "姓名"),
        ("联系人：欧阳静", "欧阳静", "姓名"),
        ("楼上的石大爷摔了", "石", "姓名"),
        ("业主范晓梅多次去问", "范晓梅", "姓名"),
        ("陶玉兰（女，72岁）没人管", "陶玉兰", "姓名"),
        ("简志强 13900001234", "简志强", "姓名"),
        ("电话一三九零零零零一二三四一直没人接", "一三九零零零零一二三四", "手机号"),
        ("客服400-100-2000占线", "400-100-2000", "座机号"),
        ("苏Ｅ·Ｄ１２３４５堵门", "苏Ｅ·Ｄ１２３４５", "车牌号"),
        ("家住柳岸小区12-3-402", "12-3-402", "门牌号"),
    ],
)
def test_names_and_odd_ways_of_writing_are_found(text, secret, kind):
    assert (secret, kind) in [(text[one.start : one.end], one.kind) for one in find_private(text)]


@pytest.mark.parametrize(
    "text",
    [
        "主任说下周答复，书记还没来",
        "尊敬的林书记，您好",
        "我叫了救护车",
        "班主任老师说要等",
        "业主周末才在家",
        "保安师傅没有钥匙",
        "向老师反映过",
        "联系人不详",
    ],
)
def test_posts_and_ordinary_words_are_no_names(text):
    assert find_private(text) == []


@given(st.text(alphabet="王李我叫姓名老师0123456789一二三号栋单元室京A@.微信QQ -，（女", max_size=60))
def test_places_stand_in_order_and_never_overlap(text):
    spans = find_private(text)
    assert all(0 <= one.start < one.end <= len(text) for one in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
