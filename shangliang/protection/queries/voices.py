"""How many distinct people speak of a matter, and whether it has been said how many could have."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from shangliang.protection import rules
from shangliang.protection.models import Exposure, Finding, Households
from shangliang.protection.states import ExposureState
from shangliang.reports.models import Matter, Report
from shangliang.reports.permissions import NOT_ON_THE_DESK

HOUSEHOLDS = Households.choices  # the three answers, for the one radio of a later stage


def standing_in(matters: Iterable[int]) -> dict[int, list[Report]]:
    """Return the reports that speak of each matter now (ids), oldest id first. For actions and counts, never a page."""
    rows = Report.unscoped.filter(matter_id__in=list(matters)).exclude(state__in=NOT_ON_THE_DESK)
    found = defaultdict(list)
    for one in rows.select_related("matter", "area").order_by("pk"):
        found[one.matter_id].append(one)
    return dict(found)


def voices_in(matters: Sequence[int]) -> dict[int, int]:
    """Return how many distinct people speak of each matter (ids): a member's finding counts with the one it stands for."""
    standing = standing_in(matters)
    ids = [one.pk for rows in standing.values() for one in rows]
    pairs = list(Finding.unscoped.filter(report_id__in=ids).values_list("exposure__report_id", "report_id"))
    return {
        matter: rules.distinct_voices([(one.pk, one.import_alias) for one in standing.get(matter, ())], pairs)
        for matter in matters
    }


def voices_of(matter: Matter) -> int:
    """Return how many distinct people speak of one matter."""
    return voices_in([matter.pk])[matter.pk]


def reports_unanswered(matters: Sequence[int]) -> list[Report]:
    """Return the reports in matters of fewer than five voices of which nobody has said how many could have said them."""
    voices, standing = voices_in(matters), standing_in(matters)
    few = [one for matter in matters if voices[matter] < rules.MANY_FROM for one in standing.get(matter, ())]
    answered = Exposure.unscoped.filter(report__in=few).exclude(state=ExposureState.UNANSWERED)
    known = set(answered.values_list("report_id", flat=True))
    return [one for one in few if one.pk not in known]


def asks_how_many(matter: Matter | None) -> bool:
    """Tell whether it still has to be said how many could have said what was said of a matter."""
    return matter is not None and bool(reports_unanswered([matter.pk]))
