"""Names this package to Django."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "hark311.platform"
    label = "platform"
    default_auto_field = "django.db.models.BigAutoField"
