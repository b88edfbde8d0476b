"""Choose a panel from volunteers under quotas, by a fair lot, and print the panel and everybody's chances as JSON."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from shangliang.analysis import panel

IMPOSSIBLE = 2


class Command(BaseCommand):
    """Print {"panel":[ids],"algorithm":…,"min_probability":…,"gini":…,"probabilities":{id:p},"seconds":…,…}. No database."""

    help = (
        "A panel by fair lot. Quotas: CSV with category,feature,min,max; volunteers: CSV with one column a category and id "
        "(else the row number from 1). Exit 1: the files cannot be used; 2: no panel meets the quotas, printed with what would help."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the files, the size, the algorithm, the seed; households, time and where the public record goes if asked."""
        parser.add_argument("--categories", required=True, metavar="FILE", help="quotas, CSV")
        parser.add_argument("--respondents", required=True, metavar="FILE", help="volunteers, CSV")
        parser.add_argument("--size", required=True, type=int, metavar="N", help="how many to choose")
        parser.add_argument("--algorithm", choices=panel.ALGORITHMS, default="leximin")
        parser.add_argument(
            "--seed", required=True, metavar="S", help="any text; the same seed draws the same panel"
        )
        parser.add_argument(
            "--one-per-household", nargs="?", const="household", default="", metavar="COLUMN",
            help="at most one of those with the same entry in this column (household); then persons, not types, are solved",
        )  # fmt: skip
        parser.add_argument("--time-limit", type=float, default=600.0, metavar="SECONDS")
        parser.add_argument(
            "--protocol",
            metavar="OUT.json",
            help="write the public record from which anybody can redo the draw",
        )
        parser.add_argument("--progress", action="store_true", help="tell on standard error how far it is")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, choose, draw, print. Every refusal is a sentence."""
        try:
            pool = panel.read_pool(
                Path(options["categories"]),
                Path(options["respondents"]),
                options["size"],
                household=options["one_per_household"],
            )
            lottery = self._chosen(pool, options)
        except panel.Unusable as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        except panel.Impossible as refusal:
            self.stdout.write(json.dumps(_impossible(refusal), ensure_ascii=False))
            raise CommandError(str(refusal), returncode=IMPOSSIBLE) from refusal
        record = lottery.protocol(options["seed"])
        if options["protocol"]:
            _kept(Path(options["protocol"]), record)
        self.stdout.write(json.dumps(_shown(lottery, record), ensure_ascii=False))

    def _chosen(self, pool: panel.Pool, options: dict[str, Any]) -> panel.Lottery:
        return panel.choose(
            pool,
            options["algorithm"],
            one_per_household=bool(options["one_per_household"]),
            time_limit=options["time_limit"],
            lot_seed=options["seed"],
            progress=_told if options["progress"] else None,
        )


def _told(part: float, words: str) -> None:
    print(f"{part:4.0%} {words}", file=sys.stderr, flush=True)


def _kept(path: Path, record: dict[str, Any]) -> None:
    try:
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as failure:
        raise CommandError(f"抽签记录写不进这个文件：{path}（{failure.strerror}）", returncode=1) from failure


def _shown(lottery: panel.Lottery, record: dict[str, Any]) -> dict[str, Any]:
    drawn = {key: record[key] for key in ("panel", "seed", "ticket", "fingerprint")}
    return {
        **drawn,
        **lottery.figures(),
        "probabilities": {key: float(value) for key, value in lottery.chances.items()},
    }


def _impossible(refusal: panel.Impossible) -> dict[str, Any]:
    changes = [
        {
            "category": old.category,
            "feature": old.value,
            "min": [old.least, new.least],
            "max": [old.most, new.most],
        }
        for old, new in refusal.changes
    ]
    return {"panel": None, "message": str(refusal), "relaxations": changes}
