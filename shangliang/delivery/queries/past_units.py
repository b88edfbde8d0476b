"""Who took on which matters before: the decisions a model learns from to suggest a unit."""

from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from shangliang.delivery.models import Assignment
from shangliang.delivery.states import A
from shangliang.exchange.models import Transfer
from shangliang.exchange.states import TransferState
from shangliang.foundation.viewer import System
from shangliang.reports.models import Report
from shangliang.reports.queries.sorting import MOST_OF_ONE_MATTER, speaks_of, words_of
from shangliang.sorting.queries.suggesting import label_of_elsewhere, label_of_unit
from shangliang.sorting.training import MOST, Example
from shangliang.topics.models import TopicMatter

TOOK_ON = (A.ACCEPTED, A.CLAIMED, A.CANNOT, A.VERIFIED, A.EXPLAINED)
TAKEN_THERE = (TransferState.NUMBERED, TransferState.ANSWERED)
AT_ONCE = 500


def past_units(viewer: System) -> list[Example]:
    """Return who took on what at the task's own committee: the words of each report under the unit that did.

    The lead unit of the latest assignment it accepted (an objection that was upheld is none), or the other system that
    gave a number or an answer. One unit a report, at most ten reports of one matter. Locked, withdrawn and erased reports
    are not among them.
    """
    units = _units_by_matter(viewer)
    found = {**_of_assignments(viewer, units), **_of_transfers(viewer)}
    return sorted(found.values(), key=lambda one: one.at)[-MOST:]


def _units_by_matter(viewer: System) -> dict[int, tuple[int, date]]:
    """Return {matter: (unit, day it took it on)}; the latest day decides."""
    rows = Assignment.unscoped.filter(
        committee_id=viewer.committee_id, state__in=TOOK_ON, accepted_on__isnull=False
    )
    topics: dict[int, list[int]] = {}
    held = TopicMatter.unscoped.filter(left_at=None, topic__committee_id=viewer.committee_id)
    for topic, matter in held.values_list("topic_id", "matter_id"):
        topics.setdefault(topic, []).append(matter)
    taken: dict[int, tuple[int, date]] = {}
    read = rows.order_by("accepted_on", "pk").values_list(
        "suggestion__consultation__topic_id", "lead_unit_id", "accepted_on"
    )
    for topic, unit, day in read.iterator(chunk_size=2000):
        taken.update({matter: (unit, day) for matter in topics.get(topic, ())})
    return taken


def _of_assignments(viewer: System, units: dict[int, tuple[int, date]]) -> dict[int, Example]:
    found: dict[int, Example] = {}
    matters, taken = list(units), dict.fromkeys(units, 0)
    for start in range(0, len(matters), AT_ONCE):
        rows = Report.unscoped.filter(
            speaks_of(), committee_id=viewer.committee_id, matter__in=matters[start : start + AT_ONCE]
        )
        for pk, matter, title, text in rows.order_by("pk").values_list("pk", "matter_id", "title", "text"):
            taken[matter] += 1
            if taken[matter] <= MOST_OF_ONE_MATTER:
                unit, day = units[matter]
                found[pk] = Example(words_of(title, text), label_of_unit(unit), _noon(day))
    return found


def _of_transfers(viewer: System) -> dict[int, Example]:
    mine = Report.unscoped.filter(speaks_of(), committee_id=viewer.committee_id)
    rows = Transfer.unscoped.filter(
        Q(report__in=mine), committee_id=viewer.committee_id, state__in=TAKEN_THERE
    )
    read = rows.order_by("-pk").values_list(
        "report_id", "report__title", "report__text", "system__name", "answered_on", "handed_on", "made_at"
    )
    found: dict[int, Example] = {}
    for pk, title, text, name, answered, handed, made in read[:MOST].iterator(chunk_size=2000):
        moment = _noon(answered or handed) if answered or handed else made
        found.setdefault(pk, Example(words_of(title, text), label_of_elsewhere(name), moment))
    return found


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
