"""④ Responsibilities (list 2), results (list 3), verification, verdicts, follow-up, look-back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.consultations.models import Suggestion
from shangliang.delivery.states import AssignmentState, FollowUpState
from shangliang.foundation.models import Record, StoredFile
from shangliang.people.models import Committee, Organisation, RealOutcome
from shangliang.reports.models import Matter, Report


class Via(models.TextChoices):
    """How an outside step came into the system."""

    SIGNED_IN = "signed_in", _("单位登录填报")
    LINK = "link", _("单位凭一次性链接填报")
    PROXY = "proxy", _("代录")


class Assignment(Record):
    """One responsibility (list 2): exists only by an issuing authority's act, with its basis and day."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    issuing_authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200)
    document_no = models.CharField(max_length=60)
    issued_on = models.DateField()
    task = models.CharField(max_length=500)
    lead_unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    co_units = models.ManyToManyField(Organisation, related_name="+", blank=True)
    by_letter = models.BooleanField(default=False, verbose_name=_("函商"))
    responsible = models.CharField(max_length=60, blank=True, verbose_name=_("责任领导、责任人"))
    phone = models.CharField(max_length=40, blank=True)
    working_days = models.PositiveSmallIntegerField()
    deadline_on = models.DateField()
    state = models.CharField(
        max_length=12, choices=AssignmentState.choices, default=AssignmentState.DISPATCHED
    )
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    via = models.CharField(max_length=10, choices=Via.choices, default=Via.SIGNED_IN)
    source = models.CharField(max_length=120, blank=True, verbose_name=_("代录来源"))
    recorded_at = models.DateTimeField()
    accepted_on = models.DateField(null=True)
    accepted_via = models.CharField(max_length=10, choices=Via.choices, blank=True)
    accepted_source = models.CharField(max_length=120, blank=True)
    remark = models.CharField(max_length=200, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(basis="") & ~models.Q(document_no=""), name="assignment_has_basis"
            ),
            models.CheckConstraint(
                condition=~models.Q(via="proxy") | ~models.Q(source=""), name="assignment_proxy_has_source"
            ),
            models.CheckConstraint(
                condition=~models.Q(accepted_via="proxy") | ~models.Q(accepted_source=""),
                name="assignment_accepted_proxy_has_source",
            ),
        ]
        indexes = [
            models.Index(fields=["committee", "state", "deadline_on"], name="assignment_by_deadline"),
            models.Index(fields=["lead_unit", "state", "deadline_on"], name="assignment_of_unit"),
        ]

    class Privacy:
        staff = (
            "id",
            "committee",
            "suggestion",
            "code",
            "issuing_authority",
            "basis",
            "document_no",
            "issued_on",
            "task",
            "lead_unit",
            "co_units",
            "by_letter",
            "responsible",
            "phone",
            "working_days",
            "deadline_on",
            "state",
            "replaces",
            "via",
            "source",
            "recorded_at",
            "accepted_on",
            "accepted_via",
            "accepted_source",
            "remark",
        )


class Objection(Record):
    """The lead unit's one objection, and how the issuing authority decided it."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="objection")
    reason = models.CharField(max_length=300)
    objected_on = models.DateField()
    via = models.CharField(max_length=10, choices=Via.choices)
    source = models.CharField(max_length=120, blank=True)
    decision = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField(null=True)
    decision_source = models.CharField(max_length=120, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(via="proxy") | ~models.Q(source=""), name="objection_proxy_has_source"
            )
        ]

    class Privacy:
        staff = (
            "id",
            "assignment",
            "reason",
            "objected_on",
            "via",
            "source",
            "decision",
            "decided_on",
            "decision_source",
        )


class Progress(Record):
    """One line of progress."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="progress")
    happened_on = models.DateField()
    text = models.CharField(max_length=500)
    via = models.CharField(max_length=10, choices=Via.choices)
    source = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(via="proxy") | ~models.Q(source=""), name="progress_proxy_has_source"
            )
        ]

    class Privacy:
        staff = ("id", "assignment", "happened_on", "text", "via", "source", "recorded_at")


class Result(Record):
    """What came of an assignment, as its unit says (list 3); one per claim."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="results")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=500)
    real_outcome = models.CharField(max_length=16, choices=RealOutcome.choices)
    letter = models.CharField(max_length=4, blank=True)
    finished_on = models.DateField()
    evidence_note = models.CharField(max_length=200, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    via = models.CharField(max_length=10, choices=Via.choices)
    source = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="result_number_once"),
            models.CheckConstraint(
                condition=~models.Q(via="proxy") | ~models.Q(source=""), name="result_proxy_has_source"
            ),
        ]

    class Privacy:
        staff = (
            "id",
            "assignment",
            "number",
            "text",
            "real_outcome",
            "letter",
            "finished_on",
            "evidence_note",
            "next_step",
            "via",
            "source",
            "recorded_at",
        )


class Evidence(Record):
    """A picture a unit or the committee adds to a result; never demanded."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=10,
        choices=[("before", _("办理前")), ("after", _("办理后")), ("paper", _("材料"))],
        default="after",
    )
    note = models.CharField(max_length=120, blank=True)

    class Meta(Record.Meta):
        pass

    class Privacy:
        staff = ("id", "result", "file", "kind", "note")


class Verification(Record):
    """The committee's own look at a result (核实)."""

    result = models.OneToOneField(Result, on_delete=models.CASCADE, related_name="verification")
    is_confirmed = models.BooleanField()
    verified_on = models.DateField()
    verified_by = models.CharField(max_length=60)
    note = models.CharField(max_length=300, blank=True)
    told_on = models.DateField(null=True, verbose_name=_("做不了的说明哪天告诉了提出人"))

    class Meta(Record.Meta):
        pass

    class Privacy:
        staff = ("id", "result", "is_confirmed", "verified_on", "verified_by", "note", "told_on")


class UnitLink(Record):
    """A one-time link by which a lead unit answers one assignment without an account."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=20, default="assignment")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        db_table = "delivery_unit_link"

    class Privacy:
        staff = ("id", "assignment", "purpose", "made_at", "expires_at", "used_at")
        secret = ("token_digest",)


class Solved(models.TextChoices):
    YES = "yes", _("解决了")
    PARTLY = "partly", _("部分解决")
    NO = "no", _("没解决")


class Satisfied(models.TextChoices):
    YES = "yes", _("满意")
    BASICALLY = "basically", _("基本满意")
    NO = "no", _("不满意")


class Reason(models.TextChoices):
    STILL = "still", _("问题还在")
    NOT_LASTING = "not_lasting", _("只管了几天")
    NOT_AS_SAID = "not_as_said", _("做的和说的不一样")
    TOO_SLOW = "too_slow", _("太慢")
    OTHER = "other", _("别的原因")


class Verdict(Record):
    """What the person who spoke says of the result (群众评价): one per receipt and round, nobody gives it for them."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    round = models.PositiveSmallIntegerField(default=1)
    solved = models.CharField(max_length=8, choices=Solved.choices)
    satisfied = models.CharField(max_length=10, choices=Satisfied.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    may_show = models.BooleanField(default=False)
    given_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["report", "round"], name="verdict_once_per_receipt_and_round"),
            models.CheckConstraint(
                condition=models.Q(solved__in=["yes", "partly", "no"]), name="verdict_solved_known"
            ),
            models.CheckConstraint(
                condition=models.Q(satisfied__in=["yes", "basically", "no"]), name="verdict_satisfied_known"
            ),
        ]
        indexes = [models.Index(fields=["matter", "round"], name="verdict_of_matter")]

    class Privacy:
        secret = (
            "id",
            "committee",
            "matter",
            "report",
            "code",
            "round",
            "solved",
            "satisfied",
            "reason",
            "may_show",
            "given_at",
        )


class FollowUp(Record):
    """The committee's own follow-up after "not solved": a drafted request to the issuing authority, never an order."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=24, unique=True)
    round = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    request_draft = models.TextField()
    state = models.CharField(max_length=8, choices=FollowUpState.choices, default=FollowUpState.OPEN)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta(Record.Meta):
        db_table = "delivery_follow_up"
        constraints = [models.UniqueConstraint(fields=["matter", "round"], name="follow_up_once_per_round")]

    class Privacy:
        staff = (
            "id",
            "committee",
            "matter",
            "code",
            "round",
            "opened_at",
            "request_draft",
            "state",
            "outcome",
        )


class LookBack(Record):
    """A later look whether it stayed solved (回头看)."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    finding = models.CharField(max_length=300, blank=True)

    class Meta(Record.Meta):
        db_table = "delivery_look_back"
        constraints = [models.UniqueConstraint(fields=["matter", "due_on"], name="look_back_once_per_day")]

    class Privacy:
        staff = ("id", "matter", "due_on", "done_on", "finding")
