"""Building the example district by the real actions, in the order of time; a half-built one is taken away first."""

from datetime import date, timedelta
from random import Random
from typing import Any

from shangliang.foundation.refusals import Refusal
from shangliang.instance.example.agreements import MEETINGS
from shangliang.instance.example.cast import BY, SLUG, Cast, make_cast
from shangliang.instance.example.clockwork import Strand, later, moment, run
from shangliang.instance.example.consulting import consult
from shangliang.instance.example.deciding import decide
from shangliang.instance.example.delivering import deliver
from shangliang.instance.example.fates import FATES, Fate
from shangliang.instance.example.micro import meet_small
from shangliang.instance.example.showing import show
from shangliang.instance.example.speaking import Told, open_points, strands
from shangliang.instance.example.words import THEMES
from shangliang.instance.removal import remove_example
from shangliang.people.models import Committee
from shangliang.people.queries import get_committee
from shangliang.topics.actions import ensure_forms

BEGAN_DAYS_AGO = 118


def build(today: date) -> dict[str, Any]:
    """Build the example as of ``today``. Return what the command prints. Refuses when a whole one is there already."""
    there = get_committee(SLUG)
    if there and there.is_complete:
        raise Refusal("示例已经在了。")
    began = moment(today - timedelta(days=BEGAN_DAYS_AGO))
    if there:
        remove_example(there, by=BY, at=began)
    cast = make_cast(began)
    told = Told(cast, today, Random(7))
    open_points(told, began)
    forms = ensure_forms(cast.committee, by=cast.viewers["leader"], at=began)
    run([*strands(told), *(_course(told, fate, forms) for fate in FATES if fate.topic)], moment(today, 8))
    show(told, moment(today, 8, 30))
    return _finish(cast, told)


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


def _finish(cast: Cast, told: Told) -> dict[str, Any]:
    Committee.unscoped.filter(pk=cast.committee.pk).update(is_complete=True)
    slugs = list(Committee.unscoped.filter(is_example=True).order_by("pk").values_list("slug", flat=True))
    return {"committees": slugs, "committee": cast.committee.slug, "point": told.points["柳岸社区"].code,
            "accounts": cast.accounts}
