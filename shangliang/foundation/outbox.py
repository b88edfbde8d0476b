"""Sending: messages are written with the act they tell of, sent at least once after commit, parked after five tries.

A mail to somebody who spoke names a handle of the vault, not an address: it is opened at the moment of sending and
stands nowhere else. Where it was destroyed meanwhile, the mail ends quietly.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q

from shangliang.foundation import vault
from shangliang.foundation.models import Message, VaultItem
from shangliang.foundation.models.outbox import Channel, MessageState

LEASE = timedelta(minutes=2)
TRIES = 5
BATCH = 50
KEPT_PARKED = timedelta(days=7)  # a mail with something to open in it is not kept longer than that
ONCE = "/once"  # ends the effect of a mail whose vault item is its own: the address, then lines for the body
WRITES_DOWN = (
    "filebased",
    "console",
    "dummy",
)  # mail backends that send nothing and may leave an address in plain
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


def sends_mail() -> bool:
    """Tell whether this instance has a mail server: without one nobody is asked for an address."""
    return not any(kind in settings.EMAIL_BACKEND for kind in WRITES_DOWN)


def hand_over_sealed(
    mails: Iterable[tuple[str, str]], *, subject: str, body: str, at: datetime, is_once: bool = False
) -> None:
    """Write one mail to many addresses of the vault, each given as (effect, handle); an empty handle is passed over.

    A second hand-over of the same effect changes nothing. ``is_once``: the vault item was sealed for this mail alone,
    its first line the address, the rest added to the body; it is destroyed once sent. Nothing is written where the
    instance sends no mail. Never a reporter's words.
    """
    if not sends_mail():
        return
    ending = ONCE if is_once else ""
    rows = [
        Message(
            effect=f"{effect}/mail{ending}",
            channel=Channel.MAIL,
            vault_handle=handle,
            subject=subject,
            body=body,
            created_at=at,
        )
        for effect, handle in mails
        if handle
    ]
    Message.unscoped.bulk_create(rows, batch_size=100, ignore_conflicts=True)


def drop_parked(at: datetime) -> int:
    """End sealed mails that stood parked for a week, and destroy what was sealed for them alone. Return how many."""
    old = Message.unscoped.filter(state=MessageState.PARKED, created_at__lt=at - KEPT_PARKED).exclude(
        vault_handle=""
    )
    rows = list(old.order_by("pk")[:BATCH])
    for one in rows:
        _end(one, MessageState.DROPPED, at)
    return len(rows)


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
        if _is_gone(message):
            _end(message, MessageState.DROPPED, at)
            continue
        try:
            post(message)
        except Exception as failure:  # a mail that cannot even be built must not stop those behind it
            log.warning("mail_failed", extra={"kind": type(failure).__name__})
            counts["parked" if _give_back(message) else "failed"] += 1
        else:
            _end(message, MessageState.SENT, at)
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
    Message.unscoped.filter(pk=message.pk).update(
        state=MessageState.SENT, sent_at=at, lease_until=None, vault_handle=""
    )


def _end(message: Message, state: MessageState, at: datetime) -> None:
    """Tick a mail off; what was sealed for it alone is destroyed with it."""
    with transaction.atomic():
        if message.effect.endswith(ONCE):
            vault.destroy(message.vault_handle)
        if state == MessageState.SENT:
            _mark_sent(message, at)
        else:
            Message.unscoped.filter(pk=message.pk).update(state=state, lease_until=None, vault_handle="")


def _is_gone(message: Message) -> bool:
    """Tell whether the address of a sealed mail was destroyed, or there was one and it never will be again."""
    handle = message.vault_handle
    return bool(handle) and not VaultItem.unscoped.filter(handle=handle).exists()


def _give_back(message: Message) -> bool:
    parked = message.tries >= TRIES
    state = MessageState.PARKED if parked else MessageState.QUEUED
    Message.unscoped.filter(pk=message.pk).update(state=state, lease_until=None)
    return parked


def _post(message: Message) -> None:
    """Hand one mail to the SMTP server; its Message-ID is the effect, so that a receiver can tell a repeat."""
    host = settings.EMAIL_FROM_DOMAIN
    address, more = _opened(message)
    EmailMessage(
        subject=message.subject,
        body=message.body + more,
        to=[address],
        headers={"Message-ID": f"<{message.effect.replace('/', '.')}@{host}>"},
    ).send()


def _opened(message: Message) -> tuple[str, str]:
    """Return the address a mail goes to and what is added to its body, both for this moment only."""
    if not message.vault_handle:
        return message.address, ""
    if not sends_mail():
        raise RuntimeError("an address of the vault is not written into a file")
    address, _newline, more = vault.unseal(message.vault_handle).partition("\n")
    return address, f"\n{more}" if more else ""
