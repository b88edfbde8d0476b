"""One person's words, with the pictures or the recording they came with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models import Record, StoredFile
from shangliang.people.models import Area, Committee
from shangliang.reports.models.matters import Matter
from shangliang.reports.models.points import ReportPoint
from shangliang.reports.states import WAITING, ReportState


class Channel(models.TextChoices):
    QR = "qr", _("扫码")
    WEB = "web", _("网页")
    PHONE = "phone", _("电话")
    COUNTER = "counter", _("当面")
    PAPER = "paper", _("纸质")
    MEMBER = "member", _("委员走访")
    IMPORTED = "imported", _("导入")


class Doubt(models.TextChoices):
    """Why a report is set aside for a look: it is kept and answered like any other, only apart from the queue."""

    UNPROVEN = "unproven", _("没做验算")
    FLOOD = "flood", _("一时来得太多")


class Lane(models.TextChoices):
    """Which pile of the desk a report lies on: its state and whether it was set aside, kept by the database itself."""

    WAITING = "waiting", _("等着的")
    ASIDE = "aside", _("先放一边")
    BANKED = "banked", _("库里的")
    DONE = "done", _("处理过的")
    NONE = "", _("不在台上")


_LANE = models.Case(
    models.When(state__in=WAITING, set_aside="", then=models.Value("waiting")),
    models.When(state__in=WAITING, then=models.Value("aside")),
    models.When(state=ReportState.BANKED, then=models.Value("banked")),
    models.When(state__in=("answered", "referred", "declined", "taken"), then=models.Value("done")),
    default=models.Value(""),
)


class Report(Record):
    """One person's words (线索). Its text never leaves the screeners; a unit sees what a clerk wrote on the matter."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    point = models.ForeignKey(ReportPoint, null=True, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="reports")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)  # empty while a recording waits to be written down
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.RECEIVED)
    happened_on = models.DateField()
    submitted_at = models.DateTimeField()
    received_at = models.DateTimeField()
    answer_due_on = models.DateField()
    first_answered_at = models.DateTimeField(null=True)
    set_aside = models.CharField(max_length=10, choices=Doubt.choices, blank=True)
    claims_matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="+")
    written_down_by = models.BigIntegerField(null=True)
    elsewhere = models.CharField(max_length=80, blank=True, verbose_name=_("已经找过哪里"))
    elsewhere_number = models.CharField(max_length=60, blank=True)
    held_because = models.CharField(max_length=20, blank=True)
    entered_by = models.BigIntegerField(null=True)
    entry_source = models.CharField(max_length=120, blank=True)
    form_key_digest = models.CharField(max_length=64, unique=True)
    receipt_digest = models.CharField(max_length=64, unique=True)
    text_salt = models.CharField(max_length=32)
    body_digest = models.CharField(max_length=64)
    contact_handle = models.CharField(max_length=32, blank=True)
    mail_handle = models.CharField(max_length=32, blank=True)
    may_unit_call = models.BooleanField(default=False)
    consent_version = models.CharField(max_length=20, blank=True)
    referred_to = models.CharField(max_length=80, blank=True)
    referred_number = models.CharField(max_length=60, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    import_alias = models.CharField(max_length=32, blank=True)
    import_row_digest = models.CharField(max_length=64, null=True)  # noqa: DJ001 - unique where it is there
    lane = models.GeneratedField(
        expression=_LANE, output_field=models.CharField(max_length=8, choices=Lane.choices), db_persist=True
    )

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["committee", "import_row_digest"], name="import_row_once")
        ]
        indexes = [
            models.Index(fields=["committee", "state", "answer_due_on", "id"], name="report_desk"),
            models.Index(  # the pages of the desk are found, filtered and counted in it alone
                fields=["committee", "lane", "answer_due_on", "id", "area", "channel", "happened_on"],
                name="report_by_lane",
            ),
        ]

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
            "withdrawn_at",
            "erased_at",
            "lane",
        )
        screener = (
            "point",
            "title",
            "text",
            "place",
            "submitted_at",
            "received_at",
            "held_because",
            "set_aside",
            "claims_matter",
            "written_down_by",
            "elsewhere",
            "elsewhere_number",
        )
        secret = (
            "form_key_digest",
            "receipt_digest",
            "text_salt",
            "body_digest",
            "contact_handle",
            "mail_handle",
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


class Recording(Record):
    """What somebody said instead of writing it, redrawn: for screeners alone, deleted once its words are confirmed."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="recording")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    seconds = models.PositiveSmallIntegerField()

    class Privacy:
        screener = ("id", "report", "file", "seconds")
