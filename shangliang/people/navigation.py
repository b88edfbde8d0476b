"""The pages a role has, by the names of their addresses: the one list behind the staff's navigation."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.foundation import roles

PAGES: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (gettext_lazy("线索筛选"), "reports:desk", roles.OFFICE),
    (gettext_lazy("专办"), "reports:officer_queue", (roles.OFFICER,)),
    (gettext_lazy("直报点"), "reports:points", (*roles.OFFICE, roles.KEEPER)),
    (gettext_lazy("事项"), "reports:matters", roles.OFFICE),
    (gettext_lazy("议题库"), "topics:bank", (*roles.OFFICE, roles.MEMBER)),
    (gettext_lazy("协商"), "consultations:all", (*roles.OFFICE, roles.MEMBER)),
    (gettext_lazy("办理"), "delivery:assignments", (*roles.OFFICE, roles.AUTHORITY, roles.UNIT)),
    (gettext_lazy("三项清单"), "delivery:lists", (*roles.OFFICE, roles.AUTHORITY, roles.MEMBER)),
    (gettext_lazy("公布"), "portal:publications", (*roles.OFFICE, roles.REVIEWER)),
    (gettext_lazy("公开稿"), "portal:previews", (roles.UNIT,)),
    (gettext_lazy("数字"), "statistics:figures", (*roles.OFFICE, roles.MEMBER)),
    (gettext_lazy("本办公室"), "people:office", (*roles.OFFICE, roles.ADMIN)),
)


def pages_for(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return (label, address, is current) of each page the viewer's role has; current is the one we are on or below."""
    role = request.viewer.role  # type: ignore[attr-defined]
    pages = [(_(str(label)), _address(name)) for label, name, held in PAGES if role in held]
    return [(label, address, address != "/" and request.path.startswith(address)) for label, address in pages]


def home_for(role: str) -> str:
    """Return the address somebody of that role begins at."""
    addresses = (_address(name) for _label, name, held in PAGES if role in held)
    return next((address for address in addresses if address != "/"), "/")


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return "/"
