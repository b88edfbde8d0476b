"""Taking the example away, by those who manage a real office or the example itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.foundation import clock, roles
from shangliang.instance.example.cast import SLUG
from shangliang.instance.removal import remove_example
from shangliang.people.access import attempt, for_roles, found
from shangliang.people.queries import get_committee


@for_roles(roles.ADMIN, roles.LEADER)
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Remove the example's whole tree in one act, and say so."""
    committee = found(get_committee(SLUG))
    removed = attempt(request, lambda: remove_example(committee, by=request.viewer, at=clock.now()))
    if removed is not None:
        messages.success(request, _("示例已经删掉，共 %(count)d 行。") % {"count": sum(removed.values())})
    return redirect("people:home")
