"""The matter (事项, 件): what joined reports have in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models import Record
from shangliang.people.models import Area, Committee
from shangliang.reports.states import MatterState
from shangliang.sorting.models import Category


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
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    sorted_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        indexes = [
            models.Index(fields=["committee", "state", "-id"], name="matter_by_state"),
            models.Index(fields=["committee", "category", "state"], name="matter_by_category"),
        ]

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
            "category",
        )
        staff = ("title", "summary", "sorted_at")
