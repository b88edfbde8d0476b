"""One component for everything that can become public."""

from django.db import models
from django.db.models.functions import Left, StrIndex
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models.record import Record
from shangliang.foundation.states import PublicationState


class Publication(Record):
    """The public words of one step of one subject, exactly as reviewed. What is shown is ``content``, never a record.

    ``owner`` is the committee's id, ``subject`` is kind:code of what it is about, ``part`` which step of it.
    """

    code = models.CharField(max_length=12, unique=True)
    committee_id = models.BigIntegerField()
    subject = models.CharField(max_length=80)
    kind = models.GeneratedField(
        expression=Left("subject", StrIndex("subject", models.Value(":")) - 1),
        output_field=models.CharField(max_length=80),
        db_persist=True,
    )
    part = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    content = models.JSONField(default=dict)
    happened_on = models.DateField()
    named_units = models.JSONField(default=list)
    reviewers_needed = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=12, choices=PublicationState.choices, default=PublicationState.PREPARED
    )
    prepared_by = models.BigIntegerField(null=True)
    prepared_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True, verbose_name=_("哪时被新版代替"))
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "part"],
                condition=~models.Q(state="withdrawn"),
                name="publication_one_standing_per_part",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewers_needed__gte=1, reviewers_needed__lte=3),
                name="publication_one_to_three_reviewers",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn") | ~models.Q(withdrawn_because=""),
                name="publication_withdrawn_with_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["committee_id", "kind", "-published_at", "-id"],
                condition=models.Q(state="published", replaced_at=None),
                name="publication_standing",
            ),
            models.Index(fields=["committee_id", "state", "-published_at"], name="publication_latest"),
            models.Index(fields=["subject", "committee_id", "state"], name="publication_of_subject"),
        ]

    class Privacy:
        public = (
            "id",
            "code",
            "committee_id",
            "subject",
            "kind",
            "part",
            "title",
            "content",
            "happened_on",
            "state",
            "published_at",
            "replaced_at",
            "withdrawn_because",
        )
        staff = ("named_units", "reviewers_needed", "prepared_by", "prepared_at")


class Review(Record):
    """One reviewer's yes to one publication."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="reviews")
    appointment = models.BigIntegerField()
    person = models.BigIntegerField()
    reviewed_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["publication", "person"], name="review_once_per_person")
        ]

    class Privacy:
        staff = ("id", "publication", "appointment", "person", "reviewed_at")


class Preview(Record):
    """A named unit sees the public text first: it may correct facts, it has no veto."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="previews")
    unit = models.BigIntegerField()
    unit_name = models.CharField(max_length=80)
    shown_at = models.DateTimeField()
    answer_until = models.DateField()
    answered_at = models.DateTimeField(null=True)
    correction = models.TextField(blank=True)
    how = models.CharField(max_length=120, blank=True, verbose_name=_("怎么给单位看的"))

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["publication", "unit"], name="preview_once_per_unit")]

    class Privacy:
        staff = (
            "id",
            "publication",
            "unit",
            "unit_name",
            "shown_at",
            "answer_until",
            "answered_at",
            "correction",
            "how",
        )


class PublicationGram(Record):
    """The index of published words: hashes of character n-grams, by which somebody typing finds what is public already."""

    committee_id = models.BigIntegerField()
    gram = models.BigIntegerField()
    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="+")

    class Meta(Record.Meta):
        db_table = "foundation_publication_gram"
        indexes = [models.Index(fields=["committee_id", "gram", "-publication"], name="publication_gram")]

    class Privacy:
        public = ("id", "committee_id", "gram", "publication")
