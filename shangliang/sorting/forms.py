"""Forms of the scheme and the owner table. What was read from a file stays in the box until it is taken in."""

import csv
from io import StringIO
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.people.queries import areas_of, organisations_of
from shangliang.sorting import rules
from shangliang.sorting.models import OwnerTable
from shangliang.sorting.queries import categories_of, category_choices, tables_of
from shangliang.ui.forms import CleanCharField, CleanTextField, DayField, Form
from shangliang.ui.table_files import MOST_BYTES, Table, read_table

LONGEST_PASTE = 400_000
SHOWN_PROBLEMS = 50
EVERYWHERE = _("全区（不分地方）")


def sentence(problem: rules.Problem) -> str:
    """Return why a row of a file is not taken, as a sentence with its number and its cells."""
    why = {
        "empty": _now("这一行是空的。"),
        "gap": _now("上一级是空的。合并的单元格请先拆开、填满。"),
        "long": _now("名字太长了，最多 40 个字。"),
        "parted": _now("名字里不能有“ / ”（斜线前后有空格）。"),
        "twice": _now("和前面某一行一样，只收一次。"),
        "no_kind": _now("没有写类别。"),
        "no_unit": _now("没有写主责单位。"),
        "unknown_kind": _now("类别方案里没有这一类，或已经停用。"),
        "several_kind": _now("叫这个名字的类别不止一个，请写全：一级 / 二级 / 三级。"),
        "unknown_area": _now("街道社区里没有这个地方。全区都一样的，空着就行。"),
        "several_area": _now("叫这个名字的地方不止一个，请写全：街道 / 社区。"),
        "unknown_unit": _now("单位名册里没有这个单位。先在“本办公室—单位”里加上，名字要一样。"),
        "several_unit": _now("叫这个名字的单位不止一个。"),
    }[problem.why]
    return _now("第 %(row)s 行“%(text)s”：%(why)s") % {"row": problem.row, "text": problem.text, "why": why}


class TableForm(Form):
    """A table, pasted or as a file: the file goes first. After `is_valid`, ``table`` holds it, ``problems`` what is refused."""

    file = forms.FileField(
        label=_("表格文件"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx", "class": "form-control"}),
    )  # fmt: skip
    text = CleanTextField(label=_("或者从表格软件里复制，连表头一起贴在这里"), rows=8, required=False, strip=False,
                          max_length=LONGEST_PASTE)  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=32)
    is_owners = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems: list[rules.Problem] = []
        self.table: Table | None = None

    def clean(self) -> dict[str, Any]:
        """Read the table; what cannot be read at all is an error, what is wrong in single rows is told row by row."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        sent, text = said.get("file"), said.get("text") or ""
        if self.errors:
            return said
        if not sent and not text.strip():
            self.add_error("file", _now("选一个文件，或把表格贴进来。"))
            return said
        try:
            self.table = read_table(sent.read(MOST_BYTES + 1) if sent else text.strip("\n").encode())
            self._read(self.table)
        except Refusal as refused:
            self.add_error("file" if sent else "text", str(refused))
        return said

    def _read(self, table: Table) -> None:
        if len(table.rows) > rules.MOST_LINES:
            raise Refusal(_now("一次最多 5,000 行。请分成几个文件。"))
        missing = rules.missing_columns(table.headings, self.is_owners)
        if missing:
            said = {"names": "、".join(missing), "there": "、".join(table.headings)}
            raise Refusal(_now("表头里没有“%(names)s”这一列，读到的表头是：%(there)s。") % said)
        if len(self.merged) > LONGEST_PASTE:
            raise Refusal(_now("内容太多了，收不下。请分成几个文件。"))
        self.read_rows(table)

    def read_rows(self, table: Table) -> None:
        """Take the rows apart; each form says how."""
        raise NotImplementedError

    @property
    def merged(self) -> str:
        """Return the table as it may be pasted again."""
        out = StringIO()
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        if self.table:
            used = rules.columns_used(self.table.headings, self.is_owners)
            lines = [self.table.headings, *self.table.rows]
            writer.writerows([rules.cell_at(line, column) for column in used] for line in lines)
        return out.getvalue()

    @property
    def refused(self) -> list[str]:
        """Return the refused rows as sentences, the first fifty."""
        return [sentence(one) for one in self.problems[:SHOWN_PROBLEMS]]


class SchemeForm(TableForm):
    """A scheme of kinds: columns 一级, 二级, 三级 (or level1 to level3)."""

    def read_rows(self, table: Table) -> None:
        """Return paths in ``names``."""
        self.names, self.problems = rules.read_names(table.headings, table.rows)
        if not self.names:
            raise Refusal(_now("一行也没有读出来：%(first)s") % {"first": sentence(self.problems[0])})


class OwnersForm(TableForm):
    """Rows of the owner table: 类别 (or 一级 to 三级), 街道社区 (empty: everywhere), 主责单位; from when, and why."""

    field_order = ("file", "text", "from_on", "because", "seen")
    from_on = DayField(label=_("从哪天起"))
    because = CleanCharField(label=_("为什么"), max_length=rules.LONGEST_BECAUSE)
    is_owners = True

    def __init__(self, *args: Any, viewer: Viewer, committee_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer, self.committee_id = viewer, committee_id

    def read_rows(self, table: Table) -> None:
        """Return rows with ids in ``lines``."""
        kinds = categories_of(self.viewer).filter(is_current=True).values_list("pk", "path")
        areas = [(one.pk, area_path(one)) for one in areas_of(self.committee_id)]
        units = organisations_of(self.committee_id).values_list("pk", "name")
        names = [rules.Names.of(rows) for rows in (kinds, areas, units)]
        self.lines, self.problems = rules.read_owners(table.headings, table.rows, *names)
        if not self.lines:
            raise Refusal(_now("一行也没有读出来：%(first)s") % {"first": sentence(self.problems[0])})


def area_path(area: Any) -> str:
    """Return a street, or "street / community"."""
    return rules.PARTING.join(one.name for one in (area.parent, area) if one)


class CategoryForm(Form):
    """The name of one kind."""

    name = CleanCharField(label=_("名字"), max_length=rules.LONGEST_NAME)


class IssueForm(Form):
    """A new issue: year, title, source document, first day, and whether it begins as a copy of the latest."""

    year = forms.IntegerField(label=_("哪一年的"), min_value=rules.YEARS[0], max_value=rules.YEARS[1])
    title = CleanCharField(label=_("标题"), max_length=80)
    source = CleanCharField(
        label=_("依据的文件"), max_length=120, help_text=_("文件名和文号；没有文件，写谁在哪天定的。")
    )
    from_on = DayField(label=_("从哪天起用"), help_text=_("现在这一期到前一天为止。以前的都留着，可以查。"))
    copy = forms.ChoiceField(label=_("开头的内容"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest: OwnerTable | None = tables_of(viewer).first()
        none = ("empty", _("从空的开始，再导入或一行一行加"))
        copied = ("latest", _("照上一期抄一份，再改"))
        self.fields["copy"].choices = [copied, none] if self.latest else [none]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """Return what the action is told."""
        said = dict(self.cleaned_data)
        said["copy_from"] = self.latest if said.pop("copy") == "latest" else None
        return said


class AreaField(forms.ModelChoiceField):
    """A street or a community, shown with its street."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what stands in the list."""
        return area_path(obj)


class OwnerForm(Form):
    """Which kind, where, which unit, from when, why: to add one row; ``leaves_out`` what the row already says."""

    category = forms.TypedChoiceField(label=_("哪一类"), coerce=int)
    area: Any = AreaField(label=_("哪里"), queryset=None, required=False, empty_label=EVERYWHERE)
    unit: Any = forms.ModelChoiceField(label=_("归哪个单位"), queryset=None, empty_label=_("请选一个"))
    from_on = DayField(label=_("从哪天起"))
    because = CleanCharField(
        label=_("为什么"),
        max_length=rules.LONGEST_BECAUSE,
        help_text=_("例如：某月某日的会定的；单位合并了。"),
    )

    def __init__(
        self,
        *args: Any,
        viewer: Viewer,
        committee_id: int,
        leaves_out: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("请选一个")), *category_choices(viewer)]  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas_of(committee_id)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = organisations_of(committee_id)  # type: ignore[attr-defined]
        for name in leaves_out:
            del self.fields[name]
