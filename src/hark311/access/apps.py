"""Names this package to Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "hark311.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
