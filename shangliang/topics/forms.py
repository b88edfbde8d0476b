"""What the office fills in about a topic. The names of the fields are the words the actions take."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.ui.forms import CleanCharField, CleanTextField, DayField, Form

PLEASE_CHOOSE = ("", _("请选择"))


class TopicForm(Form):
    """A new topic: from one or more matters, or from none."""

    title = CleanCharField(
        label=_("商量什么"), max_length=80, help_text=_("一句话，例如：缓解小学门口放学时段拥堵。")
    )
    source = forms.ChoiceField(label=_("来源"), help_text=_("只选一个，最主要的那个。"))
    domain = forms.ChoiceField(label=_("领域"), widget=forms.RadioSelect)
    form = forms.ChoiceField(label=_("用哪种形式商量"))
    area = forms.ChoiceField(label=_("哪里的事"), required=False)
    matters = forms.MultipleChoiceField(
        label=_("商量哪几件事"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("上级点的题、公开征来的题可以一件都不选。"),
    )
    background = CleanTextField(label=_("选题背景"), required=False, rows=4)
    why_this_topic = CleanCharField(label=_("为什么选这个题"), required=False, max_length=300)
    stored_on = DayField(
        label=_("哪天入库"), required=False, help_text=_("不填就是今天。补录过去的议题时写当时的日子。")
    )

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, Any]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "form"):
            self.fields[name].choices = [PLEASE_CHOOSE, *choices[name]]  # type: ignore[attr-defined]
        self.fields["domain"].choices = choices["domain"]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", _("全区，或说不准")), *choices["area"]]  # type: ignore[attr-defined]
        self.fields["matters"].choices = choices["matters"]  # type: ignore[attr-defined]
        if not choices["matters"] and "matters" not in self.data:
            del self.fields["matters"]


class SubmitForm(Form):
    """To whom a topic is submitted, and when."""

    submitted_to = CleanCharField(label=_("报给谁审批"), max_length=60)
    submitted_on = DayField(label=_("哪天报的"))


class DecisionForm(Form):
    """What was decided elsewhere, with its paper."""

    decision = forms.ChoiceField(
        label=_("怎么定的"),
        widget=forms.RadioSelect,
        choices=[("approved", _("同意")), ("returned", _("退回修改")), ("not_taken", _("不采用"))],
    )
    decided_by = CleanCharField(label=_("谁定的"), max_length=60, help_text=_("写机构，例如：区委常委会。"))
    decided_on = DayField(label=_("哪天定的"))
    document_no = CleanCharField(label=_("文号"), required=False, max_length=60)
    source = CleanCharField(
        label=_("从哪里知道的"),
        required=False,
        max_length=120,
        help_text=_("没有文号时写，例如：区委办 9月21日电话答复，程晓岚接。"),
    )
    opinion = CleanTextField(
        label=_("意见"), required=False, rows=3, max_length=300, help_text=_("退回或不采用时要写。")
    )
    words_to_reporters = CleanCharField(
        label=_("告诉反映人的话"),
        required=False,
        max_length=200,
        help_text=_("只在不采用时发。反映人总会知道这一轮先不商量；想多说一句，写在这里。"),
    )


class NoticeForm(Form):
    """From which day a topic is shown."""

    from_on = DayField(label=_("从哪天开始公示"))


class NoticeOutcomeForm(Form):
    """What a notice brought."""

    outcome = CleanTextField(
        label=_("公示收到了什么"), rows=3, max_length=300, help_text=_("例如：没有收到不同意见。")
    )


class ScheduleForm(Form):
    """The day of the consultation."""

    scheduled_on = DayField(label=_("排在哪天商量"))


class TurnDownForm(Form):
    """Why a topic falls away, and who decided it."""

    because = CleanTextField(label=_("为什么不用这个议题了"), rows=3, max_length=250)
    decided_by = CleanCharField(label=_("谁定的"), max_length=40)
    decided_on = DayField(label=_("哪天定的"))
    words_to_reporters = CleanCharField(
        label=_("告诉反映人的话"),
        required=False,
        max_length=200,
        help_text=_("反映人总会知道这一轮先不商量；想多说一句，写在这里。"),
    )


class FormSettingsForm(Form):
    """A form of consultation: its name, who approves, how long a topic is shown before."""

    name = CleanCharField(label=_("名称"), max_length=30)
    approver = CleanCharField(label=_("议题报给谁审批"), max_length=60)
    notice_days = forms.IntegerField(
        label=_("商量之前公示几天"),
        min_value=0,
        max_value=90,
        help_text=_("按日历天数算，头一天也算。不公示写 0。"),
    )
