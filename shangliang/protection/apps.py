from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    """Three texts per report, how many could have said it, units complained about, covered pictures."""

    name = "shangliang.protection"
    label = "protection"
    verbose_name = "保护"
    default_auto_field = "django.db.models.BigAutoField"
