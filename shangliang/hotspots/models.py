"""Weekly hot topics and matters of the season: what was proposed from which reports, and what the office decided."""

from django.db import models

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

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["committee", "week_on"], name="hot_week_once")]

    class Privacy:
        staff = ("id", "committee", "week_on", "method", "texts", "matters", "seconds", "computed_at")


class HotTopic(Record):
    """One matter many people spoke of, as the machine sees it in one week, with the parts of its heat."""

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="topics")
    place_in_list = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=80)  # the citizens' words with private data hidden; erased with their report
    title_from = models.ForeignKey(Report, null=True, on_delete=models.SET_NULL, related_name="+")
    heat = models.FloatField()
    people = models.PositiveIntegerField()
    span_weeks = models.PositiveIntegerField()
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
            "code",
            "title",
            "title_from",
            "heat",
            "people",
            "span_weeks",
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
        )


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
    evidence = models.JSONField(default=list)  # per year: first and last week, distinct people, what would be expected
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=HotState.choices, default=HotState.PROPOSED)
    topic = models.ForeignKey(Topic, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    because = models.CharField(max_length=120, blank=True)

    class Meta(Record.Meta):
        db_table = "hotspots_season_matter"
        constraints = [
            models.UniqueConstraint(fields=["committee", "season_on", "title_from"], name="season_matter_once")
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
