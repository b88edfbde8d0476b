"""② The topic bank, approval upward, public notice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models import Record
from shangliang.people.models import Area, Committee
from shangliang.reports.models import Matter
from shangliang.topics.states import TopicState


class Source(models.TextChoices):
    """The six sources (LY-6); a committee may rename them in its settings."""

    PARTY_GOV = "party_gov", _("党政点题")
    COMMUNITY_COMMITTEES = "community_committees", _("两委找题")
    MEMBER = "member", _("委员荐题")
    RESIDENTS = "residents", _("群众出题")
    PUBLIC_CALL = "public_call", _("公开征题")
    ONLINE_SCREENING = "online_screening", _("网络筛题")


class Domain(models.TextChoices):
    """The three topic domains (LY-5)."""

    PARTY_GOV_CONCERN = "party_gov_concern", _("党政关注要事")
    LIVELIHOOD = "livelihood", _("民生改善实事")
    GOVERNANCE = "governance", _("社会治理难事")


class ConsultationForm(Record):
    """A form of consultation (微协商, 专题协商 …) with its settings: who approves, whether and how long it is noticed."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(max_length=30)
    name = models.CharField(max_length=30)
    is_micro = models.BooleanField(default=False)
    approver = models.CharField(max_length=60, verbose_name=_("报谁审批"))
    notice_days = models.PositiveSmallIntegerField(default=0, verbose_name=_("公示几天，0 为不公示"))
    step_labels = models.JSONField(default=dict)

    class Meta(Record.Meta):
        db_table = "topics_form"
        constraints = [models.UniqueConstraint(fields=["committee", "key"], name="form_key_once")]

    class Privacy:
        public = ("id", "committee", "key", "name", "is_micro", "approver", "notice_days", "step_labels")


class Topic(Record):
    """What a consultation is about (议题): one primary source, one domain, one or more matters or none."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(ConsultationForm, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=80)
    background = models.TextField(blank=True)
    why_this_topic = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=24, choices=Source.choices)
    domain = models.CharField(max_length=24, choices=Domain.choices)
    state = models.CharField(max_length=12, choices=TopicState.choices, default=TopicState.STORED)
    stored_on = models.DateField()
    scheduled_on = models.DateField(null=True)
    not_taken_because = models.CharField(max_length=300, blank=True)
    matters = models.ManyToManyField(Matter, through="TopicMatter", related_name="+")

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__in=[one.value for one in Source]), name="topic_one_of_six_sources"
            ),
            models.CheckConstraint(
                condition=models.Q(domain__in=[one.value for one in Domain]),
                name="topic_one_of_three_domains",
            ),
        ]
        indexes = [models.Index(fields=["committee", "state", "-id"], name="topic_by_state")]

    class Privacy:
        public = (
            "id",
            "committee",
            "area",
            "form",
            "code",
            "source",
            "domain",
            "state",
            "stored_on",
            "scheduled_on",
            "matters",
        )
        staff = ("title", "background", "why_this_topic", "not_taken_because")


class TopicMatter(Record):
    """A matter a topic consults on. A matter is consulted on by one topic at a time."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="topic_matters")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        db_table = "topics_matter"
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(left_at=None), name="matter_in_one_topic_at_a_time"
            )
        ]

    class Privacy:
        public = ("id", "topic", "matter", "left_at")


class Decision(models.TextChoices):
    APPROVED = "approved", _("同意")
    RETURNED = "returned", _("退回修改")
    NOT_TAKEN = "not_taken", _("不采用")


class TopicApproval(Record):
    """One submission upward and its decision (议题报审), which happens outside and is recorded with its document."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="approvals")
    submitted_to = models.CharField(max_length=60)
    submitted_on = models.DateField()
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_on = models.DateField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)
    document_no = models.CharField(max_length=60, blank=True)
    opinion = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=120, blank=True, verbose_name=_("代录来源"))

    class Meta(Record.Meta):
        db_table = "topics_approval"
        constraints = [
            models.UniqueConstraint(
                fields=["topic"], condition=models.Q(decision=""), name="approval_one_open_per_topic"
            )
        ]

    class Privacy:
        staff = (
            "id",
            "topic",
            "submitted_to",
            "submitted_on",
            "decision",
            "decided_on",
            "decided_by",
            "document_no",
            "opinion",
            "source",
        )


class PublicNotice(Record):
    """A topic shown to the public for some days (公示)."""

    topic = models.OneToOneField(Topic, on_delete=models.CASCADE, related_name="notice")
    from_on = models.DateField()
    until_on = models.DateField()
    outcome = models.CharField(max_length=300, blank=True)

    class Meta(Record.Meta):
        db_table = "topics_public_notice"

    class Privacy:
        public = ("id", "topic", "from_on", "until_on")
        staff = ("outcome",)
