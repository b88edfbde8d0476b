"""④ A unit somebody complains about never handles the matter alone; and somebody beside it can be added."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.consultations.models import Suggestion
from shangliang.delivery.actions.doors import hand_texts_to, through_authority_door
from shangliang.delivery.models import Assignment
from shangliang.delivery.queries import matters_of_consultation
from shangliang.delivery.states import AUTHORITY_SIDE, A
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.refusals import AlreadyDone, Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Organisation
from shangliang.protection.queries import would_handle_alone


def refuse_alone(suggestion: Suggestion, lead: Organisation, co_units: Sequence[Organisation]) -> None:
    """Refuse to hand a matter to a unit somebody in it complains about when nobody else is beside it (issue 3, T04)."""
    helpers = [one.pk for one in co_units]
    if would_handle_alone(_matters(suggestion), lead=lead.pk, co_units=helpers):
        raise Refusal(
            _(
                "“%(unit)s”就是这件事里反映到的单位，不能由它一家办。"
                "换一个牵头单位，或者加一个没有被反映到的配合单位。您填的还在。"
            )
            % {"unit": lead.name}
        )


@action
def add_co_unit(
    assignment: Assignment, *, organisation: Organisation, by: Viewer, at: datetime, source: str = ""
) -> Assignment:
    """Add a unit beside the lead one, as the issuing authority decides, or as 代录 by the office with ``source``.

    Refuses a task that is over, a unit of another committee, and one that works on it already.
    """
    check_role(by, AUTHORITY_SIDE)
    through_authority_door(assignment.issuing_authority_id, assignment.committee_id, by=by, source=source)
    row = Assignment.unscoped.select_for_update(of=("self",)).get(pk=assignment.pk)
    if row.state in (A.VERIFIED, A.EXPLAINED, A.REASSIGNED):
        raise WrongState(_("这件任务已经完了，不用再加单位。"))
    if organisation.committee_id != row.committee_id:
        raise Refusal(_("单位要从本政协的单位名册里选。"))
    if organisation.pk in (row.lead_unit_id, *row.co_units.values_list("pk", flat=True)):
        raise AlreadyDone(_("“%(name)s”已经在办这件事了。") % {"name": organisation.name})
    row.co_units.add(organisation)
    facts = {"unit": organisation.pk}
    record_fact(row, "assignment.add_unit", by=by, at=at, facts=facts)
    hand_texts_to(row, [organisation.pk], at)
    return row


def _matters(suggestion: Suggestion) -> list[int]:
    return [one.pk for one in matters_of_consultation(suggestion.consultation)]
