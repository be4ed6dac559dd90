"""Names this package to Django."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "hark311.console"
    label = "console"
    default_auto_field = "django.db.models.BigAutoField"
