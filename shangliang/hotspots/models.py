"""Weekly hot topics and matters of the season: what was proposed from which reports, and what the office decided."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.models import Record
from shangliang.hotspots.states import HotState
from shangliang.people.models import Committee
from shangliang.reports.models import Report
from shangliang.topics.models import Topic


class Week(Record):
    """One look at everything said up to the end of a week: how many reports, how long it took, with which method."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    week_on = models.DateField()  # its Monday
    method = models.CharField(max_length=12)
    texts = models.PositiveIntegerField()
    matters = models.PositiveIntegerField()  # into how many matters they fell
    seconds = models.FloatField()
    computed_at = models.DateTimeField()
    is_standing = models.BooleanField(
        default=False
    )  # not while it is written, nor once a later look replaced it

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "week_on"], condition=models.Q(is_standing=True), name="hot_week_once"
            )
        ]

    class Privacy:
        staff = (
            "id",
            "committee",
            "week_on",
            "method",
            "texts",
            "matters",
            "seconds",
            "computed_at",
            "is_standing",
        )

    @property
    def code(self) -> str:
        """Return what the ledger calls it: its Monday."""
        return self.week_on.isoformat()


class Trouble(models.TextChoices):
    """Why a look came to nothing; the last list stands."""

    TIME = "time", _("用的时间太长，停下了")
    MEMORY = "memory", _("内存不够")
    BROKEN = "broken", _("中途断了")


class Look(Record):
    """A look at a week that is due, under way or done: laid down by the weekly job, or asked for by somebody."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    week_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField(null=True)  # an appointment; nobody for the weekly one
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=8, choices=Trouble.choices, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "week_on"],
                condition=models.Q(ended_at=None),
                name="look_one_open_a_week",
            )
        ]

    class Privacy:
        staff = ("id", "committee", "week_on", "asked_at", "asked_by", "begun_at", "ended_at", "trouble")

    @property
    def code(self) -> str:
        """Return what the ledger calls it: the Monday it looks at."""
        return self.week_on.isoformat()


class HotTopic(Record):
    """One matter many people spoke of, as the machine sees it in one week, with the parts of its heat."""

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="topics")
    place_in_list = models.PositiveSmallIntegerField()
    place_before = models.PositiveSmallIntegerField(
        null=True
    )  # of the same matter in the list of the week before
    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(
        max_length=80
    )  # the citizens' words with private data hidden; erased with their report
    title_from = models.ForeignKey(Report, null=True, on_delete=models.SET_NULL, related_name="+")
    heat = models.FloatField()
    people = models.PositiveIntegerField()
    weeks_spoken = models.PositiveIntegerField()
    growth = models.FloatField()
    since = models.DateField()
    until = models.DateField()
    places = models.JSONField(default=list)
    by_week = models.JSONField(default=list)  # distinct people in each of the last 26 weeks
    state = models.CharField(max_length=10, choices=HotState.choices, default=HotState.PROPOSED)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    because = models.CharField(max_length=120, blank=True)
    people_then = models.PositiveIntegerField(null=True)  # how many spoke of it when it was put aside

    class Meta(Record.Meta):
        db_table = "hotspots_topic"
        constraints = [
            models.UniqueConstraint(fields=["week", "place_in_list"], name="hot_topic_place_once_a_week")
        ]

    class Privacy:
        staff = (
            "id",
            "week",
            "place_in_list",
            "place_before",
            "code",
            "title",
            "title_from",
            "heat",
            "people",
            "weeks_spoken",
            "growth",
            "since",
            "until",
            "places",
            "by_week",
            "state",
            "topic",
            "decided_at",
            "decided_by",
            "because",
            "people_then",
        )

    @property
    def committee_id(self) -> int:
        """Return whose it is, as the ledger asks."""
        return self.week.committee_id


class HotReport(Record):
    """A report of a hot topic; in one week a report stands in one topic at most."""

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="+")
    hot = models.ForeignKey(HotTopic, on_delete=models.CASCADE, related_name="members")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")

    class Meta(Record.Meta):
        db_table = "hotspots_report"
        constraints = [models.UniqueConstraint(fields=["week", "report"], name="hot_report_once_a_week")]

    class Privacy:
        screener = ("id", "week", "hot", "report")


class SeasonMatter(Record):
    """Trouble that came back in the same weeks of earlier years, proposed ahead with its evidence (未诉先办)."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=12, unique=True)
    season_on = models.DateField()  # the Monday of the first week it is expected
    until_on = models.DateField()
    title = models.CharField(max_length=80)
    title_from = models.ForeignKey(Report, null=True, on_delete=models.SET_NULL, related_name="+")
    evidence = models.JSONField(
        default=dict
    )  # years: weeks and distinct people of each; in all, and how many expected
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=HotState.choices, default=HotState.PROPOSED)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    because = models.CharField(max_length=120, blank=True)

    class Meta(Record.Meta):
        db_table = "hotspots_season_matter"
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "season_on", "title_from"], name="season_matter_once"
            )
        ]

    class Privacy:
        staff = (
            "id",
            "committee",
            "code",
            "season_on",
            "until_on",
            "title",
            "title_from",
            "evidence",
            "proposed_at",
            "state",
            "topic",
            "decided_at",
            "decided_by",
            "because",
        )


class SeasonReport(Record):
    """A report that is evidence of a matter of the season."""

    season = models.ForeignKey(SeasonMatter, on_delete=models.CASCADE, related_name="members")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")

    class Meta(Record.Meta):
        db_table = "hotspots_season_report"
        constraints = [models.UniqueConstraint(fields=["season", "report"], name="season_report_once")]

    class Privacy:
        screener = ("id", "season", "report")


class Citation(Record):
    """What one person said as it was offered for the background of a topic, so that it can be struck out again."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    words = models.TextField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["topic", "report"], name="citation_once")]

    class Privacy:
        screener = ("id", "topic", "report", "words")
