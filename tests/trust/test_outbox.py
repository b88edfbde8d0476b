"""T64: every notice is sent at least once and has its effect once, however often the worker is killed."""

import asyncio
import logging
import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from shangliang.foundation import clock, outbox
from shangliang.foundation.models import Message
from shangliang.instance.bench.instances import Instance, free_port, kill_group
from tests.trust.instances import ask
from tests.trust.sizes import size

KILLS = size(20, 100)
NOTICES = size(300, 5000)
KILLS_OF_MUTANT = 10
PROMISE = "Each notice arrives at least once, each effect stands once, however often the worker is killed"


class Receiver:
    """A real mail server that keeps the Message-ID of everything it accepted."""

    def __init__(self, slowness: float) -> None:
        self.ids: list[str] = []
        self.slowness = slowness

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a moment, as a real server does, then note the mail."""
        await asyncio.sleep(self.slowness)
        head = envelope.content.decode("utf-8", "replace")
        self.ids += [
            line.split(":", 1)[1].strip() for line in head.splitlines() if line.startswith("Message-ID:")
        ]
        return "250 OK"


@contextmanager
def receiving(slowness: float) -> Iterator[tuple[Receiver, int]]:
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    receiver, port = Receiver(slowness), free_port()
    controller = Controller(receiver, hostname="127.0.0.1", port=port, ready_timeout=20)
    controller.start()
    try:
        yield receiver, port
    finally:
        controller.stop()


def kill_worker_again_and_again(
    instance: Instance, notices: int, kills: int, *mutants: str, slowness: float = 0.002
) -> dict[str, int]:
    """Lay out notices, kill the worker ``kills`` times while they wait, let it finish; return what arrived."""
    ask(instance, "lay_out_notices", str(notices))
    with receiving(slowness) as (receiver, port):
        worker = instance.start(
            "-m",
            "tests.trust.forking_worker",
            *mutants,
            log="worker.log",
            SHANGLIANG_MAIL_HOST="127.0.0.1",
            SHANGLIANG_MAIL_PORT=str(port),
        )
        try:
            assert worker.stdout.readline() == b"ready\n"
            for number in range(kills):
                _one_life(worker, receiver, until=(number + 1) * notices // (kills + 2))
            _work_to_the_end(worker, instance)
        finally:
            kill_group(worker)
    return {"sent": len(receiver.ids), "arrived": len(set(receiver.ids)), **_outbox(instance)}


def _start(worker: subprocess.Popen[bytes]) -> int:
    worker.stdin.write(b"work\n")
    worker.stdin.flush()
    return int(worker.stdout.readline())


def _one_life(worker: subprocess.Popen[bytes], receiver: Receiver, until: int) -> None:
    """Start a worker and kill it a random moment after so many mails arrived: always while others wait."""
    child, patience = _start(worker), time.monotonic() + 20
    while len(receiver.ids) < until and time.monotonic() < patience:
        time.sleep(0.001)
    time.sleep(random.uniform(0, 0.02 + 2 * receiver.slowness))
    os.kill(child, signal.SIGKILL)


def _work_to_the_end(worker: subprocess.Popen[bytes], instance: Instance) -> None:
    _start(worker)
    patience = time.monotonic() + 240
    while time.monotonic() < patience and ask(instance, "outbox_states")["states"].get("queued"):
        time.sleep(0.3)


def _outbox(instance: Instance) -> dict[str, int]:
    found = ask(instance, "outbox_states")
    return {"rows": found["rows"], "effects": found["effects"], "marked_sent": found["states"].get("sent", 0)}


@pytest.mark.promise("T64", PROMISE)
def test_no_notice_is_lost_however_often_the_worker_is_killed(instance, measured):
    told = kill_worker_again_and_again(instance, NOTICES, KILLS)

    assert told["arrived"] == NOTICES
    assert told["rows"] == told["effects"] == told["marked_sent"] == NOTICES
    assert told["sent"] - told["arrived"] <= KILLS
    measured.figures.update(
        notices=NOTICES,
        kills=KILLS,
        missing=NOTICES - told["arrived"],
        sent_twice=told["sent"] - told["arrived"],
        effects_twice=told["rows"] - told["effects"],
    )


@pytest.mark.promise("T64", PROMISE)
def test_ticking_a_notice_off_before_sending_it_loses_notices(instance, measured):
    told = kill_worker_again_and_again(instance, 80, KILLS_OF_MUTANT, "sent_before_sending", slowness=0.03)

    assert told["marked_sent"] == 80
    assert told["arrived"] < 80
    measured.caught(
        "sent-before-sending", f"{80 - told['arrived']} of 80 notices missing after {KILLS_OF_MUTANT} kills"
    )


def refuse(message: Message) -> None:
    raise SMTPRecipientsRefused({message.address: (550, b"no such person")})


def notices(count: int, at: Any, **first: str) -> None:
    for number in range(count):
        words = {"subject": "请看", "body": "有一件事等您。", "address": "clerk@example.org"}
        outbox.hand_over(
            effect=f"trust/{number}", appointment=1, at=at, **{**words, **(first if number == 0 else {})}
        )


@pytest.mark.django_db
def test_a_message_nobody_takes_is_parked_after_five_tries_and_holds_up_nobody():
    at, sent = clock.now(), []
    notices(20, at, address="poison@example.org")

    def post(message: Message) -> None:
        refuse(message) if message.address.startswith("poison") else sent.append(message.pk)

    rounds = [outbox.send_waiting(at + timedelta(hours=number), post) for number in range(7)]

    assert rounds[0] == {"sent": 19, "failed": 1, "parked": 0}
    assert [one["parked"] for one in rounds] == [0, 0, 0, 0, 1, 0, 0]
    assert len(sent) == len(set(sent)) == 19


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [{"subject": "第一行\n第二行"}, {"address": "clerk@@example.org"}],
    ids=["a newline in the subject", "an address that is none"],
)
def test_a_message_that_cannot_be_written_down_holds_up_nobody(words, mailoutbox):
    at = clock.now()
    notices(5, at, **words)

    for number in range(6):
        outbox.send_waiting(at + timedelta(hours=number))

    assert Message.unscoped.filter(channel="mail", state="sent").count() >= 4
    assert not Message.unscoped.filter(channel="mail", state="queued").exists()
