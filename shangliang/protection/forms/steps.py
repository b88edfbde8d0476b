"""How many could have said it, the two texts, the question to the person who spoke, the member, the unit."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.codes import new_form_key
from shangliang.protection import rules
from shangliang.protection.models import Households
from shangliang.ui.forms import CleanCharField, CleanTextField, Form

LONGEST_SUMMARY = 5000


class ExposureForm(Form):
    """One question, three answers."""

    households = forms.ChoiceField(
        label=_("有多少人说得出这件事？"),
        widget=forms.RadioSelect,
        choices=Households.choices,
        help_text=_("想一想：单位的人看了，能不能猜到是谁说的。只有挨着的一两户知道的事，一写就露了。"),
    )


class _Confirmed(Form):
    """A text somebody confirms; the tick shows only where something in it looks like a name or an address."""

    is_not_personal = forms.BooleanField(label=_("我看过，这不是个人信息"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound or not rules.names_in(str(self.data.get("text", ""))):
            del self.fields["is_not_personal"]

    def clean(self) -> dict[str, Any]:
        """A tick that was not asked for counts for nothing."""
        said = super().clean() or self.cleaned_data
        return {"is_not_personal": False, **said}


class TextForm(_Confirmed):
    """The dispatch text or the public text, prefilled with the hidden parts replaced."""

    field_order = ("text", "is_not_personal")
    text = CleanTextField(label=_("别人看到的就是这些字"), rows=6, max_length=rules.LONGEST_TEXT)


class SummaryForm(_Confirmed):
    """What units read of the whole matter."""

    field_order = ("text", "is_not_personal")
    text = CleanTextField(
        label=_("给承办单位看的说明"),
        rows=6,
        max_length=LONGEST_SUMMARY,
        help_text=_("单位看不到反映人的原话。写哪里、什么事、多久了，不写姓名、电话、门牌。"),
    )


class ConsentForm(Form):
    """What the person who spoke is asked; after a "no" only with a new reason."""

    words = CleanTextField(
        label=_("这样问他"), rows=6, max_length=1500, help_text=_("他凭回执看到，按一下就能答。")
    )
    because = CleanCharField(
        label=_("为什么再问一次"),
        max_length=rules.LONGEST_HINT,
        help_text=_("他上次说不同意，要有新的理由才能再问。"),
    )

    def __init__(self, *args: Any, is_again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_again:
            del self.fields["because"]


class _Person(forms.ModelChoiceField):
    """A member by name and title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what stands in the list."""
        return f"{obj.person.name} {obj.title}".strip()


class MemberForm(Form):
    """Which member, and the one line that is all the member reads."""

    hint = CleanCharField(
        label=_("请他去看哪一类事"),
        max_length=rules.LONGEST_HINT,
        help_text=_("委员只看得到这一句，看不到原话。写得宽一点，例如：学校周边放学时的秩序。"),
    )
    member: Any = _Person(label=_("请哪位委员"), queryset=None, empty_label=_("请选一个"))

    def __init__(self, *args: Any, members: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]


class UnitForm(Form):
    """The unit somebody complains about."""

    organisation: Any = forms.ModelChoiceField(
        label=_("反映的是哪个单位"),
        queryset=None,
        empty_label=_("请选一个"),
        help_text=_("记下以后，这件事不会交给它一家办。单位永远不知道有没有被记、是哪一条记的。"),
    )

    def __init__(self, *args: Any, units: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units  # type: ignore[attr-defined]


class FindingForm(Form):
    """A member's own words."""

    form_key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    text = CleanTextField(
        label=_("您看到了什么"),
        rows=6,
        say=True,
        max_length=10_000,
        may_be_marked=True,
        help_text=_("用您自己的话写：在哪里，怎么了。这算您提的，和别人的话没有关系。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = new_form_key
