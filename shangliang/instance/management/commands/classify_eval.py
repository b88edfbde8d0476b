"""Train the classifier on one labelled file, suggest for another, and print the figures as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shangliang.analysis import classify


class Command(BaseCommand):
    """Print {"rows":…,"macro_f1":…,"accuracy":…}; the figures are null where the test file has no label column."""

    help = "Accuracy of the kind classifier: learn from one CSV file, suggest for another."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the two files, the names of the columns, and where the suggestions go (columns row, predicted)."""
        parser.add_argument("--train", required=True, metavar="FILE")
        parser.add_argument("--test", required=True, metavar="FILE")
        parser.add_argument("--text", required=True, metavar="COLUMN")
        parser.add_argument("--label", required=True, metavar="COLUMN")
        parser.add_argument("--predictions", metavar="OUT.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """Learn, suggest, print. A file or column that is not there is told in a sentence."""
        try:
            figures = _measured(options)
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(figures))


def _measured(options: dict[str, Any]) -> dict[str, float | None]:
    text, label = options["text"], options["label"]
    known = classify.read_table(options["train"], [text, label])
    asked = classify.read_table(options["test"], [text])
    known = [row for row in known if row[label]]
    model = classify.train([row[text] for row in known], [row[label] for row in known])
    suggestions = model.suggest_many([row[text] for row in asked])
    if options["predictions"]:
        firsts = ((number, each[0].label) for number, each in enumerate(suggestions, 1))
        classify.write_table(options["predictions"], ("row", "predicted"), firsts)
    if label not in asked[0]:
        return {"rows": len(asked), "macro_f1": None, "accuracy": None}
    figures = classify.figures_of(suggestions, [row[label] for row in asked])
    return {"rows": figures.rows, "macro_f1": round(figures.macro_f1, 4), "accuracy": round(figures.top1, 4)}
