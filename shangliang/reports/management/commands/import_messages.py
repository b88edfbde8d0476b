"""python manage.py import_messages FILE --committee SLUG --point CODE --columns title=title,body=body,…"""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shangliang.foundation import clock
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import System
from shangliang.people.queries import get_committee
from shangliang.reports.actions.import_file import FIELDS, ColumnMissing, rows_of
from shangliang.reports.actions.importing import import_messages
from shangliang.reports.queries import point_at


def columns(said: str) -> dict[str, str]:
    """Return {our field: heading of the file}. Refuses what is no pair, unknown fields, a field twice, and no body."""
    pairs = [one.partition("=") for one in said.split(",") if one.strip()]
    wanted = {name.strip(): heading.strip() for name, _equals, heading in pairs}
    if len(wanted) != len(pairs) or not all(wanted.values()) or not set(wanted) <= set(FIELDS):
        raise CommandError(
            f"--columns 要写成 title=列名,body=列名 这样；左边只能是 {'、'.join(FIELDS)}，每个一次。",
            returncode=2,
        )
    if "body" not in wanted:
        raise CommandError("--columns 至少要说明哪一列是正文：body=列名。", returncode=2)
    return wanted


class Command(BaseCommand):
    """Import a CSV file of messages and print one line of JSON: rows, accepted, rejected, repeated."""

    help = "Import messages of another system from a CSV file (UTF-8 or GB18030); print one line of JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what may be said on the command line."""
        parser.add_argument("file")
        parser.add_argument("--committee", required=True)
        parser.add_argument("--point", required=True)
        parser.add_argument("--columns", default="title=title,body=body,sent_at=sent_at,author=author")

    def handle(self, **said: Any) -> None:
        """Find committee and point, read, import, print."""
        wanted = columns(said["columns"])
        committee = get_committee(said["committee"])
        if committee is None:
            raise CommandError(f"没有网址名为 {said['committee']} 的政协。", returncode=1)
        point = point_at(said["point"])
        if point is None:
            raise CommandError(f"没有编号为 {said['point']} 的直报点。", returncode=1)
        try:
            rows = rows_of(Path(said["file"]).read_bytes(), wanted)
            outcome = import_messages(
                rows,
                committee=committee,
                point=point,
                at=clock.now(),
                by=System("import_messages", committee.pk),
            )
        except OSError as unreadable:
            raise CommandError(
                f"打不开文件 {said['file']}：{unreadable.strerror}。", returncode=1
            ) from unreadable
        except Refusal as refused:
            raise CommandError(
                str(refused), returncode=2 if isinstance(refused, ColumnMissing) else 1
            ) from refused
        self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False))
