"""python manage.py metric M-18 --committee SLUG [--from D --to D | --as-of D] --json; --all prints a list."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shangliang.people.queries import get_committee
from shangliang.statistics.definitions import computed
from shangliang.statistics.queries import METRICS, scope_of


class Command(BaseCommand):
    """Print one figure (or all) as one line of JSON: value, parts, rows and their hash."""

    help = "Count one figure from the records and print it as one line of JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be said on the command line."""
        parser.add_argument("metric", nargs="?", help="M-18, M-19 or M-27")
        parser.add_argument("--committee", required=True)
        parser.add_argument("--from", dest="from_on", type=date.fromisoformat)
        parser.add_argument("--to", dest="to_on", type=date.fromisoformat)
        parser.add_argument("--as-of", dest="as_of", type=date.fromisoformat)
        parser.add_argument("--all", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, **said: Any) -> None:
        """Check the words, count, print."""
        committee = get_committee(said["committee"])
        if committee is None:
            raise CommandError(f"没有网址名为 {said['committee']} 的政协。", returncode=1)
        if said["as_of"] and (said["from_on"] or said["to_on"]):
            raise CommandError("--as-of 不能和 --from、--to 一起用。", returncode=2)
        if not said["all"] and said["metric"] not in METRICS:
            raise CommandError(f"没有这个指标。有：{'、'.join(METRICS)}。", returncode=2)
        scope = scope_of(committee, said["from_on"], said["to_on"], said["as_of"])
        lines = [computed(metric, scope) for key, metric in METRICS.items() if said["all"] or key == said["metric"]]
        self.stdout.write(json.dumps(lines if said["all"] else lines[0], ensure_ascii=False))
