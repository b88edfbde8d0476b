"""What a clerk writes on the way to the public: the words of a page, what a unit said, why a page is taken down."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.analysis.redact import find_private
from shangliang.portal import rules
from shangliang.portal.drafts import Draft
from shangliang.ui.forms import CleanCharField, CleanTextField, Form

PARTS = {"steps": ("title", "text"), "lists": ("suggestion", "result")}
ONE_LINE = ("title",)
LOCKED = {
    ("judged", "text")
}  # what people said of the result is quoted by their leave, never written by an office
QUOTING = "反映的人说"


class PageForm(Form):
    """The draft of a page: each step and row with a box to keep it, and its words to change. Figures are not typed."""

    title = CleanCharField(label=gettext_lazy("题目"), max_length=80)
    note = CleanTextField(label=gettext_lazy("末尾的话"), max_length=300, rows=2, required=False)

    def __init__(self, draft: Draft, *args: Any, before: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self.draft = draft
        super().__init__(*args, **kwargs)
        self.initial = {
            "title": draft.title,
            "note": _("谁来办，由交办的机关定；政协请大家商量，跟踪，也去核实。"),
        }
        for part, names in PARTS.items():
            for one in draft.content[part]:
                self._add_fields(part, one, names, (before or {}).get(one["key"], {}))

    def _add_fields(
        self, part: str, one: dict[str, Any], names: tuple[str, ...], before: dict[str, str]
    ) -> None:
        keep = f"{part}-{one['key']}-keep"
        self.fields[keep] = forms.BooleanField(label=_("公开这一条"), required=False)
        self.initial[keep] = True
        for name in names:
            if (one["key"], name) in LOCKED:
                continue
            field = f"{part}-{one['key']}-{name}"
            label = {
                "title": _("做了什么"),
                "text": _("说明"),
                "suggestion": _("建议"),
                "result": _("办得怎样"),
            }[name]
            kind: Any = CleanCharField if name in ONE_LINE else CleanTextField
            rows = {} if name in ONE_LINE else {"rows": 2}
            self.fields[field] = kind(
                label=label, max_length=80 if name in ONE_LINE else 600, required=False, **rows
            )
            self.initial[field] = before.get(name, one[name])

    def groups(self, part: str) -> list[tuple[dict[str, Any], list[Any]]]:
        """Return for each step or row of the draft: itself and its fields, the box first."""
        return [
            (
                one,
                [
                    self[f"{part}-{one['key']}-{name}"]
                    for name in ("keep", *PARTS[part])
                    if (one["key"], name) not in LOCKED
                ],
            )
            for one in self.draft.content[part]
        ]

    def steps(self) -> list[tuple[dict[str, Any], list[Any]]]:
        """Return the steps with their fields."""
        return self.groups("steps")

    def rows(self) -> list[tuple[dict[str, Any], list[Any]]]:
        """Return the rows of the three lists with their fields."""
        return self.groups("lists")

    def content(self) -> dict[str, Any]:
        """Return the content of the page as it was written."""
        said = {}
        for part, names in PARTS.items():
            for one in self.draft.content[part]:
                if self.cleaned_data.get(f"{part}-{one['key']}-keep"):
                    said[one["key"]] = {name: self.cleaned_data[f"{part}-{one['key']}-{name}"] for name in names
                                        if (one["key"], name) not in LOCKED}  # fmt: skip
        return {**rules.kept_of(self.draft.content, said), "note": self.cleaned_data["note"]}

    def clean(self) -> dict[str, Any]:
        """Refuse a page without steps, a kept step without a title, and private numbers."""
        said = super().clean() or {}
        kept = [one for one in self.draft.content["steps"] if said.get(f"steps-{one['key']}-keep")]
        if not kept:
            raise ValidationError(_("至少要公开一步，现在一步也没勾。"))
        for one in kept:
            if not said.get(f"steps-{one['key']}-title"):
                self.add_error(f"steps-{one['key']}-title", _("写一句做了什么，或者把这一步的勾去掉。"))
        for name, value in list(said.items()):
            self._check_words(name, value)
        return said

    def _check_words(self, name: str, value: Any) -> None:
        if not isinstance(value, str) or not value:
            return
        if QUOTING in value:
            self.add_error(name, _("“反映的人说”这样的话，只能由系统从本人同意公开的评价里摘，不能自己写。"))
        kinds = [one.kind for one in find_private(value) if one.is_sure]
        if kinds:
            found = "、".join(dict.fromkeys(kinds))
            self.add_error(name, _("这里像是有%(kinds)s，公开的文字里不能有，请删掉。") % {"kinds": found})


class WithdrawForm(Form):
    """Why a page is taken down."""

    reason = CleanCharField(
        label=gettext_lazy("为什么撤下"), max_length=200, help_text=gettext_lazy("公众看得到这个原因。")
    )


class ShowForm(Form):
    """How a named unit was given the text."""

    how = CleanCharField(
        label=gettext_lazy("怎么给单位看的"),
        max_length=60,
        help_text=gettext_lazy("例如：发在系统里、当面、传真。"),
    )


class AnswerForm(Form):
    """What a named unit says of the text: nothing to correct, or which fact is wrong."""

    correction = CleanTextField(
        label=gettext_lazy("哪个事实不对"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=gettext_lazy("没有不对的就空着。只能更正事实，公布不公布由政协定。"),
    )


class ProxyAnswerForm(AnswerForm):
    """The same, recorded by a clerk for the unit (代录), with where it comes from."""

    how = CleanCharField(
        label=gettext_lazy("代录：怎么得知的"),
        max_length=50,
        help_text=gettext_lazy("例如：电话、盖章回函。"),
    )
