"""The thread between the office and the person who spoke, who read it, and the acts that take two people."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models import Record
from shangliang.reports.models.reports import Report


class ThreadKind(models.TextChoices):
    QUESTION = "question", _("工作人员问")
    ANSWER = "answer", _("反映人答")
    ADDITION = "addition", _("反映人补充")
    REPLY = "reply", _("答复")
    NOTICE = "notice", _("告知")


class ThreadEntry(Record):
    """One line between the office and the person who spoke; both see it, nobody else."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="thread")
    kind = models.CharField(max_length=10, choices=ThreadKind.choices)
    text = models.TextField()
    at = models.DateTimeField()
    appointment = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    is_locked = models.BooleanField(default=False)  # for the officers and the person who wrote it alone

    class Meta(Record.Meta):
        db_table = "reports_thread_entry"
        indexes = [
            models.Index(fields=["report"], condition=models.Q(is_locked=True), name="thread_entry_locked")
        ]

    class Privacy:
        screener = ("id", "report", "kind", "text", "at", "appointment", "undone_at", "is_locked")


class Contact(models.TextChoices):
    PHONE = "phone", _("电话")
    MAIL = "mail", _("邮箱")


class ConsentEnd(models.TextChoices):
    """Why a consent no longer holds; the data it allowed was destroyed at that moment."""

    TAKEN_BACK = "taken_back", _("您不再同意")
    REPLACED = "replaced", _("您换了一个")
    WITHDRAWN = "withdrawn", _("您撤回了所说的话")
    TIME_OVER = "time_over", _("留存的日子到了")


class Consent(Record):
    """That somebody agreed to leave a contact: to which sentence, when, and until when. Never the contact itself."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="consents")
    what = models.CharField(max_length=8, choices=Contact.choices)
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=12, choices=ConsentEnd.choices, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["report", "what"], condition=models.Q(ended_at=None), name="consent_one_standing"
            )
        ]

    class Privacy:
        secret = ("id", "report", "what", "version", "given_at", "ended_at", "ended_because")


class Unmasking(Record):
    """Two people and a reason to read contact data: asked by one, opened by another."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("asked_by")),
                name="unmasking_two_people",
            )
        ]

    class Privacy:
        screener = ("id", "report", "reason", "asked_by", "asked_at", "approved_by", "approved_at")


class Reissue(Record):
    """A lost receipt made anew: asked by one with the contact the person names, done by another when it is the one kept."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    claimed_handle = models.CharField(max_length=32, blank=True)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    approved_by = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    matched = models.BooleanField(null=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("asked_by")),
                name="reissue_two_people",
            ),
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(approved_at=None), name="reissue_one_waiting"
            ),
        ]

    class Privacy:
        screener = ("id", "report", "asked_by", "asked_at", "approved_by", "approved_at", "matched")
        secret = ("claimed_handle",)


class Reading(Record):
    """That a role, or a unit, has read what was said: shown to the person who spoke without any name. 0 is no unit."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="readings")
    role = models.CharField(max_length=12)
    unit = models.BigIntegerField(default=0)
    first_read_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["report", "role", "unit"], name="reading_once_per_role")
        ]

    class Privacy:
        screener = ("id", "report", "role", "unit", "first_read_at")
