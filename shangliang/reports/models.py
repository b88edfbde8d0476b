"""① Report points, reports, the matters they speak of, and the thread with the person who spoke."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models import Record, StoredFile
from shangliang.people.models import Area, Committee
from shangliang.reports.states import MatterState, PointState, ReportState


class Channel(models.TextChoices):
    QR = "qr", _("扫码")
    WEB = "web", _("网页")
    PHONE = "phone", _("电话")
    COUNTER = "counter", _("当面")
    PAPER = "paper", _("纸质")
    IMPORTED = "imported", _("导入")


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


class Matter(Record):
    """What joined reports have in common (事项, 件). Every report has exactly one. ``code`` is public, e.g. YC-2026-0137."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=80, blank=True)
    summary = models.TextField(blank=True, verbose_name=_("给承办单位看的说明"))
    state = models.CharField(max_length=12, choices=MatterState.choices, default=MatterState.UNSCREENED)
    round = models.PositiveSmallIntegerField(default=1, verbose_name=_("第几轮办理"))
    established_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    look_back_on = models.DateField(null=True)

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["committee", "state", "-id"], name="matter_by_state")]

    class Privacy:
        public = (
            "id",
            "committee",
            "area",
            "code",
            "state",
            "round",
            "established_on",
            "closed_on",
            "look_back_on",
        )
        staff = ("title", "summary")


class Report(Record):
    """One person's words (线索). Its text never leaves the screeners; a unit sees what a clerk wrote on the matter."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    point = models.ForeignKey(ReportPoint, null=True, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="reports")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.RECEIVED)
    happened_on = models.DateField()
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField()
    answer_due_on = models.DateField()
    first_answered_at = models.DateTimeField(null=True)
    held_because = models.CharField(max_length=20, blank=True)
    entered_by = models.BigIntegerField(null=True)
    entry_source = models.CharField(max_length=120, blank=True)
    form_key_digest = models.CharField(max_length=64, unique=True)
    receipt_digest = models.CharField(max_length=64, unique=True)
    text_salt = models.CharField(max_length=32)
    body_digest = models.CharField(max_length=64)
    contact_handle = models.CharField(max_length=32, blank=True)
    may_unit_call = models.BooleanField(default=False)
    consent_version = models.CharField(max_length=20, blank=True)
    referred_to = models.CharField(max_length=80, blank=True)
    referred_number = models.CharField(max_length=60, blank=True)
    import_alias = models.CharField(max_length=32, blank=True)
    import_row_digest = models.CharField(max_length=64, null=True)  # noqa: DJ001 - unique where it is there

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["committee", "import_row_digest"], name="import_row_once")
        ]
        indexes = [models.Index(fields=["committee", "state", "answer_due_on", "id"], name="report_desk")]

    class Privacy:
        public = ("id", "committee", "area", "channel", "state")
        staff = (
            "matter",
            "code",
            "happened_on",
            "answer_due_on",
            "first_answered_at",
            "entered_by",
            "entry_source",
            "referred_to",
            "referred_number",
        )
        screener = ("point", "title", "text", "place", "submitted_at", "received_at", "held_because")
        secret = (
            "form_key_digest",
            "receipt_digest",
            "text_salt",
            "body_digest",
            "contact_handle",
            "may_unit_call",
            "consent_version",
            "import_alias",
            "import_row_digest",
        )


class ReportPhoto(Record):
    """A picture the reporter added, redrawn."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        db_table = "reports_photo"

    class Privacy:
        screener = ("id", "report", "file")


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

    class Meta(Record.Meta):
        db_table = "reports_thread_entry"

    class Privacy:
        screener = ("id", "report", "kind", "text", "at", "appointment", "undone_at")


class Joining(Record):
    """One report moved to another matter: reversible, every text and receipt kept."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="joinings")
    from_matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    to_matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    appointment = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(undone_at=None), name="joining_one_standing_per_report"
            )
        ]

    class Privacy:
        staff = ("id", "report", "from_matter", "to_matter", "joined_at", "appointment", "undone_at")


class SimilarGram(Record):
    """The index of similar texts: hashes of each report's rarest character n-grams."""

    committee_id = models.BigIntegerField()
    gram = models.BigIntegerField()
    report_id = models.BigIntegerField()

    class Meta(Record.Meta):
        db_table = "reports_similar_gram"
        indexes = [
            models.Index(fields=["committee_id", "gram", "-report_id"], name="similar_gram"),
            models.Index(fields=["report_id"], name="similar_gram_report"),
        ]

    class Privacy:
        screener = ("id", "committee_id", "gram", "report_id")


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
