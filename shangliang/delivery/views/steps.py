"""The steps of an assignment: one table of move, form, action and words, used by every door."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shangliang.delivery import actions, forms, states
from shangliang.delivery.queries import is_followed_again, may_report_progress, moves_for, moves_of_side
from shangliang.foundation import clock
from shangliang.foundation.lifecycle import Move
from shangliang.foundation.viewer import Viewer
from shangliang.people.access import attempt_form


@dataclass(frozen=True)
class StepPage:
    """One step: its word in the address, its move (None for progress, which moves nothing), form, action, thanks."""

    name: str
    label: Any
    move: Move | None
    form: type[forms.StepForm]
    act: Callable[..., Any]
    done: Any

    def run(self, assignment: Any, data: dict[str, Any], by: Viewer, at: datetime) -> Any:
        """Do the step with a filled form. Pictures are drawn first, outside the transaction."""
        if "pictures" in data:
            data = {**data, "pictures": actions.draw_pictures(data["pictures"], at)}
        return self.act(assignment, **data, by=by, at=at)


def _page(name: str, move: Move, form: type[forms.StepForm], act: Callable[..., Any], done: Any) -> StepPage:
    return StepPage(name, move.label, move, form, act, done)


PROGRESS = StepPage(
    "progress", _("记进展"), None, forms.ProgressForm, actions.report_progress, _("进展记下了。")
)
STEPS = {one.name: one for one in (
    _page("accept", states.ACCEPT, forms.AcceptForm, actions.accept, _("接收了。按期办完后来报结果。")),
    _page("object", states.OBJECT, forms.ObjectForm, actions.object_to, _("异议记下了，等交办主体裁定。")),
    _page("uphold", states.UPHOLD, forms.UpholdForm, actions.uphold, _("裁定记下了，已告诉承办单位。")),
    _page("reassign", states.REASSIGN, forms.ReassignForm, actions.reassign, _("改派好了，已告诉两个单位。")),
    PROGRESS,
    _page("claim", states.CLAIM, forms.ClaimForm, actions.claim_done, _("结果收到了，政协办公室会来核实。")),
    _page("cannot", states.CANNOT_DO, forms.CannotForm, actions.claim_cannot, _("收到了，政协办公室会来核实，再告诉反映人。")),
    _page("verify", states.VERIFY, forms.VerifyForm, actions.verify, _("核实记下了。")),
    _page("explain", states.EXPLAIN, forms.ExplainForm, actions.explain, _("已经写进每个反映人的回执。")),
    _page("send-back", states.SEND_BACK, forms.SendBackForm, actions.send_back, _("已请单位继续办。")),
    _page("take-up-again", states.TAKE_UP_AGAIN, forms.TakeUpAgainForm, actions.take_up_again, _("已请单位接着办。")),
)}  # fmt: skip


def may_ever(viewer: Viewer, assignment: Any, step: StepPage) -> bool:
    """Tell whether the step is of the viewer's side at all; for others its page does not exist."""
    if step.move is None:
        return may_report_progress(viewer, assignment)
    return viewer.role in step.move.roles and step.move in moves_of_side(viewer, assignment)


def open_steps(viewer: Viewer, assignment: Any) -> list[StepPage]:
    """Return the steps open now, in the order of the table."""
    moves = [one for one in moves_for(viewer, assignment)
             if one is not states.TAKE_UP_AGAIN or is_followed_again(assignment)]  # fmt: skip
    running = assignment.state == states.A.ACCEPTED and may_report_progress(viewer, assignment)
    return [one for one in STEPS.values() if one.move in moves or (one.move is None and running)]


def take_step(
    request: HttpRequest, assignment: Any, step: StepPage, by: Viewer
) -> tuple[forms.StepForm, bool]:
    """Return the step's form, filled on POST, and whether the step was done; a refusal becomes the form's error."""
    filled = (request.POST, request.FILES) if request.method == "POST" else ()
    form = step.form(*filled, assignment=assignment, viewer=by)
    if not filled or not form.is_valid():
        return form, False
    return form, bool(attempt_form(form, lambda: step.run(assignment, form.cleaned_data, by, clock.now())))
