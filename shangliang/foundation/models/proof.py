"""Proofs of work that were used: a solution counts once, also after a restart."""

from django.db import models

from shangliang.foundation.models.record import Record


class SpentProof(Record):
    """The digest of a solution that was accepted; kept until it would have run out anyway."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    class Meta(Record.Meta):
        db_table = "foundation_spent_proof"
        indexes = [models.Index(fields=["expires_at"], name="spent_proof_expiry")]

    class Privacy:
        secret = ("id", "digest", "expires_at")
