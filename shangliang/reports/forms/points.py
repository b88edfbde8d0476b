"""Forms about report points: a new one, another code, who is in charge, and whether it still hangs."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangliang.foundation import clock
from shangliang.reports.forms.desk import NamedChoice
from shangliang.reports.models import PointFinding
from shangliang.ui.forms import CleanCharField, DayField, Form

MOST_FORMS = 50
GRACE, AT_ONCE = "grace", "at_once"


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


class NewCodeForm(Form):
    """Another code for a point: how long the old one still leads to the form."""

    how = forms.ChoiceField(
        label=_("旧码怎么办"),
        widget=forms.RadioSelect,
        choices=((GRACE, _("再用几天，等新的贴好")), (AT_ONCE, _("马上停用"))),
    )
    leads_until = DayField(
        label=_("旧码用到哪天"),
        required=False,
        help_text=_("选“再用几天”才要填。到了这天以后，扫旧码会看到“这张码换过了”、附近的直报点和电话。"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the day where the old code goes on, and refuse one that is over."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        day = said.get("leads_until")
        if said.get("how") == GRACE and "leads_until" not in self.errors:
            if not day:
                self.add_error("leads_until", _("写上旧码用到哪天；不想再让它用，就选“马上停用”。"))
            elif day < clock.today():
                self.add_error("leads_until", _("这一天已经过了，请看看日期。"))
        return said


class DutyForm(Form):
    """Somebody to be in charge of a point."""

    appointment: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("请谁负责"), queryset=None, empty_label=_("请选择")
    )

    def __init__(self, *args: Any, people: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["appointment"]
        field.queryset = people
        field.label_from_instance = lambda held: f"{held.person.name} · {held.get_role_display()}"


class CheckForm(Form):
    """Whether a point's poster still hangs."""

    finding = forms.ChoiceField(label=_("码还在吗"), widget=forms.RadioSelect, choices=PointFinding.choices)
    note = CleanCharField(
        label=_("想补一句"), required=False, max_length=120, help_text=_("例如：被新公告盖住了。不写人名。")
    )


class PaperFormsForm(Form):
    """How many blank paper forms to print."""

    n = forms.IntegerField(
        label=_("印几张"),
        min_value=1,
        max_value=MOST_FORMS,
        initial=10,
        widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
        help_text=_("一次 1 到 50 张，每张的表号和回执都不一样，不能复印。"),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("填 1 到 50 之间的数。")
        ),
    )
