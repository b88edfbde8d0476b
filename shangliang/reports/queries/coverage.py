"""Which communities have an open report point, street by street (M-17, domain.md §1.9). Never in the order of a count."""

from collections import defaultdict
from dataclasses import dataclass

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.models import Area
from shangliang.people.queries import communities_of
from shangliang.reports.models import ReportPoint
from shangliang.reports.states import PointState


@dataclass(frozen=True)
class CommunityCoverage:
    """A community with its open points."""

    area: Area
    points: list[ReportPoint]


@dataclass(frozen=True)
class StreetCoverage:
    """A street (None: communities that belong to none) with all its communities, in the order they were entered."""

    street: Area | None
    communities: list[CommunityCoverage]

    @property
    def covered(self) -> int:
        """Return how many communities have an open point."""
        return sum(bool(one.points) for one in self.communities)

    @property
    def without(self) -> list[Area]:
        """Return the communities without one."""
        return [one.area for one in self.communities if not one.points]


def coverage_by_street(viewer: Viewer) -> list[StreetCoverage]:
    """Return each street of the viewer's own committee with its communities and their open points; for the office alone.

    Two queries, however many streets there are.
    """
    if not isinstance(viewer, Appointed) or viewer.role not in roles.OFFICE:
        return []
    points: dict[int, list[ReportPoint]] = defaultdict(list)
    open_ones = ReportPoint.unscoped.filter(committee_id=viewer.committee_id, state=PointState.OPEN)
    for point in open_ones.exclude(area=None).order_by("name", "pk"):
        points[point.area_id].append(point)
    streets: dict[int | None, list[CommunityCoverage]] = defaultdict(list)
    named: dict[int | None, Area | None] = {}
    for area in communities_of(viewer.committee_id):
        named[area.parent_id] = area.parent
        streets[area.parent_id].append(CommunityCoverage(area, points[area.pk]))
    return [StreetCoverage(named[pk], communities) for pk, communities in streets.items()]
