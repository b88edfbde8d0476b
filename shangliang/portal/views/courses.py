"""The course of a matter over all stages, for the office: what is public of it is another page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shangliang.foundation import roles
from shangliang.people.access import for_roles, found
from shangliang.portal.courses import course_context
from shangliang.portal.drafts import draft_matter_page
from shangliang.reports.queries import get_matter_for


@for_roles(*roles.OFFICE, roles.REVIEWER)
def matter_course(request: HttpRequest, code: str) -> HttpResponse:
    """One matter from the first sentence to the verdict, with where to go on and what is public of it."""
    matter = found(get_matter_for(request.viewer, code))
    draft = found(draft_matter_page(request.viewer, matter))
    return render(request, "portal/matter_course.html", course_context(request.viewer, matter, draft))
