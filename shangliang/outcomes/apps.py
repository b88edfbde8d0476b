from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """Research studies, proposals, briefs and speeches: submission, adoption, instruction, conversion."""

    name = "shangliang.outcomes"
    label = "outcomes"
    verbose_name = "成果"
    default_auto_field = "django.db.models.BigAutoField"
