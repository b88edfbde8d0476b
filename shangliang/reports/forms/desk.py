"""Forms of the office: the words a reporter will read, a matter, a reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangliang.reports import rules
from shangliang.reports.actions.wording import LONGEST_WORDS, OTHER_CHANNELS, words_for
from shangliang.ui.forms import CleanCharField, CleanTextField, DayField, Form

READ_BY_REPORTER = _("反映人凭回执看到的就是这段话。")
BY_HAND = (("phone", _("电话")), ("counter", _("当面")), ("paper", _("纸质")))
EVERY_CHANNEL = (
    ("", _("不限")),
    ("qr", _("扫码")),
    ("web", _("网页")),
    *BY_HAND,
    ("member", _("委员走访")),
    ("imported", _("导入")),
)

EVERY_CLOCK = (("", _("不限")), ("late", _("已超期")), ("soon", _("两个工作日内到期")))


class NamedChoice(forms.ModelChoiceField):
    """A choice among rows, shown by their name and, for matters, their number."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what stands in the list."""
        return " ".join(
            part
            for part in (getattr(obj, "title", "") and obj.code, getattr(obj, "title", "") or obj.name)
            if part
        )


class WordsForm(Form):
    """What the reporter will read: for answer, keep in the bank, not a matter, ask, tell where to turn."""

    words = CleanTextField(
        label=_("对反映人说的话"), rows=6, max_length=LONGEST_WORDS, help_text=READ_BY_REPORTER
    )


class ReferForm(Form):
    """Another channel, the number over there, and the words."""

    channel = forms.ChoiceField(
        label=_("转到哪里"), widget=forms.RadioSelect, choices=[(one, one) for one in OTHER_CHANNELS]
    )
    number = CleanCharField(
        label=_("那边的编号"), required=False, max_length=60, help_text=_("有编号就写上，反映人好去查。")
    )
    words = CleanTextField(
        label=_("对反映人说的话"),
        rows=4,
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("不改就用这句：您说的这件事归……办，我们已经替您转过去。"),
    )

    def __init__(self, *args: Any, channels: tuple[str, ...] = OTHER_CHANNELS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(one, one) for one in channels]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Fill in our own sentence where none was written."""
        said = super().clean() or self.cleaned_data
        if not said.get("words") and said.get("channel"):
            said["words"] = words_for("report.refer", channel=said["channel"])
        return said


class RaiseForm(Form):
    """A new matter: its name, its community, what units will read, and what the reporter reads."""

    title = CleanCharField(
        label=_("这件事叫什么"), max_length=80, help_text=_("写事，不写人。居民和单位以后都看到这个名字。")
    )
    area = NamedChoice(label=_("哪个社区"), queryset=None, required=False, empty_label=_("还说不准"))
    summary = CleanTextField(
        label=_("给承办单位看的说明"),
        rows=4,
        required=False,
        max_length=5000,
        help_text=_("单位看不到反映人的原话，只看得到这里写的。不写姓名、电话、门牌。"),
    )
    words = CleanTextField(
        label=_("对反映人说的话"), rows=3, max_length=LONGEST_WORDS, help_text=READ_BY_REPORTER
    )

    def __init__(self, *args: Any, areas: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]


class JoinForm(Form):
    """An existing matter, chosen by hand, and what the reporter reads."""

    matter = NamedChoice(
        label=_("合到哪件事项"), queryset=None, to_field_name="code", empty_label=_("请选择")
    )
    words = CleanTextField(
        label=_("对反映人说的话"), rows=4, max_length=LONGEST_WORDS, help_text=READ_BY_REPORTER
    )

    def __init__(self, *args: Any, matters: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].queryset = matters  # type: ignore[attr-defined]


class ReasonForm(Form):
    """Why somebody wants to see the contact data."""

    reason = CleanCharField(
        label=_("为什么要看联系方式"),
        max_length=200,
        help_text=_("要另一位同事同意才打得开。反映人会看到：哪天、为了什么看的。"),
    )


class FilterForm(Form):
    """The filters of every day; those of the whole page ride along unseen. Costs the database nothing."""

    q = CleanCharField(label=_("含有这些字"), required=False, max_length=40, may_be_marked=True)
    channel = forms.ChoiceField(label=_("怎么来的"), required=False, choices=EVERY_CHANNEL)
    clock = forms.ChoiceField(label=_("期限"), required=False, choices=EVERY_CLOCK)
    area: forms.Field = forms.CharField(widget=forms.HiddenInput, required=False)
    point: forms.Field = forms.CharField(widget=forms.HiddenInput, required=False)
    since: forms.Field = forms.CharField(widget=forms.HiddenInput, required=False)
    until: forms.Field = forms.CharField(widget=forms.HiddenInput, required=False)
    spoken: forms.Field = forms.CharField(widget=forms.HiddenInput, required=False)
    claims: forms.Field = forms.CharField(widget=forms.HiddenInput, required=False)
    state = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_q(self) -> str:
        """Say why nothing is looked up by a number that points at a person."""
        words: str = self.cleaned_data["q"]
        if rules.points_at_a_person(words):
            raise ValidationError(_("这里不按电话、证件、车牌找。换几个说事情的词。"))
        return words


class WholeFilterForm(FilterForm):
    """Every filter of the queue, each with its choices."""

    area = NamedChoice(label=_("街道、社区"), queryset=None, required=False, empty_label=_("不限"))
    point = NamedChoice(
        label=_("哪个直报点"), queryset=None, required=False, to_field_name="code", empty_label=_("不限")
    )
    since = DayField(label=_("哪天的事，从"), required=False)
    until = DayField(label=_("到"), required=False)
    spoken = forms.BooleanField(label=_("有录音，等人写下来"), required=False)
    claims = forms.BooleanField(label=_("自己说和别人是一件事"), required=False)

    def __init__(self, *args: Any, areas: QuerySet, points: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["point"].queryset = points  # type: ignore[attr-defined]


class ViewNameForm(Form):
    """The name of a saved view."""

    name = CleanCharField(
        label=_("叫什么"), max_length=30, help_text=_("例如：河东超期的。只有您自己看得到。")
    )


class BulkWordsForm(Form):
    """One sentence for everybody whose reports were ticked."""

    words = CleanTextField(
        label=_("对他们每个人说的话"), rows=5, max_length=LONGEST_WORDS, help_text=READ_BY_REPORTER
    )


class BulkJoinForm(Form):
    """What several reports become: a new matter with a name, or one that stands; and what each reporter reads."""

    matter = NamedChoice(
        label=_("合到哪里"), queryset=None, to_field_name="code", required=False, empty_label=_("立一件新的")
    )
    title = CleanCharField(
        label=_("这件事叫什么"),
        required=False,
        max_length=80,
        help_text=_("写事，不写人。居民和单位以后都看到这个名字。合到已有的事项时不用填。"),
    )
    words = CleanTextField(
        label=_("对他们每个人说的话"), rows=4, max_length=LONGEST_WORDS, help_text=READ_BY_REPORTER
    )

    def __init__(self, *args: Any, matters: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].queryset = matters  # type: ignore[attr-defined]


class SplitForm(Form):
    """The name of the matter that is split off, and what its reporters read."""

    title = CleanCharField(
        label=_("拆出来的这件叫什么"),
        max_length=80,
        help_text=_("写事，不写人。居民和单位以后都看到这个名字。"),
    )
    words = CleanTextField(
        label=_("对拆出来的人说的话"), rows=4, max_length=LONGEST_WORDS, help_text=READ_BY_REPORTER
    )
