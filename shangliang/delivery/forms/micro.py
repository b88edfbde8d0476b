"""A whole micro-consultation on one phone screen; no field twice, and what can be known stands there already."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.consultations.models import Side
from shangliang.delivery.actions import Agreed, MicroSheet
from shangliang.foundation.codes import new_form_key
from shangliang.foundation.queries import day_table
from shangliang.foundation.viewer import Viewer
from shangliang.foundation.working_days import NoDayTable
from shangliang.people.queries import areas_of, issuing_authorities_of, organisations_of, setting
from shangliang.protection.queries import HOUSEHOLDS, asks_how_many
from shangliang.reports.queries import matters_free_for_topics
from shangliang.topics.queries import domain_choices, micro_approver, source_choices
from shangliang.ui.forms import CleanCharField, CleanTextField, DayField, Form

LINES = (1, 2, 3)
AGREED = ("text", "side", "unit", "until", "by")
CHOOSE = ("", _("请选一个"))
OF_RESIDENTS = "residents"


def known_before(committee_id: int, today: date, who: str) -> dict[str, Any]:
    """Return what a sheet may propose, all of it to be changed: today, who counted, who approves, the usual deadline."""
    known: dict[str, Any] = {"held_on": today, "counted_by": who, "approver": micro_approver(committee_id)}
    try:
        days = setting(committee_id, "default_deadline_days")
        known["agreed_1_until"] = day_table().add_working_days(today, days)
    except NoDayTable:  # the year is not entered yet: the clerk writes the day
        pass
    return known


class MatterField(forms.ModelChoiceField):
    """Established matters by code and title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what a choice reads as."""
        return f"{obj.code} {obj.title}"


class MicroForm(Form):
    """What, where, when, who was there, what was seen, what was agreed, who does it by when, on what paper."""

    entry_key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    matter = MatterField(label=_("商量的是哪件事项"), queryset=None, required=False, empty_label=_("不是从反映来的"),
                         help_text=_("选了事项，下面三项可以空着：照事项的名字和社区，来源是群众出题。"))  # fmt: skip
    households = forms.ChoiceField(label=_("有多少人说得出这件事？"), widget=forms.RadioSelect, required=False,
                                   choices=HOUSEHOLDS,
                                   help_text=_("选了事项，说的人又不到 5 个，就要答这一句：免得单位一看就知道是谁说的。"))  # fmt: skip
    title = CleanCharField(label=_("商量什么"), max_length=80, required=False)
    source = forms.ChoiceField(label=_("议题从哪里来"), required=False)
    area: Any = forms.ModelChoiceField(
        label=_("哪个社区（街道）"), queryset=None, required=False, empty_label=_("不分")
    )
    domain = forms.ChoiceField(label=_("哪一类事"))
    place = CleanCharField(label=_("在哪里"), max_length=80)
    held_on = DayField(label=_("哪天"), help_text=_("以前开的，写当时的日子。"))
    counted_by = CleanCharField(label=_("谁数的人"), max_length=40)
    approver = CleanCharField(label=_("谁同意议题的"), max_length=60)
    approval_document = CleanCharField(label=_("凭什么文件或电话"), max_length=60)
    issuing_authority: Any = forms.ModelChoiceField(
        label=_("谁交办的"), queryset=None, empty_label=_("请选一个")
    )
    document_no = CleanCharField(label=_("交办文号"), max_length=60)
    issued_on = DayField(label=_("哪天交办的"), required=False, help_text=_("不填就是开会那天。"))
    entry_source = CleanCharField(label=_("您照什么记的"), max_length=120,
                                  help_text=_("例如：现场记录，联络员王某手写，某月某日送来。"))  # fmt: skip

    def __init__(self, *args: Any, viewer: Viewer, committee_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry_key"].initial = new_form_key
        self.fields["source"].choices = [CHOOSE, *source_choices(committee_id)]  # type: ignore[attr-defined]
        self.fields["domain"].choices = [CHOOSE, *domain_choices()]  # type: ignore[attr-defined]
        self.fields["matter"].queryset = matters_free_for_topics(viewer).filter(committee_id=committee_id)  # type: ignore[attr-defined]
        self.fields["area"].queryset = areas_of(committee_id)  # type: ignore[attr-defined]
        authorities = issuing_authorities_of(committee_id)
        self.fields["issuing_authority"].queryset = authorities  # type: ignore[attr-defined]
        if len(authorities) == 1:
            self.fields["issuing_authority"].initial = authorities[0]
        self._add_heads()
        for number in LINES:
            self._add_line(number, organisations_of(committee_id))

    def _add_heads(self) -> None:
        for side in Side:
            label = _("%(side)s几人") % {"side": side.label}
            self.fields[f"heads_{side.value}"] = _number(label)

    def _add_line(self, number: int, units: Any) -> None:
        needed = number == 1
        self.fields[f"research_{number}_on"] = _said(DayField(label=_("哪天去看的"), required=needed))
        self.fields[f"research_{number}_note"] = _said(
            CleanCharField(label=_("看到什么"), max_length=300, required=needed)
        )
        agreed = {
            "text": CleanTextField(label=_("商量定的事"), rows=2, max_length=500, required=needed),
            "side": forms.ChoiceField(label=_("谁提的"), choices=[CHOOSE, *Side.choices], required=needed),
            "unit": forms.ModelChoiceField(
                label=_("谁来办"), queryset=units, required=needed, empty_label=CHOOSE[1]
            ),
            "until": DayField(label=_("最晚哪天"), required=needed),
            "by": CleanCharField(
                label=_("谁答应的"), max_length=60, required=needed, help_text=_("写职务就行。")
            ),
        }
        for name, field in agreed.items():
            self.fields[f"agreed_{number}_{name}"] = _said(field)

    def clean(self) -> dict[str, Any]:
        """Refuse a line that is begun and not finished: each of its empty fields says so."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._follow_matter(data)
        for number in LINES[1:]:
            for names in (("research_{}_on", "research_{}_note"),
                          [f"agreed_{{}}_{name}" for name in AGREED]):  # fmt: skip
                self._check_line([name.format(number) for name in names], data)
        return data

    def _follow_matter(self, data: dict[str, Any]) -> None:
        """What the chosen matter says need not be said again; without one it must be."""
        matter = data.get("matter")
        data["households"] = self._households(matter, data.get("households", ""))
        if matter:
            data["title"] = data.get("title") or matter.title
            data["source"] = data.get("source") or OF_RESIDENTS
            data["area"] = data.get("area") or matter.area
        for name in ("title", "source"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("这一项要填。"))

    def _households(self, matter: Any, said: str) -> str:
        """How many could have said it is asked where a matter of few voices is chosen; elsewhere it counts for nothing."""
        if not asks_how_many(matter):
            return ""
        if not said and "households" not in self.errors:
            self.add_error("households", _("这件事说的人少，先答这一句。"))
        return said

    def _check_line(self, names: list[str], data: dict[str, Any]) -> None:
        given = [name for name in names if data.get(name)]
        for name in set(names) - set(given) if given else ():
            if name not in self.errors:
                self.add_error(name, _("这一行写了一半，补上这一项，或者整行留空。"))

    def sheet(self) -> MicroSheet:
        """Return the filled form as the sheet the action takes."""
        data = self.cleaned_data
        same = {name: data[name] for name in (
            "title", "source", "domain", "area", "place", "held_on", "counted_by", "approver", "approval_document",
            "issuing_authority", "document_no", "issued_on", "entry_source")}  # fmt: skip
        return MicroSheet(
            **same,
            households=data["households"],
            matters=[data["matter"]] if data["matter"] else [],
            heads={side.value: data[f"heads_{side.value}"] for side in Side},
            research=[
                (data[f"research_{n}_on"], data[f"research_{n}_note"])
                for n in LINES
                if data[f"research_{n}_on"]
            ],
            agreed=[self._agreed(n) for n in LINES if data[f"agreed_{n}_text"]],
        )

    def _agreed(self, number: int) -> Agreed:
        said = {name: self.cleaned_data[f"agreed_{number}_{name}"] for name in AGREED}
        return Agreed(said["text"], said["unit"], said["until"], said["by"], said["side"])

    def line(self, kind: str, number: int) -> list[Any]:
        """Return the bound fields of one line, in order: what the page lays out."""
        return [self[name] for name in self.fields if name.startswith(f"{kind}_{number}_")]

    def research_lines(self) -> list[list[Any]]:
        """Return the three lines of research."""
        return [self.line("research", number) for number in LINES]

    def agreed_lines(self) -> list[list[Any]]:
        """Return the three lines of what was agreed."""
        return [self.line("agreed", number) for number in LINES]

    def research_wrong(self) -> bool:
        """Whether a further line of research has a mistake: then it stands open."""
        return self._wrong_below(self.research_lines())

    def agreed_wrong(self) -> bool:
        """Whether a further line of what was agreed has a mistake: then it stands open."""
        return self._wrong_below(self.agreed_lines())

    def _wrong_below(self, lines: list[list[Any]]) -> bool:
        return any(one.errors for line in lines[1:] for one in line)

    def heads(self) -> list[Any]:
        """Return the four head-counts."""
        return [self[f"heads_{side.value}"] for side in Side]


def _number(label: Any) -> forms.IntegerField:
    field = forms.IntegerField(label=label, min_value=0, max_value=5000)
    field.widget.attrs["inputmode"] = "numeric"
    return _said(field)  # type: ignore[return-value]


def _said(field: forms.Field) -> forms.Field:
    """Give a field that is added late the same words as the others when it is left empty."""
    field.error_messages["required"] = _("这一项要填。")
    return field
