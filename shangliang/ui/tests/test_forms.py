import pytest
from django import forms
from django.utils import translation

from shangliang.ui.forms import CleanCharField, CleanTextField, DayField, Form


class Sample(Form):
    title = CleanCharField(label="名称", max_length=5, help_text="一句话")
    text = CleanTextField(label="内容", required=False)
    solved = forms.ChoiceField(
        label="解决了吗", choices=[("yes", "解决了"), ("no", "没解决")], widget=forms.RadioSelect
    )
    due_on = DayField(label="时限", required=False)


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def test_what_is_too_long_is_said_and_kept():
    form = Sample({"title": "一二三四五六七", "solved": "yes"})
    assert form.errors["title"] == ["多了 2 个字，最多 5 个字。您写的还在，删一删再交。"]
    assert "一二三四五六七" in form.as_p()
    assert "maxlength" not in form.as_p()


def test_text_is_cleaned_and_one_line_fields_are_one_line():
    form = Sample({"title": "一\x00\n\u202e二", "text": "甲\r\n乙\x07", "solved": "yes"})
    assert form.is_valid()
    assert form.cleaned_data["title"] == "一 二"
    assert form.cleaned_data["text"] == "甲\n乙"


def test_only_control_characters_counts_as_empty():
    assert Sample({"title": "\x00\x01\u202e", "solved": "yes"}).errors["title"] == ["这一项要填。"]


def test_our_words_for_what_is_missing():
    errors = Sample({}).errors
    assert errors["title"] == ["这一项要填。"]
    assert errors["solved"] == ["这一项要选。"]


def test_a_form_may_say_it_better():
    class Better(Form):
        title = CleanCharField(error_messages={"required": "写一句就行。"})

    assert Better({}).errors["title"] == ["写一句就行。"]


@pytest.mark.parametrize("written", ["2026-09-08", "2026/9/8", "2026.9.8", "2026年9月8日"])
def test_days_are_read_as_people_write_them(written):
    assert DayField().clean(written).isoformat() == "2026-09-08"


def test_a_wrong_day_is_explained():
    assert Sample({"due_on": "明天"}).errors["due_on"] == ["日期写成 2026-09-08 这样就行。"]


def test_hint_and_error_are_tied_to_the_control():
    shown = str(Sample({}))
    assert 'aria-describedby="id_title_hint id_title_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'href="#id_title"' in shown
    assert "checked" not in shown


@pytest.mark.parametrize("said", ["机密★1年\n一、基本情况", "第一行\n内部资料 注意保存\n第三行", "绝 密★"])
def test_a_classification_marking_is_refused_and_what_was_typed_stays(said):
    form = Sample({"title": "题", "text": said, "solved": "yes"})
    assert "有密级标志" in form.errors["text"][0] and said.splitlines()[0] in form.as_p()
    assert "text" not in form.cleaned_data


def test_the_same_words_inside_a_sentence_are_no_marking():
    form = Sample({"title": "题", "text": "小区内部资料室没开门，机密不机密不知道。", "solved": "yes"})
    assert form.is_valid()


def test_a_residents_own_words_are_never_refused_for_a_marking():
    class Resident(Form):
        text = CleanTextField(may_be_marked=True)

    assert Resident({"text": "机密★1年"}).is_valid()
