"""What a trust test asks of the instance it started and killed."""

import hashlib
import importlib
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from shangliang.foundation import clock, codes, ledger, outbox, proof
from shangliang.foundation.files import path_of, read_file
from shangliang.foundation.models import LedgerEntry, Message
from shangliang.foundation.viewer import Public, System
from shangliang.instance.bench import machine
from shangliang.people import actions as people
from shangliang.people.models import Committee
from shangliang.people.tests.factories import load_days
from shangliang.reports.actions import submit_report
from shangliang.reports.actions.points import open_point
from shangliang.reports.models import Matter, Report, ReportPoint
from shangliang.reports.queries import report_of_receipt
from tests.trust import old_district
from tests.trust.erasing import erase_all, speak_and_take_back  # noqa: F401 - questions as well
from tests.trust.traces import database_text


def lay_out_notices(count: str) -> dict[str, int]:
    """Write that many notices, each to its own address, a hundred at a time."""
    wanted = int(count)
    for start in range(0, wanted, 100):
        with transaction.atomic():
            for number in range(start, min(start + 100, wanted)):
                outbox.hand_over(
                    effect=f"trust/{number}",
                    appointment=1,
                    subject=f"第 {number} 条",
                    body="请上来看看。",
                    at=clock.now(),
                    address=f"p{number}@example.org",
                )
    return {"laid_out": wanted}


def outbox_states() -> dict[str, Any]:
    """Return how many mails stand in each state, and how many effects stand twice."""
    rows = list(Message.unscoped.filter(channel="mail").values_list("effect", "state"))
    return {
        "states": Counter(state for _effect, state in rows),
        "effects": len({effect for effect, _state in rows}),
        "rows": len(rows),
    }


def open_ground() -> dict[str, str]:
    """Make a district with one open report point; return its code and the committee's name in addresses."""
    at, by = clock.now(), System("trust")
    load_days()
    place = people.open_committee(
        slug="yunchuan", name="云川区政协", short_name="云川", prefix="YC", level="district", by=by, at=at
    )
    street = people.add_area(committee=place, kind="street", name="清河街道", by=by, at=at)
    area = people.add_area(committee=place, kind="community", name="柳岸社区", parent=street, by=by, at=at)
    point = open_point(
        committee=place, area=area, name="柳岸社区直报点", where="社区公告栏", phone="", by=by, at=at
    )
    return {"point": point.code, "slug": place.slug}


def examine_reports(told: str) -> dict[str, Any]:
    """Compare what the phones were shown with what the database holds after the last kill."""
    sent = json.loads(Path(told).read_text(encoding="utf-8"))
    rows = {row.form_key_digest: row for row in Report.unscoped.prefetch_related("photos__file")}
    shown = [one for one in sent if one["receipt"]]
    texts = Counter(row.text for row in rows.values())
    committee = Committee.unscoped.get()
    entered = set(LedgerEntry.unscoped.filter(verb="report.receive").values_list("subject", flat=True))
    return {
        "shown": len(shown),
        "reports": len(rows),
        "pressed_again": sum(one["presses"] > 1 for one in sent),
        "lost": sum(not _opens(one["receipt"]) for one in shown),
        "other_receipt": sum(not _is_receipt_of(one, rows) for one in shown),
        "twice": sum(count - 1 for count in texts.values()),
        "matters_without_report": Matter.unscoped.filter(reports=None).count(),
        "reports_not_in_ledger": sum(f"report:{row.code}" not in entered for row in rows.values()),
        "ledger": list(ledger.verify(ledger.chain_of(committee.pk))),
        "integrity": _integrity(),
        **_photos(shown, rows),
    }


def _opens(receipt: str) -> bool:
    bits = codes.parse_receipt(receipt)
    return bits is not None and report_of_receipt(bits) is not None


def _is_receipt_of(one: dict[str, Any], rows: dict[str, Report]) -> bool:
    """Tell whether the receipt shown for a form is the receipt of the row that form made, if it made one."""
    row, bits = rows.get(codes.form_key_digest(one["form_key"])), codes.parse_receipt(one["receipt"])
    return row is None or (
        bits is not None
        and row.text == one["words"]
        and row.receipt_digest == codes.receipt_digest(bits, settings.PEPPER.encode())
    )


def _photos(shown: list[dict[str, Any]], rows: dict[str, Report]) -> dict[str, int]:
    kept = [photo.file for row in rows.values() for photo in row.photos.all()]
    whole = [
        one
        for one in kept
        if path_of(one.name).exists() and hashlib.sha256(read_file(one)).hexdigest() == one.sha256
    ]
    promised = [rows.get(codes.form_key_digest(one["form_key"])) for one in shown if one["has_photo"]]
    return {
        "photos": len(kept),
        "photos_missing": len(kept) - len(whole),
        "photos_lost": sum(row is not None and not row.photos.all() for row in promised),
    }


def _integrity() -> str:
    if connection.vendor != "sqlite":
        return "ok"
    with connection.cursor() as ask:
        ask.execute("PRAGMA integrity_check")
        return str(ask.fetchone()[0])


def durability() -> dict[str, str]:
    """Return the settings on which "committed" rests, from a live connection."""
    return machine.durable()


def count_old_district() -> dict[str, int]:
    """Return how many rows an instance of an earlier version holds."""
    return old_district.counted()


def walk_old_district() -> dict[str, Any]:
    """Take one matter of a migrated old instance to its end."""
    return old_district.walked()


def make_task() -> dict[str, Any]:
    """Return the task of a look-up."""
    return dict(proof.new_challenge(proof.purpose(proof.LOOKUP), at=clock.now()))


def use_proof(solution: str) -> bool:
    """Tell whether a solution of a look-up opens the way now."""
    one = proof.solved(solution, proof.purpose(proof.LOOKUP), at=clock.now())
    return one is not None and proof.spend(one)


def kept_apart(*beginnings: str) -> dict[str, dict[str, int]]:
    """Return for each beginning of a text how many reports lie in the queue ("") and how many apart, and why."""
    return {
        one: dict(Counter(Report.unscoped.filter(text__startswith=one).values_list("set_aside", flat=True)))
        for one in beginnings
    }


def every_cell(into: str) -> int:
    """Write every cell of every table into a file, as text; return how many characters."""
    return Path(into).write_text(database_text(), encoding="utf-8")


def send_and_leave(count: str, left: str, mutant: str = "") -> list[str]:
    """Take in that many reports, and leave what lies on the disk meanwhile in a folder. Return the receipts as hex."""
    if mutant:
        importlib.import_module(f"tests.mutants.{mutant}").apply()
    point = ReportPoint.unscoped.select_related("committee", "area").get()
    place, by = point.committee, Public(point.committee_id)
    bits = [
        submit_report(
            committee=place, point=point, form_key=codes.new_form_key(), text=f"第 {number} 件：路灯不亮。", channel="qr",
            by=by, at=clock.now(),
        ).bits.hex()
        for number in range(int(count))
    ]  # fmt: skip
    shutil.copytree(settings.VAR, left, ignore=shutil.ignore_patterns("static", "secrets"))
    (Path(left) / "cells").write_text(database_text(), encoding="utf-8")
    return bits
