"""Learn from past tickets which unit handles what, suggest three units for other tickets, and print the figures as JSON."""

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shangliang.analysis import classify

TEXT, UNIT = "body", "handled_by"
FEWEST_TICKETS = 20  # of a unit in the training file; units with fewer are neither learned nor counted


class Command(BaseCommand):
    """Print {"rows":…,"units":…,"top1":…,"top3":…,"macro_f1":…}; null figures where the test file has no handled_by."""

    help = "Accuracy of the unit classifier: learn handled_by from body in one CSV file, suggest for another."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the two files and where the suggestions go (columns row, first, second, third)."""
        parser.add_argument("--train", required=True, metavar="FILE")
        parser.add_argument("--test", required=True, metavar="FILE")
        parser.add_argument("--predictions", metavar="OUT.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        """Learn, suggest, print. A file or column that is not there is told in a sentence."""
        try:
            figures = _measured(options)
        except ValueError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(figures))


def _measured(options: dict[str, Any]) -> dict[str, float | None]:
    known = classify.read_table(options["train"], [TEXT, UNIT])
    asked = classify.read_table(options["test"], [TEXT])
    units = {
        unit
        for unit, count in Counter(row[UNIT] for row in known).items()
        if unit and count >= FEWEST_TICKETS
    }
    known = [row for row in known if row[UNIT] in units]
    model = classify.train([row[TEXT] for row in known], [row[UNIT] for row in known])
    suggestions = model.suggest_many([row[TEXT] for row in asked])
    if options["predictions"]:
        _write(options["predictions"], suggestions)
    empty: dict[str, float | None] = {
        "rows": len(asked),
        "units": len(units),
        "top1": None,
        "top3": None,
        "macro_f1": None,
    }
    if UNIT not in asked[0]:
        return empty
    counted = [(each, row[UNIT]) for each, row in zip(suggestions, asked, strict=True) if row[UNIT] in units]
    if not counted:
        return {**empty, "rows": 0}
    figures = classify.figures_of([each for each, _unit in counted], [unit for _each, unit in counted])
    shares = {name: round(getattr(figures, name), 4) for name in ("top1", "top3", "macro_f1")}
    return {"rows": figures.rows, "units": len(units), **shares}


def _write(path: str, suggestions: list[list[classify.Suggestion]]) -> None:
    names = ([one.label for one in each] for each in suggestions)
    rows = ([number, *[*each, "", ""][:3]] for number, each in enumerate(names, 1))
    classify.write_table(path, ("row", "first", "second", "third"), rows)
