"""Signing in, the first password, and changing it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.ui.forms import CleanCharField, Form


def password_field(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    """Return a field for a password: kept exactly as typed."""
    return forms.CharField(
        label=label, strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": autocomplete}), help_text=help_text,
    )  # fmt: skip


class SignInForm(Form):
    """Name and password."""

    username = CleanCharField(
        label=_("登录名"), max_length=40,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "username", "autocapitalize": "none"}),
    )  # fmt: skip
    password = password_field(_("密码"), "current-password")


class TwicePasswordForm(Form):
    """A new password, written twice."""

    password = password_field(_("新密码"), "new-password", help_text=_("至少 10 个字，不要只用数字。"))
    again = password_field(_("再写一遍"), "new-password")

    def clean_again(self) -> str:
        """Refuse when the two differ."""
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("password", again) != again:
            raise forms.ValidationError(_("两遍写得不一样，请再写一次。"))
        return again


class ChangePasswordForm(TwicePasswordForm):
    """The old password, and the new one twice."""

    old = password_field(_("现在的密码"), "current-password")
    field_order = ["old", "password", "again"]
