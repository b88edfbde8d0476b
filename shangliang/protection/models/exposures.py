"""How many could have said it, the question to the person who did, and the member who says it instead."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models import Record
from shangliang.people.models import Appointment, Committee
from shangliang.protection.states import ExposureState, FindingState
from shangliang.reports.models import Report


class Households(models.TextChoices):
    ONE_OR_TWO = "one_or_two", _("只有一两户")
    FEW = "few", _("几户，3 到 9 户")
    MANY = "many", _("很多，10 户以上")


class Exposure(Record):
    """How many people could have said what a report says: what a unit may read of it hangs on this."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    households = models.CharField(max_length=12, choices=Households.choices, blank=True)
    state = models.CharField(max_length=12, choices=ExposureState.choices, default=ExposureState.UNANSWERED)
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["committee", "state"], name="exposure_by_state")]

    class Privacy:
        screener = (
            "id",
            "committee",
            "report",
            "code",
            "households",
            "state",
            "answered_by",
            "answered_at",
        )


class ConsentAsk(Record):
    """The question whether a unit may read it, and the one-press answer of whoever holds the receipt."""

    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="asks")
    words = models.CharField(max_length=2000)
    because = models.CharField(max_length=200, blank=True, verbose_name=_("为什么再问一次"))
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    agrees = models.BooleanField(null=True)

    class Meta(Record.Meta):
        db_table = "protection_consent_ask"
        constraints = [
            models.UniqueConstraint(
                fields=["exposure"], condition=models.Q(answered_at=None), name="consent_one_open_question"
            )
        ]

    class Privacy:
        screener = ("id", "exposure", "words", "because", "asked_by", "asked_at", "answered_at", "agrees")


class Finding(Record):
    """委员代提: a member asked to raise as an own finding what few could have said. Only screeners see both ends."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    exposure = models.ForeignKey(Exposure, on_delete=models.CASCADE, related_name="findings")
    code = models.CharField(max_length=12, unique=True)
    member = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    hint = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=FindingState.choices, default=FindingState.ASKED)
    report = models.OneToOneField(Report, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["exposure"],
                condition=models.Q(state__in=["asked", "written", "joined"]),
                name="finding_one_at_a_time",
            )
        ]

    class Privacy:
        staff = ("code", "member", "hint", "state", "asked_at", "answered_at")
        screener = ("id", "committee", "exposure", "report", "asked_by")
