"""What the desk works with: joins, the index of similar texts, and views somebody saved."""

from django.db import models

from shangliang.foundation.models import Record
from shangliang.people.models import Appointment, Committee
from shangliang.reports.models.matters import Matter
from shangliang.reports.models.reports import Report


class Joining(Record):
    """One report moved to another matter: reversible, every text and receipt kept."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="joinings")
    from_matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    to_matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    appointment = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    score = models.FloatField(null=True)  # how alike they were to the machine when somebody joined them
    weights = models.CharField(max_length=12, default="")  # which weights said so (queries.weights)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(undone_at=None), name="joining_one_standing_per_report"
            )
        ]

    class Privacy:
        staff = (
            "id",
            "report",
            "from_matter",
            "to_matter",
            "joined_at",
            "appointment",
            "undone_at",
            "score",
            "weights",
        )


class Apart(Record):
    """Somebody in the office read both and said: this report and that matter are not the same. Can be taken back."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    appointment = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)
    score = models.FloatField()
    weights = models.CharField(max_length=12, default="")

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["report", "matter"], condition=models.Q(undone_at=None), name="apart_said_once"
            )
        ]

    class Privacy:
        staff = ("id", "report", "matter", "said_at", "appointment", "undone_at", "score", "weights")


class Threshold(Record):
    """From which likeness on a committee's desk calls two reports the same: moved by what its staff joined and split."""

    committee = models.OneToOneField(Committee, on_delete=models.CASCADE, related_name="+")
    value = models.FloatField()
    joined = models.PositiveIntegerField()
    parted = models.PositiveIntegerField()
    moved_at = models.DateTimeField()
    counted_from = models.DateTimeField(
        null=True
    )  # put back to the standard then: what was done before counts no more

    class Meta(Record.Meta):
        pass

    class Privacy:
        staff = ("id", "committee", "value", "joined", "parted", "moved_at", "counted_from")


class SimilarGram(Record):
    """The index of similar texts: keys (``analysis.same_matter.index_keys``) of each report that can still be joined."""

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


class SavedView(Record):
    """Filters of the desk somebody keeps under a name, as they stand in the address bar."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=30)
    query = models.CharField(max_length=300, blank=True)

    class Meta(Record.Meta):
        db_table = "reports_saved_view"
        constraints = [models.UniqueConstraint(fields=["appointment", "name"], name="saved_view_name_once")]

    class Privacy:
        staff = ("id", "appointment", "name", "query")
