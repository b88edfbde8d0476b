"""T15, T16a: a receipt that was shown survives a kill -9 of the server; nothing stands twice; commits are synced."""

import json
import random
import re
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from shangliang.instance.bench.instances import Instance, free_port, kill_group, wait_for
from tests.trust.instances import ask
from tests.trust.residents import Resident
from tests.trust.sizes import size

KILLS = size(20, 200)
KILLS_OF_MUTANT = size(4, 10)
PHONES = 16
PROMISE = "A receipt that was shown survives: kill -9 of the whole server while sixteen phones send"
SYNCED = "A receipt is shown after its commit was synced to the disk, one by one"


class Crowd:
    """Sixteen phones that send one report after the other and press again until a receipt shows."""

    def __init__(self, point: str, photo: bytes) -> None:
        self.port, self.stopped = 0, threading.Event()
        self.phones = [Resident(0, point, f"手机{number:02d}", photo) for number in range(PHONES)]
        self.threads = [threading.Thread(target=self._use, args=(one,), daemon=True) for one in self.phones]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.stopped.set()
        for thread in self.threads:
            thread.join(timeout=60)

    def _alive(self) -> Iterator[int]:
        """Give the port of the present server until everybody is told to stop."""
        while not self.stopped.is_set():
            yield self.port

    def _use(self, phone: Resident) -> None:
        for number, phone.port in enumerate(self._alive()):
            try:
                filled = phone.fill(number)
            except Exception:
                time.sleep(0.02)
                continue
            phone.press_until_shown(*filled, self._alive())

    def told(self) -> list[dict[str, object]]:
        """Return every report of which a phone saw a receipt, and every one of which none did."""
        return [
            {
                "form_key": one.form_key,
                "words": one.words,
                "has_photo": one.has_photo,
                "receipt": one.receipt,
                "presses": one.presses,
            }
            for phone in self.phones
            for one in phone.sent
        ]


def a_photo() -> bytes:
    held = BytesIO()
    Image.effect_noise((320, 240), 60).convert("RGB").save(held, "JPEG")
    return held.getvalue()


def kill_again_and_again(instance: Instance, kills: int, application: str) -> dict[str, object]:
    """Let the crowd send while the server is killed and started again; return what the database says afterwards."""
    crowd = Crowd(ask(instance, "open_ground")["point"], a_photo())
    for number in range(kills + 1):
        crowd.port = free_port()
        server = instance.serve(crowd.port, application)
        try:
            wait_for(crowd.port, "/sign-in/")
            if number == 0:
                crowd.start()
            time.sleep(random.uniform(0.15, 0.7) if number < kills else 0.5)
            if number == kills:
                crowd.stop()
        finally:
            kill_group(server)
    (instance.folder / "told.json").write_text(json.dumps(crowd.told()), encoding="utf-8")
    return ask(instance, "examine_reports", str(instance.folder / "told.json"))


@pytest.mark.promise("T15", PROMISE)
def test_every_receipt_that_was_shown_opens_after_the_server_was_killed(instance, measured):
    found = kill_again_and_again(instance, KILLS, "config.wsgi:application")

    assert found["shown"] > 5 * KILLS
    assert found["lost"] == found["twice"] == found["other_receipt"] == found["matters_without_report"] == 0
    assert found["photos_missing"] == found["photos_lost"] == 0
    assert found["integrity"] == "ok"
    assert found["ledger"] == [found["ledger"][0], ""] and found["reports_not_in_ledger"] == 0
    measured.figures.update(
        kills=KILLS,
        receipts_shown=found["shown"],
        pressed_again=found["pressed_again"],
        lost=0,
        twice=0,
        photos=found["photos"],
        photos_missing=0,
        ledger_entries=found["ledger"][0],
    )


@pytest.mark.promise("T15", PROMISE)
def test_a_server_that_shows_the_receipt_before_the_commit_loses_reports(instance, measured):
    found = kill_again_and_again(instance, KILLS_OF_MUTANT, "tests.mutants.receipt_before_commit:application")

    assert found["lost"] > 0
    measured.caught(
        "receipt-before-commit",
        f"{found['lost']} of {found['shown']} shown receipts lost after {KILLS_OF_MUTANT} kills",
    )


def syncs_and_receipts(instance: Instance, settings: str) -> tuple[int, int]:
    """Count fsync and fdatasync of the server while reports are accepted one after the other; and the receipts."""
    phone, counted = (
        Resident(free_port(), ask(instance, "open_ground")["point"], "手机"),
        instance.folder / "syncs",
    )
    tracing = ("strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(counted))
    server = instance.serve(phone.port, DJANGO_SETTINGS_MODULE=settings, program=tracing)
    try:
        wait_for(phone.port, "/sign-in/")
        before = len(counted.read_text().splitlines())
        shown = sum(phone.press(*phone.fill(number)) for number in range(1, size(40, 400)))
        time.sleep(0.2)
        after = len(re.findall(r"fdatasync\(|fsync\(", counted.read_text())) - before
    finally:
        kill_group(server, signal.SIGTERM)
    return after, shown


needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed here")


@needs_strace
@pytest.mark.promise("T16a", SYNCED)
def test_every_receipt_stands_on_a_sync_of_its_own(instance, measured):
    if not instance.is_sqlite:
        pytest.skip("PostgreSQL syncs in its own processes; the settings are looked at instead")
    syncs, receipts = syncs_and_receipts(instance, "config.settings")

    assert syncs >= receipts > 20
    measured.figures.update(receipts=receipts, syncs_seen_by_strace=syncs)


@needs_strace
@pytest.mark.promise("T16a", SYNCED)
def test_without_synchronous_full_the_syncs_are_missing(instance, measured):
    if not instance.is_sqlite:
        pytest.skip("PostgreSQL syncs in its own processes; the settings are looked at instead")
    syncs, receipts = syncs_and_receipts(instance, "tests.mutants.unsynced")

    assert syncs < receipts
    measured.caught("unsynced", f"{syncs} syncs for {receipts} receipts")


@pytest.mark.promise("T16a", SYNCED)
def test_the_database_is_set_to_keep_what_it_confirmed(instance, measured):
    if not instance.is_sqlite:
        pytest.skip("the suite's own PostgreSQL is told to forget on a power cut; the benchmark's is not")
    said = ask(instance, "durability")

    assert said == {"journal_mode": "wal", "synchronous": "2"}
    measured.figures.update(said)
