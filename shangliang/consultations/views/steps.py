"""A page for each step of a consultation, and which of them make sense now."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shangliang.consultations import actions, forms, queries
from shangliang.consultations.permissions import DECIDERS
from shangliang.consultations.rules import step_after
from shangliang.consultations.states import ConsultationState as C
from shangliang.consultations.states import SuggestionState
from shangliang.foundation import clock, roles
from shangliang.foundation.viewer import Viewer
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.people.queries import organisations_of


class StepPage(NamedTuple):
    """A step: its words, its action, its form (None: a button is enough), how it is drawn, and to whom it is open."""

    title: Any
    act: Callable[..., Any]
    form: type[forms.StepForm] | None
    say: Any = ""
    template: str = "consultations/step.html"
    open_to: tuple[str, ...] = roles.OFFICE


def _suggest(consultation: Any, *, concerned_units: list[str], by: Viewer, at: Any, **said: Any) -> Any:
    units = organisations_of(consultation.committee_id).filter(pk__in=concerned_units)
    return actions.add_suggestion(consultation, concerned_units=units, **said, by=by, at=at)


STEPS = {
    "plan": StepPage(
        gettext_lazy("订方案"), actions.plan, forms.PlanForm, template="consultations/heads.html"
    ),
    "research": StepPage(gettext_lazy("记一次调研"), actions.record_research, forms.ResearchForm),
    "research-done": StepPage(gettext_lazy("调研做完了"), actions.finish_research, None),
    "session": StepPage(
        gettext_lazy("开过会了"),
        actions.hold_session,
        forms.SessionForm,
        gettext_lazy("记下以后，反映的人会收到一句话：大家坐下来商量了。"),
        "consultations/heads.html",
    ),
    "suggest": StepPage(
        gettext_lazy("记一条共识"), _suggest, forms.SuggestionForm, template="consultations/suggest.html"
    ),
    "statements": StepPage(gettext_lazy("记谁说了什么"), actions.record_statements, forms.StatementsForm),
    "heads": StepPage(
        gettext_lazy("清点或更正人数"),
        actions.count_heads,
        forms.CountForm,
        gettext_lazy("人数一场只数一次；更正会留下前后两个数。"),
        "consultations/heads.html",
    ),
    "submit": StepPage(
        gettext_lazy("报送成果"),
        actions.submit_results,
        forms.SubmitForm,
        gettext_lazy("报送以后，建议的条数和支持人数就不再改了。反映的人会收到一句话。"),
    ),
    "decide": StepPage(
        gettext_lazy("记下采纳不采纳"),
        actions.record_decisions,
        forms.DecisionsForm,
        gettext_lazy("决定是在外面作的，这里只是记下来。"),
        "consultations/decide.html",
        DECIDERS,
    ),
    "follow": StepPage(gettext_lazy("开始跟踪落实"), actions.follow, None),
    "end": StepPage(gettext_lazy("没有采纳的，结束"), actions.end_without_adoption, None),
    "skip": StepPage(
        gettext_lazy("这一步没有做"),
        actions.skip_step,
        forms.SkipForm,
        gettext_lazy("没有做就写没有做，写明为什么、谁决定的。"),
    ),
    "call-off": StepPage(
        gettext_lazy("这次不开了"),
        actions.call_off,
        forms.CallOffForm,
        gettext_lazy("事项会退回去，反映人会收到一句话。"),
    ),
}


def open_steps(consultation: Any, viewer: Viewer, *, looks: int, suggestions: list[Any]) -> list[str]:
    """Return the names of the steps that make sense now for this viewer, the main one first."""
    undecided = any(one.state == SuggestionState.AGREED for one in suggestions)
    adopted = any(one.state == SuggestionState.ADOPTED for one in suggestions)
    unexplained = any(
        one.state == SuggestionState.NOT_ADOPTED and not one.explained_on for one in suggestions
    )
    decide = ["decide"] if undecided else []
    end = [] if undecided or adopted or unexplained else ["end"]
    end_of_session = ["submit", "suggest"] if suggestions else ["suggest", "submit"]
    before = ["research-done", "research"] if looks else ["research", "skip"]
    of_state = {
        C.SELECTED: ["plan", "research", "skip", "call-off"],
        C.PLANNED: [*before, "call-off"],
        C.RESEARCHED: ["session", "research", "call-off"],
        C.HELD: [*end_of_session, "statements", "heads", "skip"],
        C.SUBMITTED: [*decide, *end, "follow", "statements", "heads"],
        C.FOLLOWING: [*decide, *end, "heads"],
    }
    return [name for name in of_state.get(consultation.state, []) if viewer.role in STEPS[name].open_to]


def _extra(name: str, consultation: Any, viewer: Viewer) -> dict[str, Any]:
    if name == "suggest":
        return {"units": [(str(one.pk), one.name) for one in organisations_of(consultation.committee_id)]}
    if name == "decide":
        rows = queries.suggestions_of(viewer, consultation).filter(state=SuggestionState.AGREED)
        return {"suggestions": list(rows), "needs_source": viewer.role in roles.OFFICE}
    return {}


def _beginning(consultation: Any) -> dict[str, Any]:
    today, counts = clock.today(), queries.head_counts_of(consultation)
    return {
        "happened_on": today,
        "decided_on": today,
        "held_on": consultation.planned_on or today,
        "place": consultation.place,
        "convener": consultation.convener,
        "owner": consultation.convener,
        "decided_by": consultation.submitted_to,
        "submitted_to": consultation.form.approver,
        "step": step_after(consultation.state),
        "counted_by": next((one.counted_by for one in counts if one.counted_by), ""),
        **{f"heads_{one.side}": one.present for one in counts if one.present is not None},
    }


def _initial(name: str, consultation: Any) -> dict[str, Any]:
    left_out = {"research": ("place",), "call-off": ("decided_by",), "skip": ("decided_by",)}.get(name, ())
    return {key: value for key, value in _beginning(consultation).items() if key not in left_out}


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*DECIDERS)
def step(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One step: its form, or for a simple one the button's own POST. A refusal keeps what was typed."""
    by, page = request.viewer, found(STEPS.get(name))  # type: ignore[attr-defined]
    consultation = found(queries.get_consultation_for(by, code) if by.role in page.open_to else None)
    if page.form is None:
        return _press(request, consultation, page)
    form = page.form(
        request.POST or None, initial=_initial(name, consultation), **_extra(name, consultation, by)
    )
    if request.method == "POST" and form.is_valid():
        done = attempt_form(form, lambda: page.act(consultation, **form.said(), by=by, at=clock.now()))
        if done is not None:
            return redirect("consultations:one", code)
    return render(
        request,
        page.template,
        {"consultation": consultation, "form": form, "page": page, "title": _title(page, name, consultation)},
        status=422 if form.errors else 200,
    )


def _title(page: StepPage, name: str, consultation: Any) -> Any:
    if name != "skip" or not step_after(consultation.state):
        return page.title
    return _("没有做：%(step)s") % {"step": C(step_after(consultation.state)).label}


def _press(request: HttpRequest, consultation: Any, page: StepPage) -> HttpResponse:
    if request.method != "POST":
        raise Http404
    attempt(request, lambda: page.act(consultation, by=request.viewer, at=clock.now()))  # type: ignore[attr-defined]
    return redirect("consultations:one", consultation.code)
