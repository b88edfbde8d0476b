from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Moves, ledger, viewer, attachments, schedule, outbox, publication and clock: no civic words."""

    name = "shangliang.foundation"
    label = "foundation"
    verbose_name = "基础"
    default_auto_field = "django.db.models.BigAutoField"
