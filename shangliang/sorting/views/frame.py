"""The frame of the pages of sorting: one heading, a row of tabs."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.sorting.permissions import MAY_CHANGE, MAY_ISSUE

OPEN_TO = MAY_CHANGE


def sorting_page(
    request: HttpRequest, template: str, here: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Answer with one of the pages of sorting under their row of tabs."""
    pages = (
        ("scheme", _("类别")),
        ("owners", _("主责单位表")),
        ("nobody", _("谁都不管")),
        *((("models", _("系统怎么猜")),) if request.viewer.role in roles.OFFICE else ()),
    )
    tabs = [(label, reverse(f"sorting:{name}"), name == here) for name, label in pages]
    shown = {"tabs": tabs, "may_issue": request.viewer.role in MAY_ISSUE, **context}
    return render(request, template, shown, status=status)


def day_said(said: str) -> date:
    """Return the day in an address, or answer 404."""
    try:
        return date.fromisoformat(said)
    except ValueError as wrong:
        raise Http404 from wrong
