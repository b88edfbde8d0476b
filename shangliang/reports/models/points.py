"""Direct report points: the code on a wall, its earlier codes, who is in charge, and whether it still hangs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models import Record
from shangliang.people.models import Appointment, Area, Committee
from shangliang.reports.states import PointState


class ReportPoint(Record):
    """A direct report point (社情民意直报点): a code on a wall."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    where = models.CharField(max_length=120, blank=True, verbose_name=_("贴在哪里"))
    phone = models.CharField(max_length=40, blank=True, verbose_name=_("不方便上网时打这个电话"))
    state = models.CharField(max_length=8, choices=PointState.choices, default=PointState.OPEN)
    opened_on = models.DateField()

    class Meta(Record.Meta):
        db_table = "reports_point"

    class Privacy:
        public = ("id", "committee", "area", "code", "name", "where", "phone", "state", "opened_on")


class RetiredCode(Record):
    """A code that once stood on the wall: changed for a new one or revoked. It is never given out again."""

    point = models.ForeignKey(ReportPoint, on_delete=models.CASCADE, related_name="retired_codes")
    code = models.CharField(max_length=12, unique=True)
    retired_at = models.DateTimeField()
    leads_until = models.DateField(null=True, verbose_name=_("旧码用到哪天"))
    appointment = models.BigIntegerField(null=True)

    class Meta(Record.Meta):
        db_table = "reports_retired_code"

    class Privacy:
        staff = ("id", "point", "code", "retired_at", "leads_until", "appointment")


class PointDuty(Record):
    """A member or keeper in charge of a point: sees its state and public texts, never a report."""

    point = models.ForeignKey(ReportPoint, on_delete=models.CASCADE, related_name="duties")
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Meta(Record.Meta):
        db_table = "reports_point_duty"
        constraints = [
            models.UniqueConstraint(
                fields=["point", "appointment"],
                condition=models.Q(until_on=None),
                name="point_duty_once_at_a_time",
            )
        ]

    class Privacy:
        staff = ("id", "point", "appointment", "from_on", "until_on")


class PointFinding(models.TextChoices):
    UP = "up", _("还在，看得清")
    DAMAGED = "damaged", _("破了、看不清")
    GONE = "gone", _("不见了")


class PointCheck(Record):
    """The question to the office whether a quiet point still hangs; never a duty, never a comparison."""

    point = models.ForeignKey(ReportPoint, on_delete=models.CASCADE, related_name="checks")
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)
    finding = models.CharField(max_length=8, choices=PointFinding.choices, blank=True)
    note = models.CharField(max_length=120, blank=True)
    appointment = models.BigIntegerField(null=True)

    class Meta(Record.Meta):
        db_table = "reports_point_check"
        constraints = [
            models.UniqueConstraint(
                fields=["point"], condition=models.Q(answered_on=None), name="point_check_one_open"
            )
        ]

    class Privacy:
        staff = ("id", "point", "asked_on", "answered_on", "finding", "note", "appointment")
