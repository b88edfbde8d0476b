"""One consultation: its page and its minutes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shangliang.consultations import queries
from shangliang.consultations.permissions import READERS, sees_the_session
from shangliang.consultations.states import ConsultationState, SuggestionState
from shangliang.consultations.views.road import notes_for, road_of, waits_for
from shangliang.consultations.views.shown import list_one, people_of, said_by_side
from shangliang.consultations.views.steps import STEPS, open_steps
from shangliang.foundation import roles
from shangliang.people.access import for_roles, found
from shangliang.ui.parts import Button


def _buttons(consultation: Any, names: list[str]) -> list[Button]:
    return [
        Button(
            STEPS[name].title,
            reverse("consultations:step", args=[consultation.code, name]),
            is_main=at == 0,
            needs_form=STEPS[name].form is not None,
        )
        for at, name in enumerate(names)
    ]


@require_safe
@for_roles(*READERS)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """A consultation: whom it waits for, its six steps, its people, what was said and agreed, the moves open now."""
    viewer = request.viewer  # type: ignore[attr-defined]
    row = found(queries.get_consultation_for(viewer, code))
    suggestions, looks = list(queries.suggestions_of(viewer, row)), list(queries.research_of(viewer, row))
    standing = [one for one in suggestions if one.state != SuggestionState.DROPPED]
    undecided = sum(one.state == SuggestionState.AGREED for one in standing)
    adopted = sum(one.state == SuggestionState.ADOPTED for one in standing)
    names = open_steps(row, viewer, looks=len(looks), suggestions=suggestions)
    context = {
        "row": row, "road": road_of(row, notes_for(row, len(looks), len(standing))), "looks": looks,
        "waits": waits_for(row, undecided, adopted), "buttons": _buttons(row, names), "people": people_of(row),
        "said": said_by_side(list(queries.statements_of(viewer, row))), "list_one": list_one(suggestions),
        "may_write": viewer.role in roles.OFFICE, "sees_session": sees_the_session(viewer),
        "list_is_open": row.state == ConsultationState.HELD, "has_met": row.held_on is not None,
    }  # fmt: skip
    return render(request, "consultations/one.html", context)


@require_safe
@for_roles(*roles.OFFICE, roles.MEMBER)
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes to print. Before the session there are none (404)."""
    viewer = request.viewer  # type: ignore[attr-defined]
    row = found(queries.get_consultation_for(viewer, code))
    found(row.held_on)
    suggestions = [one for one in queries.suggestions_of(viewer, row) if one.state != SuggestionState.DROPPED]
    statements = list(queries.statements_of(viewer, row))
    return render(
        request,
        "consultations/minutes.html",
        {
            "row": row,
            "people": people_of(row),
            "said": said_by_side(statements),
            "list_one": list_one(suggestions),
            "looks": queries.research_of(viewer, row),
        },
    )
