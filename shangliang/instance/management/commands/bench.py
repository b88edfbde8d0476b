"""python manage.py bench: the benchmarks, in an instance of their own; one table on stderr, one line of JSON on stdout."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shangliang.instance.bench import grounds
from shangliang.instance.bench.rounds import all_benchmarks
from shangliang.instance.bench.tables import table


class Command(BaseCommand):
    """Measure B1 to B5, B9 and B10. Nothing of this instance is read or written: a new one is made and removed."""

    help = "Measure speed, memory and page weight; --quick for shorter rounds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare --quick, and --inside by which the command asks the instance it made."""
        parser.add_argument("--quick", action="store_true", help="shorter rounds and fewer rows")
        parser.add_argument("--inside", nargs="+", metavar="QUESTION", help="for the command's own use")

    def handle(self, *, quick: bool, inside: list[str] | None, **_said: Any) -> None:
        """Print the figures."""
        if inside:
            self.stdout.write(json.dumps(grounds.QUESTIONS[inside[0]](*inside[1:])))
            return
        try:
            figures = all_benchmarks(quick, self.stderr.write)
        except (OSError, RuntimeError) as failure:
            raise CommandError(f"没有量成：{failure}", returncode=1) from failure
        self.stderr.write(table(figures))
        self.stdout.write(json.dumps(figures, ensure_ascii=False))
