"""What a resident fills in: the one sentence, and later an answer, an addition, a receipt code."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.codes import new_form_key
from shangliang.foundation.pictures import LARGEST_FILE, TOO_BIG
from shangliang.reports import rules
from shangliang.reports.actions import Alongside
from shangliang.reports.forms.recordings import RecordingField
from shangliang.ui.forms import CleanCharField, CleanTextField, Form

USUAL_ELSEWHERE = "12345"
LONGEST_CODE = 24
SAY_SOMETHING = _("还没写呢。写一句话就行：在哪里，怎么了。")


class PhotoInput(forms.FileInput):
    """The browser's own picker for several pictures."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to four pictures as bytes. Refuses more, and one over 12 MB before reading it; whether they are any is
    for the action to see."""

    widget = PhotoInput(attrs={"multiple": True, "accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        """Return the bytes of each file chosen."""
        files = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(files) > rules.MOST_PHOTOS:
            raise ValidationError(_("照片一次最多 4 张。您写的字还在，少选几张再交。"))
        if any(one.size > LARGEST_FILE for one in files):
            raise ValidationError(_(TOO_BIG))
        return [one.read() for one in files]


class ReportForm(Form):
    """One sentence; everything else may stay empty. ``form_key`` was made when the form opened."""

    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    text = CleanTextField(
        label=_("哪里有问题"), required=False, say=True, max_length=rules.MOST_CHARACTERS, may_be_marked=True,
        help_text=_("说清楚在哪里、什么时候、怎么了，就够了。"),
    )  # fmt: skip
    photos = PhotosField(label=_("照片"), required=False, help_text=_("人脸和车牌，公开前都会遮住。"))
    place = CleanCharField(
        label=_("大概在哪儿"), required=False, max_length=rules.LONGEST_PLACE, help_text=_("不用写门牌号。"), may_be_marked=True,
    )  # fmt: skip
    contact = CleanCharField(
        label=_("电话"), required=False, max_length=rules.LONGEST_CONTACT, may_be_marked=True,
        help_text=_("加密保存，被反映的单位看不到。撤回的时候，马上删掉。"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "data-private": True}),
    )  # fmt: skip
    recording = RecordingField(
        label=_("录一段话"), required=False, help_text=_("最多 60 秒。只有看来信的工作人员能听，写成字就删。")
    )
    claims_matter = CleanCharField(
        widget=forms.HiddenInput(attrs={"data-claims": True}), required=False, may_be_marked=True
    )
    elsewhere = CleanCharField(
        label=_("打给了哪里"), required=False, max_length=rules.LONGEST_ELSEWHERE, may_be_marked=True,
        help_text=_("不写就当是 12345。"),
    )  # fmt: skip
    elsewhere_number = CleanCharField(
        label=_("那边给的编号"), required=False, max_length=rules.LONGEST_NUMBER_ELSEWHERE, may_be_marked=True
    )
    agrees = forms.BooleanField(label=_("同意只为问清这件事联系我"), required=False)
    may_unit_call = forms.BooleanField(label=_("去办事的单位可以直接给我打电话"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse nothing said at all, and contact without the tick beside it."""
        said = super().clean() or {}
        if not self.errors and not said.get("text", "").strip() and not said.get("recording"):
            self.add_error("text", SAY_SOMETHING)
        if said.get("contact") and not said.get("agrees"):
            self.add_error("agrees", _("留了电话，请在这里打个勾；不想留，把电话删掉就行。"))
        return said

    def words(self) -> dict[str, Any]:
        """Return what ``submit_report`` takes, apart from where and when."""
        said = self.cleaned_data
        return {
            "form_key": said["form_key"], "text": said["text"], "place": said["place"], "photos": said["photos"],
            "contact": said["contact"], "may_unit_call": said["may_unit_call"],
            "consent_version": rules.CONSENT_VERSION if said["agrees"] else "",
            "elsewhere": said["elsewhere"] or (USUAL_ELSEWHERE if said["elsewhere_number"] else ""),
            "elsewhere_number": said["elsewhere_number"],
            "alongside": Alongside(said["recording"], said["claims_matter"][:LONGEST_CODE]),
        }  # fmt: skip


class ReceiptForm(Form):
    """A receipt code in either alphabet, and whether to remember it on this phone."""

    code = forms.CharField(
        label=_("回执码"), required=False, max_length=200, strip=True,
        help_text=_("符号和汉字都行，空格、大小写不要紧。末尾防抄错的那一个也要写上。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
                                      "data-private": True, "data-code-from-hash": True}),
    )  # fmt: skip
    remember = forms.BooleanField(
        label=_("在这部手机上记住"), required=False, help_text=_("别人也用这部手机的话，就别勾。")
    )


class ReplyForm(Form):
    """An answer to the office's question."""

    text = CleanTextField(
        label=_("您的回答"),
        may_be_marked=True,
        max_length=rules.MOST_CHARACTERS,
        error_messages={"required": _("还没写呢。写一句话就行。")},
    )


class AddForm(Form):
    """More words or pictures to what was said."""

    text = CleanTextField(
        label=_("再补充一句"), required=False, max_length=rules.MOST_CHARACTERS, may_be_marked=True
    )
    photos = PhotosField(
        label=_("照片"), required=False, help_text=_("最多 4 张。人脸和车牌，公开前都会遮住。")
    )

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all."""
        said = super().clean() or {}
        if not self.errors and not said.get("text", "").strip() and not said.get("photos"):
            raise ValidationError(_("写一句，或者加一张照片。"))
        return said


def blank_report_form() -> ReportForm:
    """Return an empty form with a fresh form key."""
    return ReportForm(initial={"form_key": new_form_key()})
