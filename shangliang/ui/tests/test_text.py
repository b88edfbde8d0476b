import pytest
from django.utils import translation

from shangliang.ui.text import clean_text, han_code, mark_words, phones, symbol_code, unit

SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "show", [clean_text, mark_words, lambda text: mark_words(text, ["script", "<"]), phones]
)
def test_markup_in_somebodys_words_is_never_markup(show):
    shown = show(f"门口{SCRIPT}&\"'")
    assert "<script" not in shown
    assert "&lt;" in shown


def test_markup_in_the_marked_words_is_escaped():
    assert mark_words("a<b>c", ["<b>"]) == "<bdi>a<mark>&lt;b&gt;</mark>c</bdi>"


def test_the_longest_shared_word_is_marked_and_not_twice():
    assert mark_words("小学门口堵", ["门口", "小学门口"]) == "<bdi><mark>小学门口</mark>堵</bdi>"


def test_words_may_come_as_one_string():
    assert mark_words("早上孩子堵", "孩子、堵") == "<bdi>早上<mark>孩子</mark><mark>堵</mark></bdi>"


def test_lines_are_kept_and_words_isolated():
    assert clean_text(" 一\n二 ") == "<bdi>一<br>二</bdi>"
    assert clean_text(None) == "<bdi></bdi>"


def test_what_was_hidden_is_shown_as_a_label():
    assert clean_text("打【已遮：手机号】找我") == '<bdi>打<span class="redact">已遮：手机号</span>找我</bdi>'


def test_numbers_that_help_can_be_dialled_and_others_stay():
    shown = phones("打 12345，不是 112345 或 1200")
    assert shown.count("<a ") == 1
    assert '<a href="tel:12345"><b>12345</b></a>' in shown


def test_figure_and_unit_stay_together():
    with translation.override("zh-hans"):
        assert unit(14, "条") == '<span class="nb num">14 条</span>'
        assert "—" in unit(None, "条")


def test_codes_stand_in_two_lines_with_the_check_apart():
    assert symbol_code("7k4m wq9x-d3ht pa6r e") == "<span>7k4m wq9x</span><span>d3ht pa6r <i>e</i></span>"
    assert han_code("山田白马云河木春风高路") == "<span>山田白马云</span><span>河木春风高 <i>路</i></span>"
    assert "<script" not in han_code(SCRIPT)
