from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Consultations: plan, participants, research, sessions, statements, suggestions and minutes."""

    name = "shangliang.consultations"
    label = "consultations"
    verbose_name = "商的事"
    default_auto_field = "django.db.models.BigAutoField"
