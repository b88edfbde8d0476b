"""What every table shares: rows cannot be reached without saying who is looking."""

from typing import Any, Never

from django.db import models


class Closed(models.Manager):
    """A manager that refuses: rows come from queries.py, which ask who is looking."""

    def get_queryset(self) -> Never:
        raise RuntimeError(f"{self.model.__name__}.objects is closed: use a query of its app, with a viewer")


class Record(models.Model):
    """Base of every table. ``unscoped`` is for foundation and queries.py alone; a test watches it."""

    objects: Any = Closed()
    unscoped: Any = models.Manager()

    class Meta:
        abstract = True
        default_manager_name = "unscoped"
        base_manager_name = "unscoped"


class CodeSequence(Record):
    """The last number given out in one series, such as matters of one committee in one year."""

    series = models.CharField(max_length=80, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta(Record.Meta):
        db_table = "foundation_code_sequence"

    class Privacy:
        staff = ("id", "series", "last")
