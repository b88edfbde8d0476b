"""Forms of the office: the words a reporter will read, a matter, a point, an entry for somebody, a reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangliang.foundation import clock
from shangliang.foundation.codes import new_form_key
from shangliang.reports import rules
from shangliang.reports.actions.wording import LONGEST_WORDS, OTHER_CHANNELS, words_for
from shangliang.ui.forms import CleanCharField, CleanTextField, DayField, Form

READ_BY_REPORTER = _("反映人凭回执看到的就是这段话。")
BY_HAND = (("phone", _("电话")), ("counter", _("当面")), ("paper", _("纸质")))
EVERY_CHANNEL = (("", _("不限")), ("qr", _("扫码")), ("web", _("网页")), *BY_HAND, ("imported", _("导入")))


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
    """Filters of the queue, kept in the address."""

    area = NamedChoice(label=_("社区"), queryset=None, required=False, empty_label=_("不限"))
    channel = forms.ChoiceField(label=_("怎么来的"), required=False, choices=EVERY_CHANNEL)
    q = CleanCharField(label=_("含有这些字"), required=False, max_length=40, may_be_marked=True)
    state = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, areas: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        """Say why nothing is looked up by a number that points at a person."""
        words: str = self.cleaned_data["q"]
        if rules.points_at_a_person(words):
            raise ValidationError(_("这里不按电话、证件、车牌找。换几个说事情的词。"))
        return words


class PointForm(Form):
    """A new direct report point."""

    area = NamedChoice(label=_("哪个社区"), queryset=None, empty_label=_("请选择"))
    name = CleanCharField(
        label=_("直报点叫什么"), max_length=60, required=False, help_text=_("不填就叫“某某社区直报点”。")
    )
    where = CleanCharField(label=_("贴在哪里"), max_length=120, required=False)
    phone = CleanCharField(
        label=_("不方便上网时打哪个电话"), max_length=40, required=False, help_text=_("印在海报上。")
    )

    def __init__(self, *args: Any, areas: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Name the point after its community where nobody named it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("area") and not data.get("name"):
            data["name"] = _("%(area)s直报点") % {"area": data["area"].name}
        return data


class EntryForm(Form):
    """What somebody said by telephone, at the counter or on paper."""

    channel = forms.ChoiceField(label=_("怎么说来的"), choices=BY_HAND, widget=forms.RadioSelect)
    text = CleanTextField(
        label=_("他说了什么"),
        rows=5,
        say=True,
        may_be_marked=True,
        max_length=rules.MOST_CHARACTERS,
        help_text=_("照原话写，不替他改。"),
    )
    area = NamedChoice(label=_("哪个社区"), queryset=None, required=False, empty_label=_("没说，或不清楚"))
    point = NamedChoice(
        label=_("从哪个直报点来"),
        queryset=None,
        required=False,
        to_field_name="code",
        empty_label=_("不是直报点"),
    )
    place = CleanCharField(
        label=_("在哪里"),
        required=False,
        may_be_marked=True,
        max_length=rules.LONGEST_PLACE,
        help_text=_("写到路口、小区就够，不用写门牌。"),
    )
    happened_on = DayField(label=_("哪天说的"))
    source = CleanCharField(
        label=_("记在哪里"), max_length=120, help_text=_("例如：接待登记本第 12 页、来电记录。")
    )
    contact = CleanCharField(
        label=_("他留的电话"),
        required=False,
        max_length=rules.LONGEST_CONTACT,
        help_text=_("加密存放，要看得两个人同意。"),
    )
    consent = forms.BooleanField(label=_("他同意我们为这件事联系他"), required=False)
    may_unit_call = forms.BooleanField(label=_("他同意办事的单位也可以打给他"), required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, initial=new_form_key)

    def __init__(self, *args: Any, areas: QuerySet, points: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["point"].queryset = points  # type: ignore[attr-defined]

    def clean_happened_on(self) -> Any:
        """Refuse a day that has not come yet."""
        day = self.cleaned_data["happened_on"]
        if day > clock.today():
            raise ValidationError(_("这一天还没到，请看看日期。"))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse a telephone number without consent."""
        said = super().clean() or self.cleaned_data
        if said.get("contact") and not said.get("consent"):
            self.add_error("consent", _("留了电话，要他同意才行；不同意就把电话删掉。"))
        return said
