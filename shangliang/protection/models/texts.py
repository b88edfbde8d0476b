"""The confirmed texts of a report: for the unit and for the public, every version kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models import Record
from shangliang.people.models import Committee
from shangliang.reports.models import Report


class TextKind(models.TextChoices):
    DISPATCH = "dispatch", _("给单位看的")
    PUBLIC = "public", _("给公众看的")


class SafeText(Record):
    """One version of a text somebody confirmed. ``key`` is random: units read texts in its order, not as they came."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=TextKind.choices)
    version = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=12, unique=True)
    text = models.TextField()
    text_salt = models.CharField(max_length=32)
    quotes_original = models.BooleanField()
    passed_names = models.BooleanField(default=False)
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        db_table = "protection_safe_text"
        constraints = [
            models.UniqueConstraint(fields=["report", "kind", "version"], name="safe_text_version_once"),
            models.UniqueConstraint(
                fields=["report", "kind"], condition=models.Q(replaced_at=None), name="safe_text_one_standing"
            ),
        ]

    class Privacy:
        staff = ("id", "committee", "kind", "text")
        screener = (
            "report",
            "version",
            "key",
            "quotes_original",
            "passed_names",
            "confirmed_by",
            "confirmed_at",
            "replaced_at",
        )
        secret = ("text_salt",)


class Showing(Record):
    """That a version was handed to a unit: kept when the text changes, so that one knows who read what."""

    text = models.ForeignKey(SafeText, on_delete=models.CASCADE, related_name="showings")
    unit = models.BigIntegerField()
    first_shown_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["text", "unit"], name="showing_once_per_unit")]

    class Privacy:
        screener = ("id", "text", "unit", "first_shown_at")
