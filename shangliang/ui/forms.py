"""Forms in our look and words. What was typed is never lost: a refusal returns it with a sentence."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from shangliang.analysis.doors import classification_marking
from shangliang.ui.clean import for_storage, on_one_line

_TOO_LONG = ngettext_lazy(
    "多了 %(over)d 个字，最多 %(most)d 个字。您写的还在，删一删再交。",
    "多了 %(over)d 个字，最多 %(most)d 个字。您写的还在，删一删再交。",
    "over",
)
MARKED = _("这里有密级标志“%(marking)s”，不能放到网上，没有存。请删掉再交；涉密的文件，交回发文件的单位。")
_PICKED = (forms.ChoiceField, forms.ModelChoiceField)


class Form(forms.Form):
    """A plain form whose fields render through ui/components/field.html and whose messages are ours."""

    template_name = "ui/components/form_fields.html"
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _in_our_words(field)


def _in_our_words(field: forms.Field) -> None:
    """Replace Django's own sentences where the form did not set one."""
    ours = {
        "required": _("这一项要选。") if isinstance(field, _PICKED) else _("这一项要填。"),
        "invalid_choice": _("这个选项没有了，请另选一个。"),
        "invalid": _("这里写得不对，请看看怎么写。"),
    }
    for code, words in ours.items():
        if field.error_messages.get(code) == _djangos_own(field, code):
            field.error_messages[code] = words


def _djangos_own(field: forms.Field, code: str):
    for kind in type(field).__mro__:
        if code in kind.__dict__.get("default_error_messages", {}):
            own = kind.__dict__["default_error_messages"][code]
            return own if kind.__module__.startswith("django.") else None
    return None


class CleanCharField(forms.CharField):
    """Text passed through `for_storage`; one line unless its widget is a Textarea. Too long is said, never cut.

    A classification marking is refused. `may_be_marked=True` is for a resident's own words (they are never refused, a
    marked report is held) and for words that are not kept.
    """

    def __init__(self, *, max_length: int | None = None, may_be_marked: bool = False, **kwargs):
        super().__init__(**kwargs)
        self.may_be_marked = may_be_marked
        # not handed to Django: its maxlength attribute would silently cut what is pasted
        self.most_characters = max_length

    def to_python(self, value):
        """Cleaned text; empty stays `empty_value`."""
        if value in self.empty_values:
            return self.empty_value
        tidy = for_storage if isinstance(self.widget, forms.Textarea) else on_one_line
        return super().to_python(tidy(str(value)))

    def validate(self, value):
        """Refuses a classification marking, and more than `max_length` characters, saying how many too many."""
        super().validate(value)
        marking = None if self.may_be_marked else classification_marking(value)
        if marking:
            raise ValidationError(MARKED, code="marked", params={"marking": marking})
        over = len(value) - self.most_characters if self.most_characters else 0
        if over > 0:
            raise ValidationError(
                _TOO_LONG, code="max_length", params={"over": over, "most": self.most_characters}
            )


class CleanTextField(CleanCharField):
    """Several lines. `rows` sets the box; `say=True` makes it the large box of the one sentence."""

    def __init__(self, *, rows: int = 4, say: bool = False, **kwargs):
        attributes = {"rows": rows, "class": "form-control say" if say else "form-control"}
        kwargs.setdefault("widget", forms.Textarea(attrs=attributes))
        super().__init__(**kwargs)


class DayInput(forms.DateInput):
    """The browser's own day picker, value in ISO."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day; also takes 2026/9/8, 2026.9.8 and 2026年9月8日 where the browser has no picker."""

    widget = DayInput
    default_error_messages = {"invalid": _("日期写成 2026-09-08 这样就行。")}

    def __init__(self, **kwargs):
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"])
        super().__init__(**kwargs)
