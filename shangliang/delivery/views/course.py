"""The course of one assignment as a road, and whom we wait for: what a page shows, computed from rows it was handed."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.delivery.states import A
from shangliang.ui.dates import when_day
from shangliang.ui.parts import Step


def waits_for(assignment: Any) -> str:
    """Return who acts next, in words; empty when nobody has to."""
    words = {
        A.DISPATCHED: _("%(unit)s接收"),
        A.OBJECTED: _("%(authority)s裁定异议"),
        A.ACCEPTED: _("%(unit)s办，办完来报"),
        A.CLAIMED: _("政协办公室去核实"),
        A.CANNOT: _("政协办公室核实，再告诉反映人"),
    }
    names = {"unit": assignment.lead_unit.name, "authority": assignment.issuing_authority.name}
    return words[assignment.state] % names if assignment.state in words else ""


def road_of(assignment: Any, results: Iterable[Any]) -> list[Step]:
    """Return what happened, oldest first, each step with who, when and how it came into the system."""
    dated: list[tuple[Any, Step]] = [(assignment.issued_on, _dispatch(assignment))]
    if assignment.accepted_on:
        label = _door(assignment.get_accepted_via_display(), assignment.accepted_source)
        dated.append(
            (
                assignment.accepted_on,
                _step(_("接收"), assignment.accepted_on, assignment.lead_unit.name, label),
            )
        )
    dated += _objection(assignment)
    for one in assignment.progress.all():
        step = _step(
            _("进展"), one.happened_on, assignment.lead_unit.name, _door(one.get_via_display(), one.source)
        )
        dated.append((one.happened_on, Step(**{**step.__dict__, "words": one.text})))
    for one in results:
        dated += _result(assignment, one)
    return [step for _day, step in sorted(dated, key=lambda pair: pair[0])]


def _door(via: str, source: str) -> str:
    return _("%(via)s，来源：%(source)s") % {"via": via, "source": source} if source else str(via)


def _step(title: str, day: Any, chip: str, text: str = "") -> Step:
    return Step(title=title, when=when_day(day), chip=chip, text=text)


def _dispatch(one: Any) -> Step:
    title = _("函商") if one.by_letter else _("交办")
    text = _("%(basis)s，%(number)s。") % {"basis": one.basis, "number": one.document_no}
    door = _door(one.get_via_display(), one.source) if one.source else ""
    return _step(title, one.issued_on, one.issuing_authority.name, text + door)


def _objection(one: Any) -> list[tuple[Any, Step]]:
    row = getattr(one, "objection", None)
    if row is None:
        return []
    first = _step(_("提出异议"), row.objected_on, one.lead_unit.name, row.reason)
    steps = [(row.objected_on, first)]
    if row.decided_on:
        steps.append(
            (row.decided_on, _step(_("裁定"), row.decided_on, one.issuing_authority.name, row.decision))
        )
    return steps


def _result(one: Any, row: Any) -> list[tuple[Any, Step]]:
    title = _("报做不了") if row.real_outcome == "not_feasible" else _("报办结")
    shots = [(f"{shot.get_kind_display()}{n}", reverse("delivery:evidence", args=[shot.file.name]))
             for n, shot in enumerate(row.evidence.all(), 1)]  # fmt: skip
    text = "；".join(str(part) for part in (row.get_real_outcome_display(), row.evidence_note, row.next_step,
                                            _door(row.get_via_display(), row.source)) if part)  # fmt: skip
    steps = [(row.finished_on, Step(title=title, when=when_day(row.finished_on), chip=one.lead_unit.name, text=text,
                                    words=row.text, docs=shots))]  # fmt: skip
    looked = getattr(row, "verification", None)
    if looked is not None:
        said = _("核实属实") if looked.is_confirmed else _("核实不符，请继续办")
        steps.append((looked.verified_on, _step(said, looked.verified_on, looked.verified_by, looked.note)))
    return steps
