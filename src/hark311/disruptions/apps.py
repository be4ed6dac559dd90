"""Names this package to Django."""

from django.apps import AppConfig


class DisruptionsConfig(AppConfig):
    name = "hark311.disruptions"
    label = "disruptions"
    default_auto_field = "django.db.models.BigAutoField"
