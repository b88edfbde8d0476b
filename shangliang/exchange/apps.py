from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Imports with preview, copied chat messages, and the sheets handed over to other systems."""

    name = "shangliang.exchange"
    label = "exchange"
    verbose_name = "来往"
    default_auto_field = "django.db.models.BigAutoField"
