"""Where a picture is covered: places drawn by two presses, by dragging, or typed; and the one question about children."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.pictures import Rectangle
from shangliang.protection.models import Children
from shangliang.ui.forms import Form

ALL = 1000  # thousandths
SMALLEST = 5
_PLACE = re.compile(r"(\d{1,4}),(\d{1,4}),(\d{1,4}),(\d{1,4})")
_CORNER = re.compile(r"(\d{1,4}),(\d{1,4})")


class CoverForm(Form):
    """Places and a first corner travel with the page; nothing is kept before somebody confirms."""

    places = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)
    corner = forms.CharField(widget=forms.HiddenInput, required=False, max_length=9)
    left = forms.IntegerField(label=_("离左边"), required=False, min_value=0, max_value=100)
    top = forms.IntegerField(label=_("离上边"), required=False, min_value=0, max_value=100)
    width = forms.IntegerField(label=_("多宽"), required=False, min_value=1, max_value=100)
    height = forms.IntegerField(label=_("多高"), required=False, min_value=1, max_value=100)
    children = forms.ChoiceField(
        label=_("画面里有没有孩子？"),
        choices=Children.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("孩子的脸一律要遮。遮不住的，就不给别人看。"),
    )

    def typed(self) -> list[Rectangle]:
        """Return the place typed in hundredths, as a list of one, or none when a part of it is missing."""
        said = self.cleaned_data
        four = [said.get(name) for name in ("left", "top", "width", "height")]
        return [] if None in four else fitting([tuple(10 * one for one in four)])  # type: ignore[misc,operator]

    def needs_children(self) -> bool:
        """Add the error that the question about children was not answered; tell whether it was missing."""
        if not self.cleaned_data.get("children"):
            self.add_error("children", _("请先答这一句：画面里有没有孩子？"))
        return bool(self.errors)


def places_in(said: str) -> list[Rectangle]:
    """Read places from "left,top,width,height;…"; what is no place, or lies outside, is left out."""
    return fitting([tuple(int(part) for part in one) for one in _PLACE.findall(said)])  # type: ignore[misc]


def corner_in(said: str) -> tuple[int, int] | None:
    """Read a corner from "across,down"."""
    found = _CORNER.fullmatch(said)
    return (min(ALL, int(found[1])), min(ALL, int(found[2]))) if found else None


def as_words(places: list[Rectangle]) -> str:
    """Write places as `places_in` reads them."""
    return ";".join(",".join(str(part) for part in one) for one in places)


def between(first: tuple[int, int], second: tuple[int, int]) -> Rectangle:
    """Return the place between two corners, whichever was pressed first."""
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(first, second, strict=True))
    return left, top, right - left, bottom - top


def fitting(places: list[Any]) -> list[Rectangle]:
    """Return places cut at the edges of the picture; those too small to see are left out."""
    cut = [(left, top, min(width, ALL - left), min(height, ALL - top)) for left, top, width, height in places]
    return [one for one in cut if one[2] >= SMALLEST and one[3] >= SMALLEST]
