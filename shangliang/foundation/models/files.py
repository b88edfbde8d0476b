"""Bytes we redrew ourselves, under a random name."""

from django.db import models

from shangliang.foundation.models.record import Record


class StoredFile(Record):
    """A picture or paper. Bytes are on disk (and fsynced) before this row commits; a job sweeps orphans."""

    name = models.CharField(max_length=40, unique=True)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    class Meta(Record.Meta):
        db_table = "foundation_stored_file"

    class Privacy:
        screener = ("id", "name", "content_type", "size", "sha256", "kept_at")
