"""Contact data, encrypted, apart from everything else."""

from django.db import models

from shangliang.foundation.models.record import Record


class VaultItem(Record):
    """One sealed value. Only the vault's own functions open it; it cannot be searched."""

    handle = models.CharField(max_length=32, unique=True)
    sealed = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta(Record.Meta):
        db_table = "foundation_vault_item"

    class Privacy:
        secret = ("id", "handle", "sealed", "kept_at")
