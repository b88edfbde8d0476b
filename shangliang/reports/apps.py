from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports and matters: the report point, screening, joining, the thread with the reporter, reception."""

    name = "shangliang.reports"
    label = "reports"
    verbose_name = "盼的事"
    default_auto_field = "django.db.models.BigAutoField"
