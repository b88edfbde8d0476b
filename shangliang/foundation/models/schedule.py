"""Jobs as rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models.record import Record


class JobState(models.TextChoices):
    WAITING = "waiting", _("等着")
    RUNNING = "running", _("在做")
    DONE = "done", _("做完")
    PARKED = "parked", _("停下，等人看")


class Job(Record):
    """One run of one periodic job for one period. ``lease_until`` lets another worker take over after a crash."""

    name = models.CharField(max_length=80)
    period = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["name", "period"], name="job_once_per_period")]
        indexes = [models.Index(fields=["state", "due_at"], name="job_due")]

    class Privacy:
        staff = ("id", "name", "period", "state", "due_at", "lease_until", "tries", "error", "done_at")
