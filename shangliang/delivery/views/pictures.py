"""Covered pictures behind a task, for who sees the task and for whoever holds its link: the viewer is asked each time."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from shangliang.delivery.permissions import SEES_ASSIGNMENTS
from shangliang.delivery.queries import get_assignment_for, get_link, holder_of_link, picture_shown_to_unit
from shangliang.delivery.views.assignments import picture
from shangliang.foundation import clock
from shangliang.people.access import for_everybody, for_roles, found


@require_safe
@for_roles(*SEES_ASSIGNMENTS)
def shown(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Send one covered picture to who sees the task."""
    one = found(get_assignment_for(request.viewer, code))
    return picture(found(picture_shown_to_unit(request.viewer, one, name)))


@require_safe
@never_cache
@for_everybody
def shown_by_link(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """Send one covered picture to whoever holds a link that is still good."""
    link = found(get_link(token))
    holder = holder_of_link(link, clock.now())
    if holder is None:
        raise Http404
    one = found(get_assignment_for(holder, link.assignment.code))
    return picture(found(picture_shown_to_unit(holder, one, name)))
