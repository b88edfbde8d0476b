"""With a receipt in hand: leaving a contact. And at the desk: the contact somebody names who lost theirs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.reports import rules
from shangliang.reports.actions.contact import sentence_of
from shangliang.ui.forms import CleanCharField, Form

AGREE = {"required": _("要留下，请在这里打个勾；不想留，就不用交。")}


class PhoneForm(Form):
    """A telephone number and the consent to it."""

    kind = "phone"
    value = CleanCharField(
        label=_("电话"), max_length=rules.LONGEST_CONTACT, may_be_marked=True,
        error_messages={"required": _("还没写电话呢。")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "data-private": True}),
    )  # fmt: skip
    has_agreed = forms.BooleanField(label=sentence_of("phone"), error_messages=AGREE)
    may_unit_call = forms.BooleanField(label=_("去办事的单位可以直接给我打电话"), required=False)


class MailForm(Form):
    """A mail address and the consent to it."""

    kind = "mail"
    value = CleanCharField(
        label=_("邮箱"), max_length=rules.LONGEST_MAIL, may_be_marked=True,
        error_messages={"required": _("还没写邮箱呢。")},
        help_text=_("信里只说有了进展，不写您说的话，也不写是哪件事。"),
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email", "data-private": True,
                                      "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    has_agreed = forms.BooleanField(label=sentence_of("mail"), error_messages=AGREE)


def contact_form(what: str, data: Any = None) -> PhoneForm | MailForm:
    """Return the form of one kind of contact; both stand on one page, so their ids begin with the kind."""
    form = MailForm if what == "mail" else PhoneForm
    return form(data, auto_id=f"{form.kind}_%s")


class ReissueForm(Form):
    """What somebody names who lost the receipt: compared by the machine, shown to nobody."""

    contact = CleanCharField(
        label=_("他报的电话或邮箱"), max_length=rules.LONGEST_MAIL, may_be_marked=True,
        help_text=_("照他说的写。写下以后谁也看不到，由系统和留着的比。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-private": True}),
    )  # fmt: skip
