"""Kinds of trouble, who answers for them where, trained models of past decisions, and texts that were asked before."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models import Record, StoredFile
from shangliang.people.models import Area, Committee, Organisation


class Category(Record):
    """One kind of trouble in a committee's own scheme, up to three levels deep; retired, never deleted."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    path = models.CharField(max_length=140)  # the names from the first level on, parted by " / "
    is_current = models.BooleanField(default=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["committee", "path"], name="category_path_once"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=3), name="category_three_levels"
            ),
            models.CheckConstraint(
                condition=models.Q(level=1, parent=None) | models.Q(level__gt=1, parent__isnull=False),
                name="category_below_the_first_has_a_parent",
            ),
        ]

    class Privacy:
        public = ("id", "committee", "parent", "level", "name", "path", "is_current")

    def __str__(self) -> str:
        return self.path


class OwnerTable(Record):
    """One issue of the owner table (主责单位表): who answers for what where, issued anew each year; old ones stay."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    source = models.CharField(max_length=120, verbose_name=_("依据的文件"))
    from_on = models.DateField()
    until_on = models.DateField(null=True)  # the last day it held; empty while it stands
    issued_at = models.DateTimeField()

    class Meta(Record.Meta):
        db_table = "sorting_owner_table"
        constraints = [
            models.UniqueConstraint(
                fields=["committee"], condition=models.Q(until_on=None), name="owner_table_one_stands"
            ),
            models.UniqueConstraint(fields=["committee", "from_on"], name="owner_table_begins_once_a_day"),
        ]

    class Privacy:
        staff = ("id", "committee", "year", "title", "source", "from_on", "until_on", "issued_at")


class OwnerRow(Record):
    """In this issue, this unit answers for this kind in this area (none: everywhere); changed rows end, never vanish."""

    table = models.ForeignKey(OwnerTable, on_delete=models.CASCADE, related_name="rows")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    because = models.CharField(max_length=120, blank=True)  # why it was changed within the year

    class Meta(Record.Meta):
        db_table = "sorting_owner_row"
        constraints = [
            models.UniqueConstraint(
                fields=["table", "category", "area"],
                condition=models.Q(until_on=None, area__isnull=False),
                name="owner_once_for_kind_and_area",
            ),
            models.UniqueConstraint(
                fields=["table", "category"],
                condition=models.Q(until_on=None, area=None),
                name="owner_once_for_kind_everywhere",
            ),
        ]

    class Privacy:
        staff = ("id", "table", "category", "area", "unit", "from_on", "until_on", "because")


class Subject(models.TextChoices):
    """What a model of past decisions suggests."""

    KIND = "kind", _("哪一类")
    UNIT = "unit", _("归哪个单位")


class TrainedModel(Record):
    """Weights learned from a committee's own past decisions, and how good they were on a part held out."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=8, choices=Subject.choices)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    trained_at = models.DateTimeField()
    examples = models.PositiveIntegerField()
    labels = models.PositiveIntegerField()
    held_out = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)  # top1, top3, macro_f1, calibration: shares, no words
    is_current = models.BooleanField(default=False)  # the one that suggests
    not_taken_because = models.CharField(max_length=120, blank=True)  # why the older one was kept

    class Meta(Record.Meta):
        db_table = "sorting_trained_model"
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "subject"],
                condition=models.Q(is_current=True),
                name="trained_model_one_suggests",
            )
        ]

    class Privacy:
        staff = (
            "id",
            "committee",
            "subject",
            "file",
            "trained_at",
            "examples",
            "labels",
            "held_out",
            "figures",
            "is_current",
            "not_taken_because",
        )


class Lesson(Record):
    """One subject a committee's past decisions are learned for: whether somebody asked, when they were last counted."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=8, choices=Subject.choices)
    asked_at = models.DateTimeField(null=True)  # somebody pressed "learn again", and it has not been done yet
    looked_at = models.DateTimeField(null=True)
    examples = models.PositiveIntegerField(
        default=0
    )  # decisions that could be learned from, when last counted
    labels = models.PositiveIntegerField(default=0)  # kinds or units with enough of them
    went_wrong = models.BooleanField(default=False)  # the last try was broken off; the older model goes on

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["committee", "subject"], name="lesson_once_a_subject")]

    class Privacy:
        staff = ("id", "committee", "subject", "asked_at", "looked_at", "examples", "labels", "went_wrong")


class AskedGram(Record):
    """The index of what was already asked: keys of topics, proposals and briefs (``analysis.same_matter.index_keys``)."""

    committee_id = models.BigIntegerField()
    kind = models.CharField(max_length=16)  # "topic", later "proposal", "brief"
    gram = models.BigIntegerField()
    record_id = models.BigIntegerField()

    class Meta(Record.Meta):
        db_table = "sorting_asked_gram"
        indexes = [
            models.Index(fields=["committee_id", "kind", "gram", "-record_id"], name="asked_gram"),
            models.Index(fields=["kind", "record_id"], name="asked_gram_record"),
        ]

    class Privacy:
        staff = ("id", "committee_id", "kind", "gram", "record_id")
