"""Forms of imports: the file, the columns, the paste of a chat, one draft."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangliang.exchange import rules
from shangliang.ui.forms import CleanCharField, CleanTextField, DayField, Form

FIELD_LABELS = {
    "body": _("正文"), "title": _("标题"), "sent_at": _("哪天说的"), "place": _("地点"), "community": _("社区"),
    "author": _("谁写的（只变成这次导入里的代号）"), "number": _("那边的编号"),
}  # fmt: skip
DATE_LABELS = (
    ("", _("年在前，例如 2026-09-08、2026年9月8日")),
    ("dmy", _("日在前，例如 08/09/2026 是 9 月 8 日")),
    ("mdy", _("月在前，例如 09/08/2026 是 9 月 8 日")),
    ("plain", _("八位数字，例如 20260908")),
)
LONGEST_PASTE = 200_000


class NamedRow(forms.ModelChoiceField):
    """A choice among rows, shown by their name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what stands in the list."""
        return str(obj.name)


class FileForm(Form):
    """The file, where it comes from and, if it does, from which report point."""

    file = forms.FileField(
        label=_("表格文件"), allow_empty_file=True,
        help_text=_("CSV、TSV 或 .xlsx，最大 8 MB、20,000 行。再大的请管理员用导入命令。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx", "class": "form-control"}),
        error_messages={"required": _("选一个文件。"), "missing": _("选一个文件。")},
    )  # fmt: skip
    source = CleanCharField(
        label=_("从哪里来"),
        max_length=rules.LONGEST_SOURCE,
        help_text=_("例如：12345 热线。行里有那边的编号时，就写在这个名字下面。"),
    )
    point = NamedRow(
        label=_("记在哪个直报点名下"),
        queryset=None,
        required=False,
        to_field_name="code",
        empty_label=_("不是直报点来的"),
    )

    def __init__(self, *args: Any, points: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = points  # type: ignore[attr-defined]


class ColumnsForm(Form):
    """Which column fills what, how days are written, which sheet, and under which name to keep it."""

    def __init__(self, *args: Any, headings: Sequence[str], sheets: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", _("不要")), *((one, one) for one in headings)]
        for field in rules.FIELDS:
            self.fields[field] = forms.ChoiceField(
                label=FIELD_LABELS[field], choices=offered, required=field == "body",
                error_messages={"required": _("至少要说明哪一列是正文。")},
            )  # fmt: skip
        self.fields["date_format"] = forms.ChoiceField(
            label=_("日期怎么写的"), choices=DATE_LABELS, required=False
        )
        if len(sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("哪张工作表"), choices=[(one, one) for one in sheets], required=False
            )
        self.fields["save_as"] = CleanCharField(
            label=_("记住这样对应，起个名字"), required=False, max_length=rules.LONGEST_SOURCE,
            help_text=_("下次表头一样，就自动这样填。"),
        )  # fmt: skip


class PasteForm(Form):
    """A paste of copied messages. It is taken apart at once and never kept."""

    pasted = CleanTextField(
        label=_("把聊天记录贴在这里"), rows=10, max_length=LONGEST_PASTE,
        help_text=_("微信、QQ、钉钉里多选复制的，或者一段一段的文字都行。名字和电话会先去掉，原样不保存。"),
    )  # fmt: skip
    source = CleanCharField(label=_("从哪里来"), max_length=rules.LONGEST_SOURCE, initial=_("群消息"))


class DraftForm(Form):
    """One draft: its words and its day."""

    text = CleanTextField(label=_("说了什么"), rows=5, max_length=rules.LONGEST_DRAFT)
    happened_on = DayField(label=_("哪天说的"), required=False)


class TakeForm(Form):
    """Taking a draft in: the community, if it is known."""

    area = NamedRow(label=_("哪个社区"), queryset=None, required=False, empty_label=_("没说，或不清楚"))

    def __init__(self, *args: Any, areas: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
