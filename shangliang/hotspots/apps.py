from django.apps import AppConfig


class HotspotsConfig(AppConfig):
    """What many people said lately, and what came back in the same weeks of earlier years."""

    name = "shangliang.hotspots"
    label = "hotspots"
    verbose_name = "热点"
    default_auto_field = "django.db.models.BigAutoField"
