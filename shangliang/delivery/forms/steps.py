"""Forms of delivery. A field is named as the parameter of the action it feeds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.delivery.models import Assignment, Reason, Satisfied, Solved
from shangliang.foundation import roles
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import RealOutcome
from shangliang.people.queries import issuing_authorities_of, letters_of, organisations_of
from shangliang.ui.forms import CleanCharField, CleanTextField, DayField, Form

CLAIMED_OUTCOMES = (RealOutcome.DONE, RealOutcome.PARTLY_DONE, RealOutcome.PLANNED, RealOutcome.REFERENCE)


class ManyPictures(forms.ClearableFileInput):
    """A file input that takes several pictures."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PicturesField(forms.FileField):
    """Several pictures, read as bytes."""

    widget = ManyPictures

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        """Return the bytes of each picture; none is fine."""
        several = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(PicturesField, self).clean(one, initial).read() for one in several]


class StepForm(Form):
    """One step of an assignment. The office, which only records what others did, must say when and from what source."""

    field_order: Any = None
    leaves_out: tuple[str, ...] = ()
    happened_on = DayField(label=_("哪天的事"), required=False, help_text=_("不填就是今天。"))
    source = CleanCharField(
        label=_("代录来源"),
        max_length=120,
        help_text=_("您在替单位记：写明来自哪份文件、哪通电话、谁送来的。"),
    )

    def __init__(self, *args: Any, assignment: Assignment, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assignment = assignment
        of_office = () if viewer.role in roles.OFFICE else ("happened_on", "source")
        for name in (*self.leaves_out, *of_office):
            self.fields.pop(name, None)


class AcceptForm(StepForm):
    """Nothing more to say."""


class ObjectForm(StepForm):
    """Why this is not the unit's task."""

    field_order = ("reason",)
    reason = CleanTextField(label=_("为什么不该由贵单位办，该找谁"), max_length=300,
                            help_text=_("异议只能提一次，由交办主体裁定。"))  # fmt: skip


class ProgressForm(StepForm):
    """One line of progress."""

    field_order = ("text",)
    text = CleanTextField(label=_("做到哪一步了"), max_length=500, rows=3)


class ClaimForm(StepForm):
    """What came of it."""

    field_order = ("text", "real_outcome", "finished_on", "next_step", "letter", "evidence_note", "pictures")
    leaves_out: tuple[str, ...] = ("happened_on",)
    text = CleanTextField(label=_("做了什么"), max_length=500, help_text=_("反映的人会读到，请用平常话写。"))
    real_outcome = forms.ChoiceField(label=_("结果"), widget=forms.RadioSelect,
                                     choices=[(one.value, one.label) for one in CLAIMED_OUTCOMES])  # fmt: skip
    finished_on = DayField(label=_("哪天办完的"))
    next_step = CleanTextField(label=_("没办完的原因和下一步"), max_length=300, rows=3, required=False,
                               help_text=_("部分解决、列入计划的要写。"))  # fmt: skip
    letter = forms.ChoiceField(label=_("办理结果类别"), required=False)
    evidence_note = CleanCharField(label=_("佐证材料"), max_length=200, required=False)
    pictures = PicturesField(label=_("照片"), required=False,
                             help_text=_("最多 4 张，不交也行。照片里不要有孩子的脸和车牌。"))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(one.letter, f"{one.letter} {one.label}") for one in letters_of(self.assignment.committee_id)]
        choices = [("", _("不分类")), *rows]
        self.fields["letter"].choices = choices  # type: ignore[attr-defined]
        if not rows:
            del self.fields["letter"]


class CannotForm(StepForm):
    """Why it cannot be done."""

    field_order = ("reason", "next_step")
    reason = CleanTextField(
        label=_("为什么做不了"), max_length=500, help_text=_("我们要讲给反映的人听，请写实在的原因。")
    )
    next_step = CleanTextField(label=_("以后怎么办"), max_length=300, rows=2, required=False)


class UpholdForm(StepForm):
    """The authority keeps the task where it is."""

    field_order: tuple[str, ...] = ("decision", "decided_on")
    leaves_out: tuple[str, ...] = ("happened_on",)
    decision = CleanTextField(label=_("裁定和理由"), max_length=300, rows=3)
    decided_on = DayField(label=_("哪天裁定的"), required=False, help_text=_("不填就是今天。"))


class CoUnitForm(Form):
    """A unit beside the lead one; the office copies what the authority decided, with its source."""

    organisation: Any = forms.ModelChoiceField(
        label=_("加哪个单位一起办"), queryset=None, empty_label=_("请选一个")
    )
    source = CleanCharField(
        label=_("代录来源"), max_length=120, help_text=_("交办主体怎么定的：哪份文件、哪通电话。")
    )

    def __init__(self, *args: Any, assignment: Assignment, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = organisations_of(assignment.committee_id).exclude(pk=assignment.lead_unit_id)
        self.fields["organisation"].queryset = units  # type: ignore[attr-defined]
        if viewer.role not in roles.OFFICE:
            del self.fields["source"]


class ReassignForm(UpholdForm):
    """The authority gives the task to another unit."""

    field_order = ("lead_unit", "decision", "decided_on", "deadline_on")
    lead_unit: Any = forms.ModelChoiceField(
        label=_("改由哪个单位办"), queryset=None, empty_label=_("请选一个")
    )
    deadline_on = DayField(
        label=_("新的期限"), required=False, help_text=_("不填就不变：期限从第一次交办那天算起。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = organisations_of(self.assignment.committee_id).exclude(pk=self.assignment.lead_unit_id)
        self.fields["lead_unit"].queryset = others  # type: ignore[attr-defined]


class CheckForm(StepForm):
    """Who of the committee looked, and when."""

    leaves_out: tuple[str, ...] = ("happened_on", "source")
    verified_by = CleanCharField(
        label=_("谁去核实的"), max_length=60, help_text=_("写职务就行，例如：提案委副主任。")
    )
    verified_on = DayField(label=_("哪天去的"), required=False, help_text=_("不填就是今天。"))


class VerifyForm(CheckForm):
    """It is as the unit says."""

    note = CleanCharField(label=_("看到的情况"), max_length=300, required=False)


class SendBackForm(CheckForm):
    """It is not as the unit says."""

    field_order = ("reason",)
    reason = CleanTextField(label=_("哪里对不上"), max_length=300, rows=3, help_text=_("单位要照着接着办。"))


class ExplainForm(CheckForm):
    """What those who raised it are told."""

    field_order = ("words", "verified_by", "told_on")
    leaves_out: tuple[str, ...] = ("happened_on", "source", "verified_on")
    words = CleanTextField(label=_("讲给反映人听的话"), max_length=300,
                           help_text=_("会出现在每个反映人的回执里：为什么做不了，以后怎么办。"))  # fmt: skip
    told_on = DayField(label=_("哪天告诉的"), required=False, help_text=_("不填就是今天。"))


class TakeUpAgainForm(StepForm):
    """After "not solved"."""

    field_order = ("reason", "deadline_on", "source")
    leaves_out: tuple[str, ...] = ("happened_on",)
    reason = CleanTextField(
        label=_("接着办什么"), max_length=200, rows=3, help_text=_("单位看得到。不要抄反映人的话。")
    )
    deadline_on = DayField(label=_("交办主体定的新期限"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "source" in self.fields:
            self.fields["source"].help_text = _("要不要接着办由交办主体定。写明它的哪份文件、哪通电话。")


class AssignForm(Form):
    """What an issuing authority decided on one adopted suggestion."""

    task = CleanTextField(label=_("工作任务"), max_length=500, rows=3)
    issuing_authority: Any = forms.ModelChoiceField(
        label=_("交办主体"), queryset=None, empty_label=_("请选一个")
    )
    document_no = CleanCharField(label=_("文号"), max_length=60)
    basis = CleanCharField(
        label=_("依据"), max_length=200, help_text=_("凭什么交办：会议、制度或批准的文件。")
    )
    issued_on = DayField(label=_("哪天交办的"), help_text=_("期限从这天的第二天算起。"))
    lead_unit: Any = forms.ModelChoiceField(label=_("牵头单位"), queryset=None, empty_label=_("请选一个"),
                                       help_text=_("名册里标了“函商”的单位，会按函商登记。"))  # fmt: skip
    co_units: Any = forms.ModelMultipleChoiceField(label=_("配合单位"), queryset=None, required=False,
                                              widget=forms.CheckboxSelectMultiple)  # fmt: skip
    working_days = forms.IntegerField(label=_("几个工作日办完"), min_value=1, max_value=400)
    responsible = CleanCharField(label=_("责任领导、责任人"), max_length=60, required=False)
    phone = CleanCharField(label=_("联系电话"), max_length=40, required=False)
    source = CleanCharField(label=_("代录来源"), max_length=120,
                            help_text=_("您在替交办主体记：写明来自哪份文件、哪通电话、谁送来的。"))  # fmt: skip

    def __init__(
        self, *args: Any, committee_id: int, viewer: Viewer, owner_words: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        authorities, units = issuing_authorities_of(committee_id), organisations_of(committee_id)
        if viewer.role == roles.AUTHORITY:
            authorities = authorities.filter(pk=viewer.organisation_id)  # type: ignore[attr-defined]
            del self.fields["source"]
        self.fields["issuing_authority"].queryset = authorities  # type: ignore[attr-defined]
        if len(authorities) == 1:
            self.fields["issuing_authority"].initial = authorities[0]
        for name in ("lead_unit", "co_units"):
            self.fields[name].queryset = units  # type: ignore[attr-defined]
        lead = self.fields["lead_unit"]
        lead.help_text = f"{owner_words}{lead.help_text}"


class VerdictForm(Form):
    """Two questions to the person who raised it; nothing is chosen beforehand."""

    solved = forms.ChoiceField(label=_("您看，解决了吗？"), widget=forms.RadioSelect, choices=Solved.choices,
                               error_messages={"required": _("请选一个：解决了吗？")})  # fmt: skip
    reason = forms.ChoiceField(label=_("还差在哪里"), required=False, choices=[("", _("不说也行")), *Reason.choices],
                               help_text=_("没全解决、不满意的，可以选一个原因。"))  # fmt: skip
    satisfied = forms.ChoiceField(label=_("办得满意吗？"), widget=forms.RadioSelect, choices=Satisfied.choices,
                                  error_messages={"required": _("请选一个：满意吗？")})  # fmt: skip
    may_show = forms.BooleanField(label=_("可以公开写一句“反映的人说：解决了”（按您选的写）"), required=False,
                                  help_text=_("不写名字。不勾就不写。"))  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Drop a reason that no longer goes with the answers."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("solved") == Solved.YES and data.get("satisfied") != Satisfied.NO:
            data["reason"] = ""
        return data


class RequestForm(Form):
    """The request to the issuing authority, drafted by us, sent as the office leaves it."""

    text = CleanTextField(label=_("请求的内容"), rows=9, max_length=2000,
                          help_text=_("用我们的话写，不写反映人的原话和身份。"))  # fmt: skip


class OutcomeForm(Form):
    """What a follow-up came to."""

    outcome = CleanTextField(label=_("跟踪的结果"), rows=3, max_length=300)


class LookBackForm(Form):
    """What a later look found."""

    finding = CleanTextField(label=_("看到的情况"), rows=3, max_length=300)
    done_on = DayField(label=_("哪天去看的"), required=False, help_text=_("不填就是今天。"))
    came_back = forms.BooleanField(label=_("问题又出现了，重新跟踪"), required=False)
