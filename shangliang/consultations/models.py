"""③ One run of a form's steps on a topic: plan, research, session, statements, suggestions (list 1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.consultations.states import ConsultationState, SuggestionState
from shangliang.foundation.models import Record
from shangliang.people.models import Area, Committee, Organisation
from shangliang.topics.models import ConsultationForm, Topic


class Side(models.TextChoices):
    """The four roles in the room (LY-13)."""

    RESIDENTS = "residents", _("居民")
    DEPARTMENTS = "departments", _("部门")
    EXPERTS = "experts", _("专家")
    MEMBERS = "members", _("委员")


class Hall(models.TextChoices):
    HALL = "hall", _("会场")
    REMOTE = "remote", _("线上")


class StepName(models.TextChoices):
    """The six steps, keys of ConsultationState without the end."""

    SELECTED = "selected", _("议题选定")
    PLANNED = "planned", _("制订方案")
    RESEARCHED = "researched", _("组织调研")
    HELD = "held", _("现场协商")
    SUBMITTED = "submitted", _("报送成果")
    FOLLOWING = "following", _("跟踪落实")


class Consultation(Record):
    """One run of a form's six steps on a topic (协商)."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(ConsultationForm, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=80)
    state = models.CharField(
        max_length=12, choices=ConsultationState.choices, default=ConsultationState.SELECTED
    )
    convener = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=80, blank=True)
    aim = models.CharField(max_length=300, blank=True)
    information = models.TextField(blank=True, verbose_name=_("会前给参加人的材料"))
    planned_on = models.DateField(null=True)
    held_on = models.DateField(null=True)
    submitted_to = models.CharField(max_length=80, blank=True)
    entry_source = models.CharField(max_length=120, blank=True, verbose_name=_("代录来源"))
    entry_key = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - unique where there is one

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["committee", "state", "-id"], name="consultation_by_state")]

    class Privacy:
        public = ("id", "committee", "topic", "form", "area", "code", "state", "planned_on", "held_on")
        staff = ("title", "convener", "place", "aim", "information", "submitted_to", "entry_source")
        secret = ("entry_key",)


class StepRecord(Record):
    """What one step came to: a day and its artefact, or "not done, because" with a name (LY-7)."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12, choices=StepName.choices)
    owner = models.CharField(max_length=40, blank=True)
    planned_on = models.DateField(null=True)
    happened_on = models.DateField(null=True)
    artefact = models.CharField(max_length=120, blank=True)
    not_done_because = models.CharField(max_length=200, blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField()

    class Meta(Record.Meta):
        db_table = "consultations_step"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "step"], name="step_once"),
            models.CheckConstraint(
                condition=models.Q(happened_on__isnull=False, not_done_because="")
                | (models.Q(happened_on=None) & ~models.Q(not_done_because="") & ~models.Q(decided_by="")),
                name="step_done_or_explained",
            ),
        ]

    class Privacy:
        staff = (
            "id",
            "consultation",
            "step",
            "owner",
            "planned_on",
            "happened_on",
            "artefact",
            "not_done_because",
            "decided_by",
            "recorded_at",
        )


class ResearchRecord(Record):
    """One look before the session; three lines are enough."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="research")
    happened_on = models.DateField()
    note = models.TextField()
    who = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()

    class Meta(Record.Meta):
        db_table = "consultations_research"

    class Privacy:
        staff = ("id", "consultation", "happened_on", "note", "who", "place", "recorded_at")


class HeadCount(Record):
    """How many of one side were in the room: a fact entered once, with who counted and how."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="head_counts")
    side = models.CharField(max_length=12, choices=Side.choices)
    planned = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    counted_by = models.CharField(max_length=40, blank=True)
    how = models.CharField(max_length=60, blank=True)

    class Meta(Record.Meta):
        db_table = "consultations_head_count"
        constraints = [
            models.UniqueConstraint(fields=["consultation", "side"], name="head_count_once_per_side"),
            models.CheckConstraint(
                condition=models.Q(present=None) | ~models.Q(counted_by=""),
                name="head_count_says_who_counted",
            ),
        ]

    class Privacy:
        staff = ("id", "consultation", "side", "planned", "present", "counted_by", "how")


class Statement(Record):
    """Something said, by a side, in the hall or from outside."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="statements")
    side = models.CharField(max_length=12, choices=Side.choices)
    hall = models.CharField(max_length=8, choices=Hall.choices, default=Hall.HALL)
    speaker = models.CharField(max_length=40, blank=True, verbose_name=_("身份，居民不写姓名"))
    text = models.TextField()
    order = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["consultation", "order"], name="statement_order_once")]

    class Privacy:
        staff = ("id", "consultation", "side", "hall", "speaker", "text", "order", "recorded_at")


class Suggestion(Record):
    """A consensus item (list 1): one row seen later as responsibility and as result."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="suggestions")
    code = models.CharField(max_length=30, unique=True)
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    proposer_side = models.CharField(max_length=12, choices=Side.choices)
    proposer_note = models.CharField(max_length=40, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    concerned_units = models.ManyToManyField(Organisation, related_name="+", blank=True)
    state = models.CharField(max_length=12, choices=SuggestionState.choices, default=SuggestionState.AGREED)
    decided_by = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    decision_reason = models.CharField(max_length=300, blank=True)
    decision_source = models.CharField(max_length=120, blank=True, verbose_name=_("代录来源"))
    explained_on = models.DateField(null=True, verbose_name=_("未采纳的理由哪天告诉了提出人"))
    remark = models.CharField(max_length=200, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="suggestion_number_once"),
            models.CheckConstraint(
                condition=~models.Q(state="not_adopted") | ~models.Q(decision_reason=""),
                name="suggestion_not_adopted_with_reason",
            ),
        ]

    class Privacy:
        staff = (
            "id",
            "committee",
            "consultation",
            "code",
            "number",
            "text",
            "proposer_side",
            "proposer_note",
            "basis",
            "concerned_units",
            "state",
            "decided_by",
            "decided_on",
            "decision_reason",
            "decision_source",
            "explained_on",
            "remark",
        )


class Support(Record):
    """How many of one side agreed and how many had reservations (counts only, LY-17)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.CASCADE, related_name="supports")
    side = models.CharField(max_length=12, choices=Side.choices)
    agree = models.PositiveIntegerField(default=0)
    reserve = models.PositiveIntegerField(default=0)
    reservation = models.CharField(max_length=200, blank=True)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["suggestion", "side"], name="support_once_per_side")]

    class Privacy:
        staff = ("id", "suggestion", "side", "agree", "reserve", "reservation")
