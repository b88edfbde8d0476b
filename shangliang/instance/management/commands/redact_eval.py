"""Measure the redaction engine on invented sentences whose private places are known, and print the figures as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from shangliang.analysis.redact import find_private
from shangliang.analysis.redact_corpus import sentences
from shangliang.analysis.redact_score import scored


class Command(BaseCommand):
    """Print {"sentences":…,"kinds":{kind:{"recall":…,"precision":…,"spans":…}}}. Needs no database."""

    help = "Recall and precision of the redaction engine per kind of private data, on a synthetic corpus."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the number of sentences and the seed they are made from."""
        parser.add_argument("--sentences", type=int, default=2400)
        parser.add_argument("--seed", type=int, default=20261101)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the sentences, mark them, compare, print."""
        corpus = sentences(options["sentences"], options["seed"])
        found = ([(one.start, one.end, one.kind) for one in find_private(each.text)] for each in corpus)
        kinds = scored((each.text, each.places, marks) for each, marks in zip(corpus, found, strict=True))
        self.stdout.write(json.dumps({"sentences": len(corpus), "kinds": kinds}, ensure_ascii=False))
