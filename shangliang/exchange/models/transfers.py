"""Other systems and what is handed to them: sheets, one transfer per report, reminders; and drafts out of copied chats."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.exchange.states import STANDING, TransferState
from shangliang.foundation.models import Record
from shangliang.people.models import Committee
from shangliang.reports.models import Report


class ReportDraft(Record):
    """One message out of a paste, names and private data taken out. Gone once it is taken in, dropped or 30 days old."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    text = models.TextField()
    happened_on = models.DateField(null=True)
    source = models.CharField(max_length=40)
    appointment = models.BigIntegerField()
    kept_at = models.DateTimeField()

    class Meta(Record.Meta):
        db_table = "exchange_report_draft"

    class Privacy:
        screener = ("id", "committee", "code", "text", "happened_on", "source", "appointment", "kept_at")


class SheetKind(models.TextChoices):
    PRINT = "print", _("打印")
    XLSX = "xlsx", _("Excel 表")
    CSV = "csv", _("CSV 表")
    DOCX = "docx", _("Word 文档")


class OtherSystem(Record):
    """Where a committee hands reports to: the columns of that system's own sheet, in order, with what fills each.

    ``columns`` is [[heading, fill, fixed words]]; in ``number_format`` # is a digit, everything else stands for itself.
    """

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=40)
    sheet_kind = models.CharField(max_length=8, choices=SheetKind.choices, default=SheetKind.PRINT)
    columns = models.JSONField(default=list)
    number_format = models.CharField(max_length=40, blank=True)
    answer_days = models.PositiveSmallIntegerField(default=5)
    is_used = models.BooleanField(default=True)

    class Meta(Record.Meta):
        db_table = "exchange_other_system"
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="other_system_one_name")]

    class Privacy:
        staff = (
            "id",
            "committee",
            "code",
            "name",
            "sheet_kind",
            "columns",
            "number_format",
            "answer_days",
            "is_used",
        )


class TransferSheet(Record):
    """One sheet (转办单) with one or many reports for one system."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    system = models.ForeignKey(OtherSystem, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()
    appointment = models.BigIntegerField()
    handed_on = models.DateField(null=True)

    class Meta(Record.Meta):
        db_table = "exchange_transfer_sheet"

    class Privacy:
        staff = ("id", "committee", "system", "code", "made_at", "appointment", "handed_on")


class Transfer(Record):
    """One report in the hands of another system. ``words`` is what goes out: nothing does before a person has looked."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    system = models.ForeignKey(OtherSystem, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(TransferSheet, null=True, on_delete=models.PROTECT, related_name="transfers")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=12, choices=TransferState.choices, default=TransferState.DRAFTED)
    words = models.TextField()
    place = models.CharField(max_length=120, blank=True)
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    appointment = models.BigIntegerField()
    handed_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    number = models.CharField(max_length=60, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    returned_because = models.CharField(max_length=200, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(state__in=STANDING), name="transfer_one_standing"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("drafted", "taken_back"))
                | models.Q(confirmed_at__isnull=False),
                name="transfer_looked_at_before_it_goes",
            ),
        ]
        indexes = [models.Index(fields=["committee", "state", "due_on"], name="transfer_clock")]

    class Privacy:
        staff = (
            "id",
            "committee",
            "system",
            "sheet",
            "report",
            "code",
            "state",
            "confirmed_by",
            "confirmed_at",
            "made_at",
            "appointment",
            "handed_on",
            "due_on",
            "number",
            "answered_on",
        )
        screener = ("words", "place", "answer", "returned_because")


class TransferNudge(Record):
    """That the other system was reminded, on which day and how."""

    transfer = models.ForeignKey(Transfer, on_delete=models.CASCADE, related_name="nudges")
    nudged_on = models.DateField()
    how = models.CharField(max_length=120)
    appointment = models.BigIntegerField()

    class Meta(Record.Meta):
        db_table = "exchange_transfer_nudge"

    class Privacy:
        staff = ("id", "transfer", "nudged_on", "how", "appointment")
