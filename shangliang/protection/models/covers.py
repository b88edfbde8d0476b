"""Pictures with what points at a person covered: the only ones anybody but a screener is shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models import Record, StoredFile
from shangliang.people.models import Committee
from shangliang.reports.models import Report, ReportPhoto


class Children(models.TextChoices):
    NONE = "none", _("没有孩子")
    COVERED = "covered", _("有，脸都遮住了")
    SEEN = "seen", _("有，脸还看得见")


class PhotoCover(Record):
    """What a screener decided of one picture: which places are covered, or that nobody else is shown it.

    ``file`` holds our newly drawn bytes; it is empty where the picture is not shown or a later decision stands.
    """

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    photo = models.ForeignKey(ReportPhoto, null=True, on_delete=models.SET_NULL, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    places = models.JSONField(default=list)
    children = models.CharField(max_length=8, choices=Children.choices)
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        db_table = "protection_photo_cover"
        constraints = [
            models.UniqueConstraint(
                fields=["photo"], condition=models.Q(replaced_at=None), name="photo_cover_one_standing"
            ),
            models.CheckConstraint(
                condition=models.Q(file=None) | ~models.Q(children="seen"), name="photo_cover_no_child_seen"
            ),
        ]

    class Privacy:
        staff = ("id", "file")
        screener = (
            "committee",
            "report",
            "photo",
            "places",
            "children",
            "confirmed_by",
            "confirmed_at",
            "replaced_at",
        )
