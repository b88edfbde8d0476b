"""The office's own pages: people, units, settings, days."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.people.models import Level, OrganisationKind, RealOutcome, Role
from shangliang.people.rules import FOR_A_UNIT, LIMITS, PersonLine
from shangliang.people.settings_of import SOURCES
from shangliang.ui.forms import CleanCharField, DayField, Form

LETTER_ROWS = range(5)


class AppointForm(Form):
    """One person, one role."""

    name = CleanCharField(label=gettext_lazy("姓名"), max_length=40)
    role = forms.ChoiceField(
        label=gettext_lazy("角色"), choices=[("", gettext_lazy("请选择")), *Role.choices]
    )
    organisation = CleanCharField(
        label=gettext_lazy("哪个单位的"), max_length=60, required=False,
        help_text=gettext_lazy("只有单位经办人、交办主体经办人要填，写单位名册里的全称。"),
    )  # fmt: skip
    title = CleanCharField(label=gettext_lazy("科室或职务"), max_length=40, required=False)
    email = forms.EmailField(
        label=gettext_lazy("邮箱"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("有待办时发一封提醒。不填就只在页面上提醒。"),
    )
    login = CleanCharField(
        label=gettext_lazy("登录名"), max_length=40, required=False, help_text=gettext_lazy("不填就用姓名。")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the unit where the role is held for one."""
        said = self.cleaned_data
        if said.get("role") in FOR_A_UNIT and not said.get("organisation"):
            self.add_error("organisation", _("这个身份要说明是哪个单位的。"))
        return said

    def person(self) -> PersonLine:
        """Return what was filled in as one line of people."""
        return PersonLine(1, **self.cleaned_data)


class OrganisationForm(Form):
    """What a unit is and how it is asked."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=OrganisationKind.choices)
    is_issuing_authority = forms.BooleanField(label=gettext_lazy("能交办任务（交办主体）"), required=False)
    by_letter = forms.BooleanField(
        label=gettext_lazy("用函去商量（函商）"),
        required=False,
        help_text=gettext_lazy("不归交办主体管的单位，如企业、供电公司。"),
    )


class SettingsForm(Form):
    """Days and numbers of a committee."""

    def __init__(self, *args: Any, keys: tuple[str, ...] = tuple(LIMITS), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "answer_days": _("几个工作日内给第一次答复"),
            "answer_max_days": _("第一次答复最晚不超过几天（自然日，最多 15）"),
            "reviewers": _("公开的文字要几个人审核（1 到 3）"),
            "look_back_days": _("办完以后多少天回头看"),
            "link_days": _("给单位的一次性链接几天有效"),
            "objection_days": _("牵头单位几个工作日内可以提异议"),
            "default_deadline_days": _("办理时限一般给几个工作日"),
            "keep_contact_days": _("办完以后多少天删掉反映人的联系方式"),
            "keep_audio_days": _("录音没人写下来，多少天后也删掉"),
            "quiet_point_weeks": _("直报点几个星期没有反映，就问一句码还在不在"),
            "ask_wait_days": _("问反映人一句话，最多等几天（自然日）"),
            "keep_withdrawn_days": _("反映人撤回以后多少天彻底删掉原话和照片"),
            "digest_hour": _("每天几点告诉各人有什么等着办（7 到 12 点）"),
        }
        for key in keys:
            low, high = LIMITS[key]
            said = _("填 %(low)s 到 %(high)s 之间的数。") % {"low": low, "high": high}
            self.fields[key] = forms.IntegerField(
                label=labels[key], min_value=low, max_value=high,
                error_messages={"min_value": said, "max_value": said, "invalid": said, "required": said},
                widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
            )  # fmt: skip


class LabelsForm(Form):
    """Local words: what consulting is called here, and the six sources."""

    consultation = CleanCharField(
        label=gettext_lazy("“协商”在本地叫什么"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("例如：有事好商量。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, words in SOURCES:
            self.fields[f"source_{key}"] = CleanCharField(
                label=_("“%(words)s”在本地叫什么") % {"words": words}, max_length=20, required=False
            )

    @staticmethod
    def initial_from(settings: dict[str, Any]) -> dict[str, str]:
        """Return what the fields show for the settings that hold now."""
        return {"consultation": settings["labels"].get("consultation", ""),
                **{f"source_{key}": said for key, said in settings["source_labels"].items()}}  # fmt: skip

    def values(self, settings: dict[str, Any]) -> dict[str, Any]:
        """Return the settings as filled in; words set elsewhere stay."""
        said = self.cleaned_data
        labels = {**settings["labels"], "consultation": said["consultation"]}
        sources = {key: said[f"source_{key}"] for key, _words in SOURCES}
        return {"labels": {key: word for key, word in labels.items() if word},
                "source_labels": {key: word for key, word in sources.items() if word}}  # fmt: skip


class LettersForm(Form):
    """Local letters and the real outcome each stands for: five rows, empty ones are left out."""

    def __init__(self, *args: Any, letters: Any = (), **kwargs: Any) -> None:
        rows = [(one.letter, one.label, one.real_outcome) for one in letters] or [
            ("A", _("已解决"), RealOutcome.DONE), ("B", _("列入计划"), RealOutcome.PLANNED),
            ("C", _("做不了，已说明"), RealOutcome.NOT_FEASIBLE)]  # fmt: skip
        first = {f"{name}_{at}": value for at, row in enumerate(rows)
                 for name, value in zip(("letter", "label", "real"), row, strict=True)}  # fmt: skip
        super().__init__(*args, initial=first, **kwargs)
        for at in LETTER_ROWS:
            self.fields[f"letter_{at}"] = CleanCharField(label=_("字母"), max_length=4, required=False)
            self.fields[f"label_{at}"] = CleanCharField(label=_("本地叫法"), max_length=40, required=False)
            self.fields[f"real_{at}"] = forms.ChoiceField(
                label=_("实际结果"), required=False, choices=[("", _("请选择")), *RealOutcome.choices]
            )

    def rows_of_fields(self) -> list[tuple[Any, Any, Any]]:
        """Return the three fields of each row."""
        return [(self[f"letter_{at}"], self[f"label_{at}"], self[f"real_{at}"]) for at in LETTER_ROWS]

    def clean(self) -> dict[str, Any]:
        """Refuse half-filled rows and a letter used twice."""
        seen: set[str] = set()
        for at in LETTER_ROWS:
            row = self._row(at)
            if any(row) and not all(row):
                self.add_error(f"letter_{at}", _("这一行三项都要填，或者都不填。"))
            elif row[0] and row[0] in seen:
                self.add_error(f"letter_{at}", _("这个字母用了两次。"))
            seen.add(row[0])
        return self.cleaned_data

    def _row(self, at: int) -> tuple[str, str, str]:
        said = self.cleaned_data
        return said.get(f"letter_{at}", ""), said.get(f"label_{at}", ""), said.get(f"real_{at}", "")

    def letters(self) -> list[tuple[str, str, str]]:
        """Return the filled rows."""
        return [row for row in map(self._row, LETTER_ROWS) if all(row)]


class DayForm(Form):
    """A day that differs from its weekday."""

    day = DayField(label=gettext_lazy("哪一天"))
    is_working = forms.ChoiceField(
        label=gettext_lazy("这一天"), choices=[("no", gettext_lazy("放假")), ("yes", gettext_lazy("上班（调休）"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    name = CleanCharField(
        label=gettext_lazy("什么日子"), max_length=40, help_text=gettext_lazy("例如：春节、春节调休上班。")
    )

    def entry(self) -> dict[str, Any]:
        """Return day, is_working (a truth value) and name."""
        return {**self.cleaned_data, "is_working": self.cleaned_data["is_working"] == "yes"}


class NamesForm(Form):
    """The names a committee goes by."""

    name = CleanCharField(
        label=gettext_lazy("全称"), max_length=60, help_text=gettext_lazy("例如：云川区政协。")
    )
    short_name = CleanCharField(
        label=gettext_lazy("简称"), max_length=20, help_text=gettext_lazy("例如：云川区。")
    )


class LevelField(forms.ChoiceField):
    """Which level a committee is of."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("级别"), choices=Level.choices, initial=Level.DISTRICT, **kwargs)
