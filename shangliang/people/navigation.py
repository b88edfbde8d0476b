"""The pages a role has, by the names of their addresses: the one list behind the staff's navigation."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.foundation import roles

PAGES: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (gettext_lazy("等我办的"), "portal:work", (roles.LEADER,)),  # who leads begins with all that waits
    (gettext_lazy("线索筛选"), "reports:desk", roles.OFFICE),
    (gettext_lazy("等我办的"), "portal:work", (roles.CLERK,)),
    (gettext_lazy("专办"), "reports:officer_queue", (roles.OFFICER,)),
    (gettext_lazy("直报点"), "reports:points", (*roles.OFFICE, roles.KEEPER)),
    (gettext_lazy("我负责的直报点"), "reports:my_points", (roles.KEEPER,)),
    (gettext_lazy("事项"), "reports:matters", roles.OFFICE),
    (gettext_lazy("议题库"), "topics:bank", (*roles.OFFICE, roles.MEMBER)),
    (gettext_lazy("热点"), "hotspots:week", roles.OFFICE),
    (gettext_lazy("协商"), "consultations:all", (*roles.OFFICE, roles.MEMBER)),
    (gettext_lazy("办理"), "delivery:assignments", (*roles.OFFICE, roles.AUTHORITY, roles.UNIT)),
    (gettext_lazy("三项清单"), "delivery:lists", (*roles.OFFICE, roles.AUTHORITY, roles.MEMBER)),
    (gettext_lazy("请您去看的"), "protection:findings", (roles.MEMBER,)),
    (gettext_lazy("归类"), "sorting:scheme", roles.OFFICE),
    (gettext_lazy("转办"), "exchange:transfers", roles.OFFICE),
    (gettext_lazy("导入"), "exchange:imports", roles.OFFICE),
    (gettext_lazy("贴聊天记录"), "exchange:chats", roles.OFFICE),
    (gettext_lazy("公布"), "portal:publications", (*roles.OFFICE, roles.REVIEWER)),
    (gettext_lazy("公开稿"), "portal:previews", (roles.UNIT,)),
    (gettext_lazy("数字"), "statistics:figures", (*roles.OFFICE, roles.MEMBER)),
    (gettext_lazy("我负责的直报点"), "reports:my_points", (roles.MEMBER,)),
    (gettext_lazy("本办公室"), "people:office", (*roles.OFFICE, roles.ADMIN)),
    (gettext_lazy("归类"), "sorting:scheme", (roles.ADMIN,)),
    (gettext_lazy("等我办的"), "portal:work", tuple(one for one in roles.STAFF if one not in roles.OFFICE)),
)


def pages_for(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """Return (label, address, is current) of each page the viewer's role has; current is the one we are on or below."""
    role = request.viewer.role  # type: ignore[attr-defined]
    pages = [(_(str(label)), _address(name)) for label, name, held in PAGES if role in held]
    under = [address for _label, address in pages if address != "/" and request.path.startswith(address)]
    here = max(
        under, key=len, default=""
    )  # /points/mine/ lies under /points/, and one of them is where we are
    return [(label, address, bool(here) and address == here) for label, address in pages]


def home_for(role: str) -> str:
    """Return the address somebody of that role begins at."""
    addresses = (_address(name) for _label, name, held in PAGES if role in held)
    return next((address for address in addresses if address != "/"), "/")


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return "/"
