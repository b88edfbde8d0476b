"""Lists somebody pastes: each line is read, and what could not be read is named with its number and why."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.people.forms.sheets import SheetField
from shangliang.people.rules import PlaceLine, Problem, parse_people, parse_places, parse_units
from shangliang.ui.forms import CleanTextField, Form

MOST_CHARACTERS = 60_000


def sentence(problem: Problem) -> str:
    """Return a problem of a line as a sentence."""
    why = {
        "no_street": _("这一行前面还没有街道。先写街道，再写它的社区。"),
        "too_long": _("名称太长了，最多 40 个字。"),
        "no_name": _("最前面要写姓名。"),
        "no_role": _(
            "没看出角色。写“经办人、负责人、审核人、专办员、管理员、联络人、委员、单位经办人”里的一个。"
        ),
        "bad_email": _("邮箱写得不对。没有就不写。"),
        "no_unit": _("这个角色后面要写单位名称。"),
        "twice": _("和前面某一行一样。"),
    }[problem.why]
    return _("第 %(line)s 行“%(text)s”：%(why)s") % {"line": problem.line, "text": problem.text, "why": why}


class ListForm(Form):
    """A pasted list. After `is_valid`, ``rows`` are the lines read; any line that cannot be read is an error."""

    rows: list[Any]
    merged = ""

    def read(self, text: str) -> tuple[list[Any], list[Problem]]:
        """Return rows and problems of a text; each form says how."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Read the list, what a workbook holds after what was pasted; name every line that cannot be read."""
        said = self.cleaned_data
        self.merged = "\n".join(part for part in (said.get("text"), said.get("sheet")) if part)
        self.rows, problems = self.read(self.merged)
        if problems:
            self.add_error("text", [sentence(one) for one in problems[:20]])
        elif not self.rows and not self.errors:
            self.add_error("text", _("还没有写。写一个就能先用起来，以后随时可以加。"))
        return said


class PlacesForm(ListForm):
    """Streets and communities, pasted or from a workbook of two columns."""

    sheet = SheetField(
        label=gettext_lazy("或者传一张两列的表（xlsx）"), help_text=gettext_lazy("第一列街道，第二列社区。")
    )
    text = CleanTextField(
        label=gettext_lazy("街道和社区"), rows=9, required=False, max_length=MOST_CHARACTERS,
        help_text=gettext_lazy("一行一个街道；社区另起一行、前面空一格，或者写成“清河街道：柳岸社区、石桥社区”。"),
    )  # fmt: skip
    field_order = ["text", "sheet"]

    def read(self, text: str) -> tuple[list[PlaceLine], list[Problem]]:
        """Return streets and communities."""
        return parse_places(text)

    def as_pasted(self) -> "PlacesForm":
        """Return a form whose box holds everything read so far, the workbook too, to be looked at and sent again."""
        return PlacesForm(initial={"text": self.merged})

    def preview(self) -> list[tuple[str, list[str]]]:
        """Return each street with the communities read for it."""
        streets: dict[str, list[str]] = {}
        for row in self.rows:
            below = streets.setdefault(row.street, [])
            if row.community:
                below.append(row.community)
        return list(streets.items())


class UnitsForm(ListForm):
    """Units, pasted."""

    text = CleanTextField(
        label=gettext_lazy("单位名称"), rows=7, max_length=MOST_CHARACTERS,
        help_text=gettext_lazy("一行一个，或用顿号隔开。名称后面写“函商”，就是用函去商量的单位；公司一律函商。"),
    )  # fmt: skip

    def read(self, text: str) -> tuple[list[Any], list[Problem]]:
        """Return units."""
        return parse_units(text)


class PeopleForm(ListForm):
    """People with roles, pasted."""

    text = CleanTextField(
        label=gettext_lazy("有哪些人"), rows=9, max_length=MOST_CHARACTERS,
        help_text=gettext_lazy("一行一个人：姓名 角色 邮箱。邮箱可以不写。单位经办人在角色后面写单位名称。"),
    )  # fmt: skip

    def read(self, text: str) -> tuple[list[Any], list[Problem]]:
        """Return people."""
        return parse_people(text)
