"""The day table: holidays and make-up working days, editable."""

from django.db import models

from shangliang.foundation.models.record import Record


class SpecialDay(Record):
    """A day that differs from its weekday. A year without any row is a year without data."""

    day = models.DateField(unique=True)
    is_working = models.BooleanField()
    name = models.CharField(max_length=40)
    is_provisional = models.BooleanField(default=False)

    class Meta(Record.Meta):
        db_table = "foundation_special_day"

    class Privacy:
        public = ("id", "day", "is_working", "name", "is_provisional")
