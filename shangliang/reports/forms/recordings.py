"""A recording instead of writing, and what a screener writes down of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.sound import LARGEST_FILE, LONGEST_SECONDS
from shangliang.reports import rules
from shangliang.ui.forms import CleanTextField, Form


class RecordingInput(forms.FileInput):
    """The phone's own recorder, or a file where there is none."""

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "audio/*", "capture": True, "data-recording": str(LONGEST_SECONDS)})


class RecordingField(forms.FileField):
    """One recording as bytes. Refuses one over 12 MB before reading it; whether it is any sound the action sees."""

    widget = RecordingInput

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """Return the bytes, none where nothing was recorded."""
        if not data:
            return b""
        if data.size > LARGEST_FILE:
            raise ValidationError(_("录音太大了（超过 12 MB）。您写的字还在，录短一点再交。"))
        return data.read()


class WriteDownForm(Form):
    """What was said, in words, by somebody who has listened to all of it."""

    text = CleanTextField(
        label=_("他说了什么"), rows=8, say=True, may_be_marked=True, max_length=rules.MOST_CHARACTERS,
        help_text=_("照原话写，不替他改。听不清的地方写“（听不清）”。"),
        error_messages={"required": _("写上他说了什么，照原话写。")},
    )  # fmt: skip
    has_listened = forms.BooleanField(
        label=_("整段都听过了"), required=False, help_text=_("写下来以后录音马上删掉，谁也听不到了。")
    )
