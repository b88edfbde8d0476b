"""Naming the unit a report complains about; it travels with the report through every join and split."""

from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import ledger
from shangliang.foundation.business import action
from shangliang.foundation.moves import record_fact
from shangliang.foundation.refusals import AlreadyDone, NotYours, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Organisation
from shangliang.protection.actions.screeners import appointment_of, locked_report
from shangliang.protection.models import Against
from shangliang.reports.models import Report


@action
def name_unit(report: Report, organisation: Organisation, *, by: Viewer, at: datetime) -> Against:
    """Keep that a report complains about a unit. Return the row. Refuses a unit of another committee, and twice."""
    row = locked_report(report, by)
    if organisation.committee_id != row.committee_id:
        raise NotYours(_("单位要从本政协的单位名册里选。"))
    if Against.unscoped.filter(report=row, organisation=organisation, unnamed_at=None).exists():
        raise AlreadyDone(_("“%(name)s”已经记下了。") % {"name": organisation.name})
    named = Against(report=row, organisation=organisation, named_by=appointment_of(by), named_at=at)
    named.save(force_insert=True)
    _note(row, "report.name_unit", organisation, by, at)
    return named


@action
def unname_unit(report: Report, organisation: Organisation, *, by: Viewer, at: datetime) -> Against:
    """Take back that a report complains about a unit. Refuses one that is not named."""
    row = locked_report(report, by)
    named = (
        Against.unscoped.select_for_update()
        .filter(report=row, organisation=organisation, unnamed_at=None)
        .first()
    )
    if named is None:
        raise WrongState(_("这个单位刚才已经撤下了。"))
    named.unnamed_at = at
    named.save(update_fields=["unnamed_at"])
    _note(row, "report.unname_unit", organisation, by, at)
    return named


def _note(report: Report, verb: str, organisation: Organisation, by: Viewer, at: datetime) -> None:
    # a unit's number could be guessed by trying all: with the report's own salt it cannot
    facts = {"unit": ledger.commitment(str(organisation.pk), report.text_salt)}
    record_fact(report, verb, by=by, at=at, facts=facts)
