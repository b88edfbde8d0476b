from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Members: profile, sector, term, station, duty slot, contact pair, activity and duty file."""

    name = "shangliang.members"
    label = "members"
    verbose_name = "委员"
    default_auto_field = "django.db.models.BigAutoField"
