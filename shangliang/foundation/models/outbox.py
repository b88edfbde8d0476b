"""Messages as rows, written in the transaction of the act they tell of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models.record import Record


class Channel(models.TextChoices):
    PAGE = "page", _("页面")
    MAIL = "mail", _("邮件")


class MessageState(models.TextChoices):
    QUEUED = "queued", _("待发")
    SENT = "sent", _("已发")
    PARKED = "parked", _("停下，等人看")
    DROPPED = "dropped", _("不用发了")


class Message(Record):
    """A notice for an appointment, or by mail to an address in the vault. ``effect`` is unique: one effect, however
    often its cause is retried."""

    effect = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    appointment = models.BigIntegerField(null=True)
    address = models.EmailField(blank=True)
    vault_handle = models.CharField(max_length=32, blank=True)
    subject = models.CharField(max_length=120)
    body = models.TextField()
    link = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["state", "channel", "id"], name="message_waiting"),
            models.Index(fields=["appointment", "read_at"], name="message_inbox"),
        ]

    class Privacy:
        staff = (
            "id",
            "effect",
            "channel",
            "appointment",
            "subject",
            "body",
            "link",
            "state",
            "tries",
            "lease_until",
            "created_at",
            "sent_at",
            "read_at",
        )
        secret = ("address", "vault_handle")
