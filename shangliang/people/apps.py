from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Committee tree, areas, organisations, persons, appointments and sign-in."""

    name = "shangliang.people"
    label = "people"
    verbose_name = "组织与人员"
    default_auto_field = "django.db.models.BigAutoField"
