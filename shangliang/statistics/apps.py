from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    """The metrics as queries over the records; owns no tables."""

    name = "shangliang.statistics"
    label = "statistics"
    verbose_name = "统计"
    default_auto_field = "django.db.models.BigAutoField"
