"""How alike, in words with the figure; and the page that says from where on it counts, and why there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shangliang.foundation import clock
from shangliang.people.access import attempt, for_roles
from shangliang.reports.actions import thresholds
from shangliang.reports.permissions import SEE_THE_BAR
from shangliang.reports.queries.thresholds import STANDARD, Bar, bar_for
from shangliang.reports.rules import HowSure, how_sure


def figure(score: float) -> str:
    """Return a likeness between 0 and 1 with two digits; never rounded up to 1."""
    return f"{min(score, 0.99):.2f}"


def sure_words(score: float, bar: float) -> str:
    """Return how sure it is that two reports speak of one matter, in words with the figure."""
    words = {
        HowSure.VERY: _("很可能是一件事"),
        HowSure.SURE: _("多半是一件事"),
        HowSure.UNSURE: _("拿不准，请细看"),
    }
    return _("%(words)s（%(figure)s）") % {"words": words[how_sure(score, bar)], "figure": figure(score)}


def bar_words(bar: Bar) -> str:
    """Return from which figure on it counts and where that comes from."""
    if bar.joined + bar.parted == 0:
        return _("%(bar)s 以上算多半是一件事。这是标准值，用人工读过的线索定的。") % {
            "bar": figure(bar.value)
        }
    said = {"bar": figure(bar.value), "joined": bar.joined, "parted": bar.parted}
    if bar.is_standard:
        return (
            _("%(bar)s 以上算多半是一件事。这里合过 %(joined)s 回、分开过 %(parted)s 回，还在标准值。") % said
        )
    return _("%(bar)s 以上算多半是一件事。这里合过 %(joined)s 回、分开过 %(parted)s 回，挪到了这里。") % said


@for_roles(*SEE_THE_BAR)
def bar_page(request: HttpRequest) -> HttpResponse:
    """From which likeness on the desk calls two reports the same, what moved it, and the way back to the standard."""
    if request.method == "POST":
        if attempt(request, lambda: thresholds.put_back(by=request.viewer, at=clock.now())):
            messages.success(request, _("回到了标准值，从现在起重新数。"))
        return redirect("reports:bar")
    bar = bar_for(request.viewer)
    shown: dict[str, Any] = {
        "bar": bar,
        "value": figure(bar.value),
        "standard": figure(STANDARD),
        "may_put_back": not bar.is_standard or bar.joined + bar.parted > 0,
    }
    return render(request, "reports/bar.html", shown)
