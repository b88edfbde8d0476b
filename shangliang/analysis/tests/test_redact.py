"""Hiding private data: what goes, and what stays readable. All numbers are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.analysis.doors import hide_private
from shangliang.analysis.redact import is_card_number, is_id_number


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
