"""Mail: at least once to a real server, the same name at each repeat, and one that cannot be sent blocks no other."""

import asyncio
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from shangliang.foundation import outbox
from shangliang.foundation.models import Message
from shangliang.foundation.models.outbox import MessageState
from shangliang.foundation.outbox import LEASE, TRIES, hand_over, send_waiting, try_again
from shangliang.foundation.tests.factories import MORNING

pytestmark = pytest.mark.django_db
POISON = "poison@example.org"


class Killed(BaseException):
    """The process ended here."""


class Receiver:
    """A real mail server: keeps what it took, refuses one address for good."""

    def __init__(self):
        self.mails = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        await asyncio.sleep(0)
        if address == POISON:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(0)
        self.mails.append(envelope.content.decode())
        return "250 OK"

    def ids(self):
        lines = [line for mail in self.mails for line in mail.splitlines() if line.startswith("Message-ID: ")]
        return [line.removeprefix("Message-ID: ") for line in lines]


@pytest.fixture
def receiver(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    taking = Receiver()
    controller = Controller(taking, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield taking
    controller.stop()


def notice(effect, address="clerk@example.org", subject="有新待办"):
    hand_over(
        effect=effect, appointment=10, subject=subject, body="打开页面看看。", at=MORNING, address=address
    )


def state_of(effect):
    return Message.unscoped.get(effect=f"{effect}/mail").state


def test_a_notice_arrives_once_and_is_not_sent_again(receiver):
    notice("matter/1/answered")
    assert send_waiting(MORNING) == {"sent": 1, "failed": 0, "parked": 0}
    assert send_waiting(MORNING + timedelta(hours=1))["sent"] == 0
    assert receiver.ids() == ["<matter.1.answered.mail@localhost>"]
    assert Message.unscoped.get(channel="mail").sent_at == MORNING


def test_a_page_notice_is_there_at_once_and_is_never_mailed(receiver):
    hand_over(effect="p", appointment=10, subject="有新待办", body="", at=MORNING)
    assert send_waiting(MORNING)["sent"] == 0 and not receiver.mails
    assert Message.unscoped.get().state == MessageState.SENT


def test_a_worker_killed_after_the_server_took_the_mail_sends_it_again_under_the_same_name(receiver):
    notice("e")

    def taken_then_killed(message):
        outbox._post(message)
        raise Killed

    with pytest.raises(Killed):
        send_waiting(MORNING, post=taken_then_killed)
    assert state_of("e") == MessageState.QUEUED
    assert send_waiting(MORNING + LEASE / 2)["sent"] == 0
    assert send_waiting(MORNING + LEASE + timedelta(seconds=1))["sent"] == 1
    assert receiver.ids() == ["<e.mail@localhost>"] * 2
    assert state_of("e") == MessageState.SENT


def test_two_workers_do_not_send_the_same_mail_at_once(receiver):
    notice("e")
    inside = []

    def other_worker_comes_along(message):
        inside.append(send_waiting(MORNING)["sent"])
        outbox._post(message)

    assert send_waiting(MORNING, post=other_worker_comes_along)["sent"] == 1
    assert inside == [0] and len(receiver.mails) == 1


def test_poison_is_parked_after_five_tries_and_blocks_nobody(receiver):
    notice("bad", POISON)
    for number in range(3):
        notice(f"good{number}")
    rounds = [send_waiting(MORNING + timedelta(minutes=number)) for number in range(7)]
    assert rounds[0] == {"sent": 3, "failed": 1, "parked": 0}
    assert [one["failed"] for one in rounds] == [1, 1, 1, 1, 0, 0, 0]
    assert [one["parked"] for one in rounds] == [0, 0, 0, 0, 1, 0, 0]
    assert state_of("bad") == MessageState.PARKED
    assert Message.unscoped.get(effect="bad/mail").tries == TRIES
    notice("later")
    assert send_waiting(MORNING)["sent"] == 1


def test_a_mail_that_cannot_even_be_built_is_parked_and_blocks_nobody(receiver):
    notice("bad", subject="一行\nBcc: all@example.org")
    notice("good")
    rounds = [send_waiting(MORNING) for _ in range(TRIES)]
    assert (rounds[0]["sent"], rounds[-1]["parked"]) == (1, 1)
    assert state_of("bad") == MessageState.PARKED and len(receiver.mails) == 1


def test_a_mail_that_ends_its_worker_five_times_is_parked_by_the_sixth():
    notice("deadly")

    def killed(_message):
        raise Killed

    at = MORNING
    for _ in range(TRIES):
        with pytest.raises(Killed):
            send_waiting(at, post=killed)
        at += LEASE + timedelta(seconds=1)
    assert send_waiting(at, post=killed) == {"sent": 0, "failed": 0, "parked": 1}
    assert state_of("deadly") == MessageState.PARKED


def test_a_server_that_is_away_loses_nothing(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    notice("e")
    assert send_waiting(MORNING)["failed"] == 1
    assert state_of("e") == MessageState.QUEUED


def test_a_parked_mail_is_sent_when_somebody_takes_it_up_again(receiver):
    notice("e", POISON)
    for _ in range(TRIES):
        send_waiting(MORNING)
    row = Message.unscoped.get(effect="e/mail")
    Message.unscoped.filter(pk=row.pk).update(address="clerk@example.org")
    assert try_again(row.pk) and not try_again(row.pk)
    assert send_waiting(MORNING)["sent"] == 1


def test_fresh_mails_go_before_those_that_failed_already(receiver):
    notice("bad", POISON)
    send_waiting(MORNING)
    notice("fresh")
    order = []
    send_waiting(MORNING, post=lambda message: order.append(message.effect))
    assert order == ["fresh/mail", "bad/mail"]
