"""The figures as one table for people."""

from typing import Any


def table(figures: dict[str, Any]) -> str:
    """Return the table in markdown, targets beside what was measured."""
    told = figures["machine"]
    lines = [
        "",
        f"{told['cores']} cores ({told['processor']}), {told['memory_gb']} GB, Python {told['python']}; the load "
        f"generator shares the cores. {'Quick run.' if figures['quick'] else ''}",
        "",
        "| | target | " + " | ".join(one["database"] for one in figures["databases"].values()) + " |",
        "|---|---|" + "---|" * len(figures["databases"]),
    ]
    columns = [dict(_rows(one)) for one in figures["databases"].values()]
    for name in columns[0]:
        label, target = name
        lines.append(
            f"| {label} | {target} | " + " | ".join(str(column.get(name, "")) for column in columns) + " |"
        )
    return "\n".join([*lines, "", *_topic_rows(figures["B5"]), ""])


def _topic_rows(found: dict[str, Any]) -> list[str]:
    """B5 needs no database: a table of its own, a line for each number of texts."""
    return [
        "| B5 hot topics of texts | seconds (≤ 10 of 4,326, ≤ 900 of 1 M) | MB, the texts alone | planted, found, mean F1 |",
        "|---|---|---|---|",
        *(
            f"| {texts} | {one['seconds']} | {one['peak_mb']}, {one['texts_alone_mb']} | "
            f"{one['planted']}, {one['found']}, {one['mean_f1']} |"
            for texts, one in found.items()
        ),
    ]


def _rows(found: dict[str, Any]) -> list[tuple[tuple[str, str], Any]]:
    one, two, nine, ten = found["B1"], found["B2"], found["B9"], found["B10"]
    rows = [
        (("B1 bare INSERT, per second", ""), one["insert_per_second"]),
        (
            ("B1 reports accepted, per second", "≥ 8 × Signalen's 26"),
            f"{one['reports_per_second']} ({one['times_signalen']} ×)",
        ),
        (
            ("B1 of the bare INSERT, median of rounds", "≥ 0.15, aim 0.25"),
            f"{one['ratio_to_insert']} ({one['ratio_lowest']}–{one['ratio_highest']})",
        ),
        (("B1 with opening the form, per second", ""), one["with_the_form_per_second"]),
        (("B1 commits, statements per report", "1"), f"{one['commits']}, {one['statements']}"),
        (("B1 ledger head, ms per report", "told"), one["ledger_head_ms_per_report"]),
        (("B1 accepted, not accepted", "0 not"), f"{one['accepted']}, {one['not_accepted']}"),
    ]
    for name, page in two.items():
        if isinstance(page, dict):
            rows.append(((f"B2 {name}: queries at 1 k, 100 k", "≤ 8, constant"), f"{page['queries']}"))
            rows.append(((f"B2 {name}: ms at 1 k, 100 k", "≤ 1.5 ×"), f"{page['ms']} ({page['ratio']} ×)"))
            rows.append(((f"B2 {name}: per second over HTTP", ""), page["per_second"]))
    return [
        *rows,
        *_desk_rows(found["B3"], found["B4"]),
        (("B2 list, times the peer's list", "≥ 100"), two["times_peer"]),
        (("B9 cold page: bytes, requests", "≤ 61,440, ≤ 5"), f"{nine['bytes']}, {nine['requests']}"),
        (("B10 web worker after B1 and B2, MB", "≤ 110"), ten["web_worker_mb"]),
        (("B10 second start, s", "< 5"), ten["second_start_seconds"]),
    ]


def _desk_rows(desk: dict[str, Any], near: dict[str, Any]) -> list[tuple[tuple[str, str], Any]]:
    rows: list[tuple[tuple[str, str], Any]] = []
    for name, page in desk.items():
        told = f"{page['queries']}, {page['ms']}, {page['p95']}"
        rows.append(((f"B3 desk, {name}: queries, ms, p95", "≤ 12, p95 ≤ 100"), told))
    indexed = near["index_ms"]
    return [
        *rows,
        (("B4 stored reports, rows of the index", ""), f"{near['stored']}, {near['rows']}"),
        (("B4 similar ones: ms, p99", "p99 ≤ 50"), f"{near['ms']}, {near['p99']}"),
        (("B4 one report indexed: ms, p99", "≤ 5"), f"{indexed['ms']}, {indexed['p99']}"),
        (("B4 same trouble shown", "told"), near["same_trouble_shown"]),
        (
            ("B4 of some: bounded, without a bound", "told"),
            f"{near['of_some']}, {near['of_some_unbounded']}",
        ),
    ]
