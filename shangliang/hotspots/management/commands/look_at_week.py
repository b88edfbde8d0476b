"""python manage.py look_at_week --committee SLUG [--week YYYY-MM-DD]"""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shangliang.foundation import clock
from shangliang.hotspots import rules
from shangliang.hotspots.actions import look_at_week
from shangliang.hotspots.looking import NothingSeen
from shangliang.people.queries import get_committee


class Command(BaseCommand):
    """Look at what was said up to the end of a week, now and here; print one line of JSON."""

    help = "Find the hot topics of one week (by default the last whole one) and what the season brings back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be said on the command line."""
        parser.add_argument("--committee", required=True)
        parser.add_argument("--week", default="", metavar="YYYY-MM-DD", help="any day of the week")

    def handle(self, **said: Any) -> None:
        """Find the committee and the week, look, print."""
        committee = get_committee(said["committee"])
        if committee is None:
            raise CommandError(f"没有网址名为 {said['committee']} 的政协。", returncode=1)
        week_on = _week(said["week"])
        try:
            week = look_at_week(committee, week_on, at=clock.now())
        except NothingSeen as failed:
            raise CommandError(f"没有看完（{failed.why}），上一次的单子还在。", returncode=1) from failed
        self.stdout.write(
            json.dumps(
                {
                    "week": week.week_on.isoformat(),
                    "texts": week.texts,
                    "matters": week.matters,
                    "topics": week.topics.count(),
                    "seconds": week.seconds,
                }
            )
        )


def _week(said: str) -> date:
    if not said:
        return rules.last_whole_week(clock.today())
    try:
        return rules.monday_of(date.fromisoformat(said))
    except ValueError as wrong:
        raise CommandError("--week 要写成 2026-11-16 这样的日子。", returncode=2) from wrong
