"""Forms of transfers: another system, referring out, the words that go out, what comes back."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shangliang.exchange import rules
from shangliang.exchange.actions.answering import LONGEST_ANSWER
from shangliang.exchange.actions.transferring import LONGEST_WORDS
from shangliang.exchange.forms.imports import LONGEST_PASTE, NamedRow
from shangliang.exchange.models import OtherSystem, SheetKind
from shangliang.reports.actions.wording import LONGEST_WORDS as LONGEST_TO_REPORTER
from shangliang.ui.forms import CleanCharField, CleanTextField, DayField, Form

FILL_LABELS = {
    "code": _("我们的转办号"), "title": _("标题（正文开头）"), "words": _("核对过的正文"), "place": _("地点"),
    "area": _("街道社区"), "happened_on": _("哪天的事"), "received_on": _("哪天收到"), "handed_on": _("哪天转出"),
    "answer_by": _("请在哪天前回话"), "from": _("转出单位"), "contact": _("能不能联系反映人"), "fixed": _("固定的字"),
    "blank": _("空着，由对方填"),
}  # fmt: skip
COLUMN_ROWS = range(1, 15)
FIRST_COLUMNS = (
    ("编号", "code", ""), ("内容", "words", ""), ("地点", "place", ""), ("街道社区", "area", ""),
    ("时间", "happened_on", ""), ("答复期限", "answer_by", ""), ("办理结果", "blank", ""),
)  # fmt: skip


class SystemForm(Form):
    """One other system, with up to 14 columns of its sheet: heading, what fills it, fixed words."""

    name = CleanCharField(
        label=_("叫什么"), max_length=40, help_text=_("例如：12345 热线。反映人也看到这个名字。")
    )
    sheet_kind = forms.ChoiceField(label=_("转办单用什么交过去"), choices=SheetKind.choices)
    answer_days = forms.IntegerField(label=_("几个工作日回话"), min_value=1, max_value=90)
    number_format = CleanCharField(
        label=_("那边编号的样子"), max_length=40, required=False,
        help_text=_("# 是一位数字，* 是几位字母数字，其余照写，例如 ZX########。不填就不核对。"),
    )  # fmt: skip
    is_used = forms.BooleanField(label=_("现在还往这里转"), required=False)

    def __init__(self, *args: Any, system: OtherSystem | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _first_values(system))
        super().__init__(*args, **kwargs)
        offered = [("", _("不要这一列")), *FILL_LABELS.items()]
        for row in COLUMN_ROWS:
            self.fields[f"heading_{row}"] = CleanCharField(label=_("列名"), max_length=40, required=False)
            self.fields[f"fill_{row}"] = forms.ChoiceField(label=_("填什么"), choices=offered, required=False)
            self.fields[f"fixed_{row}"] = CleanCharField(label=_("固定的字"), max_length=60, required=False)

    @property
    def column_rows(self) -> list[tuple[int, Any, Any, Any]]:
        """Return (number, heading, fill, fixed) fields of each column, for the page."""
        return [
            (row, self[f"heading_{row}"], self[f"fill_{row}"], self[f"fixed_{row}"]) for row in COLUMN_ROWS
        ]

    @property
    def plain_fields(self) -> list[Any]:
        """Return the fields that are no columns."""
        return [self[name] for name in ("name", "sheet_kind", "answer_days", "number_format", "is_used")]

    def clean(self) -> dict[str, Any]:
        """Gather the columns; a heading without anything that fills it is left blank by us."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        rows = [
            (given.get(f"heading_{row}"), given.get(f"fill_{row}"), given.get(f"fixed_{row}"))
            for row in COLUMN_ROWS
        ]
        given["columns"] = [(head, fill or "blank", fixed or "") for head, fill, fixed in rows if head]
        return given


def _first_values(system: OtherSystem | None) -> dict[str, Any]:
    columns = system.columns if system else FIRST_COLUMNS
    values: dict[str, Any] = {"sheet_kind": "print", "answer_days": 5, "is_used": True}
    if system:
        names = ("name", "sheet_kind", "answer_days", "number_format", "is_used")
        values = {name: getattr(system, name) for name in names}
    for row, (heading, fill, fixed) in enumerate(columns, 1):
        values |= {f"heading_{row}": heading, f"fill_{row}": fill, f"fixed_{row}": fixed}
    return values


class ReferOutForm(Form):
    """Where to, and what the reporter reads."""

    system = NamedRow(label=_("转到哪里"), queryset=None, to_field_name="code", empty_label=_("请选择"))
    words = CleanTextField(
        label=_("对反映人说的话"), rows=4, required=False, max_length=LONGEST_TO_REPORTER,
        help_text=_("不填就用这句：您说的这件事归……办，我们替您转过去。编号和最晚哪天回话，在这里看得到。"),
    )  # fmt: skip

    def __init__(self, *args: Any, systems: QuerySet, owner: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["system"].queryset = systems  # type: ignore[attr-defined]
        self.fields["system"].help_text = hint
        there = list(systems)
        own = [one for one in there if one.name == owner]
        if own or len(there) == 1:  # who answers for such a matter, or nothing to choose
            self.fields["system"].initial = (own or there)[0]


class ElsewhereForm(Form):
    """Where the reporter already is, and under which number."""

    system = CleanCharField(label=_("已经找过哪里"), max_length=80, initial="12345 热线")
    number = CleanCharField(label=_("那边的编号"), max_length=rules.LONGEST_NUMBER, required=False)


class TransferWordsForm(Form):
    """What goes out, after somebody looked at it."""

    words = CleanTextField(label=_("转出去的文字"), rows=8, max_length=LONGEST_WORDS)
    place = CleanCharField(label=_("地点"), max_length=120, required=False)
    looked = forms.BooleanField(
        label=_("我看过了：里面没有姓名、电话、门牌，也看不出是谁说的"),
        error_messages={"required": _("看过以后，在这里打个勾。")},
    )


class HandOverForm(Form):
    """The day a sheet was handed over."""

    on = DayField(label=_("哪天转出的"))


class NumberForm(Form):
    """The number the other system gave."""

    number = CleanCharField(label=_("那边的编号"), max_length=rules.LONGEST_NUMBER)


class AnswerForm(Form):
    """What the other system answered, and when."""

    answer = CleanTextField(
        label=_("那边怎么答复的"), rows=6, max_length=LONGEST_ANSWER, help_text=_("反映人凭回执看得到。")
    )
    on = DayField(label=_("哪天答复的"))


class BecauseForm(Form):
    """Why the other system does not take it."""

    because = CleanCharField(label=_("那边怎么说的"), max_length=200)


class NudgeForm(Form):
    """How the other system was reminded."""

    how = CleanCharField(label=_("怎么催的"), max_length=120, help_text=_("例如：打了承办窗口的电话。"))


class PasteTableForm(Form):
    """A pasted table or a file: one line each."""

    pasted = CleanTextField(label=_("贴在这里"), rows=8, max_length=LONGEST_PASTE, required=False)
    file = forms.FileField(
        label=_("或者上传表格"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx", "class": "form-control"}),
    )  # fmt: skip
