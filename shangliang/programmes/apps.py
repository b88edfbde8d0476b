from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Supervision, enterprise voice, reading and campaigns: four removable packages, one migration history."""

    name = "shangliang.programmes"
    label = "programmes"
    verbose_name = "专项工作"
    default_auto_field = "django.db.models.BigAutoField"
