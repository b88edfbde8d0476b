"""What may still be done with one suggestion: its counts, dropping it, telling its proposers why it was not adopted."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from shangliang.consultations import actions, forms, notices, queries
from shangliang.consultations.states import SuggestionState
from shangliang.foundation import clock, roles
from shangliang.people.access import attempt_form, for_roles, found


class SuggestionPage(NamedTuple):
    """A page of one suggestion: words, action, form, how it is drawn."""

    title: Any
    act: Any
    form: type[forms.StepForm]
    say: Any = ""
    template: str = "consultations/step.html"


PAGES = {
    "support": SuggestionPage(
        gettext_lazy("改支持和保留"),
        actions.record_supports,
        forms.SupportForm,
        template="consultations/support.html",
    ),
    "drop": SuggestionPage(
        gettext_lazy("没有形成共识"),
        actions.drop_suggestion,
        forms.DropForm,
        gettext_lazy("这一条留在记录里，不再报送。"),
    ),
    "explain": SuggestionPage(
        gettext_lazy("告诉提出的人"),
        actions.explain_to_proposer,
        forms.ExplainForm,
        gettext_lazy("反映的人凭回执能读到这段话。"),
    ),
}


def _beginning(suggestion: Any) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for one in suggestion.supports.all():
        kept |= {
            f"agree__{one.side}": one.agree,
            f"reserve__{one.side}": one.reserve,
            f"reservation__{one.side}": one.reservation,
        }
    words = ""
    if suggestion.state == SuggestionState.NOT_ADOPTED:
        words = notices.not_adopted(suggestion.text, suggestion.decision_reason)
    return {**kept, "explained_on": clock.today(), "words": words}


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*roles.OFFICE)
def suggestion(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One such page. A refusal keeps what was typed."""
    by, page = request.viewer, found(PAGES.get(name))  # type: ignore[attr-defined]
    row = found(queries.get_suggestion_for(by, code))
    form = page.form(request.POST or None, initial=_beginning(row))
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: page.act(row, **form.said(), by=by, at=clock.now())) is not None:
            return redirect("consultations:one", row.consultation.code)
    return render(
        request,
        page.template,
        {
            "consultation": row.consultation,
            "suggestion": row,
            "form": form,
            "page": page,
            "title": page.title,
        },
        status=422 if form.errors else 200,
    )
