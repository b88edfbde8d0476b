"""Find what many people speak of in a file of messages, and print the matters as JSON, the hottest first."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shangliang.analysis.hot_topics import Said, Topic, find_topics

COLUMNS = {"id", "author", "title", "sent_at", "body"}
LONGEST_FIELD = 10_000_000


class Command(BaseCommand):
    """Print [{"title":…,"ids":[…],"from":…,"to":…,"places":[…],"heat":…,"people":…,"weeks":…,"growth":…}]. No database."""

    help = "Hot topics of a CSV file with the columns id, author, title, sent_at, body: at most 100, no message in two."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and how many topics at most."""
        parser.add_argument("--messages", required=True, metavar="FILE", help="CSV in UTF-8 with a header")
        parser.add_argument("--most", type=int, default=100, help="how many topics at most")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, find, print. Refuses a missing file, missing columns, times that are none and an id that stands twice."""
        said = list(_read(Path(options["messages"])))
        if len({one.key for one in said}) < len(said):
            raise CommandError("有的编号出现了两次。", returncode=1)
        topics = find_topics(said, most=options["most"])
        self.stdout.write(json.dumps([_shown(one) for one in topics], ensure_ascii=False))


def _read(path: Path) -> Iterator[Said]:
    if not path.is_file():
        raise CommandError(f"没有这个文件：{path}", returncode=1)
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = COLUMNS.difference(rows.fieldnames or ())
        if missing:
            raise CommandError(f"文件缺少这些列：{'、'.join(sorted(missing))}", returncode=1)
        for number, row in enumerate(rows, 1):
            yield _said(row, number)


def _said(row: dict[str, str | None], number: int) -> Said:
    words = {name: row.get(name) or "" for name in COLUMNS}
    try:
        at = datetime.fromisoformat(words["sent_at"].strip())
    except ValueError as failure:
        raise CommandError(f"第 {number} 行的时间读不懂：{words['sent_at'][:30]}", returncode=1) from failure
    return Said(words["id"], words["author"].strip() or None, at, words["title"], words["body"])


def _shown(topic: Topic) -> dict[str, Any]:
    return {
        "title": topic.title,
        "ids": topic.keys,
        "from": topic.since.isoformat(),
        "to": topic.until.isoformat(),
        "places": topic.places,
        "heat": topic.heat,
        "people": topic.heat_parts.people,
        "weeks": topic.heat_parts.weeks_spoken,
        "growth": topic.heat_parts.growth,
    }
