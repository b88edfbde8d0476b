from django.apps import AppConfig


class InstanceConfig(AppConfig):
    """Starting an instance, the example district, the benchmark; owns no tables."""

    name = "shangliang.instance"
    label = "instance"
    verbose_name = "实例"
    default_auto_field = "django.db.models.BigAutoField"
