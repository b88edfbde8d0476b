from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Public pages, matter timeline, receipt page and open data; owns no tables."""

    name = "shangliang.portal"
    label = "portal"
    verbose_name = "公开门户"
    default_auto_field = "django.db.models.BigAutoField"
