"""Judge pairs of messages from two files: do both speak of one matter? Prints one line of figures as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shangliang.analysis.same_matter.figures import Unreadable, figures_of, judge, read_messages, read_pairs


class Command(BaseCommand):
    """Print {"pairs":…,"pairs_per_s":…,"precision":…,"recall":…,"f1":…,"weighted_f1":…}. Needs no database."""

    help = "Same matter or not: scores pairs of messages.csv and, where labels are known, measures them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the messages (columns of messages.csv), the pairs (a, b, label and weight where known) and where to write."""
        parser.add_argument("--messages", required=True)
        parser.add_argument("--pairs", required=True)
        parser.add_argument("--predictions")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, judge, write what was asked for, print."""
        try:
            messages = read_messages(options["messages"])
            pairs = read_pairs(options["pairs"], messages)
            judged = judge(messages, pairs)
            if options["predictions"]:
                judged.write(options["predictions"])
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(json.dumps(figures_of(judged)))
