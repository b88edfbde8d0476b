"""A file on its way in: the sealed bytes while somebody looks, the run with its pointer, what came of each row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.exchange.states import ImportState
from shangliang.foundation.models import Record
from shangliang.people.models import Committee
from shangliang.reports.models import Report, ReportPoint


class ImportMapping(Record):
    """What the columns of one source mean, kept by name: ``columns`` is {our field: heading}."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    date_format = models.CharField(max_length=8, blank=True)

    class Meta(Record.Meta):
        db_table = "exchange_import_mapping"
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="import_mapping_one_name")]

    class Privacy:
        staff = ("id", "committee", "name", "headings", "columns", "date_format")


class ImportRun(Record):
    """One import of one file. ``next_row`` is the first row not yet dealt with (from 0): a broken-off run goes on there."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    point = models.ForeignKey(ReportPoint, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    source = models.CharField(max_length=40, verbose_name=_("从哪里来"))
    sheet = models.CharField(max_length=40, blank=True)
    columns = models.JSONField(default=dict)
    date_format = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.WAITING)
    rows = models.PositiveIntegerField(default=0)
    next_row = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    person = models.BigIntegerField()
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        db_table = "exchange_import"
        indexes = [models.Index(fields=["committee", "-id"], name="import_latest")]

    class Privacy:
        staff = (
            "id",
            "committee",
            "point",
            "code",
            "source",
            "sheet",
            "columns",
            "date_format",
            "state",
            "rows",
            "next_row",
            "accepted",
            "repeated",
            "rejected",
            "person",
            "made_at",
            "begun_at",
            "ended_at",
        )


class WaitingFile(Record):
    """The uploaded bytes, sealed, until the import is done or 24 hours are over; the salt of its aliases goes with them."""

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="file")
    sealed = models.BinaryField()
    sealed_salt = models.BinaryField()
    kept_at = models.DateTimeField()

    class Meta(Record.Meta):
        db_table = "exchange_waiting_file"

    class Privacy:
        secret = ("id", "run", "sealed", "sealed_salt", "kept_at")


class ImportRejection(Record):
    """One row that was not taken in, and why. Its cells lie sealed as long as the file, for whoever uploaded it."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rejections")
    row = models.PositiveIntegerField()
    why = models.CharField(max_length=120)
    sealed = models.BinaryField(null=True)

    class Meta(Record.Meta):
        db_table = "exchange_import_rejection"
        constraints = [models.UniqueConstraint(fields=["run", "row"], name="import_rejection_one_per_row")]

    class Privacy:
        screener = ("id", "run", "row", "why")
        secret = ("sealed",)


class ImportedReport(Record):
    """Which import a report came with, so that the whole of it can be taken back."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="reports")
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="+")

    class Meta(Record.Meta):
        db_table = "exchange_imported_report"

    class Privacy:
        screener = ("id", "run", "report")
