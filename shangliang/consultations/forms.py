"""What the office fills in about a consultation. ``said()`` gives the words its action takes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from shangliang.consultations.models import Hall, Side
from shangliang.consultations.rules import Line, lines_said
from shangliang.ui.forms import CleanCharField, CleanTextField, DayField, Form

PLEASE_CHOOSE = ("", _("请选择"))
MOST_PEOPLE = 9999


class StepForm(Form):
    """A form of one step; its fields are named as the action's words are."""

    def said(self) -> dict[str, Any]:
        """Return the words for the action."""
        return dict(self.cleaned_data)


def _heads(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_PEOPLE, required=False)


class HeadsForm(StepForm):
    """A form that also asks how many of each side; ``heads_before`` says what the numbers stand for."""

    heads_legend: Any = _("各方多少人")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for side, label in Side.choices:
            self.fields[f"heads_{side}"] = _heads(label)

    def head_fields(self) -> list[BoundField]:
        """Return the four number fields: drawn in one row."""
        return [self[f"heads_{side}"] for side in Side.values]

    def other_fields(self) -> list[BoundField]:
        """Return the rest of the fields in order."""
        return [bound for bound in self if not bound.name.startswith("heads_")]

    def said(self) -> dict[str, Any]:
        """Return the words for the action, the numbers as ``heads``; a side left empty is left out."""
        rest = {name: value for name, value in self.cleaned_data.items() if not name.startswith("heads_")}
        heads = {side: self.cleaned_data.get(f"heads_{side}") for side in Side.values}
        return {**rest, "heads": {side: number for side, number in heads.items() if number is not None}}


class OpenForm(StepForm):
    """Begin the consultation on a topic, now or from paper."""

    title = CleanCharField(label=_("协商的名称"), max_length=80)
    convener = CleanCharField(
        label=_("召集人"), required=False, max_length=60, help_text=_("例如：清河街道联络组组长。")
    )
    happened_on = DayField(label=_("哪天选定的"))
    entry_source = CleanCharField(
        label=_("补录过去的协商：材料从哪里来"),
        required=False,
        max_length=120,
        help_text=_("现在才开始的不用填。补录时写，例如：2025年11月纸质会议记录。"),
    )


class PlanForm(HeadsForm):
    """Step 2."""

    place = CleanCharField(label=_("在哪里商量"), required=False, max_length=80)
    planned_on = DayField(label=_("打算哪天"), required=False)
    aim = CleanCharField(label=_("想商量出什么"), required=False, max_length=300)
    information = CleanTextField(
        label=_("会前给参加人看的材料"),
        required=False,
        rows=5,
        help_text=_("让来的人先知道商量什么、现在是什么情况。"),
    )
    happened_on = DayField(label=_("方案哪天定的"))
    owner = CleanCharField(label=_("谁负责"), required=False, max_length=40)
    heads_legend = _("打算请多少人")


class ResearchForm(StepForm):
    """One look before the session."""

    happened_on = DayField(label=_("哪天去的"))
    note = CleanTextField(
        label=_("看到了什么"), rows=3, max_length=4000, help_text=_("三行就够：去了哪儿、看到什么、问了谁。")
    )
    who = CleanCharField(label=_("谁去的"), required=False, max_length=120, help_text=_("居民不写姓名。"))
    place = CleanCharField(label=_("哪里"), required=False, max_length=120)


class SkipForm(StepForm):
    """Why a step was not done, and who decided it. ``step`` is the one the page was opened for."""

    step = forms.CharField(widget=forms.HiddenInput)
    because = CleanTextField(label=_("为什么没有做"), rows=3, max_length=200)
    decided_by = CleanCharField(label=_("谁决定的"), max_length=40)


class SessionForm(HeadsForm):
    """Step 4: day, place, who called people together, and the heads."""

    held_on = DayField(label=_("哪天开的"))
    place = CleanCharField(label=_("在哪里"), required=False, max_length=80)
    convener = CleanCharField(label=_("召集人"), required=False, max_length=60)
    counted_by = CleanCharField(
        label=_("谁清点的"), required=False, max_length=40, help_text=_("写了人数就要写这一项。")
    )
    how = CleanCharField(
        label=_("怎么清点的"), required=False, max_length=60, help_text=_("例如：会场点人头。")
    )
    heads_legend = _("到了多少人（一方没来写 0，没有清点就空着）")


class CountForm(HeadsForm):
    """The heads, counted or corrected."""

    counted_by = CleanCharField(label=_("谁清点的"), max_length=40)
    how = CleanCharField(label=_("怎么清点的"), required=False, max_length=60)
    heads_legend = _("到了多少人（一方没来写 0）")


class StatementsForm(StepForm):
    """Many lines at once, or one with its own fields."""

    lines = CleanTextField(
        label=_("一次记多条"),
        required=False,
        rows=8,
        help_text=_("每行一条：身份｜话。例如“居民 家长｜放学时车排两排”“部门 区城管局｜可以划车位”。"),
    )
    hall = forms.ChoiceField(
        label=_("在哪里说的"), choices=Hall.choices, initial=Hall.HALL, widget=forms.RadioSelect
    )
    side = forms.ChoiceField(
        label=_("或只记一条：哪一方"), choices=[PLEASE_CHOOSE, *Side.choices], required=False
    )
    speaker = CleanCharField(
        label=_("身份"), required=False, max_length=40, help_text=_("居民写身份不写姓名，例如“家长”。")
    )
    text = CleanTextField(label=_("说了什么"), required=False, rows=3, max_length=4000)

    def clean(self) -> dict[str, Any]:
        """Read the lines; refuse those not understood by their numbers, and nothing at all."""
        data = super().clean() or self.cleaned_data
        understood, wrong = lines_said(data.get("lines", ""))
        if wrong:
            numbers = "、".join(str(one) for one in wrong)
            self.add_error(
                "lines",
                _now("第 %(numbers)s 行没看懂。开头写居民、部门、专家或委员，再写“｜”和话。")
                % {"numbers": numbers},
            )
        if data.get("text") and not data.get("side"):
            self.add_error("side", _now("选一下是哪一方说的。"))
        elif data.get("text"):
            understood = [*understood, Line(data["side"], data.get("speaker", ""), data["text"])]
        if not understood and not self.errors:
            raise ValidationError(_now("还没有写一句话。"))
        return {"lines": understood, "hall": data.get("hall", Hall.HALL)}


class SuggestionForm(StepForm):
    """A consensus item with support and reservation by side."""

    text = CleanTextField(label=_("大家同意做什么"), rows=3, max_length=500)
    proposer_side = forms.ChoiceField(label=_("哪一方提的"), choices=Side.choices, widget=forms.RadioSelect)
    proposer_note = CleanCharField(
        label=_("提出人的身份"),
        required=False,
        max_length=40,
        help_text=_("例如：家长、教育界委员。居民不写姓名。"),
    )
    basis = CleanCharField(label=_("依据，做得成吗"), required=False, max_length=300)
    concerned_units = forms.MultipleChoiceField(
        label=_("涉及哪些单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    remark = CleanCharField(label=_("备注"), required=False, max_length=200)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concerned_units"].choices = units  # type: ignore[attr-defined]
        _add_support_fields(self)

    def rows(self) -> list[tuple[Any, BoundField, BoundField, BoundField]]:
        """Return one row per side: its name, agree, reserve, the reservation."""
        return _support_rows(self)

    def other_fields(self) -> list[BoundField]:
        """Return the fields outside the table."""
        return [bound for bound in self if "__" not in bound.name]

    def said(self) -> dict[str, Any]:
        """Return the words for the action, the table as ``supports``."""
        rest = {name: value for name, value in self.cleaned_data.items() if "__" not in name}
        return {**rest, "supports": _supports(self.cleaned_data)}


class SupportForm(StepForm):
    """Support and reservation of all sides, corrected."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _add_support_fields(self)

    def rows(self) -> list[tuple[Any, BoundField, BoundField, BoundField]]:
        """Return one row per side: its name, agree, reserve, the reservation."""
        return _support_rows(self)

    def said(self) -> dict[str, Any]:
        """Return the table as ``supports``."""
        return {"supports": _supports(self.cleaned_data)}


def _add_support_fields(form: forms.Form) -> None:
    for side, label in Side.choices:
        names = {"side": label}
        form.fields[f"agree__{side}"] = _heads(_("%(side)s支持") % names)
        form.fields[f"reserve__{side}"] = _heads(_("%(side)s保留") % names)
        form.fields[f"reservation__{side}"] = CleanCharField(
            label=_("%(side)s保留什么") % names, required=False, max_length=200
        )


def _support_rows(form: forms.Form) -> list[tuple[Any, BoundField, BoundField, BoundField]]:
    return [
        (label, form[f"agree__{side}"], form[f"reserve__{side}"], form[f"reservation__{side}"])
        for side, label in Side.choices
    ]


def _supports(data: dict[str, Any]) -> dict[str, tuple[int, int, str]]:
    said = {
        side: (
            data.get(f"agree__{side}"),
            data.get(f"reserve__{side}"),
            data.get(f"reservation__{side}") or "",
        )
        for side in Side.values
    }
    return {
        side: (agree or 0, reserve or 0, words)
        for side, (agree, reserve, words) in said.items()
        if agree is not None or reserve is not None or words
    }


class JustADayForm(StepForm):
    """A step of which only the day is asked."""

    happened_on = DayField(label=_("哪天"))


class SubmitForm(StepForm):
    """Step 5."""

    submitted_to = CleanCharField(label=_("报送给谁"), max_length=80)
    happened_on = DayField(label=_("哪天报的"))
    document_no = CleanCharField(label=_("文号"), required=False, max_length=120)
    owner = CleanCharField(label=_("谁负责"), required=False, max_length=40)


class DecisionsForm(StepForm):
    """One decision on several suggestions; each is adopted, not adopted, or left for later."""

    decided_by = CleanCharField(label=_("谁定的"), max_length=60)
    decided_on = DayField(label=_("哪天定的"))
    source = CleanCharField(
        label=_("从哪里知道的"),
        required=False,
        max_length=120,
        help_text=_("例如文号，或谁哪天电话告知。"),
    )

    def __init__(self, *args: Any, suggestions: list[Any], needs_source: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = needs_source
        self.suggestions = suggestions
        choices = [("yes", _("采纳")), ("no", _("没有采纳")), ("later", _("还没定"))]
        for one in suggestions:
            self.fields[f"word__{one.number}"] = forms.ChoiceField(
                label=_("第 %(number)d 条") % {"number": one.number},
                choices=choices,
                widget=forms.RadioSelect,
            )
            self.fields[f"reason__{one.number}"] = CleanCharField(
                label=_("第 %(number)d 条没有采纳的理由") % {"number": one.number},
                required=False,
                max_length=300,
            )

    def rows(self) -> list[tuple[Any, BoundField, BoundField]]:
        """Return one row per suggestion: itself, the answer, the reason."""
        return [(one, self[f"word__{one.number}"], self[f"reason__{one.number}"]) for one in self.suggestions]

    def other_fields(self) -> list[BoundField]:
        """Return the fields all suggestions share."""
        return [bound for bound in self if "__" not in bound.name]

    def clean(self) -> dict[str, Any]:
        """Refuse a no without its reason, beside its line."""
        data = super().clean() or self.cleaned_data
        for one in self.suggestions:
            if data.get(f"word__{one.number}") == "no" and not data.get(f"reason__{one.number}"):
                self.add_error(f"reason__{one.number}", _now("写明为什么没有采纳，提出的人要听得到。"))
        return data

    def said(self) -> dict[str, Any]:
        """Return the words for the action; what is left for later is left out."""
        data = self.cleaned_data
        decided = {
            one.code: (data[f"word__{one.number}"] == "yes", data[f"reason__{one.number}"])
            for one in self.suggestions
            if data[f"word__{one.number}"] != "later"
        }
        return {"decisions": decided, **{name: data[name] for name in ("decided_by", "decided_on", "source")}}


class ExplainForm(StepForm):
    """When the proposers were told, and the words reporters read."""

    explained_on = DayField(label=_("哪天告诉的"))
    words = CleanTextField(label=_("告诉反映人的话"), rows=4, max_length=600)


class DropForm(StepForm):
    """Why a point found no consensus."""

    because = CleanCharField(label=_("卡在哪里"), required=False, max_length=300)


class CallOffForm(StepForm):
    """Why a session does not take place, who decided it, and what those who spoke read."""

    because = CleanTextField(label=_("为什么这次不开了"), rows=3, max_length=200)
    decided_by = CleanCharField(label=_("谁决定的"), max_length=40)
    words_to_reporters = CleanCharField(
        label=_("告诉反映人的话"),
        required=False,
        max_length=200,
        help_text=_("不填就说：原来说好要商量这件事，这一次没有开成。"),
    )
