"""The hash chain and its heads."""

from django.db import models

from shangliang.foundation.models.record import Record


class LedgerEntry(Record):
    """One link: ``body`` holds the very bytes that were hashed."""

    chain = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    body = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()
    recorded_at = models.DateTimeField()

    class Meta(Record.Meta):
        db_table = "foundation_ledger_entry"
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="ledger_one_entry_per_seq")]
        indexes = [models.Index(fields=["chain", "subject"], name="ledger_by_subject")]

    class Privacy:
        staff = ("id", "chain", "seq", "verb", "subject", "body", "previous", "hash", "recorded_at")


class LedgerHead(Record):
    """The last link of each chain."""

    chain = models.CharField(max_length=40, unique=True)
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField()
    recorded_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        db_table = "foundation_ledger_head"

    class Privacy:
        public = ("id", "chain", "seq", "hash", "recorded_at")
