"""What the office fills in when it decides about a proposal. The names of the fields are those of ``actions.Chosen``."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.ui.forms import CleanCharField, CleanTextField, Form

PLEASE_CHOOSE = ("", _("请选择"))


class AsideForm(Form):
    """Why a proposal need not be consulted on."""

    because = CleanCharField(
        label=_("为什么不用议"),
        max_length=120,
        help_text=_("写一句，例如：区里已经列进年度实事，不用再议。以后的人看得到，反映人看不到。"),
    )


class MakeTopicForm(Form):
    """A topic from a proposal: everything is a draft until it is stored."""

    title = CleanCharField(
        label=_("商量什么"), max_length=80, help_text=_("一句话。委员也看得到，不要写谁说的。")
    )
    matters = forms.MultipleChoiceField(
        label=_("商量哪几件事"), required=False, widget=forms.CheckboxSelectMultiple
    )
    joined = forms.BooleanField(label=_("先合成一件"), required=False)
    matter_title = CleanCharField(
        label=_("合成的这件叫什么"),
        required=False,
        max_length=80,
        help_text=_("上面没有选事项时用得着。反映人和单位都看得到，不要用哪一个人的原话。"),
    )
    background = CleanTextField(
        label=_("选题背景"),
        required=False,
        rows=10,
        help_text=_("替您拟的草稿，改成什么样都行。引的原话，说的人撤回以后会从这里划掉。"),
    )
    why_this_topic = CleanCharField(label=_("为什么选这个题"), required=False, max_length=300)
    source = forms.ChoiceField(label=_("来源"))
    domain = forms.ChoiceField(label=_("领域"), widget=forms.RadioSelect)
    form = forms.ChoiceField(label=_("用哪种形式商量"))
    area = forms.ChoiceField(label=_("哪里的事"), required=False)
    shown = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    cited = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def __init__(
        self, *args: Any, choices: dict[str, list[tuple[str, Any]]], to_join: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "form"):
            self.fields[name].choices = [PLEASE_CHOOSE, *choices[name]]  # type: ignore[attr-defined]
        for name in ("domain", "matters"):
            self.fields[name].choices = choices[name]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", _("全区，或说不准")), *choices["area"]]  # type: ignore[attr-defined]
        if not choices["matters"] and "matters" not in self.data:
            del self.fields["matters"]
        if not to_join and "joined" not in self.data:
            del self.fields["joined"], self.fields["matter_title"]
