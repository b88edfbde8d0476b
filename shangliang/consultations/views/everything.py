"""All consultations with how far each has come, as page and workbook, and the opening of a new one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangliang.consultations import actions, queries
from shangliang.consultations.forms import OpenForm
from shangliang.consultations.rules import number_of
from shangliang.consultations.states import ConsultationState
from shangliang.foundation import clock, roles
from shangliang.people.access import attempt_form, for_roles, found
from shangliang.people.queries import local_word
from shangliang.topics.queries import get_topic_for
from shangliang.topics.states import TopicState
from shangliang.ui.xlsx import Sheet, workbook_response

ON_A_PAGE = 20


def _tabs(state: str, counts: dict[str, int]) -> list[tuple[Any, str, bool, int]]:
    here = reverse("consultations:all")
    first = (_("全部"), here, state not in ConsultationState.values, sum(counts.values()))
    return [
        first,
        *(
            (label, f"{here}?state={value}", state == value, counts[value])
            for value, label in ConsultationState.choices
        ),
    ]


@require_safe
@for_roles(*roles.OFFICE, roles.MEMBER)
def everything(request: HttpRequest) -> HttpResponse:
    """The consultations with their six steps; above them the topics that wait for one."""
    viewer, state = request.viewer, request.GET.get("state", "")  # type: ignore[attr-defined]
    rows = queries.consultations_seen_by(viewer)
    chosen = queries.with_people_and_consensus(queries.consultations_chosen(rows, state))
    page = Paginator(chosen, ON_A_PAGE).get_page(request.GET.get("page"))
    for one in page:
        one.step_number, one.people = number_of(one.state), queries.heads_total(one)  # type: ignore[attr-defined]
    may_write = viewer.role in roles.OFFICE
    context = {
        "tabs": _tabs(state, queries.consultations_by_state(rows)), "page": page, "may_write": may_write,
        "local_word": local_word(request.committee.pk, "consultation"),
        "waiting": queries.topics_waiting(viewer) if may_write else [], "is_narrowed": bool(state),
        "xlsx_url": f"{reverse('consultations:xlsx')}?{request.GET.urlencode()}",
    }  # fmt: skip
    return render(request, "consultations/everything.html", context)


@require_safe
@for_roles(*roles.OFFICE, roles.MEMBER)
def xlsx(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook."""
    rows = queries.consultations_chosen(
        queries.consultations_seen_by(request.viewer),  # type: ignore[attr-defined]
        request.GET.get("state", ""),
    )
    columns = [
        _("编号"), _("协商"), _("议题编号"), _("形式"), _("走到哪步"), _("召集人"), _("地点"),
        _("打算哪天"), _("哪天开的"), _("到场（人）"), _("共识（条）"), _("报送给"), _("补录来源"),
    ]  # fmt: skip
    values = (
        [one.code, one.title, one.topic.code, one.form.name, one.get_state_display(), one.convener,
         one.place, one.planned_on, one.held_on, queries.heads_total(one), one.agreed, one.submitted_to,
         one.entry_source]
        for one in queries.with_people_and_consensus(rows)
    )  # fmt: skip
    return workbook_response(_("协商"), [Sheet(_("协商"), columns, values)])


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*roles.OFFICE)
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Open the consultation on a scheduled topic, now or from paper."""
    by = request.viewer  # type: ignore[attr-defined]
    topic = found(get_topic_for(by, code))
    if request.method != "POST" and topic.state != TopicState.SCHEDULED:
        return redirect("topics:one", code)
    form = OpenForm(request.POST or None, initial={"title": topic.title, "happened_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        row = attempt_form(
            form, lambda: actions.open_consultation(topic=topic, **form.said(), by=by, at=clock.now())
        )
        if row:
            return redirect("consultations:one", row.code)
    return render(
        request,
        "consultations/begin.html",
        {"topic": topic, "form": form},
        status=422 if form.errors else 200,
    )
