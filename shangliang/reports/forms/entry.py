"""The form for what somebody said by telephone, at the counter, on paper or to a member on a visit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangliang.foundation import clock
from shangliang.foundation.codes import new_form_key
from shangliang.reports import rules
from shangliang.reports.actions.entering import not_printed
from shangliang.reports.forms.desk import NamedChoice
from shangliang.reports.forms.resident import PhotosField
from shangliang.reports.models import Channel
from shangliang.reports.paper_form import grouped, parse_number
from shangliang.ui.forms import CleanCharField, CleanTextField, DayField, Form


class EntryForm(Form):
    """What somebody said, in their own words. ``channels`` are those the role may use; a paper form has its number."""

    channel = forms.ChoiceField(label=_("怎么说来的"), widget=forms.RadioSelect)
    form_number = CleanCharField(
        label=_("表号"),
        required=False,
        max_length=60,
        help_text=_(
            "印好的表上有，4 组 16 个符号。填了它，回执就是他撕走的那截，不用再给。不是印好的表就空着。"
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    text = CleanTextField(
        label=_("他说了什么"),
        rows=5,
        say=True,
        may_be_marked=True,
        max_length=rules.MOST_CHARACTERS,
        help_text=_("照原话写，不替他改。"),
    )
    photos = PhotosField(
        label=_("纸的照片或扫描件"),
        required=False,
        help_text=_("没有就不用传。只有筛选的人看得到，最多 4 张。"),
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
    happened_on = DayField(label=_("哪天说的、哪天交来的"))
    source = CleanCharField(
        label=_("记在哪里"), max_length=120, help_text=_("例如：接待登记本第 12 页、来电记录、走访本。")
    )
    elsewhere = CleanCharField(
        label=_("已经找过哪里"),
        required=False,
        may_be_marked=True,
        max_length=80,
        help_text=_("例如：12345、物业。"),
    )
    elsewhere_number = CleanCharField(
        label=_("那边给的编号"), required=False, may_be_marked=True, max_length=60
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

    def __init__(
        self, *args: Any, areas: QuerySet, points: QuerySet, channels: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["point"].queryset = points  # type: ignore[attr-defined]
        offered: Any = self.fields["channel"]
        offered.choices = [(one, Channel(one).label) for one in channels]
        if len(channels) == 1:
            offered.widget, offered.initial = forms.HiddenInput(), channels[0]
        if Channel.PAPER not in channels:
            del self.fields["form_number"]

    def clean_happened_on(self) -> Any:
        """Refuse a day that has not come yet."""
        day = self.cleaned_data["happened_on"]
        if day > clock.today():
            raise ValidationError(_("这一天还没到，请看看日期。"))
        return day

    def clean_form_number(self) -> str:
        """Refuse a number we never printed: a slip of the pen would give a receipt that opens nothing."""
        typed: str = self.cleaned_data["form_number"]
        if not typed:
            return ""
        number = parse_number(settings.PEPPER.encode(), typed)
        if not number:
            raise ValidationError(not_printed())
        return grouped(number)

    def clean(self) -> dict[str, Any]:
        """Refuse a telephone number without consent, and a number over there without saying where."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("contact") and not said.get("consent"):
            self.add_error("consent", _("留了电话，要他同意才行；不同意就把电话删掉。"))
        if said.get("elsewhere_number") and not said.get("elsewhere"):
            self.add_error("elsewhere", _("写了那边的编号，请也写是哪里。"))
        return said

    @property
    def opens_elsewhere(self) -> bool:
        """Tell whether the folded part must stand open: something is written there, or wrong."""
        names = ("elsewhere", "elsewhere_number")
        return self.is_bound and any(self[name].value() or self[name].errors for name in names)
