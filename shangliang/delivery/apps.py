from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """Assignments, progress, results, verification, verdicts, look-back and case studies."""

    name = "shangliang.delivery"
    label = "delivery"
    verbose_name = "办的事"
    default_auto_field = "django.db.models.BigAutoField"
