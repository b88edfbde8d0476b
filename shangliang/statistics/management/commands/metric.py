"""python manage.py metric M-18 --committee SLUG [--from D --to D | --as-of D] --json; --all prints a list."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shangliang.people.queries import get_committee
from shangliang.statistics.definitions import computed
from shangliang.statistics.queries import METRICS, scope_of

WRONG_USAGE, COULD_NOT = 2, 1


class Command(BaseCommand):
    """Print one figure (or all) as one line of JSON: value, parts, rows and their hash."""

    help = "Count one figure from the records and print it as one line of JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be said on the command line."""
        parser.add_argument("metric", nargs="?", help="、".join(METRICS))
        parser.add_argument("--committee", required=True)
        parser.add_argument("--from", dest="from_on", type=date.fromisoformat)
        parser.add_argument("--to", dest="to_on", type=date.fromisoformat)
        parser.add_argument("--as-of", dest="as_of", type=date.fromisoformat)
        parser.add_argument("--all", action="store_true")
        parser.add_argument("--json", action="store_true", help="the only form there is; may be left out")

    def handle(self, **said: Any) -> None:
        """Check the words, count, print. Ends with 2 on wrong usage and 1 where there is no such committee."""
        wrong = _wrong_usage(said)
        if wrong:
            raise CommandError(wrong, returncode=WRONG_USAGE)
        committee = get_committee(said["committee"])
        if committee is None:
            raise CommandError(f"没有网址名为 {said['committee']} 的政协。", returncode=COULD_NOT)
        scope = scope_of(committee, said["from_on"], said["to_on"], said["as_of"])
        if said["all"]:
            line: Any = [computed(metric, scope) for metric in METRICS.values()]
        else:
            line = computed(METRICS[said["metric"]], scope)
        self.stdout.write(json.dumps(line, ensure_ascii=False))


def _wrong_usage(said: dict[str, Any]) -> str:
    """Return what is wrong with the words, or nothing."""
    first, last = said["from_on"], said["to_on"]
    if said["all"] == bool(said["metric"]):
        return "写一个指标的编号，或者写 --all，二者取一。"
    if said["metric"] and said["metric"] not in METRICS:
        return f"没有这个指标。有：{'、'.join(METRICS)}。"
    if said["as_of"] and (first or last):
        return "--as-of 不能和 --from、--to 一起用。"
    return "--to 在 --from 之前。" if first and last and last < first else ""
