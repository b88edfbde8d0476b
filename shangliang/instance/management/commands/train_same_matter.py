"""Make the shipped weights of the same-matter score again from files of texts and labelled pairs. Needs scikit-learn."""

import csv
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shangliang.analysis.same_matter import forest, kinds, line, network, training
from shangliang.analysis.same_matter.figures import Unreadable, read_messages, read_pairs
from shangliang.analysis.same_matter.rarity import normalise


class Command(BaseCommand):
    """Write kinds.npz, network.npz, line.npz and forest.npz into a folder and print how many pairs and kinds they were learned from."""

    help = "Train the weights of same_matter; only numbers are written."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the messages, one or more files of labelled pairs, the tickets kinds are learned from, and a folder."""
        parser.add_argument("--messages", required=True)
        parser.add_argument("--pairs", required=True, nargs="+")
        parser.add_argument("--tickets", help="class1, class2, body; without it the kinds stay as they are")
        parser.add_argument("--into", default=str(Path(kinds.__file__).parent))

    def handle(self, *args: Any, **options: Any) -> None:
        """Learn the kinds where tickets are given, then the weights; every pair needs a label."""
        into = Path(options["into"])
        try:
            messages = read_messages(options["messages"])
            pairs = [one for path in options["pairs"] for one in read_pairs(path, messages)]
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem
        if not pairs or any(one.same is None for one in pairs):
            raise CommandError("训练用的每一对都要有 label（S 表示同一件事）。")
        found = (
            _kinds(options["tickets"], messages.texts, into / kinds.FILE.name) if options["tickets"] else None
        )
        rows = [(messages.row[one.a], messages.row[one.b]) for one in pairs]
        training.learn(messages.texts, rows, [bool(one.same) for one in pairs], into)
        self.stdout.write(
            json.dumps(
                {
                    "pairs": len(pairs),
                    "kinds": found,
                    "files": [forest.FILE.name, line.FILE.name, network.FILE.name],
                }
            )
        )


def _kinds(path: str, texts: list[tuple[str, str]], into: Path) -> int:
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            tickets = list(csv.DictReader(file))
        spoken = [normalise(one["body"]) for one in tickets]
        names = [f"{one['class1']}/{one['class2']}" for one in tickets]
    except (OSError, KeyError, UnicodeDecodeError) as problem:
        raise CommandError(f"打不开 {path}，或缺少 class1、class2、body 列：请检查文件。") from problem
    found = training.learn_kinds([normalise(f"{title} {body}") for title, body in texts], spoken, names, into)
    kinds.table.cache_clear()
    return found
