from django.apps import AppConfig


class SortingConfig(AppConfig):
    """Category scheme, owner table, suggestions of kind and unit, the index of what was already asked."""

    name = "shangliang.sorting"
    label = "sorting"
    verbose_name = "归类"
    default_auto_field = "django.db.models.BigAutoField"
