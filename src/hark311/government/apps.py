"""Names this package to Django."""

from django.apps import AppConfig


class GovernmentConfig(AppConfig):
    name = "hark311.government"
    label = "government"
    default_auto_field = "django.db.models.BigAutoField"
