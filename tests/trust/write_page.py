#!/usr/bin/env python3
"""Write docs/how-it-works/trust.md from what the last full runs measured, and from nothing else.

    make trust && .venv/bin/python -m tests.trust.write_page

Refuses (exit 1) when no full run has been kept. Prints one line of JSON.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.mutants import MUTANTS

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "trust"
PAGE = ROOT / "docs" / "how-it-works" / "trust.md"
HEAD = """<!-- written by `python -m tests.trust.write_page` from the results of `make trust`; never by hand -->

# What was promised, and what was measured

Each row is one promise at full size on one database. A test counts only if it can fail: its mutants are small wrong
changes (`tests/mutants/`), and beside each stands how the test saw it. The short sizes run in every `make test`.
"""


def main() -> int:
    """Write the page; say which results went in."""
    results = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(KEPT.glob("*.json"))]
    if not results:
        print("No full run was kept: run `make trust` first.", file=sys.stderr)
        return 1
    PAGE.write_text(page(results), encoding="utf-8")
    print(json.dumps({"page": str(PAGE.relative_to(ROOT)), "results": len(results)}))
    return 0


def page(results: list[dict[str, Any]]) -> str:
    """Return the page as text: one table of promises, one of mutants, one of where it was measured."""
    results = merged(results)
    lines = [HEAD, "| promise | | database | measured | seconds |", "|---|---|---|---|---|"]
    lines += [
        f"| {one['promise']} | {one['said']} | {one['database']} | {said(one['figures'])} | {one['seconds']:g} |"
        for one in results
    ]
    lines += [
        "",
        "## Mutants",
        "",
        "| promise | database | mutant | how the test saw it |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {one['promise']} | {one['database']} | `{mutant['mutant']}` | {mutant['how']} |"
        for one in results
        for mutant in one["mutants"]
    ]
    lines += [
        "",
        "## Where and when",
        "",
        "| database | measured on | commit | cores | Python |",
        "|---|---|---|---|---|",
    ]
    places = sorted(
        {(one["database"], one["measured_on"], one["commit"], one["cores"], one["python"]) for one in results}
    )
    lines += [f"| {' | '.join(str(part) for part in place)} |" for place in places]
    return "\n".join(lines) + "\n"


def unmeasured(results: list[dict[str, Any]]) -> list[str]:
    """Return a sentence for each database that names the promises without a full result there."""
    lines = []
    for name in ("SQLite", "PostgreSQL"):
        have = {one["promise"] for one in results if one["database"].startswith(name)}
        missing = sorted({one.promise for one in MUTANTS} - have)
        lines += [f"Not measured at full size on {name}: {', '.join(missing)}."] if missing else []
    return lines


def merged(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one result per promise and database: the figures, mutants and seconds of its tests together."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for one in sorted(results, key=lambda one: (one["promise"], one["database"], one["test"])):
        whole = found.setdefault(
            (one["promise"], one["database"]), {**one, "figures": {}, "mutants": [], "seconds": 0}
        )
        whole["figures"].update(one["figures"])
        whole["mutants"] += one["mutants"]
        whole["seconds"] += one["seconds"]
    return list(found.values())


def said(figures: dict[str, Any]) -> str:
    """Return figures as words: name value, name value."""
    return "; ".join(
        f"{name.replace('_', ' ')} {value:,}"
        if isinstance(value, int)
        else f"{name.replace('_', ' ')} {value}"
        for name, value in figures.items()
    )


if __name__ == "__main__":
    sys.exit(main())
