"""Sending: messages are written with the act they tell of, sent at least once after commit, parked after five tries."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q

from shangliang.foundation.models import Message
from shangliang.foundation.models.outbox import Channel, MessageState

LEASE = timedelta(minutes=2)
TRIES = 5
BATCH = 50
log = logging.getLogger("shangliang.outbox")


def hand_over(
    *, effect: str, appointment: int, subject: str, body: str, at: datetime, link: str = "", address: str = ""
) -> None:
    """Write a notice for an appointment: always on its page, and by mail when it has an address.

    ``effect`` names the effect; a second hand-over of the same effect changes nothing. Never a reporter's words.
    """
    rows = [
        Message(
            effect=f"{effect}/page",
            channel=Channel.PAGE,
            appointment=appointment,
            subject=subject,
            body=body,
            link=link,
            state=MessageState.SENT,
            created_at=at,
            sent_at=at,
        )
    ]
    if address:
        rows.append(
            Message(
                effect=f"{effect}/mail",
                channel=Channel.MAIL,
                appointment=appointment,
                address=address,
                subject=subject,
                body=body,
                link=link,
                created_at=at,
            )
        )
    Message.unscoped.bulk_create(rows, ignore_conflicts=True)


def settle(*, appointments: Iterable[int], link: str, at: datetime) -> None:
    """Mark as read what these appointments were told about a record: it has been acted on, nothing waits for them."""
    Message.unscoped.filter(
        appointment__in=list(appointments), read_at=None, channel=Channel.PAGE, link=link
    ).update(read_at=at)


def send_waiting(at: datetime, post: Callable[[Message], None] | None = None) -> dict[str, int]:
    """Send what waits, claimed one by one under a lease. Return how many were sent, failed and parked."""
    post = post or _post
    counts = {"sent": 0, "failed": 0, "parked": _park_exhausted(at)}
    for pk in list(_waiting(at).values_list("pk", flat=True)[:BATCH]):
        message = _claim(pk, at)
        if message is None:
            continue
        try:
            post(message)
        except Exception as failure:  # a mail that cannot even be built must not stop those behind it
            log.warning("mail_failed", extra={"kind": type(failure).__name__})
            counts["parked" if _give_back(message) else "failed"] += 1
        else:
            _mark_sent(message, at)
            counts["sent"] += 1
    return counts


def try_again(pk: int) -> bool:
    """Take a parked message up again, with five fresh tries. Return False when it is not parked (any more)."""
    return bool(
        Message.unscoped.filter(pk=pk, state=MessageState.PARKED).update(
            state=MessageState.QUEUED, tries=0, lease_until=None
        )
    )


def _waiting(at: datetime):  # type: ignore[no-untyped-def]
    free = Q(lease_until=None) | Q(lease_until__lt=at)
    return Message.unscoped.filter(free, state=MessageState.QUEUED, channel=Channel.MAIL).order_by(
        "tries", "pk"
    )


def _park_exhausted(at: datetime) -> int:
    """Park what was claimed five times and never given back: it ended the process that sent it."""
    return _waiting(at).filter(tries__gte=TRIES).update(state=MessageState.PARKED, lease_until=None)


def _claim(pk: int, at: datetime) -> Message | None:
    with transaction.atomic():
        taken = _waiting(at).filter(pk=pk).update(lease_until=at + LEASE, tries=F("tries") + 1)
    return Message.unscoped.get(pk=pk) if taken else None


def _mark_sent(message: Message, at: datetime) -> None:
    Message.unscoped.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=at, lease_until=None)


def _give_back(message: Message) -> bool:
    parked = message.tries >= TRIES
    state = MessageState.PARKED if parked else MessageState.QUEUED
    Message.unscoped.filter(pk=message.pk).update(state=state, lease_until=None)
    return parked


def _post(message: Message) -> None:
    """Hand one mail to the SMTP server; its Message-ID is the effect, so that a receiver can tell a repeat."""
    host = settings.EMAIL_FROM_DOMAIN
    EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.address],
        headers={"Message-ID": f"<{message.effect.replace('/', '.')}@{host}>"},
    ).send()
