"""The course of a matter over all stages, for the office: what is public of it is another page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.people.access import for_roles, found
from shangliang.portal.courses import course_context, matters_chosen
from shangliang.portal.drafts import draft_matter_page
from shangliang.reports.queries import get_matter_for

AT_ONCE = 50
DESK = (*roles.OFFICE, roles.REVIEWER)


@for_roles(*DESK)
def matters(request: HttpRequest) -> HttpResponse:
    """Every matter of the committee, the latest first; ``?state=`` and ``?q=`` narrow it."""
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    rows, tabs = matters_chosen(request.viewer, state, words)
    page = Paginator(rows, AT_ONCE).get_page(request.GET.get("page"))
    context = {"page": page, "tabs": tabs, "words": words, "state": state, "none": _("这里一件也没有")}
    return render(request, "portal/matters.html", context)


@for_roles(*DESK)
def matter_course(request: HttpRequest, code: str) -> HttpResponse:
    """One matter from the first sentence to the verdict, with where to go on and what is public of it."""
    matter = found(get_matter_for(request.viewer, code))
    draft = found(draft_matter_page(request.viewer, matter))
    return render(request, "portal/matter_course.html", course_context(request.viewer, matter, draft))
