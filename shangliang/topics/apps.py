from django.apps import AppConfig


class TopicsConfig(AppConfig):
    """The topic bank: six sources, approval, public notice."""

    name = "shangliang.topics"
    label = "topics"
    verbose_name = "议题"
    default_auto_field = "django.db.models.BigAutoField"
