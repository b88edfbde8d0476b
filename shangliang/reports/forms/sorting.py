"""Finding a kind in the whole scheme, and the filters of what nobody answers for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.ui.forms import CleanCharField, Form

Groups = list[tuple[str, list[tuple[int, str]]]]
EVERY_REASON = (("", _("不限")), ("kind", _("还没有类别")), ("owner", _("有类别，没有单位")))


class FindKindForm(Form):
    """A word of the kind that is looked for."""

    q = CleanCharField(label=_("找哪一类"), required=False, max_length=40, may_be_marked=True)


class UnownedFilterForm(Form):
    """Why it lies here, and where."""

    why = forms.ChoiceField(label=_("为什么在这里"), required=False, choices=EVERY_REASON)
    area = forms.TypedChoiceField(label=_("街道、社区"), required=False, coerce=int, empty_value="")

    def __init__(self, *args: Any, areas: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("不限")), *((one.pk, one.name) for one in areas)]
        self.fields["area"].choices = choices  # type: ignore[attr-defined]


def kinds_with(groups: Groups, wanted: str) -> Groups:
    """Return the groups of a scheme with the kinds whose path holds every word that is looked for; "" keeps all."""
    words = wanted.split()
    kept = [(name, [one for one in kinds if all(word in one[1] for word in words)]) for name, kinds in groups]
    return [(name, kinds) for name, kinds in kept if kinds]
