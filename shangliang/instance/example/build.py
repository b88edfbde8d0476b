"""Building the example district by the real actions, in the order of time; a half-built one is taken away first."""

from datetime import date, datetime, timedelta
from typing import Any

from shangliang.foundation import schedule
from shangliang.foundation.models import Job, Message
from shangliang.foundation.models.schedule import JobState
from shangliang.instance.example import exchanging, hearing, protecting
from shangliang.instance.example.agreements import MEETINGS
from shangliang.instance.example.cast import BY, SLUG, accounts, make_cast
from shangliang.instance.example.clockwork import Strand, later, moment, run
from shangliang.instance.example.consulting import consult
from shangliang.instance.example.deciding import decide
from shangliang.instance.example.delivering import deliver
from shangliang.instance.example.exchanging import describe_systems, exchanged
from shangliang.instance.example.fates import FATES, Fate
from shangliang.instance.example.hearing import claim, others_heard
from shangliang.instance.example.looking import earlier_years, look_twice
from shangliang.instance.example.micro import meet_small
from shangliang.instance.example.parting import part_and_move_the_bar
from shangliang.instance.example.points import look_after, open_points
from shangliang.instance.example.protecting import protected
from shangliang.instance.example.showing import show
from shangliang.instance.example.sorting import set_up_sorting, sorted_out
from shangliang.instance.example.speaking import Told, strands, waiting
from shangliang.instance.example.words import THEMES
from shangliang.instance.removal import remove_example
from shangliang.people.models import Committee
from shangliang.people.queries import get_committee
from shangliang.reports.models import ReportPoint
from shangliang.sorting.actions.training import JOB_OF
from shangliang.topics.actions import ensure_forms

BEGAN_DAYS_AGO = 118
ASKED_FOR = ("hotspots.forget", *JOB_OF.values())
OLD_DAYS = 30  # messages older than this have been read


def build_once(today: date) -> dict[str, Any]:
    """Build the example as of ``today`` unless a whole one is there. Return what the command prints."""
    there = get_committee(SLUG)
    if there is None or not there.is_complete:
        build(today)
    return described()


def build(today: date) -> None:
    """Build the example as of ``today``; what a kill left of an earlier one is taken away first."""
    began = moment(today - timedelta(days=BEGAN_DAYS_AGO))
    half_built = get_committee(SLUG)
    if half_built:
        remove_example(half_built, by=BY, at=began)
    cast = make_cast(began)
    told = Told(cast, today)
    open_points(told, began)
    set_up_sorting(told, began)
    run(_strands(told, began), moment(today, 8))
    show(told, moment(today, 8, 30))
    claim(told)
    look_twice(told)
    part_and_move_the_bar(told)
    Message.unscoped.filter(
        appointment__in=[one.appointment_id for one in cast.viewers.values()],
        created_at__lt=moment(today - timedelta(days=OLD_DAYS)),
    ).update(read_at=moment(today))
    _have_work_done_now(today)
    Committee.unscoped.filter(pk=cast.committee.pk).update(is_complete=True)


def _have_work_done_now(today: date) -> None:
    """Have the worker do once, in its next round, what the past that was told asked of it day by day."""
    asked = Job.unscoped.filter(name__in=ASKED_FOR, period__lt=today.isoformat(), state=JobState.WAITING)
    names = set(asked.values_list("name", flat=True))
    asked.delete()
    for name in sorted(names):
        schedule.run_soon(name, moment(today, 0))


def _strands(told: Told, began: datetime) -> list[Strand]:
    """Return everything that happens, told side by side."""
    forms = ensure_forms(told.cast.committee, by=told.cast.viewers["leader"], at=began)
    others = hearing.SENT + protecting.SENT + exchanging.SENT
    return [
        *strands(told),
        *others_heard(told),
        *sorted_out(told),
        *protected(told),
        *exchanged(told, describe_systems(told, began)),
        *(_course(told, fate, forms) for fate in FATES if fate.topic),
        earlier_years(told, began),
        waiting(told, others),
        look_after(told),
    ]


def described() -> dict[str, Any]:
    """Return the example's committees, one of its points and its accounts."""
    slugs = Committee.unscoped.filter(is_example=True).order_by("pk").values_list("slug", flat=True)
    point = ReportPoint.unscoped.filter(committee__slug=SLUG).order_by("pk").first()
    return {
        "committees": list(slugs),
        "committee": SLUG,
        "point": point.code if point else "",
        "accounts": accounts(),
    }


def _course(told: Told, fate: Fate, forms: dict[str, Any]) -> Strand:
    """One theme from its topic to whatever end its fate has in store."""
    title = next(theme.title for theme in THEMES if theme.key == fate.theme)
    if fate.topic == "micro":
        yield from meet_small(told, fate, title)
        return
    yield from decide(told, fate, forms, title)
    if fate.topic == "consulted":
        meeting = MEETINGS[fate.theme]
        yield from consult(told, fate, meeting, told.last_moment[fate.theme])
        if fate.ending:
            yield from deliver(told, fate, meeting, later(told.last_moment[fate.theme], 0))
