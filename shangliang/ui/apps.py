from django.apps import AppConfig


class UiConfig(AppConfig):
    """Pages' frame and components; owns no tables."""

    name = "shangliang.ui"
    label = "ui"
