"""One topic: its page, and a page for each step of its course."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from shangliang.foundation import clock, roles
from shangliang.foundation.lifecycle import Move
from shangliang.foundation.moves import may
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.topics import actions, forms, queries, states
from shangliang.topics.rules import has_run
from shangliang.topics.states import TopicState
from shangliang.topics.views.asked import asked_before
from shangliang.topics.views.course import road_of, waits_for
from shangliang.ui.parts import Button


class StepPage(NamedTuple):
    """A step of a topic: the move it makes, its action, its form (None: a button is enough), and its words."""

    move: Move
    act: Callable[..., Any]
    form: type[forms.Form] | None
    title: Any
    say: Any = ""


STEPS = {
    "shortlist": StepPage(states.SHORTLIST, actions.shortlist, None, states.SHORTLIST.label),
    "submit": StepPage(states.SUBMIT, actions.submit_for_approval, forms.SubmitForm, states.SUBMIT.label),
    "decision": StepPage(
        states.APPROVE,
        actions.record_decision,
        forms.DecisionForm,
        gettext_lazy("记下审批的决定"),
        gettext_lazy("决定是在外面作的，这里只是代录。"),
    ),
    "notice": StepPage(states.NOTICE, actions.begin_notice, forms.NoticeForm, states.NOTICE.label),
    "notice-outcome": StepPage(
        states.SCHEDULE, actions.end_notice, forms.NoticeOutcomeForm, gettext_lazy("记下公示的结果")
    ),
    "schedule": StepPage(states.SCHEDULE, actions.schedule, forms.ScheduleForm, states.SCHEDULE.label),
    "store-back": StepPage(states.STORE_BACK, actions.store_back, None, states.STORE_BACK.label),
    "turn-down": StepPage(
        states.TURN_DOWN,
        actions.turn_down,
        forms.TurnDownForm,
        gettext_lazy("不用这个议题了"),
        gettext_lazy("事项会退回去，反映人会收到一句话。"),
    ),
}


def _open_steps(topic: Any, viewer: Any) -> list[str]:
    """Return the names of the steps that make sense now, the main one first."""
    open_now = [name for name, step in STEPS.items() if may(viewer, topic, step.move)]
    notice = queries.notice_read(topic) if topic.state == TopicState.NOTICED else None
    needs_notice = bool(topic.form and topic.form.notice_days)
    hidden = {"turn-down"} if topic.state == TopicState.SUBMITTED else set()
    if notice is None or not has_run(notice.until_on, clock.today()):
        hidden.add("notice-outcome")
    if topic.state == TopicState.APPROVED:
        hidden.add("schedule" if needs_notice else "notice")
    if notice is not None:
        hidden.add("notice-outcome" if notice.outcome else "schedule")
    return [name for name in open_now if name not in hidden]


def _buttons(topic: Any, viewer: Any) -> list[Button]:
    names = _open_steps(topic, viewer)
    has_main = names != ["turn-down"]
    return [
        Button(
            STEPS[name].title,
            reverse("topics:step", args=[topic.code, name]),
            is_main=has_main and at == 0,
            needs_form=STEPS[name].form is not None,
        )
        for at, name in enumerate(names)
    ]


@require_safe
@for_roles(*roles.OFFICE, roles.MEMBER)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """A topic: where it stands, whom it waits for, its course, its matters, and the moves open to the viewer."""
    viewer = request.viewer  # type: ignore[attr-defined]
    topic = found(queries.get_topic_to_read(viewer, code))
    source_name = dict(queries.source_choices(topic.committee_id))[topic.source]
    approvals, (matters, given_back) = list(queries.approvals_of(topic)), queries.matters_ever_of(topic)
    context = {
        "topic": topic, "road": road_of(topic, source_name, approvals), "waits": waits_for(topic, approvals),
        "source_name": source_name, "matters": matters, "given_back": given_back,
        "buttons": _buttons(topic, viewer), "may_write": viewer.role in roles.OFFICE,
        "is_scheduled": topic.state == TopicState.SCHEDULED,
        "before": asked_before(viewer, topic.title, topic.background, topic.pk),
    }  # fmt: skip
    return render(request, "topics/one.html", context)


def _beginning(topic: Any, name: str) -> dict[str, Any]:
    today = clock.today()
    notice = queries.notice_of(topic)
    return {
        "submitted_to": topic.form.approver if topic.form else "",
        "submitted_on": today,
        "decided_on": today,
        "from_on": today,
        "decided_by": topic.form.approver if topic.form and name == "decision" else "",
        "outcome": "" if notice is None else _("没有收到不同意见。"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*roles.OFFICE)
def step(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One step: its form, or for a simple one the button's own POST. A refusal keeps what was typed."""
    by, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    topic = found(queries.get_topic_for(by, code))
    page = found(STEPS.get(name))
    if page.form is None:
        return _press(request, topic, page)
    form = page.form(request.POST or None, initial=_beginning(topic, name))
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: page.act(topic, **form.cleaned_data, by=by, at=at)) is not None:
            return redirect("topics:one", code)
    return render(
        request,
        "topics/step.html",
        {"topic": topic, "form": form, "page": page},
        status=422 if form.errors else 200,
    )


def _press(request: HttpRequest, topic: Any, page: StepPage) -> HttpResponse:
    if request.method != "POST":
        raise Http404
    attempt(request, lambda: page.act(topic, by=request.viewer, at=clock.now()))  # type: ignore[attr-defined]
    return redirect("topics:one", topic.code)
