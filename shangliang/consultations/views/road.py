"""The six steps of one consultation as one road, and what the box at its top says."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.consultations import queries
from shangliang.consultations.rules import ORDER, step_after
from shangliang.consultations.states import ConsultationState
from shangliang.ui.dates import when_day
from shangliang.ui.parts import Step

BEFORE_SUBMISSION = {
    ConsultationState.SELECTED: (
        gettext_lazy("办公室订方案"),
        gettext_lazy("在哪里、哪天、请谁来、想商量出什么。"),
    ),
    ConsultationState.PLANNED: (gettext_lazy("先去看一看"), gettext_lazy("不调研不协商。三行就够。")),
    ConsultationState.RESEARCHED: (
        gettext_lazy("坐下来商量"),
        gettext_lazy("开完记下到了多少人、说了什么、同意了什么。"),
    ),
    ConsultationState.HELD: (
        gettext_lazy("整理好共识，报送成果"),
        gettext_lazy("报送以后，建议的条数和支持人数就不再改了。"),
    ),
}


def step_labels(consultation: Any) -> dict[str, str]:
    """Return step → its word here: the form's own label, or the usual one."""
    own = consultation.form.step_labels or {}
    return {step: own.get(step) or str(ConsultationState(step).label) for step in ORDER}


def road_of(consultation: Any, notes: dict[str, str]) -> list[Step]:
    """Return the six steps: done with day, who and paper; not done with reason and name; now; ahead. ``notes``: per step."""
    labels, kept = step_labels(consultation), {one.step: one for one in queries.steps_of(consultation)}
    coming = step_after(consultation.state)
    steps = []
    for step in ORDER:
        if step in kept:
            steps.append(_recorded(labels[step], kept[step], notes.get(step, "")))
        elif consultation.state != ConsultationState.CLOSED:
            steps.append(_ahead(labels[step], step, coming, consultation))
    return steps


def _recorded(label: str, row: Any, note: str) -> Step:
    if row.not_done_because:
        text = _("没有做：%(because)s") % {"because": row.not_done_because}
        return Step(label, _("没有做"), _("%(name)s决定") % {"name": row.decided_by}, text)
    paper = _("材料：%(paper)s。") % {"paper": row.artefact} if row.artefact else ""
    return Step(label, when_day(row.happened_on), row.owner, f"{note}{paper}")


def _ahead(label: str, step: str, coming: str, consultation: Any) -> Step:
    due = consultation.planned_on if step == ConsultationState.HELD else None
    return Step(label, when_day(due), kind="now" if step == coming else "next")


def notes_for(consultation: Any, looks: int, agreed: int) -> dict[str, str]:
    """Return the sentence beside a step: how many looks, how many people, how many points."""
    people = queries.heads_total(consultation)
    came = _("到场 %(people)d 人。") % {"people": people} if people is not None else ""
    points = _("形成 %(count)d 条共识。") % {"count": agreed} if agreed else ""
    to = consultation.submitted_to
    return {
        "researched": _("调研 %(count)d 次。") % {"count": looks} if looks else "",
        "held": came + points,
        "submitted": _("报送%(to)s。") % {"to": to} if to else "",
    }


def waits_for(consultation: Any, undecided: int, adopted: int) -> dict[str, Any]:
    """Return what the box at the top says: whom we wait for, until when, a note; empty at the end."""
    state = consultation.state
    if state == ConsultationState.CLOSED:
        return {}
    if state in BEFORE_SUBMISSION:
        title, note = BEFORE_SUBMISSION[state]
        due = consultation.planned_on if state == ConsultationState.RESEARCHED else None
        return {"title": title, "note": note, "due": due}
    if undecided:
        who = consultation.submitted_to or _("有关方面")
        return {
            "title": _("%(who)s定采纳不采纳") % {"who": who},
            "due": None,
            "note": _("还有 %(count)d 条没定。") % {"count": undecided},
        }
    if adopted:
        return {"title": _("跟踪落实"), "due": None, "note": _("有采纳的，到“办理”里交办、核实、请人评。")}
    return {
        "title": _("办公室结束这次协商"),
        "due": None,
        "note": _("没有采纳的建议，说明了理由就可以结束。"),
    }
