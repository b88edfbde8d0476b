"""Units complained about: of a report as the office named them, of a matter as the union over what is in it now."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Organisation
from shangliang.people.queries import organisations_of
from shangliang.protection import rules
from shangliang.protection.models import Against, Finding
from shangliang.protection.permissions import rows_of_screened
from shangliang.reports.models import Report
from shangliang.reports.permissions import NOT_ON_THE_DESK


def units_against(viewer: Viewer, report: Report) -> QuerySet[Organisation]:
    """Return the units a report complains about, by name; only for its screeners."""
    mine = Report.unscoped.filter(rows_of_screened(viewer), pk=report.pk)
    named = Against.unscoped.filter(report__in=mine, unnamed_at=None).values("organisation_id")
    return Organisation.unscoped.filter(pk__in=named).order_by("name")


def units_to_name(viewer: Viewer, report: Report) -> QuerySet[Organisation]:
    """Return the units that may still be named for a report: the committee's own, without those named already."""
    return organisations_of(report.committee_id).exclude(pk__in=units_against(viewer, report).values("pk"))


def implicated_in(matters: Iterable[int]) -> frozenset[int]:
    """Return the ids of all units somebody in these matters (ids) complains about, as the matters stand now.

    Joined, split and taken back reports carry theirs along; a member's finding carries those of the report it stands
    for, even where that one was taken out again. For rules and warnings, never for a unit's page.
    """
    here = Report.unscoped.filter(matter_id__in=list(matters)).exclude(state__in=NOT_ON_THE_DESK).values("pk")
    stood_for = Finding.unscoped.filter(report__in=here).values("exposure__report_id")
    rows = Against.unscoped.filter(Q(report__in=here) | Q(report__in=stood_for), unnamed_at=None)
    return frozenset(rows.values_list("organisation_id", flat=True))


def would_handle_alone(matters: Iterable[int], *, lead: int, co_units: Sequence[int]) -> bool:
    """Tell whether a unit complained about in these matters (ids) would handle them with nobody clean beside it."""
    return rules.is_alone(lead, co_units, implicated_in(matters))
