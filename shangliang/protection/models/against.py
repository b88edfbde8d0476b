"""Units complained about."""

from django.db import models

from shangliang.foundation.models import Record
from shangliang.people.models import Organisation
from shangliang.reports.models import Report


class Against(Record):
    """A unit a report complains about, as the office reads it. The unit never learns of it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    named_by = models.BigIntegerField(null=True)
    named_at = models.DateTimeField()
    unnamed_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["report", "organisation"],
                condition=models.Q(unnamed_at=None),
                name="against_once_per_report",
            )
        ]

    class Privacy:
        screener = ("id", "report", "organisation", "named_by", "named_at", "unnamed_at")
